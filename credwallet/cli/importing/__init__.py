"""How do credentials come in?"""

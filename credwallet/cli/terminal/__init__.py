"""How does it look, and how is it asked?"""

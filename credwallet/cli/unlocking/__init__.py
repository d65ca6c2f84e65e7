"""How does the wallet open?"""

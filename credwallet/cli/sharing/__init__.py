"""How does a credential leave, and what is said before?"""

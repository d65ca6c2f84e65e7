"""What can be typed, and what is said about it beforehand?"""

"""What is one credential, told in order?"""

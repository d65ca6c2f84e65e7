"""What do credentials add up to, in words and pictures?"""

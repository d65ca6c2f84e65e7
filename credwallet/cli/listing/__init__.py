"""Which credentials are meant, and how does a list of them look?"""

"""What did the learner set, and for which of their wallets?"""

"""What is best to earn next, and what does it take to finish a qualification?

`next_offers` ranks single offers by what `offer_gains` finds, `comparing` puts
qualifications beside each other, and `plan` finds the cheapest set of offers. The law
of all three is `docs/planning.md`.
"""

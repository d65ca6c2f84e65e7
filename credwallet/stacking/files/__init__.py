"""What do files about stacking say, and does it make sense?

`rules` reads a qualification, `what_if` assumptions, `override_rules` an exception that
the wallet keeps; `toml_table` is the one way into any of them.
"""

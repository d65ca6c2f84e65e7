"""Which credential is used where, so that the most of a qualification is reached?

`problem` puts the question into whole numbers, `allocate` answers it: by its own exact
search (`components`, `search`, `walk`, `prices`), or by the solver where that is too
large (`program`, `proposal`, `solver`).
"""

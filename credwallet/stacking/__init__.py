"""Do these credentials add up to that qualification?

`rules.load` reads a qualification, `what_if.load_what_if` assumptions, `holdings_of`
the credentials of the wallet; `progress` answers, and `to_json` spells the answer. The
law is stated in `docs/qualification-file.md`.
"""

from credwallet.stacking.files.cross_lint import lint_together
from credwallet.stacking.files.rules import lint, load
from credwallet.stacking.files.toml_table import Finding
from credwallet.stacking.files.what_if import WhatIf, load_what_if
from credwallet.stacking.holding import holding_of
from credwallet.stacking.holdings import holdings_of
from credwallet.stacking.progress import WORK_LIMIT, progress
from credwallet.stacking.spelling import to_json

__all__ = [
    "WORK_LIMIT",
    "Finding",
    "WhatIf",
    "holding_of",
    "holdings_of",
    "lint",
    "lint_together",
    "load",
    "load_what_if",
    "progress",
    "to_json",
]

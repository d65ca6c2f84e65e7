"""Do these credentials add up to that qualification?

`load` reads a qualification, `load_what_if` assumptions, `holdings_of` the credentials
of the wallet; `progress` answers, and `to_json` spells the answer. The law is stated in
`docs/qualification-file.md`. Names are resolved when they are asked for, so that who
only writes a number does not load the search.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credwallet.stacking.files.cross_lint import lint_together
    from credwallet.stacking.files.rules import lint, load
    from credwallet.stacking.files.toml_table import Finding
    from credwallet.stacking.files.what_if import WhatIf, load_what_if
    from credwallet.stacking.holding import holding_of
    from credwallet.stacking.holdings import holdings_of
    from credwallet.stacking.progressing import WORK_LIMIT, progress
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

_HOMES = {
    "Finding": "files.toml_table",
    "WORK_LIMIT": "progressing",
    "WhatIf": "files.what_if",
    "holding_of": "holding",
    "holdings_of": "holdings",
    "lint": "files.rules",
    "lint_together": "files.cross_lint",
    "load": "files.rules",
    "load_what_if": "files.what_if",
    "progress": "progressing",
    "to_json": "spelling",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""Writes docs/stacking.md: `python -m tests.stacking.degree_rules VECTORS`."""

import sys
from pathlib import Path

from tests.stacking.degree_rules.page import PAGE, page

PAGE.write_text(page(Path(sys.argv[1]).resolve()), encoding="utf-8")

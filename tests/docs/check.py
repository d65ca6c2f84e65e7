"""Checks all documentation, and says how much of it there was.

`python -m tests.docs.check` runs the tests of this folder, then prints the figures.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.docs.naming import named
from tests.docs.pages import pages

_FOLDER = Path(__file__).parent


def counts() -> Counter[str]:
    """Count pages, links, named commands and blocks of each kind."""
    found: Counter[str] = Counter(pages=len(pages()))
    for page in pages():
        found["links"] += len(page.links)
        found["named commands"] += sum(1 for _ in named(page))
        for block in page.blocks:
            kind = block.kind or "indented"
            marked = kind == "sh" and not block.runs
            found[f"{kind} blocks{' (not run)' * marked}"] += 1
    return found


def main() -> int:
    """Check, and print the figures."""
    failed = pytest.main(["-q", str(_FOLDER)])
    figures = ", ".join(f"{number} {what}" for what, number in counts().items())
    print(f"documentation check: {figures}")  # noqa: T201 -- what it is run for
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

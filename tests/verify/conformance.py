"""Writes docs/conformance.md: `python -m tests.verify.conformance VECTORS`."""

import sys
from collections import Counter
from pathlib import Path

from tests.verify.manifest import KINDS, answer, contexts, report_on, rows
from tests.verify.on_purpose import ON_PURPOSE, REASONS

HEAD = """\
# Conformance

Third-party test cases, with the documents served that each ships. A test compares this
page with a run. "On purpose" rows are listed below with the reason.

| kind | rows | as expected | on purpose |
| --- | --- | --- | --- |
"""


# Each of these rows is a test of its own, in the file that is named.
_CRYPTO = "`tests/keys/test_wycheproof.py`, `tests/proofs/test_jose.py`"
OTHER_KINDS = (
    "| rdf-canon (`tests/canon/test_rdfc.py`) | 86 | 86 | 0 |",
    "| jcs (`tests/canon/test_jcs.py`) | 6 | 6 | 0 |",
    f"| crypto, 7 bundles ({_CRYPTO}) | 1863 cases | all ours | named in the tests |",
    "",
    "Wycheproof's cases for symmetric keys are not ours; none of them is called good.",
)


def page(folder: Path) -> str:
    """Write the page from a run over the vectors in `folder`."""
    known = contexts(folder)
    counts: Counter[tuple[str, bool]] = Counter()
    expectations = {}
    for row in rows(folder, *KINDS):
        given = answer(row, report_on(row, known))
        counts[row.kind, given == row.expect] += 1
        expectations[row.id] = row.expect
    lines = [
        f"| {kind} | {counts[kind, True] + counts[kind, False]} "
        f"| {counts[kind, True]} | {counts[kind, False]} |"
        for kind in KINDS
    ]
    lines += OTHER_KINDS
    for reason, text in REASONS.items():
        lines += ["", f"## {reason.replace('_', ' ').capitalize()}", "", f"{text}.", ""]
        lines += [
            f"- `{name}`: {entry.given}, expected {expectations[name]}"
            for name, entry in sorted(ON_PURPOSE.items())
            if entry.reason == reason
        ]
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    target = Path(__file__).parents[2] / "docs" / "conformance.md"
    target.write_text(page(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()

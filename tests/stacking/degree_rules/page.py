"""Writes the page that says what our format can state: `docs/stacking.md`."""

from collections import Counter
from datetime import date
from pathlib import Path

from credwallet.stacking import lint
from credwallet.stacking.drafts import drafts_of
from tests.stacking.degree_rules.files import rule_files
from tests.stacking.degree_rules.translate import EXACT, MANUAL, NOT, TEXT

PAGE = Path(__file__).parents[3] / "docs" / "stacking.md"
READ_ON = date(2026, 11, 25)

HEAD = """\
# What the qualification file can state

Measured on rules that others wrote: {files} sets of degree rules of one college, in a
rule language of their own (hawkrives/gobbldygook-area-data at 99e9a2c, MIT, read on
{read_on}), and samples of CTDL. `python -m tests.stacking.degree_rules VECTORS` writes
this page; a test compares it with a run. The rules are not part of this repository.

Each file is translated by `tests/stacking/degree_rules/translate.py`, so that nobody's
judgement of a single file enters the numbers. A course becomes an achievement id, one
term of it another identifier, a general requirement or a department a tag, the number
of the course its level. Every translation passes `credwallet qualification lint`
without an error.

- *exact*: stated and counted. For every file random transcripts are answered by the
  engine and by a second evaluator, which tries every way to place the courses and works
  on the original rules; the two must agree.
- *manual*: the original asks a person too. It becomes a requirement of the type
  `manual`.
- *not stated*: the original computes it, ours cannot. A `manual` requirement stands in
  its place, so that nothing is called satisfied that is not.
- *as text*: a note for people beside a rule. It is carried, and never counted. Some of
  these notes hold rules that the original does not compute either.

## Constructs

| construct | exact | manual | not stated | as text |
| --- | --- | --- | --- | --- |
"""

READINGS = """
## What is not stated, and why

- **departments from children**, **departments from what is not listed**: so many
  different departments among what is used. A match looks at one credential at a time.
  Where the courses are listed it is a choice among departments (`n_of` with one
  requirement for each), and exact; where they are not, or where only what other
  requirements use may count, it is not.
- **order in time**: a course no earlier than another one. Nothing in the file compares
  the dates of two credentials.
- **one course several times**: an achievement counts once, however often it was earned.
- **at most, where courses are not listed**: a match has a least level and no greatest
  one. Where the courses are listed, those of the level are listed in a cap, and exact.

## Where the readings differ

The language is compared in this reading: a course that is written by itself is taken
by one place; `courses where`, `occurrence` and a filter only look and take nothing;
what is counted `from children` counts once, with surplus; `at most` says how many may
count.

- **A course may count twice there by default, and here only where it is said.**
  Whatever looks shares with everything. The translation says so with `[[share]]`:
  {shares} of the {files} files need one. A writer who does not mean it leaves it out.
- **Children that share courses** are shares between every two of them: one line there,
  up to {most_shares} shares here.
- **What nobody asks for may still be counted there** (`part that is only counted`).
  Here it is a `count` of the rest: `seven from children` of which three are required
  becomes the three, and four from everything that may count.
- **Surplus.** The published evaluator of the language stops at the number that `one of`
  or `two of` names, so that `four courses from children` of two such parts can never be
  met by them. Here whatever fits may be used, and a gate counts it.
- **First fit.** The published evaluator walks the file in its order and gives each
  course to the first place that wants it. Here the best placement is searched for, and
  the order of a file decides nothing.
- **At most.** The published evaluator shortens the list and then finds it short enough:
  a limit never fails. Here it is a cap.
{limited}- **Repeats.** `four courses where ...` counts one course taken twice as two
  there, and as one here.
"""


def page(vectors):
    """Write the page from a run over the rule files."""
    files = rule_files(vectors)
    total = Counter()
    for file in files:
        total += file.ours.tally
    shares = [len(file.ours.tables["share"]) for file in files]
    impossible = [
        file.name
        for file in files
        if any("what must be done" in entry.message for entry in lint(file.ours.toml()))
    ]
    limited = (
        "  `lint` finds that the cap of "
        + " and ".join(f"`{name}`" for name in impossible)
        + "\n  leaves no room for what the same file requires.\n"
    )
    return (
        HEAD.format(files=len(files), read_on=READ_ON)
        + "".join(_row(kind, total) for kind in sorted({kind for kind, _ in total}))
        + _sums("all", total)
        + "\n## Files\n\n| file | exact | manual | not stated | as text | which not |\n"
        + "| --- | --- | --- | --- | --- | --- |\n"
        + "".join(map(_file, files))
        + READINGS.format(
            files=len(files),
            shares=sum(map(bool, shares)),
            most_shares=max(shares),
            limited=limited,
        )
        + _ctdl(vectors)
    )


def _row(kind, tally):
    numbers = [tally[kind, outcome] for outcome in (EXACT, MANUAL, NOT, TEXT)]
    return f"| {kind} | " + " | ".join(str(n or "") for n in numbers) + " |\n"


def _by_outcome(tally):
    found = Counter()
    for (_, outcome), count in tally.items():
        found[outcome] += count
    return found


def _sums(name, tally):
    found = _by_outcome(tally)
    numbers = [str(found[outcome]) for outcome in (EXACT, MANUAL, NOT, TEXT)]
    return f"| **{name}** | " + " | ".join(numbers) + " |\n"


def _file(file):
    found = _by_outcome(file.ours.tally)
    numbers = [str(found[outcome] or "") for outcome in (EXACT, MANUAL, NOT, TEXT)]
    which = Counter(kind for _, kind in file.ours.gaps)
    named = ", ".join(
        kind if count == 1 else f"{kind} ({count})" for kind, count in which.items()
    )
    return f"| {file.name} | " + " | ".join((*numbers, named)) + " |\n"


def _ctdl(vectors):
    lines = [
        "\n## CTDL samples\n",
        "Drafted by `credwallet qualification import`; `docs/qualification-import.md`",
        "says what each standard has words for. *Manual* waits for a person, *left",
        "out* is named in the draft.\n",
        "| sample | drafts | carried | manual | left out |",
        "| --- | --- | --- | --- | --- |",
    ]
    for path in sorted((vectors.parent / "stacking" / "ctdl").iterdir()):
        drafts = drafts_of(path.read_bytes(), path.name, read_on=READ_ON)
        sums = [
            sum(getattr(each.counts, key) for each in drafts)
            for key in ("carried", "manual", "left")
        ]
        row = (path.stem, len(drafts), *sums)
        lines.append("| " + " | ".join(map(str, row)) + " |")
    return "\n".join(lines) + "\n"

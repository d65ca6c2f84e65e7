"""What does an import say to people: line by line, and at its end?"""

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.importing.examining import BAD
from credwallet.model.report import Outcome, Problem, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.terminal.console import Console

Row = dict[str, Any]


class Last(NamedTuple):
    """What an import knows when it is done, besides its rows.

    `left_out` has what was not taken out of exports, in words.
    """

    kept_out: bool
    dry_run: bool
    left_out: tuple[str, ...]


def show(console: "Console", rows: "Sequence[Row]") -> None:
    """Print one line an input, and why it is not valid.

    Args:
        console: Where to.
        rows: What `--json` gives out of each.

    """
    for row in rows:
        if row["format"] is None:
            continue  # said as an error with its next step
        name = row["name"] or row["id"] or ""
        words = [row["handle"] or "-", row["verdict"], row["stored"], name]
        if console.terminal:
            mark = console.mark(_outcome(row["verdict"]))
            console.pieces(
                [
                    mark,
                    *((word, "") for word in (*words[:2], _said(row))),
                    (name, "bold"),
                ],
                giving=(4,),
            )
        else:
            console.row([*words, row["source"]])
        if row["verdict"] != Verdict.VALID:
            _reason(console, row)


def sum_up(console: "Console", rows: "Sequence[Row]", last: Last) -> None:
    """Say how many there were of each kind, what was left out, and what is next.

    Args:
        console: Where to.
        rows: As shown.
        last: What else is known at the end.

    """
    if last.kept_out:
        console.note("nothing was stored: --atomic, and not every input is good")
    elif len(rows) > 1 and not last.dry_run:
        console.note(_totals(rows))
    for what in last.left_out:
        console.note(f"left out of the export: {what}")
    if last.left_out:
        console.hint("if the export is your own: --restore")
    if any(row["stored"] != "no" for row in rows):
        console.hint("see them: credwallet list")


def _totals(rows: "Sequence[Row]") -> str:
    counts = Counter("back" if row["restored"] else str(row["stored"]) for row in rows)
    said = ((counts[kind], called) for kind, called in _COUNTED.items())
    return ", ".join(f"{count:,} {called}" for count, called in said if count)


def _reason(console: "Console", row: Row) -> None:
    """Say why it is not valid; of what is refused that is an error, never silenced."""
    bad = row["verdict"] in BAD and row["stored"] == "no"
    for check in row["checks"]:
        if check["outcome"] not in (Outcome.FAILED, Outcome.UNKNOWN):
            continue
        what = f"{row['source']}: {check['check']}: {check['note']}"
        steps = [problem["nextStep"] for problem in check["problems"][:1]]
        if bad:
            console.problem(Problem("invalid", what, next_step="".join(steps)))
            continue
        console.note(what)
        for step in steps:
            console.hint(step)


_COUNTED = {
    "new": "new",
    "replaced": "newer than the copy that was here",
    "back": "back from the trash",
    "duplicate": "there already",
    "no": "refused",
}
_SAID = {
    "new": "stored",
    "duplicate": "was here already",
    "replaced": "replaces an older copy",
    "no": "not stored",
}
_WHY = {
    "not-newer": "the copy that is here is as new: kept",
    "not-proven": "the copy that is here is proven, this one is not: kept",
}


def _said(row: Row) -> str:
    if row["restored"]:
        return "back from the trash"
    return _WHY.get(row["storedWhy"], _SAID[row["stored"]])


def _outcome(verdict: str) -> Outcome:
    if verdict == Verdict.VALID:
        return Outcome.PASSED
    return Outcome.UNKNOWN if verdict == Verdict.UNDETERMINED else Outcome.FAILED

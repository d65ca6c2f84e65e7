"""`credwallet list`."""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.output import Result
from credwallet.errors import Usage
from credwallet.model.summary import Summary, expiry, verdict_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.store import Entry


class Sort(StrEnum):
    """What to sort by."""

    NAME = "name"
    ISSUER = "issuer"
    FROM = "from"
    UNTIL = "until"
    VERDICT = "verdict"


def command(
    ctx: typer.Context,
    issuer: Annotated[
        str | None, typer.Option(help="Part of the issuer's name or identifier.")
    ] = None,
    skill: Annotated[str | None, typer.Option(help="Part of a skill's name.")] = None,
    tag: Annotated[str | None, typer.Option(help="A tag, whole.")] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="Part of a type or achievement type.")
    ] = None,
    verdict: Annotated[
        str | None, typer.Option(help="valid, expired, revoked, undetermined, ...")
    ] = None,
    expiring: Annotated[
        str | None,
        typer.Option(
            metavar="60d", help="Expires within so many days (d) or weeks (w)."
        ),
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="Part of anything that is shown.")
    ] = None,
    sort: Annotated[Sort, typer.Option(help="Order of the list.")] = Sort.NAME,
    trash: Annotated[
        bool, typer.Option("--trash", help="List the trash instead.")
    ] = False,
) -> Result:
    """One line each: handle, name, issuer, dates, verdict of the last report.

    Examples: credwallet list; credwallet list --expiring 60d;
    credwallet list --json --tag python
    """
    session: Session = ctx.obj
    within = _span(expiring)
    rows = []
    for entry in session.vault().entries():
        summary = entry.summary._replace(verdict=verdict_at(entry.summary, session.at))
        if (
            bool(summary.trashed_at) == trash
            and _wanted(
                summary,
                issuer=issuer,
                skill=skill,
                tag=tag,
                kind=kind,
                verdict=verdict,
                query=query,
            )
            and _expires(summary, within, session.at)
        ):
            rows.append(entry._replace(summary=summary))
    rows.sort(key=lambda entry: _key(entry, sort))
    return Result(
        {"credentials": [row_json(entry) for entry in rows]},
        lambda console: _show(console, rows, trash=trash),
    )


def row_json(entry: "Entry") -> dict[str, Any]:
    """Spell one line of the list."""
    summary = entry.summary
    return {
        "handle": entry.handle,
        "id": summary.id or None,
        "name": summary.name or None,
        "type": list(summary.types),
        "issuer": {
            "id": summary.issuer_id or None,
            "name": summary.issuer_name or None,
        },
        "validFrom": summary.valid_from or None,
        "validUntil": summary.valid_until or None,
        "verdict": summary.verdict,
        "checkedAt": summary.checked_at,
        "tags": list(summary.tags),
        "skills": list(summary.skills),
        "credits": summary.credits or None,
    }


def _show(console: "Console", rows: "Sequence[Entry]", *, trash: bool) -> None:
    if not rows:
        console.hint(
            "the trash is empty" if trash else "nothing here: credwallet import FILE"
        )
        return
    console.table(
        ("HANDLE", "NAME", "ISSUER", "FROM", "UNTIL", "VERDICT"),
        [
            (
                entry.handle,
                entry.summary.name or entry.summary.id,
                entry.summary.issuer_name or entry.summary.issuer_id,
                entry.summary.valid_from[:10],
                entry.summary.valid_until[:10],
                entry.summary.verdict,
            )
            for entry in rows
        ],
        flexible=(1, 2),
        styles=[console.verdict_style(entry.summary.verdict) for entry in rows],
    )


def _wanted(summary: Summary, **parts: str | None) -> bool:
    """Tell whether a summary fits every filter that was given."""

    def within(part: str | None, *texts: str) -> bool:
        return part is None or any(part.casefold() in text.casefold() for text in texts)

    return (
        within(parts["issuer"], summary.issuer_name, summary.issuer_id)
        and within(parts["skill"], *summary.skills)
        and (parts["tag"] is None or parts["tag"] in summary.tags)
        and within(parts["kind"], *summary.types, summary.achievement_type)
        and parts["verdict"] in (None, summary.verdict)
        and within(
            parts["query"],
            summary.name,
            summary.issuer_name,
            summary.issuer_id,
            summary.id,
            summary.note,
            *summary.skills,
            *summary.keywords,
            *summary.tags,
        )
    )


def _expires(summary: Summary, within: timedelta | None, at: "datetime") -> bool:
    if within is None:
        return True
    moment = expiry(summary)
    return moment is not None and at < moment <= at + within


def _span(text: str | None) -> timedelta | None:
    if text is None:
        return None
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in ("d", "w")):
        raise Usage(
            f"--expiring {text} is no span of time",
            next_step="write 60d for days or 8w for weeks",
        )
    return timedelta(days=min(int(number), 100_000) * (7 if unit == "w" else 1))


def _key(entry: "Entry", sort: Sort) -> tuple[str, str]:
    summary = entry.summary
    first = {
        Sort.NAME: summary.name.casefold(),
        Sort.ISSUER: (summary.issuer_name or summary.issuer_id).casefold(),
        Sort.FROM: summary.valid_from,
        Sort.UNTIL: summary.valid_until or "~",
        Sort.VERDICT: summary.verdict,
    }[sort]
    return (first, summary.name.casefold() + entry.handle)

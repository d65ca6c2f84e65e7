"""The work of `credwallet list`, free of Typer."""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.naming import issuer_words
from credwallet.cli.output import Result
from credwallet.errors import Usage
from credwallet.model.report import Verdict
from credwallet.model.summary import Summary, expiry, verdict_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.store import Entry, Vault


_DAYS = {"d": 1, "w": 7}
# More days than any credential runs.
_DIGITS = 6


class Sort(StrEnum):
    """What to sort by."""

    NAME = "name"
    ISSUER = "issuer"
    FROM = "from"
    UNTIL = "until"
    VERDICT = "verdict"


class Filter(NamedTuple):
    """Which credentials to list, and in which order; None lets every one through."""

    issuer: str | None = None
    skill: str | None = None
    tag: str | None = None
    kind: str | None = None
    verdict: Verdict | None = None
    expiring: str | None = None
    query: str | None = None
    sort: Sort = Sort.NAME
    trash: bool = False


def plainly(session: "Session", words: "Sequence[str]") -> Result | None:
    """List everything; None if there are words, since `list` takes none."""
    return None if words else run(session, Filter())


def run(session: "Session", wish: Filter) -> Result:
    """List the credentials that fit the filter, with what time made of their verdict.

    Raises:
        Usage: If the span of `expiring` is none.

    """
    rows = fitting(session, wish)
    return Result(
        {"credentials": [row_json(entry) for entry in rows]},
        lambda console: _show(console, rows, trash=wish.trash),
    )


def fitting(session: "Session", wish: Filter) -> "list[Entry]":
    """Find the credentials that fit a filter, in its order.

    Args:
        session: Where the wallet and the clock come from.
        wish: Which ones.

    Returns:
        Their rows, with what time made of their verdict.

    Raises:
        Usage: If the span of `expiring` is none.

    """
    within = _span(wish.expiring)
    rows = []
    vault = session.vault()
    for entry in with_names(vault, vault.entries()):
        summary = entry.summary._replace(verdict=verdict_at(entry.summary, session.at))
        if _wanted(summary, wish) and _expires(summary, within, session.at):
            rows.append(entry._replace(summary=summary))
    rows.sort(key=lambda entry: _key(entry, wish.sort))
    return rows


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
            "listed": _listed(summary),
        },
        "validFrom": summary.valid_from or None,
        "validUntil": summary.valid_until or None,
        "verdict": summary.verdict,
        "checkedAt": summary.checked_at,
        "tags": list(summary.tags),
        "skills": list(summary.skills),
        "credits": summary.credits or None,
    }


def with_names(vault: "Vault", entries: "Sequence[Entry]") -> "Sequence[Entry]":
    """Forget the names that registries gave which the learner has removed since."""
    if not any(entry.summary.listed_in for entry in entries):
        return entries
    from credwallet.cli.kept import registries  # noqa: PLC0415 -- lazily: some use

    names = {"", *(registry.name for registry in registries(vault))}
    return [
        entry
        if entry.summary.listed_in in names
        else entry._replace(summary=entry.summary._replace(listed_as="", listed_in=""))
        for entry in entries
    ]


def _listed(summary: Summary) -> list[dict[str, str]]:
    if not summary.listed_as:
        return []
    return [{"name": summary.listed_as, "registry": summary.listed_in}]


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
                issuer_words(entry.summary.issuer_name, entry.summary.listed_as)
                or entry.summary.issuer_id,
                entry.summary.valid_from[:10],
                entry.summary.valid_until[:10],
                entry.summary.verdict,
            )
            for entry in rows
        ],
        flexible=(1, 2),
        styles=[console.verdict_style(entry.summary.verdict) for entry in rows],
    )


def _wanted(summary: Summary, wish: Filter) -> bool:
    """Tell whether a summary fits every filter that was given."""

    def part(text: str | None, *texts: str) -> bool:
        return text is None or any(text.casefold() in each.casefold() for each in texts)

    return (
        bool(summary.trashed_at) == wish.trash
        and part(wish.issuer, summary.issuer_name, summary.issuer_id, summary.listed_as)
        and part(wish.skill, *summary.skills)
        and (wish.tag is None or wish.tag in summary.tags)
        and part(wish.kind, *summary.types, summary.achievement_type)
        and wish.verdict in (None, summary.verdict)
        and part(wish.query, *_shown(summary))
    )


def _shown(summary: Summary) -> tuple[str, ...]:
    return (
        summary.name,
        summary.issuer_name,
        summary.listed_as,
        summary.issuer_id,
        summary.id,
        summary.note,
        *summary.skills,
        *summary.keywords,
        *summary.tags,
    )


def _expires(summary: Summary, within: timedelta | None, at: "datetime") -> bool:
    if within is None:
        return True
    moment = expiry(summary)
    return moment is not None and timedelta() < moment - at <= within


def _span(text: str | None) -> timedelta | None:
    if text is None:
        return None
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in _DAYS):
        raise Usage(
            f"--expiring {text} is no span of time",
            next_step="write 60d for days or 8w for weeks",
        )
    return timedelta(days=int(number[:_DIGITS]) * _DAYS[unit])


def _key(entry: "Entry", sort: Sort) -> tuple[str, str]:
    summary = entry.summary
    first = {
        Sort.NAME: summary.name.casefold(),
        Sort.ISSUER: (
            summary.listed_as or summary.issuer_name or summary.issuer_id
        ).casefold(),
        Sort.FROM: summary.valid_from,
        Sort.UNTIL: summary.valid_until or "~",
        Sort.VERDICT: summary.verdict,
    }[sort]
    return (first, summary.name.casefold() + entry.handle)

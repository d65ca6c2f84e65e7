"""Which credentials of the wallet fit what the learner asked for, in which order?

The same filters work in `list`, `skills`, `timeline`, `portfolio` and `export`; their
options are in `filter_options`.
"""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.spans import span
from credwallet.model.report import Verdict
from credwallet.model.summary import Summary, expiry, verdict_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from credwallet.cli.session import Session
    from credwallet.store import Entry, Vault


class Sort(StrEnum):
    """What to sort by."""

    NAME = "name"
    ISSUER = "issuer"
    FROM = "from"
    UNTIL = "until"
    VERDICT = "verdict"


class Filter(NamedTuple):
    """Which credentials, and in which order; None and `()` let every one through.

    A credential must have all of `tags`, and be in any of `collections`. Without `sort`
    the order is that of the collections, else by name.
    """

    issuer: str | None = None
    skill: str | None = None
    tags: tuple[str, ...] = ()
    kind: str | None = None
    verdict: Verdict | None = None
    expiring: str | None = None
    query: str | None = None
    collections: tuple[str, ...] = ()
    sort: Sort | None = None
    trash: bool = False

    def narrows(self) -> bool:
        """Tell whether it keeps anything away."""
        return any(
            value not in (None, ())
            for field, value in self._asdict().items()
            if field not in ("sort", "trash")
        )


def with_saved(session: "Session", name: str | None, given: Filter) -> Filter:
    """Put what is given above what a saved filter says.

    Args:
        session: Where the wallet comes from.
        name: Of the saved filter; None for none.
        given: What the options of this run say; each wins over the saved one.

    Raises:
        NotFound: If there is no saved filter of that name.

    """
    if name is None:
        return given
    from credwallet.cli.listing.kept_filters import saved  # noqa: PLC0415 -- lazily: some use

    said = {
        field: value
        for field, value in given._asdict().items()
        if value not in (None, (), False)
    }
    return saved(session.vault(), name)._replace(**said)


def fitting(session: "Session", wish: Filter) -> "list[Entry]":
    """Find the credentials that fit a filter, in its order.

    Args:
        session: Where the wallet and the clock come from.
        wish: Which ones.

    Returns:
        Their rows, with what time made of their verdict.

    Raises:
        Usage: If the span of `expiring` is none.
        NotFound: If there is no such collection.

    """
    within = (
        span(wish.expiring, f"--expiring {wish.expiring}")
        if wish.expiring is not None
        else None
    )
    rows = []
    vault = session.vault()
    members = _members(vault, wish)
    for entry in with_names(vault, vault.entries()):
        summary = entry.summary._replace(verdict=verdict_at(entry.summary, session.at))
        if (
            _wanted(summary, wish)
            and _expires(summary, within, session.at)
            and (members is None or members.has(summary))
        ):
            rows.append(entry._replace(summary=summary))
    if members is not None and wish.sort is None:
        rows.sort(key=lambda entry: members.place(entry.summary))
    else:
        rows.sort(key=lambda entry: _key(entry, wish.sort or Sort.NAME))
    return rows


def with_names(vault: "Vault", entries: "Sequence[Entry]") -> "Sequence[Entry]":
    """Forget the names that registries gave which the learner has removed since.

    Args:
        vault: The open wallet, for the registries that there are now.
        entries: Rows of the index; they are not changed.

    Returns:
        The same rows in the same order.

    """
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


class _Members(NamedTuple):
    """The members of the collections that are asked for, each with its place."""

    places: "Mapping[tuple[str, str], int]"

    def has(self, summary: Summary) -> bool:
        return self._at(summary) in self.places

    def place(self, summary: Summary) -> int:
        return self.places[self._at(summary)]

    def _at(self, summary: Summary) -> tuple[str, str]:
        from credwallet.cli.listing.kept_collections import member_of  # noqa: PLC0415 -- as below

        return member_of(summary).key


def _members(vault: "Vault", wish: Filter) -> _Members | None:
    if not wish.collections:
        return None
    from credwallet.cli.listing.kept_collections import places  # noqa: PLC0415 -- some use them

    return _Members(places(vault, wish.collections))


def _wanted(summary: Summary, wish: Filter) -> bool:
    """Tell whether a summary fits every filter that was given."""

    def part(text: str | None, *texts: str) -> bool:
        return text is None or any(text.casefold() in each.casefold() for each in texts)

    return (
        bool(summary.trashed_at) == wish.trash
        and part(wish.issuer, summary.issuer_name, summary.issuer_id, summary.listed_as)
        and part(wish.skill, *summary.skills)
        and all(tag in summary.tags for tag in wish.tags)
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

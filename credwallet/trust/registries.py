"""What do registries say about an issuer, and which of them could not be asked?

A kind of registry is a module of this folder, plus one line in `KINDS`. None is built
in: the learner adds those that count for her. A listing is a word about who an issuer
is, as good as the registry; it is never a condition of a valid badge.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from credwallet.errors import CredwalletError, Undetermined, Usage
from credwallet.fetch import Fetch
from credwallet.model.moment import moment_of, span_words
from credwallet.model.report import Listed, Problem
from credwallet.trust import dcc_legacy, oidf
from credwallet.trust.listing import Contents, Entry, Registry

__all__ = ["KINDS", "Found", "Registry", "from_parts", "kind_of", "look_up", "to_parts"]

# Issuers leave registries; an older copy is no longer counted.
_STALE = timedelta(days=90)


class Kind(Protocol):
    """A kind of registry: a module with these names."""

    NAME: str
    SUMMARY: str

    def contents(self, url: str, document: bytes, at: datetime, /) -> Contents:
        """Read the document of a registry.

        Args:
            url: The address that the learner gave.
            document: As it was fetched from there.
            at: The moment at which it must be valid.

        Raises:
            Unreadable: If it is no such document.
            Invalid: If it is not the registry's own, or not valid at that moment.

        """
        ...

    def look_up(
        self, registry: Registry, issuer_id: str, /, *, fetch: Fetch, at: datetime
    ) -> Entry | None:
        """Say what a registry says about an issuer.

        Args:
            registry: One of this kind, with the copy of its document.
            issuer_id: A DID or an address, compared whole.
            fetch: The port, for kinds that are asked for one issuer at a time.
            at: The moment of the question.

        Returns:
            None if the registry does not list it.

        Raises:
            Invalid: If the registry's answer is wrong.
            Undetermined: If it cannot be asked.

        """
        ...


KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {"dcc-legacy": dcc_legacy, "oidf": oidf}
)


class Found(NamedTuple):
    """What registries say about an issuer; `unchecked` names those that say nothing."""

    listed: tuple[Listed, ...]
    unchecked: tuple[Problem, ...]


def kind_of(name: str) -> Kind:
    """Return the kind of that name.

    Raises:
        Usage: If there is none.

    """
    if name not in KINDS:
        raise Usage(
            f"there is no kind of registry {name}",
            next_step=f"give --kind {' or --kind '.join(KINDS)}",
        )
    return KINDS[name]


def look_up(
    registries: Sequence[Registry], issuer_id: str, *, fetch: Fetch, at: datetime
) -> Found:
    """Ask every registry about an issuer.

    Args:
        registries: In the order in which the learner added them.
        issuer_id: A DID or an address, compared whole.
        fetch: For registries that are asked about one issuer at a time.
        at: The time now, with a time zone.

    Returns:
        The listings in the same order, and what could not be checked. Nothing raises.

    """
    listed: list[Listed] = []
    unchecked: list[Problem] = []
    for registry in registries:
        try:
            _check_age(registry, at)
            entry = kind_of(registry.kind).look_up(
                registry, issuer_id, fetch=fetch, at=at
            )
        except CredwalletError as error:
            unchecked.append(_unchecked(registry, error))
            continue
        if entry is not None:
            listed.append(Listed(entry.name, registry.name, entry.age_s))
    return Found(tuple(listed), tuple(unchecked))


def _check_age(registry: Registry, at: datetime) -> None:
    fetched_at = moment_of(registry.fetched_at)
    age = abs(at - fetched_at) if fetched_at is not None else _STALE * 2
    if age > _STALE:
        raise Undetermined(
            f"its copy is {span_words(age.total_seconds())} old",
            next_step="fetch it again: credwallet issuer registry refresh",
            type="registry-stale",
        )


def _unchecked(registry: Registry, error: CredwalletError) -> Problem:
    return Problem(
        type="registry-unchecked",
        title=f"the registry {registry.name[:80]} was not checked: {error.what}",
        next_step=error.next_step or "try again later",
    )


def to_parts(registry: Registry) -> dict[str, str]:
    """Spell what is kept of a registry beside its document."""
    return {
        "kind": registry.kind,
        "name": registry.name,
        "addedAt": registry.added_at,
        "fetchedAt": registry.fetched_at,
    }


def from_parts(url: str, parts: Mapping[str, Any], document: bytes) -> Registry:
    """Read back what `to_parts` spelled.

    Args:
        url: The registry's address, by which it is kept.
        parts: Texts by their names in camelCase; what is missing becomes `""`.
        document: The copy of its document.

    """
    return Registry(
        url,
        str(parts.get("kind", "")),
        str(parts.get("name", "")),
        str(parts.get("addedAt", "")),
        str(parts.get("fetchedAt", "")),
        document,
    )

"""Which waivers, substitutions and equivalences count for one qualification?

An issuer's count when the credential that says so is in the wallet, may count itself,
and is of an issuer in `issuer_ids`. The learner's own count only with `--assume`.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.qualification import Override, Qualification
from credwallet.stacking.matching import Hit, View, same_form
from credwallet.stacking.usable import Bar

_WORDS = {"substitute": "substitution", "equivalent": "equivalence", "waive": "waiver"}


class Granted(NamedTuple):
    """A credential fits by exception; `credits` if the exception says them."""

    hit: Hit
    credits: Fraction | None


class Exceptions(NamedTuple):
    """What is granted: by (holding, requirement), and waivers by requirement."""

    hits: dict[tuple[int, int], Granted]
    waived: dict[int, str]
    warnings: tuple[str, ...]


def exceptions_of(
    qualification: Qualification,
    views: tuple[View, ...],
    bars: tuple[Bar | None, ...],
    *,
    overrides: Iterable[Override],
    as_of: date,
    assume: bool,
) -> Exceptions:
    """Work out what is granted for one qualification.

    Args:
        qualification: The rules.
        views: All holdings.
        bars: Why each may not count, or None.
        overrides: Exceptions; those for other qualifications are left out.
        as_of: The day in question.
        assume: Whether the learner's own exceptions count.

    Returns:
        What is granted, and warnings about what is not.

    Raises:
        Usage: If an override names a requirement or group that there is not.

    """
    hits: dict[tuple[int, int], Granted] = {}
    waived: dict[int, str] = {}
    warnings: list[str] = []
    by_handle = {view.holding.handle: index for index, view in enumerate(views)}
    for override in overrides:
        if override.qualification != qualification.id:
            continue
        leaves = _leaves(qualification, override.requirement)
        whose, doubt = _authority(
            override, qualification, views, bars, by_handle, as_of=as_of, assume=assume
        )
        if doubt:
            name = _WORDS[override.type]
            warnings.append(
                f"a {name} for {override.requirement} does not count: {doubt}"
            )
            continue
        if override.type == "waive":
            waived.update(dict.fromkeys(leaves, f"waived {whose}"))
            continue
        hit = Hit(3, f"{_WORDS[override.type]} {whose}")
        for index in _credentials(override, views, by_handle):
            for leaf in leaves:
                hits[index, leaf] = Granted(hit, override.credits)
        if override.credential and override.credential not in by_handle:
            warnings.append(f"an override names no credential {override.credential}")
    return Exceptions(hits, waived, tuple(warnings))


def _leaves(qualification: Qualification, name: str) -> tuple[int, ...]:
    """Find the requirement of that name, or all in the group of that name."""
    within = {name}
    for _ in qualification.groups:
        inner = {group.id for group in qualification.groups if group.group in within}
        if inner <= within:
            break
        within |= inner
    leaves = tuple(
        index
        for index, entry in enumerate(qualification.requirements)
        if entry.id == name or entry.group in within
    )
    if not leaves:
        raise Usage(
            f"an override names {name}, which {qualification.id} does not ask for",
            next_step=f"see: credwallet qualification show {qualification.id}",
        )
    return leaves


def _authority(
    override: Override,
    qualification: Qualification,
    views: tuple[View, ...],
    bars: tuple[Bar | None, ...],
    by_handle: dict[str, int],
    *,
    as_of: date,
    assume: bool,
) -> tuple[str, str]:
    """Say whose word it is, and `""`; or `""` and why it does not count."""
    if override.valid_from and as_of < override.valid_from:
        return "", f"it holds only from {override.valid_from}"
    if override.valid_until and as_of > override.valid_until:
        return "", f"it held only until {override.valid_until}"
    if override.authority != "issuer":
        own = "by your own word"
        return (own, "") if assume else ("", "it is your own word: --assume counts it")
    index = by_handle.get(override.evidence)
    if index is None:
        return "", f"there is no credential {override.evidence or 'that says so'}"
    view, bar = views[index], bars[index]
    if bar is not None:
        return "", f"{override.evidence}: {bar.why}"
    if view.issuer not in frozenset(map(same_form, qualification.issuer_ids)):
        return "", f"{override.evidence} is not of an issuer who awards this"
    return f"by {view.issuer} ({override.evidence})", ""


def _credentials(
    override: Override, views: tuple[View, ...], by_handle: dict[str, int]
) -> tuple[int, ...]:
    found = [by_handle[override.credential]] if override.credential in by_handle else []
    if override.type == "equivalent" and override.achievement:
        name = same_form(override.achievement)
        found += [
            index
            for index, view in enumerate(views)
            if view.achievement == name or name in view.same_as
        ]
    return tuple(found)

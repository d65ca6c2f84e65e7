"""Which waivers, substitutions and equivalences count for one qualification?

An issuer's count when the credential that says so is in the wallet, may count itself,
and is of an issuer in `issuer_ids`. The learner's own count only with `--assume`.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.model.qualification import Override, Qualification, Word
from credwallet.stacking.matching import Hit, View, same_form
from credwallet.stacking.usable import Bar

_WORDS = {"substitute": "substitution", "equivalent": "equivalence", "waive": "waiver"}


class Granted(NamedTuple):
    """A credential fits by exception; `credits` if the exception says them."""

    hit: Hit
    credits: Fraction | None
    word: Word


class Waived(NamedTuple):
    """A requirement is waived: `why` in one line, and on whose word."""

    why: str
    word: Word


class Exceptions(NamedTuple):
    """What is granted: by (holding, requirement), and waivers by requirement."""

    hits: dict[tuple[int, int], Granted]
    waived: dict[int, Waived]
    warnings: tuple[str, ...]


class Held(NamedTuple):
    """All holdings, and why each may not count, or None."""

    views: tuple[View, ...]
    bars: tuple[Bar | None, ...]

    def of(self, handle: str) -> int | None:
        """Find a holding by its handle."""
        for index, view in enumerate(self.views):
            if view.holding.handle == handle:
                return index
        return None


def exceptions_of(
    qualification: Qualification,
    held: Held,
    *,
    overrides: Iterable[Override],
    as_of: date,
    assume: bool,
) -> Exceptions:
    """Work out what is granted for one qualification.

    Args:
        qualification: The rules.
        held: All holdings.
        overrides: Exceptions; those for other qualifications are left out.
        as_of: The day in question.
        assume: Whether the learner's own exceptions count.

    Returns:
        What is granted, and warnings about what is not.

    Raises:
        Usage: If an override names a requirement or group that there is not.

    """
    hits: dict[tuple[int, int], Granted] = {}
    waived: dict[int, Waived] = {}
    warnings: list[str] = []
    for override in overrides:
        if override.qualification != qualification.id:
            continue
        leaves = _leaves(qualification, override.requirement)
        name = _WORDS[override.type]
        if not leaves:
            warnings.append(_nothing(override))
            continue
        doubt = _doubt(override, qualification, held, as_of=as_of, assume=assume)
        if doubt:
            where = override.requirement
            warnings.append(f"a {name} for {where} does not count: {doubt}")
            continue
        whose, word = _whose(override, held), _word(override)
        if override.type == "waive":
            waived.update(dict.fromkeys(leaves, Waived(f"waived {whose}", word)))
            continue
        granted = Granted(Hit(3, f"{name} {whose}"), override.credits, word)
        for index in _credentials(override, held):
            hits.update(dict.fromkeys(((index, leaf) for leaf in leaves), granted))
        if override.credential and held.of(override.credential) is None:
            gone = override.credential
            warnings.append(f"an exception names {gone}, which you do not hold")
    return Exceptions(hits, waived, tuple(warnings))


def _leaves(qualification: Qualification, name: str) -> tuple[int, ...]:
    """Find the requirement of that name, or all in the group of that name."""
    within = {name}
    for _ in qualification.groups:
        inner = {group.id for group in qualification.groups if group.group in within}
        if inner <= within:
            break
        within |= inner
    return tuple(
        index
        for index, entry in enumerate(qualification.requirements)
        if entry.id == name or entry.group in within
    )


def _nothing(override: Override) -> str:
    """Refuse a slip in a file, and only warn where the rules may have changed."""
    name, where = override.requirement, override.qualification
    if override.assumed:
        raise Usage(
            f"an override names {name}, which {where} does not ask for",
            next_step=f"see: credwallet qualification show {where}",
        )
    return f"an exception that you keep names {name}, which is not asked for any more"


def _doubt(
    override: Override,
    qualification: Qualification,
    held: Held,
    *,
    as_of: date,
    assume: bool,
) -> str:
    """Say why an exception does not count, or `""`."""
    if override.valid_from and as_of < override.valid_from:
        return f"it holds only from {override.valid_from}"
    if override.valid_until and as_of > override.valid_until:
        return f"it held only until {override.valid_until}"
    if override.authority != "issuer":
        return "" if assume else "it is your own word: --assume counts it"
    index = held.of(override.evidence)
    if index is None:
        return f"there is no credential {override.evidence or 'that says so'}"
    bar = held.bars[index]
    if bar is not None:
        return f"{override.evidence}: {bar.why}"
    awarding = frozenset(map(same_form, qualification.issuer_ids))
    known = held.views[index].issuer in awarding
    return "" if known else f"{override.evidence} is not of an issuer who awards this"


def _whose(override: Override, held: Held) -> str:
    index = held.of(override.evidence)
    if override.authority != "issuer" or index is None:
        return "by your own word"
    marked = ", assumed" if override.assumed else ""
    return f"by {held.views[index].issuer} ({override.evidence}){marked}"


def _word(override: Override) -> Word:
    evidence = override.evidence if override.authority == "issuer" else ""
    return Word(evidence, override.assumed)


def _credentials(override: Override, held: Held) -> tuple[int, ...]:
    one = held.of(override.credential) if override.credential else None
    found = [] if one is None else [one]
    if override.type == "equivalent" and override.achievement:
        name = same_form(override.achievement)
        found += [
            index
            for index, view in enumerate(held.views)
            if view.achievement == name or name in view.same_as
        ]
    return tuple(found)

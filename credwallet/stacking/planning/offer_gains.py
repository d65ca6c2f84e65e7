"""What would each single offer do for each qualification?

Every qualification is solved without and with the offer, by the law of `progress`. Most
pairs need no solving: an offer that fits nothing in a qualification changes nothing
there, a qualification that is finished gains nothing, and of offers that look the same
to a qualification one is solved for all.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from credwallet.model.gain import Advance, Gain
from credwallet.model.offer import Offer
from credwallet.model.qualification import Holding, Override, Progress, Qualification
from credwallet.stacking.case import Assumptions, case_of
from credwallet.stacking.matching import forms, same_form, trust_of
from credwallet.stacking.planning.offer_looks import looks_of
from credwallet.stacking.progressing import SOLVER_SECONDS, WORK_LIMIT, progress
from credwallet.stacking.seen import Seen
from credwallet.stacking.usable import bar_of
from credwallet.stacking.watch import Watch

# Steps and seconds for all the solving of one question together.
_WORK_BEFORE = 1_000_000
_WORK = 4_000_000
_LEAST_WORK = 5_000
_SECONDS = 30.0

# Rules of nothing, to ask by them what is in force at all.
_NO_RULES = Qualification(id="", title="", requirements=())


class Question(NamedTuple):
    """Everything that is the same for every offer; as `progress` takes it."""

    holdings: tuple[Holding, ...]
    as_of: date
    overrides: tuple[Override, ...] = ()
    assume: bool = False
    assume_unverified: bool = False
    known_issuers: frozenset[str] = frozenset()


class _Set(NamedTuple):
    """Qualifications that exclude each other, or one that excludes none.

    `before` are their answers without any offer. `holdings` are all that could matter
    to them. `alike` are the places of the givens that could, those together that look
    the same to every one of them.
    """

    qualifications: tuple[Qualification, ...]
    before: tuple[Progress, ...]
    holdings: tuple[Holding, ...]
    alike: tuple[tuple[int, ...], ...]


def gains_of(
    qualifications: Sequence[Qualification],
    question: Question,
    offers: Iterable[Offer],
    *,
    watch: Watch | None = None,
) -> tuple[Gain, ...]:
    """Work out what each offer would do by itself.

    Args:
        qualifications: Rules; of those that exclude each other the preferred first.
        question: What is held, what is assumed, and the day. An offer counts as if it
            were done on that day.
        offers: What could be earned, no two of one id.
        watch: Is told of answers to work out, and of each that is there.

    Returns:
        One gain for each offer, in their order.

    Raises:
        Usage: As `progress` does.

    """
    offers = tuple(offers)
    work = _share_of(_WORK_BEFORE, len(qualifications))
    answers = _ask(qualifications, question, question.holdings, work)
    givens, places = _distinct(offers, question)
    sets = _sets(qualifications, answers, question, givens)
    solves = sum(len(entry.alike) for entry in sets)
    work = _share_of(_WORK, solves)
    seconds = min(SOLVER_SECONDS, _SECONDS / max(1, solves))
    found: list[list[tuple[int, Advance, bool]]] = [[] for _ in givens]
    order = {entry.id: number for number, entry in enumerate(qualifications)}
    if watch is not None:
        watch.expect(solves)
    for entry in sets:
        for alike in entry.alike:
            holdings = (*entry.holdings, givens[alike[0]])
            after = _ask(entry.qualifications, question, holdings, work, seconds)
            for one, other in zip(entry.before, after, strict=True):
                number = order[one.qualification.id]
                advance = _advance(one, other)
                for place in alike:
                    found[place].append((number, advance, one.proven and other.proven))
            if watch is not None:
                watch.advance(1)
    held = _in_force(question)
    gains = []
    for offer, place in zip(offers, places, strict=True):
        entries = sorted(found[place])
        moved = (a for _, a, _ in entries if a.finishes or a.after != a.before)
        proven = all(sure for _, _, sure in entries)
        gains.append(Gain(offer, tuple(moved), _needs(offer, held), proven))
    return tuple(gains)


def _share_of(work: int, solves: int) -> int:
    return min(WORK_LIMIT, max(_LEAST_WORK, work // max(1, solves)))


def _ask(
    qualifications: Sequence[Qualification],
    question: Question,
    holdings: tuple[Holding, ...],
    work_limit: int,
    solver_seconds: float = SOLVER_SECONDS,
) -> tuple[Progress, ...]:
    return progress(
        qualifications,
        holdings,
        as_of=question.as_of,
        overrides=question.overrides,
        assume=question.assume,
        assume_unverified=question.assume_unverified,
        known_issuers=question.known_issuers,
        work_limit=work_limit,
        solver_seconds=solver_seconds,
    )


def _distinct(
    offers: tuple[Offer, ...], question: Question
) -> tuple[list[Holding], list[int]]:
    """Make the givens apart, and say which one each offer has."""
    handles = {holding.handle for holding in question.holdings}
    named = {name for o in question.overrides for name in (o.credential, o.evidence)}
    seen: dict[Holding, int] = {}
    givens: list[Holding] = []
    places = []
    for offer in offers:
        given = as_if_done(offer.gives, question.as_of)
        # An exception may name an offer, which then is like no other.
        alike = given if offer.id in named else given._replace(handle="")
        if alike not in seen:
            seen[alike] = len(givens)
            while given.handle in handles:
                given = given._replace(handle=f"offer {given.handle}")
            handles.add(given.handle)
            givens.append(given)
        places.append(seen[alike])
    return givens, places


def as_if_done(given: Holding, as_of: date) -> Holding:
    """Return what an offer gives as if it had been earned by a day.

    Args:
        given: What the offer gives, with the day of its own that it may state.
        as_of: The day of the question; a later day in `given` is dropped.

    """
    if given.issued is not None and given.issued > as_of:
        return given._replace(issued=None)
    return given


def _sets(
    qualifications: Sequence[Qualification],
    answers: tuple[Progress, ...],
    question: Question,
    givens: list[Holding],
) -> list[_Set]:
    sets = []
    seen = Seen(
        (*question.holdings, *givens),
        as_of=question.as_of,
        assume_unverified=question.assume_unverified,
    )
    for members in _exclusive(qualifications):
        before = tuple(answers[number] for number in members)
        if all(answer.satisfied or answer.state == "held" for answer in before):
            continue
        some = tuple(qualifications[number] for number in members)
        looks = [_looks(entry, seen, question) for entry in some]
        count = len(question.holdings)
        alike: dict[Hashable, list[int]] = {}
        for index in sorted(set().union(*looks)):
            if index >= count:
                look = tuple(found.get(index) for found in looks)
                alike.setdefault(look, []).append(index - count)
        sets.append(
            _Set(
                some,
                before,
                tuple(
                    holding
                    for index, holding in enumerate(question.holdings)
                    if any(index in found for found in looks)
                ),
                tuple(map(tuple, alike.values())),
            )
        )
    return sets


def _looks(
    qualification: Qualification, seen: Seen, question: Question
) -> dict[int, Hashable]:
    case = case_of(
        qualification,
        seen,
        assumptions=Assumptions(question.assume, question.known_issuers),
        overrides=question.overrides,
    )
    trust = trust_of(
        qualification, known_issuers=question.known_issuers, own_tags=question.assume
    )
    return looks_of(
        case,
        held=len(question.holdings),
        trust=trust,
        overrides=question.overrides,
    )


def _exclusive(qualifications: Sequence[Qualification]) -> list[list[int]]:
    """Put those together that exclude each other, directly or through others."""
    sets: list[list[int]] = []
    groups: list[frozenset[str]] = []
    for number, entry in enumerate(qualifications):
        mine, members = frozenset(entry.exclusive), [number]
        for place in reversed(range(len(sets))):
            if not groups[place].isdisjoint(mine):
                mine |= groups.pop(place)
                members = sets.pop(place) + members
        sets.append(sorted(members))
        groups.append(mine)
    return sets


def _advance(before: Progress, after: Progress) -> Advance:
    if before.state == "held":
        # What the learner has in hand is not wanted again.
        fraction = before.fraction
        return Advance(before.qualification.id, fraction, fraction, finishes=False)
    finishes = not before.satisfied and (after.satisfied or after.state == "held")
    return Advance(before.qualification.id, before.fraction, after.fraction, finishes)


def _in_force(question: Question) -> frozenset[str]:
    """Collect the achievements of all that is held and in force, comparable."""
    held: set[str] = set()
    for holding in question.holdings:
        bar = bar_of(
            holding,
            _NO_RULES,
            as_of=question.as_of,
            assume_unverified=question.assume_unverified,
        )
        if bar is None:
            held |= forms((holding.achievement, *holding.same_as))
    return frozenset(held)


def _needs(offer: Offer, held: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in offer.requires if same_form(name) not in held)

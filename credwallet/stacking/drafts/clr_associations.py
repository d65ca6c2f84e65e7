"""Which rules can be guessed from the associations of a learner record?

Comprehensive Learner Record 2.0, `Association`: `isChildOf` and `isPartOf` (the source
is a part of the target), `isParentOf` (the reverse), `exactMatchOf`, `replacedBy`,
`precedes`, `isPeerOf`, `isRelatedTo`. Nobody says that the parts of a record are all
parts, so what is drafted here is always an estimate (`docs/qualification-import.md`).
"""

from typing import Any, NamedTuple

from credwallet.model.credential import JsonObject
from credwallet.model.qualification import Fact
from credwallet.model.record import Association, associations_of, is_record, names_in
from credwallet.stacking.drafts import achievements
from credwallet.stacking.drafts.draft import Branch, Draft, Leaf
from credwallet.stacking.drafts.ledger import Ledger
from credwallet.stacking.drafts.limits import check_number

NAME = "CLR 2.0 record"
NEVER = (
    "whether the list of parts is complete, how many of them are enough, credits of a "
    "unit, limits, minimums, expiry and waivers"
)

_PART_FIRST = ("isChildOf", "isPartOf")
_WHOLE_FIRST = ("isParentOf",)
_SAME = ("exactMatchOf", "replacedBy")


class _Edge(NamedTuple):
    part: str
    whole: str


class _Record(NamedTuple):
    """What a record says; `parts` by whole, without those that go in circles."""

    associations: tuple[Association, ...]
    names: dict[str, str]
    parts: dict[str, list[str]]
    circles: frozenset[_Edge]
    known: dict[str, achievements.Described]
    calls: dict[str, dict[str, None]]

    def name(self, achievement: str) -> str:
        """Return what the record calls an achievement, else its identifier."""
        return self.names.get(achievement) or achievement


def sniff(document: Any) -> bool:
    """Say whether a document is a learner record."""
    return isinstance(document, dict) and is_record(achievements.types(document))


def drafts(document: Any) -> tuple[Draft, ...]:
    """Draft the rules of everything that has parts in the record.

    Args:
        document: A learner record.

    Returns:
        One estimate for each whole, in the order in which they are named.

    Raises:
        Unreadable: If there are more than 200.

    """
    record = _read(document)
    check_number(len(record.parts))
    return tuple(
        _draft(document, whole, parts, record) for whole, parts in record.parts.items()
    )


def _read(document: JsonObject) -> _Record:
    associations = associations_of(document)
    edges = tuple(dict.fromkeys(filter(None, map(_edge, associations))))
    inside: dict[str, list[str]] = {}
    for edge in edges:
        inside.setdefault(edge.part, []).append(edge.whole)
    circles = frozenset(e for e in edges if _leads_to(inside, e.whole, e.part))
    parts: dict[str, list[str]] = {}
    for edge in edges:
        if edge not in circles:
            parts.setdefault(edge.whole, []).append(edge.part)
    known: dict[str, achievements.Described] = {}
    calls: dict[str, dict[str, None]] = {}
    for each in achievements.of_record(document):
        known.setdefault(each.id, each)
        calls.setdefault(each.id, {})[each.name] = None
    return _Record(associations, names_in(document), parts, circles, known, calls)


def _edge(association: Association) -> _Edge | None:
    kind, source, target = association
    if kind in _PART_FIRST:
        return _Edge(source, target)
    return _Edge(target, source) if kind in _WHOLE_FIRST else None


def _leads_to(inside: dict[str, list[str]], start: str, end: str) -> bool:
    """Say whether one achievement is, over others, a part of another."""
    seen = {start}
    waiting = [start]
    for at in waiting:
        if at == end:
            return True
        fresh = [whole for whole in inside.get(at, ()) if whole not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return False


def _draft(
    document: JsonObject, whole: str, parts: list[str], record: _Record
) -> Draft:
    ledger = Ledger()
    ledger.carry(1 + len(parts))
    _note_others(record, {whole, *parts}, ledger)
    facts = _facts(record, parts, ledger)
    ledger.remark(
        "every part that the record names is asked for: it does not say that these "
        "are all",
        guessed=True,
    )
    for part in (whole, *parts):
        if len(record.calls.get(part, ())) > 1:
            ledger.remark(f"{part} has several names: {', '.join(record.calls[part])}")
    issuer = achievements.issuer_of(document)
    about = record.known.get(whole)
    return Draft(
        id=whole,
        title=record.name(whole),
        root=Branch(tuple(Leaf(record.name(part), (part,)) for part in parts)),
        ledger=ledger,
        standard=NAME,
        award=(whole,),
        facts=facts,
        awarded_by=(issuer.name,) if issuer.name else (),
        issuer_ids=(issuer.id,) if issuer.id else (),
        source=whole,
        text=about.description if about else "",
    )


def _note_others(record: _Record, concerned: set[str], ledger: Ledger) -> None:
    for each in record.associations:
        kind, source, target = each
        if concerned.isdisjoint((source, target)):
            continue
        said = f"{record.name(source)} {kind} {record.name(target)}"
        edge = _edge(each)
        if edge in record.circles:
            ledger.leave(f"{said}: a circle")
        elif kind == "precedes":
            ledger.leave(f"{said}: order only", order=True)
        elif edge is None and kind not in _SAME:
            ledger.leave(f"{said}: it asks for nothing", order=True)


def _facts(record: _Record, parts: list[str], ledger: Ledger) -> tuple[Fact, ...]:
    """Return what parts are worth, and what is the same as one of them."""
    inside = frozenset(parts)
    same: dict[str, list[str]] = {}
    for kind, source, target in record.associations:
        if kind not in _SAME or source == target or inside.isdisjoint((source, target)):
            continue
        for part, other in ((source, target), (target, source)):
            if part in inside and other not in inside:
                same.setdefault(other, []).append(part)
        ledger.carry()
        if kind == "replacedBy":
            ledger.remark(
                f"{record.name(source)} is replaced by {record.name(target)}: from "
                "which day on is not said, so each counts as the other"
            )
    known = [record.known[part] for part in parts if part in record.known]
    return (
        *achievements.facts(known, ledger),
        *(Fact(other, same_as=tuple(mine)) for other, mine in same.items()),
    )

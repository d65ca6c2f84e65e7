"""What does a credential of the European Learning Model say that rules could use?

European Learning Model 3 (EDC application profile): `hasClaim`, `specifiedBy`,
`hasPart` and `isPartOf`, `creditPoint` with its framework, `volumeOfLearning`,
`eqfLevel` and `nqfLevel`, `isPartialQualification`, `entitlesTo`. Identifiers such as
`urn:epass:...` number the parts of one file and name nothing outside of it.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from credwallet.model import learning_achievement
from credwallet.model.achievement import Achievement
from credwallet.model.credential import JsonObject, words
from credwallet.model.qualification import Fact
from credwallet.stacking.amounts import exact, plain
from credwallet.stacking.drafts import achievements
from credwallet.stacking.drafts.achievements import objects
from credwallet.stacking.drafts.draft import Branch, Draft, Leaf
from credwallet.stacking.drafts.durations import hours_of
from credwallet.stacking.drafts.ledger import Ledger
from credwallet.stacking.drafts.limits import MAX_NAMES, Steps, check_number

NAME = "European Learning Model credential"
NEVER = (
    "how many of several parts are enough, which may count twice, limits, minimums, "
    "expiry of parts and waivers"
)

_LEVEL = re.compile(r"(.{1,80}?)[,:]? *\blevel ([0-9]{1,2})\Z", re.IGNORECASE)
_DESCRIBES = (
    ("entryRequirement", "entry requirements, in words"),
    ("entitlesTo", "what it entitles to"),
    ("entitledBy", "what entitles to it"),
)


class _Item(NamedTuple):
    """A claim or a specification, and what is read of it."""

    claim: JsonObject
    specified: JsonObject
    read: Achievement
    identifiers: tuple[str, ...]


def sniff(document: Any) -> bool:
    """Say whether a document claims something in the words of this model."""
    return isinstance(document, dict) and learning_achievement.is_learning_claim(
        {"credentialSubject": objects(document.get("credentialSubject"))}
    )


def drafts(document: Any) -> tuple[Draft, ...]:
    """Draft the rules of every claim: of its parts, of its whole, or of itself.

    Args:
        document: A credential.

    Returns:
        One estimate for each claim, in order.

    Raises:
        Unreadable: If there are too many of them.

    """
    claims = [
        claim
        for subject in objects(document.get("credentialSubject"))
        for claim in objects(subject.get("hasClaim"))
    ]
    check_number(len(claims))
    steps = Steps()
    return tuple(
        _draft(document, _item(claim), number, steps)
        for number, claim in enumerate(claims, 1)
    )


def _item(claim: JsonObject) -> _Item:
    """Read a claim as the credential that makes it would be read."""
    # Without parts: theirs are not the identifiers of the whole.
    bare = {name: value for name, value in claim.items() if name != "hasPart"}
    specified = next(iter(objects(claim.get("specifiedBy"))), {})
    own = {name: value for name, value in specified.items() if name != "hasPart"}
    if specified:
        bare["specifiedBy"] = own
    read = learning_achievement.read({"credentialSubject": {"hasClaim": bare}})
    return _Item(claim, specified, read, read.identifiers[:MAX_NAMES])


def _parts(item: _Item, member: str, steps: Steps) -> Iterator[_Item]:
    for claim in objects(item.claim.get(member)):
        steps.take()
        yield _item(claim)
    for specified in objects(item.specified.get(member)):
        steps.take()
        yield _item({"specifiedBy": specified})


def _draft(document: JsonObject, item: _Item, number: int, steps: Steps) -> Draft:
    ledger = Ledger()
    title = item.read.name or words(document.get("name")) or "a claim without a name"
    parts = list(_parts(item, "hasPart", steps))
    wholes = list(_parts(item, "isPartOf", steps))
    award: tuple[str, ...] = ()
    about = item
    if parts:
        award = item.identifiers
        ledger.remark("all parts that are named are asked for", guessed=True)
    elif wholes:
        about, parts = wholes[0], [item]
        award = about.identifiers
        ledger.remark(
            f"{title} is a part of this: which others there are is not said",
            guessed=True,
        )
        for other in wholes[1:]:
            ledger.leave(f"it is a part of {other.read.name or 'something'}, too")
    else:
        parts = [item]
        ledger.remark("it names neither its parts nor its whole", guessed=True)
    if award:
        ledger.carry()
    leaves = tuple(_leaf(part, title, ledger) for part in parts)
    stated = bool(award) or len(leaves) > 1
    level, framework = _level(about, ledger, stated=stated)
    _note_left(item, title, ledger)
    names, ids = _awarding(document, about)
    own = about.identifiers
    whole = about.read.name or title
    if len(leaves) == 1 and not award:
        whole = f"What {title} is a part of"
        own = ()
    name = str(document.get("id") or title)
    return Draft(
        id=own[0] if own else f"draft/{name}" + (f"/{number}" if number > 1 else ""),
        title=whole,
        root=Branch(leaves),
        ledger=ledger,
        standard=NAME,
        award=award,
        facts=tuple(fact for part in parts if (fact := _fact(part))),
        awarded_by=names,
        issuer_ids=ids,
        source=about.read.criteria_url,
        text=about.read.description,
        level=level,
        framework=framework,
    )


def _leaf(item: _Item, title: str, ledger: Ledger) -> Leaf:
    name = item.read.name or title
    said = []
    if item.read.credits:
        unit = item.read.credit_unit
        said.append(f"{item.read.credits} credits ({unit or 'of no unit'})")
    if item.read.level:
        said.append(f"EQF level {item.read.level}")
    volume = item.specified.get("volumeOfLearning", item.claim.get("workload"))
    if isinstance(volume, str):
        hours = hours_of(volume)
        if hours is None:
            ledger.leave(f"volume of learning {volume}: no exact hours", order=True)
        else:
            said.append(f"{plain(hours)} hours of learning")
            ledger.by_hand(f"{plain(hours)} hours of learning: as words of {name}")
    if item.identifiers:
        ledger.carry(1 + bool(item.read.credits) + bool(item.read.level))
        return Leaf(name, item.identifiers, text="; ".join(said))
    ledger.by_hand(f"{name}: it has no identifier that holds outside of the file")
    if item.read.credits or item.read.level:
        ledger.by_hand(f"{'; '.join(said)}: as words of {name}")
    return Leaf(name, text="; ".join(said))


def _fact(item: _Item) -> Fact | None:
    """Return what a part is worth, if the part has a name outside of the file."""
    read = item.read
    amount = exact(read.credits) if read.credits else None
    level = exact(read.level) if read.level else None
    if not item.identifiers or (amount is None and level is None):
        return None
    return Fact(
        item.identifiers[0],
        credits=amount,
        credit_unit=read.credit_unit if amount is not None else "",
        level=level,
        framework=read.framework,
        same_as=item.identifiers[1:],
    )


def _level(item: _Item, ledger: Ledger, *, stated: bool) -> tuple[Fraction | None, str]:
    """Read the level of the whole, of the European framework before a national one."""
    labels = [
        label
        for concept in objects(item.specified.get("nqfLevel"))
        if (label := words(concept.get("prefLabel")))
    ]
    if item.read.level or not stated:
        ledger.carry(int(stated))
        for label in labels:
            ledger.leave(f"national level {label}", order=True)
        return (exact(item.read.level), item.read.framework) if stated else (None, "")
    for label in labels:
        found = _LEVEL.fullmatch(label)
        if found:
            ledger.carry()
            ledger.remark(f"the level is read from the label {label}")
            return exact(found[2]), found[1].strip().casefold()
        ledger.leave(f"national level {label}: no number in it", order=True)
    return None, ""


def _note_left(item: _Item, title: str, ledger: Ledger) -> None:
    for source in (item.claim, item.specified):
        for member, said in _DESCRIBES:
            for entry in objects(source.get(member)):
                name = words(entry.get("title")) or words(entry.get("noteLiteral"))
                ledger.leave(f"{said}: {name or title}", order=True)
    if item.specified.get("isPartialQualification") is True:
        ledger.leave(f"{title} is a part of a qualification that is not named")
    outcomes = len(objects(item.specified.get("learningOutcome")))
    if outcomes:
        ledger.leave("learning outcomes: they describe", outcomes, order=True)
    proofs = len(objects(item.claim.get("provenBy")))
    if proofs:
        ledger.leave("assessments and grades: of this learner", proofs, order=True)


def _awarding(
    document: JsonObject, item: _Item
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    issuer = achievements.issuer_of(document)
    names = [issuer.name]
    for process in objects(item.claim.get("awardedBy")):
        for body in objects(process.get("awardingBody")):
            names.insert(0, learning_achievement.legal_name(body))
    outside = issuer.id and not issuer.id.startswith("urn:epass:")
    return (
        tuple(dict.fromkeys(filter(None, names))),
        (issuer.id,) if outside else (),
    )

"""Which offers does a CTDL file hold?

Credentials, courses, assessments and learning opportunities of the Credential
Transparency Description Language (credreg.net/ctdl/terms) with `estimatedCost`,
`estimatedDuration`, `deliveryType`, `occupationType` and `creditValue`. Only what is
exact is taken: a span of weeks is no number of hours, and prices that may be
alternatives of each other are no sum. `left_out` says so.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Unreadable, Usage
from credwallet.model.credential import JsonObject
from credwallet.model.offer import Offer
from credwallet.model.qualification import Holding
from credwallet.stacking.drafts import ctdl_graph
from credwallet.stacking.drafts.ctdl_graph import Graph, identifier, references, resolve
from credwallet.stacking.drafts.draft import cut, usable
from credwallet.stacking.drafts.durations import hours_of
from credwallet.stacking.holding import kind_of
from credwallet.stacking.offers.offer_rules import MOST_OFFERS

_SIGNS = (b"ceterms:", b"credreg.net/ctdl", b"purl.org/ctdl")
_LONGEST = 300
_MOST_VALUES = 200
# `ceterms:Delivery`: other concepts of it, such as VariableSite, say no mode of ours.
_MODES = {"onlineonly": "online", "inperson": "face", "blendeddelivery": "blended"}
_SAYS_MORE = (
    *("estimatedCost", "estimatedDuration", "timeRequired", "deliveryType"),
    *("learningDeliveryType", "assessmentDeliveryType", "occupationType"),
    *("creditValue", "requires", "entryCondition", "prerequisite", "offeredBy"),
)
_DELIVERY = ("deliveryType", "learningDeliveryType", "assessmentDeliveryType")
_NO_OFFER = ("Organization", "Component", "Profile", "Manifest", "Framework", "Agent")
_LEARNING = ("LearningOpportunityProfile", "AssessmentProfile")
# Who pays it, or when: prices that differ in these are alternatives or parts.
_CONDITIONAL = ("residencyType", "audienceType", "jurisdiction", "region")
_BEFORE = ("entryCondition", "prerequisite")
_TARGETS = (
    "targetCredential",
    "targetLearningOpportunity",
    "targetAssessment",
    "targetCourse",
)


class _Price(NamedTuple):
    cost: Fraction | None
    currency: str
    why: str


def sniff(data: bytes) -> bool:
    """Say whether a file looks like JSON in the terms of CTDL.

    Args:
        data: The whole file.

    """
    opens = data.lstrip(b" \t\r\n")[:1] in (b"{", b"[")
    return opens and any(sign in data for sign in _SIGNS)


def read(data: bytes, source_name: str) -> tuple[Offer, ...]:
    """Read the offers of a CTDL file.

    Args:
        data: The whole file.
        source_name: What to call it in an error.

    Returns:
        One offer for each credential, course or assessment, in their order.

    Raises:
        Usage: If it is no JSON that can be read, or offers nothing.

    """
    return tuple(offer for offer, _ in _read(data, source_name))


def left_out(data: bytes, source_name: str) -> tuple[str, ...]:
    """Say what of a CTDL file did not become part of its offers.

    Args:
        data: The whole file.
        source_name: What to call it in an error.

    Returns:
        One line for each cost or duration that is not exact.

    Raises:
        Usage: As `read` does.

    """
    return tuple(note for _, notes in _read(data, source_name) for note in notes)


def _read(data: bytes, source_name: str) -> list[tuple[Offer, tuple[str, ...]]]:
    try:
        graph = ctdl_graph.read_graph(strict_json.loads(data))
    except Unreadable as error:
        raise Usage(
            f"{source_name}: {error.what}",
            next_step=error.next_step,
            file=source_name,
            line=error.line,
            column=error.column,
        ) from None
    found: dict[str, tuple[Offer, tuple[str, ...]]] = {}
    for node in graph.nodes:
        if _is_offer(graph, node):
            offer, notes = _offer(graph, node)
            found.setdefault(offer.id, (offer, notes))
    if len(found) > MOST_OFFERS:
        raise Usage(
            f"{source_name} holds more than {MOST_OFFERS:,} offers",
            next_step="take a part of it",
        )
    if not found:
        raise Usage(
            f"{source_name} offers nothing that has an address",
            next_step="an offer is a credential or a course with ceterms:ctid",
        )
    return list(found.values())


def _is_offer(graph: Graph, node: JsonObject) -> bool:
    kinds = ctdl_graph.types(node)
    if not kinds or not usable(ctdl_graph.identifiers(graph, node)):
        return False
    if any(kind == "Pathway" or kind.startswith("skos:") for kind in kinds):
        return False
    learning = not set(_LEARNING).isdisjoint(kinds)
    if not learning and any(kind.endswith(_NO_OFFER) for kind in kinds):
        return False
    return any(member in node for member in _SAYS_MORE)


def _offer(graph: Graph, node: JsonObject) -> tuple[Offer, tuple[str, ...]]:
    names = usable(ctdl_graph.identifiers(graph, node))
    title = cut(ctdl_graph.label(graph, node), _LONGEST)
    notes = []
    price = _price(node)
    if price.why:
        notes.append(f"{title}: no cost: {price.why}")
    hours, why = _hours(node)
    if why:
        notes.append(f"{title}: no hours: {why}")
    amounts = ctdl_graph.values(node, "creditValue")
    value = amounts[0] if len(amounts) == 1 and amounts[0].amount >= 0 else None
    if amounts and value is None:
        notes.append(f"{title}: no credits: no single exact number")
    owners, ids = ctdl_graph.owners(graph, node)
    gives = Holding(
        handle=names[-1],
        achievement=names[0],
        same_as=names[1:],
        alignments=tuple(dict.fromkeys((*names, *_occupations(node))))[:_MOST_VALUES],
        name=title,
        issuer=next(iter(usable(ids)), ""),
        credits=value.amount if value else None,
        credit_unit=cut(value.unit, _LONGEST) if value else "",
        kind=_kind(node),
        assumed=True,
    )
    page = ctdl_graph.text(node.get("subjectWebpage"))
    offer = Offer(
        id=names[-1],
        gives=gives,
        title=title,
        provider=cut(next(iter((*owners, *ids)), ""), _LONGEST),
        mode=_mode(node),
        cost=price.cost,
        currency=price.currency,
        hours=hours,
        requires=tuple(_required(graph, node))[:_MOST_VALUES],
        source=next(iter(usable((page, names[0]))), ""),
    )
    return offer, tuple(notes)


def _kind(node: JsonObject) -> str:
    return kind_of(next(iter(ctdl_graph.types(node)), ""))


def _price(node: JsonObject) -> _Price:
    """Read `estimatedCost`: one total, or parts of different types that add up."""
    profiles = [each for each in _objects(node.get("estimatedCost")) if "price" in each]
    prices = [ctdl_graph.number(each.get("price")) for each in profiles]
    if not profiles:
        return _Price(None, "", "")
    currencies = {_currency(each) for each in profiles}
    kinds = [ctdl_graph.concept(each.get("directCostType")) for each in profiles]
    totals = [
        p for p, kind in zip(prices, kinds, strict=True) if kind == "AggregateCost"
    ]
    chosen = totals or prices
    if len(currencies) != 1 or "" in currencies:
        return _Price(None, "", "the currency is open")
    if any(price is None or price < 0 for price in chosen):
        return _Price(None, "", "a price is no number")
    if any(each.get(member) for each in profiles for member in _CONDITIONAL):
        return _Price(None, "", "prices depend on who pays")
    if len(totals) > 1 or (not totals and len(set(kinds)) < len(kinds)):
        return _Price(None, "", "several prices may be alternatives")
    exact_prices = [price for price in chosen if price is not None]
    return _Price(sum(exact_prices, Fraction(0)), currencies.pop(), "")


def _currency(profile: JsonObject) -> str:
    code = profile.get("currency")
    known = isinstance(code, str) and len(code) == 3 and code.isascii()
    return code if known and isinstance(code, str) and code.isupper() else ""


def _hours(node: JsonObject) -> tuple[Fraction | None, str]:
    """Read `timeRequired` or `estimatedDuration`, where it is exact hours."""
    said = [
        (
            each.get("exactDuration"),
            each.get("minimumDuration"),
            each.get("maximumDuration"),
        )
        for each in _objects(node.get("estimatedDuration"))
    ]
    time = node.get("timeRequired")
    if isinstance(time, str):
        said.append((time, None, None))
    found = set()
    for exact, least, most in said:
        one = exact if exact is not None or least != most else least
        hours = hours_of(one) if isinstance(one, str) else None
        if hours is None:
            span = " to ".join(x for x in (exact, least, most) if isinstance(x, str))
            return None, cut(f"{span or 'a description'} is no exact number", 120)
        found.add(hours)
    if len(found) > 1:
        return None, "several durations"
    return (found.pop(), "") if found else (None, "")


def _mode(node: JsonObject) -> str:
    said = [
        concept
        for member in _DELIVERY
        for entry in _many(node.get(member))
        if (concept := ctdl_graph.concept(entry))
    ]
    modes = {_MODES.get(each.casefold(), "") for each in said}
    return modes.pop() if len(modes) == 1 else ""


def _occupations(node: JsonObject) -> Iterator[str]:
    for entry in _objects(node.get("occupationType")):
        yield from usable((identifier({"@id": entry.get("targetNode")}),))


def _required(graph: Graph, node: JsonObject) -> Iterator[str]:
    """Name what must be held before it starts."""
    seen: set[str] = set()
    for entry in references(node, *_BEFORE):
        profile = resolve(graph, entry) or {}
        for target in references(profile, *_TARGETS):
            for name in usable(ctdl_graph.identifiers(graph, target))[:1]:
                if name not in seen:
                    seen.add(name)
                    yield name


def _objects(value: Any) -> list[JsonObject]:
    return [entry for entry in _many(value) if isinstance(entry, dict)]


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]

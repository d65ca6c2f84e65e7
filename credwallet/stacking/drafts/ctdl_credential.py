"""What does a credential in CTDL say that it is made of?

`ceterms:requires` with `ConditionProfile`s, `hasPart` and `isPartOf` of credentials,
courses and assessments (credreg.net/ctdl/terms; `docs/qualification-import.md`). What
is prose there becomes a `manual` requirement: a person must read it.
"""

from typing import Any

from credwallet.model.credential import JsonObject
from credwallet.stacking.amounts import plain
from credwallet.stacking.drafts import ctdl_graph
from credwallet.stacking.drafts.ctdl_graph import Graph, identifier, references, resolve
from credwallet.stacking.drafts.draft import Branch, Draft, Leaf, Part
from credwallet.stacking.drafts.ledger import Ledger
from credwallet.stacking.drafts.limits import Steps, check_number

NAME = "CTDL credential"
NEVER = (
    "how many of several parts are enough, which credentials may count twice, limits "
    "(caps), minimums (gates), expiry and waivers"
)

_TARGETS = (
    "targetCredential",
    "targetAssessment",
    "targetLearningOpportunity",
    "targetCourse",
)
# What somebody must look at: no credential says it.
_BY_HAND = (
    "targetCompetency",
    "targetJob",
    "targetOccupation",
    "targetTask",
    "targetPathway",
    "minimumAge",
    "yearsOfExperience",
    "experience",
    "residentOf",
    "submissionOf",
    "submissionOfDescription",
    "commonConditions",
    "hasConstraint",
)
_READ = frozenset(
    (
        *(
            "@id",
            "@type",
            "id",
            "type",
            "ctid",
            "name",
            "description",
            "subjectWebpage",
        ),
        *("condition", "alternativeCondition", "creditValue", "assertedBy", "weight"),
        *("audienceType", "audienceLevelType", "dateEffective", "estimatedCost"),
        *("commonCosts", "alternateName", "creditUnitTypeDescription"),
        *_TARGETS,
        *_BY_HAND,
    )
)
# Of the credential itself: about other credentials, or about coming before or after.
_LEFT = (
    "recommends",
    "entryCondition",
    "prerequisite",
    "corequisite",
    "coPrerequisite",
    "advancedStandingFrom",
    "isAdvancedStandingFor",
    "preparationFrom",
    "isPreparationFor",
    "isRequiredFor",
    "isRecommendedFor",
    "renewal",
    "renewalFrequency",
    "requiresRevocation",
    "revocation",
)
_MOST_MEMBERS = 100
_FOR_OFFERS = ("estimatedCost", "estimatedDuration", "deliveryType", "occupationType")


def sniff(document: Any) -> bool:
    """Say whether a CTDL document says what something is made of."""
    return ctdl_graph.is_ctdl(document)


def drafts(document: Any) -> tuple[Draft, ...]:
    """Draft the rules of every credential that says what it requires or has as parts.

    Args:
        document: A CTDL document.

    Returns:
        One draft for each, in the order of the file.

    Raises:
        Unreadable: If one asks for more than a qualification file can hold.

    """
    graph = ctdl_graph.read_graph(document)
    nodes = [node for node in graph.nodes if not _is_of_a_pathway(node)]
    inside: dict[str, list[JsonObject]] = {}
    for node in nodes:
        for whole in filter(None, map(identifier, references(node, "isPartOf"))):
            inside.setdefault(whole, []).append(node)
    wholes = [
        node
        for node in nodes
        if identifier(node) in inside or node.get("requires") or node.get("hasPart")
    ]
    known = set(map(identifier, wholes))
    wholes += [{"@id": whole} for whole in inside if whole not in known]
    check_number(len(wholes))
    steps = Steps()
    return tuple(
        _draft(graph, node, inside.get(identifier(node), []), steps) for node in wholes
    )


def _is_of_a_pathway(node: JsonObject) -> bool:
    return any(
        kind in ("Pathway", "PathwaySet") or kind.endswith("Component")
        for kind in ctdl_graph.types(node)
    )


def _draft(
    graph: Graph, node: JsonObject, said_by_parts: list[JsonObject], steps: Steps
) -> Draft:
    ledger = Ledger()
    ledger.carry()
    for name in graph.repeated:
        ledger.leave(f"a second object that calls itself {name}")
    walk = _Profiles(graph, ledger, steps)
    profiles = references(node, "requires")
    parts = [walk.profile(entry, 1) for entry in profiles]
    if len(profiles) > 1:
        ledger.remark(
            f"all {len(profiles)} of its conditions (requires) are asked for: CTDL "
            "leaves open whether one is enough",
            guessed=True,
        )
    listed = [walk.target(entry) for entry in references(node, "hasPart")]
    known = {leaf.identifiers for leaf in listed}
    listed += [
        leaf
        for leaf in map(walk.target, said_by_parts)
        if leaf.identifiers not in known or not leaf.identifiers
    ]
    if listed:
        ledger.remark("all parts that are named are asked for", guessed=True)
    _note_left(graph, node, ledger)
    names, ids = ctdl_graph.owners(graph, node)
    own = ctdl_graph.identifiers(graph, node)
    title = ctdl_graph.label(graph, node)
    page = ctdl_graph.text(node.get("subjectWebpage"))
    if own:
        ledger.carry()
    return Draft(
        id=own[-1] if own else f"draft/{title}",
        title=title,
        root=Branch(tuple(p for p in (*parts, *listed) if p is not None)),
        ledger=ledger,
        standard=NAME,
        award=own,
        awarded_by=names,
        issuer_ids=ids,
        source=page or (own[0] if own else ""),
        text=ctdl_graph.text(node.get("description")),
    )


def _note_left(graph: Graph, node: JsonObject, ledger: Ledger) -> None:
    for member in _LEFT:
        entries = node.get(member)
        if entries:
            number = len(entries) if isinstance(entries, list) else 1
            targets = [
                ctdl_graph.label(graph, target)
                for entry in references(node, member)
                for target in references(resolve(graph, entry) or {}, *_TARGETS)
            ]
            said = f": {', '.join(targets[:5])}" if targets else ""
            ledger.leave(f"{member}{said}", number, order=True)
    offers = [member for member in _FOR_OFFERS if node.get(member)]
    if offers:
        ledger.leave(
            f"{', '.join(offers)}: for `credwallet offer add`", len(offers), order=True
        )


class _Profiles:
    """`ConditionProfile`s, one within the other."""

    def __init__(self, graph: Graph, ledger: Ledger, steps: Steps) -> None:
        self.graph = graph
        self.ledger = ledger
        self.steps = steps

    def profile(self, reference: Any, depth: int) -> Part | None:
        """Return what a `ConditionProfile` asks for, None if it asks for nothing."""
        self.steps.take(depth)
        graph, ledger = self.graph, self.ledger
        node = resolve(graph, reference)
        if node is None:
            name = identifier(reference)
            ledger.by_hand(f"the conditions of {name} are not in the file")
            return Leaf(f"Conditions of {name}")
        title, said = (
            ctdl_graph.text(node.get("name")),
            ctdl_graph.text(node.get("description")),
        )
        parts: list[Part] = [
            self.target(entry) for entry in references(node, *_TARGETS)
        ]
        parts += [self._prose(each) for each in ctdl_graph.texts(node.get("condition"))]
        parts += self._credits(node)
        for member in _BY_HAND:
            parts += self._by_hand(node, member)
        ways = [
            way
            for entry in references(node, "alternativeCondition")
            if (way := self.profile(entry, depth + 1)) is not None
        ]
        if ways:
            ledger.carry()
            parts.append(Branch(tuple(ways), 1, "One of these"))
        others = [member for member in node if member not in _READ]
        for member in others[:_MOST_MEMBERS]:
            ledger.leave(f"{member} of the condition {title or said}")
        if len(others) > _MOST_MEMBERS:
            more = len(others) - _MOST_MEMBERS
            ledger.leave(f"{more:,} more members of a condition", more)
        if not parts:
            return self._prose(said or title) if said or title else None
        ledger.carry()
        return Branch(tuple(parts), 0, title, said)

    def target(self, reference: Any) -> Leaf:
        """Return the leaf of a credential, an assessment or a course."""
        self.steps.take()
        graph = self.graph
        node = resolve(graph, reference) or {}
        title = ctdl_graph.label(graph, reference)
        names = ctdl_graph.identifiers(graph, reference)
        if not names:
            page = ctdl_graph.text(node.get("subjectWebpage"))
            self.ledger.by_hand(f"{title}: it has no address that a badge could name")
            return Leaf(title, text=page)
        self.ledger.carry()
        return Leaf(title, names, aligned=True)

    def _prose(self, said: str) -> Leaf:
        self.steps.take()
        self.ledger.by_hand(said)
        return Leaf(said)

    def _credits(self, node: JsonObject) -> list[Part]:
        found: list[Part] = []
        for value in ctdl_graph.values(node, "creditValue"):
            amount = plain(value.amount) if value.amount >= 0 else "some"
            said = f"{amount} credits ({value.unit or 'of no unit'})"
            self.ledger.by_hand(f"{said}: which credits count is not said")
            found.append(Leaf(said))
        return found

    def _by_hand(self, node: JsonObject, member: str) -> list[Part]:
        entries = node.get(member)
        found: list[Part] = []
        for entry in entries if isinstance(entries, list) else [entries]:
            if entry in (None, "", {}):
                continue
            amount = ctdl_graph.number(entry)
            words = ctdl_graph.text(entry) or (
                plain(amount) if amount is not None else _name(self.graph, entry)
            )
            said = f"{member}: {words}"
            self.ledger.by_hand(said)
            found.append(Leaf(said))
        return found


def _name(graph: Graph, entry: Any) -> str:
    if isinstance(entry, dict):
        node = entry.get("targetNodeName") or entry.get("name")
        return ctdl_graph.text(node) or ctdl_graph.label(graph, entry)
    return str(entry)

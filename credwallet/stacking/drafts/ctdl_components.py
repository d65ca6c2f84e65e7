"""How are the members of pathway components and conditions to be understood?

CTDL terms (credreg.net/ctdl/terms): `requiredNumber`, `logicalOperator` (And, Or,
OnlyOne), `Constraint`, `precedes`, `prerequisite`, and whatever else a component says.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from credwallet.model.credential import JsonObject
from credwallet.stacking.drafts import ctdl_graph
from credwallet.stacking.drafts.ctdl_graph import Graph, identifier, references
from credwallet.stacking.drafts.ledger import Ledger

# What a credential can be held for. A job, a competency or an activity cannot.
HOLDABLE = frozenset(
    (
        "CredentialComponent",
        "CourseComponent",
        "AssessmentComponent",
        "BasicComponent",
        "MultiComponent",
        "CollectionComponent",
    )
)
_COMPARATORS = {
    "equals": "equals",
    "eq": "equals",
    "greaterthan": "more than",
    "gt": "more than",
    "greaterthanorequalto": "at least",
    "greaterthanorequal": "at least",
    "gteq": "at least",
    "lessthan": "less than",
    "lt": "less than",
    "lessthanorequalto": "at most",
    "lessthanorequal": "at most",
    "lteq": "at most",
}
_MOST_MEMBERS = 100
_ORDER = ("precedes", "precededBy", "prerequisite")
# Read elsewhere, or said for people, search and housekeeping: no rule is in them.
_NO_RULE = frozenset(
    (
        *("@context", "@id", "@type", "id", "type", "ctid", "name"),
        *("description", "alternateName", "inLanguage", "keyword", "subject"),
        *("subjectWebpage", "sourceData", "identifier", "image"),
        *("codedNotation", "componentCategory", "componentDesignation"),
        *("credentialType", "programTerm", "isPartOf", "hasPart", "hasChild"),
        *("isChildOf", "isDestinationComponentOf", "isTopChildOf"),
        *("hasTopChild", "hasDestinationComponent", "ownedBy", "offeredBy"),
        *("publishedBy", "industryType", "occupationType"),
        *("instructionalProgramType", "naics", "lifeCycleStatusType"),
        *("dateCreated", "dateModified", "latestVersion", "previousVersion"),
        *("nextVersion", "versionIdentifier", "proxyFor", "proxyForList"),
        *("proxyForItem", "proxyForItems", "creditValue", "hasCondition"),
        *("hasConstraint", "targetComponent", "requiredNumber"),
        *("requiredConstraints", "logicalOperator", "precedes", "precededBy"),
        "prerequisite",
    )
)


class Choice(NamedTuple):
    """How many of its parts a condition asks for; 0 and `""` where nothing is said."""

    number: int
    operator: str


def choice_of(condition: JsonObject) -> Choice:
    """Read `requiredNumber` and `logicalOperator` of a `ComponentCondition`.

    Args:
        condition: A node of the graph, its members without prefix.

    Returns:
        The number if it is a whole one above 0, and the operator's name in lower case.

    """
    wanted = ctdl_graph.number(condition.get("requiredNumber"))
    whole = wanted is not None and wanted.denominator == 1 and 0 < wanted <= 10**6
    entry = condition.get("logicalOperator")
    operator = next(iter(entry), None) if isinstance(entry, list) else entry
    return Choice(
        int(wanted) if wanted is not None and whole else 0,
        ctdl_graph.concept(operator).casefold(),
    )


def constraint_words(constraint: JsonObject) -> str:
    """Say a `ceterms:Constraint` in words.

    Args:
        constraint: Its `leftSource`, `comparator` and `rightSource`, with actions.

    Returns:
        One line; its description where it has one.

    """
    said = ctdl_graph.text(constraint.get("description"))
    if said:
        return said
    comparator = ctdl_graph.concept(constraint.get("comparator"))
    parts = (
        ctdl_graph.concept(constraint.get("leftAction")),
        _side(constraint.get("leftSource")),
        _COMPARATORS.get(comparator.casefold(), comparator),
        ctdl_graph.concept(constraint.get("rightAction")),
        _side(constraint.get("rightSource")),
    )
    return " ".join(filter(None, parts)) or "a constraint without words"


def note_order(graph: Graph, nodes: Iterable[JsonObject], ledger: Ledger) -> None:
    """Note what only says which component comes first.

    Args:
        graph: The file.
        nodes: Its components.
        ledger: Is told one line for each pair of components.

    """
    pairs: dict[tuple[str, str, str], None] = {}
    for node in nodes:
        for member in _ORDER:
            for entry in references(node, member):
                here = ctdl_graph.label(graph, node)
                there = ctdl_graph.label(graph, entry)
                first, then = (here, there) if member == "precedes" else (there, here)
                strict = "prerequisite" if member == "prerequisite" else "order"
                pairs[first, then, strict] = None
    for first, then, strict in pairs:
        ledger.leave(f"{strict}: {first} comes before {then}", order=True)


def note_members(graph: Graph, nodes: Iterable[JsonObject], ledger: Ledger) -> None:
    """Note the members that the rules have no place for.

    Args:
        graph: The file.
        nodes: Pathways, components or conditions.
        ledger: Is told one line for each member.

    """
    for node in nodes:
        name = ctdl_graph.label(graph, node)
        others = [member for member in node if member not in _NO_RULE]
        for member in others[:_MOST_MEMBERS]:
            ledger.leave(f"{member} of {name}", order=True)
        if len(others) > _MOST_MEMBERS:
            more = len(others) - _MOST_MEMBERS
            ledger.leave(f"{more:,} more members of {name}", more, order=True)


def _side(value: Any) -> str:
    entries = value if isinstance(value, list) else [value]
    words = (
        ctdl_graph.text(entry)
        or identifier(entry)
        or ("" if ctdl_graph.number(entry) is None else str(entry))
        for entry in entries
    )
    return ", ".join(word.removeprefix("ceterms:") for word in words if word)

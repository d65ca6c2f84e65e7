"""Which rules does a CTDL Pathway state?

`ceterms:Pathway` with `PathwayComponent`s, `ComponentCondition` and `Constraint`
(credreg.net/ctdl/terms; `docs/qualification-import.md`, "What becomes what"). A
condition asks for `requiredNumber` of its `targetComponent`s and nested conditions, or
for what its `logicalOperator` says. A pathway knows no exclusivity: one credential may
stand in every component, so parts that ask for the same thing share it.
"""

from collections.abc import Iterator
from typing import Any

from credwallet.model.credential import JsonObject
from credwallet.stacking.drafts import ctdl_graph
from credwallet.stacking.drafts.ctdl_components import (
    HOLDABLE,
    Choice,
    choice_of,
    constraint_words,
    note_members,
    note_order,
)
from credwallet.stacking.drafts.ctdl_graph import Graph, identifier, references, resolve
from credwallet.stacking.drafts.draft import Branch, Draft, Leaf, Part
from credwallet.stacking.drafts.ledger import Ledger
from credwallet.stacking.drafts.limits import MAX_DEPTH, MAX_NAMES, Steps, check_number

NAME = "CTDL Pathway"
NEVER = (
    "which credentials may count twice, limits (caps), minimums (gates), expiry and "
    "waivers"
)
_MOST_LOOKED_AT = 200


def sniff(document: Any) -> bool:
    """Say whether a CTDL document holds a pathway."""
    if not ctdl_graph.is_ctdl(document):
        return False
    return any(_is_pathway(node) for node in ctdl_graph.read_graph(document).nodes)


def drafts(document: Any) -> tuple[Draft, ...]:
    """Draft the rules of every pathway.

    Args:
        document: A CTDL document.

    Returns:
        One draft for each destination of each pathway.

    Raises:
        Unreadable: If a pathway is larger or deeper than a qualification file.

    """
    graph = ctdl_graph.read_graph(document)
    pathways = [node for node in graph.nodes if _is_pathway(node)]
    check_number(
        sum(len(references(node, "hasDestinationComponent")) or 1 for node in pathways)
    )
    inside: dict[str, list[JsonObject]] = {}
    for node in graph.nodes:
        for whole in dict.fromkeys(map(identifier, references(node, "isPartOf"))):
            inside.setdefault(whole, []).append(node)
    steps = Steps()
    return tuple(
        draft
        for node in pathways
        for draft in _drafts_of(
            _Walk(graph, steps), node, inside.get(identifier(node), [])
        )
    )


def _is_pathway(node: JsonObject) -> bool:
    return "Pathway" in ctdl_graph.types(node)


def _drafts_of(
    walk: "_Walk", pathway: JsonObject, inside: list[JsonObject]
) -> Iterator[Draft]:
    ends = references(pathway, "hasDestinationComponent")
    for end in ends or [None]:
        walk.begin()
        draft = _draft(walk, pathway, end, inside)
        if len(ends) > 1:
            walk.ledger.remark("each destination of the pathway is rules of its own")
            name = f"{draft.id}/{ctdl_graph.label(walk.graph, end)}"
            draft = draft._replace(id=name)
        yield draft


def _draft(
    walk: "_Walk", pathway: JsonObject, end: Any, inside: list[JsonObject]
) -> Draft:
    graph, ledger = walk.graph, walk.ledger
    ledger.carry()
    for name in graph.repeated:
        ledger.leave(f"a second object that calls itself {name}")
    destination = resolve(graph, end) if end is not None else None
    if destination is None:
        ledger.leave("the destination: the file does not hold it")
    award = _award(graph, destination or {}, ledger)
    root = walk.root(pathway, destination or {})
    walk.note_rest(pathway, inside)
    names, ids = ctdl_graph.owners(graph, pathway)
    own = ctdl_graph.identifiers(graph, pathway)
    title = ctdl_graph.label(graph, pathway)
    return Draft(
        id=own[-1] if own else f"draft/{title}",
        title=title,
        root=root,
        ledger=ledger,
        standard=NAME,
        award=award,
        awarded_by=names,
        issuer_ids=ids,
        source=own[0] if own else ctdl_graph.text(pathway.get("subjectWebpage")),
        text=ctdl_graph.text(pathway.get("description")),
        complete=True,
    )


def _award(graph: Graph, destination: JsonObject, ledger: Ledger) -> tuple[str, ...]:
    every = ctdl_graph.proxied(graph, destination)
    if not every:
        ledger.leave("the award: the destination stands for no resource", order=True)
        return ()
    ledger.carry()
    return tuple(name for names in every for name in names)


class _Walk:
    """From the destination down through conditions and components."""

    def __init__(self, graph: Graph, steps: Steps) -> None:
        self.graph = graph
        self.steps = steps
        self.begin()

    def begin(self) -> None:
        """Begin with another destination, of which nothing is known yet."""
        self.ledger = Ledger()
        self.reached: dict[str, None] = {}

    def root(self, pathway: JsonObject, destination: JsonObject) -> Branch:
        """Return everything that the destination asks for."""
        self.reached[identifier(destination)] = None
        note_members(self.graph, [destination], self.ledger)
        within = (identifier(destination),)
        conditions = self.conditions(destination, within)
        if conditions:
            return Branch(tuple(conditions))
        for node, member in (
            (destination, "hasChild"),
            (destination, "prerequisite"),
            (destination, "precededBy"),
            (pathway, "hasChild"),
            (pathway, "hasPart"),
        ):
            parts = [
                self.component(entry, within)
                for entry in references(node, member)
                if identifier(entry) not in within
            ]
            if parts:
                self.ledger.remark(
                    f"no condition stands at the destination, so all of {member} is "
                    "asked for",
                    guessed=True,
                )
                return Branch(tuple(parts))
        return Branch(())

    def conditions(self, node: JsonObject, within: tuple[str, ...]) -> list[Part]:
        """Return the conditions of a component or a condition."""
        return [
            part
            for entry in references(node, "hasCondition")
            if (part := self.condition(entry, within)) is not None
        ]

    def condition(self, reference: Any, within: tuple[str, ...]) -> Part | None:
        """Return what a `ComponentCondition` asks for, None if nothing can be said."""
        self.steps.take(len(within) // 2)
        node = resolve(self.graph, reference)
        name = identifier(reference) or identifier(node)
        if node is None or (name and name in within):
            what = "is not in the file" if node is None else "stands within itself"
            self.ledger.by_hand(f"the condition {name} {what}")
            return Leaf(name)
        note_members(self.graph, [node], self.ledger)
        within = (*within, name)
        title = ctdl_graph.text(node.get("name"))
        said = ctdl_graph.text(node.get("description"))
        choice = choice_of(node)
        if choice.operator == "not":
            self.ledger.leave(
                f"a condition with Not ({title or said}): nothing may "
                "forbid a credential"
            )
            return None
        parts = [
            *(self.component(e, within) for e in references(node, "targetComponent")),
            *self.conditions(node, within),
        ]
        constraints = self._constraints(node)
        if choice.operator == "or" and not node.get("targetComponent"):
            parts, constraints = [*parts, *constraints], []
        if not parts and not constraints:
            self.ledger.leave(f"a condition that asks for nothing ({title or said})")
            return None
        self.ledger.carry()
        branch = self._branch(tuple(parts), choice, title, said)
        if not constraints:
            return branch
        limits = self._limited(constraints, node)
        return Branch((branch, *limits), 0, title, said) if parts else Branch(limits)

    def component(self, reference: Any, within: tuple[str, ...]) -> Part:
        """Return what a pathway component asks for."""
        self.steps.take(len(within) // 2)
        graph = self.graph
        node, name = resolve(graph, reference), identifier(reference)
        if node is None:
            self.ledger.by_hand(f"the component {name} is not in the file")
            return Leaf(name)
        title = ctdl_graph.label(graph, node)
        if name and name in within:
            self.ledger.by_hand(f"{title} asks for itself: a circle")
            return Leaf(title)
        first = name not in self.reached
        self.reached[name] = None
        if first:
            note_members(graph, [node], self.ledger)
        kinds = ctdl_graph.types(node)
        every = ctdl_graph.proxied(graph, node)
        if every and not HOLDABLE.isdisjoint(kinds):
            return self._held(node, title, every, first=first)
        if _asks_for_components(graph, node):
            parts = self.conditions(node, (*within, name))
            if parts:
                self.ledger.carry(first)
                return Branch(tuple(parts), 0, title)
        return self._by_hand(node, title, kinds, first=first)

    def note_rest(self, pathway: JsonObject, inside: list[JsonObject]) -> None:
        """Note the order, what no condition asks for, and what has no place."""
        nodes = [
            self.graph.by_id[name] for name in self.reached if name in self.graph.by_id
        ]
        note_order(self.graph, nodes, self.ledger)
        listed = [resolve(self.graph, each) for each in references(pathway, "hasPart")]
        names = dict.fromkeys(identifier(node) for node in (*listed, *inside) if node)
        for name in names:
            if name and name not in self.reached:
                title = ctdl_graph.label(self.graph, name)
                self.ledger.leave(f"{title}: no condition asks for it", order=True)
        note_members(self.graph, [pathway], self.ledger)

    def _held(
        self,
        node: JsonObject,
        title: str,
        every: tuple[tuple[str, ...], ...],
        *,
        first: bool,
    ) -> Leaf:
        self.ledger.carry(first)
        if len(every) > 1:
            self.ledger.remark(
                f"{title} stands for {len(every)} resources: any of them counts",
                guessed=True,
            )
        named = len(references(node, *ctdl_graph.PROXIES))
        if named > MAX_NAMES and first:
            self.ledger.leave(
                f"what {title} stands for after the first {MAX_NAMES}",
                named - MAX_NAMES,
            )
        beneath = len(references(node, "hasCondition"))
        if beneath and first:
            self.ledger.leave(
                f"the conditions of {title} itself: holding it is what counts",
                beneath,
                order=True,
            )
        amount = self._credits(node, title, first=first)
        return Leaf(
            title,
            tuple(name for names in every for name in names),
            aligned=True,
            credits=amount.amount if amount else None,
            unit=amount.unit if amount else "",
        )

    def _credits(
        self, node: JsonObject, title: str, *, first: bool
    ) -> ctdl_graph.Value | None:
        found = ctdl_graph.values(node, "creditValue")
        if len(found) == 1 and found[0].amount >= 0:
            self.ledger.carry(first)
            return found[0]
        if found and first:
            self.ledger.leave(f"the credits of {title}: no single exact number")
        return None

    def _by_hand(
        self, node: JsonObject, title: str, kinds: tuple[str, ...], *, first: bool
    ) -> Leaf:
        limits = [
            constraint_words(constraint)
            for condition in references(node, "hasCondition")
            for constraint in references(
                resolve(self.graph, condition) or {}, "hasConstraint"
            )
            if isinstance(constraint, dict)
        ]
        kind = "/".join(kinds) or "component"
        if first:
            self.ledger.by_hand(f"{title} ({kind}): no credential can show it")
            for limit in limits:
                self.ledger.by_hand(f"{title}: {limit}")
        description = ctdl_graph.text(node.get("description"))
        return Leaf(title, text="; ".join(filter(None, (description, *limits))))

    def _constraints(self, node: JsonObject) -> list[Part]:
        found: list[Part] = []
        for entry in references(node, "hasConstraint"):
            constraint = resolve(self.graph, entry) or {}
            said = constraint_words(constraint)
            self.ledger.by_hand(f"constraint: {said}")
            found.append(
                Leaf(ctdl_graph.text(constraint.get("name")) or said, text=said)
            )
        return found

    def _limited(self, constraints: list[Part], node: JsonObject) -> tuple[Part, ...]:
        """Return `requiredConstraints` of the constraints."""
        wanted = ctdl_graph.number(node.get("requiredConstraints"))
        if wanted is None or not 0 < wanted < len(constraints):
            return tuple(constraints)
        return (Branch(tuple(constraints), int(wanted)),)

    def _branch(
        self, parts: tuple[Part, ...], choice: Choice, title: str, said: str
    ) -> Branch:
        name = title or said or "a condition"
        n = 0
        if choice.number:
            n = choice.number
            if n > len(parts):
                self.ledger.remark(
                    f"{name} asks for {n} of {len(parts)}: all are asked for",
                    guessed=True,
                )
            elif choice.operator == "and" and n < len(parts):
                self.ledger.remark(
                    f"{name} says And and {n} of {len(parts)}: the number counts",
                    guessed=True,
                )
        elif choice.operator in ("or", "onlyone"):
            n = 1
        elif choice.operator != "and" and len(parts) > 1:
            self.ledger.remark(
                f"{name} has neither number nor operator: all are asked for",
                guessed=True,
            )
        if choice.operator == "onlyone" and len(parts) > 1:
            self.ledger.leave(f"{name}: no more than one (OnlyOne)")
        return Branch(parts, n, title, said)


def _asks_for_components(graph: Graph, node: JsonObject) -> bool:
    """Say whether a component's conditions name components, at any depth near it."""
    waiting = [(entry, 0) for entry in references(node, "hasCondition")]
    for entry, depth in waiting:
        condition = resolve(graph, entry) or {}
        if condition.get("targetComponent"):
            return True
        if depth < MAX_DEPTH and len(waiting) < _MOST_LOOKED_AT:
            inner = references(condition, "hasCondition")
            waiting.extend((each, depth + 1) for each in inner)
    return False

"""What are the canonical N-Quads of these statements? RDFC-1.0.

RDF Dataset Canonicalization (W3C Recommendation, 21 May 2024). The cost of hostile
datasets is exponential (section 7.1), so the work is counted and limited.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import permutations
from typing import Any, NamedTuple

from credwallet.errors import Invalid, Undetermined

Quad = tuple[str, str, str, str]

MAX_BLANK_NODES = 4096
# So many blank nodes in a row that only differ by what is beyond them.
MAX_DEPTH = 256
# One unit is one blank node looked at while hashing. The largest credential in the test
# vectors needs a few thousand; this many take well under a second.
WORK_LIMIT = 150_000

_HASHES: dict[str, Callable[[bytes], Any]] = {
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
}


class Dataset(NamedTuple):
    """Statements: `ground` without blank nodes, as finished N-Quads lines; `blank`.

    `blank` are taken apart: subject, predicate between spaces, object, graph. Resources
    are written as in N-Quads, blank nodes as `_:label`, the default graph as `""`.
    Statements may stand twice.
    """

    ground: list[str]
    blank: list[Quad]


def canonicalize(
    quads: Dataset, *, hash_name: str = "sha256", work_limit: int = WORK_LIMIT
) -> str:
    """Serialise statements canonically (section 4.4).

    Args:
        quads: The statements.
        hash_name: `sha256`, or `sha384` for ECDSA with P-384.
        work_limit: How many blank nodes may be looked at.

    Returns:
        Canonical N-Quads, every line with its line feed; `""` for no statements.

    Raises:
        Undetermined: The work limit was reached (type `too-complex`).
        Invalid: A text holds half of a surrogate pair.

    """
    labels: Mapping[str, str] = {}
    if quads.blank:
        labels = canonical_labels(quads, hash_name=hash_name, work_limit=work_limit)
    text = "".join(serialize(quads, labels))
    if not text.isascii():
        _encode(text)
    return text


def serialize(quads: Dataset, labels: Mapping[str, str]) -> list[str]:
    """Write statements as sorted lines of N-Quads, each once (section 5).

    Args:
        quads: The statements.
        labels: What to call each blank node, such as `_:c14n0`.

    """
    lines = set(quads.ground)
    # Only blank nodes start with an underscore, so nothing else is replaced.
    name = labels.get
    for subject, predicate, value, graph in quads.blank:
        end = f" {name(graph, graph)} .\n" if graph else " .\n"
        lines.add(f"{name(subject, subject)}{predicate}{name(value, value)}{end}")
    return sorted(lines)


def canonical_labels(
    quads: Dataset, *, hash_name: str = "sha256", work_limit: int = WORK_LIMIT
) -> dict[str, str]:
    """Issue the canonical label of every blank node (section 4.4.3, steps 2 to 5).

    Args:
        quads: The statements.
        hash_name: `sha256` or `sha384`.
        work_limit: How many blank nodes may be looked at.

    Returns:
        `_:c14n0` and so on, by the label in the statements.

    Raises:
        Undetermined: The work limit was reached (type `too-complex`).
        Invalid: A text holds half of a surrogate pair.

    """
    nodes: dict[str, list[Quad]] = {}
    for quad in dict.fromkeys(quads.blank):
        subject, _, value, graph = quad
        if subject[0] == "_":
            nodes.setdefault(subject, []).append(quad)
        if value[0] == "_" and value != subject:
            nodes.setdefault(value, []).append(quad)
        if graph[:1] == "_" and graph not in (subject, value):
            nodes.setdefault(graph, []).append(quad)
    if len(nodes) == 1:
        return {next(iter(nodes)): "_:c14n0"}
    if len(nodes) > MAX_BLANK_NODES:
        raise too_complex()
    return _Canonicalizer(nodes, _HASHES[hash_name], work_limit).run()


class _Canonicalizer:
    __slots__ = ("_depth", "_first", "_hash", "_issued", "_nodes", "_related", "_work")

    def __init__(
        self,
        nodes: dict[str, list[Quad]],
        hash_function: Callable[[bytes], Any],
        work_limit: int,
    ) -> None:
        self._nodes = nodes
        self._hash = hash_function
        self._work = work_limit
        self._depth = 0
        self._first: dict[str, str] = {}
        self._issued: dict[str, str] = {}
        # Hashes of related blank nodes, by what is hashed.
        self._related: dict[str, str] = {}

    def run(self) -> dict[str, str]:
        by_hash: dict[str, list[str]] = {}
        for label in self._nodes:
            by_hash.setdefault(self._first_degree(label), []).append(label)
        groups = [by_hash[digest] for digest in sorted(by_hash)]
        for labels in groups:
            if len(labels) == 1:
                self._issue(labels[0])
        for labels in groups:
            if len(labels) > 1:
                self._issue_alike(labels)
        return self._issued

    def _issue(self, label: str) -> None:
        if label not in self._issued:
            self._issued[label] = f"_:c14n{len(self._issued)}"

    def _issue_alike(self, labels: list[str]) -> None:
        # A label may have been issued on the way through another group.
        paths = [
            self._n_degree(label, {label: "_:b0"})
            for label in labels
            if label not in self._issued
        ]
        # Equal hashes are automorphic, so their order does not show.
        for _, issuer in sorted(paths, key=_digest_of):
            for label in issuer:
                self._issue(label)

    def _first_degree(self, node: str) -> str:
        """Hash First Degree Quads (section 4.6)."""
        lines = []
        for subject, predicate, value, graph in self._nodes[node]:
            start, end = subject, value
            if subject[0] == "_":
                start = "_:a" if subject == node else "_:z"
            if value[0] == "_":
                end = "_:a" if value == node else "_:z"
            if graph:
                name = graph
                if graph[0] == "_":
                    name = "_:a" if graph == node else "_:z"
                end = f"{end} {name}"
            lines.append(f"{start}{predicate}{end} .\n")
        self._spend(len(lines))
        if len(lines) > 1:
            lines.sort()
        digest: str = self._hash(_encode("".join(lines))).hexdigest()
        self._first[node] = digest
        return digest

    def _related_hashes(
        self, node: str, issuer: dict[str, str]
    ) -> dict[str, list[str]]:
        """Group the blank nodes beside one by their hash (sections 4.7 and 4.8.3)."""
        groups: dict[str, list[str]] = {}
        seen = self._related
        for subject, predicate, value, graph in self._nodes[node]:
            for position, label in (("s", subject), ("o", value), ("g", graph)):
                if label == node or label[:1] != "_":
                    continue
                name = (
                    self._issued.get(label) or issuer.get(label) or self._first[label]
                )
                hashed = (
                    f"g{name}"
                    if position == "g"
                    else f"{position}{predicate[1:-1]}{name}"
                )
                digest = seen.get(hashed)
                if digest is None:
                    digest = seen[hashed] = self._hash(_encode(hashed)).hexdigest()
                groups.setdefault(digest, []).append(label)
        self._spend(len(self._nodes[node]))
        return groups

    def _n_degree(
        self, node: str, issuer: dict[str, str]
    ) -> tuple[str, dict[str, str]]:
        """Hash N-Degree Quads (section 4.8); the issuer given is used up."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_complex()
        groups = self._related_hashes(node, issuer)
        hashed = []
        for digest in sorted(groups):
            hashed.append(digest)
            chosen_path = ""
            chosen: dict[str, str] | None = None
            labels = groups[digest]
            distinct = len(set(labels))
            for order in _orders(labels, distinct):
                copy = issuer if distinct == 1 else dict(issuer)
                path, reached = self._follow(order, copy, chosen_path)
                if reached is not None and (chosen is None or path < chosen_path):
                    chosen_path, chosen = path, reached
            hashed.append(chosen_path)
            if chosen is not None:
                issuer = chosen
        self._depth -= 1
        return self._hash(_encode("".join(hashed))).hexdigest(), issuer

    def _follow(
        self, order: tuple[str, ...], issuer: dict[str, str], best: str
    ) -> tuple[str, dict[str, str] | None]:
        """Name the nodes in this order; None once the path is worse than the best."""
        self._spend(len(order))
        path = ""
        unnamed = []
        for label in order:
            name = self._issued.get(label)
            if name is None:
                name = issuer.get(label)
                if name is None:
                    name = issuer[label] = f"_:b{len(issuer)}"
                    unnamed.append(label)
            path += name
            if best and len(path) >= len(best) and path > best:
                return path, None
        for label in unnamed:
            digest, issuer = self._n_degree(label, issuer)
            path += f"{issuer[label]}<{digest}>"
            if best and len(path) >= len(best) and path > best:
                return path, None
        return path, issuer

    def _spend(self, units: int) -> None:
        self._work -= units
        if self._work < 0:
            raise too_complex()


def _orders(labels: list[str], distinct: int) -> Iterable[tuple[str, ...]]:
    """Every order of the labels once, though labels may be equal.

    A node is listed once for each statement that it shares with the other one, so a
    graph of ten statements lists its name ten times: one order, not 3,628,800.
    """
    if distinct == 1:
        return (tuple(labels),)
    if distinct == len(labels):
        return permutations(labels)
    return _distinct_orders(sorted(labels))


def _distinct_orders(order: list[str]) -> Iterator[tuple[str, ...]]:
    """Step from each order to the next one in alphabetical order."""
    last = len(order) - 1
    while True:
        yield tuple(order)
        pivot = last - 1
        while pivot >= 0 and order[pivot] >= order[pivot + 1]:
            pivot -= 1
        if pivot < 0:
            return
        swap = last
        while order[swap] <= order[pivot]:
            swap -= 1
        order[pivot], order[swap] = order[swap], order[pivot]
        order[pivot + 1 :] = order[:pivot:-1]


def _digest_of(path: tuple[str, dict[str, str]]) -> str:
    return path[0]


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Invalid(
            "a text holds half of a surrogate pair",
            next_step="ask the issuer for a correct credential",
            type="not-i-json",
        ) from None


def too_complex() -> Undetermined:
    """Make the error for a document that is more than can be checked."""
    return Undetermined(
        "the credential is too complex to be checked",
        next_step="ask the issuer: no ordinary credential looks like this",
        type="too-complex",
    )

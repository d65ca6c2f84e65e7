"""Where do the statements of a document go, and what are its blank nodes called?

JSON-LD 1.1 API sections 7.4 (blank node identifiers), 8.1 (triples and graphs) and 8.3
(lists).
"""

from typing import TYPE_CHECKING

from credwallet.canon.context_terms import undecided
from credwallet.canon.term_entries import RDF

if TYPE_CHECKING:
    from credwallet.canon.rdfc import Quad

_FIRST = f" <{RDF}first> "
_REST = f" <{RDF}rest> "
_NIL = f"<{RDF}nil>"


class Statements:
    """The statements made so far, and the graph that the next ones go to.

    `ground` are finished N-Quads without blank nodes; `blank` the others, taken apart
    (subject, predicate between spaces, object, graph). `graph` is `""` for the default
    one, and `tail` what ends a line. A mute graph has a name that is no absolute IRI,
    so nothing in it is ever stated.
    """

    __slots__ = (
        "_count",
        "_labels",
        "blank",
        "graph",
        "ground",
        "is_mute",
        "lists",
        "tail",
    )

    def __init__(self) -> None:
        self.ground: list[str] = []
        self.blank: list[Quad] = []
        self.graph = ""
        self.tail = " .\n"
        self.is_mute = False
        # Cells of the lists that nothing refers to so far, by head.
        self.lists: dict[str, list[tuple[str, str, str]]] = {}
        self._labels: dict[str, str] = {}
        self._count = 0

    def make_list(self, items: list[str]) -> str:
        """Prepare a list (API section 8.3), to be stated when its head is.

        Args:
            items: What its entries stand for.

        Returns:
            The head.

        """
        if not items:
            return _NIL
        cells = [self.new_blank() for _ in items]
        self.lists[cells[0]] = list(zip(cells, items, [*cells[1:], _NIL], strict=True))
        return cells[0]

    def state_list(self, head: str) -> None:
        """State the entries of a list whose head is an object of a statement.

        Raises:
            Undetermined: An entry stands for no absolute IRI.

        """
        for cell, item, rest in self.lists.pop(head, ()):
            if not item:
                raise undecided("a list with an entry that has no absolute IRI")
            self.emit(cell, _FIRST, item)
            self.emit(cell, _REST, rest)

    def emit(self, subject: str, predicate: str, value: str) -> None:
        """Make one statement, unless one of its parts stands for nothing.

        Args:
            subject: A resource as N-Quads write it, `""` for none.
            predicate: An IRI in angle brackets between spaces, `""` for none.
            value: A resource or literal as N-Quads write it, `""` for none.

        Raises:
            Undetermined: It is the head of a list with an entry that stands for no
                absolute IRI.

        """
        if self.is_mute or not subject or not predicate or not value:
            return
        if subject[0] == "_" or value[0] == "_" or self.graph[:1] == "_":
            self.blank.append((subject, predicate, value, self.graph))
            if value in self.lists:
                self.state_list(value)
        else:
            self.ground.append(f"{subject}{predicate}{value}{self.tail}")

    def enter_graph(self, name: str) -> tuple[str, str, bool]:
        """Send statements to a named graph; `leave_graph` takes what this returns."""
        before = (self.graph, self.tail, self.is_mute)
        self.graph, self.tail = name, f" {name} .\n"
        # A graph inside of a mute graph is not mute: graphs do not nest in RDF.
        self.is_mute = not name
        return before

    def leave_graph(self, before: tuple[str, str, bool]) -> None:
        """Send statements where they went before."""
        self.graph, self.tail, self.is_mute = before

    def size(self) -> int:
        """Return how many statements were made so far."""
        return len(self.ground) + len(self.blank)

    def new_blank(self) -> str:
        """Return a label that no other blank node has."""
        self._count += 1
        return f"_:b{self._count}"

    def labelled(self, resource: str) -> str:
        """Replace the label that the document gave to a blank node by one of ours."""
        if resource[:1] != "_":
            return resource
        if resource not in self._labels:
            self._labels[resource] = self.new_blank()
        return self._labels[resource]

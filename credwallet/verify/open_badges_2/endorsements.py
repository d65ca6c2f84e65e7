"""Do endorsements verify? Never fatal: they are other people's words.

Open Badges 2.0 "Endorsement": documents that assertion, badge class and profile name by
their addresses, hosted by an issuer of their own.
"""

from collections.abc import Iterator

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.keys.wording import shown
from credwallet.model.open_badges_2 import forms_of, hosted_at
from credwallet.model.report import Check, Problem
from credwallet.verify import endorsements
from credwallet.verify.case import Case
from credwallet.verify.open_badges_2.documents import Node
from credwallet.verify.open_badges_2.graph import ISSUER, Graph, graph_of
from credwallet.verify.open_badges_2.scope import outside

ID = endorsements.ID
QUESTION = endorsements.QUESTION

_MAX_ENDORSEMENTS = 10
_ENDORSEMENT = frozenset({"Endorsement"})


def check(case: Case) -> Check:
    """Load each endorsement, and compare what it is about and who hosts it."""
    graph = graph_of(case)
    problems: list[Problem] = []
    count = 0
    for about, named in _endorsements(case, graph):
        if count == _MAX_ENDORSEMENTS or not case.allowance.take_endorsement():
            problems.append(
                Problem("too-many", f"only {count} endorsements were looked at")
            )
            break
        count += 1
        problem = _judge(graph, about, named)
        if problem is not None:
            problems.append(problem)
    return endorsements.concluded(problems, count)


def _endorsements(case: Case, graph: Graph) -> Iterator[tuple[str, object]]:
    """Yield every endorsement with the identifier of what carries it."""
    document = case.held.document
    yield from _of(hosted_at(document) or str(document.get("id", "")), document)
    for found in (graph.badge, graph.issuer):
        if isinstance(found, Node):
            yield from _of(found.url, found.document)


def _of(about: str, document: dict[str, object]) -> Iterator[tuple[str, object]]:
    named = document.get("endorsement")
    for entry in named if isinstance(named, list) else [named]:
        if entry is not None:
            yield about, entry


def _judge(graph: Graph, about: str, named: object) -> Problem | None:
    try:
        node = graph.documents.follow(named, "an endorsement", _ENDORSEMENT)
        return _finding(graph, about, node)
    except Invalid as error:
        return _problem(error, "bad-endorsement")
    except Undetermined as error:
        return _problem(error, "endorsement-unknown")


def _finding(graph: Graph, about: str, node: Node) -> Problem | None:
    document = node.document
    claim = document.get("claim")
    endorsed = claim.get("id") if isinstance(claim, dict) else claim
    if endorsed != about:
        return Problem("bad-endorsement", "an endorsement is about something else")
    if not node.url or "hosted" not in forms_of(document):
        return Problem(
            "endorsement-unknown", "an endorsement is not hosted: it was not checked"
        )
    issuer = graph.documents.follow(document.get("issuer"), "its issuer", ISSUER)
    if outside(node.url, issuer.url, issuer.document) is not None:
        return Problem(
            "bad-endorsement",
            f"an endorsement is not hosted by its issuer {shown(issuer.url)}",
        )
    return None


def _problem(error: CredwalletError, kind: str) -> Problem:
    return Problem.of(error)._replace(type=kind)

"""What does an assertion name, and what stands there today?

Open Badges 2.0 "Assertion", "BadgeClass", "Profile": the hosted copy of the assertion,
its badge class, and the issuer of that. Loaded once for all questions.
"""

from collections.abc import Callable
from typing import NamedTuple

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import words
from credwallet.model.open_badges_2 import forms_of, hosted_at
from credwallet.verify.case import Case
from credwallet.verify.open_badges_2.documents import Documents, Node

ASSERTION = frozenset({"Assertion"})
BADGE = frozenset({"BadgeClass"})
ISSUER = frozenset({"Issuer", "IssuerOrg", "Profile"})

Found = Node | CredwalletError


class Graph(NamedTuple):
    """What an assertion names; an error stands for what could not be had.

    `address` is where the assertion is hosted, `""` if it is not; `hosted` is the copy
    that stands there, None if there is no address.
    """

    documents: Documents
    address: str
    hosted: Found | None
    badge: Found
    issuer: Found


def graph_of(case: Case) -> Graph:
    """Load what an assertion names, the first time that somebody asks.

    Args:
        case: Of an Open Badges 1.x or 2.x assertion; gets `graph` and `linked`.

    """
    if case.graph is None:
        case.graph = _load(case, Documents(case))
    return case.graph


def is_hosted(case: Case) -> bool:
    """Tell whether the copy at its address is what proves an assertion."""
    forms = forms_of(case.held.document)
    return "hosted" in forms or (case.held.jws is None and not forms)


def had(found: Found) -> Node:
    """Return what was found.

    Raises:
        Invalid: It is not what it should be.
        Undetermined: It could not be had.

    """
    if isinstance(found, CredwalletError):
        raise found
    return found


def issuer_id(graph: Graph) -> str:
    """Return the identifier of the issuer, `""` if it is not known."""
    return graph.issuer.url if isinstance(graph.issuer, Node) else ""


def _load(case: Case, documents: Documents) -> Graph:
    document = case.held.document
    address = hosted_at(document) if is_hosted(case) else ""
    hosted: Found | None = None
    if address:
        hosted = _try(lambda: documents.load(address, "the hosted assertion"))
    # The issuer's own copy says which badge it is.
    stated = document
    if isinstance(hosted, Node) and "badge" in hosted.document:
        stated = hosted.document
    badge = _try(lambda: _described(documents, stated["badge"], BADGE))
    issuer = badge
    if isinstance(badge, Node):
        named = badge.document.get("issuer")
        issuer = _try(lambda: _described(documents, named, ISSUER))
    return Graph(documents, address, hosted, badge, issuer)


def _described(documents: Documents, value: object, types: frozenset[str]) -> Node:
    what = "the badge class" if types is BADGE else "its issuer"
    node = documents.follow(value, what, types)
    document = node.document
    # Open Badges 1.0 has no types; an error page in JSON has no name either.
    if "type" in document or "@type" in document or words(document.get("name")):
        return node
    raise Undetermined(
        f"{what} at {shown(node.url) if node.url else 'its place'} has neither a type"
        " nor a name",
        type="bad-answer",
        next_step="try again later, or ask the issuer",
    )


def _try(load: Callable[[], Node]) -> Found:
    try:
        return load()
    except (Invalid, Undetermined) as error:
        return error

"""Is it really the issuer's, and does the learner know the issuer?

Open Badges 2.0: the badge class names its issuer, whose profile says where it hosts
assertions (`verification`) and which keys are its own (`publicKey`). A badge class or
profile inside the badge is only a copy of what stands at its address.
"""

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import words
from credwallet.model.proof import VerificationMethod
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import issuer
from credwallet.verify.case import Case, answer
from credwallet.verify.open_badges_2.documents import Node
from credwallet.verify.open_badges_2.graph import Graph, graph_of, had, is_hosted
from credwallet.verify.open_badges_2.scope import outside

ID = issuer.ID
QUESTION = issuer.QUESTION


def check(case: Case) -> Check:
    """Tie the assertion to the profile that its badge class names."""
    graph = graph_of(case)
    try:
        badge, profile = had(graph.badge), had(graph.issuer)
    except (Invalid, Undetermined) as error:
        bad = isinstance(error, Invalid)
        found = Problem.of(error)._replace(instance="/badge")
        return answer(ID, Outcome.FAILED if bad else Outcome.UNKNOWN, found)
    if not profile.url:
        return answer(ID, Outcome.UNKNOWN, _nowhere(profile))
    problem = _untied(case, graph, profile)
    if problem is not None:
        unsure = problem.type in ("unknown-scope", "self-asserted-key")
        return answer(ID, Outcome.UNKNOWN if unsure else Outcome.FAILED, problem)
    told = issuer.acquainted(case, profile.url, _note(case, profile))
    return _remarked(told, badge, profile)


def _note(case: Case, profile: Node) -> str:
    name = words(profile.document.get("name"))
    named = f"{shown(name)}, " if name else ""
    ties = ["its key signed it"] * bool(case.verified)
    ties += ["it hosts it"] * is_hosted(case)
    return f"{named}{shown(profile.url)} ({profile.told}): {' and '.join(ties)}"


def _remarked(told: Check, badge: Node, profile: Node) -> Check:
    remarks = [*badge.remarks, *profile.remarks]
    mixture = issuer.mixed_name(words(profile.document.get("name")))
    if mixture is not None:
        remarks.append(mixture)
    if not words(badge.document.get("name")):
        remarks.append(_NAMELESS)
    notes = (told.note, *(remark.title for remark in remarks))
    return told._replace(note="; ".join(notes), problems=(*told.problems, *remarks))


def _untied(case: Case, graph: Graph, profile: Node) -> Problem | None:
    if is_hosted(case):
        if not graph.address:
            return None
        found = outside(graph.address, profile.url, profile.document)
        if found is not None:
            return found
    if case.held.jws is None or not case.verified:
        return None
    return _foreign(case.verified[0].method, profile)


def _foreign(method: VerificationMethod, profile: Node) -> Problem | None:
    own = (profile.url, profile.document.get("id"))
    if method.controller and method.controller not in own:
        return Problem(
            type="foreign-key",
            title=f"signed by a key of {shown(method.controller)}, not of the issuer"
            f" {shown(profile.url)}",
            instance="/verification/creator",
            next_step="do not rely on this badge unless its issuer confirms it",
        )
    if method.self_asserted:
        return Problem(
            type="self-asserted-key",
            title="nothing ties this key to the issuer: its profile names no key",
            instance="/verification/creator",
            next_step=f"the signature fits; ask {shown(profile.url)} whether it is"
            " theirs",
        )
    if not method.relationships:
        return Problem(
            type="key-not-listed",
            title=f"the issuer's profile does not list the key {shown(method.id)}",
            instance="/verification/creator",
            next_step="ask the issuer for a copy signed with a listed key",
        )
    return None


def _nowhere(profile: Node) -> Problem:
    named = profile.document.get("id", profile.document.get("origin", "the issuer"))
    return Problem(
        type="no-profile",
        title=f"{shown(named)} has no profile at an address of its own, so that nothing"
        " ties the badge to it",
        instance="/badge/issuer",
        next_step="ask the issuer whether it is theirs",
    )


_NAMELESS = Problem(
    type="nameless",
    title="the badge class has no name",
    instance="/badge/name",
    next_step="ask the issuer for a corrected copy",
)

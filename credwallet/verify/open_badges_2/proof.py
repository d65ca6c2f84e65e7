"""Does every proof fit these bytes?

Open Badges 2.0 "Verification": a hosted assertion is proved by the copy at its address,
a signed one by a JWS with the issuer's key. One that is both must be good as both.
"""

from typing import NamedTuple

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import JsonObject
from credwallet.model.open_badges_2 import verification_of
from credwallet.model.proof import Jws
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs.jose import check_header, fit
from credwallet.proofs.verified import VerifiedProof
from credwallet.verify import proof
from credwallet.verify.case import Case, answer, passed
from credwallet.verify.open_badges_2.comparing import (
    Difference,
    compare,
    same_address,
)
from credwallet.verify.open_badges_2.documents import Node
from credwallet.verify.open_badges_2.graph import Graph, graph_of, had, is_hosted
from credwallet.verify.open_badges_2.key import keys_of

ID = proof.ID
QUESTION = proof.QUESTION


class _Found(NamedTuple):
    """What was found about one proof: its words, and what speaks against it."""

    note: str = ""
    failed: tuple[CredwalletError | Problem, ...] = ()
    unknown: tuple[CredwalletError | Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


def check(case: Case) -> Check:
    """Compare the assertion with its hosted copy, and verify its signature."""
    parts: list[_Found] = []
    if case.held.jws is not None:
        parts.append(_signed(case, case.held.jws))
    if is_hosted(case):
        parts.append(_hosted(case))
    if not parts:
        return answer(ID, Outcome.FAILED, _UNSIGNED)
    failed = [item for part in parts for item in part.failed]
    unknown = [item for part in parts for item in part.unknown]
    remarks = [item for part in parts for item in part.remarks]
    if failed:
        return answer(ID, Outcome.FAILED, *failed, *unknown)
    if unknown:
        return answer(ID, Outcome.UNKNOWN, *unknown, *remarks)
    notes = [*(part.note for part in parts), *(item.title for item in remarks)]
    return passed(ID, "; ".join(notes), *remarks)


def _signed(case: Case, jws: Jws) -> _Found:
    try:
        check_header(case.held, jws)
        verified = _by_some_key(case, jws)
    except Invalid as error:
        return _Found(failed=(error,))
    except Undetermined as error:
        return _Found(unknown=(error,))
    case.verified = (verified,)
    return _Found(f"{verified.label} by {shown(verified.method.id)}")


def _by_some_key(case: Case, jws: Jws) -> VerifiedProof:
    graph = graph_of(case)
    issuer = had(graph.issuer)
    why: CredwalletError = Invalid(
        "neither the badge nor its issuer's profile names the key that signed it",
        type="unknown-key",
        next_step="ask the issuer for a new copy",
    )
    for method in keys_of(case.held.document, issuer, graph.documents):
        if isinstance(method, CredwalletError):
            # A key that cannot be had might be the one.
            why = method if not isinstance(why, Undetermined) else why
            continue
        try:
            return fit(jws, method)
        except Invalid as error:
            why = error if not isinstance(why, Undetermined) else why
    raise why


def _hosted(case: Case) -> _Found:
    graph = graph_of(case)
    if graph.hosted is None:
        return _Found(unknown=(_NO_ADDRESS,))
    try:
        hosted = had(graph.hosted)
    except (Invalid, Undetermined) as error:
        return _Found(unknown=(_not_compared(error),))
    if hosted.document.get("revoked") is True:
        # It need not say more than that: the check of the status does.
        return _Found(unknown=(_WITHDRAWN,))
    stranger = _another(hosted, graph)
    if stranger is not None:
        return _Found(failed=(stranger,))
    found = compare(
        case.held.document,
        hosted.document,
        badge=_document(graph.badge),
        issuer=_document(graph.issuer),
    )
    return _judged(case, hosted, found)


def _judged(case: Case, hosted: Node, found: Difference) -> _Found:
    if found.broken:
        return _Found(failed=found.broken)
    remarks = (*hosted.remarks, *found.remarks)
    if case.held.jws is not None:
        # Signed as well: what it adds is the issuer's word, too.
        return _Found(_note(hosted), remarks=remarks)
    case.unsigned = found.unsigned
    added = tuple(_added(pointer) for pointer in found.unsigned)
    return _Found(_note(hosted), unknown=added, remarks=remarks)


def _note(hosted: Node) -> str:
    return f"the same as at {shown(hosted.url)} ({hosted.told})"


def _another(hosted: Node, graph: Graph) -> Problem | None:
    """Say if the address holds something else than this assertion."""
    document = hosted.document
    stated = document.get("id", verification_of(document).get("url"))
    if same_address(stated, graph.address):
        return None
    return Problem(
        type="another-document",
        title=f"what stands at {shown(graph.address)} is another document,"
        f" {shown(stated) if stated is not None else 'without an id'}",
        instance="/id",
        next_step="ask the issuer for the badge's right address",
    )


def _document(found: object) -> JsonObject:
    return found.document if isinstance(found, Node) else {}


def _not_compared(error: CredwalletError) -> Problem:
    return Problem.of(error)._replace(instance="/id")


def _added(pointer: str) -> Problem:
    return Problem(
        type="not-hosted",
        title=f"{shown(pointer[1:])} is not in what the issuer hosts",
        instance=pointer,
        next_step="do not rely on this part; import the badge again from its address",
    )


_UNSIGNED = Problem(
    type="not-signed",
    title="it says that it is signed, and this copy has no signature",
    instance="/verification",
    next_step="ask the issuer for the signed badge",
)
_WITHDRAWN = Problem(
    type="withdrawn",
    title="what its issuer hosts says that it is revoked",
    instance="/id",
)
_NO_ADDRESS = Problem(
    type="no-address",
    title="it does not say where its issuer hosts it, so that nothing proves it",
    instance="/id",
    next_step="import it from its address, if you know it, or ask the issuer",
)

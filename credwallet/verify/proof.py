"""Does every proof fit these bytes?

VCDM 2.0 section 4.12, VC Data Integrity 1.0 sections 4.4 and 4.5. All proofs are looked
at and every one must be good; one of a kind that we do not know is named. A term that
no context defines is not covered by a proof over RDF: it is named with its pointer, and
it fails the check where it would change what the badge means.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from credwallet.canon.jsonld import Undefined
from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs import verify_proof
from credwallet.proofs.jose import verify_jws
from credwallet.proofs.secured import Secured
from credwallet.verify import json_text
from credwallet.verify.case import Case, answer, passed, skipped
from credwallet.verify.policy import MAX_PROOFS

if TYPE_CHECKING:
    from credwallet.proofs.verified import VerifiedProof

ID = "proof"
QUESTION = "Does every proof fit these bytes?"

# VCDM 2.0 section 4.12: a presentation is signed to authenticate its holder.
_PURPOSES = {
    True: frozenset({"assertionMethod"}),
    False: frozenset({"authentication", "assertionMethod"}),
}
# An undefined term in one of these would change what the badge means.
_VITAL_TREES = ("/credentialStatus", "/proof")
_VITAL = frozenset(
    [
        "/validFrom",
        "/validUntil",
        "/issuanceDate",
        "/expirationDate",
        "/issuer",
        "/issuer/id",
        "/credentialSubject",
        "/credentialSubject/id",
        "/holder",
        "/verifiableCredential",
    ]
)


def check(case: Case) -> Check:
    """Verify all proofs of the case, and keep those that fit on it."""
    held = case.held
    found: list[CredwalletError] = []
    good: list[VerifiedProof] = []
    if held.jws is not None:
        try:
            good.append(
                verify_jws(held, held.jws, signer=case.signer, fetch=case.ports.fetch)
            )
        except (Invalid, Undetermined) as error:
            found.append(error)
    elif not case.proofs:
        return _unsigned(case)
    if len(case.proofs) > MAX_PROOFS:
        return answer(ID, Outcome.FAILED, _too_many(len(case.proofs)))
    _embedded(case, good, found)
    case.verified = tuple(good)
    if not json_text.is_over_json(case):
        # Over statements it leaves them open: then it is told as what it is.
        found += json_text.stated_twice(held.document) if found else ()
        return conclude(case, found)
    found += json_text.faults(case)
    return conclude(case, found, remarks=json_text.remarks(case))


def _embedded(
    case: Case, good: "list[VerifiedProof]", found: list[CredwalletError]
) -> None:
    secured = Secured(case.held.document, case.ports.contexts, case.patience)
    for proof in case.proofs:
        try:
            if proof.proof_purpose not in _PURPOSES[case.is_credential]:
                raise _wrong_purpose(proof.proof_purpose, proof.pointer)
            verified = verify_proof(secured, proof, fetch=case.ports.fetch)
            good.append(verified)
            if verified.pending is not None:
                found.append(verified.pending)
        except (Invalid, Undetermined) as error:
            if not isinstance(error.instance, str):
                error.instance = proof.pointer
            found.append(error)


def _unsigned(case: Case) -> Check:
    vouching = case.vouching
    if vouching is not None and vouching.issuer == case.signer:
        case.verified = vouching.proofs
        return passed(ID, "covered by the proof of the record, by the same issuer")
    if case.covered:
        return answer(ID, Outcome.UNKNOWN, _COVERED)
    if case.held.document.get("holder") is not None:
        return answer(ID, Outcome.UNKNOWN, _UNSIGNED_HOLDER)
    return skipped(ID, "the envelope is not signed")


def conclude(
    case: Case,
    found: Sequence[CredwalletError],
    *,
    vital_members: frozenset[str] = _VITAL,
    remarks: tuple[Problem, ...] = (),
) -> Check:
    """Answer from what was verified (on the case) and what was found wrong.

    Args:
        case: With `verified`; gets `unsigned`.
        found: Why proofs are bad, or cannot be told.
        vital_members: JSON Pointers without array indices; an undefined term there
            would change what the badge means.
        remarks: What is told with every answer but a bad one.

    """
    failed = [error for error in found if isinstance(error, Invalid)]
    if failed:
        return answer(ID, Outcome.FAILED, *failed, *_others(found, failed))
    undefined = tuple(
        {
            item.pointer: item for proof in case.verified for item in proof.undefined
        }.values()
    )
    case.unsigned = tuple(item.pointer for item in undefined)
    vital = [item for item in undefined if _is_vital(item, vital_members)]
    if vital:
        return answer(ID, Outcome.FAILED, *map(_not_signed, vital))
    if found or undefined:
        unsigned = map(_not_signed, undefined)
        return answer(ID, Outcome.UNKNOWN, *found, *unsigned, *remarks)
    note = _note(case)
    return passed(
        ID, f"{note}; {json_text.told(remarks)}" if remarks else note, *remarks
    )


def _others(
    found: Sequence[CredwalletError], failed: Sequence[CredwalletError]
) -> tuple[CredwalletError, ...]:
    return tuple(error for error in found if error not in failed)


def _note(case: Case) -> str:
    parts = [f"{proof.label} by {_named(proof.method.id)}" for proof in case.verified]
    supplied = sorted({url for proof in case.verified for url in proof.supplied})
    if supplied:
        told = ", ".join(_told(case, url) for url in supplied)
        parts.append(f"with contexts that you supplied: {told}")
    return "; ".join(parts)


def _told(case: Case, url: str) -> str:
    if case.ports.contexts.catches_all(url):
        return f"{url} (which gives a meaning to every word)"
    return url


def _named(method_id: str) -> str:
    # The fragment of a did:key says the key once more.
    did, _, fragment = method_id.partition("#")
    return did if did.endswith(f":{fragment}") else method_id


def _is_vital(item: Undefined, members: frozenset[str]) -> bool:
    if item.kind == "disguise":
        return True
    plain = "/".join(part for part in item.pointer.split("/") if not part.isdigit())
    return plain in members or plain.startswith(_VITAL_TREES)


def _not_signed(item: Undefined) -> Problem:
    if item.kind == "disguise":
        return Problem(
            type="disguise",
            title=f"the member {item.term[:80]} is written so that readers overlook it",
            instance=item.pointer,
            next_step="somebody rewrote the badge: ask the issuer for a fresh copy",
        )
    what = {"type": "the type", "iri": "the address", "context": "the context"}
    return Problem(
        type="not-signed",
        title=f"{what.get(item.kind, 'the term')} {item.term[:80]} is not signed:"
        " no context of the badge defines it",
        instance=item.pointer,
        next_step="do not rely on this part; the issuer can list the missing context",
    )


def _wrong_purpose(purpose: str, pointer: str) -> Invalid:
    return Invalid(
        f"the proof was not made to issue a credential (its purpose: {purpose[:40]})",
        instance=f"{pointer}/proofPurpose",
        type="purpose",
        next_step="ask the issuer for a new copy",
    )


def _too_many(count: int) -> Invalid:
    return Invalid(
        f"{count} proofs are more than the {MAX_PROOFS} that are looked at",
        instance="/proof",
        next_step="ask the issuer for a copy with fewer proofs",
    )


_COVERED = Problem(
    type="no-own-proof",
    title="it has no proof of its own: only the record around it speaks for it",
    instance="/proof",
    next_step="ask its issuer for the credential itself",
)
_UNSIGNED_HOLDER = Problem(
    type="not-signed",
    title="nobody signed the envelope: its holder is only claimed",
    instance="/holder",
    next_step="ask the holder for a signed presentation; the badges inside are judged"
    " by themselves",
)

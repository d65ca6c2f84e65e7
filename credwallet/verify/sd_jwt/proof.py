"""Does the issuer's signature fit, and the key binding of the holder if there is one?

RFC 9901 sections 7.1 and 7.3. To whom it was presented is reported and not judged: only
the verifier that asked knows its own name and nonce.
"""

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs.key_binding import KeyBinding, verify_key_binding
from credwallet.proofs.sd_jwt import Trust, verify_sd_jwt
from credwallet.verify import json_text, proof
from credwallet.verify.case import Case, answer, passed

ID = proof.ID
QUESTION = proof.QUESTION


def check(case: Case) -> Check:
    """Verify both tokens, and keep on the case who signed."""
    try:
        signed = verify_sd_jwt(case.held, signer=case.signer, trust=trust_of(case))
        case.verified = (signed,)
        binding = verify_key_binding(
            case.held, fetch=case.ports.fetch, at=case.policy.at
        )
    except Invalid as error:
        return answer(ID, Outcome.FAILED, error)
    except Undetermined as error:
        return answer(ID, Outcome.UNKNOWN, error)
    if case.proofs:
        return answer(ID, Outcome.UNKNOWN, _PROOF_INSIDE)
    note = f"{signed.label} by {shown(signed.method.id)}{_presented(binding)}"
    if isinstance(case.held, Credential) and case.held.states_claims:
        return passed(ID, note)
    faults = tuple(json_text.faults(case))
    if faults:
        failed = any(isinstance(fault, Invalid) for fault in faults)
        return answer(ID, Outcome.FAILED if failed else Outcome.UNKNOWN, *faults)
    remarks = json_text.remarks(case)
    return passed(
        ID, f"{note}; {json_text.told(remarks)}" if remarks else note, *remarks
    )


def trust_of(case: Case) -> Trust:
    """Say how the owners of keys are found out in a case."""
    policy = case.policy
    return Trust(case.ports.fetch, policy.trusted_certificates, policy.at)


def _presented(binding: KeyBinding | None) -> str:
    if binding is None:
        return ""
    return (
        f"; presented with the holder's key to {shown(binding.audience)}"
        f" (nonce {shown(binding.nonce)}, not judged)"
    )


_PROOF_INSIDE = Problem(
    type="unsupported-proof",
    title="the signature fits; a proof inside a token is not looked at",
    instance="/proof",
    next_step="ask the issuer for a copy that is secured in one way",
)

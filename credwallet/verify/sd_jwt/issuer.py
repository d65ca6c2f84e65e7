"""Is the key really the issuer's, and does the learner know the issuer?

SD-JWT VC section 3.5. A key that metadata or a DID document lists is judged as any
other; a certificate counts if its chain ends in the learner's trust list and it names
the issuer. Without the claim `iss` the issuer is the certificate's subject.
"""

from credwallet.model.proof import VerificationMethod
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs.sd_jwt import CERTIFICATE
from credwallet.verify import issuer
from credwallet.verify.case import Case, answer

ID = issuer.ID
QUESTION = issuer.QUESTION


def check(case: Case) -> Check:
    """Tie the verified key to the issuer, or say that nothing does."""
    if not case.verified or not case.is_credential:
        return issuer.check(case)
    method = case.verified[0].method
    if method.type != CERTIFICATE:
        if not case.signer:
            return answer(ID, Outcome.UNKNOWN, _nobody(method))
        return issuer.check(case)
    signer = case.signer or method.controller
    if method.controller != signer:
        return issuer.check(case)
    if method.self_asserted:
        return answer(ID, Outcome.UNKNOWN, _not_trusted(method))
    return issuer.known(case, signer, method, others=0)


def _not_trusted(method: VerificationMethod) -> Problem:
    return Problem(
        type="untrusted-certificate",
        title=f"the issuer's certificate is not vouched for: {method.source}",
        next_step="ask whoever keeps your list of trusted certificates",
    )


def _nobody(method: VerificationMethod) -> Problem:
    return Problem(
        type="no-issuer",
        title=f"it does not say who issued it; signed by {method.controller}",
        instance="/iss",
        next_step="ask the issuer for a copy that names its issuer",
    )

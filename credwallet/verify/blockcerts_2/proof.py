"""Does every proof fit these bytes? The receipt of a Blockcerts 2.0 document.

MerkleProof2017: SHA-256 of the canonical document without `signature`, the way to the
Merkle root, and the transaction in which that root is written down.
"""

from credwallet.errors import Invalid, Undetermined
from credwallet.model.proof import VerificationMethod
from credwallet.model.report import Check
from credwallet.proofs.merkle import anchoring, receipt
from credwallet.proofs.merkle_proof_2019 import covered_by
from credwallet.proofs.secured import Secured
from credwallet.proofs.verified import VerifiedProof
from credwallet.verify import proof
from credwallet.verify.case import Case

ID = proof.ID
QUESTION = proof.QUESTION

_LABEL = "MerkleProof2017"
# An undefined term here would change what the badge means.
_VITAL = frozenset(
    [
        "/id",
        "/issuedOn",
        "/expires",
        "/recipient",
        "/recipient/identity",
        "/recipient/salt",
        "/badge",
        "/badge/issuer",
        "/badge/issuer/id",
        "/badge/issuer/revocationList",
    ]
)


def check(case: Case) -> Check:
    """Verify receipt, document and anchor, and keep what fits on the case."""
    try:
        verified = _verify(case)
    except (Invalid, Undetermined) as error:
        if not isinstance(error.instance, str):
            error.instance = "/signature"
        return proof.conclude(case, [error], vital_members=_VITAL)
    case.verified = (verified,)
    pending = [verified.pending] if verified.pending else []
    return proof.conclude(case, pending, vital_members=_VITAL)


def _verify(case: Case) -> VerifiedProof:
    document = case.held.document
    stated = receipt.from_signature(document.get("signature"))
    receipt.check_path(stated)
    unsigned = {name: value for name, value in document.items() if name != "signature"}
    secured = Secured(unsigned, case.ports.contexts, case.patience)
    covered = covered_by(secured, None, stated.target_hash)
    try:
        anchored = anchoring.find(stated, case.signer, fetch=case.ports.fetch)
    except Undetermined as reason:
        reason.instance = "/signature/anchors"
        return VerifiedProof(
            _LABEL, _UNKNOWN, covered.undefined, covered.supplied, pending=reason
        )
    return VerifiedProof(
        f"{_LABEL} {anchored.note}",
        anchored.method,
        covered.undefined,
        covered.supplied,
        doubt=anchored.doubt,
    )


_UNKNOWN = VerificationMethod(
    id="an unknown address",
    type="",
    controller="",
    public_key=None,
    relationships=frozenset(),
    self_asserted=True,
    source="the badge",
)

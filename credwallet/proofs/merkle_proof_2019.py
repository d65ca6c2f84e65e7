"""MerkleProof2019: the hash of the document is a leaf of a tree that was anchored.

Blockcerts 3.x, as a proof of its own type, as cryptosuite `merkle-proof-2019` of a
`DataIntegrityProof`, and at the end of a chain as `ChainedProof2021`. The hash covers
the document and the proofs before this one, never the options of this proof itself:
who issued it is told by the transaction, not by `verificationMethod`.
"""

from collections.abc import Iterator
from typing import Any

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.keys import resolve
from credwallet.keys.identifiers import scheme_of
from credwallet.model.proof import Proof, VerificationMethod
from credwallet.proofs.merkle import anchoring, receipt
from credwallet.proofs.options import TIMESTAMP
from credwallet.proofs.secured import HashData, JsonObject, Secured
from credwallet.proofs.verified import VerifiedProof

_V2 = "https://www.w3.org/ns/credentials/v2"


def verify(secured: Secured, proof: Proof, *, fetch: Fetch) -> VerifiedProof:
    """Verify receipt, document and anchor.

    Args:
        secured: The document that the proof is embedded in.
        proof: One of its proofs, of a type or cryptosuite in `RECEIPTS`.
        fetch: Who answers for key documents, issuer profiles and block explorers.

    Returns:
        What the proof covers; `pending` if the anchor was not looked up or does not
        count.

    Raises:
        Invalid: The receipt does not add up or fit the document, the transaction does
            not carry its root, or the key that it names is not its owner's.
        Undetermined: The document cannot be canonicalised.

    """
    _check_kind(proof)
    _check_created(secured.document, proof)
    stated = receipt.from_proof_value(proof.proof_value)
    receipt.check_path(stated)
    _check_method(proof, fetch)
    covered = covered_by(secured, proof, stated.target_hash)
    label = proof.cryptosuite or proof.type
    try:
        anchored = anchoring.find(stated, issuer_of(secured.document), fetch=fetch)
    except Undetermined as reason:
        reason.instance = proof.pointer
        return VerifiedProof(
            label, _claimed(proof), covered.undefined, covered.supplied, pending=reason
        )
    return VerifiedProof(
        f"{label} {anchored.note}",
        anchored.method,
        covered.undefined,
        covered.supplied,
        doubt=anchored.doubt,
    )


def issuer_of(document: JsonObject) -> str:
    """Return the identifier of who made a document: its issuer, or its holder."""
    value = document.get("issuer", document.get("holder"))
    identifier = value.get("id") if isinstance(value, dict) else value
    return identifier if isinstance(identifier, str) else ""


def _check_kind(proof: Proof) -> None:
    if not proof.verification_method:
        raise Invalid(
            "the proof has no verificationMethod that is a string",
            instance=f"{proof.pointer}/verificationMethod",
            next_step="ask the issuer for a new copy",
        )
    chained = proof.document.get("chainedProofType", "MerkleProof2019")
    if proof.type == "ChainedProof2021" and chained != "MerkleProof2019":
        raise Undetermined(
            f"chained proofs of the kind {str(chained)[:40]} are not supported",
            type="unsupported-proof",
            next_step="see which proofs are: credwallet help formats",
        )


def _check_created(document: JsonObject, proof: Proof) -> None:
    """Refuse a moment without a time zone where Data Integrity 1.0 asks for one.

    Issuers of VC 1.1 credentials wrote their local time.
    """
    contexts = document.get("@context")
    is_second = contexts == _V2 or (isinstance(contexts, list) and _V2 in contexts)
    if not is_second or "created" not in proof.document:
        return
    if not TIMESTAMP.fullmatch(proof.created):
        raise Invalid(
            "the proof's created is no date with a time zone",
            instance=f"{proof.pointer}/created",
            next_step="ask the issuer for a new copy",
        )


def _check_method(proof: Proof, fetch: Fetch) -> None:
    """Refuse a key that its owner's document, where it is at hand, does not list."""
    if scheme_of(proof.verification_method) not in ("did", "https", "http"):
        return
    try:
        resolve(proof.verification_method, fetch=fetch)
    except Undetermined:
        # The key signs nothing here: a document out of reach hides no flaw.
        return


def covered_by(secured: Secured, proof: Proof | None, target: bytes) -> HashData:
    """Find what of a document a receipt covers.

    Args:
        secured: The document, with all of its proofs.
        proof: Which of its proofs holds the receipt, None if the receipt stands
            elsewhere and the document was hashed without any proof.
        target: The receipt's `targetHash`.

    Returns:
        The hash, with what the contexts leave out of it.

    Raises:
        Invalid: The document has another hash, even if the contexts that it brings
            itself are believed.
        Undetermined: The document cannot be canonicalised, or fits only if they are.

    """
    try:
        return _covered(secured, proof, target)
    except Undetermined as error:
        if error.type == "inline-context":
            _covered(secured.believing(), proof, target)
        raise


def _covered(secured: Secured, proof: Proof | None, target: bytes) -> HashData:
    covered: HashData | None = None
    for previous in _candidates(secured.document, proof):
        covered = secured.document_hash(previous)
        if covered.data == target:
            return covered
    left_out = sorted({item.term for item in covered.undefined})[:3] if covered else []
    reason = f"; no context defines {', '.join(left_out)}" if left_out else ""
    raise Invalid(
        f"the document is not the one that the receipt was made for{reason}",
        type="signature",
        next_step="the badge was changed after issuing: ask for a fresh copy",
    )


def _candidates(
    document: JsonObject, proof: Proof | None
) -> Iterator[list[JsonObject]]:
    """Find which proofs were in the document when its hash was taken."""
    if proof is None:
        yield []
        return
    value = document.get("proof")
    listed: list[Any] = value if isinstance(value, list) else [value]
    if "previousProof" in proof.document:
        yield _named(listed, proof)
        return
    yield []
    # Issuers' software hashes the document as it finds it, with earlier proofs.
    place = next(
        (index for index, one in enumerate(listed) if one is proof.document), 0
    )
    if place:
        yield [one for one in listed[:place] if isinstance(one, dict)]


def _named(listed: list[Any], proof: Proof) -> list[JsonObject]:
    """Find previous proofs by identifier, or (ChainedProof2021) by themselves."""
    wanted = proof.document["previousProof"]
    found = []
    for name in wanted if isinstance(wanted, list) else [wanted]:
        match = [
            one
            for one in listed
            if isinstance(one, dict)
            and one is not proof.document
            and (one == name or (isinstance(name, str) and one.get("id") == name))
        ]
        if not match:
            raise Invalid(
                "the proof builds on another proof that is not there",
                instance=f"{proof.pointer}/previousProof",
                next_step="a proof was taken out of the badge: ask for a fresh copy",
            )
        found.append(match[0])
    return found


def _claimed(proof: Proof) -> VerificationMethod:
    """Make the method that the proof only names; nothing shows that it made it."""
    return VerificationMethod(
        id=proof.verification_method,
        type="",
        controller=proof.verification_method.partition("#")[0],
        public_key=None,
        relationships=frozenset(),
        self_asserted=True,
        source="the badge",
    )

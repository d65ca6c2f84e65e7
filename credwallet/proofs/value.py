"""How is the signature of an embedded proof written? As text, or as a detached JWS.

VC Data Integrity 1.0 section 2.1 (`proofValue`), RFC 7515 appendix F and RFC 7797
(`jws` of the suites before Data Integrity: its payload is neither shown nor encoded).
"""

from typing import NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Unreadable
from credwallet.keys import PublicKey
from credwallet.keys.multibase import base64url_decode, decode_base58btc
from credwallet.keys.wording import shown
from credwallet.model.proof import Proof
from credwallet.proofs.jose import hash_name_for
from credwallet.proofs.secured import HashData, Secured


class Detached(NamedTuple):
    """A detached JWS: `head` is its header as it is signed."""

    algorithm: object
    head: bytes
    signature: bytes


def base58btc(proof: Proof) -> bytes:
    """Decode a `proofValue` that is base58btc with the prefix `z`.

    Args:
        proof: Of a suite that signs so.

    Raises:
        Invalid: If it is anything else.

    """
    try:
        return decode_base58btc(proof.proof_value)
    except Invalid:
        raise Invalid(
            "the proof's proofValue is no base58 text with the prefix z",
            instance=f"{proof.pointer}/proofValue",
            next_step="the badge was changed after signing: ask for a fresh copy",
        ) from None


def either(proof: Proof) -> bytes:
    """Decode the signature of a suite of old, be it in `jws` or in `proofValue`.

    Args:
        proof: Of a suite before Data Integrity.

    Raises:
        Invalid: If it is neither a detached JWS nor base58btc.

    """
    return detached(proof).signature if "jws" in proof.document else base58btc(proof)


def detached(proof: Proof) -> Detached:
    """Take the detached JWS of a proof apart (RFC 7797 section 5).

    Args:
        proof: Of a suite before Data Integrity.

    Returns:
        The parts; whether the algorithm goes with the key is not asked.

    Raises:
        Invalid: If `jws` is no such JWS: three parts, the second empty, and a header
            with `b64` false that must be understood, and nothing else that must. Or if
            a `proofValue` stands beside it.

    """
    if "proofValue" in proof.document:
        raise _refused(proof, "stands beside a proofValue")
    text = proof.document.get("jws")
    head, _, rest = text.partition("..") if isinstance(text, str) else ("", "", "")
    try:
        header = strict_json.loads(base64url_decode(head))
        signature = base64url_decode(rest)
    except (Invalid, Unreadable):
        raise _refused(proof, "is no signature with its header") from None
    if not isinstance(header, dict):
        raise _refused(proof, "has a header that is no object")
    if header.get("b64") is not False or header.get("crit") != ["b64"]:
        raise _refused(proof, "does not say that it is over the bare bytes (b64)")
    return Detached(header.get("alg"), head.encode("ascii"), signature)


def hash_data(secured: Secured, proof: Proof, key: PublicKey, /) -> HashData:
    """Return the bytes that a proof of a suite of old signs: RDF, always by SHA-256.

    Args:
        secured: The document, with all of its proofs.
        proof: The proof, with `jws` or `proofValue`.
        key: The key that made it.

    Raises:
        Invalid: If the header names an algorithm that does not go with the key.
        Undetermined: If the document cannot be canonicalised.

    """
    if "jws" not in proof.document:
        return secured.rdfc_hash_data(proof, "sha256")
    parts = detached(proof)
    hash_name = hash_name_for(parts.algorithm, key)
    if hash_name is None:
        raise Invalid(
            f"the algorithm {shown(parts.algorithm)} does not go with the"
            f" {key.kind} key of the proof",
            instance=f"{proof.pointer}/jws",
            type="algorithm",
            next_step="ask the issuer for a new copy",
        )
    data = secured.rdfc_hash_data(proof, "sha256", "jws")
    return data._replace(data=parts.head + b"." + data.data, hash_name=hash_name)


def _refused(proof: Proof, why: str) -> Invalid:
    return Invalid(
        f"the proof's jws {why}",
        instance=f"{proof.pointer}/jws",
        next_step="the badge was changed after signing: ask for a fresh copy",
    )

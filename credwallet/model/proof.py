"""Proofs and the keys they name, as the standards spell them.

Data Integrity 1.0 section 2.1 (proofs), Controlled Identifiers 1.0 section 2.2
(verification methods), RFC 7515 (JWS). Nothing here judges whether a proof is good.
"""

from typing import Any, NamedTuple

JsonObject = dict[str, Any]


class Proof(NamedTuple):
    """One Data Integrity proof: `document` is the proof object as it was received.

    The other members are its string members in our spelling, `""` when absent or
    not a string; `pointer` is the JSON Pointer of the proof in its credential.
    """

    document: JsonObject
    pointer: str
    type: str
    cryptosuite: str
    verification_method: str
    proof_purpose: str
    proof_value: str
    created: str
    expires: str
    id: str
    previous_proof: tuple[str, ...]


class Jws(NamedTuple):
    """A JWS in compact serialisation (RFC 7515 section 3.1), taken apart.

    `signing_input` is the ASCII text `header.payload` that `signature` covers. `claims`
    is the payload once it was read as claims.
    """

    header: JsonObject
    payload: bytes
    signing_input: bytes
    signature: bytes
    claims: JsonObject | None = None


class SdJwt(NamedTuple):
    """What stands around the issuer's JWS in an SD-JWT (RFC 9901 section 4).

    `text` is all of it in compact serialisation. `hash_name` is the hash of its digests
    as `hashlib` spells it. `withheld` counts the digests for which no disclosure is
    there: values held back, or decoys. `states_claims` tells an SD-JWT VC, whose
    payload is a set of claims, from a VC 2.0 document. `key_binding` is the token by
    which the holder's key presents it, or None.
    """

    text: bytes
    disclosures: tuple[bytes, ...]
    hash_name: str
    withheld: int
    states_claims: bool
    key_binding: Jws | None

    @property
    def presented(self) -> bytes:
        """What `sd_hash` of the key binding covers (section 4.3.1)."""
        return self.text[: self.text.rindex(b"~") + 1]


class VerificationMethod(NamedTuple):
    """A key with the identifier and the owner that its document states.

    `public_key` is opaque here (made in `keys`). `relationships` are the names of the
    verification relationships that list the method in its controller's document, such
    as `assertionMethod`. `self_asserted` says that nothing but the credential itself
    named this key. `source` is a short word for people: where the key came from.
    """

    id: str
    type: str
    controller: str
    public_key: Any
    relationships: frozenset[str]
    self_asserted: bool
    source: str
    expires: str = ""
    revoked: str = ""


def proofs_of(document: JsonObject) -> tuple[Proof, ...]:
    """Take the Data Integrity proofs of a secured document, in their order.

    Args:
        document: An object that may have a `proof` member (an object or an array).

    Returns:
        One `Proof` for each object found; entries that are no objects are left out
        (the structure check names them).

    """
    value = document.get("proof")
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(
            _proof(entry, f"/proof/{index}")
            for index, entry in enumerate(value)
            if isinstance(entry, dict)
        )
    return (_proof(value, "/proof"),) if isinstance(value, dict) else ()


_MEMBERS = (
    "type",
    "cryptosuite",
    "verificationMethod",
    "proofPurpose",
    "proofValue",
    "created",
    "expires",
    "id",
)


def _proof(entry: JsonObject, pointer: str) -> Proof:
    values = [entry.get(name) for name in _MEMBERS]
    type_, suite, method, purpose, value, created, expires, id_ = (
        item if isinstance(item, str) else "" for item in values
    )
    previous = entry.get("previousProof")
    listed = previous if isinstance(previous, list) else [previous]
    names = tuple(item for item in listed if isinstance(item, str))
    return Proof(
        entry,
        pointer,
        type_,
        suite,
        method,
        purpose,
        value,
        created,
        expires,
        id_,
        names,
    )

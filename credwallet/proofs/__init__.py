"""Does this signature cover these bytes, and whose key made it?

A cryptosuite is a module with the names of the `Cryptosuite` protocol, plus one line in
`CRYPTOSUITES`. `verify_proof` and `jose.verify_jws` return what was verified or raise;
they never say whether the key's owner is the issuer (that is for `verify`).

VC Data Integrity 1.0 sections 3.1 and 4.4, VC-JOSE-COSE section 3.
"""

import re
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.keys import PublicKey, resolve
from credwallet.model.proof import Proof
from credwallet.proofs.options import LOCAL, TIMESTAMP
from credwallet.proofs.secured import HashData, Secured
from credwallet.proofs.verified import VerifiedProof


class Cryptosuite(Protocol):
    """One cryptosuite: which keys it takes and which bytes it signs.

    `NAME` is the `cryptosuite` of a `DataIntegrityProof`, or the `type` of a proof of
    the older kind. `KINDS` maps the kinds of key it takes to their hash.
    """

    NAME: str
    KINDS: dict[str, str]

    def signature_of(self, proof: Proof, /) -> bytes:
        """Decode the signature.

        Raises:
            Invalid: If the proof holds none that the suite knows.

        """
        ...

    def hash_data(self, secured: Secured, proof: Proof, key: PublicKey, /) -> HashData:
        """Return the bytes that the proof signs with this key, of one of its kinds.

        Args:
            secured: The document with its proofs, as one proof of a set or chain sees
                it.
            proof: One of its proofs, of this suite.
            key: Already found to be of a kind in `KINDS`.

        Raises:
            Invalid: If document and proof contradict each other.
            Undetermined: If the document cannot be canonicalised.

        """
        ...


# The module of each suite in this folder, imported when such a proof comes: a badge has
# one proof, and a start should not pay for all the others.
CRYPTOSUITES = {
    "eddsa-rdfc-2022": "eddsa_rdfc_2022",
    "eddsa-jcs-2022": "eddsa_jcs_2022",
    "Ed25519Signature2020": "ed25519_signature_2020",
    "ecdsa-rdfc-2019": "ecdsa_rdfc_2019",
    "ecdsa-jcs-2019": "ecdsa_jcs_2019",
    "ecdsa-sd-2023": "ecdsa_sd_2023",
    "eddsa-2022": "eddsa_2022",
    "Ed25519Signature2018": "ed25519_signature_2018",
    "JsonWebSignature2020": "json_web_signature_2020",
    "EcdsaSecp256r1Signature2019": "ecdsa_secp256r1_signature_2019",
    "EcdsaSecp256k1Signature2019": "ecdsa_secp256k1_signature_2019",
}

# Receipts of Blockcerts: a hash in a chain, and no key.
RECEIPTS = frozenset({"MerkleProof2019", "merkle-proof-2019", "ChainedProof2021"})

# Their drafts asked for no time zone in a moment.
_DRAFTS = frozenset(
    {
        "Ed25519Signature2018",
        "JsonWebSignature2020",
        "EcdsaSecp256r1Signature2019",
        "EcdsaSecp256k1Signature2019",
    }
)


@cache
def cryptosuite(name: str) -> Cryptosuite:
    """Return one of the suites.

    Args:
        name: From `CRYPTOSUITES`.

    """
    return cast("Cryptosuite", import_module(f"credwallet.proofs.{CRYPTOSUITES[name]}"))


def label_of(proof: Proof) -> str:
    """Name a proof for people: its cryptosuite, or its type."""
    return proof.cryptosuite or proof.type or "a proof without a type"


def verify_proof(secured: Secured, proof: Proof, *, fetch: Fetch) -> VerifiedProof:
    """Verify one Data Integrity proof (VC Data Integrity 1.0 sections 4.4 and 4.5).

    Args:
        secured: The document that the proof is embedded in.
        proof: One of its proofs, of any type or suite.
        fetch: Where key documents come from.

    Returns:
        The verification method that made the proof, and what the proof leaves out.

    Raises:
        Invalid: If the proof does not fit the document.
        Undetermined: If that cannot be told: unknown suite, key out of reach.

    """
    if _kind(proof) in RECEIPTS:
        from credwallet.proofs import merkle_proof_2019  # noqa: PLC0415 -- lazily: few have one

        return merkle_proof_2019.verify(secured, proof, fetch=fetch)
    suite = _suite(proof)
    _check_members(proof, LOCAL if suite.NAME in _DRAFTS else TIMESTAMP)
    signature = suite.signature_of(proof)
    method = resolve(proof.verification_method, fetch=fetch)
    kind = method.public_key.kind
    if kind not in suite.KINDS:
        raise Invalid(
            f"{label_of(proof)} cannot be made with a {kind} key",
            instance=f"{proof.pointer}/verificationMethod",
            next_step="ask the issuer for a new copy",
        )
    data = suite.hash_data(secured, proof, method.public_key)
    hash_name = data.hash_name or suite.KINDS[kind]
    try:
        method.public_key.verify(signature, data.data, hash_name=hash_name)
    except Invalid:
        # An undefined term explains more than "does not fit": name it.
        left_out = ", ".join(sorted({item.term for item in data.undefined})[:3])
        reason = f"; no context defines {left_out}" if left_out else ""
        raise Invalid(
            f"the {label_of(proof)} signature does not fit this document{reason}",
            instance=proof.pointer,
            type="signature",
            next_step="the badge was changed after signing: ask for a fresh copy",
        ) from None
    return VerifiedProof(
        f"{label_of(proof)}{data.note}", method, data.undefined, data.supplied
    )


def _kind(proof: Proof) -> str:
    return proof.cryptosuite if proof.type == "DataIntegrityProof" else proof.type


def _suite(proof: Proof) -> Cryptosuite:
    name = _kind(proof)
    other = proof.cryptosuite and proof.type != "DataIntegrityProof"
    if other or name not in CRYPTOSUITES:
        raise Undetermined(
            f"proofs of the kind {label_of(proof)} are not supported",
            instance=proof.pointer,
            type="unsupported-proof",
            next_step="see which proofs are: credwallet help formats",
        )
    return cryptosuite(name)


def _check_members(proof: Proof, moment: re.Pattern[str]) -> None:
    for name in ("verificationMethod", "proofPurpose"):
        if not isinstance(proof.document.get(name), str):
            raise Invalid(
                f"the proof has no {name} that is a string",
                instance=f"{proof.pointer}/{name}",
                next_step="ask the issuer for a new copy",
            )
    for name, text in (("created", proof.created), ("expires", proof.expires)):
        # Absent is fine; anything else that is no date would be passed over.
        if name in proof.document and not moment.fullmatch(text):
            raise Invalid(
                f"the proof's {name} is no date with a time zone",
                instance=f"{proof.pointer}/{name}",
                next_step="ask the issuer for a new copy",
            )
    if "previousProof" in proof.document:
        _check_chain(proof)


def _check_chain(proof: Proof) -> None:
    value = proof.document["previousProof"]
    listed = value if isinstance(value, list) else [value]
    if not listed or listed != [*proof.previous_proof]:
        raise Invalid(
            "the proof's previousProof is no name of a proof, and no list of them",
            instance=f"{proof.pointer}/previousProof",
            next_step="ask the issuer for a new copy",
        )

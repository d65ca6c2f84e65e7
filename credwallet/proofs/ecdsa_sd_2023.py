"""ecdsa-sd-2023: the holder shows a selection of what the issuer signed.

VC Data Integrity ECDSA Cryptosuites 1.0 section 3.4 (base and derived proofs, their
CBOR) and section 3.5. The issuer signs the mandatory statements together, and with a
key made for this one proof every other statement by itself. In a derived proof the
holder gives the labels by which the issuer had the blank nodes signed.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from credwallet.canon import rdfc
from credwallet.errors import Invalid
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base64url_decode, base64url_encode
from credwallet.model.proof import Proof
from credwallet.proofs import cbor
from credwallet.proofs.secured import HashData, Secured

NAME = "ecdsa-sd-2023"
# Blockcerts issuers sign with the key of their chain; the standard names P-256.
KINDS = {"P-256": "sha256", "secp256k1": "sha256"}

_BASE = b"\xd9\x5d\x00"
_DERIVED = b"\xd9\x5d\x01"
_NOTE = " (a selection of what was signed)"
# A key of P-256 in its Multikey form, without the base.
_KEY_HEADER = b"\x80\x24"
_KEY_LENGTH = 35
_SIGNATURE_LENGTH = 64
_LABEL_LENGTH = 32


class _Derived(NamedTuple):
    """What a derived proof holds."""

    base_signature: bytes
    public_key: bytes
    signatures: list[bytes]
    labels: dict[int, bytes]
    mandatory: list[int]


def signature_of(proof: Proof, /) -> bytes:
    """Decode the issuer's signature over the mandatory statements.

    Raises:
        Invalid: If this is a base proof, or no derived proof.

    """
    return _parse(proof).base_signature


def hash_data(secured: Secured, proof: Proof, key: PublicKey, /) -> HashData:  # noqa: ARG001 -- the same call for every suite
    """Verify every statement that is not mandatory; return what the issuer signed.

    Args:
        secured: The document as its holder disclosed it, with its proofs.
        proof: A derived proof, one of them.
        key: The issuer's, on P-256; it is not looked at here.

    Raises:
        Invalid: If a statement was not signed, one is missing, or the proof does not
            fit the document in another way.
        Undetermined: If the document cannot be canonicalised.

    """
    derived = _parse(proof)
    options = secured.options_hash(proof)
    found = secured.statements(proof)
    labels = _labels(derived.labels, found.labels, proof)
    mandatory: list[bytes] = []
    others: list[bytes] = []
    chosen = frozenset(derived.mandatory)
    for place, line in enumerate(rdfc.serialize(found.quads, labels)):
        (mandatory if place in chosen else others).append(line.encode())
    if len(mandatory) != len(derived.mandatory):
        raise _no_fit(proof, "it names statements that are not there")
    if len(others) != len(derived.signatures):
        raise _no_fit(
            proof,
            f"{len(others)} statements are not mandatory, and"
            f" {len(derived.signatures)} are signed",
        )
    _verify_each(derived, others, proof)
    digest = hashlib.sha256(b"".join(mandatory)).digest()
    return HashData(
        options.data + derived.public_key + digest,
        found.undefined + options.undefined,
        tuple(dict.fromkeys(found.supplied + options.supplied)),
        note=_NOTE,
    )


def _verify_each(derived: _Derived, lines: list[bytes], proof: Proof) -> None:
    public_key = multikey.decode("u" + base64url_encode(derived.public_key))
    for line, signature in zip(lines, derived.signatures, strict=True):
        try:
            public_key.verify(signature, line)
        except Invalid:
            raise _no_fit(proof, "a statement was not signed") from None


def _labels(
    given: Mapping[int, bytes], canonical: Mapping[str, str], proof: Proof
) -> dict[str, str]:
    """Name each blank node as the issuer did.

    The map is the holder's own, and nobody signed it: with one name for two nodes, or
    a name that is not of the issuer's form, the document would say something else.
    """
    by_label = {
        f"_:c14n{number}": f"_:u{base64url_encode(name)}"
        for number, name in given.items()
    }
    if set(by_label) != set(canonical.values()):
        raise _no_fit(proof, "it names other nodes than the document has")
    return {node: by_label[label] for node, label in canonical.items()}


def _parse(proof: Proof) -> _Derived:
    text = proof.proof_value
    try:
        data = base64url_decode(text[1:]) if text[:1] == "u" else b""
    except Invalid:
        data = b""
    if data[:3] == _BASE:
        raise Invalid(
            "a base proof is for the holder's own software: it shows nobody anything",
            instance=f"{proof.pointer}/proofValue",
            type="base-proof",
            next_step="ask for a derived one, made by software that shows a selection",
        )
    if data[:3] != _DERIVED:
        raise _malformed(proof)
    try:
        value = cbor.decode(data[3:])
    except Invalid:
        raise _malformed(proof) from None
    if not _is_derived(value):
        raise _malformed(proof)
    return _Derived(*value)


def _is_derived(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 5:
        return False
    base, key, signatures, labels, mandatory = value
    return (
        _is_bytes(base, _SIGNATURE_LENGTH)
        and _is_bytes(key, _KEY_LENGTH)
        and key[:2] == _KEY_HEADER
        and isinstance(signatures, list)
        and all(_is_bytes(item, _SIGNATURE_LENGTH) for item in signatures)
        and isinstance(labels, dict)
        and all(_is_place(number) for number in labels)
        and all(_is_bytes(name, _LABEL_LENGTH) for name in labels.values())
        and len(set(labels.values())) == len(labels)
        and isinstance(mandatory, list)
        and all(_is_place(number) for number in mandatory)
        and len(set(mandatory)) == len(mandatory)
    )


def _is_bytes(value: Any, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


def _is_place(value: Any) -> bool:
    return type(value) is int and value >= 0


def _malformed(proof: Proof) -> Invalid:
    return Invalid(
        "the proof's proofValue is no derived proof of ecdsa-sd-2023",
        instance=f"{proof.pointer}/proofValue",
        next_step="the badge was changed after signing: ask for a fresh copy",
    )


def _no_fit(proof: Proof, why: str) -> Invalid:
    return Invalid(
        f"the {NAME} proof does not fit this document: {why}",
        instance=proof.pointer,
        type="signature",
        next_step="the badge was changed after signing: ask for a fresh copy",
    )

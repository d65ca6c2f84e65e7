"""An issuer and a holder of ecdsa-sd-2023, written from the specification.

The issuer signs (vc-di-ecdsa section 3.4.1 and following); the holder shows a part. The
canonical form of RDF is the package's own, which the tests of `canon` compare.
"""

import hashlib
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from credwallet.canon import jsonld, rdfc
from credwallet.canon.contexts import Contexts
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base64url_encode, decode

JsonObject = dict[str, Any]
CONTEXTS = Contexts.bundled()
CURVES = {"P-256": ec.SECP256R1(), "secp256k1": ec.SECP256K1(), "P-384": ec.SECP384R1()}


class Derived(NamedTuple):
    """What goes into a derived proof, each part open to a forger."""

    base_signature: bytes
    public_key: bytes
    signatures: list[bytes]
    labels: dict[int, bytes]
    mandatory: list[int]

    def text(self, header: bytes = b"\xd9\x5d\x01") -> str:
        return "u" + base64url_encode(header + encode(list(self)))


def key(seed: int, kind: str = "P-256") -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(seed, CURVES[kind])


def multibase(private: ec.EllipticCurvePrivateKey, kind: str = "P-256") -> str:
    return multikey.encode(PublicKey(kind, private.public_key()))


def sign(private: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    size = -(-private.curve.key_size // 8)
    r, s = utils.decode_dss_signature(private.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(size) + s.to_bytes(size)


def encode(value: Any) -> bytes:
    """Write CBOR (RFC 8949): numbers, bytes, arrays and maps."""
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(encode, value))
    return _head(5, len(value)) + b"".join(
        encode(name) + encode(item) for name, item in value.items()
    )


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    if number < 256:
        return bytes([kind << 5 | 24, number])
    return bytes([kind << 5 | 25]) + number.to_bytes(2)


def digest(document: JsonObject) -> bytes:
    quads = jsonld.to_rdf(document, CONTEXTS).quads
    return hashlib.sha256(rdfc.canonicalize(quads).encode()).digest()


def derive(
    document: JsonObject,
    options: JsonObject,
    issuer: ec.EllipticCurvePrivateKey,
    *,
    mandatory: str = "issuer",
) -> Derived:
    """Sign a document and show all of it; `mandatory` is in the mandatory lines."""
    quads = jsonld.to_rdf(document, CONTEXTS).quads
    canonical = rdfc.canonical_labels(quads)
    names = {
        int(label.removeprefix("_:c14n")): hashlib.sha256(label.encode()).digest()
        for label in canonical.values()
    }
    issued = {
        node: f"_:u{base64url_encode(names[int(label.removeprefix('_:c14n'))])}"
        for node, label in canonical.items()
    }
    lines = rdfc.serialize(quads, issued)
    chosen = [place for place, line in enumerate(lines) if mandatory in line]
    together = "".join(lines[place] for place in chosen).encode()
    once = key(77)
    public = decode(multibase(once))
    config = digest({"@context": document["@context"], **options})
    base = sign(issuer, config + public + hashlib.sha256(together).digest())
    others = [line for place, line in enumerate(lines) if place not in chosen]
    signatures = [sign(once, line.encode()) for line in others]
    return Derived(base, public, signatures, names, chosen)

"""Keys from fixed seeds, and everything that an issuer (or a forger) signs with them.

What is signed is worked out here from the specifications: only the canonical form of
RDF is the package's own, which the tests of `canon` compare with another one.
"""

import base64
import hashlib
import json
import random
from functools import lru_cache
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from credwallet.canon import jcs, jsonld, rdfc
from credwallet.canon.contexts import Contexts
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base58_encode

JsonObject = dict[str, Any]

CURVES: dict[str, type[ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
}
ALGORITHMS = {
    "Ed25519": "EdDSA",
    "P-256": "ES256",
    "P-384": "ES384",
    "P-521": "ES512",
    "RSA": "RS256",
}
HASHES = {
    "Ed25519": "sha256",
    "P-256": "sha256",
    "P-384": "sha384",
    "P-521": "sha512",
    "RSA": "sha256",
}
_CONTEXTS = Contexts.bundled()


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


class Key(NamedTuple):
    """A key pair, always the same for the same name."""

    kind: str
    private: Any

    def sign(self, data: bytes) -> bytes:
        """Sign with the algorithm of JOSE and Data Integrity for this kind of key."""
        if self.kind == "Ed25519":
            return bytes(self.private.sign(data))
        digest = getattr(hashes, HASHES[self.kind].upper())()
        if self.kind == "RSA":
            return bytes(self.private.sign(data, padding.PKCS1v15(), digest))
        made_alike = ec.ECDSA(digest, deterministic_signing=True)
        der = self.private.sign(data, made_alike)
        return raw_ecdsa(der, self.size)

    @property
    def size(self) -> int:
        """Bytes of one coordinate or scalar."""
        return int(-(-self.private.curve.key_size // 8))

    @property
    def multibase(self) -> str:
        """The public key as Multikey text."""
        return multikey.encode(PublicKey(self.kind, self.private.public_key()))

    @property
    def jwk(self) -> dict[str, str]:
        """The public key as JSON Web Key."""
        public = self.private.public_key()
        if self.kind == "Ed25519":
            return {"kty": "OKP", "crv": "Ed25519", "x": b64(public.public_bytes_raw())}
        numbers = public.public_numbers()
        if self.kind == "RSA":
            return {"kty": "RSA", "n": integer(numbers.n), "e": integer(numbers.e)}
        return {
            "kty": "EC",
            "crv": self.kind,
            "x": b64(numbers.x.to_bytes(self.size)),
            "y": b64(numbers.y.to_bytes(self.size)),
        }


def raw_ecdsa(der: bytes, size: int) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import utils  # noqa: PLC0415 -- one use

    r, s = utils.decode_dss_signature(der)
    return r.to_bytes(size) + s.to_bytes(size)


def integer(number: int) -> str:
    return b64(number.to_bytes(-(-number.bit_length() // 8)))


def _seed(name: str) -> bytes:
    return hashlib.sha256(f"credwallet hostile corpus: {name}".encode()).digest()


@lru_cache(maxsize=64)
def key(name: str, kind: str = "Ed25519") -> Key:
    """Make the key pair of that name."""
    seed = _seed(f"{kind} {name}")
    if kind == "Ed25519":
        return Key(kind, ed25519.Ed25519PrivateKey.from_private_bytes(seed))
    if kind == "RSA":
        return Key(kind, _rsa(random.Random(seed)))  # noqa: S311 -- worthless on purpose
    return Key(kind, ec.derive_private_key(int.from_bytes(seed), CURVES[kind]()))


def _rsa(source: random.Random) -> rsa.RSAPrivateKey:
    p, q = _prime(source), _prime(source)
    d = pow(65537, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=d % (p - 1),
        dmq1=d % (q - 1),
        iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(65537, p * q),
    ).private_key()


def _prime(source: random.Random) -> int:
    while True:
        number = source.getrandbits(1024) | 1 | 3 << 1022
        if (
            all(number % divisor for divisor in range(3, 2000, 2))
            and number % 65537 != 1
            and pow(2, number - 1, number) == 1
        ):
            return number


class Signer(NamedTuple):
    """Who signs: the identifier of the issuer, its verification method, and the key."""

    id: str
    method: str
    key: Key

    @property
    def profile(self) -> JsonObject:
        """The issuer as a badge names it."""
        return {"id": self.id, "type": ["Profile"], "name": "Harbour College"}


def did_key(name: str, kind: str = "Ed25519") -> Signer:
    """Make an issuer whose identifier is its key."""
    made = key(name, kind)
    return Signer(
        f"did:key:{made.multibase}", f"did:key:{made.multibase}#{made.multibase}", made
    )


def did_jwk(name: str, kind: str = "P-256") -> Signer:
    """Make an issuer whose identifier is its key as JSON."""
    made = key(name, kind)
    did = f"did:jwk:{b64(compact(made.jwk))}"
    return Signer(did, f"{did}#0", made)


def did_web(name: str, kind: str = "Ed25519", *, host: str = "") -> Signer:
    """Make an issuer whose keys stand on a host of its own."""
    did = f"did:web:{host or name + '.example.org'}"
    return Signer(did, f"{did}#key-1", key(name, kind))


HARBOUR = did_key("harbour")
MALLORY = did_key("mallory")
NORTHLIGHT = did_web("northlight")

SUITES = {
    "eddsa-rdfc-2022": "rdfc",
    "eddsa-jcs-2022": "jcs",
    "ecdsa-rdfc-2019": "rdfc",
    "ecdsa-jcs-2019": "jcs",
    "Ed25519Signature2020": "rdfc",
}


def options(signer: Signer, suite: str, **changes: Any) -> JsonObject:
    """Write the proof without its value; `None` takes a member away."""
    named = {"type": "DataIntegrityProof", "cryptosuite": suite}
    if suite == "Ed25519Signature2020":
        named = {"type": suite}
    made = {
        **named,
        "created": "2026-02-01T09:00:00Z",
        "verificationMethod": signer.method,
        "proofPurpose": "assertionMethod",
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def hash_data(document: JsonObject, proof: JsonObject, kind: str) -> bytes:
    """Work out the bytes that a proof signs (vc-di-eddsa sections 3.2.4 and 3.3.4)."""
    digest = getattr(hashlib, HASHES[kind])
    suite = proof.get("cryptosuite", proof["type"])
    if SUITES[suite] == "jcs":
        parts = [jcs.canonicalize(proof), jcs.canonicalize(document)]
    else:
        context = {"@context": document["@context"]}
        parts = [_nquads({**context, **proof}, kind), _nquads(document, kind)]
    return b"".join(digest(part).digest() for part in parts)


def _nquads(document: JsonObject, kind: str) -> bytes:
    expansion = jsonld.to_rdf(document, _CONTEXTS)
    return rdfc.canonicalize(expansion.quads, hash_name=HASHES[kind]).encode()


def proof_over(
    document: JsonObject, signer: Signer, suite: str, **changes: Any
) -> JsonObject:
    """Make the proof of a document; `changes` are to its options, before signing."""
    proof = options(signer, suite, **changes)
    if SUITES[suite] == "jcs":
        proof.setdefault("@context", document["@context"])
    value = signer.key.sign(hash_data(document, proof, signer.key.kind))
    return {**proof, "proofValue": "z" + base58_encode(value)}


def proven(
    document: JsonObject,
    signer: Signer = HARBOUR,
    suite: str = "eddsa-rdfc-2022",
    **changes: Any,
) -> JsonObject:
    """Secure a document with an embedded proof."""
    return {**document, "proof": proof_over(document, signer, suite, **changes)}


def jws(header: JsonObject | bytes, payload: JsonObject | bytes, signer: Key) -> str:
    """Sign a compact JWS; bytes are taken as they are."""
    parts = (
        part if isinstance(part, bytes) else compact(part) for part in (header, payload)
    )
    body = ".".join(b64(part) for part in parts)
    return f"{body}.{b64(signer.sign(body.encode()))}"


def header_of(signer: Signer, **changes: Any) -> JsonObject:
    """Write a header; `None` takes a member away."""
    made = {
        "alg": ALGORITHMS[signer.key.kind],
        "kid": signer.method,
        "typ": "vc+jwt",
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def token(document: JsonObject, signer: Signer = HARBOUR, **changes: Any) -> str:
    """Secure a document as a JWT of VC-JOSE-COSE; `changes` are to the header."""
    return jws(header_of(signer, **changes), document, signer.key)

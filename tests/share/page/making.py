"""Credentials of every kind that the page verifies, signed by invented issuers."""

import base64
import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from credwallet.canon.contexts import Contexts
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base58_encode
from credwallet.model.proof import proofs_of
from credwallet.proofs import cryptosuite
from credwallet.proofs.secured import Secured
from tests.cli import badges

Json = dict[str, Any]


class Signer(NamedTuple):
    """An issuer that is its own key."""

    kind: str
    algorithm: str
    did: str
    method: str
    public: PublicKey
    sign: Callable[[bytes], bytes]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@cache
def ed25519_signer(name: str = "page") -> Signer:
    seed = hashlib.sha256(name.encode()).digest()
    private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
    public = PublicKey("Ed25519", private.public_key())
    return _did_key("EdDSA", public, private.sign)


@cache
def ec_signer(kind: str) -> Signer:
    curve, algorithm, digest = {
        "P-256": (ec.SECP256R1(), "ES256", hashes.SHA256()),
        "P-384": (ec.SECP384R1(), "ES384", hashes.SHA384()),
    }[kind]
    private = ec.derive_private_key(20261201, curve)
    size = curve.key_size // 8

    def sign(data: bytes) -> bytes:
        r, s = utils.decode_dss_signature(private.sign(data, ec.ECDSA(digest)))
        return r.to_bytes(size) + s.to_bytes(size)

    return _did_key(algorithm, PublicKey(kind, private.public_key()), sign)


@cache
def rsa_signer() -> Signer:
    private = rsa.generate_private_key(65537, 2048)
    numbers = private.public_key().public_numbers()
    jwk = {
        "kty": "RSA",
        "n": base64url(numbers.n.to_bytes(256)),
        "e": base64url(numbers.e.to_bytes(3)),
    }
    did = f"did:jwk:{base64url(json.dumps(jwk).encode())}"

    def sign(data: bytes) -> bytes:
        return private.sign(data, padding.PKCS1v15(), hashes.SHA256())

    public = PublicKey("RSA", private.public_key())
    return Signer("RSA", "RS256", did, f"{did}#0", public, sign)


def _did_key(
    algorithm: str, public: PublicKey, sign: Callable[[bytes], bytes]
) -> Signer:
    text = multikey.encode(public)
    did = f"did:key:{text}"
    return Signer(public.kind, algorithm, did, f"{did}#{text}", public, sign)


def document(signer: Signer, **changes: Any) -> Json:
    issuer = {"id": signer.did, "type": ["Profile"], "name": "Harbour College"}
    return badges.document(**{"issuer": issuer, **changes})


def data_integrity(suite: str, signer: Signer, written: Json | None = None) -> Json:
    """Add a proof of the suite to what is written; proofs that are there stay."""
    written = document(signer) if written is None else written
    proof: Json = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": "2026-02-01T09:00:00Z",
        "verificationMethod": signer.method,
        "proofPurpose": "assertionMethod",
    }
    if suite == "Ed25519Signature2020":
        context = "https://w3id.org/security/suites/ed25519-2020/v1"
        written = {**written, "@context": [*written["@context"], context]}
        proof = {**proof, "type": suite}
        del proof["cryptosuite"]
    before = written.get("proof", [])
    before = before if isinstance(before, list) else [before]
    secured = {**written, "proof": proof}
    read = proofs_of(secured)[0]
    data = cryptosuite(suite).hash_data(
        Secured(secured, Contexts.bundled()), read, signer.public
    )
    signed = {**proof, "proofValue": "z" + base58_encode(signer.sign(data.data))}
    return {**written, "proof": [*before, signed] if before else signed}


def jws(header: Json, payload: Json, signer: Signer) -> str:
    head = {"alg": signer.algorithm, **header}
    body = ".".join(base64url(json.dumps(part).encode()) for part in (head, payload))
    return f"{body}.{base64url(signer.sign(body.encode()))}"


def jwt(signer: Signer, *, typ: str = "JWT", **changes: Any) -> str:
    """Secure a badge as Open Badges 3.0 section 8.2 does."""
    written = document(signer, **changes)
    claims = {"iss": signer.did, "jti": written["id"], "nbf": 1769904000}
    claims["sub"] = written["credentialSubject"]["id"]
    return jws({"typ": typ, "kid": signer.method}, {**written, **claims}, signer)


def jwt_of_1_1(signer: Signer) -> str:
    """Secure a credential of VC 1.1, with claims in place of members."""
    inner = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"degree": "Sailor"},
    }
    claims = {"iss": signer.did, "sub": "did:example:learner", "nbf": 1769904000}
    return jws({"typ": "JWT", "kid": signer.method}, {**claims, "vc": inner}, signer)


def sd_jwt(signer: Signer, *, holder: Signer | None = None, hidden: int = 1) -> str:
    """Issue an SD-JWT VC of two values, and disclose all but some of them."""
    values = [["salt-1", "given_name", "Ada"], ["salt-2", "level", 2]]
    texts = [base64url(json.dumps(value).encode()) for value in values]
    digests = [base64url(hashlib.sha256(text.encode()).digest()) for text in texts]
    payload: Json = {
        "iss": signer.did,
        "iat": 1769904000,
        "vct": "https://harbour.example/credentials/woodwork/v1",
        "_sd": sorted(digests),
    }
    if holder is not None:
        x = base64url(holder.public.key.public_bytes_raw())
        payload["cnf"] = {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": x}}
    token = jws({"typ": "dc+sd-jwt", "kid": signer.method}, payload, signer)
    shown = "~".join([token, *texts[hidden:], ""])
    if holder is None:
        return shown
    said = {
        "aud": "https://employer.example",
        "nonce": "n-1",
        "iat": 1769904001,
        "sd_hash": base64url(hashlib.sha256(shown.encode()).digest()),
    }
    return shown + jws({"typ": "kb+jwt"}, said, holder)


ED, P256, P384 = ed25519_signer(), ec_signer("P-256"), ec_signer("P-384")
SUITES: dict[str, tuple[str, Signer]] = {
    "eddsa-rdfc-2022": ("eddsa-rdfc-2022", ED),
    "Ed25519Signature2020": ("Ed25519Signature2020", ED),
    "ecdsa-rdfc-2019-P-256": ("ecdsa-rdfc-2019", P256),
    "ecdsa-rdfc-2019-P-384": ("ecdsa-rdfc-2019", P384),
    "eddsa-jcs-2022": ("eddsa-jcs-2022", ED),
    "ecdsa-jcs-2019-P-256": ("ecdsa-jcs-2019", P256),
    "ecdsa-jcs-2019-P-384": ("ecdsa-jcs-2019", P384),
}


def text(written: Json) -> str:
    return json.dumps(written, ensure_ascii=False)


def good() -> dict[str, str]:
    """Make one valid credential of each kind."""
    made = {name: text(data_integrity(*SUITES[name])) for name in SUITES}
    both = data_integrity("eddsa-rdfc-2022", ED)
    made["proof-set"] = text(data_integrity("eddsa-jcs-2022", ED, both))
    made["jwt-EdDSA"] = jwt(ED)
    made["jwt-ES256"] = jwt(P256, typ="vc+jwt")
    made["jwt-ES384"] = jwt(P384)
    made["jwt-RS256"] = jwt(rsa_signer())
    made["jwt-1.1"] = jwt_of_1_1(ED)
    made["sd-jwt"] = sd_jwt(P256)
    made["sd-jwt-bound"] = sd_jwt(ED, holder=ed25519_signer("holder"))
    return made


def changed(made: str) -> str:
    """Change one letter of what was signed."""
    if made.startswith("{"):
        return made.replace("Woodwork", "Woodwerk").replace("chairs", "cheirs")
    header, payload, rest = made.split(".", 2)
    data = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    other = data.replace(b"Harbour", b"Barbour").replace(b"Sailor", b"Tailor")
    other = other.replace(b"woodwork", b"woodwerk")
    assert other != data
    return f"{header}.{base64url(other)}.{rest}"

"""Attacks on JWS: the header's promises, the key's origin, the encoding (table 1a)."""

import hashlib
import hmac
import json
from collections.abc import Iterator

from cryptography.hazmat.primitives import serialization

from tests.hostile.badges import (
    Group,
    badge,
    served,
    text,
)
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    MALLORY,
    NORTHLIGHT,
    JsonObject,
    Signer,
    b64,
    compact,
    did_jwk,
    did_key,
    header_of,
    jws,
    token,
)

GROUP = Group("signatures-and-keys")
ES256 = did_key("harbour", "P-256")
# Whatever stands here must never be asked for.
NEVER = "https://keys.never.example"


def files() -> Iterator[HostileFile]:
    yield from _none()
    yield from _hmac()
    yield from _header_key()
    yield from _remote_keys()
    yield from _kid()
    yield from _crit_and_typ()


def _unsigned(header: JsonObject, signature: str = "") -> str:
    return f"{b64(compact(header))}.{b64(compact(badge()))}.{signature}"


def _none() -> Iterator[HostileFile]:
    why = "the token says that it is not signed"
    good = token(badge()).rpartition(".")[2]
    for name, alg in (
        ("lower", "none"),
        ("capital", "None"),
        ("upper", "NONE"),
        ("mixed", "nOnE"),
        ("empty", ""),
        ("missing", None),
        ("number", 0),
        ("list", ["none", "EdDSA"]),
    ):
        header = header_of(HARBOUR, alg=alg)
        yield GROUP.file(f"alg-none/{name}", _unsigned(header), why)
    yield GROUP.file(
        "alg-none/with-a-signature",
        _unsigned(header_of(HARBOUR, alg="none"), good),
        why,
    )
    yield GROUP.file(
        "alg-none/two-parts", _unsigned(header_of(HARBOUR, alg="none"))[:-1], why
    )


def _hmac() -> Iterator[HostileFile]:
    public = ES256.key.private.public_key()
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    raw = HARBOUR.key.private.public_key().public_bytes_raw()
    for name, signer, secret, alg in (
        ("pem", ES256, pem, "HS256"),
        ("der", ES256, der, "HS256"),
        ("jwk", ES256, compact(ES256.key.jwk), "HS256"),
        ("raw", HARBOUR, raw, "HS256"),
        ("multibase", HARBOUR, HARBOUR.key.multibase.encode(), "HS256"),
        ("pem-384", ES256, pem, "HS384"),
        ("raw-512", HARBOUR, raw, "HS512"),
    ):
        body = (
            f"{b64(compact(header_of(signer, alg=alg)))}.{b64(compact(badge(signer)))}"
        )
        digest = getattr(hashlib, f"sha{alg[2:]}")
        mac = hmac.new(secret, body.encode(), digest).digest()
        yield GROUP.file(
            f"hmac-with-the-public-key/{name}",
            f"{body}.{b64(mac)}",
            "everybody has the public key, so everybody could have made this code",
        )


def _header_key() -> Iterator[HostileFile]:
    row = "key-in-the-header"
    foreign = {"jwk": MALLORY.key.jwk, "kid": None}
    document = badge()
    yield GROUP.file(
        f"{row}/foreign-did-key",
        jws(header_of(HARBOUR, **foreign), document, MALLORY.key),
        "the key in the header is not the issuer's did:key",
    )
    own = did_jwk("harbour")
    yield GROUP.file(
        f"{row}/foreign-did-jwk",
        jws(header_of(own, **foreign, alg="EdDSA"), badge(own), MALLORY.key),
        "the key in the header is not the issuer's did:jwk",
    )
    forged = jws(header_of(NORTHLIGHT, **foreign), badge(NORTHLIGHT), MALLORY.key)
    yield GROUP.file(
        f"{row}/not-listed-by-did-web",
        forged,
        "the issuer's DID document does not list the key in the header",
        documents=served(NORTHLIGHT),
    )
    yield GROUP.file(
        f"{row}/did-web-out-of-reach",
        forged,
        "nothing but the header ties the key to the issuer",
        "warn",
        problem="self-asserted-key",
    )
    https = Signer("https://harbour.example.org/issuer", "", MALLORY.key)
    yield GROUP.file(
        f"{row}/https-issuer",
        jws(header_of(https, **foreign), badge(https), MALLORY.key),
        "nothing but the header ties the key to the issuer",
        "warn",
        problem="self-asserted-key",
    )
    keys = {"keys": [{**HARBOUR.key.jwk, "kid": "key-1"}]}
    yield GROUP.file(
        f"{row}/not-in-the-jwks",
        jws(header_of(https, **foreign), badge(https), MALLORY.key),
        "the issuer's own key set does not hold the key in the header",
        documents={https.id: text(keys)},
    )
    yield GROUP.file(
        f"{row}/kid-of-the-issuer",
        jws(header_of(HARBOUR, jwk=MALLORY.key.jwk), document, MALLORY.key),
        "kid names the issuer's key, jwk another one",
    )
    for name, member in (
        ("private", {**HARBOUR.key.jwk, "d": b64(b"\x01" * 32)}),
        ("symmetric", {"kty": "oct", "k": b64(b"secret")}),
        ("for-encryption", {**HARBOUR.key.jwk, "use": "enc"}),
        ("of-another-algorithm", {**HARBOUR.key.jwk, "alg": "ES256"}),
        ("text", json.dumps(HARBOUR.key.jwk)),
    ):
        yield GROUP.file(
            f"{row}/{name}",
            token(document, HARBOUR, jwk=member, kid=None),
            "the key in the header is no public key for signatures",
        )


def _remote_keys() -> Iterator[HostileFile]:
    row = "keys-by-reference"
    keys = text({"keys": [{**MALLORY.key.jwk, "kid": "key-1"}]})
    why = "the header says where a key can be had; it must not be asked for"
    for name, members in (
        ("jku", {"jku": f"{NEVER}/jwks.json", "kid": "key-1"}),
        ("jku-without-kid", {"jku": f"{NEVER}/jwks.json", "kid": None}),
        ("x5u", {"x5u": f"{NEVER}/cert.pem", "kid": None}),
        ("x5c", {"x5c": ["MIIB"], "kid": None}),
        ("jku-loopback", {"jku": "http://127.0.0.1:8080/jwks.json"}),
        ("jku-file", {"jku": "file:///etc/passwd"}),
    ):
        yield GROUP.file(
            f"{row}/{name}",
            jws(header_of(HARBOUR, **members), badge(), MALLORY.key),
            why,
            documents={f"{NEVER}/jwks.json": keys, f"{NEVER}/cert.pem": keys},
        )
    yield GROUP.file(
        f"{row}/ignored",
        token(badge(), jku=f"{NEVER}/jwks.json", x5u=f"{NEVER}/cert.pem"),
        "signed by the issuer; the addresses in the header must not be asked for",
        "accept-safely",
    )


def _kid() -> Iterator[HostileFile]:
    row = "kid"
    for name, kid in (
        ("another-did", MALLORY.method),
        ("path", "../../../../../../dev/null"),
        ("file-url", "file:///dev/null"),
        ("sql", "x' UNION SELECT 'key"),
        ("array", [HARBOUR.method]),
        ("number", 1),
        ("empty", ""),
        ("null", None),
        ("object", {"id": HARBOUR.method}),
        ("command", "key-1; touch /tmp/owned"),
        ("of-another-fragment", f"{HARBOUR.id}#{MALLORY.key.multibase}"),
    ):
        header = header_of(HARBOUR) | {"kid": kid}
        yield GROUP.file(
            f"{row}/{name}",
            jws(header, badge(), MALLORY.key),
            "kid is a name to be compared, and this is not the issuer's",
        )
    listed = served(NORTHLIGHT)
    for name, kid in (
        ("bare-name-of-none", "key-2"),
        ("path-at-the-issuer", "/etc/passwd"),
        ("another-did-web", "did:web:mallory.example.org#key-1"),
    ):
        mallory = Signer("did:web:mallory.example.org", "", MALLORY.key)
        owned = Signer(mallory.id, f"{mallory.id}#key-1", MALLORY.key)
        yield GROUP.file(
            f"{row}/{name}",
            jws(header_of(NORTHLIGHT, kid=kid), badge(NORTHLIGHT), MALLORY.key),
            "the issuer's document lists no such key",
            documents=listed | served(owned),
        )


def _crit_and_typ() -> Iterator[HostileFile]:
    row = "crit-and-typ"
    for name, members in (
        ("unknown-crit", {"crit": ["exp"], "exp": 1}),
        ("empty-crit", {"crit": []}),
        ("crit-b64", {"crit": ["b64"], "b64": True}),
        ("b64-number", {"b64": 0}),
        ("b64-text", {"b64": "false"}),
    ):
        yield GROUP.file(
            f"{row}/{name}",
            token(badge(), **members),
            "an extension that must be understood and is not",
        )
    header = b64(compact(header_of(HARBOUR, b64=False, crit=["b64"])))
    payload = compact(badge())
    signature = b64(HARBOUR.key.sign(header.encode() + b"." + payload))
    yield GROUP.file(
        f"{row}/b64-false",
        f"{header}.{b64(payload)}.{signature}",
        "the signature covers the payload as it is, not its base64url",
    )
    for typ in ("kb+jwt", "at+jwt", "dpop+jwt", "application/at+jwt", 1, ["vc+jwt"]):
        name = "".join(c if c.isalnum() else "-" for c in str(typ)).strip("-")
        yield GROUP.file(
            f"{row}/typ-{name}",
            token(badge(), typ=typ),
            "a token that was made for another purpose",
        )
    yield GROUP.file(
        f"{row}/presentation-type",
        token(badge(), typ="vp+jwt"),
        "the type says presentation, the payload is a credential",
    )

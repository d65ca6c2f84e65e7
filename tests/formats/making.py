"""Small badges in every container, to be changed by the tests."""

import base64
import json
import zlib

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIAL = {
    "@context": [V2],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:example:issuer", "type": "Profile"},
    "validFrom": "2024-05-01T00:00:00Z",
    "validUntil": "2030-05-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:learner", "type": "AchievementSubject"},
}
CLAIMS = {
    "iss": "did:example:issuer",
    "jti": "urn:uuid:1",
    "sub": "did:example:learner",
    "nbf": 1714521600,
    "exp": 1903824000,
}
ASSERTION = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://issuer.example/a/1",
    "badge": "https://issuer.example/b/1",
    "recipient": {"type": "email", "identity": "a@b.example", "hashed": False},
    "verification": {"type": "hosted"},
}


def as_json(value) -> bytes:
    return json.dumps(value).encode()


def b64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def token(payload, *, header=None, signature=b"signature") -> bytes:
    """Make a compact JWS; `payload` and `header` may be bytes to be taken as such."""
    header = {"alg": "EdDSA", "typ": "vc+jwt"} if header is None else header
    parts = [
        part if isinstance(part, bytes) else as_json(part) for part in (header, payload)
    ]
    return b".".join(b64(part) for part in (*parts, signature))


def chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content).to_bytes(4)
    return len(content).to_bytes(4) + name + content + checksum


SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\0"))
END = chunk(b"IEND", b"")


def png(*chunks: bytes, end: bytes = END) -> bytes:
    return b"".join((SIGNATURE, HEADER, PIXELS, *chunks, end))


def itxt(text: bytes, *, keyword=b"openbadgecredential", packed=False) -> bytes:
    body = zlib.compress(text) if packed else text
    flag = b"\1" if packed else b"\0"
    return chunk(b"iTXt", keyword + b"\0" + flag + b"\0\0\0" + body)


def svg(badge: str, *, before: str = "", root: str = "svg") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<{root} xmlns="http://www.w3.org/2000/svg" '
        'xmlns:ob="https://purl.imsglobal.org/ob/v3p0" '
        'xmlns:old="http://openbadges.org">'
        f"{badge}<rect/></{root}>"
    ).encode()

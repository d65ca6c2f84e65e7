"""Attacks on how a JWS is written, and on what its claims say (table 1a)."""

import zlib
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import utils

from tests.hostile.badges import (
    ID,
    V1,
    Group,
    badge,
)
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    MALLORY,
    b64,
    compact,
    did_key,
    token,
)

GROUP = Group("signatures-and-keys")
ES256 = did_key("harbour", "P-256")


def files() -> Iterator[HostileFile]:
    yield from _encodings()
    yield from _encrypted()
    yield from _claims()


def _encodings() -> Iterator[HostileFile]:
    row = "canonical-signatures"
    good = token(badge(ES256), ES256)
    body, _, last = good.rpartition(".")
    size = ES256.key.size
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    raw = ES256.key.sign(body.encode())
    r, s = int.from_bytes(raw[:size]), int.from_bytes(raw[size:])
    for name, signature, why in (
        ("r-and-s-zero", bytes(64), "r = s = 0 fits every message in careless code"),
        ("r-is-the-order", order.to_bytes(32) + raw[32:], "r is not below the order"),
        ("der", utils.encode_dss_signature(r, s), "DER where r || s is required"),
        ("65-bytes", raw + b"\0", "one byte too many"),
        ("63-bytes", raw[:-1], "one byte too few"),
        ("66-bytes", b"\0" + raw[:32] + b"\0" + raw[32:], "padded with zeros"),
        ("empty", b"", "no signature at all"),
    ):
        yield GROUP.file(f"{row}/es256-{name}", f"{body}.{b64(signature)}", why)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spare = alphabet[alphabet.index(last[-1]) ^ 1]
    for name, signature in (
        ("spare-bits", last[:-1] + spare),
        ("padding", last + "=="),
        ("line-end-inside", f"{last[:40]}\n{last[40:]}"),
        ("other-alphabet", _standard(body)),
    ):
        yield GROUP.file(
            f"{row}/base64-{name}",
            f"{body}.{signature}",
            "a second text for the same bytes",
        )
    ed = token(badge())
    body = ed.rpartition(".")[0]
    signature = HARBOUR.key.sign(body.encode())
    more = (
        int.from_bytes(signature[32:], "little")
        + 2**252
        + (27742317777372353535851937790883648493)
    )
    for name, value, why in (
        ("s-plus-l", signature[:32] + more.to_bytes(32, "little"), "S is not below L"),
        ("zeros", bytes(64), "all zeros"),
        ("one-byte-more", signature + b"\0", "one byte too many"),
    ):
        yield GROUP.file(f"{row}/ed25519-{name}", f"{body}.{b64(value)}", why)


def _encrypted() -> Iterator[HostileFile]:
    row = "encrypted-tokens"
    work = {
        "alg": "PBES2-HS256+A128KW",
        "enc": "A128GCM",
        "p2c": 2**31,
        "p2s": b64(b"salt" * 4),
    }
    bomb = {"alg": "dir", "enc": "A128GCM", "zip": "DEF"}
    zeros = b64(zlib.compress(bytes(4 * 1024 * 1024), 9))
    parts = (b64(b"k" * 24), b64(b"i" * 12), b64(b"c" * 64), b64(b"t" * 16))
    yield GROUP.file(
        f"{row}/two-thousand-million-rounds",
        ".".join((b64(compact(work)), *parts)),
        "2^31 rounds of key derivation, asked for by the file",
    )
    yield GROUP.file(
        f"{row}/deflate-bomb",
        ".".join((b64(compact(bomb)), "", parts[1], zeros, parts[3])),
        "a plaintext that inflates",
    )
    yield GROUP.file(
        f"{row}/json-form",
        {
            "protected": b64(compact(work)),
            "encrypted_key": parts[0],
            "iv": parts[1],
            "ciphertext": parts[2],
            "tag": parts[3],
        },
        "the same in JSON",
    )


def _claims() -> Iterator[HostileFile]:
    row = "claims-disagree"
    document = badge()
    for name, claims in (
        ("iss", {"iss": MALLORY.id}),
        ("iss-no-text", {"iss": [HARBOUR.id]}),
        ("sub", {"sub": "did:example:somebody-else"}),
        ("jti", {"jti": "urn:uuid:00000000-0000-4000-8000-000000000000"}),
        ("nbf", {"nbf": 1704067200}),
        ("exp", {"exp": 4102444800, "validUntil": "2031-01-01T00:00:00Z"}),
        ("second-copy", {"vc": badge(name="Master of Everything")}),
        ("same-copy", {"vc": document}),
    ):
        yield GROUP.file(
            f"{row}/{name}",
            token({**document, **claims}, typ="JWT"),
            "a claim and the member that it mirrors say different things",
        )
    yield GROUP.file(
        f"{row}/vc-in-vc-jwt",
        token({**document, "vc": document}),
        "VC-JOSE-COSE forbids a vc claim",
    )
    yield GROUP.file(
        f"{row}/vc-and-vp",
        token(
            {"iss": HARBOUR.id, "vc": _old(), "vp": {"holder": "did:example:x"}},
            typ="JWT",
        ),
        "a credential and a presentation in one token",
    )
    yield GROUP.file(
        f"{row}/old-form-iss",
        token({"iss": MALLORY.id, "vc": _old(), "jti": ID}, typ="JWT"),
        "a VC 1.1 token whose iss is not the issuer inside",
    )


def _standard(body: str) -> str:
    """Find a signature whose text holds a character of the other alphabet."""
    for number in range(100):
        again = token(badge(name=f"Knots {number}"), ES256)
        if "-" in again.rpartition(".")[2] or "_" in again.rpartition(".")[2]:
            return again.rpartition(".")[2].replace("-", "+").replace("_", "/")
    raise AssertionError(body)


def _old() -> dict[str, Any]:
    return badge(
        context=[V1],
        validFrom=None,
        issuanceDate="2026-02-01T00:00:00Z",
        type=["VerifiableCredential"],
    )

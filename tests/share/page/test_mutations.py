"""Credentials changed in hundreds of ways, and signed: page and command line agree."""

import base64
import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from credwallet.errors import CredwalletError
from tests.share.page import making
from tests.share.page.test_verdicts import agrees, in_node, on_the_command_line

Json = dict[str, Any]
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "did:example:x",
    "https://example.org/a b",
    "https://example.org/\u00e9",
    "urn:x",
    "2026-02-30T00:00:00Z",
    "2026-02-01T24:00:00Z",
    "2026-02-01T24:00:01Z",
    "2026-02-01T10:00:00",
    "2026-02-01T10:00:00+14:00",
    "2026-02-01T10:00:00+14:01",
    "2026-02-01T10:00:00.123456789-00:00",
    "2026-02-01",
    "9999-12-31T24:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "2026-11-24T12:00:59Z",
    "2026-11-24T12:01:01Z",
    "2026-11-24T11:59:01Z",
    "2026-11-24T11:58:59Z",
    [],
    {},
    [[]],
    [{}],
    ["x", "y"],
    {"id": "x"},
    {"id": "did:example:x", "type": ["Thing"]},
    {"type": "Thing"},
    {"@value": "x"},
    {"@value": "x", "@language": 1},
    {"@value": "x", "@direction": "up"},
    {"@value": "x", "@language": "en", "@direction": "rtl"},
)
MEMBERS = (
    "@context",
    "id",
    "type",
    "issuer",
    "name",
    "description",
    "validFrom",
    "validUntil",
    "issuanceDate",
    "expirationDate",
    "credentialSubject",
    "credentialStatus",
    "evidence",
    "termsOfUse",
    "refreshService",
    "relatedResource",
    "verifiableCredential",
    "holder",
    "@id",
    "@type",
)
INNER = ("id", "type", "name", "achievement", "creditsEarned", "result", "@id", "@type")
TYPES = (
    "ClrCredential",
    "EndorsementCredential",
    "BitstringStatusListCredential",
    "StatusList2021Credential",
    "AchievementCredential",
    "VerifiablePresentation",
)
JWT_CLAIMS = ("iss", "sub", "jti", "nbf", "exp", "iat", "aud", "vc", "vp", "cnf")
NUMBERS = (
    0,
    1769904000,
    1795521600,
    1795521659,
    1795521661,
    1e12,
    1769904000.5,
    -1,
    "1",
)


def places(document: Json) -> list[Json]:
    """List the objects in which something may be changed."""
    subject = document.get("credentialSubject")
    found = [document, document.get("issuer"), subject]
    if isinstance(subject, dict):
        found.append(subject.get("achievement"))
    return [place for place in found if isinstance(place, dict)]


def change(chance: random.Random, document: Json) -> None:
    """Change one thing."""
    spot = chance.choice(places(document))
    name = chance.choice(MEMBERS if spot is document else INNER)
    what = chance.random()
    if what < 0.15:
        spot.pop(name, None)
    elif what < 0.25 and isinstance(document.get("type"), list):
        document["type"] = [*document["type"], chance.choice(TYPES)]
    else:
        spot[name] = chance.choice(VALUES)


def mutated(seed: int) -> str:
    """Make a credential with a few changes, and sign it so that the proof fits."""
    chance = random.Random(seed)  # noqa: S311 -- the same ones each time
    written = json.loads(json.dumps(making.document(making.ED)))
    if chance.random() < 0.3:
        written["@context"][0] = "https://www.w3.org/2018/credentials/v1"
        written["issuanceDate"] = written.pop("validFrom")
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change(chance, written)
    written.pop("proof", None)
    if seed % 3 == 0:
        claims = {"iss": making.ED.did}
        for _ in range(chance.choice((0, 1, 1, 2))):
            name = chance.choice(JWT_CLAIMS)
            claims[name] = chance.choice(VALUES + NUMBERS * 4)
        typ = chance.choice(("JWT", "vc+jwt", "vc+ld+jwt", "vp+jwt", ""))
        header = {"typ": typ, "kid": making.ED.method}
        return making.jws(header, {**written, **claims}, making.ED)
    suite = chance.choice(("eddsa-jcs-2022", "eddsa-rdfc-2022"))
    try:
        made = making.data_integrity(suite, making.ED, written)
    except CredwalletError:
        # What cannot be signed is put as it is.
        made = {**written, "proof": {"type": "DataIntegrityProof"}}
    if seed % 3 == 1:
        name = chance.choice(
            ("created", "expires", "proofPurpose", "previousProof", "id")
        )
        made["proof"][name] = chance.choice(VALUES)
    return making.text(made)


@pytest.mark.parametrize("start", [0, 400, 800])
def test_page_and_command_line_agree_on_changed_credentials(
    tmp_path: Path, start: int
) -> None:
    paths = []
    for seed in range(start, start + 400):
        path = tmp_path / f"{seed}.txt"
        path.write_text(mutated(seed))
        paths.append(path)
    differing = {}
    verdicts = set()
    for path, answer in zip(paths, in_node(paths), strict=True):
        ours = on_the_command_line(path.read_bytes())
        verdicts.add(ours)
        if not agrees(ours, answer["verdict"], answer["notes"]):
            differing[path.stem] = (ours, answer)
    assert differing == {}
    assert {"valid", "malformed", "invalid"} <= verdicts


KIDS: tuple[Any, ...] = (
    making.ED.method,
    making.ED.did,
    f"{making.ED.did}#other",
    making.ED.did.removeprefix("did:key:"),
    f"#{making.ED.did.removeprefix('did:key:')}",
    making.P256.method,
    making.P256.did,
    "did:web:x.example#k",
    "did:example:x",
    "did:key:z6Mk",
    "did:key:uAAA",
    "did:jwk:e30",
    "did:jwk:e30#0",
    "did:key:z6Mk/path",
    "https://x.example/keys#k",
    "https://x.example/keys#" + making.ED.did.removeprefix("did:key:"),
    "urn:x#" + making.ED.did.removeprefix("did:key:"),
    "ftp://x",
    "key-1",
    "",
    None,
    1,
    "did:key:" + "z" * 17_000,
    "did:key:z6Mk\u00e9",
)
# Keys of small order, not canonical, and of the other curve.
ED25519_BYTES = (
    making.ED.public.key.public_bytes_raw(),
    bytes(32),
    b"\x01" + bytes(31),
    b"\xff" * 32,
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes(31),
)


def changed_jwk(chance: random.Random) -> Any:
    """State the issuer's key, or something like it."""
    jwk: Json = {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": making.base64url(chance.choice(ED25519_BYTES)),
    }
    for _ in range(chance.choice((0, 1, 1, 2))):
        name = chance.choice(
            ("kty", "crv", "x", "y", "d", "use", "alg", "key_ops", "kid", "n", "e")
        )
        jwk[name] = chance.choice(
            (
                *("OKP", "EC", "RSA", "oct", "P-256", "secp256k1", "X25519", "Ed448"),
                *("sig", "enc", "EdDSA", "ES256", "Ed25519", "", None, 1, "AQ", "AQAB"),
                *(
                    ["verify"],
                    ["sign"],
                    [],
                    {},
                    f"{jwk['x']}=",
                    f"{jwk['x']}"[:-1] + "B",
                ),
            )
        )
    return chance.choice((jwk, jwk, jwk, jwk, jwk, None, [], "x"))


def changed_token(seed: int) -> str:
    """Sign a good badge under a header that is not as it should be."""
    chance = random.Random(seed)  # noqa: S311 -- the same ones each time
    header: Json = {"typ": chance.choice(("JWT", "vc+jwt"))}
    if chance.random() < 0.7:
        header["kid"] = chance.choice(KIDS)
    if chance.random() < 0.4:
        header["jwk"] = changed_jwk(chance)
    if chance.random() < 0.2:
        name = chance.choice(("alg", "crit", "b64", "typ", "x5c", "cty"))
        header[name] = chance.choice(
            ("EdDSA", "Ed25519", "ES256", "none", "RS256", "jwt", [], ["b64"], True, 1)
        )
    issuer = chance.choice(
        (making.ED.did, making.ED.did, "https://x.example/issuer", "did:web:x.example")
    )
    written = making.document(making.ED, issuer={"id": issuer, "type": ["Profile"]})
    return making.jws(header, written, making.ED)


def changed_sd_jwt(seed: int) -> str:
    """Issue a token with disclosures that are not as they should be."""
    chance = random.Random(seed)  # noqa: S311 -- the same ones each time
    token, *texts, _ = making.sd_jwt(making.ED, hidden=0).split("~")
    _, payload, _ = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    extra = ["salt", chance.choice(("iss", "_sd", "...", "vct", "given_name", "x"))]
    entry = chance.choice(
        ([*extra, 1], extra, ["s", "x", {"_sd": claims["_sd"]}], [1], {})
    )
    text = making.base64url(json.dumps(entry).encode())
    digest = making.base64url(hashlib.sha256(text.encode()).digest())
    what = chance.randrange(8)
    if what == 0:
        claims["_sd"].append(digest)
    elif what == 1:
        claims["list"] = [{"...": digest}, 1]
    elif what == 2:
        claims["status"] = {"_sd": [digest]}
    elif what == 3:
        claims["_sd_alg"] = chance.choice(("sha-512", "md5", 1, "sha-256"))
    elif what == 4:
        claims[chance.choice(("iss", "vct", "nbf", "exp", "iat", "status", "cnf"))] = (
            chance.choice(VALUES + NUMBERS)
        )
    elif what == 5:
        claims["inner"] = {"_sd": [digest, digest][: chance.choice((1, 2))]}
    if chance.random() < 0.6:
        texts.append(text)
    if chance.random() < 0.2:
        texts.append(texts[0])
    header = {"typ": chance.choice(("dc+sd-jwt", "dc+sd-jwt", "vc+sd-jwt", "JWT", ""))}
    if chance.random() < 0.8:
        header["kid"] = making.ED.method
    return "~".join([making.jws(header, claims, making.ED), *texts, ""])


@pytest.mark.parametrize("make", [changed_token, changed_sd_jwt])
def test_page_and_command_line_agree_on_changed_tokens(
    tmp_path: Path, make: Callable[[int], str]
) -> None:
    paths = []
    for seed in range(600):
        path = tmp_path / f"{seed}.txt"
        path.write_text(make(seed))
        paths.append(path)
    differing = {}
    verdicts = set()
    for path, answer in zip(paths, in_node(paths), strict=True):
        ours = on_the_command_line(path.read_bytes())
        verdicts.add(ours)
        if not agrees(ours, answer["verdict"], answer["notes"]):
            differing[path.stem] = (ours, answer)
    assert differing == {}
    assert {"valid", "undetermined", "invalid"} <= verdicts


def gathered() -> dict[str, str]:
    """Put credentials into presentations and records in many ways."""
    good = making.data_integrity("eddsa-rdfc-2022", making.ED)
    bad = {**good, "name": "Changed"}
    token = making.jwt(making.P256)
    enveloped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }
    bare = making.document(making.ED)
    parts: dict[str, Any] = {
        "good": [good],
        "single": good,
        "bad": [good, bad],
        "token": [token, making.sd_jwt(making.ED)],
        "enveloped": [enveloped],
        "no-sd-jwt": [{**enveloped, "id": f"data:application/vc+sd-jwt,{token}"}],
        "no-jwt": [
            {**enveloped, "id": f"data:application/vc+jwt,{making.sd_jwt(making.ED)}"}
        ],
        "base64": [{**enveloped, "id": "data:application/vc+jwt;base64,AAAA"}],
        "other": [{**enveloped, "id": "data:application/pdf,x"}],
        "none": [],
        "null": None,
        "odd": [1],
        "text": ["x"],
        "unsigned": [bare],
    }
    envelope = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
    }
    made = {}
    for name, value in parts.items():
        outer = {**envelope, "verifiableCredential": value}
        made[f"envelope-{name}"] = making.text(outer)
        held = {**outer, "holder": making.ED.did}
        made[f"holder-{name}"] = making.text(held)
        header = {"typ": "vp+jwt", "kid": making.ED.method}
        made[f"token-{name}"] = making.jws(header, held, making.ED)
        proof = making.data_integrity("eddsa-jcs-2022", making.ED, held)
        made[f"signed-{name}"] = making.text(proof)
        made[f"nested-{name}"] = making.text(
            {**envelope, "verifiableCredential": outer}
        )
        made[f"list-{name}"] = json.dumps(value)
        subject = {"type": ["ClrSubject"], "verifiableCredential": value}
        record = {
            **{k: v for k, v in bare.items() if k != "credentialSubject"},
            "type": ["VerifiableCredential", "ClrCredential"],
            "credentialSubject": subject,
        }
        signed = making.data_integrity("eddsa-jcs-2022", making.ED, record)
        made[f"record-{name}"] = making.text(signed)
        around = {**envelope, "verifiableCredential": [signed]}
        made[f"around-{name}"] = making.text(around)
    return made


def test_page_and_command_line_agree_on_what_is_gathered(tmp_path: Path) -> None:
    paths = []
    for name, text in gathered().items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text)
        paths.append(path)
    differing = {}
    verdicts = set()
    for path, answer in zip(paths, in_node(paths), strict=True):
        ours = on_the_command_line(path.read_bytes())
        verdicts.add(ours)
        if ours != answer["verdict"]:
            differing[path.stem] = (ours, answer)
    assert differing == {}
    assert {"valid", "undetermined", "invalid", "malformed"} <= verdicts

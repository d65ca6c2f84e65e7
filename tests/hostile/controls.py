"""Good files of every format: a verifier that refuses everything fails them."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

from credwallet.formats import png
from tests.hostile import open_badges_2
from tests.hostile.badges import (
    OB,
    SUITE_2020,
    V1,
    V2,
    VARIANTS,
    Group,
    badge,
    secured,
    served,
    subject,
    suffix_of,
    text,
)
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    NORTHLIGHT,
    JsonObject,
    Signer,
    b64,
    did_jwk,
    did_key,
    did_web,
    header_of,
    jws,
    proof_over,
    proven,
    token,
)
from tests.samples.make import picture

GROUP = Group("controls")
LIST = "https://northlight.example.org/status/1"
OLD_CONTEXTS = [V1, OB, "https://w3id.org/security/data-integrity/v2"]


def files() -> Iterator[HostileFile]:
    yield from _suites()
    yield from _methods()
    yield from _tokens()
    yield from _older()
    yield from _pictures()
    yield from _presentations()
    yield from _status()
    yield from _unusual()
    yield from _open_badges_2()


def _control(
    id_: str, data: bytes | str | JsonObject, why: str, **more: Any
) -> HostileFile:
    return GROUP.file(f"control/{id_}", data, why, "valid", **more)


def _suites() -> Iterator[HostileFile]:
    for variant in VARIANTS:
        yield _control(
            variant,
            secured(badge(), HARBOUR, variant),
            "a good badge",
            suffix=suffix_of(variant),
        )
    for kind in ("P-256", "P-384"):
        signer = did_key("harbour", kind)
        for suite in ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"):
            yield _control(
                f"{suite}-{kind.lower()}",
                proven(badge(signer), signer, suite),
                "a good badge",
            )
    yield _control(
        "ed25519-signature-2020",
        proven(badge(context=[V2, OB, SUITE_2020]), HARBOUR, "Ed25519Signature2020"),
        "a good badge with a proof of the older kind",
    )


def _methods() -> Iterator[HostileFile]:
    for variant in VARIANTS:
        yield _control(
            f"did-web-{variant}",
            secured(badge(NORTHLIGHT), NORTHLIGHT, variant),
            "a good badge of an issuer with a host",
            documents=served(NORTHLIGHT),
            suffix=suffix_of(variant),
        )
    owner = did_jwk("harbour", "Ed25519")
    yield _control(
        "did-jwk-eddsa-jcs-2022",
        proven(badge(owner), owner, VARIANTS[0]),
        "a good badge of a did:jwk issuer",
    )


def _tokens() -> Iterator[HostileFile]:
    for kind, name in (("P-256", "es256"), ("P-384", "es384"), ("P-521", "es512")):
        signer = did_jwk("harbour", kind)
        yield _control(f"vc-jwt-{name}", token(badge(signer), signer), "a good token")
    rsa = did_jwk("harbour", "RSA")
    yield _control("vc-jwt-rs256", token(badge(rsa), rsa), "a good token")
    own = jws(header_of(HARBOUR, kid=None, jwk=HARBOUR.key.jwk), badge(), HARBOUR.key)
    yield _control(
        "vc-jwt-own-jwk", own, "the key in the header is the issuer's did:key"
    )
    https = Signer("https://harbour.example.org/issuer", "key-1", HARBOUR.key)
    keys = {"keys": [{**HARBOUR.key.jwk, "kid": "key-1"}]}
    yield _control(
        "vc-jwt-https-issuer",
        token(badge(https), https),
        "an issuer with a key set at its address",
        documents={https.id: text(keys)},
    )
    claims = {
        **badge(),
        "iss": HARBOUR.id,
        "sub": "did:example:learner",
        "jti": badge()["id"],
        "nbf": 1769904000,
    }
    yield _control("vc-jwt-with-claims", token(claims, typ="JWT"), "claims that agree")


def _older() -> Iterator[HostileFile]:
    old = badge(
        context=OLD_CONTEXTS, validFrom=None, issuanceDate="2026-02-01T00:00:00Z"
    )
    yield _control("vc-1.1-eddsa-rdfc-2022", proven(old), "a good badge of VC 1.1")
    plain = {k: v for k, v in old.items() if k not in ("id", "issuer", "issuanceDate")}
    claims = {
        "iss": HARBOUR.id,
        "jti": old["id"],
        "sub": "did:example:learner",
        "nbf": 1769904000,
        "vc": {**plain, "@context": [V1, OB]},
    }
    yield _control(
        "vc-1.1-vc-jwt", token(claims, typ="JWT"), "VC 1.1 in a JWT, members as claims"
    )


def _pictures() -> Iterator[HostileFile]:
    document = json.dumps(proven(badge()))
    jcs = json.dumps(proven(badge(), HARBOUR, VARIANTS[0]))
    yield _control(
        "png-eddsa-rdfc-2022",
        png.bake(picture(), png.KEYWORD, document),
        "a badge baked into a PNG",
        suffix=".png",
    )
    yield _control(
        "png-vc-jwt",
        png.bake(picture(), png.KEYWORD, token(badge())),
        "a token baked into a PNG",
        suffix=".png",
    )
    yield _control(
        "svg-eddsa-jcs-2022",
        svg(f"<ob:credential><![CDATA[{jcs}]]></ob:credential>"),
        "a badge baked into an SVG",
        suffix=".svg",
    )
    yield _control(
        "svg-vc-jwt",
        svg(f'<ob:credential verify="{token(badge())}"/>'),
        "a token baked into an SVG",
        suffix=".svg",
    )


def svg(inside: str, *, before: str = "", more: str = "") -> bytes:
    """Draw a picture with a badge element."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:ob="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 8 8">'
        f'{inside}{more}<circle r="4"/></svg>'
    ).encode()


def _presentations() -> Iterator[HostileFile]:
    envelope = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [
            proven(badge()),
            {
                "@context": V2,
                "id": f"data:application/vc+jwt,{token(badge())}",
                "type": "EnvelopedVerifiableCredential",
            },
        ],
    }
    yield _control("presentation-unsigned", envelope, "two good badges in an envelope")
    signed = {
        **envelope,
        "holder": HARBOUR.id,
        "verifiableCredential": [proven(badge())],
    }
    yield _control(
        "presentation-signed",
        proven(signed, HARBOUR, VARIANTS[1], proofPurpose="authentication"),
        "an envelope that its holder signed",
    )


def encoded(*indexes: int, entries: int = 131_072) -> str:
    """Write the bits of a status list."""
    bits = bytearray(entries // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return f"u{b64(gzip.compress(bytes(bits), mtime=0))}"


def status_list(bits: str = "", **changes: Any) -> JsonObject:
    """Write a status list of Northlight's without its proof; 42 is revoked."""
    inner = changes.pop("subject", {})
    written = {
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": NORTHLIGHT.id,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits or encoded(42),
            **inner,
        },
        **changes,
    }
    return {name: value for name, value in written.items() if value is not None}


def entry(index: Any = "7", **changes: Any) -> JsonObject:
    """Write an entry of that list."""
    return {
        "id": f"{LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": LIST,
        **changes,
    }


def _status() -> Iterator[HostileFile]:
    document = badge(NORTHLIGHT, credentialStatus=entry())
    for variant in VARIANTS:
        yield _control(
            f"status-{variant}",
            secured(document, NORTHLIGHT, variant),
            "a badge that its issuer's list does not revoke",
            documents=served(NORTHLIGHT)
            | {LIST: secured(status_list(), NORTHLIGHT, variant)},
            suffix=suffix_of(variant),
        )


def _unusual() -> Iterator[HostileFile]:
    yield _control(
        "bare-did-key-as-method",
        proven(badge(), Signer(HARBOUR.id, HARBOUR.id, HARBOUR.key)),
        "a did:key without fragment names its only key",
    )
    chained = badge()
    first = proof_over(chained, HARBOUR, VARIANTS[0], id="urn:x:first")
    second = proof_over(
        {**chained, "proof": first},
        HARBOUR,
        VARIANTS[0],
        id="urn:x:second",
        previousProof="urn:x:first",
    )
    yield _control(
        "proof-chain",
        {**chained, "proof": [first, second]},
        "a second proof over the first",
    )
    owner = did_web("portland", host="portland.example.org%3A8443")
    yield _control(
        "did-web-with-a-port",
        proven(badge(owner), owner),
        "a did:web on a port of its own",
        documents={
            "https://portland.example.org:8443/.well-known/did.json": next(
                iter(served(owner).values())
            )
        },
    )
    yield from GROUP.signed(
        "control/many-languages",
        badge(
            name="Knoten \u2693 \u7d50\u3073\u76ee \U0001f9f5 \u0639\u0642\u062f",
            credentialSubject=subject(),
        ),
        "names of many scripts, one a word",
        "valid",
    )


def _open_badges_2() -> Iterator[HostileFile]:
    documents = open_badges_2.served()
    hosted = open_badges_2.assertion()
    yield _control(
        "open-badges-2-hosted", hosted, "a badge on its host", documents=documents
    )
    yield _control(
        "open-badges-2-signed",
        open_badges_2.signed(),
        "a badge signed by the issuer's key",
        documents=documents,
    )

"""Attacks on embedded proofs: whose key, for what, over what (table 1a)."""

from collections.abc import Iterator
from typing import Any

from credwallet.keys.multibase import base58_decode, base58_encode
from tests.hostile.badges import (
    VARIANTS,
    Group,
    badge,
    secured,
    served,
    suffix_of,
)
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    MALLORY,
    NORTHLIGHT,
    JsonObject,
    Signer,
    b64,
    did_web,
    header_of,
    jws,
    proven,
)

GROUP = Group("signatures-and-keys")
SUITES = VARIANTS[:2]
# y = 1, the neutral element: R = A and S = 0 fit a good part of all messages.
SMALL_ORDER = bytes([1]) + bytes(31)


def files() -> Iterator[HostileFile]:
    yield from _small_order()
    yield from _proof_values()
    yield from _owners()
    yield from _listed()
    yield from _purposes()


def _small_order() -> Iterator[HostileFile]:
    text_ = "z" + base58_encode(b"\xed\x01" + SMALL_ORDER)
    weak = Signer(f"did:key:{text_}", f"did:key:{text_}#{text_}", HARBOUR.key)
    value = SMALL_ORDER + bytes(32)
    for suite in SUITES:
        document = proven(badge(weak), weak, suite)
        document["proof"]["proofValue"] = "z" + base58_encode(value)
        yield GROUP.file(
            f"canonical-signatures/small-order-key/{suite}",
            document,
            "a key for which one signature fits every message",
        )
    body = jws(header_of(weak), badge(weak), HARBOUR.key).rpartition(".")[0]
    yield GROUP.file(
        "canonical-signatures/small-order-key/vc-jwt",
        f"{body}.{b64(value)}",
        "a key for which one signature fits every message",
    )


def _proof_values() -> Iterator[HostileFile]:
    def longer(raw: bytes) -> str:
        return "z" + base58_encode(raw + b"\0")

    def s_plus_l(raw: bytes) -> str:
        order = 2**252 + 27742317777372353535851937790883648493
        s = int.from_bytes(raw[32:], "little") + order
        return "z" + base58_encode(raw[:32] + s.to_bytes(32, "little"))

    for name, change, why in (
        ("65-bytes", longer, "one byte too many"),
        ("s-plus-l", s_plus_l, "S is not below L"),
        ("zeros", lambda _: "z" + "1" * 64, "all zeros"),
        ("empty", lambda _: "", "no signature"),
        ("base64url", lambda raw: f"u{b64(raw)}", "the suites want base58btc"),
        ("no-header", base58_encode, "no multibase header"),
        (
            "zero-in-front",
            lambda raw: f"z1{base58_encode(raw)}",
            "a zero byte in front",
        ),
        ("space", lambda raw: f"z{base58_encode(raw)} ", "a space behind"),
        ("number", lambda _: 7, "no text"),
        ("endless", lambda _: "z" + "2" * 200_000, "a value of 200,000 characters"),
    ):

        def alter(made: JsonObject, change: Any = change) -> None:
            raw = base58_decode(made["proof"]["proofValue"][1:])
            made["proof"]["proofValue"] = change(raw)

        yield from GROUP.changed(f"canonical-signatures/value-{name}", alter, why)

    def other(made: JsonObject) -> None:
        made["credentialSubject"]["achievement"]["name"] = "Master Mariner"

    def stretched(made: JsonObject) -> None:
        made["validUntil"] = "2099-01-01T00:00:00Z"

    def renamed(made: JsonObject) -> None:
        made["proof"]["created"] = "2026-02-01T09:00:01Z"

    def swapped(made: JsonObject) -> None:
        now = made["proof"]["cryptosuite"]
        made["proof"]["cryptosuite"] = next(name for name in SUITES if name != now)

    for name, alter_, why in (
        ("content", other, "the achievement was changed after signing"),
        ("validity", stretched, "the expiry was added after signing"),
        ("proof-options", renamed, "the proof itself was changed after signing"),
        ("suite", swapped, "the proof names another cryptosuite than its own"),
    ):
        yield from GROUP.changed(f"canonical-signatures/changed-{name}", alter_, why)


def _owners() -> Iterator[HostileFile]:
    row = "owner-of-the-key"
    for variant in VARIANTS:
        yield GROUP.file(
            f"{row}/forged/{variant}",
            secured(badge(), MALLORY, variant),
            "signed by somebody else's did:key",
            suffix=suffix_of(variant),
        )
    mixed = Signer(HARBOUR.id, f"{HARBOUR.id}#{MALLORY.key.multibase}", MALLORY.key)
    lookalike = Signer(f"{HARBOUR.id} ", HARBOUR.method, HARBOUR.key)
    for suite in SUITES:
        yield GROUP.file(
            f"{row}/fragment-of-another-key/{suite}",
            proven(badge(), mixed, suite),
            "the method is the issuer's DID with another key's fragment",
        )
        for name, method in (
            ("object", _method_object()),
            ("array", [HARBOUR.method]),
            ("number", 1),
            ("empty", ""),
            ("relative", f"#{HARBOUR.key.multibase}"),
            ("data-address", "data:application/json,{}#key"),
            ("file", "file:///etc/passwd#key"),
            ("javascript", "javascript:alert(1)#key"),
        ):
            made = proven(badge(), HARBOUR, suite)
            made["proof"]["verificationMethod"] = method
            yield GROUP.file(
                f"{row}/method-{name}/{suite}",
                made,
                "the verification method is not the address of a key",
            )
    yield from GROUP.signed(
        f"{row}/issuer-with-a-space",
        badge(lookalike),
        "the issuer's identifier only looks like the key's owner",
        signer=lookalike,
    )


def _method_object() -> JsonObject:
    return {
        "id": HARBOUR.method,
        "type": "Multikey",
        "controller": HARBOUR.id,
        "publicKeyMultibase": MALLORY.key.multibase,
    }


def _listed() -> Iterator[HostileFile]:
    row = "owner-of-the-key"
    method = {
        "id": NORTHLIGHT.method,
        "type": "Multikey",
        "controller": NORTHLIGHT.id,
        "publicKeyMultibase": NORTHLIGHT.key.multibase,
    }
    for name, changes, why in (
        (
            "controller-is-another",
            {"verificationMethod": [{**method, "controller": MALLORY.id}]},
            "the document lists the key as another's",
        ),
        (
            "controller-missing",
            {
                "verificationMethod": [
                    {k: v for k, v in method.items() if k != "controller"}
                ]
            },
            "the document does not say whose key it is",
        ),
        (
            "controller-list",
            {
                "verificationMethod": [
                    {**method, "controller": [NORTHLIGHT.id, MALLORY.id]}
                ]
            },
            "a key of two owners",
        ),
        (
            "foreign-key",
            {
                "verificationMethod": [
                    {**method, "publicKeyMultibase": MALLORY.key.multibase}
                ]
            },
            "the document lists another key under that name",
        ),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(NORTHLIGHT),
            why,
            signer=NORTHLIGHT,
            documents=served(NORTHLIGHT, **changes),
        )
    mallory = did_web("mallory")
    borrowed = Signer(NORTHLIGHT.id, mallory.method, mallory.key)
    yield from GROUP.signed(
        f"{row}/method-of-another-host",
        badge(borrowed),
        "the method stands in somebody else's document",
        signer=borrowed,
        documents=served(NORTHLIGHT) | served(mallory),
    )


def _purposes() -> Iterator[HostileFile]:
    row = "purpose"
    for name, purpose in (
        ("authentication", "authentication"),
        ("key-agreement", "keyAgreement"),
        ("invented", "issuance"),
        ("other-case", "AssertionMethod"),
        ("missing", None),
    ):
        for suite in SUITES:
            if suite == "eddsa-rdfc-2022" and name in ("invented", "other-case"):
                # Not in the context: such a proof cannot even be made over RDF.
                continue
            yield GROUP.file(
                f"{row}/{name}/{suite}",
                proven(badge(), HARBOUR, suite, proofPurpose=purpose),
                "the proof was not made to issue a credential",
            )
    yield GROUP.file(
        f"{row}/array/eddsa-jcs-2022",
        proven(badge(), HARBOUR, SUITES[0], proofPurpose=["assertionMethod"]),
        "the purpose is no text",
    )
    method = NORTHLIGHT.method
    for name, changes in (
        (
            "listed-for-authentication",
            {"authentication": [method], "assertionMethod": None},
        ),
        ("listed-for-nothing", {"assertionMethod": None}),
        ("listed-by-text-alone", {"assertionMethod": [f"{method}0"]}),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(NORTHLIGHT),
            "the issuer does not list the key for issuing credentials",
            signer=NORTHLIGHT,
            documents=served(NORTHLIGHT, **changes),
        )

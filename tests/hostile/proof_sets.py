"""Attacks on sets and chains of proofs, and on the contexts of one (table 1a)."""

from collections.abc import Iterator

from tests.hostile.badges import (
    V2,
    VARIANTS,
    Group,
    badge,
)
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    MALLORY,
    did_key,
    proof_over,
    proven,
)

GROUP = Group("signatures-and-keys")
SUITES = VARIANTS[:2]


def files() -> Iterator[HostileFile]:
    yield from _sets()
    yield from _chains()
    yield from _proof_contexts()


def _sets() -> Iterator[HostileFile]:
    row = "proof-sets"
    document = badge()
    for suite in SUITES:
        own, foreign = (
            proof_over(document, HARBOUR, suite),
            proof_over(document, MALLORY, suite),
        )
        broken = {**own, "proofValue": own["proofValue"][:-4] + "1111"}
        for name, proofs, why in (
            ("one-broken", [own, broken], "one good proof, one broken"),
            ("broken-first", [broken, own], "one broken proof, one good"),
            ("none-the-issuers", [foreign, foreign], "no proof is the issuer's"),
            (
                "foreign-broken",
                [own, {**foreign, "proofValue": own["proofValue"]}],
                "the second proof bears the first one's signature",
            ),
            ("two-thousand", [own] * 2000, "2,000 proofs"),
            ("eleven", [own] * 11, "one proof more than are looked at"),
            ("empty", [], "an empty list of proofs"),
            ("null-beside", [own, None], "a proof that is nothing"),
            ("nested", [[own]], "a list in the list of proofs"),
        ):
            yield GROUP.file(
                f"{row}/{name}/{suite}", {**document, "proof": proofs}, why
            )
        yield GROUP.file(
            f"{row}/unknown-suite-beside/{suite}",
            {**document, "proof": [own, {**own, "cryptosuite": "rot13-2022"}]},
            "a proof of an unknown kind beside a good one",
            "warn",
            problem="unsupported-proof",
        )
    rdfc = proof_over(document, HARBOUR, SUITES[1])
    yield GROUP.file(
        f"{row}/somebody-else-as-well",
        {**document, "proof": [rdfc, proof_over(document, MALLORY, SUITES[1])]},
        "a good proof by somebody else beside the issuer's: named, not believed",
        "accept-safely",
    )
    for name, value in (
        ("text", "signed"),
        ("number", 1),
        ("true", True),
        ("null", None),
    ):
        yield GROUP.file(
            f"{row}/proof-is-{name}", {**document, "proof": value}, "that is no proof"
        )
    yield GROUP.file(f"{row}/no-proof", document, "nobody signed it")


def _chains() -> Iterator[HostileFile]:
    row = "proof-chains"
    document = badge()
    for suite in SUITES:
        first = proof_over(document, HARBOUR, suite, id="urn:x:first")
        second = (
            proof_over(
                {**document, "proof": first},
                HARBOUR,
                suite,
                id="urn:x:second",
                previousProof="urn:x:first",
            )
            if suite == SUITES[0]
            else {
                **proof_over(document, HARBOUR, suite, id="urn:x:second"),
                "previousProof": "urn:x:first",
            }
        )
        own = proof_over(document, HARBOUR, suite)
        for name, proofs, why in (
            ("previous-missing", [second], "the proof that it builds on was taken out"),
            (
                "previous-itself",
                [{**second, "previousProof": "urn:x:second"}],
                "a proof that builds on itself",
            ),
            (
                "previous-invented",
                [own, {**second, "previousProof": ["urn:x:none"]}],
                "a proof that builds on none that is there",
            ),
            (
                "previous-broken",
                [{**first, "proofValue": own["proofValue"]}, second],
                "the proof that it builds on is broken",
            ),
            (
                "previous-empty",
                [own, {**second, "previousProof": []}],
                "a chain to nothing",
            ),
        ):
            yield GROUP.file(
                f"{row}/{name}/{suite}", {**document, "proof": proofs}, why
            )


def _proof_contexts() -> Iterator[HostileFile]:
    row = "jcs-context"
    suite = SUITES[0]
    base = badge()
    other = "https://example.org/other/v1"
    for name, context, why in (
        ("another", [V2, other], "the proof's contexts are not the document's"),
        ("longer", [*base["@context"], other], "the proof has one context more"),
        (
            "turned-round",
            base["@context"][::-1],
            "the proof's contexts in another order",
        ),
        ("empty", [], "the proof was made without the document's contexts"),
    ):
        proof = proof_over({**base, "@context": context}, HARBOUR, suite)
        yield GROUP.file(
            f"{row}/{name}",
            {**base, "proof": proof},
            why,
            answers=("invalid", "malformed")
            if context
            else ("invalid", "undetermined"),
        )
    made = proven(base, HARBOUR, suite)
    made["@context"] = [
        *made["@context"],
        "https://w3id.org/security/suites/ed25519-2020/v1",
    ]
    yield GROUP.file(
        f"{row}/added-after",
        made,
        "a context was added after signing",
        answers=("invalid", "undetermined"),
    )
    lone = did_key("harbour")
    bare = {k: v for k, v in proof_over(base, lone, suite).items() if k != "@context"}
    yield GROUP.file(
        f"{row}/taken-out",
        {**base, "proof": bare},
        "the proof's @context was taken out",
    )

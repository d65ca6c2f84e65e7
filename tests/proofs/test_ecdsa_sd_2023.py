"""ecdsa-sd-2023: a selection fits, and nothing else can be made of what was signed."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.canon import rdfc
from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Offline
from credwallet.keys.multibase import base64url_decode, base64url_encode
from credwallet.model.proof import proofs_of
from credwallet.model.report import Verdict
from credwallet.proofs import cbor, verify_proof
from credwallet.proofs.secured import Secured
from tests.proofs import selecting
from tests.proofs.selecting import CONTEXTS, Derived
from tests.samples import make
from tests.verify.badges import report
from tests.verify.manifest import contexts

ISSUER = selecting.key(11)
DID = f"did:key:{selecting.multibase(ISSUER)}"
OPTIONS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "ecdsa-sd-2023",
    "created": "2026-02-01T09:00:00Z",
    "verificationMethod": f"{DID}#{DID.removeprefix('did:key:')}",
    "proofPurpose": "assertionMethod",
}
SPEC = "w3c-vc-di-ecdsa/TestVectors/ecdsa-sd-2023"


def badge() -> dict[str, Any]:
    document = make.badge(
        1,
        issuer={"id": DID, "type": ["Profile"], "name": "Harbour College"},
        name="Knots",
        about="Ties.",
        skill="Rope",
        credits_=1,
    )
    document["evidence"] = [
        {"type": ["Evidence"], "name": "first", "narrative": "A bowline."},
        {"type": ["Evidence"], "name": "second", "narrative": "A sheet bend."},
    ]
    return document


BADGE = badge()
DERIVED = selecting.derive(BADGE, OPTIONS, ISSUER)


def shown(value: str, document: dict[str, Any] = BADGE, **options: Any) -> dict:
    return {**document, "proof": {**OPTIONS, **options, "proofValue": value}}


def verify(document: dict[str, Any], known=CONTEXTS):
    (proof,) = proofs_of(document)
    return verify_proof(Secured(document, known), proof, fetch=Offline())


def refused(document: dict[str, Any]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        verify(document)
    return caught.value


@pytest.mark.parametrize("name", ["employ", "prc"])
def test_the_derived_proofs_of_the_specification_fit(vectors, name) -> None:
    path = vectors / SPEC / name / "derivedRevealDocument.json"

    found = verify(json.loads(path.read_bytes()), contexts(vectors))

    assert found.label == "ecdsa-sd-2023 (a selection of what was signed)"
    assert found.undefined == ()


@pytest.mark.parametrize("name", ["employ", "prc"])
def test_the_steps_are_those_of_the_specification(vectors, name) -> None:
    folder = vectors / SPEC / name
    document = json.loads((folder / "derivedRevealDocument.json").read_bytes())
    wanted = json.loads((folder / "verifyNQuads.json").read_bytes())
    value = json.loads((folder / "verifyDerivedProofValue.json").read_bytes())
    decoded = cbor.decode(base64url_decode(document["proof"]["proofValue"][1:])[3:])
    secured = Secured(document, contexts(vectors))
    statements = secured.statements(proofs_of(document)[0])
    labels = {
        node: f"_:u{base64url_encode(decoded[3][int(label[6:])])}"
        for node, label in statements.labels.items()
    }

    assert rdfc.serialize(statements.quads, labels) == wanted
    assert decoded[0].hex() == value["baseSignature"]
    assert decoded[4] == value["mandatoryIndexes"]


@pytest.mark.parametrize("name", ["employ", "prc"])
def test_a_base_proof_is_refused_in_its_own_words(vectors, name) -> None:
    document = json.loads((vectors / SPEC / name / "addSignedSDBase.json").read_bytes())

    with pytest.raises(Invalid, match="base proof") as caught:
        verify(document, contexts(vectors))

    assert caught.value.type == "base-proof"
    assert "derived" in caught.value.next_step


@pytest.mark.parametrize("number", ["", "_2", "_3"])
def test_selections_with_contexts_of_their_own_fit_if_those_are_believed(
    vectors, number
) -> None:
    path = (
        vectors / "spruceid-ssi/crates/claims/crates/data-integrity/tests"
        f"/ecdsa_sd_2023/verification{number}.json"
    )
    document = json.loads(path.read_bytes())["input"]
    (proof,) = proofs_of(document)
    secured = Secured(document, contexts(vectors))

    with pytest.raises(Undetermined, match="context of its own"):
        verify_proof(secured, proof, fetch=Offline())
    assert verify_proof(secured.believing(), proof, fetch=Offline()).label


def test_a_blockcerts_issuers_key_may_have_signed(vectors) -> None:
    issuer = selecting.key(12, "secp256k1")
    did = f"did:key:{selecting.multibase(issuer, 'secp256k1')}"
    method = f"{did}#{did.removeprefix('did:key:')}"
    options = {**OPTIONS, "verificationMethod": method}
    derived = selecting.derive(BADGE, options, issuer)

    assert verify(shown(derived.text(), verificationMethod=method)).method.id == method


def test_the_report_says_that_it_is_a_selection() -> None:
    found = report(shown(DERIVED.text()))

    assert found.verdict is Verdict.VALID
    assert "a selection of what was signed" in found.check("proof").note


def test_the_holder_may_leave_out_what_is_not_mandatory() -> None:
    document = copy.deepcopy(BADGE)
    del document["credentialSubject"]["achievement"]["tag"]
    whole = rdfc_lines(BADGE)
    kept = rdfc_lines(document)
    gone = [line for line in whole if line not in kept]
    places = [place for place in range(len(whole)) if place not in DERIVED.mandatory]
    signatures = [
        signature
        for place, signature in zip(places, DERIVED.signatures, strict=True)
        if whole[place] not in gone
    ]
    mandatory = [kept.index(whole[place]) for place in DERIVED.mandatory]
    derived = DERIVED._replace(signatures=signatures, mandatory=mandatory)

    assert len(gone) == 1
    assert verify(shown(derived.text(), document)).method.controller == DID


def rdfc_lines(document: dict[str, Any]) -> list[str]:
    secured = Secured(document, CONTEXTS)
    found = secured.statements(proofs_of(shown("", document))[0])
    names = {
        node: f"_:u{base64url_encode(DERIVED.labels[int(label[6:])])}"
        for node, label in found.labels.items()
    }
    return rdfc.serialize(found.quads, names)


def swapped(items: list) -> list:
    return [items[1], items[0], *items[2:]]


OTHER = selecting.derive(badge() | {"name": "Other"}, OPTIONS, ISSUER)


@pytest.mark.parametrize(
    "change",
    [
        {"base_signature": OTHER.base_signature[::-1]},
        {"base_signature": bytes(64)},
        {"base_signature": DERIVED.base_signature[:-1]},
        {"public_key": b"\x81\x24" + DERIVED.public_key[2:]},
        {"public_key": DERIVED.public_key[:2] + b"\x05" + DERIVED.public_key[3:]},
        {"public_key": DERIVED.public_key[:-1]},
        {"signatures": []},
        {"signatures": DERIVED.signatures[:-1]},
        {"signatures": [*DERIVED.signatures, DERIVED.signatures[0]]},
        {"signatures": swapped(DERIVED.signatures)},
        {"signatures": [b"", *DERIVED.signatures[1:]]},
        {"mandatory": []},
        {"mandatory": DERIVED.mandatory[:-1]},
        {"mandatory": [*DERIVED.mandatory, 10_000]},
        {"mandatory": [*DERIVED.mandatory, DERIVED.mandatory[0]]},
        {"labels": {}},
        {"labels": {**DERIVED.labels, 0: DERIVED.labels[1]}},
        {"labels": {**DERIVED.labels, 99: bytes(32)}},
        {"labels": {**DERIVED.labels, 0: b"short"}},
        {
            "labels": {
                **DERIVED.labels,
                0: DERIVED.labels[1],
                1: DERIVED.labels[0],
            }
        },
    ],
    # Signatures are other bytes in each run.
    ids=lambda change: next(iter(change)),
)
def test_no_other_part_is_taken(change) -> None:
    refused(shown(DERIVED._replace(**change).text()))


def test_another_key_for_the_single_statements_is_refused() -> None:
    """The issuer signed which key it is: a holder cannot sign what was never issued."""
    own = selecting.derive(BADGE, OPTIONS, selecting.key(13))

    assert refused(shown(own.text())).type == "signature"


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.update(name="Other"),
        lambda made: made.update(validFrom="2020-01-01T00:00:00Z"),
        lambda made: made.pop("validFrom"),
        lambda made: made["issuer"].update(name="Other"),
        lambda made: made["credentialSubject"].update(id="did:example:x"),
        lambda made: made["credentialSubject"]["achievement"].update(name="Other"),
        lambda made: made["evidence"].pop(),
        lambda made: made["evidence"].append({"type": ["Evidence"], "name": "third"}),
        lambda made: made["evidence"][0].update(
            narrative=made["evidence"][1]["narrative"]
        ),
    ],
)
def test_no_change_of_the_document_is_taken(change) -> None:
    document = copy.deepcopy(BADGE)
    change(document)

    refused(shown(DERIVED.text(), document))


def test_two_things_cannot_be_shown_as_one() -> None:
    """What was said of two evidences is not said of one."""
    document = copy.deepcopy(BADGE)
    first, second = document["evidence"]
    document["evidence"] = [{**first, "name": second["name"]}]

    refused(shown(DERIVED.text(), document))


def test_one_thing_cannot_be_shown_as_two() -> None:
    """One name for two nodes would let a forger take a thing apart."""
    lone = badge()
    lone["evidence"] = lone["evidence"][:1]
    derived = selecting.derive(lone, OPTIONS, ISSUER)
    assert verify(shown(derived.text(), lone)).method.controller == DID
    split = copy.deepcopy(lone)
    split["evidence"] = [
        {"type": ["Evidence"], "name": "first"},
        {"type": ["Evidence"], "narrative": "A bowline."},
    ]
    nodes = len(Secured(split, CONTEXTS).statements(proofs_of(shown("", split))[0])[1])
    names = {**derived.labels, **dict.fromkeys(range(nodes), derived.labels[0])}

    refused(shown(derived._replace(labels=names).text(), split))


@pytest.mark.parametrize(
    "header", [b"", b"\xd9\x5d\x02", b"\xd9\x5d", b"\xd9\x5d\x05", b"\xd9\x5e\x01"]
)
def test_another_header_is_refused(header) -> None:
    refused(shown(DERIVED.text(header)))


@pytest.mark.parametrize(
    "value",
    ["", "u", "z", "u2V0B", "u2V0A", "u!", "z2V0B", DERIVED.text() + "A", "u2V0BgA"],
)
def test_what_is_no_derived_proof_is_refused(value) -> None:
    refused(shown(value))


@pytest.mark.parametrize("change", [{"created": "2020-01-01T00:00:00Z"}, {"id": "u:x"}])
def test_no_change_of_the_options_is_taken(change) -> None:
    refused(shown(DERIVED.text(), **change))


def test_a_key_of_another_curve_is_refused() -> None:
    issuer = selecting.key(14, "P-384")
    did = f"did:key:{selecting.multibase(issuer, 'P-384')}"

    error = refused(shown(DERIVED.text(), verificationMethod=did))

    assert "P-384" in error.what


def test_a_graph_that_is_too_complex_is_not_followed() -> None:
    ring = [{"id": f"_:n{number}", "type": ["Evidence"]} for number in range(9)]
    for node in ring:
        node["https://example.org/p"] = [
            {"id": other["id"]} for other in ring if other != node
        ]
    document = {**BADGE, "evidence": ring}

    with pytest.raises(Undetermined) as caught:
        verify(shown(DERIVED.text(), document))
    assert caught.value.type == "too-complex"


PLAIN = st.recursive(
    st.integers(0, 70) | st.binary(max_size=70),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(0, 9) | st.binary(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.lists(PLAIN, min_size=4, max_size=6) | PLAIN)
def test_any_other_content_is_refused(content) -> None:
    text = base64url_encode(b"\xd9\x5d\x01" + selecting.encode(content))

    refused(shown(f"u{text}"))


@given(st.sampled_from(Derived._fields), PLAIN)
def test_any_other_member_is_refused(member, value) -> None:
    refused(shown(DERIVED._replace(**{member: value}).text()))

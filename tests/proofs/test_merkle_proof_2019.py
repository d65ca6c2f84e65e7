"""MerkleProof2019: third parties' receipts, then our own, then hostile ones."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.canon.contexts import Contexts
from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Offline, Supplied
from credwallet.keys.multibase import base58_decode, base58_encode
from credwallet.model.proof import proofs_of
from credwallet.proofs import verify_proof
from credwallet.proofs.merkle import receipt
from credwallet.proofs.secured import Secured
from credwallet.proofs.verified import VerifiedProof
from tests.proofs import receipts
from tests.proofs.receipts import BLOCKSTREAM, ISSUER, certificate, multibase, proven

CONTEXTS = Contexts.bundled()
GOOD = proven(certificate())
DOCUMENTS = {
    BLOCKSTREAM: receipts.esplora(receipts.root_of(certificate())),
    ISSUER: receipts.profile(),
}


def verify(
    document: dict[str, Any], documents: dict[str, bytes] | None = None, index: int = 0
) -> VerifiedProof:
    """Verify one proof of a document."""
    return verify_proof(
        Secured(document, CONTEXTS),
        proofs_of(document)[index],
        fetch=Supplied(documents or {}, Offline()),
    )


def test_receipts_of_others_add_up(vectors: Path) -> None:
    values = [
        proof["proofValue"]
        for path in sorted((vectors / "cert-verifier-js/fixtures/v3").glob("*.json"))
        for proof in _listed(json.loads(path.read_bytes()).get("proof"))
        if "erkle" in json.dumps(proof)
    ]

    for value in values:
        receipt.check_path(receipt.from_proof_value(value))

    assert len(values) > 30


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] * (value is not None)


@pytest.mark.parametrize("place", range(4))
def test_each_of_four_documents_is_in_the_tree(place: int) -> None:
    document = proven(certificate(), place=place)
    root = receipts.root_of(certificate(), place)

    found = verify(
        document,
        {BLOCKSTREAM: receipts.esplora(root), ISSUER: receipts.profile()},
    )

    assert found.pending is None
    assert found.doubt == ""
    assert found.method.controller == ISSUER
    assert "anchored on Bitcoin on 2024-03-01" in found.label


def test_the_type_of_its_own_is_the_same_as_the_cryptosuite() -> None:
    document = proven(certificate(), type="MerkleProof2019")
    del document["proof"]["cryptosuite"]

    assert verify(document, DOCUMENTS).pending is None


def test_without_an_explorer_nothing_is_proven_yet() -> None:
    found = verify(GOOD)

    assert found.pending is not None
    assert "the anchor was not looked up" in found.pending.what
    assert BLOCKSTREAM in found.pending.next_step


@pytest.mark.parametrize("place", range(4))
def test_a_changed_document_is_refused(place: int) -> None:
    document = proven(certificate(), place=place)
    document["credentialSubject"] = {"id": "did:example:another"}

    with pytest.raises(Invalid, match="not the one that the receipt was made for"):
        verify(document, DOCUMENTS)


def test_a_changed_term_that_no_context_defines_is_named() -> None:
    found = verify({**GOOD, "bonus": "free"}, DOCUMENTS)

    assert [item.pointer for item in found.undefined] == ["/bonus"]


def test_a_document_with_a_context_of_its_own_is_unknown_or_changed() -> None:
    contexts = [*certificate()["@context"], {"knots": "https://harbour.example/knots"}]
    document = certificate(**{"@context": contexts, "knots": "six"})
    target, root, way = receipts.four(certificate(), 0)
    proof = {**GOOD["proof"]}
    proof["proofValue"] = receipts.proof_value(target, root, way, [receipts.anchor()])

    with pytest.raises(Invalid, match="not the one"):
        verify({**document, "proof": proof}, DOCUMENTS)


def test_a_context_of_its_own_is_never_believed(vectors: Path) -> None:
    path = vectors / "cert-verifier-js/fixtures/v3/testnet-v3-did.json"

    with pytest.raises(Undetermined) as caught:
        verify(json.loads(path.read_bytes()))

    assert caught.value.type == "inline-context"


def test_a_chain_covers_the_proof_before() -> None:
    first = {**GOOD["proof"], "id": "urn:uuid:1"}
    inner = {**certificate(), "proof": first}
    target, root, way = receipts.four(inner, 2)
    second = {
        **first,
        "id": "urn:uuid:2",
        "previousProof": "urn:uuid:1",
        "proofValue": receipts.proof_value(target, root, way, [receipts.anchor()]),
    }
    documents = {BLOCKSTREAM: receipts.esplora(root), ISSUER: receipts.profile()}
    chained = {**certificate(), "proof": [first, second]}
    plain = {name: value for name, value in second.items() if name != "previousProof"}

    assert verify(chained, documents, 1).pending is None
    assert verify({**chained, "proof": [first, plain]}, documents, 1).pending is None
    with pytest.raises(Invalid, match="another proof that is not there"):
        verify({**chained, "proof": [second]}, documents)
    with pytest.raises(Invalid, match="not the one"):
        verify({**chained, "proof": [plain, first]}, documents)


def test_a_chained_proof_names_the_proof_before_by_itself() -> None:
    first = {**GOOD["proof"], "id": "urn:uuid:1"}
    target, root, way = receipts.four({**certificate(), "proof": first}, 3)
    second = {
        "type": "ChainedProof2021",
        "chainedProofType": "MerkleProof2019",
        "created": "2024-03-01T12:00:00Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": first["verificationMethod"],
        "previousProof": first,
        "proofValue": receipts.proof_value(target, root, way, [receipts.anchor()]),
    }
    chained = {**certificate(), "proof": [first, second]}
    documents = {BLOCKSTREAM: receipts.esplora(root), ISSUER: receipts.profile()}
    other = {**second, "previousProof": {**first, "created": "2023-03-01T12:00:00Z"}}

    assert verify(chained, documents, 1).pending is None
    with pytest.raises(Invalid, match="another proof that is not there"):
        verify({**chained, "proof": [first, other]}, documents, 1)
    with pytest.raises(Undetermined, match="chained proofs of the kind"):
        verify(
            {**chained, "proof": [first, {**second, "chainedProofType": "X"}]},
            documents,
            1,
        )


def test_a_moment_without_a_time_zone_is_refused_in_vc_2() -> None:
    with pytest.raises(Invalid, match="time zone"):
        verify(proven(certificate(), created="2024-03-01T12:00:00"), DOCUMENTS)


def test_a_key_that_its_owner_does_not_list_is_refused() -> None:
    did = "did:ion:abc"
    listing = json.dumps({"id": did, "verificationMethod": []}).encode()
    document = proven(certificate(), verificationMethod=f"{did}#key-9")

    with pytest.raises(Invalid, match="lists no verification method"):
        verify(document, {**DOCUMENTS, did: listing})
    assert verify(document, DOCUMENTS).pending is None


def _changed(change: Callable[[list[Any]], None]) -> str:
    target, root, way = receipts.four(certificate(), 1)
    members: list[Any] = [
        [0, receipts.cbor(root.hex())],
        [1, receipts.cbor(target.hex())],
        [2, [receipts.anchor()]],
        [
            3,
            [[int(side == "right"), receipts.cbor(value.hex())] for side, value in way],
        ],
    ]
    change(members)
    return multibase(members)


def _swap(members: list[Any]) -> None:
    members[3][1].reverse()


def _turn(members: list[Any]) -> None:
    members[3][1][0][0] ^= 1


def _cut(members: list[Any]) -> None:
    members[3][1].pop()


def _other_target(members: list[Any]) -> None:
    members[1][1] = receipts.cbor("00" * 32)


@pytest.mark.parametrize("change", [_swap, _turn, _cut, _other_target])
def test_a_path_that_does_not_lead_to_the_root_is_refused(
    change: Callable[[list[Any]], None],
) -> None:
    with pytest.raises(Invalid, match="does not lead to its Merkle root"):
        verify(proven(certificate(), proofValue=_changed(change)), DOCUMENTS)


def test_an_unchanged_receipt_passes() -> None:
    value = _changed(lambda _: None)

    assert verify(proven(certificate(), proofValue=value), DOCUMENTS).pending is None


def _bytes() -> bytes:
    return base58_decode(GOOD["proof"]["proofValue"][1:])


@pytest.mark.parametrize("bit", [1, 0x80])
def test_no_changed_byte_of_the_receipt_passes(bit: int) -> None:
    original = _bytes()
    for place in range(len(original)):
        data = bytearray(original)
        data[place] ^= bit
        document = {**GOOD, "proof": {**GOOD["proof"]}}
        document["proof"]["proofValue"] = "z" + base58_encode(bytes(data))
        try:
            found = verify(document, DOCUMENTS)
        except Invalid:
            continue
        # Nothing but the anchor may be changed without breaking the receipt.
        assert found.pending is not None, place


@pytest.mark.parametrize(
    "value",
    [
        "",
        "z",
        "u" + "A" * 20,
        "z0OIl",
        "z" + "2" * 20_000,
        multibase([]),
        multibase({0: 1}),
        multibase([[0, 1], [0, 1], [1, 1], [2, []], [3, []]]),
        multibase([[0, b"x"], [1, b"x"], [2, []], [3, []]]),
        multibase([[n, receipts.cbor("00" * 32)] for n in range(4)]),
        multibase([[n, 5] for n in range(4)]),
        multibase([[n, "text"] for n in range(9)]),
        multibase(["0", "1", "2", "3"]),
    ],
)
def test_what_is_no_receipt_is_refused(value: str) -> None:
    with pytest.raises(Invalid):
        verify(proven(certificate(), proofValue=value), DOCUMENTS)


def test_too_many_steps_or_anchors_are_not_walked() -> None:
    target, root, way = receipts.four(certificate(), 1)
    long = receipts.proof_value(target, root, way * 33, [receipts.anchor()])
    many = receipts.proof_value(target, root, way, [receipts.anchor()] * 5)

    for value, what in ((long, "66 steps"), (many, "5 anchors")):
        with pytest.raises(Invalid, match=what):
            verify(proven(certificate(), proofValue=value), DOCUMENTS)


def test_a_path_of_100_000_steps_is_too_long_a_text() -> None:
    target, root, _ = receipts.four(certificate(), 1)
    value = receipts.proof_value(
        target, root, [("left", b"\0" * 32)] * 100, [receipts.anchor()]
    )

    with pytest.raises(Invalid):
        receipt.from_proof_value("z" + value[1:] * 100)
    with pytest.raises(Invalid, match="100000 steps"):
        receipt.from_signature(
            {
                "targetHash": target.hex(),
                "merkleRoot": root.hex(),
                "proof": [{"left": "00" * 32}] * 100_000,
                "anchors": [],
            }
        )


def test_a_receipt_without_an_anchor_proves_nothing() -> None:
    target, root, way = receipts.four(certificate(), 1)
    value = receipts.proof_value(target, root, way, [])

    found = verify(proven(certificate(), proofValue=value), DOCUMENTS)

    assert found.pending is not None
    assert found.pending.type == "not-anchored"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("0" * 64),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "targetHash",
                    "merkleRoot",
                    "proof",
                    "anchors",
                    "left",
                    "chain",
                    "type",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_signature_is_read_or_refused(signature: Any) -> None:
    try:
        found = receipt.from_signature(signature)
    except Invalid:
        return
    assert len(found.target_hash) == len(found.merkle_root) == 32

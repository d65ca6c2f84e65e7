"""Are the proofs of a document found wherever and however they stand?"""

from typing import Any

from hypothesis import given

from credwallet.model.proof import proofs_of
from tests.model.shapes import DOCUMENTS, JSON


def test_a_document_without_proof_has_none():
    assert proofs_of({"id": "urn:example:1"}) == ()


def test_one_proof_has_the_pointer_of_its_member():
    (proof,) = proofs_of({"proof": {"type": "DataIntegrityProof"}})
    assert (proof.type, proof.pointer) == ("DataIntegrityProof", "/proof")


def test_proofs_of_a_set_keep_the_pointer_of_their_place():
    proofs = proofs_of({"proof": [{"id": "a"}, "no object", {"id": "b"}]})
    assert [(proof.id, proof.pointer) for proof in proofs] == [
        ("a", "/proof/0"),
        ("b", "/proof/2"),
    ]


def test_a_previous_proof_may_be_one_or_several():
    one, several = proofs_of(
        {"proof": [{"previousProof": "a"}, {"previousProof": ["a", "b"]}]}
    )
    assert one.previous_proof == ("a",)
    assert several.previous_proof == ("a", "b")


def test_members_that_are_no_text_read_as_absent():
    (proof,) = proofs_of({"proof": {"type": ["X"], "created": 3, "proofValue": None}})
    assert (proof.type, proof.created, proof.proof_value) == ("", "", "")


def test_the_document_of_a_proof_is_the_object_itself():
    entry = {"type": "X", "unheardOf": {"kept": True}}
    (proof,) = proofs_of({"proof": entry})
    assert proof.document is entry


@given(JSON, DOCUMENTS)
def test_any_shape_of_proof_reads_without_an_error(value: Any, entry: dict[str, Any]):
    for document in ({"proof": value}, {"proof": [entry, value]}, {"proof": entry}):
        for proof in proofs_of(document):
            assert all(isinstance(name, str) for name in proof.previous_proof)
            assert all(isinstance(text, str) for text in proof[1:10])

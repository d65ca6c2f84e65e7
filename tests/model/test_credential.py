"""Does a credential read the same whatever generation and whatever shape it has?"""

from typing import Any

import pytest
from hypothesis import given

from credwallet.model.credential import Credential, Presentation, Profile, words
from tests.model.shapes import DOCUMENTS, JSON, held


def test_members_of_version_2_are_read_as_they_stand():
    credential = held(
        {
            "id": "urn:example:1",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": "did:example:issuer", "name": "Harbour College"},
            "validFrom": "2026-01-01T00:00:00Z",
            "validUntil": "2027-01-01T00:00:00Z",
            "credentialSubject": {"id": "did:example:learner"},
        }
    )
    assert credential.id == "urn:example:1"
    assert credential.types == ("VerifiableCredential", "OpenBadgeCredential")
    assert credential.issuer == Profile("did:example:issuer", "Harbour College")
    assert credential.valid_from == "2026-01-01T00:00:00Z"
    assert credential.valid_until == "2027-01-01T00:00:00Z"
    assert credential.subjects == ({"id": "did:example:learner"},)


def test_dates_of_version_1_are_the_same_two_members():
    credential = held(
        {
            "issuanceDate": "2020-01-01T00:00:00Z",
            "expirationDate": "2021-01-01T00:00:00Z",
        }
    )
    assert credential.valid_from == "2020-01-01T00:00:00Z"
    assert credential.valid_until == "2021-01-01T00:00:00Z"


def test_an_issuer_that_is_only_an_address_has_no_name():
    assert held({"issuer": "https://harbour.example"}).issuer == Profile(
        "https://harbour.example", ""
    )


def test_one_type_reads_like_a_list_of_one():
    assert held({"type": "VerifiableCredential"}).types == ("VerifiableCredential",)
    assert held({"@type": ["A"]}).types == ("A",)


def test_what_is_no_object_is_no_subject():
    assert held({"credentialSubject": ["text", {"id": "a"}, 3]}).subjects == (
        {"id": "a"},
    )


def test_status_entries_keep_their_shape_for_the_check_that_judges_them():
    assert held({"credentialStatus": "odd"}).status_entries == ("odd",)
    assert held({}).status_entries == ()


def test_the_holder_of_a_presentation_is_an_address_or_an_object_with_one():
    def presented(document: dict[str, Any]) -> Presentation:
        return Presentation(
            raw=b"",
            media_type="application/vp",
            format="json-ld",
            document=document,
            credentials=(),
        )

    assert presented({"holder": "did:example:h"}).holder == "did:example:h"
    assert presented({"holder": {"id": "did:example:h"}}).holder == "did:example:h"
    assert presented({"holder": 3}).holder == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Data", "Data"),
        ({"@value": "Data", "@language": "de"}, "Data"),
        ({"@language": "de", "@value": None}, ""),
        ({"@value": 5}, ""),
        ({"de": "Daten", "en": "Data"}, "Data"),
        ({"de": "Daten", "en-GB": "Data"}, "Data"),
        ({"de": "Daten", "fr": "Donnees"}, "Daten"),
        ({"de": ["Daten", "Angaben"]}, "Daten"),
        ({"@language": "de"}, ""),
        ({"enm": "Olde", "de": "Neu"}, "Olde"),
        ([{"@value": "Daten", "@language": "de"}, "Data"], "Daten"),
        (
            [
                {"@value": "Daten", "@language": "de"},
                {"@value": "Data", "@language": "en-US"},
            ],
            "Data",
        ),
        ([["nested"]], "nested"),
        ([[["too deep"]]], ""),
        ([], ""),
        ({}, ""),
        (None, ""),
        (True, ""),
        (7, ""),
    ],
)
def test_words_finds_the_english_or_else_the_first_text(value: Any, text: str):
    assert words(value) == text


@given(JSON)
def test_words_makes_text_of_any_json(value: Any):
    assert isinstance(words(value), str)


@given(DOCUMENTS)
def test_reading_a_credential_never_raises_and_gives_the_promised_types(
    document: dict[str, Any],
):
    credential = held(document)
    texts = (
        credential.id,
        *credential.issuer,
        credential.valid_from,
        credential.valid_until,
        *credential.types,
    )
    assert all(isinstance(text, str) for text in texts)
    assert all(isinstance(subject, dict) for subject in credential.subjects)
    assert isinstance(credential.contexts, tuple)
    assert isinstance(credential.status_entries, tuple)
    assert all(proof.document in _listed(document) for proof in credential.proofs)


def _listed(document: dict[str, Any]) -> list[Any]:
    proof = document.get("proof")
    return proof if isinstance(proof, list) else [proof]


@given(DOCUMENTS)
def test_reading_a_presentation_never_raises(document: dict[str, Any]):
    presentation = Presentation(
        raw=b"{}",
        media_type="application/vp",
        format="json-ld",
        document=document,
        credentials=(),
    )
    assert isinstance(presentation.holder + presentation.id, str)
    assert isinstance(presentation.proofs + presentation.types, tuple)


def test_a_credential_cannot_be_changed():
    with pytest.raises(AttributeError):
        held({}).raw = b"other"  # type: ignore[misc]


def test_a_credential_is_no_presentation():
    assert not issubclass(Credential, Presentation)

"""An assertion together with what it names: one reading for every generation."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.model.achievement import achievement_of
from credwallet.model.credential import Credential
from credwallet.model.open_badges_2 import (
    forms_of,
    hosted_at,
    is_hash,
    to_show,
    whole,
    with_earlier,
)
from credwallet.model.report import Linked
from tests.model.shapes import DOCUMENTS, JSON

ASSERTION = "https://harbour.example/1"
BADGE = "https://harbour.example/badge"
ISSUER = "https://harbour.example/issuer"


def held(document: dict[str, Any], kind: str = "open-badges-2") -> Credential:
    return Credential(b"{}", "application/ld+json", kind, document)


def linked(url: str, **document: Any) -> Linked:
    return Linked(url, document, "fetched")


LINKED = (
    linked(ASSERTION, id=ASSERTION, narrative="With care.", badge=BADGE),
    linked(
        BADGE,
        id=BADGE,
        name="Knots",
        criteria={"narrative": "Tie them."},
        alignment={"name": "Rope", "url": "https://skills.example/1"},
        issuer=ISSUER,
    ),
    linked(ISSUER, id=ISSUER, name="Harbour College"),
)


def test_badge_class_and_issuer_are_put_in_their_places() -> None:
    assertion = held({"id": ASSERTION, "badge": BADGE, "issuedOn": "2024-03-01"})

    found = whole(assertion, LINKED)

    assert found.issuer == (ISSUER, "Harbour College")
    achievement = achievement_of(found)
    assert (achievement.name, achievement.criteria) == ("Knots", "Tie them.")
    # Open Badges 1.x calls them name and url.
    assert achievement.alignments[0][:2] == ("Rope", "https://skills.example/1")


def test_what_only_the_hosted_copy_states_is_there() -> None:
    found = whole(held({"id": ASSERTION, "badge": BADGE}), LINKED)

    assert found.document["narrative"] == "With care."


def test_what_stands_at_the_address_comes_before_what_is_embedded() -> None:
    embedded = {"id": BADGE, "name": "Doctor", "issuer": {"id": ISSUER, "name": "Me"}}

    found = whole(held({"id": ASSERTION, "badge": embedded}), LINKED)

    assert achievement_of(found).name == "Knots"
    assert found.issuer.name == "Harbour College"


def test_a_document_that_moved_is_read_where_it_is() -> None:
    old = "https://harbour.example/old"
    moved = (*LINKED, linked(old, id=BADGE, name="Old knots"))

    found = whole(held({"id": ASSERTION, "badge": old}), moved)

    assert achievement_of(found).name == "Knots"
    assert achievement_of(found).id == BADGE


def test_seconds_since_1970_become_dates() -> None:
    found = whole(held({"badge": BADGE, "issuedOn": 0, "expires": 10**30}), ())

    assert found.valid_from == "1970-01-01T00:00:00+00:00"
    assert found.valid_until == ""


def test_a_hashed_recipient_is_nobody_that_could_be_shown() -> None:
    hashed = {"identity": "sha256$ab", "type": "email"}
    plain = {"identity": "ada@example.org", "type": "email"}

    for recipient, shown in ((hashed, ""), (plain, "ada@example.org")):
        found = whole(held({"badge": BADGE, "recipient": recipient}), ())
        assert achievement_of(found).subject_id == shown


def test_the_first_generation_knows_its_issuer_by_the_origin() -> None:
    badge = {"name": "Knots", "issuer": {"origin": "https://harbour.example"}}

    found = whole(held({"recipient": "ada@example.org", "badge": badge}), ())

    assert found.issuer.id == "https://harbour.example"
    assert achievement_of(found).subject_id == "ada@example.org"


def test_other_formats_stay_as_they_are() -> None:
    credential = held({"badge": BADGE, "id": ASSERTION}, "json-ld")

    assert whole(credential, LINKED) is credential


@pytest.mark.parametrize(
    ("document", "address"),
    [
        ({"id": ASSERTION}, ASSERTION),
        ({"verify": {"type": "hosted", "url": ASSERTION}}, ASSERTION),
        ({"verify": {"type": "signed", "url": ASSERTION}}, ""),
        ({"id": "urn:uuid:1"}, ""),
        ({}, ""),
    ],
)
def test_an_assertion_says_where_it_is_hosted(document, address: str) -> None:
    assert hosted_at(document) == address


@pytest.mark.parametrize(
    ("types", "forms"),
    [
        ("hosted", {"hosted"}),
        ("SignedBadge", {"signed"}),
        (["HostedBadge", "signed"], {"hosted", "signed"}),
        (["VerificationObject", 7, None], set()),
    ],
)
def test_the_forms_of_verification_go_by_two_names(types, forms: set[str]) -> None:
    assert forms_of({"verification": {"type": types}}) == forms


def test_pictures_and_novels_are_not_kept_for_showing() -> None:
    document = {"name": "Knots", "image": "x", "description": "x" * 20_000}

    assert to_show(document) == {"name": "Knots"}


def test_what_could_not_be_loaded_again_is_taken_from_before() -> None:
    found = with_earlier(LINKED[:1], LINKED)

    assert [item.url for item in found] == [ASSERTION, BADGE, ISSUER]
    assert [item.origin for item in found] == ["fetched", "kept", "kept"]


@pytest.mark.parametrize(
    ("text", "algorithm"),
    [("sha256$ab12", "sha256"), ("a$b@c.example", ""), ("ada", ""), ("$", "")],
)
def test_a_hash_is_told_from_an_address(text: str, algorithm: str) -> None:
    assert is_hash(text) is bool(algorithm)


@given(document=DOCUMENTS, others=st.lists(st.tuples(st.text(max_size=3), DOCUMENTS)))
def test_no_shape_is_a_defect(document, others) -> None:
    documents = [Linked(url, other, "fetched") for url, other in others]

    found = whole(held(document), documents)

    achievement_of(found)
    assert isinstance(found.issuer.name, str)
    assert json.dumps(to_show(document))


@given(value=JSON)
def test_any_value_for_a_badge_is_read(value) -> None:
    achievement_of(whole(held({"badge": value, "recipient": value}), LINKED))

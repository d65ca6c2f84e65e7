"""StatusList2021, 1EdTechRevocationList, and what is neither."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import credwallet.status
from credwallet.errors import Invalid, Undetermined
from credwallet.status import STATUS_TYPES
from tests.status.lists import (
    ISSUER,
    LIST_URL,
    bits,
    credential,
    encoded,
    entry,
    listing,
    status,
)


def test_the_table_lists_the_types_of_the_folder():
    folder = Path(credwallet.status.__file__).parent
    with_a_name = {
        path.stem for path in folder.glob("*.py") if "\nNAME = " in path.read_text()
    }
    modules = {module.__name__.rpartition(".")[2] for module in STATUS_TYPES.values()}
    assert modules == with_a_name
    assert all(name == module.NAME for name, module in STATUS_TYPES.items())


@pytest.mark.parametrize("kind", [None, "", "Unknown", 7, [], ["x", 7], {"a": 1}])
def test_an_unknown_type_is_undetermined(kind):
    with pytest.raises(Undetermined, match="not supported") as caught:
        status(entry(type=kind), listing(encoded(bits())))
    assert caught.value.type == "unknown-status-type"


def test_a_known_type_among_several_is_used():
    kind = ["Other", "BitstringStatusListEntry"]
    assert status(entry(type=kind), listing(encoded(bits(7)))).state == "revoked"


def list_2021(encoded_list, **more):
    return listing(
        encoded_list,
        type=["VerifiableCredential", "StatusList2021Credential"],
        subject={"type": "StatusList2021", **more},
    )


ENTRY_2021 = entry(type="StatusList2021Entry")


def test_status_list_2021_has_no_multibase_header():
    assert status(ENTRY_2021, list_2021(encoded(bits(7), ""))).state == "revoked"
    assert status(ENTRY_2021, list_2021(encoded(bits(), ""))).state == "clear"
    with pytest.raises(Undetermined):
        status(ENTRY_2021, list_2021(encoded(bits(7))))


def test_status_list_2021_may_be_padded():
    padded = encoded(bits(7), "") + "=="
    assert status(ENTRY_2021, list_2021(padded)).state == "revoked"


def test_an_old_entry_may_point_at_a_list_of_the_new_type():
    document = listing(encoded(bits(7), ""))
    assert status(ENTRY_2021, document).state == "revoked"


def test_the_entry_of_a_real_badge_without_a_list_is_undetermined():
    value = {
        "id": "https://digital-promise.github.io/credential-status-list/5R6EGMYJCL#848",
        "type": "StatusList2021Entry",
    }
    with pytest.raises(Undetermined, match="statusPurpose"):
        status(value)


REVOCATION = {"id": LIST_URL, "type": "1EdTechRevocationList"}


@pytest.mark.parametrize("member", ["revokedCredential", "revokedCredentials"])
@pytest.mark.parametrize(
    "item",
    ["urn:uuid:1", {"id": "urn:uuid:1"}, {"id": "urn:uuid:1", "revoked": True}],
    ids=str,
)
def test_a_credential_in_the_list_is_revoked(member, item):
    found = status(REVOCATION, {"id": LIST_URL, "issuer": ISSUER, member: [item]})
    assert found.state == "revoked"
    assert "not signed" in found.note


def test_the_reason_is_passed_on():
    item = {"id": "urn:uuid:1", "revocationReason": "issued by mistake"}
    found = status(REVOCATION, {"id": LIST_URL, "revokedCredential": [item]})
    assert found.message == "issued by mistake"


@pytest.mark.parametrize(
    "items",
    [
        [],
        ["urn:uuid:2"],
        [{"id": "urn:uuid:12"}],
        ["URN:UUID:1"],
        [{"id": "urn:uuid:1", "revoked": False}],
    ],
    ids=str,
)
def test_a_credential_that_is_not_in_the_list_is_clear(items):
    document = {"id": LIST_URL, "issuer": ISSUER, "revokedCredential": items}
    found = status(REVOCATION, document)
    assert found.state == "clear"
    assert "not signed" in found.note


def test_both_member_names_count_together():
    document = {"revokedCredential": [], "revokedCredentials": ["urn:uuid:1"]}
    assert status(REVOCATION, document).state == "revoked"


@pytest.mark.parametrize(
    "document",
    [
        b"<html>",
        b"",
        b"[]",
        {},
        {"revokedCredential": {}},
        {"revokedCredential": "urn:uuid:1"},
        {"revokedCredential": [], "revokedCredentials": None},
        {"revokedCredential": [7]},
        {"revokedCredential": [{"revoked": True}]},
        {"revokedCredential": [{"id": ["urn:uuid:1"]}]},
    ],
    ids=repr,
)
def test_what_is_no_revocation_list_is_undetermined(document):
    with pytest.raises(Undetermined, match="status not checked"):
        status(REVOCATION, document)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "https://issuer.example/status/2"},
        {"issuer": "did:web:other.example"},
        {"issuer": {"id": "did:web:other.example"}},
        {"issuer": 7},
    ],
    ids=str,
)
def test_a_list_of_another_speaks_only_against(change):
    document = {"id": LIST_URL, "issuer": ISSUER, **change}
    with pytest.raises(Undetermined):
        status(REVOCATION, {**document, "revokedCredential": []})
    against = {**document, "revokedCredential": ["urn:uuid:1"]}
    assert status(REVOCATION, against).state == "revoked"


def test_a_credential_without_an_id_cannot_be_looked_up():
    with pytest.raises(Undetermined, match="no id"):
        status(REVOCATION, {"revokedCredential": []}, of=credential(id_=None))


@pytest.mark.parametrize("url", [None, 7, "file:///etc/passwd", "status/1", [LIST_URL]])
def test_the_address_must_be_https(url):
    with pytest.raises(Undetermined):
        status({**REVOCATION, "id": url}, {"revokedCredential": []})


def test_a_list_that_was_not_fetched_is_undetermined():
    with pytest.raises(Undetermined, match="offline"):
        status(REVOCATION)


@given(st.binary(max_size=60) | st.text(max_size=20).map(str.encode))
def test_nothing_else_than_our_own_errors_comes_out(body):
    state = "undetermined"
    with contextlib.suppress(Invalid, Undetermined):
        state = status(REVOCATION, body).state
    assert state == "undetermined"

"""Credentials and presentations written as JSON."""

import json

import pytest

from credwallet import formats
from credwallet.errors import Unreadable
from credwallet.formats import json_ld
from credwallet.model.credential import Credential, Presentation
from tests.formats.making import CREDENTIAL, V2, as_json, token


@pytest.mark.parametrize(
    "document",
    [
        {"@context": [V2]},
        {"@context": "https://www.w3.org/2018/credentials/v1"},
        {"@context": ["x", {"y": "z"}, V2]},
        {"type": "VerifiableCredential"},
        {"@type": ["OpenBadgeCredential"]},
        {"credentialSubject": {}},
        {"credentialSubject": None, "verifiableCredential": []},
        {"type": ["VerifiableCredential", 7], "issuer": 3},
    ],
)
def test_anything_that_looks_like_a_credential_is_read(document):
    held = json_ld.read(as_json(document))
    assert isinstance(held, Credential)
    assert held.document == document


@pytest.mark.parametrize(
    "document",
    [{}, {"a": 1}, {"@context": "https://schema.org/"}, {"type": "Person"}, {"id": V2}],
)
def test_an_object_of_something_else_is_no_credential(document):
    with pytest.raises(Unreadable, match="the object is no credential"):
        json_ld.read(as_json(document))


@pytest.mark.parametrize("data", [b"1", b'"x"', b"null", b"true"])
def test_json_that_is_no_object_is_refused(data):
    with pytest.raises(Unreadable, match="no object"):
        json_ld.read(data)


def test_white_space_around_the_object_is_kept():
    data = b"\r\n  " + as_json(CREDENTIAL) + b"\n"
    assert formats.read(data).raw is data


def test_a_presentation_cuts_its_credentials_out_byte_for_byte():
    first = (
        b'{ "type" :\t["VerifiableCredential"], "n": 1.50e1, "t": "\\u00e9\xc3\xa9" }'
    )
    second = b'{"credentialSubject":{"verifiableCredential":[1,2,[3]]}}'
    data = (
        b'{"proof": {"verifiableCredential": [{"no": 1}]}, "x": "]}{[\\"",\n'
        b'"\\u0076erifiableCredential" : [\n  ' + first + b" ,\r\n" + second + b"\n ] }"
    )
    held = formats.read(data)
    assert isinstance(held, Presentation)
    assert [part.raw for part in held.credentials] == [first, second]
    assert held.credentials[0].document["n"] == 15
    assert held.raw is data


def test_a_single_credential_need_not_stand_in_an_array():
    held = formats.read(as_json({"verifiableCredential": CREDENTIAL}))
    assert [part.raw for part in held.credentials] == [as_json(CREDENTIAL)]


@pytest.mark.parametrize("document", [{"type": "VerifiablePresentation"}, []])
def test_a_presentation_may_be_empty(document):
    held = formats.read(as_json(document))
    assert isinstance(held, Presentation)
    assert held.credentials == ()


def test_an_array_of_credentials_is_a_presentation_that_nobody_signed():
    data = b" [" + as_json(CREDENTIAL) + b" , " + as_json({"a": 1}) + b"]"
    held = formats.read(data)
    assert held.credentials[0].raw == as_json(CREDENTIAL)
    assert isinstance(held.credentials[1], Unreadable)
    assert held.proofs == ()


def test_tokens_in_a_presentation_are_credentials_of_their_own():
    jwt = token(CREDENTIAL)
    envelope = {
        "@context": V2,
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/vc+jwt," + jwt.decode(),
    }
    held = formats.read(
        as_json(
            {
                "type": ["VerifiablePresentation"],
                "verifiableCredential": [jwt.decode(), envelope, envelope["id"]],
            }
        )
    )
    assert [part.raw for part in held.credentials] == [jwt, jwt, jwt]
    assert {part.format for part in held.credentials} == {"vc-jwt"}


def test_an_envelope_that_stands_alone_is_opened_and_kept():
    data = as_json(
        {
            "@context": V2,
            "type": "EnvelopedVerifiableCredential",
            "id": "data:application/vc+jwt," + token(CREDENTIAL).decode(),
        }
    )
    held = formats.read(data)
    assert isinstance(held, Credential)
    assert held.format == "vc-jwt"
    assert held.document == CREDENTIAL
    assert held.raw is data


def test_a_part_that_cannot_be_read_stands_as_its_refusal():
    parts = [
        7,
        None,
        [CREDENTIAL],
        "x.y.z",
        {"no": "credential"},
        {"type": "EnvelopedVerifiableCredential", "id": "not-data"},
        {"type": "EnvelopedVerifiableCredential"},
        "data:application/vc+cose,abc",
        "data:application/vc+sd-jwt,abc~",
        token(CREDENTIAL).decode() + "~disclosure~",
        CREDENTIAL,
    ]
    held = formats.read(as_json({"verifiableCredential": parts}))
    *refused, last = held.credentials
    assert all(isinstance(part, Unreadable) for part in refused)
    assert isinstance(last, Credential)
    assert "vc+cose" in str(refused[7])


def test_presentations_nest_two_deep_and_no_deeper():
    inner = CREDENTIAL
    for _ in range(2):
        inner = {"type": "VerifiablePresentation", "verifiableCredential": [inner]}
    held = formats.read(as_json(inner))
    for _ in range(2):
        (held,) = held.credentials
    assert isinstance(held, Credential)
    deeper = {"type": "VerifiablePresentation", "verifiableCredential": [inner]}
    (held,) = formats.read(as_json(deeper)).credentials
    assert isinstance(held.credentials[0], Unreadable)


def test_a_presentation_in_a_presentation_holds_few_credentials():
    inner = {
        "type": "VerifiablePresentation",
        "verifiableCredential": [CREDENTIAL] * 11,
    }
    outer = {"type": "VerifiablePresentation", "verifiableCredential": [inner]}
    (refused,) = formats.read(as_json(outer)).credentials
    assert "more than 10 credentials" in str(refused)


def test_more_than_a_thousand_credentials_are_refused():
    many = {"verifiableCredential": [{"credentialSubject": 1}] * 1001}
    with pytest.raises(Unreadable, match="more than 1000 credentials"):
        formats.read(as_json(many))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{" * 100_000, "nested deeper"),
        (b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
        (b'{"credentialSubject": NaN}', "NaN"),
        (b'{"credentialSubject": ' + b"9" * 6000 + b"}", "digits"),
        (b'{"credentialSubject": "\\ud800"}', "surrogate"),
        (b'{"credentialSubject": "\xff"}', "UTF-8"),
        (b'\xef\xbb\xbf{"credentialSubject": 1}', "byte order mark"),
        (as_json(CREDENTIAL) + b"x", "after the end"),
        (as_json(CREDENTIAL)[:-1], "not JSON"),
    ],
)
def test_hostile_json_is_refused_with_its_reason(data, reason):
    with pytest.raises(Unreadable, match=reason):
        formats.read(data)


def test_the_document_is_what_the_bytes_say():
    data = json.dumps(CREDENTIAL, indent=3).encode()
    assert formats.read(data).document == CREDENTIAL

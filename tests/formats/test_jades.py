"""ETSI TS 119 182-1, RFC 7515 section 7.2, RFC 7797: what is read of a seal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats import jades
from tests.verify.seals import document, header, sealed, signature, url_safe


def parts(data=None):
    return json.loads(data or sealed())


def as_bytes(whole):
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    "name",
    [
        "eu-elm/Sample-MC-Annex1-signed.jsonld",
        "eu-elm/Sample-CertOfPart-signed.jsonld",
        "mynextid-edc/microcredential/v1/edc/examples/edc-mc-signed.jsonld",
    ],
)
def test_a_real_seal_holds_its_payload_as_plain_text(vectors, name):
    data = (vectors / name).read_bytes()
    held = formats.read(data)
    assert held.format == "jades"
    assert held.raw is data
    assert "EuropeanDigitalCredential" in held.types
    assert held.document == json.loads(json.loads(data)["payload"])
    assert held.jws.signing_input.endswith(b"." + held.jws.payload)
    assert held.issuer.name in ("ORGANIZACION TEST", "Velocert OÜ")


def test_a_payload_in_base64url_is_read_as_well():
    held = formats.read(sealed(protected=header(b64=None, crit=["sigT"])))
    assert held.format == "jades"
    assert held.document == document()


def test_the_flattened_form_is_read_as_well():
    whole = parts()
    flat = {"payload": whole["payload"], **whole["signatures"][0]}
    assert formats.read(as_bytes(flat)).document == document()


def test_members_beside_the_seal_say_nothing():
    forged = {**parts(), "credentialSubject": {"id": "x"}, "issuer": "https://evil"}
    assert formats.read(as_bytes(forged)).document == document()


def test_a_credential_that_speaks_of_payloads_is_still_json_ld():
    text = document(description='a "payload" and its "signatures"')
    text["payload"], text["signatures"] = 1, 2
    assert formats.read(as_bytes(text)).format == "json-ld"


def test_unsigned_headers_are_kept_apart():
    data = sealed(unprotected={"etsiU": []})
    (found,) = jades.signatures_of(data)
    assert found.unprotected == {"etsiU": []}
    assert "etsiU" not in found.jws.header


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payload": None}, "detached"),
        ({"payload": ""}, "detached"),
        ({"payload": {}}, "detached"),
        ({"signatures": []}, "no list"),
        ({"signatures": {}}, "no list"),
        ({"signatures": [1]}, "without a protected header"),
        ({"signatures": [{}]}, "without a protected header"),
        ({"signature": "AAAA"}, "one stands beside"),
        ({"payload": "[]"}, "no credential"),
        ({"payload": "{}"}, "no credential"),
        ({"payload": '{"type":"VerifiablePresentation"}'}, "no credential"),
        ({"payload": "{"}, "JSON"),
        ({"payload": '{"type":1,"type":2}'}, "twice"),
    ],
)
def test_what_is_no_sealed_credential_is_refused_and_named(changes, words):
    with pytest.raises(Unreadable, match=words):
        jades.read(as_bytes({**parts(), **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"protected": "!"},
        {"protected": "é"},
        {"protected": url_safe(b"[]")},
        {"protected": url_safe(b'{"b64":false,"b64":true}')},
        {"protected": url_safe(b"{}") + "="},
        {"signature": "A"},
        {"signature": None},
        {"header": []},
    ],
)
def test_a_broken_signature_is_refused(changes):
    whole = parts()
    whole["signatures"][0] |= changes
    with pytest.raises(Unreadable):
        jades.read(as_bytes(whole))


def test_signatures_that_read_the_payload_differently_are_refused():
    payload = url_safe(json.dumps(document()).encode())
    both = [
        signature(payload, header(b64=None, crit=None)),
        signature(payload, header()),
    ]
    with pytest.raises(Unreadable, match="read the payload differently"):
        jades.read(as_bytes({"payload": payload, "signatures": both}))


def test_eleven_signatures_are_too_many():
    whole = parts()
    whole["signatures"] *= 11
    with pytest.raises(Unreadable, match="11 signatures"):
        jades.read(as_bytes(whole))


def test_a_huge_file_is_refused():
    with pytest.raises(Unreadable, match="larger than 10 MiB"):
        formats.read(as_bytes({**parts(), "payload": "x" * (10 * 1024 * 1024)}))


def test_a_payload_nested_too_deep_is_refused():
    with pytest.raises(Unreadable):
        jades.read(as_bytes({**parts(), "payload": "[" * 100_000}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, JSON, st.sampled_from(["protected", "signature", "header", ""]))
def test_any_json_is_read_or_refused(value, payload, member):
    whole = {**parts(), "payload": payload}
    if member:
        whole["signatures"][0][member] = value
    else:
        whole["signatures"] = value
    data = as_bytes(whole)
    try:
        jades.read(data)
    except CredwalletError:
        return
    assert json.loads(data)["payload"]

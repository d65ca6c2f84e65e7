"""Nothing leaves that was not listed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.model.credential import Credential
from credwallet.share import WAYS, disclosure, file, link
from credwallet.share.handover import Request
from tests.share.badges import DOCUMENT, credential, jwt

SIGNATURES = ("proofValue", "jws", "signatureValue")


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Every text, number, flag and null, with its JSON Pointer, in order."""
    if isinstance(value, dict):
        return [
            leaf
            for name, member in value.items()
            for leaf in leaves(
                member, f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
            )
        ]
    if isinstance(value, list):
        return [
            leaf
            for index, entry in enumerate(value)
            for leaf in leaves(entry, f"{path}/{index}")
        ]
    return [(path, value)]


def is_signature(path: str) -> bool:
    parts = path.split("/")
    return "proof" in parts and parts[-1] in SIGNATURES


def by_path(badge: Credential) -> dict[str, disclosure.Disclosure]:
    return {entry.path: entry for entry in disclosure.everything(badge)}


@pytest.mark.parametrize(
    "file_name",
    [
        "1edtech-public-validator/ob30/complete.json",
        "1edtech-public-validator/ob30/simple.json",
        "1edtech-public-validator/ob30/simple.jwt",
        "1edtech-public-validator/ob30/simple-json.png",
        "dcc-verifier-core/safeModeBreaker.json",
    ],
)
def test_every_text_of_a_real_badge_is_listed(vectors, file_name):
    badge = formats.read((vectors / file_name).read_bytes())
    assert isinstance(badge, Credential)
    listed = by_path(badge)
    for path, value in leaves(badge.document):
        if is_signature(path):
            assert path not in listed
        elif isinstance(value, str):
            shown = listed[path].value
            assert shown == value or shown.startswith(("data: ", "a signed token"))


NAMES = st.text(max_size=8) | st.sampled_from(["proof", "id", "image", "a/b", "~", "0"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4)
    ),
    max_leaves=25,
)


@given(st.dictionaries(NAMES, JSON, max_size=6))
def test_every_leaf_is_listed_once_in_document_order(document):
    badge = credential(document=document, raw=b"")
    wanted = [path for path, _ in leaves(document) if not is_signature(path)]
    assert [entry.path for entry in disclosure.everything(badge)] == wanted


def test_values_of_signatures_are_left_out_but_not_the_rest_of_a_proof():
    listed = by_path(credential())
    assert "/proof/proofValue" not in listed
    assert listed["/proof/verificationMethod"].value.startswith("did:key:")
    outside = by_path(credential({"jws": "not a proof"}))
    assert outside["/jws"].value == "not a proof"


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/id", "same credential"),
        ("/credentialSubject/id", "names you"),
        ("/credentialStatus/statusListIndex", "one of a kind"),
        ("/credentialStatus/statusListCredential", "issuer's host"),
        ("/credentialSubject/achievement/image/id", "loads this picture"),
        ("/issuer/id", ""),
        ("/issuer/name", ""),
        ("/validFrom", ""),
        ("/credentialSubject/achievement/id", ""),
        ("/credentialSubject/achievement/name", ""),
        ("/credentialStatus/type", ""),
        ("/proof/verificationMethod", ""),
    ],
)
def test_what_can_be_linked_says_why(path, word):
    why = by_path(credential())[path].linkable
    assert (word in why) if word else (why == "")


def test_several_subjects_are_known_too():
    badge = credential({"credentialSubject": [{"id": "did:key:z1"}, {"id": "urn:x"}]})
    assert "names you" in by_path(badge)["/credentialSubject/1/id"].linkable


def test_a_hashed_identity_can_be_guessed_and_a_plain_one_says_who_you_are():
    hashed = {"identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4b"}
    badge = credential({"credentialSubject": {"identifier": hashed}})
    path = "/credentialSubject/identifier/identityHash"
    assert "guessed" in by_path(badge)[path].linkable
    badge = credential({"credentialSubject": {"identifier": {"identityHash": "a@b.c"}}})
    assert "who you are" in by_path(badge)[path].linkable
    old = credential({"recipient": {"identity": "sha256$c7ef86405ba71b8", "salt": "x"}})
    assert "guessed" in by_path(old)["/recipient/identity"].linkable


def test_evidence_leads_to_the_work():
    badge = credential({"evidence": [{"id": "https://example.org/my-essay"}]})
    assert "your work" in by_path(badge)["/evidence/0/id"].linkable


def test_pictures_and_tokens_inside_are_named_with_their_size():
    token = ".".join(["eyJhbGciOiJFZERTQSJ9", "e" * 200, "c2lnbmF0dXJlLXZhbHVl"])
    badge = credential(
        {
            "image": "data:image/png;base64," + "A" * 16_000,
            "endorsementJwt": [token],
            "narrative": "data: is a word, and so is eyJ",
        }
    )
    listed = by_path(badge)
    assert (
        listed["/endorsementJwt/0"].value
        == "a signed token with claims of its own, 242 bytes"
    )
    assert listed["/image"].value == "data: image/png, 12 kB"
    assert "claims of its own" in listed["/endorsementJwt/0"].linkable
    assert listed["/narrative"].value == "data: is a word, and so is eyJ"


def test_labels_are_words():
    listed = by_path(credential())
    assert listed["/credentialSubject/achievement/name"].label == "achievement: name"
    assert listed["/credentialSubject/id"].label == "credential subject: id"
    assert listed["/type/1"].label == "type"


def test_the_header_and_the_claims_of_a_jwt_leave_too():
    document = {name: item for name, item in DOCUMENT.items() if name != "proof"}
    badge = jwt({**document, "jti": document["id"], "sub": "did:key:z6MkHolder"})
    listed = disclosure.everything(badge)
    parts = [entry.part for entry in listed]
    assert parts == sorted(parts, key=["credential", "header", "claims"].index)
    rest = {(entry.part, entry.path): entry for entry in listed[-5:]}
    assert list(rest) == [
        ("header", "/alg"),
        ("header", "/typ"),
        ("header", "/kid"),
        ("claims", "/jti"),
        ("claims", "/sub"),
    ]
    assert "same credential" in rest["claims", "/jti"].linkable
    assert "names you" in rest["claims", "/sub"].linkable


def test_a_claim_that_contradicts_the_credential_is_listed():
    document = {name: item for name, item in DOCUMENT.items() if name != "proof"}
    badge = jwt({"vc": {**document, "name": "Another", "x": 1}, "iss": "did:key:z"})
    claims = [entry for entry in disclosure.everything(badge) if entry.part == "claims"]
    assert [(entry.path, entry.value) for entry in claims] == [
        ("/vc/name", "Another"),
        ("/vc/x", "1"),
        ("/iss", "did:key:z"),
    ]


def test_a_picture_leaves_with_its_file_but_not_with_a_link():
    badge = credential(carrier="png", raw=bytes(12_345))
    listed = file.discloses(badge, Request())
    assert listed[-1].part == "carrier"
    assert listed[-1].value.startswith("PNG, 12 kB")
    assert listed[:-1] == link.discloses(badge, Request())


# Ways that need a receiver and a key: see test_vp.py and test_sd_jwt.py.
BOUND = {"vp", "vp-jwt", "sd-jwt"}


@pytest.mark.parametrize("way", [name for name in WAYS if name not in BOUND])
def test_no_way_hides_what_it_hands_over(way):
    badge = credential({"id": "https://issuer.example/badges/7"})
    request = Request(page="https://v.example/")
    made = WAYS[way].hand_over((badge,), request)
    assert WAYS[way].discloses(badge, request)
    assert bool(made.files) != bool(made.links)
    assert made.notes


def test_values_are_texts_of_json():
    badge = credential(document={"a": None, "b": True, "c": 1.5, "d": 10**30}, raw=b"")
    values = [entry.value for entry in disclosure.everything(badge)]
    assert values == ["null", "true", "1.5", json.dumps(10**30)]

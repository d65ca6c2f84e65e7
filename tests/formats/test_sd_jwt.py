"""Tokens with disclosures: what was disclosed, by the rules of RFC 9901 section 7.1."""

import base64
import contextlib
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.errors import Invalid, Unreadable
from credwallet.formats import sd_jwt
from credwallet.formats._disclosures import (
    Disclosed,
    disclose,
    hash_of,
    read_disclosures,
)
from credwallet.formats._disclosures import digest as digest_of
from credwallet.model.credential import Credential, Presentation
from tests.formats.making import CREDENTIAL
from tests.hostile.sd_jwt import bound, claims, digest, disclosure, token

# RFC 9901 section 4.2: disclosures, what they hold, and their digests.
PUBLISHED = {
    "WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0": (
        ["6qMQvRL5haj", "family_name", "Möbius"],
        "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY",
    ),
    "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0": (
        ["lklxF5jMYlGTPUovMNIvCA", "FR"],
        "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs",
    ),
}
NEVER: frozenset[str] = frozenset({"exp"})


def opened(payload: dict[str, Any], *shown: str) -> Disclosed:
    disclosures = read_disclosures([part.encode() for part in shown])
    return disclose(payload, disclosures, never=NEVER)


@pytest.mark.parametrize("text", PUBLISHED)
def test_the_disclosures_of_the_rfc_are_read_and_digested_as_it_says(text: str):
    held, stated = PUBLISHED[text]
    (one,) = read_disclosures([text.encode()])
    assert [one.name, one.value] == (held[1:] if len(held) == 3 else [None, held[1]])
    assert digest_of(text.encode(), "sha256") == stated


def test_the_pid_of_the_rfc_is_read(vectors: Path):
    """RFC 9901 appendix A.3."""
    data = (vectors / "openvc-interop/sd_jwt_vc/rfc9901-a3-sd-jwt-vc.txt").read_bytes()
    held = formats.read(data)
    assert isinstance(held, Credential)
    assert (held.format, held.problem, held.states_claims) == ("sd-jwt", "", True)
    assert held.types == ("urn:eudi:pid:de:1",)
    assert held.issuer.id == "https://pid-issuer.bund.de.example"
    assert "_sd" not in json.dumps(held.document)


def test_what_a_kotlin_library_issued_and_presented_is_read(vectors: Path):
    folder = vectors / "eudi-sdjwt-kt"
    issued = formats.read((folder / "exampleIssuanceSdJwt.txt").read_bytes())
    shown = formats.read((folder / "examplePresentationSdJwt.txt").read_bytes())
    for held in (issued, shown):
        assert isinstance(held, Credential)
        assert held.problem == ""
        assert held.sd_jwt is not None
        assert "_sd" not in json.dumps(held.document)
    assert shown.sd_jwt.withheld >= issued.sd_jwt.withheld


def test_nothing_disclosed_leaves_what_is_plain():
    held = sd_jwt.read(token(claims(_sd=[digest("x"), digest("y")])).encode())
    assert isinstance(held, Credential)
    assert held.document == claims()
    assert held.sd_jwt is not None
    assert held.sd_jwt.withheld == 2


def test_a_member_takes_the_place_of_its_digest():
    shown = disclosure("salt", "grade", "A")
    found = opened({"x": 1, "_sd": [digest("decoy"), digest(shown)]}, shown)
    assert found == Disclosed({"x": 1, "grade": "A"}, 1)


def test_an_element_takes_the_place_of_its_digest_and_others_vanish():
    shown = disclosure("salt", "FR")
    places = ["DE", {"...": digest("decoy")}, {"...": digest(shown)}, "US"]
    found = opened({"nationalities": places}, shown)
    assert found == Disclosed({"nationalities": ["DE", "FR", "US"]}, 1)


def test_disclosures_stand_in_disclosures():
    street = disclosure("s1", "street", "Main")
    address = disclosure("s2", "address", {"country": "DE", "_sd": [digest(street)]})
    payload = {"_sd": [digest(address)]}
    whole = opened(payload, street, address)
    assert whole.claims == {"address": {"country": "DE", "street": "Main"}}
    assert opened(payload, address) == Disclosed({"address": {"country": "DE"}}, 1)
    # What stands in a value that is held back is not among what is disclosed.
    with pytest.raises(Invalid, match="not among what the issuer signed"):
        opened(payload, street)


@pytest.mark.parametrize(
    ("name", "hash_name"),
    [("sha-256", "sha256"), ("sha-384", "sha384"), ("sha-512", "sha512")],
)
def test_the_hash_is_the_one_that_is_named(name: str, hash_name: str):
    shown = disclosure("salt", "grade", "A")
    payload = {"_sd_alg": name, "_sd": [digest(shown, hash_name)]}
    assert hash_of(payload) == hash_name
    assert opened(payload, shown).claims == {"grade": "A"}
    with pytest.raises(Invalid):
        opened(
            {**payload, "_sd_alg": "sha-384" if name == "sha-256" else "sha-256"}, shown
        )


def test_only_the_name_at_the_top_names_the_hash():
    assert opened({"more": {"_sd_alg": "md5"}}).claims == {"more": {"_sd_alg": "md5"}}


@pytest.mark.parametrize("name", ["md5", "sha-1", "sha-256-32", "SHA-256", "", 1, None])
def test_a_hash_that_is_not_safe_is_refused(name: Any):
    with pytest.raises(Invalid, match="not safe"):
        hash_of({"_sd_alg": name})


A, B = disclosure("salt", "grade", "A"), disclosure("salt", "A")
HERE = [digest(A)]


@pytest.mark.parametrize(
    ("payload", "shown", "words"),
    [
        ({"_sd": HERE}, [A, A], "a disclosure stands there twice"),
        ({"_sd": HERE * 2}, [], "a digest stands there twice"),
        ({"_sd": HERE, "more": {"_sd": HERE}}, [A], "a digest stands there twice"),
        ({"_sd": HERE, "more": [{"...": HERE[0]}]}, [], "digest stands there twice"),
        ({"_sd": [digest("x")]}, [A], "not among what the issuer signed"),
        ({}, [A], "not among what the issuer signed"),
        ({"_sd": {}}, [], "no array of digests"),
        ({"_sd": None}, [], "no array of digests"),
        ({"_sd": [1]}, [], "a digest is no text"),
        ({"more": [{"...": 1}]}, [], "a digest is no text"),
        ({"...": HERE[0]}, [], "where no element of an array is"),
        ({"more": {"...": HERE[0]}}, [A], "where no element of an array is"),
        ({"more": [{"...": HERE[0], "x": 1}]}, [A], "other members beside it"),
        ({"more": [{"...": HERE[0]}]}, [A], "disclosed as an element"),
        ({"_sd": [digest(B)]}, [B], "disclosed as a member"),
        ({"_sd": HERE, "grade": "F"}, [A], "would replace the member"),
    ],
)
def test_a_rule_that_is_broken_is_named(
    payload: dict[str, Any], shown: list[str], words: str
):
    with pytest.raises(Invalid, match=words):
        opened(payload, *shown)


@pytest.mark.parametrize("name", ["_sd", "...", "_sd_alg"])
def test_a_reserved_name_is_not_disclosed(name: str):
    shown = disclosure("salt", name, [])
    with pytest.raises(Invalid, match="reserved name"):
        opened({"_sd": [digest(shown)]}, shown)


def test_digests_in_a_disclosed_value_are_held_to_the_same_rules():
    for value in ({"_sd": "x"}, {"...": "x"}, [{"...": "x", "y": 1}]):
        shown = disclosure("salt", "more", value)
        with pytest.raises(Invalid):
            opened({"_sd": [digest(shown)]}, shown)


def test_a_digest_in_a_disclosure_that_stands_outside_too_is_refused():
    outer = disclosure("salt", "more", {"_sd": HERE})
    with pytest.raises(Invalid, match="twice"):
        opened({"_sd": [digest(outer), *HERE]}, outer, A)


def test_two_disclosures_of_one_name_are_refused():
    other = disclosure("other", "grade", "F")
    with pytest.raises(Invalid, match="would replace"):
        opened({"_sd": [digest(A), digest(other)]}, A, other)


@pytest.mark.parametrize("value", [{"_sd": []}, [{"...": "x"}], {"a": {"_sd": []}}])
def test_what_decides_validity_is_not_selective(value: Any):
    with pytest.raises(Invalid, match="exp must not be disclosed selectively"):
        opened({"exp": value})
    shown = disclosure("salt", "exp", 1)
    with pytest.raises(Invalid, match="exp must not be disclosed selectively"):
        opened({"_sd": [digest(shown)]}, shown)


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b"[]",
        b'["salt"]',
        b'["salt","a",1,2]',
        b'[1,"a",1]',
        b'["salt",1,1]',
        b'["salt","a",NaN]',
        b'["salt","a",{"b":1,"b":2}]',
        b'["salt","a","\xff"]',
        b"\xff",
        b"",
    ],
)
def test_what_is_no_disclosure_is_unreadable(text: bytes):
    part = base64.urlsafe_b64encode(text).rstrip(b"=")
    with pytest.raises(Unreadable):
        read_disclosures([part])


def test_padding_is_refused():
    with pytest.raises(Unreadable):
        read_disclosures([disclosure("salt", "grade", "AB").encode() + b"="])


def test_too_many_are_refused():
    with pytest.raises(Unreadable, match="more than 10000"):
        read_disclosures([b"x"] * 10_001)


def test_a_broken_rule_is_told_and_nothing_disclosed_is_read():
    held = sd_jwt.read(token(claims(_sd=HERE), [A, A]).encode())
    assert "twice" in held.problem
    assert held.document == claims()


def test_a_vc_2_document_is_a_credential_of_that_model():
    shown = disclosure("salt", "name", "Knots")
    payload = {**CREDENTIAL, "_sd": [digest(shown)]}
    held = sd_jwt.read(token(payload, [shown]).encode())
    assert isinstance(held, Credential)
    assert (held.states_claims, held.name) == (False, "Knots")
    assert held.media_type == "application/vc+sd-jwt"


@pytest.mark.parametrize(
    "name",
    ["presentation-sdjwt-selective.txt", "presentation-sdjwt-bad-credential.txt"],
)
def test_published_presentations_hold_their_credentials(vectors: Path, name: str):
    data = (vectors / "w3c-vc-jose-cose-test-suite/input" / name).read_bytes()
    held = formats.read(data)
    assert isinstance(held, Presentation)
    assert held.credentials


def test_the_bytes_are_kept_and_a_key_binding_is_taken_apart():
    whole = token(claims(_sd=HERE), [A])
    data = f"\n{bound(whole)}\r\n".encode()
    held = sd_jwt.read(data)
    assert held.raw is data
    assert held.sd_jwt is not None
    assert held.sd_jwt.presented == whole.encode()
    assert held.sd_jwt.disclosures == (A.encode(),)
    assert held.sd_jwt.key_binding is not None
    assert held.sd_jwt.key_binding.header["typ"] == "kb+jwt"


@pytest.mark.parametrize(
    "text",
    [
        "~",
        token(claims())[:-1],
        token(claims()) + "~",
        token(claims()).replace("~", " ~"),
        token(claims()) + "junk",
        token(claims()) + token(claims()),
    ],
)
def test_what_is_no_such_token_is_unreadable(text: str):
    with pytest.raises(Unreadable):
        formats.read(text.encode())


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3),
    ),
    max_leaves=10,
)
DOCUMENTS = st.dictionaries(st.text("abc", min_size=1, max_size=2), VALUES, max_size=4)


SALTS = count()


def hide(value: Any, made: list[str]) -> Any:
    """Put every member and element behind a digest, as an issuer does."""
    if isinstance(value, dict):
        hidden = [
            disclosure(f"s{next(SALTS)}", name, hide(member, made))
            for name, member in value.items()
        ]
        made.extend(hidden)
        return {"_sd": sorted(map(digest, hidden))} if value else {}
    if isinstance(value, list):
        found = []
        for element in value:
            part = disclosure(f"s{next(SALTS)}", hide(element, made))
            made.append(part)
            found.append({"...": digest(part)})
        return found
    return value


@given(DOCUMENTS)
def test_what_an_issuer_hides_is_what_a_reader_finds(document: dict[str, Any]):
    made: list[str] = []
    hidden = {name: hide(value, made) for name, value in document.items()}
    assert opened(hidden, *made) == Disclosed(document, 0)


@given(DOCUMENTS, st.data())
def test_one_disclosure_that_is_left_out_takes_nothing_else_away(
    document: dict[str, Any], data: st.DataObject
):
    parts = {
        name: disclosure(f"s-{name}", name, value) for name, value in document.items()
    }
    payload = {"_sd": [digest(part) for part in parts.values()]}
    shown = data.draw(st.sets(st.sampled_from(sorted(parts) or [""])))
    found = opened(payload, *[parts[name] for name in shown if name in parts])
    assert found.claims == {n: v for n, v in document.items() if n in shown}
    assert found.withheld == len(document) - len(found.claims)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes):
    for text in (data, data + b"~", b"eyJ" + data + b"~"):
        with contextlib.suppress(Unreadable):
            assert sd_jwt.read(text).raw == text

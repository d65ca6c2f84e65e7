"""What do registries say about an issuer, and does an unchecked one ever count?"""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from credwallet.errors import CredwalletError, Invalid, Undetermined, Unreadable
from credwallet.fetch import Document, Offline
from credwallet.keys.multibase import base64url_encode
from credwallet.trust import dcc_legacy, oidf
from credwallet.trust.registries import Found, Registry, from_parts, look_up, to_parts
from tests.cli.runner import NOW

ISSUER = "did:web:college.example"
FILE_URL = "https://registry.example/registry.json"
ANCHOR = "https://anchor.example"
ANCHOR_URL = f"{ANCHOR}/.well-known/openid-federation"
KEY = ec.generate_private_key(ec.SECP256R1())


def file(**entries: Any) -> bytes:
    listed = {ISSUER: {"name": "The College", "url": "https://college.example"}}
    return json.dumps({"meta": {}, "registry": {**listed, **entries}}).encode()


def jwk(key: Any = KEY, kid: str = "key-1") -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    x, y = (base64url_encode(n.to_bytes(32)) for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}


def token(claims: Any, key: Any = KEY, **header: Any) -> bytes:
    head = {"alg": "ES256", "typ": "entity-statement+jwt", "kid": "key-1", **header}
    parts = [base64url_encode(json.dumps(part).encode()) for part in (head, claims)]
    signing_input = ".".join(parts).encode()
    signature = key.sign(signing_input, ec.ECDSA(hashes.SHA256()))
    raw = b"".join(number.to_bytes(32) for number in decode_dss_signature(signature))
    return signing_input + b"." + base64url_encode(raw).encode()


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def anchor(**more: Any) -> dict[str, Any]:
    return {
        "iss": ANCHOR,
        "sub": ANCHOR,
        "iat": seconds(NOW - timedelta(hours=1)),
        "exp": seconds(NOW + timedelta(days=1)),
        "jwks": {"keys": [jwk()]},
        "metadata": {
            "federation_entity": {
                "organization_name": "The Anchor",
                "federation_fetch_endpoint": f"{ANCHOR}/fetch",
            }
        },
        **more,
    }


def statement(**more: Any) -> dict[str, Any]:
    return {
        "iss": ANCHOR,
        "sub": ISSUER,
        "iat": seconds(NOW - timedelta(hours=1)),
        "exp": seconds(NOW + timedelta(days=1)),
        "metadata": {"federation_entity": {"organization_name": "The College"}},
        **more,
    }


def kept(kind: str, document: bytes, *, days: float = 0) -> Registry:
    fetched_at = (NOW - timedelta(days=days)).isoformat(timespec="seconds")
    url = FILE_URL if kind == "dcc-legacy" else ANCHOR_URL
    return Registry(url, kind, f"My {kind}", fetched_at, fetched_at, document)


def federation() -> Registry:
    return kept("oidf", token(anchor()))


def answering(body: bytes):
    return lambda url: Document(url, body, "", "fetched")


def ask(*registries: Registry, fetch: Any = None, issuer: str = ISSUER) -> Found:
    return look_up(registries, issuer, fetch=fetch or Offline(), at=NOW)


def why_not(found: Found) -> str:
    assert found.listed == ()
    (problem,) = found.unchecked
    assert problem.next_step
    return problem.title


# One JSON file of names.


def test_a_file_of_names_is_asked_offline_and_its_age_is_said():
    found = ask(kept("dcc-legacy", file(), days=12))
    (listed,) = found.listed
    assert (listed.name, listed.registry) == ("The College", "My dcc-legacy")
    assert (listed.age_s // 86_400, found.unchecked) == (12, ())


def test_an_issuer_that_is_not_listed_is_no_finding():
    assert ask(kept("dcc-legacy", file()), issuer="did:web:x.example") == Found((), ())


def test_an_identifier_is_compared_whole():
    for near in (ISSUER.upper(), ISSUER + "#key-1", ISSUER[:-1]):
        assert ask(kept("dcc-legacy", file()), issuer=near).listed == ()


def test_registries_answer_in_the_order_of_their_adding():
    one = kept("dcc-legacy", file())._replace(name="First")
    two = one._replace(name="Second", document=file(**{ISSUER: {"name": "Other"}}))
    assert [listed.name for listed in ask(one, two).listed] == ["The College", "Other"]


def test_an_old_copy_does_not_count_and_that_is_said():
    assert "is 91 days old" in why_not(ask(kept("dcc-legacy", file(), days=91)))
    assert "days old" in why_not(ask(kept("dcc-legacy", file(), days=-91)))


def test_an_entry_without_a_name_is_listed_by_its_identifier():
    for entry in ({}, None, "x", {"name": 7}, {"name": " \n "}):
        found = ask(kept("dcc-legacy", file(**{ISSUER: entry})))
        assert [listed.name for listed in found.listed] == [ISSUER]


def test_a_long_name_of_many_lines_becomes_a_short_one_of_one():
    found = ask(kept("dcc-legacy", file(**{ISSUER: {"name": "a\nb\t" * 9999}})))
    assert found.listed[0].name.startswith("a b a b")
    assert len(found.listed[0].name) <= 200


@pytest.mark.parametrize(
    "document",
    [b"", b"[]", b"{}", b'{"registry": []}', b'{"registry": {"a": 1, "a": 2}}', b"<h>"],
)
def test_what_is_no_file_of_names_is_refused(document: bytes):
    with pytest.raises(Unreadable):
        dcc_legacy.contents(FILE_URL, document, NOW)
    assert "was not checked" in why_not(ask(kept("dcc-legacy", document)))


# A federation.


def test_a_signed_statement_lists_an_issuer():
    asked = []

    def fetch(url: str) -> Document:
        asked.append(url)
        return Document(url, token(statement()), "", "fetched")

    found = ask(federation(), fetch=fetch)
    assert [listed.name for listed in found.listed] == ["The College"]
    assert asked == [f"{ANCHOR}/fetch?sub={ISSUER}"]


def test_an_identifier_cannot_add_to_the_question():
    asked = []

    def fetch(url: str) -> Document:
        asked.append(url)
        raise Undetermined("no", next_step="x", type="not-found")

    ask(federation(), fetch=fetch, issuer="https://a.example/?x=1&sub=did:web:b#c")
    sub = "https:%2F%2Fa.example%2F%3Fx%3D1%26sub%3Ddid:web:b%23c"
    assert asked == [f"{ANCHOR}/fetch?sub={sub}"]


def test_an_issuer_without_a_statement_is_no_finding():
    def fetch(url: str) -> Document:
        raise Undetermined("the server answered 404", next_step="x", type="not-found")

    assert ask(federation(), fetch=fetch) == Found((), ())


def test_offline_a_federation_is_named_as_unchecked():
    assert "My oidf was not checked" in why_not(ask(federation()))


OTHER = ec.generate_private_key(ec.SECP256R1())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (token(statement(), OTHER), "signature"),
        (token(statement(), kid="key-2"), "does not list"),
        (token(statement(), alg="HS256"), "algorithm"),
        (token(statement(), alg="none"), "algorithm"),
        (token(statement(), typ="jwt"), "type"),
        (token(statement(), crit=["x"]), "extension"),
        (token(statement(iss="https://other.example")), "not about"),
        (token(statement(sub="did:web:other.example")), "not about"),
        (token(statement(exp=seconds(NOW - timedelta(hours=1)))), "valid until"),
        (token(statement(iat=seconds(NOW + timedelta(hours=1)))), "ahead"),
        (token(statement(exp=10**300)), "no date"),
        (token(statement(exp="soon")), "no date"),
        (token({**statement(), "iat": None}), "no date"),
        (token(["x"]), ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_a_statement_that_is_not_the_anchors_does_not_count(body: bytes, said: str):
    assert said in why_not(ask(federation(), fetch=answering(body)))


def test_a_copy_of_a_statement_counts_until_it_ends_and_its_age_is_said():
    def fetch(url: str) -> Document:
        return Document(url, token(statement()), "", "cached", 3600)

    assert [listed.age_s for listed in ask(federation(), fetch=fetch).listed] == [3600]


def test_an_anchor_signs_its_own_configuration():
    found = oidf.contents(ANCHOR_URL, token(anchor()), NOW)
    assert (found.name, found.issuers) == ("The Anchor", None)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (ANCHOR_URL, token(anchor(), OTHER)),
        ("https://evil.example/.well-known/openid-federation", token(anchor())),
        (ANCHOR_URL, token(anchor(sub="https://other.example"))),
        (ANCHOR_URL, token(anchor(exp=seconds(NOW - timedelta(days=1))))),
        (ANCHOR_URL, token(anchor(jwks={"keys": []}))),
        (ANCHOR_URL, token(anchor(jwks={"keys": [{"kid": "key-1", "kty": "oct"}]}))),
        (ANCHOR_URL, token(anchor(jwks="x"))),
        (ANCHOR_URL, token(anchor(metadata={}))),
        (ANCHOR_URL, token(anchor(metadata={"federation_entity": {}}))),
        (ANCHOR_URL, file()),
        (ANCHOR_URL, b""),
    ],
)
def test_what_is_no_configuration_of_that_anchor_is_refused(url: str, body: bytes):
    with pytest.raises(CredwalletError) as caught:
        oidf.contents(url, body, NOW)
    assert isinstance(caught.value, Invalid | Undetermined | Unreadable)


def test_an_anchor_that_kept_a_key_is_the_same_one():
    old = token(anchor())
    grown = token(anchor(jwks={"keys": [jwk(), jwk(OTHER, "key-2")]}))
    changed = token(anchor(jwks={"keys": [jwk(OTHER)]}), OTHER)
    assert oidf.is_successor(old, grown)
    assert not oidf.is_successor(old, changed)


def test_an_unknown_kind_is_said_and_does_not_count():
    assert "no kind of registry" in why_not(
        ask(kept("dcc-legacy", b"")._replace(kind="x"))
    )


def test_a_registry_comes_back_as_it_was_kept():
    registry = kept("dcc-legacy", file())
    assert from_parts(registry.url, to_parts(registry), registry.document) == registry

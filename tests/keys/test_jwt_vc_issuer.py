"""Which keys does the issuer of an SD-JWT VC publish? (SD-JWT VC section 5)"""

from typing import Any

import pytest

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Document
from credwallet.keys.jwk import thumbprint
from credwallet.keys.jwt_vc_issuer import address, find_key, read
from tests.keys.served import NOTHING, jwk_of, serve

ISSUER = "https://example.com"
WHERE = "https://example.com/.well-known/jwt-vc-issuer"


def published(*keys: Any, issuer: str = ISSUER, **more: Any) -> dict[str, Any]:
    """Serve metadata with these keys."""
    return {WHERE: {"issuer": issuer, "jwks": {"keys": list(keys)}, **more}}


def key(seed: int = 1, **more: Any) -> dict[str, Any]:
    return {**jwk_of(seed), **more}


@pytest.mark.parametrize(
    ("issuer", "where"),
    [
        # The two examples of the section.
        (ISSUER, WHERE),
        ("https://example.com/", WHERE),
        (
            "https://example.com/tenant/1234",
            "https://example.com/.well-known/jwt-vc-issuer/tenant/1234",
        ),
        (
            "https://example.com/tenant/1234/",
            "https://example.com/.well-known/jwt-vc-issuer/tenant/1234",
        ),
        (
            "https://example.com:8443/a",
            "https://example.com:8443/.well-known/jwt-vc-issuer/a",
        ),
    ],
)
def test_the_address_has_the_well_known_part_between_host_and_path(
    issuer: str, where: str
):
    assert address(issuer) == where


@pytest.mark.parametrize(
    "issuer",
    [
        "http://example.com",
        "HTTPS:example.com",
        "https://",
        "https://user@example.com",
        "https://user:word@example.com",
        "https://example.com?x=1",
        "https://example.com/?",
        "https://example.com/#a",
        "https://example.com/../admin",
        "https://example.com/./a",
        "https://example.com/a b",
        "https://example.com/\r\nHost: x",
        "https://exa\u200bmple.com",
        "https://[::1",
        "did:web:example.com",
        "",
    ],
)
def test_what_is_no_plain_https_address_is_refused(issuer: str):
    with pytest.raises(Invalid):
        address(issuer)


def test_the_key_that_the_header_names_is_found():
    documents = published(key(1, kid="one"), key(2, kid="two"))
    found = find_key(ISSUER, {"kid": "two"}, fetch=serve(documents))
    assert (found.id, found.controller) == (f"{ISSUER}#two", ISSUER)
    assert found.relationships == frozenset({"assertionMethod"})
    assert (found.self_asserted, "supplied" in found.source) == (False, True)


def test_the_only_key_needs_no_name():
    found = find_key(ISSUER, {}, fetch=serve(published(key(1, kid="one"))))
    assert found.id == f"{ISSUER}#one"
    with pytest.raises(Undetermined, match="no key is named"):
        find_key(ISSUER, {}, fetch=serve(published(key(1, kid="a"), key(2, kid="b"))))


def test_a_key_in_the_header_must_be_one_of_them():
    documents = serve(published(key(1, kid="one"), key(2)))
    assert find_key(ISSUER, {"jwk": jwk_of(2)}, fetch=documents).controller == ISSUER
    with pytest.raises(Invalid):
        find_key(ISSUER, {"jwk": jwk_of(3)}, fetch=documents)


def test_a_key_without_a_name_goes_by_its_thumbprint():
    found = find_key(ISSUER, {}, fetch=serve(published(key(1))))
    assert found.id == f"{ISSUER}#{thumbprint(jwk_of(1))}"


def test_a_key_that_is_not_there_is_refused():
    with pytest.raises(Invalid):
        find_key(ISSUER, {"kid": "x"}, fetch=serve(published(key(1, kid="one"))))


@pytest.mark.parametrize("kid", [7, "", ["one"], {}])
def test_a_name_that_is_no_text_is_refused(kid: Any):
    with pytest.raises(Invalid):
        find_key(ISSUER, {"kid": kid}, fetch=serve(published(key(1, kid="one"))))


def test_keys_may_stand_at_an_address_of_their_own():
    documents = {
        WHERE: {"issuer": ISSUER, "jwks_uri": "https://keys.example/1"},
        "https://keys.example/1": {"keys": [key(1, kid="one")]},
    }
    assert find_key(ISSUER, {"kid": "one"}, fetch=serve(documents)).controller == ISSUER


@pytest.mark.parametrize(
    "metadata",
    [
        {"jwks": {"keys": [jwk_of()]}},
        {"issuer": "https://another.example", "jwks": {"keys": [jwk_of()]}},
        {"issuer": f"{ISSUER}/", "jwks": {"keys": [jwk_of()]}},
        {"issuer": ISSUER},
        {"issuer": ISSUER, "jwks": {"keys": [jwk_of()]}, "jwks_uri": "https://x"},
        {"issuer": ISSUER, "jwks_uri": "http://keys.example/1"},
        {"issuer": ISSUER, "jwks_uri": 7},
        {"issuer": ISSUER, "jwks": {"keys": []}},
        {"issuer": ISSUER, "jwks": {"keys": "x"}},
        {"issuer": ISSUER, "jwks": []},
        {"issuer": ISSUER, "jwks": {"keys": [7]}},
        {"issuer": ISSUER, "jwks": {"keys": [jwk_of()] * 101}},
        {
            "issuer": ISSUER,
            "jwks": {"keys": [key(1, kid="one"), key(2, kid="one")]},
        },
    ],
)
def test_metadata_that_are_not_in_order_are_refused(metadata: dict[str, Any]):
    with pytest.raises(Invalid):
        read(ISSUER, fetch=serve({WHERE: metadata}))


@pytest.mark.parametrize("body", [b"junk", b"[]", b'{"issuer":1,"issuer":2}', b"\xff"])
def test_what_is_no_json_object_is_no_metadata(body: bytes):
    with pytest.raises((Invalid, Undetermined)):
        read(ISSUER, fetch=serve({WHERE: body}))


def test_metadata_that_cannot_be_had_leave_it_open():
    with pytest.raises(Undetermined):
        read(ISSUER, fetch=NOTHING)


def test_only_the_well_known_address_is_asked():
    asked = []

    def fetch(url: str, /) -> Document:
        asked.append(url)
        return serve(published(key(1, kid="one")))(url)

    find_key(ISSUER, {"kid": "one"}, fetch=fetch)
    assert asked == [WHERE]


def test_a_key_of_an_unknown_kind_is_passed_over():
    odd = {"kty": "NEW", "x": "AA"}
    found = find_key(ISSUER, {}, fetch=serve(published(odd, key(1, kid="one"))))
    assert found.id == f"{ISSUER}#one"

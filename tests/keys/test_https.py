import pytest

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import from_jwk, resolve, thumbprint
from tests.keys.served import NOTHING, did_document, jwk_of, method, multikey_of, serve

URL = "https://issuer.example/issuers/1"
KEY = multikey_of()


def test_a_key_in_the_fragment_is_self_asserted_if_nothing_can_be_fetched():
    found = resolve(f"{URL}#{KEY}", fetch=NOTHING)
    assert found.self_asserted
    assert found.controller == URL
    assert found.relationships == frozenset()
    assert found.source == "in the badge itself"
    assert found.public_key == from_jwk(jwk_of())


def test_the_document_decides_if_it_can_be_had():
    listed = serve({URL: did_document(URL, method(URL, KEY))})
    found = resolve(f"{URL}#{KEY}", fetch=listed)
    assert not found.self_asserted
    assert found.relationships == {"assertionMethod"}
    other = serve({URL: did_document(URL, method(URL, "key-2", 2))})
    with pytest.raises(Invalid, match="lists no verification method"):
        resolve(f"{URL}#{KEY}", fetch=other)


@pytest.mark.parametrize(
    "body",
    [b"<!doctype html>", {"id": URL, "type": "Profile", "name": "Example"}],
    ids=["HTML", "a profile without keys"],
)
def test_a_page_that_says_nothing_about_keys_decides_nothing(body):
    assert resolve(f"{URL}#{KEY}", fetch=serve({URL: body})).self_asserted
    with pytest.raises(Undetermined):
        resolve(f"{URL}#key-1", fetch=serve({URL: body}))


def test_a_profile_of_another_id_is_refused():
    with pytest.raises(Invalid):
        resolve(f"{URL}#{KEY}", fetch=serve({URL: {"id": "https://other.example/"}}))


def test_a_fragment_that_is_no_key_is_undetermined_without_the_document():
    for fragment in ("key-1", "z5bDn", "zvPkQiUFfJrgnCRhyPkTSkgrGXb", "z"):
        with pytest.raises(Undetermined):
            resolve(f"{URL}#{fragment}", fetch=NOTHING)


def test_a_small_order_key_in_the_fragment_is_never_used():
    from credwallet.keys.multibase import base58_encode  # noqa: PLC0415 -- here only

    weak = "z" + base58_encode(b"\xed\x01\x01" + bytes(31))
    with pytest.raises(Undetermined, match="small order"):
        resolve(f"{URL}#{weak}", fetch=NOTHING)


def test_a_method_can_be_a_document_of_its_own():
    found = resolve(f"{URL}#key-1", fetch=serve({f"{URL}#key-1": method(URL)}))
    assert found.controller == URL
    assert found.relationships == {"assertionMethod"}


@pytest.mark.parametrize(
    "change",
    [
        {"id": f"{URL}#key-2"},
        {"id": None},
        {"controller": "https://harbour.example/"},
        {"controller": None},
    ],
    ids=str,
)
def test_a_method_document_of_another_is_refused(change):
    value = {**method(URL), **change}
    with pytest.raises(Invalid):
        resolve(f"{URL}#key-1", fetch=serve({f"{URL}#key-1": value}))


def test_the_method_documents_of_the_w3c_suite_are_read(vectors):
    folder = vectors / "w3c-vc-jose-cose-test-suite" / "input"
    issuer = "https://example.issuer/vc-jose-cose"
    names = {"key-1": "p256", "key-2": "p384", "key-4": "ed25519"}
    kinds = []
    for key, name in names.items():
        body = (folder / f"vm-{name}.json").read_bytes()
        found = resolve(f"{issuer}#{key}", fetch=serve({f"{issuer}#{key}": body}))
        assert found.controller == issuer
        kinds.append(found.public_key.kind)
    assert kinds == ["P-256", "P-384", "Ed25519"]


def test_a_bare_jwk_is_the_key_of_its_address():
    found = resolve(URL, fetch=serve({URL: jwk_of()}))
    assert (found.controller, found.id) == (URL, URL)
    named = serve({URL: {**jwk_of(), "kid": "one"}})
    assert resolve(f"{URL}#one", fetch=named).public_key == from_jwk(jwk_of())
    with pytest.raises(Invalid):
        resolve(f"{URL}#two", fetch=named)


def test_a_key_of_a_jwk_set_is_found_by_its_kid_or_thumbprint():
    keys = [{**jwk_of(), "kid": "one"}, jwk_of(2), {"kty": "oct", "k": "AA"}, "x"]
    fetch = serve({URL: {"keys": keys}})
    assert resolve(f"{URL}#one", fetch=fetch).public_key == from_jwk(jwk_of())
    second = f"{URL}#{thumbprint(jwk_of(2))}"
    assert resolve(second, fetch=fetch).public_key == from_jwk(jwk_of(2))
    with pytest.raises(Invalid):
        resolve(f"{URL}#three", fetch=fetch)


def test_a_kid_that_is_the_whole_address_is_found():
    fetch = serve({URL: {"keys": [{**jwk_of(), "kid": f"{URL}#one"}]}})
    assert resolve(f"{URL}#one", fetch=fetch).public_key == from_jwk(jwk_of())


@pytest.mark.parametrize(
    "value",
    [
        {"keys": [{**jwk_of(), "kid": "one"}, {**jwk_of(2), "kid": "one"}]},
        {"keys": {}},
        {"keys": []},
        {"keys": [{**jwk_of(), "kid": "one", "d": "AAAA"}]},
    ],
    ids=["one kid twice", "no list", "empty", "private"],
)
def test_a_bad_jwk_set_is_refused(value):
    with pytest.raises(Invalid):
        resolve(f"{URL}#one", fetch=serve({URL: value}))

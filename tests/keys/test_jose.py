"""Open Badges 3.0 section 8.2: `kid` or `jwk`, and whose key it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import from_jose, from_jwk, thumbprint
from tests.keys.served import NOTHING, did_document, jwk_of, method, multikey_of, serve

KEY = multikey_of()
DID_KEY = f"did:key:{KEY}"
DID = "did:web:issuer.example"
DID_URL = "https://issuer.example/.well-known/did.json"
ISSUER = "https://issuer.example/issuers/1"


def jwk_method(document_id, name, seed=1, **jwk):
    entry = method(document_id, name, type="JsonWebKey")
    del entry["publicKeyMultibase"]
    return {**entry, "publicKeyJwk": {**jwk_of(seed), **jwk}}


@pytest.mark.parametrize(
    "kid",
    [f"{DID_KEY}#{KEY}", DID_KEY, f"#{KEY}", KEY],
    ids=["in full", "bare DID", "relative", "bare fragment"],
)
def test_every_shape_of_a_did_key_kid_finds_the_issuers_key(kid):
    found = from_jose({"kid": kid}, DID_KEY, fetch=NOTHING)
    assert found.controller == DID_KEY
    assert not found.self_asserted


def test_no_kid_and_no_jwk_means_the_only_key_of_a_did():
    assert from_jose({}, DID_KEY, fetch=NOTHING).controller == DID_KEY
    one = serve({DID_URL: did_document(DID, method(DID))})
    assert from_jose({}, DID, fetch=one).id == f"{DID}#key-1"


@pytest.mark.parametrize("issuer", ["", ISSUER, "urn:uuid:1", "z6Mk"])
def test_no_kid_and_no_jwk_names_no_key_elsewhere(issuer):
    with pytest.raises(Invalid, match="neither jwk nor kid"):
        from_jose({"alg": "RS256"}, issuer, fetch=NOTHING)


def test_a_kid_of_another_did_is_returned_as_the_others():
    other = multikey_of(2)
    found = from_jose({"kid": f"did:key:{other}#{other}"}, DID_KEY, fetch=NOTHING)
    assert found.controller == f"did:key:{other}" != DID_KEY


@pytest.mark.parametrize(
    "kid",
    [
        "../../etc/passwd",
        "/dev/null",
        "file:///etc/passwd",
        "' OR 1=1 --",
        "key-1\r\n",
        "\x00",
        "ключ",
        "#",
        "0",
        "did:key",
        "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    ],
)
@pytest.mark.parametrize("issuer", [DID_KEY, DID, ISSUER])
def test_a_kid_is_compared_and_never_opened(kid, issuer):
    asked = []
    documents = serve(
        {
            DID_URL: did_document(DID, method(DID)),
            ISSUER: did_document(ISSUER, method(ISSUER)),
        }
    )

    def fetch(url, /):
        asked.append(url.partition("#")[0])
        return documents(url)

    with pytest.raises(Invalid):
        from_jose({"kid": kid}, issuer, fetch=fetch)
    assert set(asked) <= {DID_URL, ISSUER}


@pytest.mark.parametrize("kid", [["key-1"], {"a": 1}, 7, True, "", None])
def test_a_kid_that_is_no_text_is_refused(kid):
    with pytest.raises(Invalid):
        from_jose({"kid": kid}, ISSUER, fetch=NOTHING)


def test_a_bare_kid_without_an_issuer_is_refused():
    with pytest.raises(Invalid, match="no issuer"):
        from_jose({"kid": "key-1"}, "", fetch=NOTHING)


@pytest.mark.parametrize("issuer", [DID, ISSUER])
def test_a_bare_kid_is_looked_up_in_the_issuers_document(issuer):
    url = DID_URL if issuer == DID else ISSUER
    entries = (
        jwk_method(issuer, "key-1", kid="one"),
        jwk_method(issuer, "key-2", 2),
    )
    fetch = serve({url: did_document(issuer, *entries)})
    for kid in ("key-1", "#key-1", "one", thumbprint(jwk_of())):
        assert from_jose({"kid": kid}, issuer, fetch=fetch).id == f"{issuer}#key-1"
    by_thumbprint = from_jose({"kid": thumbprint(jwk_of(2))}, issuer, fetch=fetch)
    assert by_thumbprint.id == f"{issuer}#key-2"
    with pytest.raises(Invalid, match="no keys"):
        from_jose({"kid": "three"}, issuer, fetch=fetch)


def test_a_kid_that_two_keys_go_by_is_refused():
    entries = (
        jwk_method(DID, "key-1", kid="one"),
        jwk_method(DID, "key-2", 2, kid="one"),
    )
    with pytest.raises(Invalid, match="2 keys"):
        from_jose(
            {"kid": "one"}, DID, fetch=serve({DID_URL: did_document(DID, *entries)})
        )


def test_a_bare_kid_is_undetermined_without_the_issuers_document():
    for issuer in (DID, ISSUER):
        with pytest.raises(Undetermined):
            from_jose({"kid": "key-1"}, issuer, fetch=NOTHING)


def test_a_bare_kid_is_found_in_a_supplied_document_of_that_one_key():
    value = jwk_method(ISSUER, "key-4", kid="key-4")
    fetch = serve({f"{ISSUER}#key-4": value})
    assert from_jose({"kid": "key-4"}, ISSUER, fetch=fetch).controller == ISSUER


def test_a_thumbprint_kid_of_the_w3c_suite_is_found_in_the_issuers_document(vectors):
    from credwallet.canon import strict_json  # noqa: PLC0415 -- with the vectors only

    folder = vectors / "w3c-vc-jose-cose-test-suite" / "input"
    issuer = "https://example.issuer/vc-jose-cose"
    entries = [
        strict_json.loads((folder / f"vm-{name}.json").read_bytes())
        for name in ("p256", "p384", "p521", "ed25519")
    ]
    fetch = serve({issuer: did_document(issuer, *entries)})
    for entry in entries:
        kid = entry["publicKeyJwk"]["kid"]
        assert from_jose({"kid": kid}, issuer, fetch=fetch).id == entry["id"]


@pytest.mark.parametrize("issuer", [DID_KEY, DID, ISSUER])
def test_a_jwk_that_the_issuer_lists_is_the_issuers(issuer):
    fetch = serve(
        {
            DID_URL: did_document(DID, method(DID)),
            ISSUER: did_document(ISSUER, method(ISSUER)),
        }
    )
    found = from_jose({"jwk": jwk_of()}, issuer, fetch=fetch)
    assert not found.self_asserted
    assert found.controller == issuer
    assert "assertionMethod" in found.relationships


@pytest.mark.parametrize("issuer", [DID_KEY, DID, ISSUER])
def test_a_jwk_that_the_issuer_does_not_list_is_refused(issuer):
    fetch = serve(
        {
            DID_URL: did_document(DID, method(DID)),
            ISSUER: did_document(ISSUER, method(ISSUER)),
        }
    )
    with pytest.raises(Invalid, match="does not list"):
        from_jose({"jwk": jwk_of(2)}, issuer, fetch=fetch)


@pytest.mark.parametrize("issuer", [DID, ISSUER, "urn:uuid:1", ""])
def test_a_jwk_that_nothing_ties_to_the_issuer_is_self_asserted(issuer):
    found = from_jose({"jwk": jwk_of()}, issuer, fetch=NOTHING)
    assert found.self_asserted
    assert found.controller == issuer
    assert found.relationships == frozenset()
    assert found.public_key == from_jwk(jwk_of())


def test_a_foreign_jwk_is_never_a_did_keys_own():
    for kid in (DID_KEY, f"{DID_KEY}#{KEY}", "x", "https://evil.example/#k"):
        with pytest.raises(Invalid):
            from_jose({"kid": kid, "jwk": jwk_of(2)}, DID_KEY, fetch=NOTHING)
    with pytest.raises(Invalid):
        from_jose({"jwk": jwk_of(2)}, DID_KEY, fetch=NOTHING)


def test_a_jwk_is_found_behind_a_method_that_cannot_be_used():
    odd = method(DID, "key-0", type="Bls12381G2Key2020")
    fetch = serve({DID_URL: did_document(DID, odd, method(DID))})
    assert from_jose({"jwk": jwk_of()}, DID, fetch=fetch).id == f"{DID}#key-1"


def test_a_bare_kid_passes_by_a_jwk_that_is_none():
    odd = {**jwk_method(DID, "key-0"), "publicKeyJwk": {"kty": "EC"}}
    fetch = serve({DID_URL: did_document(DID, odd, method(DID))})
    assert from_jose({"kid": "key-1"}, DID, fetch=fetch).id == f"{DID}#key-1"


def test_a_jwk_and_a_kid_that_disagree_are_refused():
    value = did_document(DID, method(DID), method(DID, "key-2", 2))
    header = {"jwk": jwk_of(2), "kid": f"{DID}#key-1"}
    with pytest.raises(Invalid, match="is not the key"):
        from_jose(header, DID, fetch=serve({DID_URL: value}))


@pytest.mark.parametrize(
    "jwk",
    [None, [], "x", {}, {"kty": "oct", "k": "AAAA"}, {**jwk_of(), "d": "AAAA"}],
    ids=["null", "array", "text", "empty", "symmetric", "private"],
)
def test_a_jwk_that_is_none_is_refused(jwk):
    with pytest.raises(Invalid):
        from_jose({"jwk": jwk}, ISSUER, fetch=NOTHING)


def test_addresses_and_certificates_in_the_header_are_not_looked_at():
    def fetch(url, /):
        raise AssertionError(url)

    header = {
        "jku": "https://evil.example/jwks",
        "x5u": "https://evil.example/x5u",
        "x5c": ["AAAA"],
        "kid": f"{DID_KEY}#{KEY}",
    }
    assert from_jose(header, DID_KEY, fetch=fetch).controller == DID_KEY


@given(
    st.dictionaries(
        st.sampled_from(["kid", "jwk", "alg", "x5c"]),
        st.text(max_size=20) | st.none() | st.lists(st.integers(), max_size=2),
    ),
    st.sampled_from([DID_KEY, DID, ISSUER, "", "did:", "did:x", "https://"]),
)
def test_nothing_else_than_our_own_errors_comes_out(header, issuer):
    what = ""
    try:
        from_jose(header, issuer, fetch=NOTHING)
    except (Invalid, Undetermined) as error:
        what = error.what
    assert "\n" not in what


JWKS = "https://issuer.example/keys/jwks.json"
KEY_SET = {"keys": [{**jwk_of(), "kid": "one"}, {**jwk_of(2), "kid": "two"}]}


@pytest.mark.parametrize(
    ("kid", "body"),
    [
        (f"{JWKS}#one", KEY_SET),
        (JWKS, {"keys": KEY_SET["keys"][:1]}),
        (JWKS, jwk_of()),
        ("https://ISSUER.example:443/keys/jwks.json#one", KEY_SET),
    ],
    ids=["a set and a name", "a set of one", "one key", "spelled otherwise"],
)
def test_bare_keys_at_the_issuers_own_origin_are_the_issuers(kid, body):
    fetch = serve({kid.partition("#")[0]: body})
    found = from_jose({"kid": kid}, ISSUER, fetch=fetch)
    assert found.controller == ISSUER
    assert found.public_key == from_jwk(jwk_of())
    assert found.relationships == {"assertionMethod"}
    assert not found.self_asserted


@pytest.mark.parametrize(
    "kid",
    [
        "https://keys.issuer.example/jwks#one",
        "https://issuer.example.evil.example/jwks#one",
        "https://issuer.example:8443/jwks#one",
        "https://evil.example/https://issuer.example/jwks#one",
        "https://issuer.example@evil.example/jwks#one",
    ],
)
def test_bare_keys_at_another_origin_are_never_the_issuers(kid):
    fetch = serve({kid.partition("#")[0]: KEY_SET})
    found = from_jose({"kid": kid}, ISSUER, fetch=fetch)
    assert found.controller == kid.partition("#")[0] != ISSUER


def test_bare_keys_tie_nothing_to_a_did():
    found = from_jose({"kid": f"{JWKS}#one"}, DID, fetch=serve({JWKS: KEY_SET}))
    assert found.controller == JWKS


@pytest.mark.parametrize("kid", [JWKS, f"{JWKS}#three"])
def test_a_set_of_keys_must_leave_no_doubt_which_one_is_meant(kid):
    with pytest.raises(Invalid):
        from_jose({"kid": kid}, ISSUER, fetch=serve({JWKS: KEY_SET}))


def test_a_document_with_an_owner_keeps_it_at_the_issuers_origin():
    other = "https://issuer.example/issuers/2"
    fetch = serve({other: did_document(other, method(other))})
    found = from_jose({"kid": f"{other}#key-1"}, ISSUER, fetch=fetch)
    assert found.controller == other

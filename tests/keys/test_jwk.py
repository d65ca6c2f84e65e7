import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import from_jwk, thumbprint
from tests.keys.served import jwk_of

# RFC 7638 section 3.1 and RFC 8037 appendix A.
RSA_OF_RFC_7638 = {
    "kty": "RSA",
    "n": (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    ),
    "e": "AQAB",
    "alg": "RS256",
    "kid": "2011-04-29",
}
OKP_OF_RFC_8037 = {
    "kty": "OKP",
    "crv": "Ed25519",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
# RFC 7515 appendix A.3.
EC_OF_RFC_7515 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}


@pytest.mark.parametrize(
    ("jwk", "kind"),
    [(RSA_OF_RFC_7638, "RSA"), (OKP_OF_RFC_8037, "Ed25519"), (EC_OF_RFC_7515, "P-256")],
)
def test_the_keys_of_the_rfcs_are_read(jwk, kind):
    assert from_jwk(jwk).kind == kind


@pytest.mark.parametrize(
    ("jwk", "expected"),
    [
        (RSA_OF_RFC_7638, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (OKP_OF_RFC_8037, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ],
)
def test_the_thumbprints_of_the_rfcs(jwk, expected):
    assert thumbprint(jwk) == expected


def test_the_thumbprints_of_the_w3c_suite(vectors):
    from credwallet.canon import strict_json  # noqa: PLC0415 -- with the vectors only

    folder = vectors / "w3c-vc-jose-cose-test-suite" / "input"
    for name in ("p256", "p384", "p521", "ed25519"):
        method = strict_json.loads((folder / f"vm-{name}.json").read_bytes())
        jwk = method["publicKeyJwk"]
        assert thumbprint(jwk) == jwk["kid"]
        assert from_jwk(jwk).kind in ("P-256", "P-384", "P-521", "Ed25519")


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "oct"},
        {"kty": "EC"},
        {"kty": None},
        {"kty": ["OKP"]},
        {"crv": "X25519"},
        {"crv": None},
        {"x": None},
        {"x": ""},
        {"x": "AA"},
        {"x": jwk_of()["x"] + "="},
        {"x": jwk_of()["x"][:-1]},
        {"x": 1},
        {"d": "AAAA"},
        {"k": "AAAA"},
        {"use": "enc"},
        {"use": None},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"key_ops": [["verify"]]},
        {"alg": "ES256"},
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": ["EdDSA"]},
    ],
    ids=str,
)
def test_what_contradicts_an_ed25519_key_is_refused(change):
    from_jwk(jwk_of())
    with pytest.raises(Invalid):
        from_jwk({**jwk_of(), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"y": EC_OF_RFC_7515["x"]},
        {"crv": "P-384"},
        {"x": "AA" + EC_OF_RFC_7515["x"]},
        {"alg": "ES384"},
        {"y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"},
    ],
    ids=["off the curve", "other curve", "leading zero", "other alg", "spare bits"],
)
def test_what_contradicts_an_ec_key_is_refused(change):
    with pytest.raises(Invalid):
        from_jwk({**EC_OF_RFC_7515, **change})


@pytest.mark.parametrize("change", [{"n": "AQAB"}, {"e": "AAEAAQ"}, {"e": "AQ"}])
def test_what_contradicts_an_rsa_key_is_refused(change):
    with pytest.raises(Invalid):
        from_jwk({**RSA_OF_RFC_7638, **change})


def test_kinds_that_are_not_supported_are_undetermined():
    with pytest.raises(Undetermined):
        from_jwk({**EC_OF_RFC_7515, "crv": "BP-256"})
    with pytest.raises(Undetermined):
        from_jwk({**OKP_OF_RFC_8037, "crv": "Ed448"})


def test_a_point_of_another_curve_is_none_of_secp256k1():
    with pytest.raises(Invalid, match="not a point"):
        from_jwk({**EC_OF_RFC_7515, "crv": "secp256k1"})


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256", "PS384", None])
def test_an_rsa_key_keeps_the_algorithm_that_it_is_for(algorithm):
    jwk = {**RSA_OF_RFC_7638, "alg": algorithm}
    assert from_jwk(jwk).algorithm == (algorithm or "")


@pytest.mark.parametrize("algorithm", ["ES256", "HS256", "RSA-OAEP", "PS1", 5, ""])
def test_an_rsa_key_for_something_else_is_refused(algorithm):
    with pytest.raises(Invalid):
        from_jwk({**RSA_OF_RFC_7638, "alg": algorithm})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
MEMBERS = st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg", "use", "key_ops"])


@given(st.dictionaries(MEMBERS, JSON | st.sampled_from(["OKP", "EC", "RSA"])) | JSON)
def test_nothing_else_than_our_own_errors_comes_out(value):
    for function in (from_jwk, thumbprint):
        try:
            function(value)
        except (Invalid, Undetermined):
            continue

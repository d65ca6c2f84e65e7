"""What ties copies, credentials or people together says so, also in an SD-JWT."""

import pytest

from credwallet.model.proof import Jws, SdJwt
from credwallet.share import disclosure, linkable
from tests.share.badges import jwt

CLAIMS = {
    "vct": "https://vct.example/course",
    "iss": "https://school.example",
    "iat": 1767225600,
    "name": "Ada Byron",
    "given_name": "Ada",
    "email": "ada@learner.example",
    "birthdate": "1815-12-10",
    "address": {"locality": "London"},
    "cnf": {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "abc"}},
    "status": {"status_list": {"idx": 7, "uri": "https://school.example/status"}},
    "course": "Engines",
}


def sd_jwt():
    made = jwt({**CLAIMS, "_sd": ["digest"]})
    binding = Jws(
        {"typ": "kb+jwt"}, b'{"aud":"https://hr.example","nonce":"7"}', b"", b""
    )
    parts = SdJwt(made.raw, (), "sha256", 0, states_claims=True, key_binding=binding)
    return made._replace(document=CLAIMS, sd_jwt=parts, format="sd-jwt")


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/name", "who you are"),
        ("/given_name", "who you are"),
        ("/email", "who you are"),
        ("/birthdate", "who you are"),
        ("/cnf/jwk/x", "your key"),
        ("/status/status_list/idx", "one of a kind"),
        ("/course", ""),
        ("/vct", ""),
        ("/iss", ""),
    ],
)
def test_a_claim_of_an_sd_jwt_says_what_it_links(path, word):
    listed = {entry.path: entry for entry in disclosure.everything(sd_jwt())}
    why = listed[path].linkable
    assert (word in why) if word else (why == "")


def test_digests_of_what_is_held_back_are_one_of_a_kind():
    (entry,) = [
        entry for entry in disclosure.everything(sd_jwt()) if entry.path == "/_sd/0"
    ]
    assert (entry.part, "one of a kind" in entry.linkable) == ("claims", True)


def test_a_key_binding_that_it_came_with_leaves_too():
    listed = [
        (entry.path, entry.value)
        for entry in disclosure.everything(sd_jwt())
        if entry.part == "binding"
    ]
    assert listed == [
        ("/header/typ", "kb+jwt"),
        ("/claims/aud", "https://hr.example"),
        ("/claims/nonce", "7"),
    ]


def test_the_name_of_a_badge_is_nobodys_name():
    assert linkable.why(("name",), "Woodwork") == ""
    assert linkable.why(("credentialSubject", "name"), "Ada") != ""

"""Does other people's software take our presentations, and refuse what is not right?"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from credwallet.keys.multibase import base64url_decode, base64url_encode
from credwallet.keys.private_key import PrivateKey, from_secret
from credwallet.share.presentation import HolderKey
from tests.hostile.signing import HARBOUR
from tests.receivers import ask, require
from tests.share.presenting import (
    AT,
    AUDIENCE,
    MAIN,
    NONCE,
    OTHER,
    PARTS,
    WORK,
    asked,
    badge,
    jwk,
    made,
    older_badge,
    read,
    selective,
)

VC = "@digitalcredentials/vc"
HOLDERS = pytest.mark.parametrize(
    "holder", [MAIN, WORK], ids=lambda holder: holder.name
)
REVEAL = ("given_name", "address.city", "skills[1]")
SHOWN = {
    "given_name": "Ada",
    "address": {"country": "SE", "city": "Lund"},
    "skills": ["Splices"],
}
FIXTURES = "dcc-vc-test-fixtures/verifiableCredentials"
PUBLISHED = (
    "v1/ed25519/didKey/legacy-noStatus-noExpiry-stringIssuerId.json",
    "v1/bothSignatureTypes/didKey/legacy-noStatus-noExpiry-basicOBv3.json",
    "v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json",
    "v2/dataIntegrityProof/didKey/oidf-noStatus-notExpired-complexIssuer.json",
    "v2/bothSignatureTypes/didkey/legacy-noStatus-notExpired-endorsement.json",
    "v2/ed25519/didKey/legacy-noStatus-noExpiry-lcwExperience.json",
)
SETS = {
    "one": (badge(1),),
    "several": (badge(1), badge(2), badge(3)),
    "of 1.1": (older_badge(),),
    "mixed": (older_badge(), badge(1)),
}


# @digitalcredentials/vc: presentations with a proof.


def vc(document: Any, *, challenge: str = NONCE, domain: str = AUDIENCE) -> Any:
    require(VC)
    return ask(
        "presentation.mjs",
        {"presentation": document, "challenge": challenge, "domain": domain},
    )


@pytest.mark.parametrize("credentials", SETS.values(), ids=SETS)
def test_vc_takes_the_right_challenge_and_domain(credentials):
    found = vc(json.loads(made("vp", *credentials)))
    assert found == {
        "verified": True,
        "presentation": True,
        "credentials": [True] * len(credentials),
        "errors": [],
    }


@HOLDERS
def test_vc_takes_both_kinds_of_key(holder: HolderKey):
    require("@digitalbazaar/ecdsa-rdfc-2019-cryptosuite")
    document = json.loads(
        made("vp", badge(holder=holder), request=asked(keys=(holder,)))
    )
    assert vc(document)["verified"]
    assert vc(document, challenge="another")["verified"] is False
    _renamed(document)
    assert vc(document)["presentation"] is False


@pytest.mark.parametrize("name", PUBLISHED, ids=lambda name: name.rpartition("/")[2])
def test_vc_takes_published_badges_in_a_presentation(vectors: Path, name: str):
    credential = read((vectors / FIXTURES / name).read_bytes())
    found = vc(json.loads(made("vp", credential)))
    assert (found["verified"], found["errors"]) == (True, [])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"challenge": "another"}, "The challenge is not as expected"),
        ({"challenge": NONCE + " "}, "The challenge is not as expected"),
        ({"domain": "https://mallory.example"}, "The domain is not as expected"),
    ],
    ids=["challenge", "almost", "domain"],
)
def test_vc_refuses_another_challenge_or_domain(wrong: dict[str, str], words: str):
    found = vc(json.loads(made("vp", badge())), **wrong)
    assert (found["verified"], found["credentials"]) == (False, [True])
    assert any(words in error for error in found["errors"])


def _renamed(document: Any) -> None:
    document["verifiableCredential"][0]["name"] = "Medicine"


def _added(document: Any) -> None:
    document["verifiableCredential"].append(json.loads(badge(9).raw))


def _stolen(document: Any) -> None:
    document["holder"] = OTHER.key.did


def _redirected(document: Any) -> None:
    document["proof"]["domain"] = AUDIENCE


def _prolonged(document: Any) -> None:
    document["proof"]["expires"] = "2036-11-25T12:00:00Z"


@pytest.mark.parametrize("change", [_renamed, _added, _stolen, _redirected, _prolonged])
def test_vc_refuses_what_was_changed(change):
    request = asked(audience="https://elsewhere.example", minutes=10)
    document = json.loads(made("vp", badge(), request=request))
    domain = "https://elsewhere.example"
    assert vc(document, domain=domain)["verified"]
    change(document)
    found = vc(document, domain=document["proof"]["domain"])
    assert found["verified"] is False
    assert found["presentation"] is False


# jose: presentations and key bindings as tokens.


def jose(token: str, key: PrivateKey, **more: Any) -> Any:
    require("jose")
    question = {"audience": AUDIENCE, "typ": "vp+jwt", "at": AT.isoformat(), **more}
    return ask("jwt.mjs", {"token": token, "jwk": jwk(key), **question})


def presented(holder: HolderKey = MAIN) -> str:
    request = asked(keys=(holder,), minutes=10)
    return made("vp-jwt", badge(holder=holder), request=request).decode()


@HOLDERS
def test_jose_takes_the_token_of_a_presentation(holder: HolderKey):
    found = jose(presented(holder), holder.key)
    assert found["verified"], found
    claims = found["claims"]
    assert (claims["aud"], claims["nonce"]) == (AUDIENCE, NONCE)
    assert claims["iss"] == claims["holder"] == holder.key.did
    assert claims["exp"] - claims["iat"] == 600
    assert found["header"]["kid"] == holder.key.method


@pytest.mark.parametrize(
    ("key", "wrong", "words"),
    [
        (MAIN.key, {"audience": "https://mallory.example"}, '"aud"'),
        (MAIN.key, {"at": (AT + timedelta(minutes=11)).isoformat()}, '"exp"'),
        (MAIN.key, {"typ": "vc+jwt"}, '"typ"'),
        (OTHER.key, {}, "signature verification failed"),
    ],
    ids=["audience", "expired", "type", "key"],
)
def test_jose_refuses_the_wrong_thing(key, wrong: dict[str, str], words: str):
    found = jose(presented(), key, **wrong)
    assert found["verified"] is False
    assert words in found["error"]


@HOLDERS
def test_jose_refuses_a_token_that_was_changed(holder: HolderKey):
    head, payload, signature = presented(holder).split(".")
    changed = base64url_decode(payload).replace(NONCE[:4].encode(), b"kD8t")
    token = f"{head}.{base64url_encode(changed)}.{signature}"
    assert "signature verification failed" in jose(token, holder.key)["error"]


@HOLDERS
def test_jose_takes_the_key_binding(holder: HolderKey):
    request = asked(keys=(holder,), minutes=10)
    data = made("sd-jwt", selective(holder), request=request).decode()
    binding = data.rpartition("~")[2]
    found = jose(binding, holder.key, typ="kb+jwt")
    assert found["verified"], found
    assert found["claims"]["nonce"] == NONCE
    wrong = jose(binding, holder.key, typ="kb+jwt", audience="https://mallory.example")
    assert wrong["verified"] is False


# @sd-jwt/sd-jwt-vc, and sd-jwt for Python: chosen claims.


def selected(holder: HolderKey = MAIN, *reveal: str) -> str:
    request = asked(*(reveal or REVEAL), keys=(holder,))
    return made("sd-jwt", selective(holder), request=request).decode()


def sd_jwt_js(token: str, nonce: str = NONCE) -> Any:
    require("@sd-jwt/sd-jwt-vc")
    question = {"token": token, "nonce": nonce, "issuer": HARBOUR.key.jwk}
    return ask("sd_jwt.mjs", question)


def sd_jwt_py(token: str, nonce: str = NONCE, audience: str = AUDIENCE) -> Any:
    require("sd_jwt", "jwcrypto")
    from jwcrypto.jwk import JWK  # noqa: PLC0415 -- required above
    from sd_jwt.verifier import SDJWTVerifier  # noqa: PLC0415 -- required above

    key = JWK(**HARBOUR.key.jwk)
    verifier = SDJWTVerifier(token, lambda *_: key, audience, nonce)
    return verifier.get_verified_payload()


def revealed(claims: Any) -> Any:
    return {name: value for name, value in claims.items() if name in SHOWN}


@HOLDERS
def test_sd_jwt_for_javascript_takes_exactly_what_was_revealed(holder: HolderKey):
    found = sd_jwt_js(selected(holder))
    assert found["verified"], found
    assert found["binding"]["aud"] == AUDIENCE
    assert revealed(found["claims"]) == SHOWN
    assert "birth/date" not in found["claims"]


def test_sd_jwt_for_python_takes_exactly_what_was_revealed():
    """It reads key bindings by keys on P-256 only."""
    claims = sd_jwt_py(selected(WORK))
    assert revealed(claims) == SHOWN
    assert "birth/date" not in claims


def test_sd_jwt_for_javascript_refuses_another_nonce():
    assert sd_jwt_js(selected(), nonce="another")["verified"] is False


@pytest.mark.parametrize(
    "wrong",
    [{"nonce": "another"}, {"audience": "https://mallory.example"}],
    ids="".join,
)
def test_sd_jwt_for_python_refuses_another_nonce_or_audience(wrong: dict[str, str]):
    with pytest.raises(ValueError, match=r"Invalid (nonce|audience) in KB-JWT"):
        sd_jwt_py(selected(WORK), **wrong)


def test_both_refuse_another_selection():
    token = selected(WORK)
    less = token.replace(f"{PARTS['name']}~", "")
    more = token.replace(f"{PARTS['name']}~", f"{PARTS['name']}~{PARTS['birth']}~")
    for changed in (less, more):
        assert changed != token
        assert sd_jwt_js(changed)["verified"] is False
        with pytest.raises(ValueError, match="Invalid digest in KB-JWT"):
            sd_jwt_py(changed)


def test_both_refuse_a_binding_by_another_key():
    another = HolderKey("another", from_secret("P-256", bytes(range(3, 35))))
    theirs = made("sd-jwt", selective(another), request=asked(*REVEAL, keys=(another,)))
    ours = selected(WORK).rpartition("~")[0]
    forged = f"{ours}~{theirs.decode().rpartition('~')[2]}"
    require("sd_jwt", "jwcrypto")
    from jwcrypto.jws import InvalidJWSSignature  # noqa: PLC0415 -- required above

    assert sd_jwt_js(forged)["verified"] is False
    with pytest.raises(InvalidJWSSignature):
        sd_jwt_py(forged)

"""JWS: the algorithm follows from the key, and the header may only agree."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from credwallet import formats
from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.fetch import Offline
from credwallet.keys import from_jwk
from credwallet.model.credential import Credential
from credwallet.proofs.jose import hash_name_for, verify_jws
from tests.samples import make
from tests.verify.badges import METHOD, unsigned


def token(document: Any = None, *, key: Any = None, **header: Any) -> str:
    """Make a JWS by Harbour College; a header of None takes the member away."""
    head = {"alg": "EdDSA", "kid": METHOD, "typ": "vc+jwt"} | header
    head = {name: value for name, value in head.items() if value is not None}
    body = ".".join(
        make.base64url(json.dumps(part).encode())
        for part in (head, unsigned() if document is None else document)
    )
    signature = (key or make.HARBOUR_KEY).sign(body.encode())
    return f"{body}.{make.base64url(signature)}"


def verify(text: str) -> str:
    held = formats.read(text.encode())
    assert isinstance(held, Credential)
    assert held.jws is not None
    return verify_jws(held, held.jws, signer=held.issuer.id, fetch=Offline()).label


def test_a_token_of_the_issuer_fits() -> None:
    assert verify(token()) == "JWS EdDSA"


@pytest.mark.parametrize("typ", [None, "JWT", "vc+jwt", "vc+ld+json+jwt"])
def test_the_types_that_issuers_write_are_taken(typ) -> None:
    assert verify(token(typ=typ)) == "JWS EdDSA"


@pytest.mark.parametrize(
    "typ", ["at+jwt", "kb+jwt", "vp+jwt", "dc+sd-jwt", "", 7, ["JWT"]]
)
def test_tokens_of_another_type_are_refused(typ) -> None:
    if typ == "":
        pytest.skip("an empty type is no type")
    with pytest.raises(CredwalletError):
        verify(token(typ=typ))


@pytest.mark.parametrize(
    "algorithm",
    ["none", "None", "NONE", "", None, "HS256", "ES256", "RS256", "eddsa", 5],
)
def test_no_other_algorithm_is_taken_for_an_ed25519_key(algorithm) -> None:
    with pytest.raises(Invalid):
        verify(token(alg=algorithm))


def test_an_unsigned_token_is_refused() -> None:
    head, body, _ = token(alg="none").split(".")

    with pytest.raises(CredwalletError):
        verify(f"{head}.{body}.")


def test_a_mac_keyed_with_the_public_key_is_refused() -> None:
    head, body, _ = token(alg="HS256").split(".")
    public = make.HARBOUR_KEY.public_key().public_bytes_raw()
    mac = hmac.new(public, f"{head}.{body}".encode(), hashlib.sha256).digest()

    with pytest.raises(Invalid):
        verify(f"{head}.{body}.{make.base64url(mac)}")


@pytest.mark.parametrize(
    "header",
    [{"crit": ["exp"]}, {"crit": []}, {"b64": False}, {"b64": False, "crit": ["b64"]}],
)
def test_extensions_that_must_be_understood_are_refused(header) -> None:
    with pytest.raises(Invalid):
        verify(token(**header))


def test_a_signature_by_another_key_is_refused() -> None:
    with pytest.raises(Invalid, match="does not fit"):
        verify(token(key=make.NORTHLIGHT_KEY))


def test_a_changed_payload_is_refused() -> None:
    head, _, signature = token().split(".")
    other = make.base64url(json.dumps(unsigned(name="Other")).encode())

    with pytest.raises(Invalid):
        verify(f"{head}.{other}.{signature}")


def test_a_claim_that_contradicts_the_credential_is_refused() -> None:
    with pytest.raises(Invalid):
        verify(token(unsigned() | {"iss": "did:example:other"}))


def test_registered_algorithms_that_are_not_verified_are_named() -> None:
    with pytest.raises(Undetermined, match="Ed448"):
        verify(token(alg="Ed448"))


def test_wycheproof_tokens_are_answered_as_their_file_says(vectors) -> None:
    path = vectors / "c2sp-wycheproof/testvectors_v1/json_web_signature_test.json"
    wrong = set()
    answered = 0
    for group in json.loads(path.read_bytes())["testGroups"]:
        public = group.get("public") or group.get("private")
        for case in group["tests"]:
            given = _judged(case["jws"], public)
            answered += given is not None
            if given is not None and given != (case["result"] == "valid"):
                wrong.add(case["tcId"])

    # Figure 20 of RFC 7520 is PS384, by a key that the file says is for PS256.
    assert wrong == {346, 350}
    assert answered == 359


def _judged(jws: str, jwk: dict[str, Any]) -> bool | None:
    """Verify any JWS by our own parts; None where its kind is none of ours."""
    if jwk.get("kty") == "oct" or jwk.get("alg") == _SLIP:
        return None
    from credwallet.formats._jws import take_apart  # noqa: PLC0415 -- a private part

    try:
        parts = take_apart(jws.encode())
        key = from_jwk({k: v for k, v in jwk.items() if k not in _PRIVATE})
        hash_name = hash_name_for(parts.header["alg"], key)
        if hash_name is None:
            return False
        key.verify(parts.signature, parts.signing_input, hash_name=hash_name)
    except (CredwalletError, KeyError, TypeError):
        return False
    return "crit" not in parts.header


# "ES521" is a slip of the file for ES512; the key is refused for the contradiction.
_SLIP = "ES521"
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi")


def test_base64url_of_the_tests_is_the_standards() -> None:
    assert (
        make.base64url(b"\xff\xfe")
        == base64.urlsafe_b64encode(b"\xff\xfe").decode()[:3]
    )

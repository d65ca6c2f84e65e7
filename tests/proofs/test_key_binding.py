"""Does the holder's key present this token, this selection of it, and to whom?"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from credwallet import formats
from credwallet.errors import Invalid, Undetermined
from credwallet.keys import multikey
from credwallet.keys.public_key import PublicKey
from credwallet.proofs.key_binding import KeyBinding, verify_key_binding
from tests.hostile.sd_jwt import (
    HOLDER,
    MOMENT,
    OTHER,
    bound,
    claims,
    digest,
    disclosure,
    token,
)
from tests.hostile.signing import b64, compact, jws, key
from tests.keys.served import NOTHING

AT = datetime.fromtimestamp(MOMENT, UTC)
SHOWN = disclosure("salt", "grade", "A")
PAYLOAD = claims(_sd=[digest(SHOWN)])
WHOLE, LESS = token(PAYLOAD, [SHOWN]), token(PAYLOAD)


def binding(data: str, *, at: datetime = AT) -> KeyBinding | None:
    return verify_key_binding(formats.read(data.encode()), fetch=NOTHING, at=at)


def test_a_presentation_says_to_whom_with_which_nonce_and_when():
    assert binding(bound(WHOLE)) == KeyBinding(
        "https://verifier.example.org", "n-1", AT
    )


def test_without_one_there_is_nothing_to_say():
    assert binding(WHOLE) is None


def test_the_nonce_is_told_and_not_judged():
    """Only the verifier that asked knows its own."""
    found = binding(bound(WHOLE, nonce="another"))
    assert found is not None
    assert found.nonce == "another"


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA"])
def test_other_kinds_of_key_present_too(kind: str):
    holder = key("another kind", kind)
    algorithm = {"P-256": "ES256", "P-384": "ES384", "RSA": "RS256"}[kind]
    whole = token(claims(cnf={"jwk": holder.jwk}))
    said = {"iat": MOMENT, "aud": "a", "nonce": "n", "sd_hash": digest(whole)}
    made = jws({"alg": algorithm, "typ": "kb+jwt"}, said, holder)
    assert binding(whole + made) is not None


def test_a_key_may_be_named_by_a_did():
    did = multikey.encode(PublicKey("Ed25519", HOLDER.private.public_key()))
    whole = token(claims(cnf={"kid": f"did:key:{did}#{did}"}))
    assert binding(bound(whole)) is not None
    with pytest.raises(Invalid):
        binding(bound(whole, OTHER))


@pytest.mark.parametrize("cnf", [{"kid": "k1"}, {"jwe": "x"}, {"jku": "https://x"}, {}])
def test_a_key_that_is_named_in_another_way_leaves_it_open(cnf: dict[str, Any]):
    with pytest.raises(Undetermined, match="not supported"):
        binding(bound(token(claims(cnf=cnf))))


def test_the_hash_is_the_one_of_the_token():
    shown = digest(SHOWN, "sha384")
    whole = token(claims(_sd=[shown], _sd_alg="sha-384"), [SHOWN])
    assert binding(bound(whole, sd_hash=digest(whole, "sha384"))) is not None
    with pytest.raises(Invalid, match="sd_hash"):
        binding(bound(whole))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bound(WHOLE, OTHER), "does not fit"),
        (bound(LESS).replace(LESS, WHOLE), "sd_hash is of something else"),
        (bound(WHOLE).replace(WHOLE, LESS), "sd_hash is of something else"),
        (bound(WHOLE, sd_hash=digest(WHOLE[:-1])), "sd_hash is of something else"),
        (bound(WHOLE, sd_hash=None), "sd_hash is of something else"),
        (bound(WHOLE, sd_hash=7), "sd_hash is of something else"),
        (bound(WHOLE, sd_hash="\ud800"), "surrogate"),
        (bound(WHOLE, typ="JWT"), "not of the type kb"),
        (bound(WHOLE, nonce=None), "no aud or no nonce"),
        (bound(WHOLE, nonce=7), "no aud or no nonce"),
        (bound(WHOLE, aud=None), "no aud or no nonce"),
        (bound(WHOLE, aud=["a", "b"]), "no aud or no nonce"),
        (bound(WHOLE, iat=None), "iat is no date"),
        (bound(WHOLE, iat=True), "iat is no date"),
        (bound(WHOLE, iat=1e300), "iat is no date"),
        (bound(WHOLE, iat=MOMENT + 3600), "dated ahead"),
        (bound(token(claims(cnf=None))), "bound it to no key"),
        (bound(token(claims(cnf={"jwk": {"kty": "oct", "k": "AA"}}))), "symmetric"),
    ],
)
def test_a_binding_that_is_not_good_is_refused(data: str, words: str):
    with pytest.raises(Invalid, match=words):
        binding(data)


@pytest.mark.parametrize(
    "header", [{"alg": "none"}, {"alg": "HS256"}, {"alg": "EdDSA", "crit": ["x"]}]
)
def test_a_header_that_demands_too_much_is_refused(header: dict[str, Any]):
    said = {"iat": MOMENT, "aud": "a", "nonce": "n", "sd_hash": digest(WHOLE)}
    made = jws({"typ": "kb+jwt", **header}, said, HOLDER)
    with pytest.raises(Invalid):
        binding(WHOLE + made)


def test_the_header_cannot_bring_another_key():
    said = {"iat": MOMENT, "aud": "a", "nonce": "n", "sd_hash": digest(WHOLE)}
    header = {"alg": "EdDSA", "typ": "kb+jwt", "jwk": OTHER.jwk}
    with pytest.raises(Invalid):
        binding(WHOLE + jws(header, said, OTHER))


def test_what_is_no_set_of_claims_is_refused():
    made = jws({"alg": "EdDSA", "typ": "kb+jwt"}, b"[]", HOLDER)
    with pytest.raises(Invalid, match="no JSON object"):
        binding(WHOLE + made)


def test_a_minute_ahead_is_no_harm():
    assert binding(bound(WHOLE), at=AT - timedelta(seconds=50)) is not None


@pytest.mark.parametrize(
    "name",
    [
        "credo-ts/sdjwtvc.simpleJwtVcPresentation.sd-jwt",
        "credo-ts/sdjwtvc.sdJwtVcWithSingleDisclosurePresentation.sd-jwt",
        "credo-ts/sdjwtvc.complexSdJwtVcPresentation.sd-jwt",
    ],
)
def test_published_presentations_are_by_their_holders(vectors: Path, name: str):
    data = (vectors / name).read_text().strip()
    found = binding(data)
    assert found is not None
    assert found.audience
    # The same binding behind another selection is worth nothing.
    first, *_, last = data.split("~")
    with pytest.raises(Invalid, match="sd_hash"):
        binding(f"{first}~{disclosure('salt', 'x', 1)}~{last}")


def test_a_byte_that_was_changed_in_the_binding_is_refused():
    head, payload, signature = bound(WHOLE).rpartition("~")[2].split(".")
    said = json.loads('{"aud":"https://verifier.example.org","nonce":"n-2"}')
    said |= {"iat": MOMENT, "sd_hash": digest(WHOLE)}
    with pytest.raises(Invalid, match="does not fit"):
        binding(f"{WHOLE}{head}.{b64(compact(said))}.{signature}")
    assert payload

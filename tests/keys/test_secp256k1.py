"""secp256k1 keys, as Blockcerts issuers and the drafts of 2019 use them."""

import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid
from credwallet.keys import PublicKey, from_jwk, multikey, resolve
from credwallet.keys.multibase import base58_encode, base64url_encode
from tests.keys.served import NOTHING, did_document, method, serve

PRIVATE = ec.derive_private_key(5, ec.SECP256K1())
KEY = PublicKey("secp256k1", PRIVATE.public_key())
TEXT = multikey.encode(KEY)
DID = "did:web:issuer.example"
URL = "https://issuer.example/.well-known/did.json"
ORDER = int("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16)


def pair(message: bytes) -> tuple[int, int]:
    return utils.decode_dss_signature(PRIVATE.sign(message, ec.ECDSA(hashes.SHA256())))


def raw(r: int, s: int) -> bytes:
    return r.to_bytes(32) + s.to_bytes(32)


def jwk() -> dict[str, str]:
    numbers = PRIVATE.public_key().public_numbers()
    x, y = (base64url_encode(n.to_bytes(32)) for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "secp256k1", "x": x, "y": y}


def test_the_keys_of_a_blockcerts_issuer_are_read(vectors):
    path = vectors / "cert-verifier-js/fixtures/issuer-blockcerts.json"
    profile = json.loads(path.read_bytes())
    fetch = serve({profile["id"]: path.read_bytes()})
    for name in ("key-1", "secp256k1-verification-public-key", "key-1-multibase"):
        found = resolve(f"{profile['id']}#{name}", fetch=fetch)
        assert found.public_key.kind == "secp256k1"


def test_a_did_key_of_the_curve_is_the_key():
    assert TEXT.startswith("zQ3s")
    assert multikey.decode(TEXT) == KEY
    assert resolve(f"did:key:{TEXT}", fetch=NOTHING).public_key == KEY


def test_every_way_to_write_the_key_states_the_same_one():
    compressed = base58_encode(multikey.multibase.decode(TEXT)[2:])
    bare = method(DID)
    del bare["publicKeyMultibase"]
    for member, value in (
        ("publicKeyJwk", jwk()),
        ("publicKeyMultibase", TEXT),
        ("publicKeyBase58", compressed),
    ):
        entry = {**bare, "type": "EcdsaSecp256k1VerificationKey2019", member: value}
        fetch = serve({URL: did_document(DID, entry)})
        assert resolve(f"{DID}#key-1", fetch=fetch).public_key == KEY


def test_a_type_for_the_curve_takes_no_key_of_another():
    entry = method(DID, type="EcdsaSecp256k1VerificationKey2019")
    with pytest.raises(Invalid, match="has a Ed25519 key"):
        resolve(f"{DID}#key-1", fetch=serve({URL: did_document(DID, entry)}))


@pytest.mark.parametrize("algorithm", ["ES256", "ES384", "EdDSA", "HS256", 5])
def test_a_key_for_another_algorithm_is_refused(algorithm):
    assert from_jwk({**jwk(), "alg": "ES256K"}) == KEY
    with pytest.raises(Invalid):
        from_jwk({**jwk(), "alg": algorithm})


@given(st.binary(max_size=64))
def test_a_signature_fits_its_message_and_no_other(message):
    r, s = pair(message)
    KEY.verify(raw(r, s), message)
    with pytest.raises(Invalid):
        KEY.verify(raw(r, s), message + b"x")


@pytest.mark.parametrize(
    "change",
    [
        lambda r, s: raw(s, r),
        lambda r, _: raw(r, 0),
        lambda _, s: raw(0, s),
        lambda r, _: raw(r, ORDER),
        lambda _, s: raw(ORDER, s),
        lambda r, s: raw(r, s)[:-1],
        lambda r, s: raw(r, s) + b"\0",
        utils.encode_dss_signature,
        lambda *_: b"",
    ],
)
def test_no_other_form_of_a_signature_is_taken(change):
    with pytest.raises(Invalid):
        KEY.verify(change(*pair(b"message")), b"message")

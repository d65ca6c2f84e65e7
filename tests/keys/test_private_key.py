"""Do the keys of a holder sign what others can check, and stay to themselves?"""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from credwallet.errors import CredwalletError, Invalid, Undetermined, Unreadable
from credwallet.keys import from_jwk, resolve
from credwallet.keys.key_file import FORMS, read, write
from credwallet.keys.multibase import base58_encode, base64url_decode, base64url_encode
from credwallet.keys.private_key import KINDS, PrivateKey, from_secret, generate
from credwallet.keys.private_key import public_jwk as public
from tests.keys.served import NOTHING

SECRET = bytes(range(1, 33))
EACH = pytest.mark.parametrize("kind", list(KINDS.values()))
PUBLISHED = (
    "w3c-vc-di-eddsa/TestVectors/keyPair.json",
    "w3c-vc-di-ecdsa/TestVectors/p256KeyPair.json",
)


def pem(key: PrivateKey, password: bytes | None = None) -> bytes:
    return key.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption(),
    )


@EACH
def test_a_key_signs_and_its_did_checks_it(kind: str):
    key = generate(kind)
    signature = key.sign(b"hello")
    method = resolve(key.method, fetch=NOTHING)
    assert method.controller == key.did
    assert "authentication" in method.relationships
    method.public_key.verify(signature, b"hello")
    with pytest.raises(Invalid):
        method.public_key.verify(signature, b"hullo")


@EACH
def test_two_new_keys_are_never_the_same(kind: str):
    assert generate(kind).did != generate(kind).did


@EACH
def test_a_key_of_short_numbers_signs_as_well(kind: str):
    key = from_secret(kind, bytes(31) + b"\x07")
    for number in range(20):
        message = str(number).encode()
        key.public_key.verify(key.sign(message), message)
    assert read(write(key, "jwk")).secret() == key.secret()


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_pairs_are_read(vectors: Path, name: str):
    data = (vectors / name).read_bytes()
    stated = json.loads(data)
    secret = stated.get("privateKeyMultibase") or stated["secretKeyMultibase"]
    for each in (data, secret.encode()):
        assert read(each).did == f"did:key:{stated['publicKeyMultibase']}"


@EACH
@pytest.mark.parametrize("form", FORMS)
def test_a_key_comes_back_from_its_file(kind: str, form: str):
    key = from_secret(kind, SECRET)
    again = read(write(key, form))
    assert (again.kind, again.secret(), again.did) == (kind, SECRET, key.did)


@EACH
def test_the_public_half_is_a_jwk_that_anybody_reads(kind: str):
    key = from_secret(kind, SECRET)
    assert from_jwk(public(key.public_key)) == key.public_key
    assert "d" not in public(key.public_key)


@EACH
def test_pem_is_read(kind: str):
    key = from_secret(kind, SECRET)
    assert read(pem(key)).did == key.did


def test_a_key_pair_of_the_learner_credential_wallet_is_read():
    key = from_secret("Ed25519", SECRET)
    raw = key.public_key.key.public_bytes_raw()
    pair = {
        "id": key.method,
        "type": "Ed25519VerificationKey2020",
        "controller": key.did,
        "publicKeyMultibase": key.did.removeprefix("did:key:"),
        "privateKeyMultibase": "z" + base58_encode(b"\x80\x26" + SECRET + raw),
    }
    assert read(json.dumps(pair).encode()).did == key.did


def jwk(**changes: object) -> bytes:
    written = json.loads(write(from_secret("Ed25519", SECRET), "jwk")) | changes
    return json.dumps(
        {name: value for name, value in written.items() if value is not None}
    ).encode()


def pair(**changes: object) -> bytes:
    written = json.loads(write(from_secret("Ed25519", SECRET), "multibase")) | changes
    return json.dumps(written).encode()


OTHER = from_secret("Ed25519", SECRET[::-1])
BAD = {
    "nothing": b"",
    "no key": b"hello",
    "no text": b"\xff\xfe",
    "a number": b"7",
    "an array": b"[]",
    "an object": b"{}",
    "cut JSON": b'{"kty":',
    "twice": b'{"kty":"OKP","kty":"OKP"}',
    "public only": jwk(d=None),
    "d no text": jwk(d=7),
    "d too short": jwk(d=base64url_encode(SECRET[:31])),
    "d padded": jwk(d=base64url_encode(SECRET) + "="),
    "x of another": jwk(x=public(OTHER.public_key)["x"]),
    "x missing": jwk(x=None),
    "x no text": jwk(x=7),
    "pair of another": pair(publicKeyMultibase=OTHER.did.removeprefix("did:key:")),
    "pair of no key": pair(publicKeyMultibase=7),
    "pair without secret": pair(secretKeyMultibase=None),
    "public text": from_secret("Ed25519", SECRET).did[8:].encode(),
    "halves of two": ("z" + base58_encode(b"\x80\x26" + SECRET + SECRET)).encode(),
    "a number too large": ("z" + base58_encode(b"\x86\x26" + b"\xff" * 32)).encode(),
    "zero": ("z" + base58_encode(b"\x86\x26" + bytes(32))).encode(),
    "large": b" " * 20_000,
    "bad PEM": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    "encrypted PEM": pem(from_secret("P-256", SECRET), b"secret"),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_private_key_is_refused_and_not_quoted(data: bytes):
    with pytest.raises(Unreadable) as caught:
        read(data)
    said = caught.value.what + caught.value.next_step
    for hidden in (base64url_encode(SECRET), base58_encode(SECRET)):
        assert hidden[:12] not in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "members",
    [
        {"kty": "EC", "crv": "P-384"},
        {"kty": "RSA"},
        {"kty": "oct", "k": "AA"},
        {"kty": "OKP", "crv": "X25519"},
        {"kty": 7},
    ],
    ids=str,
)
def test_other_kinds_of_key_are_not_used(members: dict[str, object]):
    with pytest.raises(Undetermined, match="only Ed25519 and P-256"):
        read(json.dumps(members | {"d": "AA"}).encode())


@EACH
def test_what_holds_a_key_does_not_show_it(kind: str):
    key = from_secret(kind, SECRET)
    shown = f"{key!r} {key!s} {key.public_key!r}"
    for secret in (SECRET.hex(), base64url_encode(SECRET), str(int.from_bytes(SECRET))):
        assert secret not in shown


def test_no_error_comes_from_elsewhere():
    for data in BAD.values():
        with pytest.raises(CredwalletError):
            read(data)
    assert base64url_decode("AA") == b"\x00"

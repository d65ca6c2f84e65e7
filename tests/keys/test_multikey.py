import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base58_encode
from tests.keys.served import rsa_key


# Texts of the did:key method's and vc-di-ecdsa's examples.
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "Ed25519"),
        ("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", "P-256"),
        (
            "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9",
            "P-384",
        ),
    ],
)
def test_published_keys_come_back(text, kind):
    public_key = multikey.decode(text)
    assert public_key.kind == kind
    assert multikey.encode(public_key) == text


@given(st.integers(1, 2**250))
def test_every_p256_key_comes_back(secret):
    key = PublicKey("P-256", ec.derive_private_key(secret, ec.SECP256R1()).public_key())
    assert multikey.decode(multikey.encode(key)) == key


@pytest.mark.parametrize("extra", [-33, -1, 1])
@pytest.mark.parametrize("header", [b"\xed\x01", b"\x80\x24", b"\x81\x24"])
def test_a_key_of_another_length_is_refused(header, extra):
    size = {b"\xed\x01": 32, b"\x80\x24": 33, b"\x81\x24": 49}[header]
    with pytest.raises(Invalid):
        multikey.decode("z" + base58_encode(header + b"\x02" * max(size + extra, 0)))


def test_an_uncompressed_point_is_refused():
    point = ec.derive_private_key(5, ec.SECP256R1()).public_key().public_numbers()
    raw = b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
    with pytest.raises(Invalid, match="compressed"):
        multikey.decode("z" + base58_encode(b"\x80\x24" + raw))


@pytest.mark.parametrize("header", [b"\xec\x01", b"\xeb\x01", b"\xef\x01"])
def test_kinds_that_are_not_supported_are_undetermined(header):
    with pytest.raises(Undetermined, match="not supported"):
        multikey.decode("z" + base58_encode(header + b"\x02" * 33))


@pytest.mark.parametrize(
    "text", ["", "z", "z1", "uAAAA", "zvPkQiUFfJrgnCRhyPkTSkgrGXb"]
)
def test_what_is_no_known_key_is_refused(text):
    with pytest.raises(Invalid):
        multikey.decode(text)


def test_an_rsa_key_has_no_multikey_form():
    with pytest.raises(Undetermined):
        multikey.encode(PublicKey("RSA", rsa_key().public_key()))

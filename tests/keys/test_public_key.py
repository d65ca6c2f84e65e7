import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import PublicKey
from credwallet.keys.public_key import (
    CURVES,
    from_ec_point,
    from_ed25519_bytes,
    from_rsa_numbers,
)
from tests.keys.served import ed25519_key, p256_key, rsa_key

P = 2**255 - 19
MESSAGE = b"a badge"


def ecdsa_signature(private_key, size=32):
    der = private_key.sign(MESSAGE, ec.ECDSA(hashes.SHA256()))
    return b"".join(n.to_bytes(size, "big") for n in utils.decode_dss_signature(der))


def test_a_signature_fits_its_own_key():
    key = from_ed25519_bytes(ed25519_key().public_key().public_bytes_raw())
    key.verify(ed25519_key().sign(MESSAGE), MESSAGE)


@given(st.integers(0, 511), st.binary(min_size=1, max_size=8))
def test_a_changed_bit_or_message_is_refused(bit, message):
    key = PublicKey("Ed25519", ed25519_key().public_key())
    signature = bytearray(ed25519_key().sign(message))
    with pytest.raises(Invalid):
        key.verify(bytes(signature), message + b"!")
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Invalid):
        key.verify(bytes(signature), message)


@pytest.mark.parametrize("length", [0, 31, 63, 65, 128])
def test_an_ed25519_signature_of_another_length_is_refused(length):
    key = PublicKey("Ed25519", ed25519_key().public_key())
    with pytest.raises(Invalid, match="64 bytes"):
        key.verify(bytes(length), MESSAGE)


def test_s_plus_the_group_order_is_refused():
    order = 2**252 + 27742317777372353535851937790883648493
    signature = ed25519_key().sign(MESSAGE)
    s = int.from_bytes(signature[32:], "little") + order
    with pytest.raises(Invalid):
        PublicKey("Ed25519", ed25519_key().public_key()).verify(
            signature[:32] + s.to_bytes(32, "little"), MESSAGE
        )


def _add(a, b):
    d = -121665 * pow(121666, -1, P) % P
    (x1, y1), (x2, y2) = a, b
    t = d * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P
    return x, y


def _small_order_points():
    """All eight multiples of a point of order 8, computed, not remembered."""
    y = int("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16)
    d = -121665 * pow(121666, -1, P) % P
    square = (y * y - 1) * pow(d * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square
    points = [(0, 1)]
    for _ in range(7):
        points.append(_add(points[-1], (x, y)))
    assert len(set(points)) == 8
    assert _add(points[-1], (x, y)) == (0, 1)
    return points


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("number", range(8))
def test_a_key_of_small_order_is_refused(number, sign):
    y = _small_order_points()[number][1]
    raw = (y | sign << 255).to_bytes(32, "little")
    with pytest.raises(Invalid, match="small order"):
        from_ed25519_bytes(raw)


@pytest.mark.parametrize("y", [P, P + 1, 2**255 - 1])
def test_a_key_that_is_not_encoded_canonically_is_refused(y):
    with pytest.raises(Invalid, match="canonically"):
        from_ed25519_bytes(y.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_an_ed25519_key_of_another_length_is_refused(length):
    with pytest.raises(Invalid, match="32 bytes"):
        from_ed25519_bytes(b"\x05" * length)


def test_ecdsa_signatures_are_r_and_s_side_by_side():
    key = PublicKey("P-256", p256_key().public_key())
    key.verify(ecdsa_signature(p256_key()), MESSAGE)


@pytest.mark.parametrize(
    "signature",
    [
        bytes(64),
        bytes(32) + b"\x01" * 32,
        b"\x01" * 32 + bytes(32),
        b"\xff" * 64,
        CURVES["P-256"].order.to_bytes(32, "big") * 2,
    ],
    ids=["r = s = 0", "r = 0", "s = 0", "all ones", "r = s = n"],
)
def test_r_and_s_out_of_range_are_refused(signature):
    with pytest.raises(Invalid, match="out of range"):
        PublicKey("P-256", p256_key().public_key()).verify(signature, MESSAGE)


def test_a_der_signature_is_refused():
    der = p256_key().sign(MESSAGE, ec.ECDSA(hashes.SHA256()))
    with pytest.raises(Invalid, match="64 bytes"):
        PublicKey("P-256", p256_key().public_key()).verify(der, MESSAGE)


def test_a_signature_with_one_byte_more_is_refused():
    with pytest.raises(Invalid, match="64 bytes"):
        PublicKey("P-256", p256_key().public_key()).verify(
            ecdsa_signature(p256_key()) + b"\0", MESSAGE
        )


@pytest.mark.parametrize(
    "point",
    [b"", b"\x00", b"\x05" + bytes(32), b"\x02" + b"\xff" * 32, b"\x04" + b"\x01" * 64],
    ids=["empty", "infinity", "no such form", "x too large", "off the curve"],
)
def test_what_is_no_point_on_the_curve_is_refused(point):
    with pytest.raises(Invalid):
        from_ec_point("P-256", point)


def test_a_p384_key_takes_sha384():
    private = ec.derive_private_key(7, ec.SECP384R1())
    der = private.sign(MESSAGE, ec.ECDSA(hashes.SHA384()))
    signature = b"".join(n.to_bytes(48, "big") for n in utils.decode_dss_signature(der))
    key = PublicKey("P-384", private.public_key())
    key.verify(signature, MESSAGE, hash_name="sha384")
    with pytest.raises(Invalid):
        key.verify(signature, MESSAGE, hash_name="sha256")


def test_an_unknown_hash_is_undetermined():
    with pytest.raises(Undetermined):
        PublicKey("P-256", p256_key().public_key()).verify(
            ecdsa_signature(p256_key()), MESSAGE, hash_name="md5"
        )


def test_rsa_is_pkcs1_and_nothing_else():
    numbers = rsa_key().public_key().public_numbers()
    key = from_rsa_numbers(numbers.n, numbers.e)
    key.verify(rsa_key().sign(MESSAGE, padding.PKCS1v15(), hashes.SHA256()), MESSAGE)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    with pytest.raises(Invalid):
        key.verify(rsa_key().sign(MESSAGE, pss, hashes.SHA256()), MESSAGE)


@pytest.mark.parametrize("bits", [0, 512, 1024, 2047])
def test_a_short_rsa_key_is_refused(bits):
    with pytest.raises(Invalid, match="too short"):
        from_rsa_numbers((1 << bits) - 1, 65537)


def test_a_huge_rsa_key_is_refused():
    with pytest.raises(Invalid, match="longer"):
        from_rsa_numbers((1 << 16384) - 1, 65537)


@pytest.mark.parametrize("exponent", [0, 1, 2, 65536, 2**33 + 1])
def test_a_bad_rsa_exponent_is_refused(exponent):
    numbers = rsa_key().public_key().public_numbers()
    with pytest.raises(Invalid, match="exponent"):
        from_rsa_numbers(numbers.n, exponent)


def test_keys_are_equal_if_they_are_the_same_key():
    raw = ed25519_key().public_key().public_bytes_raw()
    assert from_ed25519_bytes(raw) == from_ed25519_bytes(raw)
    other = ed25519_key(2).public_key().public_bytes_raw()
    assert from_ed25519_bytes(raw) != from_ed25519_bytes(other)


def test_an_even_modulus_is_refused():
    numbers = rsa_key().public_key().public_numbers()
    with pytest.raises(Invalid, match="even"):
        from_rsa_numbers(numbers.n - 1, numbers.e)

"""Every case of the Wycheproof bundles, through our own checks.

Source: C2SP/wycheproof, testvectors_v1. What differs on purpose is named here.
"""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import from_jwk
from credwallet.keys.public_key import (
    PublicKey,
    from_ec_point,
    from_ed25519_bytes,
    from_rsa_numbers,
)


def bundle(vectors, name):
    path = vectors / "c2sp-wycheproof" / "testvectors_v1" / f"{name}.json"
    groups = json.loads(path.read_bytes())["testGroups"]
    return [(group, case) for group in groups for case in group["tests"]]


def answer(public_key: PublicKey, signature, message, hash_name="sha256"):
    try:
        public_key.verify(signature, message, hash_name=hash_name)
    except Invalid:
        return "invalid"
    return "valid"


def answers(vectors, name, make_key, *, hash_name="sha256"):
    """Pair what each case wants with what we say."""
    for group, case in bundle(vectors, name):
        given = answer(
            make_key(group),
            bytes.fromhex(case["sig"]),
            bytes.fromhex(case["msg"]),
            hash_name,
        )
        yield case["tcId"], case["result"], given


def point(group):
    return bytes.fromhex(group["publicKey"]["uncompressed"])


def test_ed25519(vectors):
    found = list(
        answers(
            vectors,
            "ed25519_test",
            lambda group: from_ed25519_bytes(bytes.fromhex(group["publicKey"]["pk"])),
        )
    )
    assert len(found) == 151
    assert [row for row in found if row[1] != row[2]] == []


@pytest.mark.parametrize(
    ("name", "kind", "hash_name", "count"),
    [
        ("ecdsa_secp256r1_sha256_p1363_test", "P-256", "sha256", 262),
        ("ecdsa_secp384r1_sha384_p1363_test", "P-384", "sha384", 280),
    ],
)
def test_ecdsa_with_r_and_s_side_by_side(vectors, name, kind, hash_name, count):
    found = list(
        answers(
            vectors,
            name,
            lambda group: from_ec_point(kind, point(group)),
            hash_name=hash_name,
        )
    )
    assert len(found) == count
    assert [row for row in found if row[1] != row[2]] == []


def test_ecdsa_in_der_after_conversion(vectors):
    """We take r || s only; the cases that test r and s stand, those of DER cannot."""
    wrong = []
    for group, case in bundle(vectors, "ecdsa_secp256r1_sha256_test"):
        public_key = from_ec_point("P-256", point(group))
        try:
            numbers = decode_dss_signature(bytes.fromhex(case["sig"]))
            signature = b"".join(number.to_bytes(32, "big") for number in numbers)
        except (ValueError, OverflowError):
            signature = bytes.fromhex(case["sig"])
        given = answer(public_key, signature, bytes.fromhex(case["msg"]))
        if given != case["result"]:
            wrong.append(case["tcId"])
    assert wrong == []


def test_rsa_pkcs1(vectors):
    found = list(
        answers(
            vectors,
            "rsa_signature_2048_sha256_test",
            lambda group: from_rsa_numbers(
                int(group["publicKey"]["modulus"], 16),
                int(group["publicKey"]["publicExponent"], 16),
            ),
        )
    )
    assert len(found) == 259
    # The one "acceptable" case leaves a NULL out of the padding; we refuse it.
    wanted = {"acceptable": "invalid"}
    assert [row for row in found if wanted.get(row[1], row[1]) != row[2]] == []


# Symmetric keys are refused whatever the bundle says of them: valid there, never here.
SYMMETRIC_ON_PURPOSE = {2, 13, 14, 15}
PRIVATE = ("d", "p", "q", "dp", "dq", "qi")


def test_json_web_keys(vectors):
    wrong = set()
    for group, case in bundle(vectors, "json_web_key_test"):
        given = _answer_of_jws(group.get("public", group["private"]), case["jws"])
        if given != case["result"]:
            wrong.add(case["tcId"])
    assert wrong == SYMMETRIC_ON_PURPOSE


def _answer_of_jws(keys, jws):
    head, payload, signature = jws.split(".")
    kid = json.loads(_bytes(head)).get("kid")
    named = [key for key in keys["keys"] if key.get("kid") == kid]
    public = [{k: v for k, v in key.items() if k not in PRIVATE} for key in named]
    try:
        (jwk,) = public
        from_jwk(jwk).verify(_bytes(signature), f"{head}.{payload}".encode())
    except (Invalid, Undetermined, ValueError):
        return "invalid"
    return "valid"


def _bytes(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

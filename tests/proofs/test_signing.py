"""Is what the holder's key signs what the specifications say that it signs?"""

import json
from datetime import datetime, timedelta, timezone

import pytest

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.errors import Invalid, Undetermined
from credwallet.keys.multibase import decode_base58btc
from credwallet.model.occasion import Occasion, rfc3339
from credwallet.proofs.key_binding import verify_key_binding
from credwallet.proofs.signing import bind, prove, sign_token
from tests.hostile.signing import hash_data
from tests.keys.served import NOTHING
from tests.share.presenting import AT, MAIN, WORK, selective

OCCASION = Occasion("https://a.example", "n-1", AT, AT + timedelta(minutes=5))
DOCUMENT = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiablePresentation"],
    "holder": MAIN.key.did,
}


def test_the_proof_states_the_occasion_and_signs_it():
    proof = prove(DOCUMENT, MAIN.key, OCCASION, Contexts.bundled())
    value = proof.pop("proofValue")
    assert proof == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-11-25T12:00:00Z",
        "expires": "2026-11-25T12:05:00Z",
        "verificationMethod": MAIN.key.method,
        "proofPurpose": "authentication",
        "challenge": "n-1",
        "domain": "https://a.example",
    }
    MAIN.key.public_key.verify(
        decode_base58btc(value), hash_data(DOCUMENT, proof, "Ed25519")
    )


def test_each_occasion_makes_another_proof():
    made = {
        prove(DOCUMENT, MAIN.key, each, Contexts.bundled())["proofValue"]
        for each in (
            OCCASION,
            OCCASION._replace(nonce="n-2"),
            OCCASION._replace(audience="https://b.example"),
            OCCASION._replace(expires=None),
            OCCASION._replace(at=AT + timedelta(seconds=1)),
        )
    }
    assert len(made) == 5


def test_a_key_on_p_256_makes_the_other_suite():
    proof = prove(DOCUMENT, WORK.key, OCCASION, Contexts.bundled())
    assert proof["cryptosuite"] == "ecdsa-rdfc-2019"


def test_what_a_proof_would_leave_out_is_not_signed():
    with pytest.raises(Undetermined, match="what no context defines: favouriteColour"):
        prove(
            {**DOCUMENT, "favouriteColour": "red"},
            MAIN.key,
            OCCASION,
            Contexts.bundled(),
        )


def test_a_token_names_the_algorithm_of_its_key():
    for holder, algorithm in ((MAIN, "EdDSA"), (WORK, "ES256")):
        jws = formats.vc_jwt.take_apart(
            sign_token({"typ": "x"}, b"{}", holder.key).encode()
        )
        assert jws.header == {"alg": algorithm, "typ": "x"}
        holder.key.public_key.verify(jws.signature, jws.signing_input)


@pytest.mark.parametrize("holder", [MAIN, WORK], ids=lambda holder: holder.name)
def test_a_key_binding_is_good_for_this_selection_only(holder):
    credential = selective(holder)
    data = bind(credential.sd_jwt, holder.key, OCCASION)
    found = verify_key_binding(formats.read(data), fetch=NOTHING, at=AT)
    assert found == ("https://a.example", "n-1", AT)
    less = data.replace(credential.sd_jwt.disclosures[0] + b"~", b"")
    with pytest.raises(Invalid, match="sd_hash"):
        verify_key_binding(formats.read(less), fetch=NOTHING, at=AT)


def test_a_key_binding_has_its_end():
    data = bind(selective().sd_jwt, MAIN.key, OCCASION)
    claims = json.loads(formats.read(data).sd_jwt.key_binding.payload)
    assert claims["exp"] - claims["iat"] == 300


def test_moments_are_written_in_utc():
    at = datetime(2026, 1, 1, 1, 30, 0, 999, tzinfo=timezone(timedelta(hours=2)))
    assert rfc3339(at) == "2025-12-31T23:30:00Z"

"""Credentials and presentations secured as a JWT."""

import pytest

from credwallet import formats
from credwallet.errors import Unreadable
from credwallet.formats import vc_jwt
from credwallet.model.credential import Credential, Presentation
from tests.formats.making import CLAIMS, CREDENTIAL, V1, V2, as_json, b64, token

PLAIN = {"alg": "EdDSA", "typ": "JWT"}
OLD = {
    "@context": [V1],
    "type": ["VerifiableCredential"],
    "issuer": "did:example:issuer",
    "issuanceDate": "2024-05-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:learner"},
}
BARE = {"@context": [V1], "type": "VerifiableCredential", "credentialSubject": {}}


def test_claims_beside_the_members_are_no_part_of_the_credential():
    more = {"iat": 1, "cnf": {"kid": "x"}, "aud": "me", "nonce": "n"}
    held = vc_jwt.read(token({**CREDENTIAL, **CLAIMS, **more}))
    assert held.document == CREDENTIAL
    assert held.problem == ""
    assert vc_jwt.claims_of(held.jws)["iat"] == 1


def test_the_signed_text_and_the_parts_are_kept():
    data = b"\n" + token(CREDENTIAL, signature=b"\0\xff") + b" \r\n"
    held = vc_jwt.read(data)
    assert held.raw is data
    assert held.jws.header == {"alg": "EdDSA", "typ": "vc+jwt"}
    assert held.jws.payload == as_json(CREDENTIAL)
    assert held.jws.signing_input == data.strip().rpartition(b".")[0]
    assert held.jws.signature == b"\0\xff"


def test_a_token_without_a_signature_is_read_and_left_to_be_judged():
    held = vc_jwt.read(token(CREDENTIAL, header={"alg": "none"}, signature=b""))
    assert held.jws.signature == b""
    assert (
        held.jws.signing_input == token(CREDENTIAL, header={"alg": "none"})[: -12 - 1]
    )


@pytest.mark.parametrize(
    "typ", ["vc+jwt", "JWT", "vc+ld+json+jwt", "at+jwt", "x", 7, None, ["vc+jwt"]]
)
def test_every_media_type_is_read_and_left_to_be_judged(typ):
    held = vc_jwt.read(token(CREDENTIAL, header={"alg": "EdDSA", "typ": typ}))
    assert isinstance(held, Credential)
    assert held.problem == ""


def test_the_vc_claim_of_the_first_data_model_is_the_credential():
    held = vc_jwt.read(token({**CLAIMS, "vc": OLD}, header=PLAIN))
    assert held.document == {
        **OLD,
        "id": "urn:uuid:1",
        "expirationDate": "2030-05-01T00:00:00Z",
    }
    assert held.problem == ""


def test_what_only_the_claims_say_is_filled_in():
    held = vc_jwt.read(token({**CLAIMS, "vc": BARE}, header=PLAIN))
    assert held.document == {
        **BARE,
        "id": "urn:uuid:1",
        "issuer": "did:example:issuer",
        "issuanceDate": "2024-05-01T00:00:00Z",
        "expirationDate": "2030-05-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
    }


def test_the_second_data_model_gets_its_own_date_members():
    held = vc_jwt.read(token({**CLAIMS, "vc": {**BARE, "@context": V2}}, header=PLAIN))
    assert held.document["validFrom"] == "2024-05-01T00:00:00Z"
    assert held.document["validUntil"] == "2030-05-01T00:00:00Z"
    assert "issuanceDate" not in held.document


def test_an_issuer_and_a_subject_without_an_id_get_it_from_the_claims():
    document = {**BARE, "issuer": {"name": "A"}, "credentialSubject": [{"x": 1}]}
    held = vc_jwt.read(token({**CLAIMS, "vc": document}, header=PLAIN))
    assert held.document["issuer"] == {"name": "A", "id": "did:example:issuer"}
    assert held.document["credentialSubject"] == [{"x": 1, "id": "did:example:learner"}]


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ({"iss": "did:example:other"}, "iss 'did:example:other' is not issuer.id"),
        ({"jti": "urn:uuid:2"}, "jti 'urn:uuid:2' is not id"),
        ({"sub": "did:example:other"}, "sub 'did:example:other' is not credentialSub"),
        ({"nbf": 1714521601}, "nbf '2024-05-01T00:00:01Z' is not validFrom"),
        ({"exp": 1}, "exp '1970-01-01T00:00:01Z' is not validUntil"),
        ({"iss": 7}, "the claim iss is no text"),
        ({"sub": None}, "the claim sub is no text"),
        ({"jti": ["urn:uuid:1"]}, "the claim jti is no text"),
        ({"nbf": "2024-05-01T00:00:00Z"}, "the claim nbf is no number"),
        ({"exp": True}, "the claim exp is no number"),
        ({"exp": 1e300}, "the claim exp is no number"),
        ({"exp": -(10**30)}, "the claim exp is no number"),
        ({"vc": {"a": 1}}, "a second copy stands under vc"),
        ({"vc": "oops"}, "a second copy stands under vc"),
        ({"vp": None}, "a second copy stands under vp"),
    ],
)
def test_a_claim_that_contradicts_the_credential_is_a_problem(claims, problem):
    held = vc_jwt.read(token({**CREDENTIAL, **claims}, header=PLAIN))
    assert problem in held.problem
    assert held.document == CREDENTIAL
    assert "\n" not in held.problem


def test_all_contradictions_are_told():
    claims = {"iss": "a", "jti": "b", "sub": "c", "exp": 1}
    held = vc_jwt.read(token({**CREDENTIAL, **claims}, header=PLAIN))
    assert held.problem.count("; ") == 3


def test_the_claims_contradict_a_vc_claim_as_well():
    held = vc_jwt.read(token({"iss": "did:example:x", "vc": OLD}, header=PLAIN))
    assert "iss 'did:example:x' is not issuer 'did:example:issuer'" in held.problem


def test_a_fraction_of_a_second_is_no_contradiction():
    document = {**CREDENTIAL, "validFrom": "2024-05-01T00:00:00.292Z"}
    assert vc_jwt.read(token({**document, **CLAIMS}, header=PLAIN)).problem == ""


def test_another_time_zone_is_no_contradiction():
    document = {**CREDENTIAL, "validFrom": "2024-05-01T02:00:00+02:00"}
    assert vc_jwt.read(token({**document, **CLAIMS}, header=PLAIN)).problem == ""


def test_times_of_the_signature_are_not_times_of_the_credential():
    # VC-JOSE-COSE: nbf and exp speak of the token, validFrom of the credential.
    held = vc_jwt.read(token({**CREDENTIAL, "nbf": 5, "exp": 1950000000}))
    assert held.problem == ""
    assert held.document == CREDENTIAL


def test_one_of_several_subjects_may_be_the_one_of_the_claim():
    subjects = [{"id": "did:example:a"}, {"id": "did:example:learner"}, 7]
    document = {**CREDENTIAL, "credentialSubject": subjects}
    assert vc_jwt.read(token({**document, **CLAIMS})).problem == ""
    claims = {**CLAIMS, "sub": "did:example:b"}
    assert "sub" in vc_jwt.read(token({**document, **claims})).problem


@pytest.mark.parametrize("name", ["vc", "vp"])
@pytest.mark.parametrize("typ", ["vc+jwt", "application/VC+JWT", "vp+jwt"])
def test_the_newer_media_types_forbid_the_older_claims(name, typ):
    header = {"alg": "EdDSA", "typ": typ}
    for payload in ({**CREDENTIAL, name: "oops"}, {name: OLD}):
        held = vc_jwt.read(token(payload, header=header))
        assert held.problem == f"a {name} claim is not allowed in this type"


def test_both_older_claims_at_once_are_a_problem():
    held = vc_jwt.read(token({"vc": OLD, "vp": {}}, header=PLAIN))
    assert "both a vc and a vp claim" in held.problem


@pytest.mark.parametrize("nested", [True, False])
def test_a_presentation_holds_tokens_and_objects(nested):
    inner = token(CREDENTIAL)
    presentation = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [inner.decode(), CREDENTIAL],
    }
    claims = {"iss": "did:example:learner", "jti": "urn:uuid:9", "aud": "you"}
    payload = {"vp": presentation} if nested else presentation
    header = PLAIN if nested else {"alg": "EdDSA", "typ": "vp+jwt"}
    held = vc_jwt.read(token({**claims, **payload}, header=header))
    assert isinstance(held, Presentation)
    assert held.holder == "did:example:learner"
    assert held.id == "urn:uuid:9"
    assert held.problem == ""
    assert [part.raw for part in held.credentials] == [inner, as_json(CREDENTIAL)]
    assert "aud" not in held.document


def test_another_presenter_than_the_holder_is_a_problem():
    payload = {"type": "VerifiablePresentation", "holder": "did:example:a", "iss": "b"}
    assert "iss 'b' is not holder" in vc_jwt.read(token(payload)).problem


def stretched(data: bytes, part: int, change) -> bytes:
    parts = data.split(b".")
    parts[part] = change(parts[part])
    return b".".join(parts)


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize(
    "change",
    [
        lambda part: part + b"=",
        lambda part: part + b"A",
        lambda part: part[:5] + b"\n" + part[5:],
        lambda part: part[:5] + b" " + part[5:],
        lambda part: part[:5] + b"+" + part[6:],
        lambda part: part[:5] + b"/" + part[6:],
        lambda part: part[:5] + b"\xc3\xa9" + part[7:],
        lambda part: part[:5] + b"=" + part[5:],
    ],
)
def test_anything_but_canonical_base64url_is_refused(part, change):
    data = token(
        as_json(CREDENTIAL) + b" " * 2, header=b'{"a":1}  ', signature=b"signature"
    )
    with pytest.raises(Unreadable):
        vc_jwt.read(stretched(data, part, change))


def test_stray_low_bits_are_refused():
    data = token(CREDENTIAL, signature=b"\0")
    assert data.endswith(b".AA")
    with pytest.raises(Unreadable, match="the signature is no strict base64url"):
        vc_jwt.read(data[:-1] + b"B")


@pytest.mark.parametrize("dots", [0, 1, 3, 4, 5])
def test_another_number_of_parts_is_refused(dots):
    part = b64(as_json({"alg": "EdDSA"}))
    with pytest.raises(Unreadable) as caught:
        formats.read(b".".join([part] * (dots + 1)))
    assert ("JWE" in caught.value.what) == (dots == 4)


@pytest.mark.parametrize("header", [b"[]", b"7", b"{", b'{"alg":1,"alg":2}', b"\xff{}"])
def test_a_header_that_is_no_strict_object_is_refused(header):
    with pytest.raises(Unreadable):
        vc_jwt.read(token(CREDENTIAL, header=header))


@pytest.mark.parametrize("payload", [b"[]", b"", b'{"a":1,"a":1}', {}, {"vc": "x"}])
def test_a_payload_without_a_credential_is_refused(payload):
    with pytest.raises(Unreadable):
        vc_jwt.read(token(payload))


def test_an_sd_jwt_is_left_to_the_format_of_its_own():
    assert vc_jwt.sniff(token(CREDENTIAL))
    assert not vc_jwt.sniff(token(CREDENTIAL) + b"~")
    with pytest.raises(Unreadable):
        vc_jwt.read(token(CREDENTIAL) + b"~")


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ({"iss": "did:example:x"}, "iss 'did:example:x' is not issuer"),
        ({"sub": "did:example:x"}, "sub 'did:example:x' is not credentialSubject.id"),
        ({"jti": "urn:uuid:2"}, "jti 'urn:uuid:2' is not id"),
        ({"nbf": 1714521601}, "nbf '2024-05-01T00:00:01Z' is not issuanceDate"),
        ({"exp": 1}, "exp '1970-01-01T00:00:01Z' is not expirationDate"),
    ],
)
def test_each_claim_must_agree_with_the_vc_claim(claims, problem):
    stated = {**OLD, "id": "urn:uuid:1", "expirationDate": "2030-05-01T00:00:00Z"}
    held = vc_jwt.read(token({**CLAIMS, **claims, "vc": stated}, header=PLAIN))
    assert problem in held.problem
    assert held.document == stated


def test_the_time_of_signing_is_no_time_of_issuing():
    # VC Data Model 1.1 section 6.3.1 ties nbf to issuanceDate, and iat to nothing.
    held = vc_jwt.read(token({"iat": 1714600000, "vc": OLD}, header=PLAIN))
    assert held.problem == ""
    assert held.document == OLD

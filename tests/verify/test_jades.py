"""ETSI TS 119 182-1 and the European Learning Model: is a sealed credential good?"""

import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.errors import Unreadable
from credwallet.model.report import Outcome, Verdict
from credwallet.model.summary import summary_of
from tests.keys.certificates import NOW, YEAR, authority, certificate
from tests.verify.seals import (
    ECTS,
    ISSUER,
    ROOT,
    SIGNER,
    claim,
    document,
    header,
    report,
    sealed,
    signature,
    url_safe,
)


def outcome(found, check):
    return str(found.check(check).outcome)


# Whole and good.


def test_a_seal_of_a_trusted_certificate_is_valid():
    found = report(sealed())
    assert found.verdict is Verdict.VALID
    assert found.check("structure").note == (
        "European Learning Model, VC Data Model 1.1"
    )
    assert found.check("proof").note == "JAdES ES256 by certificate of Tallinn School"
    note = found.check("issuer").note
    assert note.startswith("sealed by Tallinn School (certificate trusted through ")
    assert "O=Trust Services" in note
    assert "withdrawn is not looked up" in note
    assert "by the signer's own word" in found.check("validity").note


def test_the_other_forms_of_a_seal_are_valid():
    whole = json.loads(sealed())
    flat = {"payload": whole["payload"], **whole["signatures"][0]}
    assert report(json.dumps(flat).encode()).verdict is Verdict.VALID
    encoded = sealed(protected=header(b64=None, crit=["sigT"]))
    assert report(encoded).verdict is Verdict.VALID
    dated = header(sigT=None, iat=1_780_308_000, crit=["b64"])
    assert report(sealed(protected=dated)).verdict is Verdict.VALID
    undated = header(sigT=None, crit=["b64"])
    assert report(sealed(protected=undated)).verdict is Verdict.VALID


def test_letters_beyond_ascii_are_covered_as_they_stand():
    issuer = {**ISSUER, "description": "Õppeasutus \u2028 😀"}
    assert report(sealed(document(issuer=issuer))).verdict is Verdict.VALID


def test_without_a_trust_list_nobody_vouches_for_the_certificate():
    found = report(sealed(), trusted=())
    assert found.verdict is Verdict.UNDETERMINED
    assert outcome(found, "proof") == "passed"
    check = found.check("issuer")
    assert check.outcome is Outcome.UNKNOWN
    assert "not checked against a trust list" in check.note
    assert "--trust-list" in check.problems[0].next_step


def test_a_certificate_of_an_authority_that_is_not_listed_stays_in_doubt():
    found = report(sealed(), trusted=(authority("Other"),))
    assert found.verdict is Verdict.UNDETERMINED
    assert "no trusted certificate stands behind" in found.check("issuer").note


@pytest.mark.parametrize(
    "name", ["edc-mc-signed", "edc-dc-signed", "edc-coe-signed"], ids=str
)
def test_a_real_seal_fits_and_a_changed_one_does_not(vectors, name):
    (path,) = vectors.glob(f"mynextid-edc/*/v1/edc/examples/{name}.jsonld")
    data = path.read_bytes()
    assert outcome(report(data), "proof") == "passed"
    changed = data.replace(b"NETIS d.o.o.", b"NETIS d.o.p.", 1)
    assert changed != data
    found = report(changed)
    assert found.verdict is Verdict.INVALID
    assert "does not fit" in found.check("proof").note


def test_what_was_not_looked_at_is_named(vectors):
    data = (vectors / "eu-elm/Sample-MC-Annex1-signed.jsonld").read_bytes()
    note = report(data).check("proof").note
    assert note.endswith("not looked at: adoTst, sigTst, xVals, rVals, arcTst")


# Bytes, headers and keys.


def test_one_changed_byte_of_the_payload_is_refused():
    found = report(sealed().replace(b"Bookkeeping basics", b"Bookkeeping Basics"))
    assert found.verdict is Verdict.INVALID
    assert outcome(found, "proof") == "failed"


@settings(max_examples=40)
@given(st.data())
def test_no_change_of_a_byte_passes(data):
    whole = bytearray(sealed())
    place = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    whole[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    try:
        found = report(bytes(whole))
    except Unreadable:
        return
    # Names of members beside the seal, and spaces, are not covered by it.
    if found.verdict is Verdict.VALID:
        assert found.subject.document == document()
    else:
        assert found.verdict in (
            Verdict.INVALID,
            Verdict.MALFORMED,
            Verdict.UNDETERMINED,
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"crit": None}, "does not say that b64 must be understood"),
        ({"crit": ["sigT"]}, "does not say that b64 must be understood"),
        ({"crit": []}, "crit of the seal is empty"),
        ({"crit": "b64"}, "no list of names"),
        ({"crit": ["b64", "b64"]}, "no list of names"),
        ({"crit": ["b64", 1]}, "no list of names"),
        ({"crit": ["b64", "sigX"]}, "demands sigX and does not have it"),
        ({"crit": ["b64", "exp"], "exp": 1}, "unknown extension: exp"),
        ({"alg": "none"}, "the algorithm none cannot seal"),
        ({"alg": None}, "cannot seal"),
        ({"alg": "HS256"}, "cannot seal"),
        ({"alg": "ES384"}, "does not go with the P-256 key"),
        ({"alg": ["ES256"]}, "cannot seal"),
        ({"typ": "kb+jwt"}, "none of a credential"),
        ({"typ": 1}, "none of a credential"),
        ({"b64": 0, "crit": None}, "neither true nor false"),
        ({"x5c": "MIIB"}, "no list of certificates"),
        ({"x5c": []}, "no list of certificates"),
        ({"x5c": ["MIIB"]}, "cannot be read"),
        ({"x5c": [1]}, "not base64 of DER"),
        ({"x5t#S256": "AAAA"}, "another certificate than it brings"),
        ({"sigT": "yesterday"}, "no date and time"),
        ({"sigT": 7}, "no date and time"),
        ({"sigT": None, "iat": "1", "crit": ["b64"]}, "no date and time"),
        ({"sigT": None, "iat": 10**30, "crit": ["b64"]}, "no date and time"),
    ],
)
def test_a_header_that_breaks_a_rule_is_refused(changes, words):
    found = report(sealed(protected=header(**changes)))
    assert found.verdict is Verdict.INVALID
    assert words in found.check("proof").note


def test_alg_none_without_a_signature_is_refused():
    whole = json.loads(sealed(protected=header(alg="none")))
    whole["signatures"][0]["signature"] = ""
    assert report(json.dumps(whole).encode()).verdict is Verdict.INVALID


def test_a_certificate_outside_of_what_was_signed_is_refused():
    protected = header(x5c=None)
    data = sealed(protected=protected, unprotected={"x5c": [SIGNER.base64]})
    found = report(data)
    assert found.verdict is Verdict.INVALID
    assert "outside of what was signed" in found.check("proof").note


def test_a_member_that_is_signed_and_unsigned_is_refused():
    found = report(sealed(unprotected={"x5c": [ROOT.base64]}))
    assert "x5c signed and unsigned" in found.check("proof").note


def test_a_seal_that_only_names_its_certificate_is_not_judged():
    found = report(sealed(protected=header(x5c=None, kid="MGcwYKRe")))
    assert found.verdict is Verdict.UNDETERMINED
    assert "does not bring the certificate" in found.check("proof").note


@pytest.mark.parametrize("name", ["sigD", "sigPId", "srCms"])
def test_conditions_that_are_not_read_leave_it_open(name):
    found = report(sealed(protected=header(**{name: {}}, crit=["b64", name])))
    assert found.verdict is Verdict.UNDETERMINED
    assert name in found.check("proof").note


def test_a_right_digest_of_the_certificate_is_good():
    fingerprint = SIGNER.certificate.fingerprint
    digest = url_safe(fingerprint(SIGNER.certificate.signature_hash_algorithm))
    assert report(sealed(protected=header(**{"x5t#S256": digest}))).verdict == "valid"


def test_a_key_of_another_certificate_is_refused():
    stranger = certificate("Tallinn School", by=ROOT)
    found = report(sealed(protected=header(stranger)))
    assert found.verdict is Verdict.INVALID
    assert "does not fit" in found.check("proof").note


def test_every_signature_must_be_good():
    payload = json.dumps(document())
    good, other = signature(payload), certificate("Ministry", by=ROOT)
    second = signature(payload, header(other), by=other)
    whole = {"payload": payload, "signatures": [good, second]}
    found = report(json.dumps(whole).encode())
    assert found.verdict is Verdict.VALID
    assert "1 more by other parties" in found.check("issuer").note
    bad = {**second, "signature": good["signature"]}
    for both in ([good, bad], [bad, good]):
        found = report(json.dumps({**whole, "signatures": both}).encode())
        assert found.verdict is Verdict.INVALID


def test_a_proof_under_the_seal_is_not_passed_over():
    found = report(sealed(document(proof={"type": "DataIntegrityProof"})))
    assert found.verdict is Verdict.UNDETERMINED
    assert "another proof" in found.check("proof").note


def test_beside_an_open_signature_a_good_one_does_not_speak_for_the_whole():
    payload = json.dumps(document())
    both = [signature(payload), signature(payload, header(x5c=None, kid="1"))]
    found = report(json.dumps({"payload": payload, "signatures": both}).encode())
    assert found.verdict is Verdict.UNDETERMINED
    assert "not every signature" in found.check("issuer").note


# Whose seal it is.


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ((SIGNER, authority("Trust Services")), "was not signed by Trust Services"),
        ((SIGNER, certificate("X", by=ROOT)), "may not sign other certificates"),
        ((SIGNER, SIGNER), "may not sign other certificates"),
    ],
)
def test_a_chain_of_another_is_refused(chain, words):
    found = report(sealed(protected=header(*chain)))
    assert found.verdict is Verdict.INVALID
    assert words in found.check("issuer").note


def number(text):
    oid = x509.ObjectIdentifier("2.5.4.97")
    return x509.NameAttribute(oid, text)


def numbered(text, organization="Sigillum SL"):
    """Issue a certificate with an organizationIdentifier."""
    key = ec.generate_private_key(ec.SECP256R1())
    return certificate(organization, by=ROOT, key=key, more=(number(text),))


def issued_by(legal_name, identifier=None, **members):
    issuer = {**ISSUER, "legalName": {"en": legal_name}, **members}
    if identifier:
        issuer["eIDASIdentifier"] = {"type": "LegalIdentifier", "notation": identifier}
    return document(issuer=issuer)


def by(signer, credential):
    return report(sealed(credential, header(signer), by=signer))


@pytest.mark.parametrize(
    ("signer", "credential"),
    [
        (SIGNER, issued_by("TALLINN  SCHOOL")),
        (certificate("VELOCERT OU", by=ROOT), issued_by("Velocert OÜ")),
        (numbered("NTREE-17", "Kool"), issued_by("Kool", "NTREE-17")),
        (numbered("NTREE-17", "Kool"), issued_by("Kool", "17")),
    ],
)
def test_a_certificate_in_the_issuers_name_is_the_issuers(signer, credential):
    found = by(signer, credential)
    assert found.verdict is Verdict.VALID
    assert found.check("issuer").problems == ()


@pytest.mark.parametrize("identifier", ["VATES-A17", "A17"])
def test_another_name_with_the_same_number_is_a_remark(identifier):
    found = by(numbered("VATES-A17"), issued_by("University of Zed", identifier))
    assert found.verdict is Verdict.VALID
    check = found.check("issuer")
    assert "University of Zed in it, and by Sigillum SL in the certificate" in (
        check.note
    )
    assert [problem.type for problem in check.problems] == ["other-name"]


def test_a_trusted_stranger_cannot_seal_in_anothers_name():
    found = by(SIGNER, issued_by("University of Zed"))
    assert found.verdict is Verdict.UNDETERMINED
    assert "nothing in the certificate names the issuer" in found.check("issuer").note


def test_a_second_name_does_not_let_a_stranger_in():
    credential = issued_by("Tallinn School", name="University of Zed")
    assert by(SIGNER, credential).verdict is Verdict.UNDETERMINED


def test_a_number_of_another_in_the_same_register_is_refused():
    found = by(numbered("VATES-A17", "Kool"), issued_by("Kool", "VATES-B99"))
    assert found.verdict is Verdict.INVALID
    assert "number is not that of the issuer" in found.check("issuer").note


def test_an_address_in_the_certificate_names_the_issuer():
    alternative = x509.SubjectAlternativeName([x509.DNSName("school.example")])
    signer = certificate("Shop", by=ROOT, extra=((alternative, False),))
    assert by(signer, document(issuer="https://school.example/1")).verdict == "valid"
    other = by(signer, document(issuer="https://school.example.evil.example/"))
    assert other.verdict is Verdict.UNDETERMINED


def test_known_issuers_only_is_not_answered_by_a_trust_list():
    found = report(sealed(), require_known_issuer=True, known_issuers={})
    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "key",
    [rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()],
    ids=["RSA", "Ed25519"],
)
def test_the_algorithm_follows_from_the_key(key):
    signer = certificate("Tallinn School", by=ROOT, key=key)
    found = report(sealed(protected=header(signer)))
    assert "does not go with" in found.check("proof").note


# Time.


def test_after_the_certificate_expired_the_time_of_signing_is_only_a_word():
    signer = certificate("Tallinn School", by=ROOT, end=NOW - YEAR / 4)
    found = report(sealed(protected=header(signer), by=signer))
    assert found.verdict is Verdict.UNDETERMINED
    check = found.check("validity")
    assert check.outcome is Outcome.UNKNOWN
    assert "is the signer's own word (2026-06-01)" in check.note
    assert outcome(found, "issuer") == "passed"


def test_a_seal_made_after_its_certificate_expired_is_refused():
    signer = certificate("Tallinn School", by=ROOT, end=NOW - YEAR * 3 / 4)
    found = report(sealed(protected=header(signer), by=signer))
    assert found.verdict is Verdict.INVALID
    assert "after the certificate of the seal expired" in found.check("validity").note


def test_an_expired_certificate_without_a_time_of_signing_is_in_doubt():
    signer = certificate("Tallinn School", by=ROOT, end=NOW - YEAR / 4)
    protected = header(signer, sigT=None, crit=["b64"])
    found = report(sealed(protected=protected, by=signer))
    assert found.verdict is Verdict.UNDETERMINED
    assert "is not said" in found.check("validity").note


def test_a_seal_from_before_its_certificate_is_refused():
    signer = certificate("Tallinn School", by=ROOT, begin=NOW - YEAR / 4)
    found = report(sealed(protected=header(signer), by=signer))
    assert found.verdict is Verdict.INVALID
    assert "valid only from" in found.check("issuer").note


def test_a_seal_from_the_future_is_not_valid_yet():
    found = report(sealed(protected=header(sigT="2026-12-24T10:00:00Z")))
    assert found.verdict is Verdict.NOT_YET_VALID


@pytest.mark.parametrize("member", ["validUntil", "expirationDate"])
def test_a_credential_past_its_end_is_expired(member):
    found = report(sealed(document(**{member: "2026-07-01T00:00:00Z"})))
    assert found.verdict is Verdict.EXPIRED


# Structure, status and subject.


@pytest.mark.parametrize("member", ["issuer", "credentialSubject", "@context", "type"])
def test_what_every_credential_needs_is_needed_here(member):
    left_out = document(**{member: None})
    if member == "type":
        left_out["type"] = ["EuropeanDigitalCredential"]
    assert report(sealed(left_out)).verdict is Verdict.MALFORMED


@pytest.mark.parametrize("member", ["status", "credentialStatus"])
def test_a_status_list_is_looked_up_wherever_it_is_named(member):
    entry = {
        "id": "https://school.example/list#1",
        "type": "StatusList2021Entry",
        "statusPurpose": "revocation",
        "statusListIndex": "1",
        "statusListCredential": "https://school.example/list",
    }
    found = report(sealed(document(**{member: [entry]})))
    assert outcome(found, "status") == "unknown"
    assert found.verdict is Verdict.UNDETERMINED


def test_a_status_that_is_a_concept_names_no_list():
    found = report(sealed(document(status={"id": "http://x.example", "type": "C"})))
    assert outcome(found, "status") == "skipped"


@pytest.mark.parametrize(
    ("identities", "answer"),
    [
        ((), "skipped"),
        (("Ada@learner.example",), "passed"),
        (("bob@learner.example",), "failed"),
    ],
)
def test_a_person_is_known_by_an_address(identities, answer):
    found = report(sealed(), identities=identities)
    assert outcome(found, "subject") == answer
    assert found.verdict is Verdict.VALID


def test_a_number_within_the_file_is_nobody():
    subject = {"id": "urn:epass:person:1", "hasClaim": claim()}
    data = sealed(document(credentialSubject=subject))
    found = report(data, identities=("urn:epass:person:1",))
    assert outcome(found, "subject") == "unknown"


def test_the_row_for_stacking_says_credits_and_level():
    row = summary_of(report(sealed()))
    assert (row.name, row.issuer_name) == ("Bookkeeping basics", "Tallinn School")
    assert (row.credits, row.credit_unit) == ("6", "ects")
    assert (row.level, row.framework) == ("5", "eqf")
    assert row.achievements == ("https://school.example/course/7",)
    assert (row.subject_id, row.format) == ("", "jades")
    assert ECTS not in row.credit_unit

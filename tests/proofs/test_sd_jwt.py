"""Does the issuer's token of an SD-JWT fit, and whose key made it?"""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from credwallet import formats
from credwallet.errors import Invalid, Undetermined
from credwallet.keys import jwt_vc_issuer
from credwallet.model.proof import VerificationMethod
from credwallet.proofs.sd_jwt import CERTIFICATE, Trust, verify_sd_jwt
from tests.hostile.badges import badge
from tests.hostile.sd_jwt import claims, token
from tests.hostile.signing import HARBOUR, MALLORY, did_jwk, did_key, header_of, jws
from tests.keys.certificates import NOW, YEAR, Issued, authority, certificate
from tests.keys.served import NOTHING, serve

ISSUER = "https://issuer.example"
KEYS = ["Ed25519", "P-256", "P-384", "P-521", "RSA"]


def verified(
    data: str, *, documents: Any = None, trusted: tuple[bytes, ...] = (), at: Any = NOW
) -> VerificationMethod:
    held = formats.read(data.encode())
    fetch = serve(documents) if documents else NOTHING
    signed = verify_sd_jwt(held, signer=held.issuer.id, trust=Trust(fetch, trusted, at))
    return signed.method


@pytest.mark.parametrize("kind", KEYS)
def test_each_kind_of_key_signs_with_its_algorithm(kind: str):
    signer = did_jwk("issuer", kind)
    payload = claims(iss=signer.id)
    data = jws(header_of(signer, typ="dc+sd-jwt"), payload, signer.key) + "~"
    assert verified(data).controller == signer.id


@pytest.mark.parametrize("typ", ["dc+sd-jwt", "vc+sd-jwt", "application/dc+sd-jwt"])
def test_both_names_of_the_type_are_accepted(typ: str):
    assert verified(token(claims(), typ=typ)).id == HARBOUR.method


@pytest.mark.parametrize(
    "typ", ["kb+jwt", "at+jwt", "vc+jwt", "jwt+x", 7, ["dc+sd-jwt"]]
)
def test_another_type_is_refused(typ: Any):
    with pytest.raises(Invalid, match="no such credential"):
        verified(token(claims(), typ=typ))


def test_a_document_may_not_be_called_a_presentation():
    with pytest.raises(Invalid, match="no such credential"):
        verified(token(badge(), typ="vp+sd-jwt"))


@pytest.mark.parametrize("cty", ["text/html", 7])
def test_content_of_another_type_is_refused(cty: Any):
    with pytest.raises(Invalid, match="content of the type"):
        verified(token(badge(), cty=cty))


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ({"alg": "none"}, Invalid),
        ({"alg": "HS256"}, Invalid),
        ({"alg": "ES256"}, Invalid),
        ({"alg": "RS256"}, Invalid),
        ({"alg": None}, Invalid),
        ({"alg": 7}, Invalid),
        ({"crit": ["x"]}, Invalid),
        ({"b64": False}, Invalid),
        ({"kid": MALLORY.method}, Invalid),
    ],
)
def test_a_header_that_is_not_in_order_is_refused(
    header: dict[str, Any], error: type[Exception]
):
    with pytest.raises(error):
        verified(token(claims(), **header))


def test_a_changed_byte_is_refused():
    whole = token(claims())
    head, payload, signature = whole[:-1].split(".")
    for changed in (
        f"{head}.{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}~",
        token(claims(name="Another")).rpartition(".")[0] + f".{signature}~",
    ):
        with pytest.raises(Invalid, match="does not fit"):
            verified(changed)


def test_somebody_elses_key_is_refused():
    with pytest.raises(Invalid):
        verified(token(claims(), signer=MALLORY.key))


def test_a_key_that_only_the_header_names_ties_nothing():
    signer = did_key("unheard of")
    payload = claims(iss=ISSUER)
    header = header_of(signer, typ="dc+sd-jwt", kid=None, jwk=signer.key.jwk)
    method = verified(jws(header, payload, signer.key) + "~")
    assert (method.self_asserted, method.controller) == (True, ISSUER)


def metadata(*keys: dict[str, Any]) -> dict[str, Any]:
    where = jwt_vc_issuer.address(ISSUER)
    return {where: {"issuer": ISSUER, "jwks": {"keys": list(keys)}}}


def test_the_metadata_of_the_issuer_lists_its_key():
    key = {**HARBOUR.key.jwk, "kid": "k1"}
    method = verified(token(claims(iss=ISSUER), kid="k1"), documents=metadata(key))
    assert (method.self_asserted, method.controller) == (False, ISSUER)
    assert "assertionMethod" in method.relationships


def test_a_key_that_the_metadata_do_not_list_is_refused():
    key = {**MALLORY.key.jwk, "kid": "k1"}
    for header in ({"kid": "k1"}, {"kid": None, "jwk": HARBOUR.key.jwk}):
        with pytest.raises(Invalid):
            verified(token(claims(iss=ISSUER), **header), documents=metadata(key))


def test_metadata_that_cannot_be_had_leave_it_open():
    with pytest.raises(Undetermined):
        verified(token(claims(iss=ISSUER), kid="k1"))


@pytest.mark.parametrize("issuer", ["urn:issuer", "http://issuer.example", "issuer"])
def test_an_issuer_of_whom_nothing_says_where_its_keys_are_is_left_open(issuer: str):
    with pytest.raises(Undetermined, match="nothing says where"):
        verified(token(claims(iss=issuer)))


ROOT = authority("Root")
NAMED = x509.SubjectAlternativeName(
    [
        x509.UniformResourceIdentifier(ISSUER),
        x509.DNSName("issuer.example"),
    ]
)
OTHERS = x509.SubjectAlternativeName([x509.DNSName("another.example")])


def certified(
    *, names: x509.SubjectAlternativeName | None = NAMED, **how: Any
) -> Issued:
    """Certify the key of the tests as the issuer's."""
    extra = ((names, False),) if names else ()
    return certificate("Issuer", by=ROOT, key=HARBOUR.key.private, extra=extra, **how)


def with_chain(leaf: Issued, issuer: str | None = ISSUER) -> str:
    return token(claims(iss=issuer), kid=None, x5c=[leaf.base64])


@pytest.mark.parametrize(
    "issuer", [ISSUER, f"{ISSUER}/tenant", "https://ISSUER.example"]
)
def test_a_certificate_that_names_the_issuer_and_ends_in_the_trust_list_counts(
    issuer: str,
):
    method = verified(with_chain(certified(), issuer), trusted=(ROOT.der,))
    assert (method.type, method.controller) == (CERTIFICATE, issuer)
    assert method.self_asserted is False
    assert "trusted" in method.source


def test_without_a_trust_list_nobody_vouches_for_it():
    method = verified(with_chain(certified()))
    assert (method.self_asserted, method.controller) == (True, ISSUER)


def test_another_authority_does_not_vouch_for_it():
    method = verified(with_chain(certified()), trusted=(authority("Another").der,))
    assert method.self_asserted is True


def test_a_certificate_of_somebody_else_is_theirs():
    method = verified(with_chain(certified(names=OTHERS)), trusted=(ROOT.der,))
    assert method.controller != ISSUER


def test_a_certificate_without_names_does_not_name_the_issuer():
    method = verified(with_chain(certified(names=None)), trusted=(ROOT.der,))
    assert method.self_asserted is True
    assert "does not name the issuer" in method.source


def test_without_iss_the_issuer_is_the_subject_of_the_certificate():
    method = verified(with_chain(certified(), None), trusted=(ROOT.der,))
    assert "Issuer" in method.controller
    assert method.self_asserted is False


def test_a_certificate_that_ended_is_a_doubt():
    leaf = certified(end=NOW - YEAR / 2)
    assert verified(with_chain(leaf), trusted=(ROOT.der,)).self_asserted is True


def test_a_certificate_of_another_key_is_refused():
    leaf = certificate("Issuer", by=ROOT, extra=((NAMED, False),))
    with pytest.raises(Invalid):
        verified(with_chain(leaf), trusted=(ROOT.der,))


@pytest.mark.parametrize("value", ["x", [], ["MIIB"], [7], {}])
def test_what_is_no_chain_is_refused(value: Any):
    with pytest.raises(Invalid):
        verified(token(claims(iss=ISSUER), kid=None, x5c=value))


@pytest.mark.parametrize(
    "name", ["sdjwtvc.simpleX509", "sdjwtvc.simpleX509WithoutIss", "sdjwtvc.funkeX509"]
)
def test_published_tokens_with_chains_lead_to_their_authorities(
    vectors: Path, name: str
):
    folder = vectors / "credo-ts"
    data = (folder / f"{name}.sdJwtVc.sd-jwt").read_text()
    anchor = folder / f"{name}.trustedCertificate.b64.txt"
    trusted = (base64.b64decode(anchor.read_text()),)
    at = datetime(2024, 6 if "funke" in name else 9, 10, tzinfo=UTC)
    found = verified(data, trusted=trusted, at=at)
    alone = verified(data, at=at)
    assert (found.type, found.self_asserted) == (CERTIFICATE, False)
    assert alone.self_asserted is True


@pytest.mark.parametrize("name", ["contentChangedSdJwtVc", "signatureInvalidSdJwtVc"])
def test_published_tokens_that_were_changed_are_refused(vectors: Path, name: str):
    data = (vectors / "credo-ts" / f"sdjwtvc.{name}.sd-jwt").read_text()
    with pytest.raises(Invalid):
        verified(data)


def test_the_pid_of_the_rfc_fits_the_key_of_the_rfc(vectors: Path):
    """RFC 9901 appendices A.3 and A.5."""
    folder = vectors / "openvc-interop/sd_jwt_vc"
    data = (folder / "rfc9901-a3-sd-jwt-vc.txt").read_text()
    key = json.loads((folder / "rfc9901-a5-issuer-key.json").read_text())
    issuer = formats.read(data.encode()).issuer.id
    public = {name: key[name] for name in ("kty", "crv", "x", "y")}
    listed = {"issuer": issuer, "jwks": {"keys": [public]}}
    where = jwt_vc_issuer.address(issuer)
    assert verified(data, documents={where: listed}).controller == issuer

"""The suites before Data Integrity: a detached JWS over RDF, by a key of each kind."""

import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from hypothesis import given
from hypothesis import strategies as st

from credwallet.canon import jsonld, rdfc
from credwallet.canon.contexts import Contexts
from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.fetch import Offline
from credwallet.keys.multibase import base58_encode, base64url_encode
from credwallet.model.proof import proofs_of
from credwallet.model.report import Verdict
from credwallet.proofs import verify_proof
from credwallet.proofs.secured import Secured
from tests.verify.badges import report
from tests.verify.manifest import contexts

CONTEXTS = Contexts.bundled()
V1 = "https://www.w3.org/2018/credentials/v1"
JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
RSA = rsa.generate_private_key(65537, 2048)
KEYS: dict[str, Any] = {
    "Ed25519": ed25519.Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32),
    "P-256": ec.derive_private_key(7, ec.SECP256R1()),
    "P-384": ec.derive_private_key(7, ec.SECP384R1()),
    "P-521": ec.derive_private_key(7, ec.SECP521R1()),
    "secp256k1": ec.derive_private_key(7, ec.SECP256K1()),
    "RSA": RSA,
}
ALGORITHMS = {
    "EdDSA": "Ed25519",
    "ES256": "P-256",
    "ES384": "P-384",
    "ES512": "P-521",
    "ES256K": "secp256k1",
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
}
OWN = {
    "Ed25519Signature2018": "EdDSA",
    "EcdsaSecp256r1Signature2019": "ES256",
    "EcdsaSecp256k1Signature2019": "ES256K",
}
CASES = [*(("JsonWebSignature2020", alg) for alg in ALGORITHMS), *OWN.items()]


def jwk_of(kind: str) -> dict[str, str]:
    public = KEYS[kind].public_key()
    if kind == "Ed25519":
        return {
            "kty": "OKP",
            "crv": kind,
            "x": base64url_encode(public.public_bytes_raw()),
        }
    numbers = public.public_numbers()
    if kind == "RSA":
        n = numbers.n.to_bytes(256)
        return {"kty": "RSA", "n": base64url_encode(n), "e": "AQAB"}
    size = -(-public.curve.key_size // 8)
    x, y = (base64url_encode(n.to_bytes(size)) for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": kind, "x": x, "y": y}


def did_of(kind: str, **more: str) -> str:
    jwk = json.dumps({**jwk_of(kind), **more}).encode()
    return f"did:jwk:{base64url_encode(jwk)}"


def signature(algorithm: str, data: bytes) -> bytes:
    private = KEYS[ALGORITHMS[algorithm]]
    if algorithm == "EdDSA":
        return bytes(private.sign(data))
    digest = getattr(hashes, f"SHA{algorithm[2:5]}")()
    if algorithm.startswith("ES"):
        size = -(-private.curve.key_size // 8)
        pair = utils.decode_dss_signature(private.sign(data, ec.ECDSA(digest)))
        return b"".join(number.to_bytes(size) for number in pair)
    scheme: Any = padding.PKCS1v15()
    if algorithm.startswith("PS"):
        scheme = padding.PSS(padding.MGF1(digest), digest.digest_size)
    return bytes(private.sign(data, scheme, digest))


def sha256(document: dict[str, Any]) -> bytes:
    quads = jsonld.to_rdf(document, CONTEXTS).quads
    return hashlib.sha256(rdfc.canonicalize(quads).encode()).digest()


HEADER = {"b64": False, "crit": ["b64"]}


def signed(
    suite: str,
    algorithm: str,
    header: dict[str, Any] | None = None,
    did: str = "",
    **options: Any,
) -> dict[str, Any]:
    """Sign a credential as these suites do; `header` is of the JWS."""
    issuer = did or did_of(ALGORITHMS[algorithm])
    document = {
        "@context": [V1, JWS_2020] if suite == "JsonWebSignature2020" else [V1],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "issuanceDate": "2026-02-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:learner"},
    }
    proof = {
        "type": suite,
        "created": "2026-02-01T09:00:00Z",
        "verificationMethod": f"{issuer}#0",
        "proofPurpose": "assertionMethod",
        **options,
    }
    data = sha256({"@context": document["@context"], **proof}) + sha256(document)
    stated = {"alg": algorithm, **HEADER} if header is None else header
    head = base64url_encode(json.dumps(stated).encode())
    made = signature(algorithm, f"{head}.".encode() + data)
    return {**document, "proof": {**proof, "jws": f"{head}..{base64url_encode(made)}"}}


def verify(document: dict[str, Any], known: Contexts = CONTEXTS) -> str:
    (proof,) = proofs_of(document)
    return verify_proof(Secured(document, known), proof, fetch=Offline()).label


def load(vectors, name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((vectors / name).read_bytes())
    return document


@pytest.mark.parametrize(
    "name",
    [
        "test_vc_document_signed_ed25519",
        "test_vc_document_signed_did_key_ed25519",
        "test_vc_document_signed_secp256r1_2019",
    ],
)
def test_what_another_agent_signed_fits(vectors, name) -> None:
    document = load(vectors, f"acapy-agent/{name}.json")

    assert verify(document, contexts(vectors)) == document["proof"]["type"]


def test_what_a_blockcerts_issuer_signed_fits(vectors) -> None:
    name = "cert-verifier-js/fixtures/v3/example-non-chained-proofs.json"
    document = load(vectors, name)
    document["proof"] = document["proof"][0]

    assert verify(document) == "EcdsaSecp256k1Signature2019"


@pytest.mark.parametrize(("suite", "algorithm"), CASES)
def test_a_fresh_signature_of_each_kind_makes_a_valid_credential(
    suite, algorithm
) -> None:
    found = report(signed(suite, algorithm))

    assert found.verdict is Verdict.VALID, found
    assert found.check("proof").note.startswith(suite)


@pytest.mark.parametrize(("suite", "algorithm"), CASES)
@pytest.mark.parametrize(
    "change",
    [
        lambda made, _: made.update(issuanceDate="2020-01-01T00:00:00Z"),
        lambda made, _: made["credentialSubject"].update(id="did:example:x"),
        lambda _, proof: proof.update(created="2020-01-01T00:00:00Z"),
        lambda _, proof: proof.update(proofPurpose="authentication"),
        lambda _, proof: proof.update(domain="harbour.example"),
        lambda _, proof: proof.update(proofValue="z111"),
        lambda _, proof: proof.update(jws=proof["jws"][:-4]),
        lambda _, proof: proof.update(jws=proof["jws"] + "AAAA"),
        lambda _, proof: proof.update(jws=proof["jws"].replace("..", ".e30.")),
        lambda _, proof: proof.update(jws=proof["jws"].replace("..", ".")),
        lambda _, proof: proof.update(jws=proof["jws"].replace("..", "...")),
        lambda _, proof: proof.update(jws=proof["jws"] + "="),
        lambda _, proof: proof.update(jws=""),
        lambda _, proof: proof.update(jws=None),
        lambda _, proof: proof.update(jws=[proof["jws"]]),
        lambda _, proof: proof.pop("jws"),
    ],
)
def test_no_change_of_document_or_proof_is_accepted(suite, algorithm, change) -> None:
    document = signed(suite, algorithm)
    change(document, document["proof"])

    with pytest.raises(Invalid):
        verify(document)


@pytest.mark.parametrize(("suite", "algorithm"), CASES)
@pytest.mark.parametrize("stated", ["none", "HS256", "", None, 5, ["ES256"], "other"])
def test_an_algorithm_that_is_not_the_keys_is_refused(suite, algorithm, stated) -> None:
    if stated == "other":
        stated = "EdDSA" if algorithm != "EdDSA" else "ES256"
    document = signed(suite, algorithm, {"alg": stated, **HEADER})

    with pytest.raises(Invalid, match="does not go with"):
        verify(document)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "EdDSA"},
        {"alg": "EdDSA", "b64": False},
        {"alg": "EdDSA", "b64": True, "crit": ["b64"]},
        {"alg": "EdDSA", "b64": 0, "crit": ["b64"]},
        {"alg": "EdDSA", "b64": False, "crit": []},
        {"alg": "EdDSA", "b64": False, "crit": ["b64", "exp"]},
        {"alg": "EdDSA", "b64": False, "crit": "b64"},
    ],
)
def test_a_header_that_is_not_over_bare_bytes_is_refused(header) -> None:
    with pytest.raises(Invalid, match="bare bytes"):
        verify(signed("Ed25519Signature2018", "EdDSA", header))


@pytest.mark.parametrize(
    "head", ["", "e30x", "bnVsbA", "W10", "eyJhIjoxLCJhIjoyfQ", "!"]
)
def test_a_header_that_is_no_strict_object_is_refused(head) -> None:
    document = signed("Ed25519Signature2018", "EdDSA")
    document["proof"]["jws"] = head + document["proof"]["jws"].partition("..")[2]

    with pytest.raises(Invalid):
        verify(document)


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "PS384"])
def test_an_rsa_key_for_one_algorithm_takes_no_other(algorithm) -> None:
    did = did_of("RSA", alg="PS256")
    document = signed("JsonWebSignature2020", algorithm, did=did)

    if algorithm == "PS256":
        assert verify(document) == "JsonWebSignature2020"
        return
    with pytest.raises(Invalid, match="does not go with"):
        verify(document)


@pytest.mark.parametrize("salt", [0, 20, 64, padding.PSS.MAX_LENGTH])
def test_a_salt_of_another_length_than_the_hash_is_refused(salt, monkeypatch) -> None:
    made = padding.PSS(padding.MGF1(hashes.SHA256()), salt)
    monkeypatch.setattr(
        "tests.proofs.test_detached_jws.padding.PSS", lambda *_: made, raising=True
    )
    document = signed("JsonWebSignature2020", "PS256")
    monkeypatch.undo()

    with pytest.raises(Invalid, match="does not fit"):
        verify(document)


@pytest.mark.parametrize(("suite", "algorithm"), OWN.items())
@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384", "secp256k1", "RSA"])
def test_a_suite_for_one_kind_of_key_takes_no_other(suite, algorithm, kind) -> None:
    if ALGORITHMS[algorithm] == kind:
        pytest.skip("this is its own kind")
    document = signed(suite, algorithm, did=did_of(kind))

    with pytest.raises(Invalid, match="cannot be made with"):
        verify(document)


@pytest.mark.parametrize(
    ("suite", "kind"),
    [("EcdsaSecp256r1Signature2019", "P-256"), ("Ed25519Signature2018", "Ed25519")],
)
def test_the_signature_may_be_a_proof_value(suite, kind) -> None:
    algorithm = OWN[suite]
    document = signed(suite, algorithm)
    proof = document.pop("proof")
    del proof["jws"]
    data = sha256({"@context": document["@context"], **proof}) + sha256(document)
    value = "z" + base58_encode(signature(algorithm, data))

    assert kind == ALGORITHMS[algorithm]
    assert verify({**document, "proof": {**proof, "proofValue": value}}) == suite


def test_json_web_signature_2020_has_no_proof_value() -> None:
    document = signed("JsonWebSignature2020", "EdDSA")
    proof = document["proof"]
    proof["proofValue"] = "z" + base58_encode(bytes(64))
    del proof["jws"]

    with pytest.raises(Invalid, match="jws"):
        verify(document)


def test_a_proof_whose_type_no_context_defines_is_refused() -> None:
    """Without the context of its suite, nothing of the proof itself is signed."""
    document = signed("JsonWebSignature2020", "EdDSA")
    document["@context"] = [V1]

    with pytest.raises(CredwalletError):
        verify(document)


def test_drafts_may_state_a_moment_without_a_time_zone_and_others_may_not() -> None:
    moment = "2026-02-01T09:00:00.416454"
    old = signed("Ed25519Signature2018", "EdDSA", created=moment)
    assert verify(old) == "Ed25519Signature2018"

    old["proof"]["type"] = "Ed25519Signature2020"
    with pytest.raises(Invalid, match="time zone"):
        verify(old)


def test_selected_contexts_of_its_own_are_named_and_not_believed(vectors) -> None:
    name = "spruceid-ssi/examples/files/vc-jws2020-inline-context.jsonld"

    with pytest.raises(Undetermined):
        verify(load(vectors, name))


@given(st.text(max_size=40) | st.none() | st.integers() | st.lists(st.text(max_size=3)))
def test_any_other_jws_is_refused(value) -> None:
    document = signed("Ed25519Signature2018", "EdDSA")
    document["proof"]["jws"] = value

    with pytest.raises(Invalid):
        verify(document)

"""Vectors of the specifications, each as it is and each changed."""

import copy
import json
from importlib import import_module
from pathlib import Path

import pytest

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.fetch import Offline
from credwallet.keys.public_key import CURVES
from credwallet.model.proof import proofs_of
from credwallet.proofs import CRYPTOSUITES, cryptosuite, verify_proof
from credwallet.proofs.secured import Secured
from tests.verify.manifest import contexts

EDDSA = "w3c-vc-di-eddsa/TestVectors"
ECDSA = "w3c-vc-di-ecdsa/TestVectors"
VECTORS = (
    f"{EDDSA}/eddsa-rdfc-2022/signedDataInt.json",
    f"{EDDSA}/eddsa-jcs-2022/signedJCS.json",
    f"{EDDSA}/Ed25519Signature2020/signedEdSig.json",
    f"{EDDSA}/proof-set-chain/signedProofChain2.json",
    f"{EDDSA}/proof-set-chain/signedProofSet1.json",
    f"{ECDSA}/ecdsa-rdfc-2019-p256/signedECDSAP256.json",
    f"{ECDSA}/ecdsa-rdfc-2019-p384/signedECDSAP384.json",
    f"{ECDSA}/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json",
    f"{ECDSA}/ecdsa-jcs-2019-p384/signedJCSECDSAP384.json",
    f"{ECDSA}/ecdsa-sd-2023/employ/derivedRevealDocument.json",
    f"{ECDSA}/ecdsa-sd-2023/prc/derivedRevealDocument.json",
)
# Modules of the folder that are no suite: the parts that suites share, what secures a
# credential from outside, and what is not made with a key (handed over whole).
NO_SUITES = {
    "shared": {
        "__init__",
        "cbor",
        "options",
        "secured",
        "signing",
        "value",
        "verified",
    },
    "from outside": {"jades", "jose", "key_binding", "sd_jwt"},
    "without a key": {"merkle_proof_2019"},
}


def verify_all(document: dict, vectors: Path) -> list[str]:
    secured = Secured(document, contexts(vectors))
    return [
        verify_proof(secured, proof, fetch=Offline()).label
        for proof in proofs_of(document)
    ]


def load(vectors: Path, name: str) -> dict:
    document: dict = json.loads((vectors / name).read_bytes())
    return document


@pytest.mark.parametrize("name", VECTORS)
def test_every_proof_of_the_specification_fits(vectors, name) -> None:
    document = load(vectors, name)

    assert len(verify_all(document, vectors)) == len(proofs_of(document))


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize(
    "change",
    [
        lambda document, _: document.update(validFrom="2022-01-01T00:00:00Z"),
        lambda document, _: document["credentialSubject"].update(id="did:example:x"),
        lambda document, _: document["@context"].pop(),
        lambda _, proof: proof.update(created="2022-01-01T00:00:00Z"),
        lambda _, proof: proof.update(proofPurpose="authentication"),
        lambda _, proof: proof.update(proofValue=proof["proofValue"][:-2]),
        lambda _, proof: proof.update(proofValue=proof["proofValue"] + "1"),
        lambda _, proof: proof.update(proofValue="m" + proof["proofValue"][1:]),
        lambda _, proof: proof.update(
            proofValue="zu"[proof["proofValue"][0] == "z"] + proof["proofValue"][1:]
        ),
        lambda _, proof: proof.update(proofValue=""),
        lambda _, proof: proof.pop("proofValue"),
        lambda _, proof: proof.pop("verificationMethod"),
        lambda _, proof: proof.update(verificationMethod=["x"]),
        lambda _, proof: proof.update(created="yesterday"),
        lambda _, proof: proof.update(
            verificationMethod="did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
            "#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
        ),
    ],
)
def test_no_change_of_document_or_proof_is_accepted(vectors, name, change) -> None:
    document = copy.deepcopy(load(vectors, name))
    proof = document["proof"]
    change(document, proof[0] if isinstance(proof, list) else proof)

    with pytest.raises(CredwalletError):
        verify_all(document, vectors)


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("suite", [*CRYPTOSUITES, "DataIntegrityProof", "other", ""])
def test_another_suites_name_is_never_accepted(vectors, name, suite) -> None:
    document = load(vectors, name)
    entries = document["proof"]
    for entry in entries if isinstance(entries, list) else [entries]:
        member = "cryptosuite" if "cryptosuite" in entry else "type"
        if entry[member] == suite:
            pytest.skip("this is its own name")
        entry[member] = suite

    with pytest.raises((Invalid, Undetermined)):
        verify_all(document, vectors)


def test_the_chain_needs_the_proofs_that_it_builds_on(vectors) -> None:
    document = load(vectors, f"{EDDSA}/proof-set-chain/signedProofChain2.json")
    document["proof"] = document["proof"][1:]

    with pytest.raises(Invalid, match="builds on"):
        verify_all(document, vectors)


def test_a_jcs_proof_with_a_foreign_context_is_refused(vectors) -> None:
    document = load(vectors, f"{EDDSA}/eddsa-jcs-2022/signedJCS.json")
    document["proof"]["@context"] = ["https://www.w3.org/2018/credentials/v1"]

    with pytest.raises(Invalid, match="@context"):
        verify_all(document, vectors)


def test_the_table_holds_every_suite_of_the_folder() -> None:
    folder = Path(__file__).parents[2] / "credwallet" / "proofs"
    others = set().union(*NO_SUITES.values())
    files = {path.stem for path in folder.glob("*.py")}

    assert others <= files
    assert files - others == set(CRYPTOSUITES.values())


def test_a_suite_is_named_as_it_names_itself() -> None:
    for name in CRYPTOSUITES:
        assert name == cryptosuite(name).NAME


def test_what_is_no_suite_has_not_the_names_of_one() -> None:
    for name in set().union(*NO_SUITES.values()) - {"__init__"}:
        module = import_module(f"credwallet.proofs.{name}")
        assert not hasattr(module, "KINDS")


@pytest.mark.parametrize("name", CRYPTOSUITES)
def test_every_suite_takes_kinds_of_key_that_exist(name) -> None:
    suite = cryptosuite(name)

    assert set(suite.KINDS) <= {"Ed25519", "RSA", *CURVES}
    assert set(suite.KINDS.values()) <= {"sha256", "sha384"}


@pytest.mark.parametrize("name", [n for n in VECTORS if "rdfc" in n or "sd-2023" in n])
@pytest.mark.parametrize(
    "context",
    [
        None,
        {},
        [],
        "https://w3id.org/security/data-integrity/v2",
        {"proofPurpose": "urn:x:nothing"},
        ["https://www.w3.org/ns/credentials/v2", {"created": "urn:x:made"}],
    ],
)
def test_a_context_of_the_proof_that_the_document_does_not_begin_with_is_refused(
    vectors, name, context
) -> None:
    document = load(vectors, name)
    document["proof"]["@context"] = context
    if context == []:
        # It says nothing, and the beginning of everything is nothing.
        assert verify_all(document, vectors)
        return

    with pytest.raises(Invalid, match="not the beginning") as caught:
        verify_all(document, vectors)

    assert caught.value.instance == "/proof/@context"


def test_a_proof_over_rdf_may_say_the_documents_context_once_more(vectors) -> None:
    document = load(vectors, VECTORS[0])
    for context in (document["@context"], document["@context"][:1]):
        document["proof"]["@context"] = context
        assert verify_all(document, vectors) == ["eddsa-rdfc-2022"]

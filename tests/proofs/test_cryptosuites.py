"""Vectors of the specifications, each as it is and each changed."""

import copy
import json
from pathlib import Path

import pytest

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.fetch import Offline
from credwallet.model.proof import proofs_of
from credwallet.proofs import CRYPTOSUITES, verify_proof
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
)


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
        lambda _, proof: proof.update(proofValue="u" + proof["proofValue"][1:]),
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
    others = {"__init__", "jose", "secured", "verified"}
    # Not made with a key: `verify_proof` hands their proofs over whole.
    others |= {"cbor", "merkle_proof_2019"}
    files = {path.stem for path in folder.glob("*.py")} - others

    assert files == {
        suite.__name__.rpartition(".")[2] for suite in CRYPTOSUITES.values()
    }

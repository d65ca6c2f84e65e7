"""Do all samples of other people become files without an error?"""

from pathlib import Path

import pytest

from tests.stacking.ctdl import drafts

# Constructs of each sample: carried over, for people to check, left out.
CTDL = {
    "CredentialWithMultipleLanguages_Api_output.json": (5, 4, 2),
    "Credential_PublishDetailedRecord_API_output.json": (4, 3, 4),
    "ProPath_Published.json": (4, 0, 1),
    "own-pathway-with-choice.jsonld": (10, 2, 3),
}
CREDENTIALS = {
    "1edtech-public-validator/clr20/complex.json": (8, 0, 0),
    "1edtech-public-validator/clr20/simple.json": (2, 0, 0),
    "1edtech-public-validator/clr20/simple.jwt": (2, 0, 0),
    "1edtech-public-validator/ob30/complete.json": (2, 0, 6),
    "1edtech-public-validator/ob30/simple-json.png": (1, 0, 1),
    "eu-elm/Sample-MC-Annex1-signed.jsonld": (0, 3, 5),
    "eu-elm/Sample-MC-Annex1-unsigned-uploadable.json": (0, 3, 5),
    "eu-elm/Sample-CertOfPart-unsigned.jsonld": (0, 1, 1),
    "eu-elm/credential-sample.jsonld": (1, 0, 0),
    "mynextid-edc/microcredential/v1/edc/examples/edc-mc-signed.jsonld": (0, 3, 4),
}


@pytest.fixture(scope="module")
def stacking(vectors: Path) -> Path:
    folder = vectors.parent / "stacking"
    if not folder.is_dir():
        pytest.skip("third-party stacking data: no folder stacking beside the vectors")
    return folder


def test_there_is_no_other_sample(stacking: Path):
    assert {path.name for path in (stacking / "ctdl").iterdir()} == set(CTDL)


@pytest.mark.parametrize("name", CTDL)
def test_a_ctdl_sample_becomes_a_file(stacking: Path, name: str):
    (found,) = drafts((stacking / "ctdl" / name).read_bytes())
    assert found.counts == CTDL[name], found.notes


def test_the_european_sample_becomes_a_file(stacking: Path):
    (found,) = drafts((stacking / "elm/credential-sample.jsonld").read_bytes())
    assert found.title == "What some kind of learning achievement is a part of"


@pytest.mark.parametrize("name", CREDENTIALS)
def test_a_sample_credential_becomes_a_file(vectors: Path, name: str):
    (found,) = drafts((vectors / name).read_bytes())
    assert found.counts == CREDENTIALS[name], found.notes

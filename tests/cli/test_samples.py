"""Are the badges of the demo fresh, and is each what the demo says it is?"""

import pytest

from tests.cli.runner import DOCUMENTS, SAMPLES, Cli
from tests.samples import make

VERDICTS = {
    "cleaning-data.json": "valid",
    "data-ethics.json": "invalid",
    "honest-charts.png": "valid",
    "privacy-basics.json": "expired",
    "python-for-analysis.jwt": "valid",
    "statistics-one.json": "revoked",
}
CODES = {"valid": 0, "invalid": 3, "expired": 8, "revoked": 9}


def test_the_samples_of_the_package_are_what_make_writes():
    made = make.files()
    shipped = {
        path.relative_to(SAMPLES).as_posix(): path.read_bytes()
        for path in SAMPLES.rglob("*")
        if path.is_file() and path.suffix != ".toml"
    }
    assert shipped == made


def test_every_sample_stands_in_the_table_of_verdicts():
    assert {path.name for path in (SAMPLES / "badges").iterdir()} == set(VERDICTS)


@pytest.mark.parametrize("name", VERDICTS)
def test_a_sample_has_its_verdict_without_network(cli: Cli, name: str):
    path = SAMPLES / "badges" / name
    ran = cli("verify", path, "--documents", DOCUMENTS, "--offline", "--json")
    (report,) = ran.data["reports"]
    assert report["verdict"] == VERDICTS[name]
    assert ran.code == CODES[VERDICTS[name]]


def test_the_three_valid_samples_are_of_three_kinds(cli: Cli):
    ran = cli("verify", SAMPLES / "badges" / "cleaning-data.json", "--json")
    assert ran.data["reports"][0]["format"] == "json-ld"
    jwt = SAMPLES / "badges" / "python-for-analysis.jwt"
    assert jwt.read_bytes().count(b".") == 2
    png = SAMPLES / "badges" / "honest-charts.png"
    assert png.read_bytes().startswith(b"\x89PNG")


def test_without_the_documents_the_revoked_one_cannot_be_told(cli: Cli):
    path = SAMPLES / "badges" / "statistics-one.json"
    ran = cli("verify", path, "--offline", "--json")
    assert (ran.code, ran.data["reports"][0]["verdict"]) == (4, "undetermined")

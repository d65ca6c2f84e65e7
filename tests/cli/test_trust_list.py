"""`--trust-list`: whose certificates the learner trusts."""

import json

import pytest

from tests.cli.runner import Cli
from tests.trust.trusted_lists import listed, service
from tests.verify.seals import ROOT, sealed


@pytest.fixture
def seal(tmp_path):
    path = tmp_path / "seal.json"
    path.write_bytes(sealed())
    return path


@pytest.fixture
def trusted(tmp_path):
    path = tmp_path / "trusted.pem"
    path.write_bytes(ROOT.pem)
    return path


def test_a_seal_is_valid_with_the_list_and_open_without_it(cli: Cli, seal, trusted):
    assert cli("verify", seal).code == 4
    ran = cli("verify", seal, "--trust-list", trusted)
    assert ran.code == 0
    assert "sealed by Tallinn School" in ran.out


def test_an_eu_trusted_list_is_a_trust_list(cli: Cli, seal, tmp_path):
    path = tmp_path / "list.xml"
    path.write_bytes(listed(service(ROOT)))
    assert cli("verify", seal, "--trust-list", path).code == 0


def test_without_a_list_it_says_what_to_give(cli: Cli, seal):
    (report,) = cli("verify", seal, "--json").data["reports"]
    (issuer,) = [check for check in report["checks"] if "issuer" in check.values()]
    assert "--trust-list FILE" in json.dumps(issuer)


def test_what_was_imported_says_its_credits_and_level(empty: Cli, seal, trusted):
    assert empty("import", seal, "--trust-list", trusted).code == 0
    shown = empty("show", "Bookkeeping basics")
    rows = {row[0]: row[1] for row in shown.rows if len(row) > 1}
    assert rows["verdict"] == "valid"
    assert rows["credits"] == "6 ects"
    assert rows["level"] == "EQF 5"
    assert rows["issuer"].startswith("Tallinn School ")
    assert empty("show", "Bookkeeping basics", "--raw").raw == seal.read_bytes()


def test_a_file_without_certificates_is_named(cli: Cli, seal, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam")
    ran = cli("verify", seal, "--trust-list", path)
    assert ran.code == 2
    assert "letter.txt: not a trust list" in ran.err
    assert "PEM, DER or base64" in ran.err


def test_a_list_that_is_not_there_is_named(cli: Cli, seal, tmp_path):
    ran = cli("verify", seal, "--trust-list", tmp_path / "none.pem")
    assert ran.code != 0
    assert "there is no file" in ran.err

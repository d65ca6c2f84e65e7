"""Forms and lists call a badge what the wallet calls it; commands come first."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from credwallet.cli.helping.offering import complete
from credwallet.cli.output import ExitCode
from credwallet.store import open_vault
from tests.cli.runner import PASSPHRASE, Cli
from tests.cli.test_open_badges_2 import imported
from tests.verify.assertions import assertion, signed


@pytest.fixture
def knots(empty: Cli) -> Cli:
    """A wallet with an Open Badge 2 that names its class and its issuer only."""
    imported(empty, json.dumps(assertion()))
    return empty


def test_linkedin_knows_the_name_of_a_class_that_is_only_an_address(knots: Cli):
    ran = knots("share", "Knots", "--as", "linkedin", "--yes", "--json")
    form = parse_qs(urlsplit(ran.data["link"]).query)
    assert form["name"] == ["Knots"]
    assert form["organizationName"] == ["Harbour College"]
    assert (form["issueYear"], form["issueMonth"]) == (["2024"], ["3"])
    assert {item["value"] for item in ran.data["discloses"]} >= {
        "Knots",
        "Harbour College",
    }


@pytest.mark.parametrize(
    ("way", "word"), [("resume", '"name": "Knots"'), ("markdown", "**Knots**")]
)
def test_lists_know_it_too(knots: Cli, way: str, word: str):
    assert word in knots("share", "Knots", "--as", way, "--yes").out


def test_a_signed_one_is_known_as_well(empty: Cli):
    imported(empty, signed())
    ran = empty("share", "Knots", "--as", "markdown", "--yes")
    assert "**Knots**, Harbour College" in ran.out


def test_what_leaves_as_a_file_is_what_was_received(knots: Cli):
    ran = knots("share", "Knots", "--yes")
    assert ran.raw == (knots.folder / "badge.json").read_bytes()


def test_what_is_not_signed_in_one_badge_is_quoted_of_another(filled: Cli):
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        entry = vault.find("Cleaning Data")
        stored = vault.read(entry.rid)
        vault.update(entry.rid, report={**stored.report, "unsigned": ["/issuer"]})
    ran = filled("share", "Cleaning Data", "Honest Charts", "--as", "resume", "--yes")
    one, other = json.loads(ran.out)["certificates"]
    assert "issuer" not in one
    assert other["issuer"] == "Northlight Academy"


@pytest.mark.parametrize("word", ["log", "page"])
def test_a_credential_with_the_name_of_a_command_is_reached_by_its_handle(
    filled: Cli, word: str
):
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        entry = vault.find("Cleaning Data")
        vault.update(entry.rid, summary=entry.summary._replace(name=word))
    for way in (("share", entry.handle), ("share", "--yes", word)):
        ran = filled(*way, "--yes")
        assert (ran.code, ran.raw[:1]) == (ExitCode.OK, b"{")


def test_after_share_the_shell_offers_handles_and_commands():
    def handles(_kind: str, *_: object) -> list[str]:
        return ["k7wq"]

    def offered(*words: str) -> list[str]:
        return complete(words, {}, handles)

    assert offered("share", "") == ["log", "page", "k7wq"]
    assert offered("share", "k") == ["k7wq"]
    assert offered("share", "k7wq", "") == ["k7wq"]
    assert offered("share", "log", "") == ["k7wq"]
    assert "--clear" in offered("share", "log", "--")

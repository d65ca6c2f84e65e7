"""Does the wallet remember which issuers the learner knows?"""

from tests.cli.runner import Cli
from tests.samples.make import HARBOUR, NORTHLIGHT


def known(cli: Cli) -> list[dict[str, str]]:
    return list(cli("issuer", "list", "--json").data["issuers"])


def test_an_issuer_is_known_by_its_identifier(empty: Cli):
    ran = empty("issuer", "trust", NORTHLIGHT, "--name", "My academy")
    assert (ran.code, ran.rows) == (0, [[NORTHLIGHT, "My academy", "known"]])
    assert known(empty) == [
        {
            "id": NORTHLIGHT,
            "name": "My academy",
            "note": "",
            "since": "2026-11-25T12:00:00+00:00",
        }
    ]
    assert empty("issuer", "list").rows == [[NORTHLIGHT, "My academy", "2026-11-25"]]


def test_an_issuer_is_known_by_a_badge_of_it(filled: Cli):
    filled("issuer", "trust", filled.handle("Cleaning Data"))
    filled("issuer", "trust", "Honest Charts", "--name", "Mine")
    assert {(issuer["id"], issuer["name"]) for issuer in known(filled)} == {
        (HARBOUR, "Harbour College"),
        (NORTHLIGHT, "Mine"),
    }


def test_knowing_it_again_changes_its_name_only(empty: Cli):
    for name in ("Old", "New"):
        empty("issuer", "trust", NORTHLIGHT, "--name", name)
    assert [issuer["name"] for issuer in known(empty)] == ["New"]


def test_an_issuer_is_forgotten(empty: Cli):
    empty("issuer", "trust", NORTHLIGHT)
    ran = empty("issuer", "distrust", NORTHLIGHT)
    assert (ran.code, ran.rows[0][2], known(empty)) == (0, "forgotten", [])


def test_what_is_not_known_cannot_be_forgotten(empty: Cli):
    ran = empty("issuer", "distrust", NORTHLIGHT)
    assert (ran.code, ran.out) == (5, "")
    assert "credwallet issuer list" in ran.err


def test_without_any_a_hint_stands_on_stderr(empty: Cli):
    ran = empty("issuer", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "credwallet issuer trust ID" in ran.err


def test_the_report_says_that_the_issuer_is_known(filled: Cli):
    filled("issuer", "trust", HARBOUR)
    rows = filled("verify", "Cleaning Data").rows
    (note,) = [row[4] for row in rows if row[2] == "issuer"]
    assert "known" in note or "you know" in note
    (report,) = filled("verify", "Cleaning Data", "--json").data["reports"]
    assert report["issuer"]["known"] is True


def test_a_mistyped_command_of_a_group_is_suggested(empty: Cli):
    ran = empty("issuer", "trsut", NORTHLIGHT)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean trust?" in ran.err

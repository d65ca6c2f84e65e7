"""Does the wallet know which badges are about the learner?"""

import json

import pytest

from tests.cli.badges import document, sign
from tests.cli.runner import Cli
from tests.samples.make import LEARNER


def subject(cli: Cli, name: str = "Cleaning Data") -> tuple[str, str]:
    (report,) = cli("verify", name, "--json").data["reports"]
    (check,) = [each for each in report["checks"] if each["check"] == "subject"]
    return check["outcome"], report["verdict"]


def test_without_identities_the_question_is_not_asked(filled: Cli):
    assert subject(filled) == ("skipped", "valid")


def test_a_badge_about_one_of_mine_passes(filled: Cli):
    filled("identity", "add", LEARNER)
    assert subject(filled) == ("passed", "valid")


def test_a_badge_about_somebody_else_fails_the_check_and_stays_valid(filled: Cli):
    filled("identity", "add", "did:example:somebody")
    assert subject(filled) == ("failed", "valid")


def test_an_address_in_clear_is_compared(empty: Cli):
    badge = document()
    badge["credentialSubject"]["id"] = "mailto:ada@example.org"
    empty("import", "-", stdin=json.dumps(sign(badge)).encode())
    empty("identity", "add", "ada@example.org")
    assert subject(empty, "Woodwork") == ("passed", "valid")


def test_identities_are_listed_and_forgotten(empty: Cli):
    for identity in ("mailto:ada@example.org", "did:example:ada"):
        assert empty("identity", "add", identity).code == 0
    assert empty("identity", "list").rows == [["ada@example.org"], ["did:example:ada"]]
    assert empty("identity", "remove", "ada@example.org").rows == [
        ["ada@example.org", "forgotten"]
    ]
    assert empty("identity", "list", "--json").data == {
        "identities": ["did:example:ada"]
    }


def test_an_address_is_removed_as_it_was_added(empty: Cli):
    empty("identity", "add", "mailto:ada@example.org")
    assert empty("identity", "remove", "mailto:ada@example.org").code == 0
    assert empty("identity", "list").out == ""


def test_none_yet_is_a_hint(empty: Cli):
    ran = empty("identity", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "credwallet identity add" in ran.err


@pytest.mark.parametrize("text", ["ada", "https://ada.example", "", "a@b\nc", "@\x1b"])
def test_what_is_neither_address_nor_did_is_refused(empty: Cli, text: str):
    ran = empty("identity", "add", text)
    assert (ran.code, ran.out) == (2, "")
    assert "\x1b" not in ran.err


def test_what_was_never_mine_cannot_be_removed(empty: Cli):
    ran = empty("identity", "remove", "did:example:x")
    assert (ran.code, "credwallet identity list" in ran.err) == (5, True)

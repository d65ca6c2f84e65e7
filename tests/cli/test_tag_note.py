"""Do the learner's own words stay with a credential, and never become the issuer's?"""

import pytest

from tests.cli.runner import SAMPLES, Cli


def tags(cli: Cli, name: str = "Cleaning Data") -> list[str]:
    return list(cli("show", name, "--json").data["tags"])


def test_tags_are_put_on_and_taken_off(filled: Cli):
    ran = filled("tag", "Cleaning Data", "--add", "work", "--add", " python ")
    assert ran.rows == [[filled.handle("Cleaning Data"), "work, python"]]
    filled("tag", "Cleaning Data", "--remove", "work", "--add", "2026")
    assert tags(filled) == ["python", "2026"]


def test_a_tag_is_on_once(filled: Cli):
    for _ in range(2):
        filled("tag", "Cleaning Data", "--add", "work", "--add", "work")
    assert tags(filled) == ["work"]


def test_several_credentials_are_tagged_at_once(filled: Cli):
    filled("tag", "Cleaning Data", "Honest Charts", "--add", "work")
    assert tags(filled) == tags(filled, "Honest Charts") == ["work"]


def test_without_a_change_the_tags_are_listed(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "work")
    handle = filled.handle("Cleaning Data")
    assert filled("tag", handle).rows == [[handle, "work"]]
    assert filled("tag", handle, "--json").data == {
        "credentials": [{"handle": handle, "tags": ["work"]}]
    }


@pytest.mark.parametrize("tag", ["", "  ", "a\nb", "a\x1b[2Jb", "\u202eb", "x" * 65])
def test_a_text_that_cannot_be_a_tag_is_refused(filled: Cli, tag: str):
    ran = filled("tag", "Cleaning Data", "--add", tag)
    assert (ran.code, ran.out, tags(filled)) == (2, "", [])
    assert "\x1b" not in ran.err


def test_a_tag_of_64_characters_of_any_script_is_one(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "ż" * 64)
    assert tags(filled) == ["ż" * 64]


def test_a_note_is_kept_printed_changed_and_taken_away(filled: Cli):
    handle = filled.handle("Cleaning Data")
    for text in ("shown in May", "shown in June"):
        filled("note", handle, "--text", text)
        assert filled("note", handle).rows == [[handle, text]]
    filled("note", handle, "--text", "")
    assert filled("note", handle, "--json").data == {"handle": handle, "note": None}


def test_a_note_is_found_by_the_query(filled: Cli):
    filled("note", "Cleaning Data", "--text", "for the interview")
    assert filled("list", "--query", "INTERVIEW").rows[0][1] == "Cleaning Data"


def test_a_note_of_several_lines_stays_one_record(filled: Cli):
    handle = filled.handle("Cleaning Data")
    filled("note", handle, "--text", "one\ntwo")
    assert filled("note", handle).rows == [[handle, "one\\x0atwo"]]
    assert filled("note", handle, "--json").data["note"] == "one\ntwo"


def test_a_note_that_is_too_long_is_refused(filled: Cli):
    handle = filled.handle("Cleaning Data")
    assert filled("note", handle, "--text", "x" * 2000).code == 0
    ran = filled("note", handle, "--text", "y" * 2001)
    assert (ran.code, filled("note", handle).rows[0][1]) == (2, "x" * 2000)


def test_the_bytes_received_never_change(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "work")
    filled("note", "Cleaning Data", "--text", "mine")
    received = (SAMPLES / "badges" / "cleaning-data.json").read_bytes()
    assert filled("show", "Cleaning Data", "--raw").raw == received

"""Does `show` tell everything about one credential, and give its bytes back?"""

import base64
import json

import pytest

from tests.cli.badges import good, signed_badge
from tests.cli.runner import SAMPLES, Cli

OF_NAME = {
    "Cleaning Data": "cleaning-data.json",
    "Honest Charts": "honest-charts.png",
    "Python for Analysis": "python-for-analysis.jwt",
}


@pytest.mark.parametrize("name", OF_NAME)
def test_the_bytes_come_back_as_they_were_received(filled: Cli, name: str):
    received = (SAMPLES / "badges" / OF_NAME[name]).read_bytes()
    ran = filled("show", name, "--raw")
    assert (ran.code, ran.raw, ran.err) == (0, received, "")


def test_odd_spacing_and_no_final_newline_survive(empty: Cli):
    raw = json.dumps(json.loads(signed_badge()), indent=7).encode() + b" \t "
    empty("import", "-", stdin=raw)
    assert empty("show", "Woodwork", "--raw").raw == raw


def test_raw_within_json_is_base64(filled: Cli):
    received = (SAMPLES / "badges" / "honest-charts.png").read_bytes()
    data = filled("show", "Honest Charts", "--raw", "--json").data
    assert base64.b64decode(data["raw"]) == received


def test_a_picture_is_not_poured_onto_a_terminal(filled: Cli):
    ran = filled("show", "Honest Charts", "--raw", terminal=True)
    assert (ran.code, ran.raw) == (2, b"")
    assert "would upset the terminal" in ran.err
    text = filled("show", "Cleaning Data", "--raw", terminal=True)
    assert text.raw == (SAMPLES / "badges" / "cleaning-data.json").read_bytes()


def test_raw_text_with_control_characters_is_not_poured_onto_a_terminal(empty: Cli):
    badge = json.loads(signed_badge(name="bidi \u202e"))
    raw = json.dumps(badge, ensure_ascii=False).encode()
    empty("import", "-", stdin=raw)
    (handle,) = [row["handle"] for row in empty("list", "--json").data["credentials"]]
    assert empty("show", handle, "--raw", terminal=True).code == 2
    assert empty("show", handle, "--raw").raw == raw


def test_a_credential_goes_by_handle_id_or_name(filled: Cli):
    handle = filled.handle("Cleaning Data")
    shown = filled("show", handle).out
    for name in (
        "Cleaning Data",
        "cleaning data",
        "urn:uuid:00000000-0000-4000-8000-000000000001",
        handle.upper(),
    ):
        assert filled("show", name).out == shown


def test_a_name_of_two_is_ambiguous_and_both_are_listed(filled: Cli, tmp_path):
    filled("import", good(tmp_path, name="Cleaning Data"))
    ran = filled("show", "Cleaning Data")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.count("Cleaning Data") == 3
    assert "by its handle" in ran.err


def test_a_name_that_is_almost_right_is_suggested(filled: Cli):
    ran = filled("show", "Cleaning")
    assert (ran.code, ran.out) == (5, "")
    assert f"did you mean {filled.handle('Cleaning Data')} Cleaning Data?" in ran.err


def test_everything_said_is_shown_and_every_check(filled: Cli):
    ran = filled("show", "Statistics One")
    facts = dict(row for row in ran.rows if len(row) == 2)
    assert facts["verdict"] == "revoked"
    assert facts["issuer"] == "Northlight Academy (did:web:northlight.example)"
    assert facts["valid"] == "2026-02-01 to no end"
    assert facts["about"].startswith("Samples, estimates")
    assert facts["criteria"].startswith("Passed ")
    assert (facts["credits"], facts["skills"]) == ("4", "Statistics")
    assert facts["subject"] == "did:example:learner"
    assert "from" in facts["received"]
    checks = [row[2] for row in ran.rows if len(row) == 5]
    assert checks == [
        *("structure", "proof", "issuer", "validity"),
        *("status", "subject", "endorsements", "refresh"),
    ]


def test_on_a_terminal_marks_stand_beside_words(filled: Cli):
    out = filled("show", "Statistics One", "--no-color", terminal=True).out
    assert "\u2713 proof        passed" in out
    assert "\u2717 status       failed" in out
    assert "- subject      skipped" in out
    assert max(map(len, out.splitlines())) <= 100


def test_json_is_the_line_of_the_list_and_more(filled: Cli):
    data = filled("show", "Cleaning Data", "--json").data
    (row, *_) = filled("list", "--json").data["credentials"]
    assert {name: data[name] for name in row} == row
    assert data["achievement"]["name"] == "Cleaning Data"
    assert data["alignment"][0]["targetName"] == "Data"
    assert data["mediaType"] == "application/vc+ld+json"
    assert data["report"]["verdict"] == "valid"
    assert data["report"]["handle"] == data["handle"]
    assert (data["evidence"], data["results"]) == ([], [])


def test_tags_and_note_of_the_learner_are_shown(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "work")
    filled("note", "Cleaning Data", "--text", "for the interview")
    facts = dict(row for row in filled("show", "Cleaning Data").rows if len(row) == 2)
    assert (facts["tags"], facts["note"]) == ("work", "for the interview")


def test_what_no_proof_covers_is_not_shown(empty: Cli):
    """A member that no context defines stands outside of the signature."""
    written = json.loads(signed_badge())
    achievement = written["credentialSubject"]["achievement"]
    achievement["superpower"] = "flying"
    written["type"].append("MasterOfEverything")
    ran = empty("import", "-", stdin=json.dumps(written).encode())
    assert ran.rows[0][1] in ("undetermined", "invalid")
    for where in ([], ["--json"]):
        shown = empty("show", "Woodwork", *where)
        facts = shown.out.split("unsigned")[0] if where else shown.out
        assert "flying" not in shown.out
        assert '"MasterOfEverything"' not in facts


def test_show_without_a_name_prints_its_help(filled: Cli):
    ran = filled("show")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: credwallet show")

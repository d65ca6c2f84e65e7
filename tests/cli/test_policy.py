"""Does `policy` say what a badge states, wherever the badge comes from?"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.badges import document, good, presentation, sign, signed_badge, tampered
from tests.cli.runner import DOCUMENTS, SAMPLES, Cli
from tests.verify.assertions import assertion, world
from tests.verify.records import badge, record, signed

NAME = "Cleaning Data"
FILE = SAMPLES / "badges" / "cleaning-data.json"
MISSING = ["country", "assessment", "participation", "quality-assurance"]
PACKS = ["eu-2022", "nz", "my-apel-c", "my-apel-m"]
MINE = """format = "credwallet-policy/1"
[policy]
id = "mine"
title = "Mine"
status = "recommendation"
source = "https://example.org/policy"
read_on = 2026-12-01
[[element]]
id = "name"
need = "mandatory"
any = ["name"]
"""


def checks(ran: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ran.data["checks"]
    return found


def states(row: dict[str, Any]) -> dict[str, str]:
    return {entry["id"]: entry["state"] for entry in row["elements"]}


def test_a_badge_of_the_wallet_and_its_file_say_the_same(filled: Cli):
    kept = filled("policy", "check", NAME, "--policy", "eu-2022", "--json")
    file = filled("policy", "check", FILE, "--policy", "eu-2022", "--json")
    assert (kept.code, file.code) == (0, 0)
    ((one,), (other,)) = checks(kept), checks(file)
    assert one["elements"] == other["elements"]
    assert one["missing"] == other["missing"] == MISSING
    assert (one["handle"], other["handle"]) == (filled.handle(NAME), None)
    assert (one["verdict"], one["vocabulary"]) == ("valid", "Open Badges 3.0")
    assert "running text is not read" in kept.data["note"]
    (policy,) = kept.data["policies"]
    assert policy["source"].startswith("https://eur-lex.europa.eu/")
    assert (policy["dated"], policy["readOn"]) == ("2022-06-16", "2026-12-01")


def test_what_is_there_is_told_with_its_place(filled: Cli):
    ran = filled("policy", "check", NAME, "--policy", "eu-2022", "--json")
    elements = {entry["id"]: entry for entry in checks(ran)[0]["elements"]}
    assert elements["workload"]["found"] == [
        {
            "pointer": "/credentialSubject/achievement/creditsAvailable",
            "value": "3",
        }
    ]
    assert elements["assessment"]["state"] == "missing"
    assert elements["assessment"]["words"] == [
        "/credentialSubject/achievement/criteria/narrative"
    ]
    assert elements["level"]["when"] == "if applicable"


def test_in_a_pipe_each_element_is_one_record(filled: Cli):
    ran = filled("policy", "check", NAME, FILE, "--policy", "eu-2022", "--policy", "nz")
    assert len(ran.rows) == 2 * (16 + 9)
    first = dict(enumerate(ran.rows[0]))
    assert first[0] == str(FILE)
    assert ran.rows[0][1:7] == [
        *("valid", "eu-2022", "learner", "mandatory", "present"),
        "/credentialSubject/id",
    ]
    handle = filled.handle(NAME)
    assert {row[0] for row in ran.rows} == {str(FILE), handle}
    review = [row for row in ran.rows if row[3] == "review"]
    assert {row[5] for row in review} == {"not-visible"}


def test_a_page_fits_on_a_terminal_and_says_that_presence_is_not_quality(filled: Cli):
    ran = filled(
        "policy",
        *("check", NAME, "--policy", "eu-2022"),
        terminal=True,
        env={"NO_COLOR": "1"},
    )
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "6 of 11 mandatory elements are there, 4 missing" in ran.out
    assert "\u2717  Type of assessment  missing" in ran.out
    assert "does not say that it is right, or good" in ran.out
    ascii_ = filled(
        *("policy", "check", NAME, "--policy", "eu-2022"),
        terminal=True,
        encoding="ascii",
        env={"NO_COLOR": "1"},
    )
    assert "x  Type of assessment" in ascii_.out


@pytest.mark.parametrize(("flag", "code"), [([], 0), (["--require"], 7)])
def test_only_require_makes_a_missing_element_a_failure(cli: Cli, flag, code):
    assert cli("policy", "check", FILE, "--policy", "eu-2022", *flag).code == code


def test_require_is_met_by_a_badge_that_states_everything(cli: Cli, tmp_path: Path):
    mine = tmp_path / "mine.toml"
    mine.write_text(MINE)
    ran = cli("policy", "check", FILE, "--policy", mine, "--require", "--json")
    assert (ran.code, checks(ran)[0]["policy"]) == (0, "mine")


def test_a_policy_must_be_named(cli: Cli):
    ran = cli("policy", "check", FILE)
    assert (ran.code, ran.out) == (2, "")
    assert all(name in ran.err for name in PACKS)
    ran = cli("policy", "check", FILE, "--policy", "eu")
    assert ran.code == 5
    assert all(name in ran.err for name in PACKS)


def test_of_a_tampered_badge_nothing_counts(cli: Cli, tmp_path: Path):
    ran = cli("policy", "check", tampered(tmp_path), "--policy", "eu-2022", "--json")
    (row,) = checks(ran)
    assert (ran.code, row["verdict"], row["name"]) == (0, "invalid", None)
    assert not any(entry["found"] for entry in row["elements"])
    assert row["ignored"] == "its proof does not hold: nothing that it says counts"
    page = cli(
        *("policy", "check", tampered(tmp_path), "--policy", "eu-2022"), terminal=True
    )
    assert row["ignored"] in page.out
    assert "Master of Everything" not in page.out


def test_a_member_that_is_not_signed_is_not_there(empty: Cli, tmp_path: Path):
    written = document(name="Woodwork")
    secured = sign(written)
    secured["credentialSubject"]["achievement"]["assessmentType"] = "testing"
    secured["credentialSubject"]["achievement"]["participationType"] = "online"
    path = tmp_path / "added.json"
    path.write_text(json.dumps(secured))
    verified = empty("verify", path, "--json").data["reports"][0]
    at = "/credentialSubject/achievement"
    assert f"{at}/assessmentType" in verified["unsigned"]
    assert empty("import", path, "--keep-invalid", "--json").data["reports"]
    for what in (path, empty.handle("Woodwork")):
        ran = empty("policy", "check", what, "--policy", "eu-2022", "--json")
        (row,) = checks(ran)
        found = states(row)
        assert (found["title"], row["verdict"]) == ("present", verified["verdict"])
        assert (found["assessment"], found["participation"]) == ("missing", "missing")


def test_an_open_badge_2_of_the_wallet_is_seen_with_what_it_names(
    empty: Cli, tmp_path: Path
):
    listed = {}
    for number, (url, body) in enumerate(world().items()):
        (tmp_path / f"document-{number}.json").write_bytes(body)
        listed[url] = f"document-{number}.json"
    (tmp_path / "documents.json").write_text(json.dumps(listed))
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(assertion()))
    documents = ("--documents", tmp_path / "documents.json")
    empty("import", path, *documents)
    kept = empty("policy", "check", "Knots", "--policy", "eu-2022", "--json")
    file = empty("policy", "check", path, "--policy", "eu-2022", *documents, "--json")
    ((one,), (other,)) = checks(kept), checks(file)
    assert one["vocabulary"] == other["vocabulary"] == "Open Badges 2.0"
    assert one["elements"] == other["elements"]
    found = states(one)
    seen = ("title", "awarding-body", "learning-outcomes")
    assert {found[name] for name in seen} == {"present"}
    assert found["assessment"] == "not-visible"


def test_a_european_credential_is_read_in_its_own_words(cli: Cli, vectors: Path):
    path = vectors / "eu-elm/Sample-MC-Annex1-signed.jsonld"
    ran = cli("policy", "check", path, "--policy", "eu-2022", "--json")
    (row,) = checks(ran)
    assert (row["vocabulary"], row["missing"]) == (
        "European Learning Model",
        ["quality-assurance"],
    )


def test_a_presentation_stands_for_what_it_holds(cli: Cli, tmp_path: Path):
    path = tmp_path / "vp.json"
    parts = [json.loads(signed_badge(n)) for n in (1, 2)]
    path.write_bytes(presentation(*parts))
    ran = cli("policy", "check", path, "--policy", "nz", "--json")
    assert [row["pointer"] for row in checks(ran)] == [
        "/verifiableCredential/0",
        "/verifiableCredential/1",
    ]
    path.write_bytes(presentation())
    ran = cli("policy", "check", path, "--policy", "nz")
    assert (ran.code, ran.out) == (5, "")
    assert "holds no credential" in ran.err


def test_a_learner_record_stands_for_what_it_holds_in_the_wallet_too(
    empty: Cli, tmp_path: Path
):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record(signed(badge(1)), badge(2))))
    file = empty("policy", "check", path, "--policy", "my-apel-m", "--json")
    assert empty("import", path).code == 0
    (listed,) = empty("list", "--json").data["credentials"]
    kept = empty("policy", "check", listed["handle"], "--policy", "my-apel-m", "--json")
    assert [row["pointer"] for row in checks(kept)] == [
        "/credentialSubject/verifiableCredential/0",
        "/credentialSubject/verifiableCredential/1",
    ]
    assert {row["verdict"] for row in checks(kept)} == {"valid"}
    for one, other in zip(checks(kept), checks(file), strict=True):
        assert one["elements"] == other["elements"]
        assert one["name"] == other["name"] is not None


def test_of_a_changed_record_only_what_is_signed_by_itself_counts(
    empty: Cli, tmp_path: Path
):
    changed = {**record(signed(badge(1)), badge(2)), "name": "Changed"}
    path = tmp_path / "record.json"
    path.write_text(json.dumps(changed))
    empty("import", path, "--keep-invalid")
    (listed,) = empty("list", "--json").data["credentials"]
    for what in (path, listed["handle"]):
        ran = empty("policy", "check", what, "--policy", "nz", "--json")
        one, other = checks(ran)
        assert (one["name"], one["ignored"]) == ("Knots 1", None)
        assert (other["name"], other["verdict"]) == (None, "undetermined")
        assert "could not be checked" in other["ignored"]
        assert not any(entry["found"] for entry in other["elements"])


def test_a_badge_whose_key_cannot_be_had_says_nothing_yet(cli: Cli):
    path = SAMPLES / "badges" / "python-for-analysis.jwt"
    (row,) = checks(cli("policy", "check", path, "--policy", "nz", "--json"))
    assert (row["verdict"], bool(row["ignored"])) == ("undetermined", True)
    documents = ("--documents", DOCUMENTS)
    ran = cli("policy", "check", path, "--policy", "nz", *documents, "--json")
    (row,) = checks(ran)
    assert (row["verdict"], row["ignored"]) == ("valid", None)
    assert states(row)["title"] == "present"


def test_a_record_that_holds_nothing_is_said_to_hold_nothing(
    filled: Cli, tmp_path: Path
):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record()))
    assert filled("import", path, "--keep-invalid").code == 3
    for what in (path, filled.handle("Transcript")):
        ran = filled("policy", "check", what, NAME, "--policy", "nz", "--json")
        assert (ran.code, len(checks(ran))) == (5, 1)
        assert "holds no credential" in ran.json["problems"][0]["title"]


def test_a_page_names_the_place_in_what_is_around_it(cli: Cli, tmp_path: Path):
    path = tmp_path / "vp.json"
    path.write_bytes(presentation(json.loads(signed_badge())))
    ran = cli(
        *("policy", "check", path, "--policy", "nz"),
        terminal=True,
        env={"NO_COLOR": "1"},
    )
    assert "at /verifiableCredential/0" in " ".join(ran.out.split())


def test_what_cannot_be_read_does_not_keep_the_others_back(cli: Cli, tmp_path: Path):
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text("[1, 2")
    ran = cli(
        *("policy", "check", nonsense, good(tmp_path)),
        *("--policy", "eu-2022", "--require", "--json"),
    )
    assert ran.code == 3
    assert len(checks(ran)) == 1
    assert [entry["type"] for entry in ran.json["problems"]] == ["unreadable"]
    assert cli("policy", "check", tmp_path / "none.json", "--policy", "nz").code == 5


def test_a_handle_that_the_wallet_does_not_have_is_not_found(empty: Cli):
    ran = empty("policy", "check", "zzzz", "--policy", "nz")
    assert (ran.code, ran.out) == (5, "")


def test_foreign_text_reaches_the_terminal_as_escapes(cli: Cli, tmp_path: Path):
    path = good(tmp_path, name="Evil\u202e\u001b[31m")
    ran = cli("policy", "check", path, "--policy", "nz", terminal=True)
    assert "\\u202e\\x1b[31m" in ran.out
    assert "\u202e" not in ran.out
    hostile = MINE.replace('"Mine"', r'"Mine\u001b[2J"')
    mine = tmp_path / "mine.toml"
    mine.write_text(hostile)
    assert "\x1b" not in cli("policy", "show", mine).out


def test_list_names_every_pack_with_its_status(cli: Cli):
    assert [row[:2] for row in cli("policy", "list").rows] == [
        ["eu-2022", "recommendation"],
        *([name, "rule"] for name in PACKS[1:]),
    ]
    listed = cli("policy", "list", "--json").data["policies"]
    assert [row["id"] for row in listed] == PACKS
    assert cli("policy", "list", terminal=True).code == 0


@pytest.mark.parametrize("name", PACKS)
def test_show_tells_what_is_asked_for_and_where_that_was_read(cli: Cli, name: str):
    ran = cli("policy", "show", name)
    kinds = [row[1] for row in ran.rows]
    data = cli("policy", "show", name, "--json").data["policy"]
    assert kinds.count("element") == len(data["elements"])
    assert kinds.count("fact") == len(data["facts"])
    assert kinds.count("limit") == len(data["limits"])
    assert data["source"] in ran.out
    page = cli("policy", "show", name, terminal=True, env={"NO_COLOR": "1"})
    for line in page.out.splitlines():
        assert len(line) <= 80 or "https://" in line, line


@pytest.mark.parametrize("name", ["my-apel-c", "my-apel-m"])
def test_limits_can_be_put_under_a_qualification_file(
    cli: Cli, tmp_path: Path, name: str
):
    limits = cli("policy", "show", name, "--limits")
    assert limits.out.startswith("# ")
    file = tmp_path / "mine.toml"
    file.write_text(
        'format = "credwallet-qualification/1"\n[qualification]\nid = "mine"\n'
        'title = "Mine"\ncredit_unit = "my:mqa"\ntotal_credits = 90\n'
        '[[requirement]]\nid = "all"\ntype = "credits"\ncredits = 90\nmatch = {}\n'
        + limits.out
    )
    ran = cli("qualification", "lint", file)
    assert (ran.code, ran.out) == (0, "")


def test_a_pack_without_such_rules_says_so(cli: Cli):
    ran = cli("policy", "show", "eu-2022", "--limits")
    assert (ran.code, ran.out) == (2, "")
    assert cli("policy", "show", "nothing").code == 5
    assert cli("policy", "show", "./nothing.toml").code == 5


def test_a_policy_file_of_ones_own_that_makes_no_sense_is_refused(
    cli: Cli, tmp_path: Path
):
    mine = tmp_path / "mine.toml"
    mine.write_text(MINE + "code = 'import os'\n")
    ran = cli("policy", "check", FILE, "--policy", mine)
    assert (ran.code, ran.out) == (2, "")
    assert "line 12: unknown key 'code'" in ran.err
    mine.write_bytes(b"\xff\xfe")
    assert cli("policy", "show", mine).code == 2

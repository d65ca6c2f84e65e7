"""Does `skills` show what the wallet proves, by what, and nothing that is hoped?"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from credwallet.cli.terminal.console import cells
from credwallet.store import open_vault
from tests.cli.badges import document, sign
from tests.cli.runner import PASSPHRASE, Cli

TEAMS = "http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0"
TESTING = "http://data.europa.eu/esco/skill/f10142ce-d522-49c3-9fd1-054fb63529d4"
DCC = "dcc-vc-test-fixtures/verifiableCredentials/v2/dataIntegrityProof/didKey"
HOSTILE = "\x1b]0;owned\x07\u202eevil\ttab\nline"


def aligned(cli: Cli, number: int, *alignments: dict[str, str], **changes: Any) -> str:
    """Put a badge with these alignments into the wallet; gives its name."""
    tag = changes.pop("tag", [])
    written = document(number, name=f"Badge {number}", **changes)
    achievement = written["credentialSubject"]["achievement"]
    achievement["alignment"] = [{"type": ["Alignment"], **each} for each in alignments]
    achievement["tag"] = tag
    for member in ("alignment", "tag"):
        if not achievement[member]:
            del achievement[member]
    ran = cli("import", "-", stdin=json.dumps(sign(written)).encode())
    assert ran.code in (0, 8), ran
    return f"Badge {number}"


def to(name: str, url: str, **more: str) -> dict[str, str]:
    return {"targetName": name, "targetUrl": url, **more}


def skills(cli: Cli, *argv: object, **how: Any) -> list[dict[str, Any]]:
    ran = cli("skills", *argv, "--json", **how)
    assert ran.code == 0, ran
    found: list[dict[str, Any]] = ran.data["skills"]
    return found


def counted(cli: Cli, *argv: object, **how: Any) -> dict[str, int]:
    return {each["name"]: each["count"] for each in skills(cli, *argv, **how)}


def test_a_pipe_gets_one_line_a_skill_that_is_proven_today(filled: Cli):
    ran = filled("skills")
    charts, python = (
        filled.handle("Honest Charts"),
        filled.handle("Python for Analysis"),
    )
    assert ran.rows == [
        ["skills.example", "", "Data", "1", filled.handle("Cleaning Data")],
        ["skills.example", "", "Python", "1", python],
        ["skills.example", "", "Visualisation", "1", charts],
        ["", "", "data", "2", f"{charts} {python}"],
    ]
    assert ran.err == (
        "credwallet: 2 more skills not counted: what speaks of them is not valid "
        "today\n"
    )


def test_what_is_expired_or_revoked_is_shown_as_such_and_not_counted(filled: Cli):
    privacy = next(each for each in skills(filled) if each["name"] == "Privacy")
    assert (privacy["count"], privacy["credentials"][0]["verdict"]) == (0, "expired")
    assert privacy["credentials"][0]["counts"] is False
    shown = filled("skills", terminal=True, env={"NO_COLOR": "1"}).out
    end = shown.partition("not counted: nothing valid speaks of these\n")[2]
    assert [line.split()[0] for line in end.splitlines()] == ["Privacy", "Statistics"]
    assert "(expired)" in end
    assert "(revoked)" in end


def test_the_learner_says_what_else_counts(filled: Cli):
    assert counted(filled, "--include", "expired")["Privacy"] == 1
    assert counted(filled, "--include", "expired")["Statistics"] == 0
    assert counted(filled, "--all")["Statistics"] == 1
    assert counted(filled, "--all")["data"] == 4
    assert filled("skills", "--include", "splendid").code == 2


def test_the_verdict_is_that_of_today(empty: Cli):
    aligned(empty, 100, to("Wood", "https://f.example/1"), until="2027-01-01T00:00:00Z")
    assert counted(empty) == {"Wood": 1}
    assert counted(empty, now=datetime(2027, 2, 1, tzinfo=UTC)) == {"Wood": 0}


def test_the_same_skill_of_several_credentials_is_one_line(empty: Cli):
    aligned(empty, 100, to("Work in teams", TEAMS))
    aligned(empty, 101, to("Teamwork", TEAMS.replace("http:", "https:")))
    aligned(empty, 102, to("work in teams", "urn:x", targetFramework="ESCO 1.2"))
    (found,) = skills(empty)
    assert (found["framework"], found["count"], found["url"]) == ("ESCO", 3, TEAMS)
    assert (found["name"], found["alsoCalled"]) == ("Work in teams", ["Teamwork"])
    assert [each["saidIn"] for each in found["credentials"]] == ["alignment"] * 3


def test_skills_are_hard_or_soft_only_where_somebody_says_so(empty: Cli):
    aligned(empty, 100, to("Work in teams", TEAMS), to("Testing", TESTING))
    aligned(empty, 101, to("Welding", "https://f.example/w"), tag=["technical skills"])
    aligned(empty, 102, to("Empathy", "https://f.example/e"))
    kinds = {each["name"]: each["kind"] for each in skills(empty)}
    assert kinds == {
        "Work in teams": "soft",
        "Testing": None,
        "Welding": "hard",
        "Empathy": None,
    }
    empty("tag", "Badge 102", "--add", "soft skills")
    assert set(counted(empty, "--kind", "soft")) == {"Work in teams", "Empathy"}
    assert set(counted(empty, "--kind", "hard")) == {"Welding"}
    (empathy,) = skills(empty, "--tag", "soft skills")
    assert empathy["kindSaidBy"] == ["your tag: soft skills"]


def test_the_name_of_the_achievement_is_a_skill_only_where_nothing_else_is(empty: Cli):
    aligned(empty, 100)
    aligned(empty, 101, tag=["craft"])
    found = {each["name"]: each["credentials"][0]["saidIn"] for each in skills(empty)}
    assert found == {"Badge 100": "name", "craft": "tag"}


def test_occupations_and_credentials_are_left_out_and_named(empty: Cli):
    aligned(
        empty,
        100,
        to("Roofer", "http://data.europa.eu/esco/isco/C7121"),
        to("Diploma", "https://f.example/d", targetType="ceterms:Credential"),
        to("Roofing", "https://f.example/r"),
    )
    ran = empty("skills", "--json")
    assert [each["name"] for each in ran.data["skills"]] == ["Roofing"]
    handle = empty.handle("Badge 100")
    assert ran.data["leftOut"] == [
        {"handle": handle, "name": "Roofer", "about": "occupation"},
        {"handle": handle, "name": "Diploma", "about": "credential"},
    ]


def test_the_framework_filter_takes_a_part_of_its_name(empty: Cli):
    aligned(empty, 100, to("Work in teams", TEAMS), to("Wood", "https://f.example/1"))
    assert set(counted(empty, "--framework", "esc")) == {"Work in teams"}
    assert set(counted(empty, "--framework", "F.EXAMPLE")) == {"Wood"}
    ran = empty("skills", "--framework", "nothing like it")
    assert (ran.code, ran.out) == (0, "")
    assert "no skill found" in ran.err


@pytest.mark.parametrize(
    ("argv", "names"),
    [
        (["--issuer", "harbour"], ["Data", "data", "Privacy"]),
        (["--verdict", "revoked"], ["data", "Statistics"]),
        (["--query", "chart"], ["Visualisation", "data"]),
        (["--collection", "job"], ["Data"]),
        (["--filter", "north"], ["Visualisation", "data", "Python", "Statistics"]),
        (["--filter", "north", "--issuer", "harbour"], ["Data", "data", "Privacy"]),
    ],
)
def test_the_filters_of_the_list_choose_the_credentials(filled: Cli, argv, names):
    filled("collection", "add", "job", "Cleaning Data")
    filled("list", "--issuer", "northlight", "--save", "north")
    assert sorted(counted(filled, *argv)) == sorted(names)


def test_a_terminal_groups_by_framework_within_its_width(filled: Cli):
    aligned(filled, 100, to("Work in teams " + "数据" * 60, TEAMS))
    for width in (40, 80, 120, 200):
        env = {"COLUMNS": str(width), "NO_COLOR": "1"}
        for by in ("framework", "kind", "credential"):
            ran = filled("skills", "--by", by, "--all", terminal=True, env=env)
            assert all(cells(line) <= width for line in ran.out.splitlines()), by
    shown = filled("skills", terminal=True, env={"COLUMNS": "80", "NO_COLOR": "1"}).out
    heads = [line for line in shown.splitlines() if line and not line.startswith(" ")]
    assert heads == [
        "skills.example",
        "ESCO",
        "no framework said: tags and names",
        "not counted: nothing valid speaks of these",
    ]


def test_by_kind_the_soft_ones_come_first_and_what_is_not_said_last(empty: Cli):
    aligned(empty, 100, to("Work in teams", TEAMS), to("Testing", TESTING))
    shown = empty("skills", "--by", "kind", terminal=True, env={"NO_COLOR": "1"}).out
    heads = [line for line in shown.splitlines() if line and not line.startswith(" ")]
    assert heads == ["soft (transferable)", "not said to be soft or hard"]


def test_by_credential_each_names_its_skills(filled: Cli):
    rows = filled("skills", "--by", "credential").rows
    charts = filled.handle("Honest Charts")
    assert [row[4] for row in rows if row[0] == charts] == ["data", "Visualisation"]
    listed = filled("skills", "--by", "credential", "--json").data["credentials"]
    by_name = {each["name"]: each for each in listed}
    assert by_name["Statistics One"]["counts"] is False
    assert by_name["Statistics One"]["skills"] == ["data", "Statistics"]


def test_two_skills_of_one_name_are_told_apart(empty: Cli):
    frame = {"targetFramework": "Catalog"}
    aligned(
        empty,
        100,
        to("Level 2", "https://f.example/a", targetCode="A2", **frame),
        to("Level 2", "https://f.example/b", targetCode="B2", **frame),
    )
    assert [row[2] for row in empty("skills").rows] == ["Level 2 (A2)", "Level 2 (B2)"]


def test_what_is_in_the_trash_proves_nothing(filled: Cli):
    filled("remove", "Cleaning Data")
    assert "Data" not in counted(filled)


def test_hostile_names_reach_neither_terminal_nor_columns(empty: Cli):
    aligned(empty, 100, to(HOSTILE, "https://f.example/1", targetFramework=HOSTILE))
    for terminal in (False, True):
        ran = empty("skills", terminal=terminal, env={"NO_COLOR": "1"})
        assert "\x1b" not in ran.out
        assert "\u202e" not in ran.out
    (row,) = empty("skills").rows
    assert len(row) == 5
    (found,) = skills(empty)
    assert found["name"] == HOSTILE


def test_a_badge_of_thousands_of_alignments_is_read_in_part(empty: Cli):
    many = [to(f"Skill {n}", f"https://f.example/{n}") for n in range(3000)]
    aligned(empty, 100, *many)
    assert len(skills(empty)) == 200


def test_an_older_wallet_is_read_and_told_how_to_know_more(filled: Cli):
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        for entry in vault.entries():
            vault.update(entry.rid, summary=entry.summary._replace(aligned=()))
    ran = filled("skills")
    assert ["", "", "Python", "1", filled.handle("Python for Analysis")] in ran.rows
    assert "5 credentials kept by an older credwallet: credwallet verify --all" in (
        ran.err
    )
    filled("verify", "--all", "--offline")
    assert "skills.example" in {row[0] for row in filled("skills").rows}


def test_an_empty_wallet_has_no_skills(empty: Cli):
    ran = empty("skills")
    assert (ran.code, ran.out) == (0, "")
    assert empty("skills", "--json").data == {
        "by": "framework",
        "skills": [],
        "credentials": [],
        "proven": 0,
        "leftOut": [],
    }


def test_real_badges_are_put_into_their_frameworks(empty: Cli, vectors: Path):
    for name in (
        "mynextid-edc/microcredential/v1/open-badge/examples/open-badge-mc-example.json",
        "mynextid-edc/microcredential/v1/edc/examples/edc-mc-signed.jsonld",
        "eu-elm/Sample-MC-Annex1-signed.jsonld",
        "1edtech-public-validator/ob30/complete_v1.json",
        f"{DCC}/legacyRegistry-noStatus-noExpiry-alignments.json",
    ):
        empty("import", vectors / name, "--keep-invalid")
    frameworks: dict[str, set[str]] = {}
    for each in skills(empty, "--all"):
        frameworks.setdefault(each["framework"] or "", set()).add(each["name"])
    assert {"Develop test procedures", "develop digital content"} <= frameworks["ESCO"]
    assert "Developing digital content" in frameworks["DigComp"]
    assert frameworks["Edmonds College Course Catalog"] == {"Requirements Analysis"}
    soft = {each["name"] for each in skills(empty, "--kind", "soft", "--all")}
    assert "Manage frustration" in soft
    assert "Blow moulding machine parts" not in soft


def test_the_parts_of_a_learner_record_prove_each_for_itself(
    empty: Cli, tmp_path: Path
):
    from tests.model.test_record import badge, record  # noqa: PLC0415 -- one test

    path = tmp_path / "record.json"
    path.write_text(json.dumps(sign(record(badge(1), badge(2)))))
    ran = empty("import", path, "--keep-invalid")
    handle = ran.rows[0][0]
    behind = {
        proof["handle"]
        for each in skills(empty, "--all")
        for proof in each["credentials"]
    }
    assert behind == {f"{handle}/1", f"{handle}/2"}

"""Is a learner record kept whole, shown with its parts, and counted by them?"""

import json
from typing import Any

import pytest

from tests.cli.runner import DOCUMENTS, Cli
from tests.samples import make
from tests.samples.make import NORTHLIGHT_KEY, STATUS_LIST
from tests.verify.badges import KID, NORTHLIGHT
from tests.verify.records import (
    KNOTS,
    WHOLE,
    association,
    badge,
    record,
    signed,
)

RULES = f"""format = "credwallet-qualification/1"
[qualification]
id = "seamanship"
title = "Seamanship"
awarded_by = ["Harbour College"]
[[requirement]]
id = "knots"
type = "credential"
match = {{ achievement = ["{KNOTS}/1"] }}
[[requirement]]
id = "splices"
type = "credential"
match = {{ achievement = ["{KNOTS}/2"] }}
[[requirement]]
id = "any"
type = "count"
n = 9
match = {{ }}
"""
ASSOCIATIONS = [
    association("isChildOf", f"{KNOTS}/1", WHOLE),
    association("precedes", f"{KNOTS}/1", f"{KNOTS}/2"),
]
DESCRIBED = {
    "id": WHOLE,
    "type": ["Achievement"],
    "name": "Seamanship",
    "description": "All of it.",
    "criteria": {"narrative": "All parts."},
}


def transcript(*more: Any) -> bytes:
    made = record(
        signed(badge(1)),
        badge(2),
        *more,
        subject={"association": ASSOCIATIONS, "achievement": [DESCRIBED]},
    )
    return json.dumps(made, indent=2).encode()


@pytest.fixture
def kept(empty: Cli) -> Cli:
    ran = empty("import", "-", stdin=transcript())
    assert ran.code == 0
    (empty.folder / "rules.toml").write_text(RULES)
    return empty


def progress(cli: Cli) -> dict[str, Any]:
    rules = cli.folder / "rules.toml"
    ran = cli("stack-progress", "--qualification", rules, "--json")
    assert ran.code == 0, ran.err
    (answer,) = ran.data["qualifications"]
    return dict(answer)


def used(cli: Cli) -> dict[str, tuple[str, int]]:
    return {
        entry["id"]: (entry["state"], int(entry["have"]))
        for entry in progress(cli)["requirements"]
    }


def test_the_record_comes_back_byte_for_byte(kept: Cli):
    assert kept("show", "Transcript", "--raw").raw == transcript()


def test_show_tells_what_it_holds_and_how_that_belongs_together(kept: Cli):
    data = kept("show", "Transcript", "--json").data
    assert data["associations"] == [
        {
            "associationType": "isChildOf",
            "sourceId": f"{KNOTS}/1",
            "sourceName": "Knots 1",
            "targetId": WHOLE,
            "targetName": "Seamanship",
        },
        {
            "associationType": "precedes",
            "sourceId": f"{KNOTS}/1",
            "sourceName": "Knots 1",
            "targetId": f"{KNOTS}/2",
            "targetName": "Knots 2",
        },
    ]
    parts = data["report"]["contains"]
    assert [(part["name"], part["verdict"], part["role"]) for part in parts] == [
        ("Knots 1", "valid", "part"),
        ("Knots 2", "valid", "part"),
    ]
    assert parts[1]["pointer"] == "/credentialSubject/verifiableCredential/1"
    # The record only describes it.
    assert data["achievement"]["id"] is None


def test_on_a_terminal_the_parts_stand_indented_under_the_record(kept: Cli):
    out = kept("show", "Transcript", terminal=True, env={"NO_COLOR": "1"}).out
    assert "Knots 1 isChildOf Seamanship" in out
    headings = [line for line in out.splitlines() if " Knots " in line]
    assert any(line.startswith("  ") and "Knots 1" in line for line in headings)


def test_in_a_pipe_each_part_says_where_it_stands(kept: Cli):
    rows = kept("verify", "Transcript").rows
    where = {row[5] for row in rows if len(row) > 5}
    assert where == {f"/credentialSubject/verifiableCredential/{n}" for n in (0, 1)}
    assert sum(len(row) == 5 for row in rows) == 8


def test_what_the_record_holds_counts_and_the_record_does_not(kept: Cli):
    assert used(kept) == {
        "knots": ("done", 1),
        "splices": ("done", 1),
        "any": ("missing", 0),
    }


def test_a_badge_that_comes_alone_as_well_counts_once(kept: Cli):
    before = used(kept)
    alone = json.dumps(signed(badge(1))).encode()
    assert kept("import", "-", stdin=alone).code == 0
    assert used(kept) == before


def test_the_same_record_again_changes_nothing(kept: Cli):
    before = used(kept)
    assert kept("import", "-", stdin=transcript()).code == 0
    assert used(kept) == before


def test_a_record_in_the_trash_does_not_count(kept: Cli):
    kept("remove", "Transcript")
    assert used(kept)["splices"] == ("missing", 0)


def test_a_part_that_is_out_of_date_does_not_count(empty: Cli):
    old = signed(badge(1, validUntil="2026-03-01T00:00:00Z"))
    assert empty("import", "-", stdin=json.dumps(record(old)).encode()).code == 0
    (empty.folder / "rules.toml").write_text(RULES)
    assert used(empty)["knots"] == ("lapsed", 0)


def test_a_record_with_a_forged_part_keeps_it_apart(empty: Cli):
    forged = {**signed(badge(1)), "name": "Master of Everything"}
    ran = empty("import", "-", "--json", stdin=json.dumps(record(forged)).encode())
    assert ran.code == 0
    (part,) = ran.data["reports"][0]["contains"]
    assert part["verdict"] == "invalid"
    (empty.folder / "rules.toml").write_text(RULES)
    assert used(empty)["knots"][0] != "done"
    assert used(empty)["any"] == ("missing", 0)


def test_foreign_names_are_harmless(empty: Cli):
    evil = "\u001b[2J\u202eevil"
    made = record(
        signed(badge(1)),
        subject={
            "association": ASSOCIATIONS[:1],
            "achievement": [{**DESCRIBED, "name": evil}],
        },
    )
    empty("import", "-", stdin=json.dumps(made).encode())
    for terminal in (True, False):
        out = empty("show", "Transcript", terminal=terminal, env={"NO_COLOR": "1"}).out
        assert "\x1b[2J" not in out
        assert "\u202e" not in out
        assert "\\x1b[2J" in out


def listed_part() -> bytes:
    status = {
        "id": f"{STATUS_LIST}#42",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "42",
        "statusListCredential": STATUS_LIST,
    }
    part = {**badge(1), "issuer": NORTHLIGHT, "credentialStatus": status}
    return json.dumps(record(make.signed(part, NORTHLIGHT_KEY, KID))).encode()


def test_offline_a_part_that_was_revoked_stays_revoked(empty: Cli):
    data = listed_part()
    assert empty("import", "-", "--documents", DOCUMENTS, stdin=data).code == 0
    (empty.folder / "rules.toml").write_text(RULES)
    argv = ("stack-progress", "--qualification", empty.folder / "rules.toml", "--json")

    def state() -> str:
        answer = empty(*argv, "--assume-unverified").data["qualifications"][0]
        return str(answer["requirements"][0]["state"])

    assert state() == "missing"
    assert empty("verify", "Transcript", "--offline").code == 0
    assert state() == "missing"
    assert empty("import", "-", "--offline", stdin=data).code == 0
    assert state() == "missing"

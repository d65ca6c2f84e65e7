"""Does `verify` answer every question, and leave with the code of the answer?"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.badges import (
    METHOD,
    document,
    good,
    presentation,
    sign,
    signed_badge,
    tampered,
    undetermined,
)
from tests.cli.runner import DOCUMENTS, SAMPLES, Cli
from tests.samples.make import HARBOUR

CHECKS = [
    *("structure", "proof", "issuer", "validity"),
    *("status", "subject", "endorsements", "refresh"),
]


def test_a_good_file_is_valid(cli: Cli, tmp_path: Path):
    ran = cli("verify", good(tmp_path))
    assert ran.code == 0
    assert [row[1:4:2] for row in ran.rows] == [
        ["valid", outcome] for outcome in ("passed",) * 4 + ("skipped",) * 4
    ]
    assert [row[2] for row in ran.rows] == CHECKS


def test_each_verdict_has_its_exit_code(cli: Cli, tmp_path: Path):
    old = good(tmp_path, 101, until="2026-02-02T00:00:00Z")
    malformed = good(tmp_path, 102, credentialSubject=[])
    early = good(tmp_path, 103, validFrom="2030-01-01T00:00:00Z")
    codes = {
        good(tmp_path): 0,
        tampered(tmp_path): 3,
        malformed: 3,
        undetermined(tmp_path): 4,
        old: 8,
        early: 8,
    }
    assert {path: cli("verify", path).code for path in codes} == codes
    revoked = SAMPLES / "badges" / "statistics-one.json"
    assert cli("verify", revoked, "--documents", DOCUMENTS).code == 9


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ("good undetermined", 4),
        ("good undetermined missing", 4),
        ("good missing", 5),
        ("old undetermined missing", 8),
        ("revoked old", 9),
        ("tampered revoked old undetermined", 3),
        ("junk good", 3),
    ],
)
def test_the_gravest_of_several_decides(
    cli: Cli, tmp_path: Path, kinds: str, code: int
):
    junk = tmp_path / "junk.json"
    junk.write_text("{}")
    paths = {
        "good": good(tmp_path),
        "old": good(tmp_path, 101, until="2026-02-02T00:00:00Z"),
        "tampered": tampered(tmp_path),
        "undetermined": undetermined(tmp_path),
        "revoked": SAMPLES / "badges" / "statistics-one.json",
        "missing": tmp_path / "missing.json",
        "junk": junk,
    }
    named = [paths[kind] for kind in kinds.split()]
    for order in (named, named[::-1]):
        assert cli("verify", *order, "--documents", DOCUMENTS).code == code


def test_verifying_a_file_needs_no_wallet_and_makes_none(cli: Cli, tmp_path: Path):
    assert cli("verify", good(tmp_path)).code == 0
    assert not cli.home.exists()


def test_verifying_a_file_never_opens_the_wallet(filled: Cli, tmp_path: Path):
    env = {"CREDWALLET_PASSPHRASE_FILE": str(tmp_path / "there is none")}
    assert filled("verify", good(tmp_path), env=env).code == 0
    assert filled("verify", "Cleaning Data", env=env).code == 6


def test_the_moment_judged_can_be_chosen(cli: Cli, tmp_path: Path):
    path = good(tmp_path, until="2026-06-30T00:00:00Z")
    for at, code in (
        ("2026-01-31", 8),
        ("2026-06-29", 0),
        ("2026-06-29T23:59:00Z", 0),
        ("2026-07-01T00:00:00+02:00", 8),
        ("2026-07-01", 8),
    ):
        assert cli("verify", path, "--at", at).code == code, at
    report = cli("verify", path, "--at", "2026-03-01", "--json").data["reports"][0]
    assert report["at"] == "2026-03-01T00:00:00+00:00"


@pytest.mark.parametrize("at", ["soon", "2026-13-01", "2026-02-30", "T", ""])
def test_a_moment_that_is_none_is_refused(cli: Cli, tmp_path: Path, at: str):
    ran = cli("verify", good(tmp_path), f"--at={at}")
    assert (ran.code, ran.out) == (2, "")
    assert "write 2026-11-25" in ran.err


def test_an_issuer_must_be_known_if_that_is_required(filled: Cli):
    argv = ("verify", "Cleaning Data", "--require-known-issuer")
    assert filled(*argv).code == 4
    filled("issuer", "trust", "Cleaning Data")
    assert filled(*argv).code == 0
    filled("issuer", "distrust", HARBOUR)
    assert filled(*argv).code == 4


def test_a_condition_of_one_run_is_not_kept_as_the_verdict(filled: Cli):
    filled("verify", "Cleaning Data", "--require-known-issuer")
    assert filled("list", "--query", "cleaning").rows[0][5] == "valid"


def test_whether_the_issuer_is_known_is_a_note_and_no_condition(filled: Cli):
    before = filled("verify", "Cleaning Data", "--json").data["reports"][0]
    filled("issuer", "trust", HARBOUR, "--name", "My college")
    after = filled("verify", "Cleaning Data", "--json").data["reports"][0]
    assert (before["verdict"], after["verdict"]) == ("valid", "valid")
    assert (before["issuer"]["known"], after["issuer"]["known"]) == (False, True)


def test_all_verifies_everything_and_keeps_the_new_reports(filled: Cli):
    later = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
    ran = filled("verify", "--all", "--documents", DOCUMENTS, "--json", now=later)
    assert ran.code == 9
    assert sorted(report["verdict"] for report in ran.data["reports"]) == [
        *("expired", "revoked", "valid", "valid", "valid")
    ]
    assert all(report["handle"] for report in ran.data["reports"])
    rows = filled("list", "--json").data["credentials"]
    assert {row["checkedAt"] for row in rows} == {"2026-12-24T18:00:00+00:00"}


def test_all_leaves_out_the_trash(filled: Cli):
    filled("remove", "Statistics One")
    ran = filled("verify", "--all", "--json", "--documents", DOCUMENTS)
    assert len(ran.data["reports"]) == 4
    assert ran.code == 8


def test_a_report_for_another_moment_is_not_kept(filled: Cli):
    filled("verify", "Privacy Basics", "--at", "2026-03-01")
    assert filled("list", "--query", "privacy").rows[0][5] == "expired"


def test_an_offline_check_that_cannot_tell_does_not_undo_what_was_known(filled: Cli):
    ran = filled("verify", "Statistics One", "--offline", "--json")
    assert (ran.code, ran.data["reports"][0]["verdict"]) == (9, "revoked")
    assert filled("list", "--query", "statistics").rows[0][5] == "revoked"


def test_a_check_that_tried_and_cannot_tell_is_kept_but_for_a_revocation(filled: Cli):
    assert filled("verify", "Statistics One").code == 9
    assert filled("list", "--query", "statistics").rows[0][5] == "revoked"
    assert filled("verify", "Honest Charts").code == 4
    assert filled("list", "--query", "honest").rows[0][5] == "undetermined"


def test_the_learners_own_words_survive_a_new_report(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "work")
    filled("note", "Cleaning Data", "--text", "keep me")
    filled("verify", "--all")
    data = filled("show", "Cleaning Data", "--json").data
    assert (data["tags"], data["note"]) == (["work"], "keep me")


def test_a_handle_that_is_not_there_is_not_found(filled: Cli):
    ran = filled("verify", "zzzz")
    assert (ran.code, ran.out) == (5, "")


def test_a_mistyped_file_is_not_taken_for_a_handle(cli: Cli, tmp_path: Path):
    ran = cli("verify", "bagde.json")
    assert ran.code == 5
    assert "there is no file bagde.json" in ran.err


@pytest.mark.parametrize(
    ("argv", "what"),
    [([], "nothing to verify"), (["--all", "k7wq"], "--all leaves nothing to name")],
)
def test_a_request_that_makes_no_sense_is_refused(filled: Cli, argv, what: str):
    ran = filled("verify", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err


def test_stdin_is_verified(cli: Cli):
    ran = cli("verify", "-", stdin=signed_badge())
    assert (ran.code, ran.rows[0][0]) == (0, "-")


def test_a_presentation_has_a_report_for_itself_and_each_part(cli: Cli):
    parts = [sign(document(101, name="One")), {**sign(document(102)), "name": "Bad"}]
    ran = cli("verify", "-", "--json", stdin=presentation(*parts))
    (report,) = ran.data["reports"]
    assert (ran.code, report["verdict"]) == (3, "invalid")
    assert [inner["verdict"] for inner in report["contains"]] == ["valid", "invalid"]
    shown = cli(
        "verify", "-", "--no-color", stdin=presentation(*parts), terminal=True
    ).out
    assert shown.startswith("invalid  presentation\n")
    assert "\n  valid  One  Harbour College\n" in shown


@pytest.mark.parametrize("data", [b"[]", presentation()])
def test_an_unsigned_envelope_with_nothing_inside_is_no_success(cli: Cli, data: bytes):
    ran = cli("verify", "-", stdin=data)
    assert ran.code == 3
    assert "is empty, and nobody signed it" in ran.out


def test_json_has_the_members_of_the_contract(cli: Cli, tmp_path: Path):
    path = good(tmp_path)
    (report,) = cli("verify", path, "--json").data["reports"]
    checks = report.pop("checks")
    assert report == {
        "source": str(path),
        "handle": None,
        "id": "urn:uuid:00000000-0000-4000-8000-000000000100",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Woodwork",
        "issuer": {
            "id": HARBOUR,
            "name": "Harbour College",
            "known": False,
            "listed": [],
        },
        "subject": {"id": "did:example:learner"},
        "validFrom": "2026-02-01T00:00:00Z",
        "validUntil": None,
        "format": "json-ld",
        "verdict": "valid",
        "at": "2026-11-25T12:00:00+00:00",
        "offline": False,
        "unsigned": [],
        "documents": [],
    }
    assert [check["check"] for check in checks] == CHECKS
    assert set(checks[0]) == {"check", "outcome", "note", "problems"}


def test_a_failed_check_says_where_and_what_to_do(cli: Cli, tmp_path: Path):
    report = cli("verify", tampered(tmp_path), "--json").data["reports"][0]
    proof = report["checks"][1]
    assert proof["outcome"] == "failed"
    assert proof["problems"][0]["instance"] == "/proof"
    assert proof["problems"][0]["nextStep"]
    out = cli("verify", tampered(tmp_path), terminal=True).out
    assert "next: " in out


def test_an_unsigned_badge_is_never_valid(cli: Cli, tmp_path: Path):
    path = tmp_path / "unsigned.json"
    path.write_text(json.dumps(document()))
    ran = cli("verify", path, "--json")
    assert ran.data["reports"][0]["verdict"] in ("malformed", "invalid")
    assert ran.code == 3


def test_a_badge_signed_by_another_key_is_invalid(cli: Cli, tmp_path: Path):
    other = document(issuer={"id": "did:web:harbour.example", "type": ["Profile"]})
    path = tmp_path / "other.json"
    path.write_text(json.dumps(sign(other)))
    ran = cli("verify", path, "--json")
    assert ran.code == 3
    assert METHOD not in str(ran.data["reports"][0]["issuer"])


def test_what_cannot_be_read_says_when_and_with_what_network_too(cli: Cli):
    path = cli.folder / "badge.json"
    path.write_text("nonsense")
    ran = cli("verify", path, "--offline", "--at", "2026-11-01", "--json")
    (report,) = ran.data["reports"]
    assert (report["verdict"], report["offline"]) == ("malformed", True)
    assert report["at"] == "2026-11-01T00:00:00+00:00"


def test_records_can_be_joined_with_the_list_by_their_handle(filled: Cli):
    handles = {row[0] for row in filled("list").rows}
    ran = filled("verify", "--all", "--documents", DOCUMENTS)
    assert {row[0] for row in ran.rows} == handles
    assert {len(row) for row in ran.rows} == {5}


def test_a_file_beside_a_credential_of_the_wallet_keeps_its_name(
    filled: Cli, tmp_path: Path
):
    path = good(tmp_path)
    ran = filled("verify", path, filled.handle("Cleaning Data"))
    about = list(dict.fromkeys(row[0] for row in ran.rows))
    assert about == [str(path), filled.handle("Cleaning Data")]

"""Do `refresh` and `verify --refresh` ask for newer copies, and keep the good ones?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Document
from tests.cli.badges import signed_badge
from tests.cli.runner import NOW, Cli
from tests.verify.test_refresh import ADDRESS, held, newer


class Issuer:
    """The refresh service of an issuer, which counts who asks."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.body = json.dumps(answer).encode()
        self.asked = 0

    def __call__(self) -> Any:
        return self.fetch

    def fetch(self, url: str, /) -> Document:
        if url != ADDRESS:
            raise Undetermined(f"{url} is silent", next_step="x", type="unreachable")
        self.asked += 1
        return Document(url, self.body, "application/json", "fetched")


@pytest.fixture
def kept(empty: Cli) -> Cli:
    assert empty("import", "-", stdin=json.dumps(held()).encode()).code == 0
    empty("tag", "Knots", "--add", "mine")
    return empty


def checked(cli: Cli, issuer: Issuer, *argv: object, **how: Any) -> Any:
    ran = cli("verify", "Knots", *argv, "--json", network=issuer, **how)
    (report,) = ran.data["reports"]
    return report


def test_a_newer_copy_takes_the_place_and_keeps_what_is_the_learners(kept: Cli):
    handle = kept.handle("Knots")
    issuer = Issuer(newer())
    report = checked(kept, issuer, "--refresh")
    assert issuer.asked == 1
    assert report["newer"] == {
        "validFrom": "2026-10-01T00:00:00Z",
        "stored": "replaced",
    }
    (row,) = kept("list", "--json").data["credentials"]
    assert (row["handle"], row["tags"]) == (handle, ["mine"])
    assert row["validFrom"] == "2026-10-01T00:00:00Z"
    assert kept("show", "Knots", "--raw").raw == issuer.body


def test_it_is_said_in_words(kept: Cli):
    ran = kept("verify", "Knots", "--refresh", network=Issuer(newer()))
    assert "the newer copy took its place" in ran.err
    assert any("a newer copy is there" in row[4] for row in ran.rows)


def test_nobody_is_asked_unless_the_learner_says_so(kept: Cli):
    issuer = Issuer(newer())
    report = checked(kept, issuer)
    assert (issuer.asked, "newer" in report) == (0, False)
    kept("verify", "--all", network=issuer)
    assert issuer.asked == 0


def test_offline_asks_nobody_and_says_so(kept: Cli):
    issuer = Issuer(newer())
    report = checked(kept, issuer, "--refresh", "--offline")
    assert issuer.asked == 0
    (check,) = [each for each in report["checks"] if each["check"] == "refresh"]
    assert check["outcome"] == "unknown"
    assert report["verdict"] == "valid"


@pytest.mark.parametrize(
    "answer",
    [
        {**newer(), "name": "changed after signing"},
        newer(id="urn:uuid:another"),
        held(),
        held(validFrom="2020-01-01T00:00:00Z"),
        {"no": "credential"},
    ],
)
def test_on_failure_the_one_that_is_held_stays(kept: Cli, answer: dict[str, Any]):
    before = kept("show", "Knots", "--raw").raw
    report = checked(kept, Issuer(answer), "--refresh")
    assert ("newer" in report, report["verdict"]) == (False, "valid")
    assert kept("show", "Knots", "--raw").raw == before
    assert len(kept("list", "--json").data["credentials"]) == 1


def test_a_report_for_another_time_changes_nothing(kept: Cli):
    before = kept("show", "Knots", "--raw").raw
    report = checked(kept, Issuer(newer()), "--refresh", "--at", "2026-11-01")
    assert "newer" not in report
    assert kept("show", "Knots", "--raw").raw == before


def test_an_expired_badge_is_renewed(empty: Cli):
    old = held(validUntil="2027-01-01T00:00:00Z")
    empty("import", "-", stdin=json.dumps(old).encode())
    later = NOW + timedelta(days=100)
    report = checked(empty, Issuer(newer()), "--refresh", now=later)
    assert (report["verdict"], report["newer"]["stored"]) == ("expired", "replaced")
    assert empty("verify", "Knots", now=later).code == 0


def test_a_file_is_looked_at_and_left_alone(cli: Cli):
    path = cli.folder / "badge.json"
    path.write_text(json.dumps(held()))
    ran = cli("verify", path, "--refresh", "--json", network=Issuer(newer()))
    (report,) = ran.data["reports"]
    (check,) = [each for each in report["checks"] if each["check"] == "refresh"]
    assert check["note"] == "a newer copy is there, of 2026-10-01T00:00:00Z"
    assert path.read_text() == json.dumps(held())


# The command of its own


def refreshed(cli: Cli, issuer: Issuer, *argv: object, **how: Any) -> Any:
    ran = cli("refresh", *(argv or ("Knots",)), "--json", network=issuer, **how)
    (answer,) = ran.data["refreshed"]
    return ran.code, answer


def test_refresh_keeps_a_newer_copy_with_what_is_the_learners(kept: Cli):
    handle = kept.handle("Knots")
    issuer = Issuer(newer())
    assert refreshed(kept, issuer) == (
        0,
        {
            "handle": handle,
            "name": "Knots",
            "outcome": "stored",
            "newHandle": handle,
            "note": "a newer copy took its place, of 2026-10-01T00:00:00Z",
        },
    )
    assert issuer.asked == 1
    (row,) = kept("list", "--json").data["credentials"]
    assert (row["tags"], row["verdict"]) == (["mine"], "valid")
    assert kept("show", "Knots", "--raw").raw == issuer.body
    assert refreshed(kept, issuer, "--all")[1]["outcome"] == "nothing-newer"


def test_a_dry_run_asks_and_keeps_nothing(kept: Cli):
    before = kept("list", "--json").out, kept("show", "Knots", "--raw").raw
    issuer = Issuer(newer())
    later = NOW + timedelta(days=3)
    code, answer = refreshed(kept, issuer, "Knots", "--dry-run", now=later)
    assert (code, answer["outcome"], answer["newHandle"]) == (0, "newer", None)
    assert answer["note"] == "a newer copy is there, of 2026-10-01T00:00:00Z"
    assert issuer.asked == 1
    assert (kept("list", "--json").out, kept("show", "Knots", "--raw").raw) == before


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (held(), "nothing-newer", 0),
        (held(validFrom="2020-01-01T00:00:00Z"), "nothing-newer", 0),
        (newer(id="urn:uuid:another"), "refused", 3),
        ({**newer(), "name": "changed after signing"}, "refused", 3),
        (newer(validUntil="2026-10-02T00:00:00Z"), "refused", 3),
        ({"no": "credential"}, "could-not-ask", 4),
    ],
)
def test_each_answer_has_its_outcome_and_exit_code(
    kept: Cli, answer: dict[str, Any], outcome: str, code: int
):
    before = kept("show", "Knots", "--raw").raw
    found, told = refreshed(kept, Issuer(answer))
    assert (found, told["outcome"], told["newHandle"]) == (code, outcome, None)
    assert told["note"]
    assert kept("show", "Knots", "--raw").raw == before


def test_what_is_not_to_be_had_is_not_nothing_newer(kept: Cli):
    issuer = Issuer(newer())
    code, told = refreshed(kept, issuer, "Knots", "--offline")
    assert (code, told["outcome"], issuer.asked) == (4, "could-not-ask", 0)

    def silent(url: str, /) -> Document:
        raise Undetermined(f"{url} is silent", next_step="x", type="unreachable")

    ran = kept("refresh", "--all", network=lambda: silent)
    assert (ran.code, ran.rows[0][2]) == (4, "could-not-ask")
    assert "is silent" in ran.rows[0][3]


def test_a_way_that_is_not_known_could_not_be_asked(empty: Cli):
    odd = {**held(), "refreshService": {"id": ADDRESS, "type": "AnotherWay"}}
    empty("import", "-", "--keep-invalid", stdin=json.dumps(odd).encode())
    issuer = Issuer(newer())
    code, told = refreshed(empty, issuer)
    assert (code, told["outcome"], issuer.asked) == (4, "could-not-ask", 0)


def test_whose_issuer_offers_none_is_said_and_nobody_is_asked(filled: Cli):
    issuer = Issuer(newer())
    ran = filled("refresh", "--all", network=issuer)
    assert (ran.code, issuer.asked) == (0, 0)
    assert {row[2] for row in ran.rows} == {"offers-none"}
    assert len(ran.rows) == 5
    shown = filled("refresh", "--all", network=issuer, terminal=True)
    assert shown.out == ""
    assert "5 credentials without an offer of newer copies" in shown.err
    named = filled("refresh", "Cleaning Data", terminal=True)
    assert "offers-none" in named.out


def test_the_gravest_answer_decides(kept: Cli):
    kept("import", "-", stdin=signed_badge(7))
    ran = kept("refresh", "--all", network=Issuer(newer(id="urn:uuid:another")))
    assert ran.code == 3
    assert {row[2] for row in ran.rows} == {"refused", "offers-none"}


@pytest.mark.parametrize(
    ("argv", "what"),
    [([], "nothing to ask for"), (["--all", "k7wq"], "--all leaves nothing to name")],
)
def test_a_refresh_that_makes_no_sense_is_refused(kept: Cli, argv: Any, what: str):
    ran = kept("refresh", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err


def test_what_the_wallet_does_not_hold_cannot_be_refreshed(kept: Cli):
    assert kept("refresh", "zzzz").code == 5


def test_what_an_issuer_says_cannot_play_tricks_on_the_terminal(kept: Cli):
    answer = newer(validFrom="2026-10-01T00:00:00Z\x1b[2J\u202e")
    for how in ({}, {"terminal": True}):
        ran = kept("refresh", "Knots", network=Issuer(answer), **how)
        assert "\x1b[2J" not in ran.out + ran.err
        assert "\u202e" not in ran.out + ran.err


def test_a_refresh_that_is_stopped_changes_nothing(kept: Cli):
    before = kept("list", "--json").out

    def stopped(url: str, /) -> Document:
        raise KeyboardInterrupt

    later = NOW + timedelta(days=3)
    assert kept("refresh", "--all", network=lambda: stopped, now=later).code == 130
    assert kept("list", "--json").out == before


SOON = "2026-12-24T00:00:00Z"


def test_a_badge_that_runs_out_can_be_renewed_by_the_next_step(empty: Cli):
    empty("import", "-", stdin=json.dumps(held(validUntil=SOON)).encode())
    ran = empty("check", "--fail-if", "expiring")
    assert ran.rows[0][5] == f"credwallet refresh {empty.handle('Knots')}"
    empty(*ran.rows[0][5].split()[1:], network=Issuer(newer()))
    assert empty("check", "--fail-if", "expiring").code == 0

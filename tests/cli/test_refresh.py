"""Does `verify --refresh` ask for newer copies, and keep those that are good?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Document
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

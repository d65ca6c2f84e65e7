"""Does a revocation stay known when its list is withheld, spoiled or forged?"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.cli.checking.standing import with_standing
from credwallet.cli.report import report_json
from credwallet.errors import Undetermined
from credwallet.fetch import Document, Fetch, Offline
from credwallet.model.report import Check, Consulted, Outcome, Problem, Verdict
from credwallet.model.report import VerificationReport as Report
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.cli.badges import good, signed_badge
from tests.cli.runner import NOW, Cli
from tests.cli.test_network import LIST, Net, listed, network, note, status
from tests.status.lists import bits, encoded, listing

DAY = "2026-11-26"


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def failing(kind: str) -> Fetch:
    def fetch(url: str, /) -> Document:
        raise Undetermined(f"{url} was not fetched: {kind}", next_step="x", type=kind)

    return fetch


def answering(body: bytes) -> Fetch:
    return lambda url, /: Document(url, body, "application/json", "fetched")


def unsigned() -> bytes:
    """Make a newer list that nobody signed and that says nothing against anybody."""
    newer = "2026-11-27T00:00:00Z"
    return json.dumps(listing(encoded(bits()), id=LIST, validFrom=newer)).encode()


WITHHELD = {
    "unreachable": failing("unreachable"),
    "private address": failing("refused-address"),
    "status 500": failing("bad-answer"),
    "too large": failing("too-large"),
    "404": failing("not-found"),
    "410": failing("gone"),
    "empty object": answering(b"{}"),
    "sign-in page": answering(b"<html>Please sign in</html>"),
    "nothing": answering(b""),
    "unsigned list": answering(unsigned()),
    "list of last year": answering(listed(validFrom="2025-11-20T00:00:00Z")),
    "list of another": answering(
        listed(issuer="did:web:other.example", validFrom="2026-11-27T00:00:00Z")
    ),
}


def check(cli: Cli, fetch: Fetch = Offline(), *argv: object, **how: Any) -> Any:  # noqa: B008 -- it holds nothing
    return cli("check", *argv, network=lambda: fetch, **how)


def verdict(cli: Cli) -> str:
    (row,) = cli("list", "--json").data["credentials"]
    return str(row["verdict"])


@pytest.fixture
def revoked(empty: Cli) -> tuple[Cli, Net]:
    """A wallet with one badge, which was found revoked on the 26th."""
    net = Net(listed=listed())
    empty("import", good(empty.folder, 0, credentialStatus=status(0)))
    empty("verify", "--all", network=network(net))
    net.documents[LIST] = listed(0, validFrom="2026-11-20T00:00:00Z")
    ran = check(empty, net.fetch, now=later(days=1))
    assert (ran.code, ran.rows[0][2]) == (7, "revoked")
    return empty, net


@pytest.fixture
def told(empty: Cli) -> Cli:
    """The same, by a list that was handed in: no copy of it is kept."""
    path = good(empty.folder, 0, credentialStatus=status(0))
    (empty.folder / "list.json").write_bytes(listed(0))
    documents = empty.folder / "documents.json"
    documents.write_text(json.dumps({LIST: "list.json"}))
    empty("import", path, "--documents", documents, now=later(days=1))
    assert verdict(empty) == "revoked"
    return empty


@pytest.mark.parametrize("how", WITHHELD)
def test_who_withholds_a_list_makes_no_revocation_forgotten(
    revoked: tuple[Cli, Net], how: str
):
    cli, _ = revoked
    for days in (3, 4, 40, 400):
        ran = check(cli, WITHHELD[how], now=later(days=days))
        assert ran.code == 7
        # The same for days: nothing changed.
        assert [row[2] for row in ran.rows] == ["revoked"]
        assert f"as of {DAY}" in ran.rows[0][3]
        assert verdict(cli) == "revoked"
    ran = check(cli, Offline(), "--offline", now=later(days=401))
    assert (ran.code, [row[2] for row in ran.rows]) == (7, ["revoked"])


# Without a copy of the newer list nothing tells that last year's is an older one.
@pytest.mark.parametrize("how", [how for how in WITHHELD if "last year" not in how])
@pytest.mark.parametrize("what", ["--all", "Woodwork"])
def test_verify_says_so_too_and_since_when(told: Cli, how: str, what: str):
    for days in (3, 400):
        found = {"network": lambda: WITHHELD[how], "now": later(days=days)}
        ran = told("verify", what, "--json", **found)
        (report,) = ran.data["reports"]
        (asked,) = [each for each in report["checks"] if each["check"] == "status"]
        assert (ran.code, report["verdict"]) == (9, "revoked")
        assert (asked["outcome"], asked["asOf"][:10]) == ("failed", DAY)
        assert asked["note"].startswith(
            f"revoked by the issuer's list, as of {DAY}; it could not be asked again: "
        )
        assert asked["problems"][0]["type"] == "revoked"
        (row,) = told("list", "--json").data["credentials"]
        assert (row["verdict"], row["checkedAt"][:10]) == ("revoked", DAY)


def test_what_was_asked_is_still_said(told: Cli):
    how = {"network": lambda: answering(b"{}"), "now": later(days=3)}
    (report,) = told("verify", "--all", "--json", **how).data["reports"]
    assert report["documents"] == [{"url": LIST, "origin": "fetched", "ageSeconds": 0}]
    (asked,) = [each for each in report["checks"] if each["check"] == "status"]
    assert len(asked["problems"]) == 2
    assert LIST in asked["note"]


@pytest.mark.parametrize("how", WITHHELD)
def test_a_list_that_is_good_takes_it_back(revoked: tuple[Cli, Net], how: str):
    cli, net = revoked
    check(cli, WITHHELD[how], now=later(days=3))
    net.documents[LIST] = listed(validFrom="2026-11-28T00:00:00Z")
    ran = check(cli, net.fetch, "--fail-if", "changed,revoked", now=later(days=4))
    assert (ran.code, ran.rows[0][3]) == (7, "verdict revoked -> valid")
    assert verdict(cli) == "valid"
    assert check(cli, Offline(), "--offline", now=later(days=5)).code == 0


def test_a_suspension_stays_until_it_is_lifted(empty: Cli):
    def suspending(*places: int, day: str) -> bytes:
        subject = {"statusPurpose": "suspension"}
        return listed(*places, subject=subject, validFrom=f"{day}T00:00:00Z")

    entry = {**status(0), "statusPurpose": "suspension"}
    net = Net(listed=suspending(0, day="2026-11-20"))
    empty("import", good(empty.folder, 0, credentialStatus=entry), network=network(net))
    for body in (b"{}", b"<html>"):
        ran = check(empty, answering(body), now=later(days=30))
        assert [row[2] for row in ran.rows] == ["suspended"]
    lifted = suspending(day="2026-12-01")
    check(empty, answering(lifted), now=later(days=31))
    assert verdict(empty) == "valid"


def test_a_copy_from_before_the_revocation_takes_nothing_back(empty: Cli):
    net = Net(listed=listed())
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, network=network(net))
    (empty.folder / "list.json").write_bytes(listed(0))
    documents = empty.folder / "documents.json"
    documents.write_text(json.dumps({LIST: "list.json"}))
    empty("verify", "--all", "--documents", documents, now=later(days=1))
    for argv, how in (
        (("--offline",), {}),
        ((), {"network": lambda: failing("unreachable")}),
        ((), {"network": lambda: failing("refused-address")}),
    ):
        ran = empty("verify", "--all", *argv, now=later(days=2), **how)
        ((_, said),) = [(r[3], r[4]) for r in ran.rows if r[2] == "status"]
        assert (ran.code, f"as of {DAY}" in said) == (9, True)
        assert "what answered is an older copy" in said
    ran = empty("verify", "--all", network=network(net), now=later(days=3))
    assert ran.code == 0


def test_what_was_never_said_is_not_made_up(empty: Cli):
    net = Net(listed=listed())
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, network=network(net))
    how = {"network": lambda: answering(b"{}"), "now": later(days=30)}
    assert empty("verify", "--all", **how).code == 4
    assert verdict(empty) == "undetermined"


def test_a_sign_in_page_is_bridged_by_the_kept_list_and_its_age_is_said(empty: Cli):
    net = Net(listed=listed())
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, network=network(net))
    captive = {"network": lambda: failing("refused-address")}
    ((outcome, said),) = note(empty, "--all", **captive, now=later(days=3))
    assert (outcome, "cached, from 3 days ago" in said) == ("passed", True)
    assert note(empty, "--all", **captive, now=later(days=8))[0][0] == "unknown"


# What is kept


@pytest.mark.parametrize("body", [b"{}", b"", b"<html>", unsigned()])
def test_what_is_no_list_takes_no_place_of_one(empty: Cli, body: bytes):
    net = Net(listed=listed())
    first = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", first, network=network(net))
    spoiled = {"network": lambda: answering(body), "now": later(days=1)}
    assert note(empty, "--all", **spoiled)[0][0] == "unknown"
    second = good(empty.folder, 1, credentialStatus=status(1))
    assert empty("import", second, **spoiled).code == 4
    kept = note(empty, "--all", "--offline", now=later(days=2))
    assert [outcome for outcome, _ in kept] == ["passed", "passed"]
    assert all("from 48 hours ago" in said or "2 days" in said for _, said in kept)


def test_a_good_list_takes_the_place_of_what_is_none(empty: Cli):
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, network=lambda: answering(b"{}"))
    empty("verify", "--all", network=network(Net(listed=listed())))
    assert note(empty, "--all", "--offline")[0][0] == "passed"


def test_a_badge_that_makes_no_sense_keeps_no_good_list_out(empty: Cli):
    paths = badges_of(empty.folder)
    empty("import", *paths, network=network(Net(listed=listed())))
    newer = Net(listed=listed(0, validFrom="2026-11-20T00:00:00Z"))
    empty("verify", "--all", network=network(newer), now=later(days=1))
    third = good(empty.folder, 3, credentialStatus=status(0))
    assert empty("import", third, "--offline", now=later(days=1)).code == 9


def badges_of(folder: Path) -> list[Path]:
    """Make one good badge between two whose place is in no list."""
    nowhere = status(10**9)
    return [
        good(folder, number, name=f"Badge {number}", credentialStatus=entry)
        for number, entry in enumerate((nowhere, status(0), nowhere))
    ]


# Reports, one by one


def report() -> Report:
    held = formats.read(signed_badge(1))
    return verify(held, Policy(later(days=9)), Ports(Offline(), Contexts.bundled()))


def asked(outcome: Outcome, *words: str) -> Check:
    return Check("status", outcome, "x", tuple(Problem(word, word) for word in words))


def having(status: Check, **more: Any) -> Report:
    found = report()
    checks = [status if each.id == "status" else each for each in found.checks]
    return found._replace(checks=tuple(checks), **more)


def earlier(*words: str, **more: Any) -> dict[str, Any]:
    row = report_json(having(asked(Outcome.FAILED, *words)), source="x")
    return {**row, "at": "2026-11-26T12:00:00+00:00", **more}


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (["revoked"], asked(Outcome.UNKNOWN, "status-list"), Verdict.REVOKED),
        (["revoked"], asked(Outcome.SKIPPED), Verdict.REVOKED),
        (["revoked"], asked(Outcome.PASSED), Verdict.VALID),
        (["suspended"], asked(Outcome.UNKNOWN, "no-status"), Verdict.SUSPENDED),
        (["suspended"], asked(Outcome.FAILED, "revoked"), Verdict.REVOKED),
        (["revoked"], asked(Outcome.FAILED, "suspended"), Verdict.SUSPENDED),
        (["revoked"], asked(Outcome.FAILED, "suspended", "offline"), Verdict.REVOKED),
        (["suspended", "revoked"], asked(Outcome.UNKNOWN, "gone"), Verdict.REVOKED),
    ],
)
def test_an_earlier_word_stands_unless_it_is_outweighed(
    before: list[str], now: Check, verdict: Verdict
):
    new = having(now, verdict=_plain(now))
    assert with_standing(new, earlier(*before), NOW).verdict is verdict


def _plain(status: Check) -> Verdict:
    if status.outcome is not Outcome.FAILED:
        return Verdict.VALID
    return Verdict(status.problems[0].type)


def test_a_graver_finding_hides_the_word_and_does_not_lose_it():
    broken = Check("proof", Outcome.FAILED, "forged", (Problem("proof", "forged"),))
    skipped = asked(Outcome.SKIPPED)
    new = having(skipped)
    checks = (broken if each.id == "proof" else each for each in new.checks)
    new = with_standing(new._replace(checks=tuple(checks)), earlier("revoked"), NOW)
    assert new.verdict is Verdict.INVALID
    row = report_json(new, source="x")
    again = with_standing(having(asked(Outcome.UNKNOWN, "x")), row, NOW)
    assert (again.verdict, again.as_of[:10]) == (Verdict.REVOKED, DAY)
    assert again.check("status").note.count("as of") == 1


@pytest.mark.parametrize(("days", "verdict"), [(0.5, "valid"), (3, "revoked")])
def test_only_a_copy_from_after_the_word_takes_it_back(days: float, verdict: str):
    at = later(days=3)
    copy = Consulted("https://a.example/list", "cached", int(days * 86_400))
    new = having(asked(Outcome.PASSED), consulted=(copy,))
    assert with_standing(new, earlier("revoked"), at).verdict == verdict


def test_what_a_record_holds_is_not_forgotten_either():
    inner = having(asked(Outcome.UNKNOWN, "x"), role="part", pointer="/a/0")
    row = {**report_json(report(), source="x"), "contains": []}
    row["contains"] = [{**earlier("revoked"), "role": "part", "pointer": "/a/0"}]
    new = with_standing(report()._replace(contains=(inner,)), row, NOW)
    assert (new.verdict, new.parts[0].verdict) == (Verdict.VALID, Verdict.REVOKED)
    elsewhere = inner._replace(pointer="/a/1")
    new = with_standing(report()._replace(contains=(elsewhere,)), row, NOW)
    assert new.contains == (elsewhere,)


@pytest.mark.parametrize("row", [{}, {"checks": []}, {"contains": []}])
def test_a_report_that_says_nothing_holds_nothing_against_it(row: dict[str, Any]):
    new = report()
    assert with_standing(new, row, NOW) == new

"""Can the learner keep registries of issuers, and do reports show what they say?"""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Document
from tests.cli.badges import document, good, sign
from tests.cli.runner import NOW, Cli
from tests.samples.make import HARBOUR, NORTHLIGHT
from tests.trust.test_registries import ANCHOR, ANCHOR_URL, OTHER, anchor, jwk, token
from tests.trust.test_registries import statement as signed_statement

URL = "https://registry.example/registry.json"


def listing(name: str = "Harbour College Ltd.", issuer: str = HARBOUR) -> bytes:
    return json.dumps({"registry": {issuer: {"name": name}}}).encode()


def written(cli: Cli, data: bytes) -> Path:
    path = cli.folder / "registry.json"
    path.write_bytes(data)
    return path


def serving(documents: Mapping[str, bytes], asked: list[str] | None = None) -> Any:
    def fetch(url: str) -> Document:
        if asked is not None:
            asked.append(url)
        if url not in documents:
            raise Undetermined(f"{url}: 404", next_step="x", type="not-found")
        return Document(url, documents[url], "", "fetched")

    return lambda: fetch


def added(cli: Cli, data: bytes | None = None, **options: Any) -> Cli:
    path = written(cli, data or listing())
    ran = cli("issuer", "registry", "add", URL, path, "--name", "Reg", **options)
    assert ran.code == 0, ran.err
    return cli


def issuer(cli: Cli, *argv: object, **options: Any) -> dict[str, Any]:
    (report,) = cli("verify", "--all", "--json", *argv, **options).data["reports"]
    (check,) = [each for each in report["checks"] if each["check"] == "issuer"]
    return {**report["issuer"], **check, "verdict": report["verdict"]}


@pytest.fixture
def one(empty: Cli) -> Cli:
    empty("import", good(empty.folder))
    return empty


def test_a_registry_is_added_from_a_file_and_listed_with_its_age(empty: Cli):
    ran = empty("issuer", "registry", "add", URL, written(empty, listing()))
    assert (ran.code, ran.rows) == (
        0,
        [[URL, "registry.example/registry.json", "added", "1 issuer"]],
    )
    later = NOW + timedelta(days=12)
    (row,) = empty("issuer", "registry", "list", "--json", now=later).data["registries"]
    assert (row["kind"], row["ageDays"]) == ("dcc-legacy", 12)
    assert empty("issuer", "registry", "list", now=later).rows[0][2] == "12 days old"


def test_its_name_for_an_issuer_stands_in_reports_with_its_age(one: Cli):
    added(one)
    found = issuer(one, now=NOW + timedelta(days=12))
    assert found["listed"] == [
        {"name": "Harbour College Ltd.", "registry": "Reg", "ageDays": 12}
    ]
    assert found["known"] is True
    assert "listed as Harbour College Ltd. in Reg (12 days old)" in found["note"]


def test_its_name_stands_before_the_badges_own(one: Cli):
    added(one)
    ran = one("verify", "--all", terminal=True)
    told = "Harbour College Ltd. (Reg; calls itself Harbour College)"
    assert told in ran.out.splitlines()[0].replace("\x1b[1m", "")
    listed = one("list", "--json").data["credentials"][0]["issuer"]
    assert (listed["name"], listed["listed"]) == (
        "Harbour College",
        [{"name": "Harbour College Ltd.", "registry": "Reg"}],
    )
    (row,) = one("list", "--issuer", "college ltd").rows
    assert row[2] == "Harbour College Ltd. (calls itself Harbour College)"
    facts = {row[0]: row[1] for row in one("show", row[0]).rows}
    assert facts["issuer"] == f"Harbour College Ltd. ({HARBOUR})"
    assert facts["listed in"] == "Reg; it calls itself Harbour College"


def test_a_name_that_is_the_same_is_said_once(one: Cli):
    added(one, listing("Harbour College"))
    one("verify", "--all")
    assert one("list").rows[0][2] == "Harbour College"
    facts = {row[0]: row[1] for row in one("show", "Woodwork").rows}
    assert facts["listed in"] == "Reg"


def test_a_name_goes_when_its_registry_goes(one: Cli):
    added(one)
    one("verify", "--all")
    assert one("list").rows[0][2].startswith("Harbour College Ltd.")
    one("issuer", "registry", "remove", "Reg")
    assert one("list").rows[0][2] == "Harbour College"
    assert "listed in" not in one("show", "Woodwork").out


def test_a_badge_whose_issuer_is_not_proven_gets_no_name_from_a_registry(empty: Cli):
    added(empty, listing("The Real One", issuer="did:web:real.example"))
    forged = document(issuer={"id": "did:web:real.example", "name": "Real"})
    path = empty.folder / "forged.json"
    path.write_text(json.dumps(sign(forged)))
    assert empty("import", path, "--keep-invalid").code == 3
    assert "The Real One" not in empty("list").out + empty("show", "Woodwork").out


def test_a_listed_issuer_counts_as_known(one: Cli):
    assert one("verify", "--all", "--require-known-issuer").code == 4
    added(one)
    assert one("verify", "--all", "--require-known-issuer").code == 0


def test_an_old_copy_does_not_make_an_issuer_known(one: Cli):
    added(one)
    ran = issuer(one, "--require-known-issuer", now=NOW + timedelta(days=100))
    assert (ran["outcome"], ran["known"]) == ("unknown", False)
    assert "was not checked" in ran["problems"][1]["title"]


def test_a_registry_that_lists_others_changes_nothing(one: Cli):
    before = issuer(one)
    added(one, listing(issuer=NORTHLIGHT))
    assert issuer(one) == before


def test_the_learners_own_name_stands_beside_it(one: Cli):
    added(one)
    one("issuer", "trust", HARBOUR, "--name", "My college")
    note = issuer(one)["note"]
    assert "listed as Harbour College Ltd." in note
    assert note.endswith("you know it as My college")


def test_a_name_cannot_steer_the_terminal(one: Cli):
    added(one, listing("\x1b]0;owned\x07\u202eevil\nline"))
    for terminal in (True, False):
        ran = one("verify", "--all", terminal=terminal)
        assert not {"\x1b]", "\x07", "\u202e"} & {*ran.out}
        assert "\x1b]0;" not in ran.out
        assert r"\x1b]0;owned\x07\u202eevil line" in ran.out.replace("\n", " ")


def test_it_is_fetched_where_no_file_is_given_and_again_on_refresh(empty: Cli):
    documents = {URL: listing()}
    net = serving(documents)
    assert empty("issuer", "registry", "add", URL, network=net).code == 0
    documents[URL] = json.dumps({"registry": {}}).encode()
    later = NOW + timedelta(days=5)
    ran = empty("issuer", "registry", "refresh", network=net, now=later)
    assert ran.rows == [
        [URL, "registry.example/registry.json", "refreshed", "0 issuers"]
    ]
    (row,) = empty("issuer", "registry", "list", "--json", now=later).data["registries"]
    assert (row["ageDays"], row["addedAt"][:10]) == (0, "2026-11-25")


def test_a_refresh_that_fails_keeps_the_copy_and_goes_on(empty: Cli):
    added(empty)
    other = "https://other.example/registry.json"
    net = serving({other: listing()})
    empty("issuer", "registry", "add", other, network=net)
    later = NOW + timedelta(days=2)
    ran = empty("issuer", "registry", "refresh", network=net, now=later)
    assert (ran.code, [row[0] for row in ran.rows]) == (4, [other])
    assert "error: Reg: " in ran.err
    rows = empty("issuer", "registry", "list", "--json", now=later).data["registries"]
    assert {row["url"]: row["ageDays"] for row in rows} == {URL: 2, other: 0}


def test_a_registry_is_removed_by_name_or_address(one: Cli):
    for name in ("Reg", URL):
        added(one)
        ran = one("issuer", "registry", "remove", name)
        assert (ran.code, ran.rows[0][2]) == (0, "forgotten")
        assert issuer(one)["listed"] == []
    assert one("issuer", "registry", "remove", "Reg").code == 5


@pytest.mark.parametrize(
    "url", ["http://r.example/", "file:///r.json", "r", "https://a\n"]
)
def test_only_an_https_address_is_a_registry(empty: Cli, url: str):
    ran = empty("issuer", "registry", "add", url, written(empty, listing()))
    assert (ran.code, "https address" in ran.err) == (2, True)


def test_what_is_no_registry_is_not_kept(empty: Cli):
    for kind, data in (("dcc-legacy", b"{}"), ("oidf", listing()), ("x", listing())):
        path = written(empty, data)
        ran = empty("issuer", "registry", "add", URL, path, "--kind", kind)
        assert ran.code in (2, 3), kind
    assert empty("issuer", "registry", "list").rows == []


def test_a_giant_registry_is_refused(empty: Cli):
    giant = b'{"registry": {' + b" " * 50 * 1024 * 1024 + b"}}"
    ran = empty("issuer", "registry", "add", URL, written(empty, giant))
    assert (ran.code, "larger than 10 MiB" in ran.err) == (3, True)
    net = serving({URL: giant[:6_000_000]})
    ran = empty("issuer", "registry", "add", URL, network=net)
    assert (ran.code, "larger than 4 MiB" in ran.err) == (3, True)


# A federation.


def federation(cli: Cli, documents: dict[str, bytes], asked: list[str]) -> Any:
    documents[ANCHOR_URL] = token(anchor())
    net = serving(documents, asked)
    argv = ("issuer", "registry", "add", ANCHOR_URL, "--kind", "oidf")
    ran = cli(*argv, network=net)
    assert ran.rows == [[ANCHOR_URL, "The Anchor", "added", "asked one by one"]], ran
    asked.clear()
    return net


def test_a_federation_is_asked_once_an_issuer_and_its_word_is_kept(one: Cli):
    asked: list[str] = []
    documents = {f"{ANCHOR}/fetch?sub={HARBOUR}": token(signed_statement(sub=HARBOUR))}
    net = federation(one, documents, asked)
    one("import", good(one.folder, 101), network=net)
    asked.clear()
    ran = one("verify", "--all", network=net)
    assert asked == [f"{ANCHOR}/fetch?sub={HARBOUR}"]
    assert ran.out.count("listed as The College in The Anchor") == 2
    later = NOW + timedelta(hours=5)
    offline = one("verify", "--all", "--offline", now=later)
    assert "listed as The College in The Anchor (5 hours old)" in offline.out
    stale = one(
        "verify", "--all", "--offline", now=NOW + timedelta(days=3), terminal=True
    )
    assert "listed as" not in stale.out


def test_a_federation_that_cannot_be_asked_is_named(one: Cli):
    federation(one, {}, [])
    found = issuer(one, "--offline")
    assert (found["outcome"], found["known"]) == ("passed", False)
    titles = [problem["title"] for problem in found["problems"]]
    assert any("The Anchor was not checked" in title for title in titles)
    for terminal in (True, False):
        shown = " ".join(
            one("verify", "--all", "--offline", terminal=terminal).out.split()
        )
        assert "the registry The Anchor was not checked: " in shown


def test_an_anchor_with_all_new_keys_is_not_taken_for_the_old_one(empty: Cli):
    documents: dict[str, bytes] = {}
    net = federation(empty, documents, [])
    documents[ANCHOR_URL] = token(anchor(jwks={"keys": [jwk(OTHER)]}), OTHER)
    ran = empty("issuer", "registry", "refresh", network=net)
    assert (ran.code, "all its keys are new" in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("seconds", "age"),
    [
        *((0, "less than a minute old"), (59, "less than a minute old")),
        *((60, "1 minute old"), (7200, "2 hours old")),
    ],
)
def test_the_age_of_a_copy_is_told_as_people_do(one: Cli, seconds: int, age: str):
    added(one)
    ran = one("issuer", "registry", "list", now=NOW + timedelta(seconds=seconds))
    assert ran.rows[0][2] == age

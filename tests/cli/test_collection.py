"""Do collections keep their members, their order, and nothing that was deleted?"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.listing.kept_collections import (
    COLLECTIONS,
    collection_of,
    member_of,
)
from credwallet.errors import CredwalletError
from credwallet.store import open_vault
from tests.cli.badges import document, good, sign, signed_badge
from tests.cli.runner import DOCUMENTS, PASSPHRASE, Cli, new_wallet
from tests.cli.test_portfolio import here, names
from tests.cli.test_share import answer
from tests.store.wallets import EMPTY

__all__ = ("here",)

CHARTS, CLEANING, PYTHON = "Honest Charts", "Cleaning Data", "Python for Analysis"


@pytest.fixture
def job(filled: Cli) -> Cli:
    """A wallet with a collection that is not in the order of names."""
    ran = filled("collection", "add", "job", PYTHON, CHARTS, CLEANING)
    assert ran.code == 0, ran
    return filled


def members(cli: Cli, name: str = "job") -> list[str]:
    found = cli("collection", "show", name, "--json").data["collection"]
    return [row["name"] for row in found["credentials"]]


def listed(cli: Cli, *argv: object) -> list[str]:
    ran = cli("list", *argv, "--json")
    assert ran.code == 0, ran
    return [row["name"] for row in ran.data["credentials"]]


def test_members_stand_in_the_order_of_their_adding(job: Cli):
    assert members(job) == [PYTHON, CHARTS, CLEANING]
    assert [row[1] for row in job("collection", "show", "job").rows] == members(job)
    assert listed(job, "--collection", "job") == members(job)
    assert listed(job, "--collection", "job", "--sort", "name") == sorted(members(job))


def test_adding_says_what_is_new_and_adds_once(job: Cli):
    ran = job("collection", "add", "job", CLEANING, "Privacy Basics")
    assert [row[1] for row in ran.rows] == ["was in it", "added"]
    assert members(job) == [PYTHON, CHARTS, CLEANING, "Privacy Basics"]


def test_several_collections_let_through_what_is_in_any_of_them(job: Cli):
    job("collection", "add", "other", "Privacy Basics", PYTHON)
    both = ("--collection", "other", "--collection", "job")
    assert listed(job, *both) == ["Privacy Basics", PYTHON, CHARTS, CLEANING]
    assert listed(job, *both, "--issuer", "harbour") == ["Privacy Basics", CLEANING]


def test_members_are_taken_out_one_by_one_or_all_at_once(job: Cli):
    ran = job("collection", "remove", "job", CHARTS)
    assert ran.rows == [[job.handle(CHARTS), "taken out", CHARTS]]
    assert members(job) == [PYTHON, CLEANING]
    assert job("collection", "remove", "job").rows == [["job", "removed"]]
    assert job("collection", "show", "job").code == 5
    assert len(listed(job)) == 5


def test_the_list_says_how_many_each_holds(job: Cli):
    job("collection", "add", "a b", CHARTS)
    assert job("collection", "list").rows == [
        ["a b", "1", "0", "0"],
        ["job", "3", "0", "0"],
    ]
    job("remove", CHARTS)
    assert job("collection", "list").rows == [
        ["a b", "0", "1", "0"],
        ["job", "2", "1", "0"],
    ]


def test_what_is_in_the_trash_stays_a_member_and_is_not_shown(job: Cli):
    handle = job.handle(CHARTS)
    job("remove", CHARTS)
    assert members(job) == [PYTHON, CLEANING]
    assert f"in the trash: {handle}" in job("collection", "show", "job").err
    assert listed(job, "--collection", "job") == [PYTHON, CLEANING]
    assert listed(job, "--collection", "job", "--trash") == [CHARTS]
    job("restore", CHARTS)
    assert members(job) == [PYTHON, CHARTS, CLEANING]


def test_what_is_purged_leaves_no_trace_in_any_collection(job: Cli):
    job("remove", CHARTS)
    job("purge", CHARTS, "--yes")
    assert members(job) == [PYTHON, CLEANING]
    with open_vault(job.home, passphrase=PASSPHRASE) as vault:
        assert CHARTS.encode() not in vault.documents(COLLECTIONS)["job"]
    assert job("collection", "list").rows == [["job", "2", "0", "0"]]


def test_a_purge_that_is_declined_changes_nothing(job: Cli):
    job("remove", CHARTS)
    assert job("purge", CHARTS, "--no-input").code == 2
    assert job("collection", "list").rows == [["job", "2", "1", "0"]]


def test_a_newer_copy_takes_the_place_of_the_member(empty: Cli):
    empty("import", "-", stdin=signed_badge(100, name="Old"))
    empty("collection", "add", "job", "Old")
    newer = document(100, name="New", validFrom="2026-05-01T00:00:00Z")
    empty("import", "-", stdin=json.dumps(sign(newer)).encode())
    assert members(empty) == ["New"]


def test_a_collection_goes_along_in_an_export_of_ours(job: Cli):
    path = job.folder / "wallet.tar"
    job("export", "--all", "--format", "credwallet", "--out", path)
    folder = job.folder / "elsewhere"
    folder.mkdir()
    new_wallet(folder)
    other = Cli(folder)
    ran = other("import", path, "--restore", "--documents", DOCUMENTS)
    assert "collections (1)" in ran.err
    assert members(other) == [PYTHON, CHARTS, CLEANING]


def test_a_member_that_never_came_is_named(job: Cli):
    with open_vault(job.home, passphrase=PASSPHRASE) as vault:
        data = vault.documents(COLLECTIONS)["job"]
    folder = job.folder / "elsewhere"
    folder.mkdir()
    with open_vault(new_wallet(folder), passphrase=PASSPHRASE) as vault:
        vault.put_document(COLLECTIONS, "job", data)
    other = Cli(folder)
    ran = other("collection", "show", "job")
    assert (ran.code, ran.out) == (0, "")
    assert f"3 credentials of it no longer in the wallet: {PYTHON}" in ran.err
    assert other("collection", "list").rows == [["job", "0", "0", "3"]]
    assert other("collection", "remove", "job", "--gone").code == 0
    assert other("collection", "list").rows == [["job", "0", "0", "0"]]


def test_a_collection_is_shared_in_its_order(job: Cli, here):
    ran = job(
        *("share", CLEANING, "--collection", "job", "--as", "html"),
        *("--out", here / "p.html", "--yes"),
    )
    assert ran.code == 0, ran
    assert names(here / "p.html") == [CLEANING, PYTHON, CHARTS]


def test_a_portfolio_of_a_collection_keeps_its_order(job: Cli, here):
    job("collection", "add", "job", "Statistics One")
    ran = job("portfolio", "--collection", "job", "--out", "p.html", "--yes")
    assert ran.code == 0, ran
    assert names(here / "p.html") == [PYTHON, CHARTS, CLEANING]
    assert "left out" in ran.err


def test_a_collection_is_exported_and_verified(job: Cli):
    out = job.folder / "out"
    ran = job("export", "--collection", "job", "--out", out)
    assert ran.code == 0, ran
    assert len(list(out.iterdir())) == 3
    packed = job.folder / "job.zip"
    ran = job(
        *("export", "--collection", "job", "--format", "zip", "--out", packed, "--json")
    )
    assert ran.data["credentials"] == 3
    ran = job("verify", "--collection", "job", "--documents", DOCUMENTS, "--json")
    assert [row["name"] for row in ran.data["reports"]] == [PYTHON, CHARTS, CLEANING]


def test_a_file_called_like_a_handle_is_not_verified_in_its_place(
    job: Cli, here, tmp_path
):
    for name in (PYTHON, CHARTS, CLEANING):
        (here / job.handle(name)).write_bytes(good(tmp_path).read_bytes())
    ran = job("verify", "--collection", "job", "--documents", DOCUMENTS, "--json")
    assert [row["name"] for row in ran.data["reports"]] == [PYTHON, CHARTS, CLEANING]


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        (["collection", "add", "job", "zzzz"], 5, "zzzz"),
        (["collection", "add", "  ", CHARTS], 2, "is no name for a collection"),
        (["collection", "add", "x" * 65, CHARTS], 2, "is no name"),
        (["collection", "add", "a\tb", CHARTS], 2, "is no name"),
        (["collection", "add", "--", "-x", CHARTS], 2, "is no name"),
        (["collection", "show", "nope"], 5, "there is no collection nope"),
        (["collection", "remove", "nope"], 5, "there is no collection nope"),
        (["collection", "remove", "job", "Privacy Basics"], 5, "is not in the coll"),
        (["list", "--collection", "nope"], 5, "there is no collection nope"),
        (["share", "--collection", "nope", "--yes"], 5, "there is no collection"),
        (["share", "--yes"], 2, "say which credentials to share"),
        (["export", "--collection", "nope", "--out", "x"], 5, "there is no coll"),
        (["export", "--collection", "job", "--all", "--out", "x"], 2, "a filter"),
        (["verify", "--collection", "nope"], 5, "there is no collection"),
        (["verify", "--collection", "job", "--all"], 2, "leaves nothing to name"),
        (["portfolio", "--collection", "nope", "--out", "x"], 5, "there is no coll"),
    ],
)
def test_what_makes_no_sense_is_refused(job: Cli, argv, code: int, word: str):
    ran = job(*argv)
    assert (ran.code, ran.out) == (code, "")
    assert word in ran.err
    assert members(job) == [PYTHON, CHARTS, CLEANING]


def test_what_is_in_the_trash_cannot_be_added(filled: Cli):
    filled("remove", CHARTS)
    ran = filled("collection", "add", "job", CHARTS)
    assert ran.code == 5
    assert "credwallet restore" in ran.err


def test_an_empty_collection_shares_nothing(job: Cli):
    for name in (PYTHON, CHARTS, CLEANING):
        job("collection", "remove", "job", name)
    for argv in (
        ["share", "--collection", "job", "--yes"],
        ["export", "--collection", "job", "--out", "x"],
        ["verify", "--collection", "job"],
        ["portfolio", "--collection", "job", "--out", "x"],
    ):
        assert job(*argv).code == 5, argv


def test_no_collections_are_no_error(filled: Cli):
    ran = filled("collection", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "collection add" in ran.err


GOOD = {"issuer": "i", "id": "d", "sha256": "s", "name": "n"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("job", None),
        ("job", []),
        ("job", {}),
        ("job", {"members": 7}),
        ("job", {"members": [7]}),
        ("job", {"members": [{}]}),
        ("job", {"members": [{**GOOD, "id": 7}]}),
        ("job", {"members": [{**GOOD, "more": "x"}]}),
        ("job", {"members": [], "more": 1}),
        ("job", {"members": [GOOD] * 10_001}),
        (" job", {"members": []}),
        ("a\nb", {"members": []}),
        ("", {"members": []}),
    ],
)
def test_what_is_no_collection_stays_out_of_the_wallet(name: str, said):
    with pytest.raises((ValueError, CredwalletError)):
        collection_of(name, json.dumps(said).encode())


@given(st.binary(max_size=60))
def test_any_bytes_are_a_collection_or_refused(data: bytes):
    try:
        collection_of("job", data)
    except (ValueError, CredwalletError):
        return
    raise AssertionError(data)


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_a_member_goes_by_its_identifier_else_by_its_bytes(issuer, name, digest):
    member = member_of(EMPTY._replace(issuer_id=issuer, id=name, sha256=digest))
    expected = (issuer, name) if issuer and name else ("", digest)
    assert member.key == expected


def test_answers_are_not_needed_to_collect(job: Cli, monkeypatch):
    answer(monkeypatch, "n")
    assert job("collection", "remove", "job").code == 0

"""Is a saved filter what its options were, and never more than that?"""

import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.listing.filtering import Filter, Sort
from credwallet.cli.listing.kept_filters import (
    FILTERS,
    FLAGS,
    filter_json,
    filter_of,
    words_of,
)
from credwallet.errors import CredwalletError
from credwallet.model.report import Verdict
from credwallet.store import open_vault
from tests.cli.runner import PASSPHRASE, Cli
from tests.cli.test_collection import listed
from tests.cli.test_portfolio import here, names

__all__ = ("here",)

CHARTS, CLEANING, PYTHON = "Honest Charts", "Cleaning Data", "Python for Analysis"
PRIVACY, STATISTICS = "Privacy Basics", "Statistics One"


@pytest.fixture
def north(filled: Cli) -> Cli:
    """A wallet with a saved filter."""
    ran = filled(
        *("list", "--issuer", "northlight", "--verdict", "valid"),
        *("--sort", "until", "--save", "north"),
    )
    assert ran.code == 0, ran
    assert "filter north saved" in ran.err
    return filled


def test_saving_lists_as_well(filled: Cli):
    ran = filled("list", "--query", "chart", "--save", "c", "--json")
    assert [row["name"] for row in ran.data["credentials"]] == [CHARTS]
    assert ran.data["saved"] == {"filter": "c", "is": "saved"}
    again = filled("list", "--query", "data", "--save", "c", "--json")
    assert again.data["saved"] == {"filter": "c", "is": "replaced"}
    assert "saved" not in filled("list", "--json").data


def test_a_saved_filter_lets_through_what_its_options_do(north: Cli):
    assert listed(north, "--filter", "north") == [CHARTS, PYTHON]


def test_an_option_of_the_run_wins_over_the_saved_one(north: Cli):
    assert listed(north, "--filter", "north", "--verdict", "revoked") == [STATISTICS]
    assert listed(north, "--issuer", "harbour", "--filter", "north") == [CLEANING]
    assert listed(north, "--filter", "north", "--query", "python") == [PYTHON]


def test_a_filter_can_be_saved_from_a_saved_one(north: Cli):
    north("list", "--filter", "north", "--query", "python", "--save", "py")
    assert listed(north, "--filter", "py") == [PYTHON]
    assert listed(north, "--filter", "north") == [CHARTS, PYTHON]


def test_tags_and_collections_are_kept_and_replaced_as_a_whole(filled: Cli):
    filled("tag", CHARTS, "--add", "a", "--add", "b")
    filled("tag", CLEANING, "--add", "a")
    filled("collection", "add", "job", CLEANING, CHARTS)
    filled("list", "--tag", "a", "--tag", "b", "--save", "both")
    assert listed(filled, "--filter", "both") == [CHARTS]
    assert listed(filled, "--filter", "both", "--tag", "a") == [CLEANING, CHARTS]
    filled("list", "--collection", "job", "--save", "job")
    assert listed(filled, "--filter", "job") == [CLEANING, CHARTS]
    filled("collection", "remove", "job")
    ran = filled("list", "--filter", "job")
    assert ran.code == 5
    assert "there is no collection job" in ran.err


def test_the_list_of_filters_spells_options_that_a_shell_reads_back(filled: Cli):
    filled("list", "--query", "it's a; rm -rf", "--tag", "a b", "--save", "x y")
    ((name, options),) = filled("filter", "list").rows
    assert name == "x y"
    words = shlex.split(options)
    assert words == ["--tag", "a b", "--query", "it's a; rm -rf"]
    assert filled("list", *words).code == 0
    assert filled("filter", "list", "--json").data == {
        "filters": [
            {"name": "x y", "filter": {"tags": ["a b"], "query": "it's a; rm -rf"}}
        ]
    }


def test_a_filter_is_removed_and_no_credential_with_it(north: Cli):
    assert north("filter", "remove", "north").rows == [["north", "removed"]]
    assert north("filter", "remove", "north").code == 5
    assert north("list", "--filter", "north").code == 5
    assert len(listed(north)) == 5


def test_no_filters_are_no_error(filled: Cli):
    ran = filled("filter", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "--save" in ran.err


def test_a_saved_filter_works_in_the_other_commands(north: Cli, here):
    ran = north("portfolio", "--filter", "north", "--out", "p.html", "--yes")
    assert ran.code == 0, ran
    assert sorted(names(here / "p.html")) == [CHARTS, PYTHON]
    assert len(north("export", "--filter", "north", "--out", "out").rows) == 2
    assert {row[3] for row in north("timeline", "--filter", "north").rows} == {
        CHARTS,
        PYTHON,
    }
    ran = north("verify", "--filter", "north", "--json")
    assert len(ran.data["reports"]) == 2


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (["--save", "x"], "there is nothing to save"),
        (["--tag", "a", "--trash", "--save", "x"], "the trash cannot be part"),
        (["--tag", "a", "--save", ""], "is no name for a filter"),
        (["--tag", "a", "--save", "-x"], "is no name for a filter"),
        (["--tag", "a", "--save", "x" * 65], "is no name for a filter"),
        (["--tag", "a", "--save", "a\nb"], "is no name for a filter"),
        (["--expiring", "soon", "--save", "x"], "is no span of time"),
        (["--query", "x" * 4097, "--save", "x"], "longer than"),
    ],
)
def test_what_cannot_be_saved_is_refused(filled: Cli, argv: list[str], word: str):
    ran = filled("list", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert word in ran.err
    assert filled("filter", "list").out == ""


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {},
        {"trash": True},
        {"issuer": 7},
        {"issuer": None},
        {"tags": "a"},
        {"tags": []},
        {"tags": ["a", 7]},
        {"verdict": "splendid"},
        {"sort": "luck"},
        {"expiring": "soon"},
        {"query": "x" * 4097},
        {"query": "x", "more": "y"},
    ],
)
def test_what_is_no_filter_stays_out_of_the_wallet(said):
    with pytest.raises((ValueError, CredwalletError)):
        filter_of("x", json.dumps(said).encode())


@given(st.binary(max_size=60))
def test_any_bytes_are_a_filter_or_refused(data: bytes):
    try:
        filter_of("x", data)
    except (ValueError, CredwalletError):
        return
    raise AssertionError(data)


TEXTS = st.one_of(st.none(), st.text(min_size=1, max_size=20))
WISHES = st.builds(
    Filter,
    issuer=TEXTS,
    skill=TEXTS,
    tags=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    kind=TEXTS,
    verdict=st.one_of(st.none(), st.sampled_from(Verdict)),
    expiring=st.one_of(st.none(), st.sampled_from(["60d", "8w"])),
    query=TEXTS,
    collections=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    sort=st.one_of(st.none(), st.sampled_from(Sort)),
    trash=st.just(False),
).filter(lambda wish: bool(filter_json(wish)))


@given(WISHES)
def test_a_filter_reads_back_as_it_was(wish: Filter):
    data = json.dumps(filter_json(wish)).encode()
    assert filter_of("x", data) == wish
    words = words_of(wish)
    assert len(words) % 2 == 0
    assert set(words[::2]) <= set(FLAGS.values())


def test_a_filter_of_a_stranger_s_export_that_cannot_be_read_stays_out(filled: Cli):
    path = filled.folder / "wallet.tar"
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        vault.put_document(FILTERS, "good", b'{"query": "x"}')
        vault.put_document(FILTERS, "bad", b'{"verdict": "splendid"}')
    filled("export", "--all", "--format", "credwallet", "--out", path)
    for name in ("good", "bad"):
        with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
            vault.remove_document(FILTERS, name)
    ran = filled("import", path, "--restore")
    assert "cannot be read: filters bad" in ran.err
    assert [row[0] for row in filled("filter", "list").rows] == ["good"]

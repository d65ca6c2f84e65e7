"""Can a learner start a qualification file from one of the examples?"""

from pathlib import Path

import pytest

from credwallet.stacking.examples import EXAMPLES, example
from tests.cli.runner import Cli


def test_they_are_listed_with_what_they_rest_on(cli: Cli):
    ran = cli("qualification", "examples")
    assert [row[0] for row in ran.rows] == list(EXAMPLES)
    assert {row[1] for row in ran.rows} == {"estimate", "rule"}
    rows = cli("qualification", "examples", "--json").data["examples"]
    assert [row["id"] for row in rows] == list(EXAMPLES)
    assert all(row["readOn"] == "2026-12-01" for row in rows)
    page = cli("qualification", "examples", terminal=True, env={"NO_COLOR": "1"})
    assert all(len(line) <= 80 for line in page.out.splitlines())


@pytest.mark.parametrize("name", EXAMPLES)
def test_one_is_printed_as_it_stands_so_that_it_can_be_kept(
    cli: Cli, tmp_path: Path, name: str
):
    ran = cli("qualification", "examples", name)
    assert (ran.code, ran.out) == (0, example(name))
    mine = tmp_path / "my.toml"
    mine.write_text(ran.out)
    lint = cli("qualification", "lint", mine)
    assert (lint.code, lint.out) == (0, "")
    data = cli("qualification", "examples", name, "--json").data
    assert data["toml"] == example(name)


def test_add_keeps_one_or_a_folder_of_them(empty: Cli):
    ran = empty("qualification", "examples", "comptia", "my/diploma", "--add")
    assert [row[0] for row in ran.rows] == list(EXAMPLES[:13])
    assert {row[2] for row in ran.rows} == {"added"}
    kept = empty("qualification", "list", "--json").data["qualifications"]
    assert {row["id"] for row in kept} == set(EXAMPLES[:13])
    again = empty("qualification", "examples", "my/diploma", "--add", "--json")
    assert [row["is"] for row in again.data["examples"]] == ["replaced"]
    assert empty("qualification", "show", "my/diploma").out == example("my/diploma")


def test_one_that_was_added_can_be_asked_about_at_once(empty: Cli, tmp_path: Path):
    empty("qualification", "examples", "comptia/cios", "--add")
    assumed = tmp_path / "assumed.toml"
    assumed.write_text(
        'format = "credwallet-what-if/1"\n[[credential]]\nid = "a"\n'
        'achievement = "https://example.org/comptia/a-plus"\n'
    )
    ran = empty("stack-progress", "comptia/cios", "--what-if", assumed, "--json")
    (row,) = ran.data["qualifications"]
    assert (row["percent"], row["missing"][0]["requirement"]) == (50, "network-plus")


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["nothing"], 5),
        (["comptia"], 2),
        (["--add"], 2),
        (["../policies/nz"], 5),
    ],
    ids=["unknown", "several at once", "nothing to add", "no example"],
)
def test_what_makes_no_sense_is_refused_in_one_line(empty: Cli, argv, code):
    ran = empty("qualification", "examples", *argv)
    assert (ran.code, ran.out) == (code, "")
    assert len(ran.err.splitlines()) == 2

"""Does `qualification import` print, write and keep drafts, and say what is missing?"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.runner import Cli
from tests.stacking.ctdl import component, condition, pathway
from tests.stacking.test_drafts_credentials import record


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A pathway with one thing that cannot be carried over."""
    document = pathway(
        component("a", precedes=["https://r.example/resources/b"]),
        component("b"),
        conditions=[condition("a", "b", requiredNumber=1)],
    )
    path = tmp_path / "pathway.json"
    path.write_text(json.dumps(document))
    return path


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """A record with two wholes."""
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record("a isPartOf b", "b isPartOf c")))
    return path


def test_the_draft_goes_to_stdout_and_the_rest_to_stderr(cli: Cli, file: Path):
    ran = cli("qualification", "import", file)
    assert ran.code == 0
    assert ran.out.startswith("# Draft of 2026-11-25, from pathway.json (CTDL Pathway)")
    assert "read_on = 2026-11-25" in ran.out.splitlines()
    counts, note = ran.err.splitlines()
    assert counts.startswith("credwallet: a draft, nothing was verified: 5 constructs")
    assert counts.endswith(" carried over, 0 for people to check, 1 left out")
    assert note == "credwallet: left out: order: A comes before B"
    assert not cli.home.exists()


def test_what_was_printed_can_be_used_at_once(cli: Cli, file: Path, tmp_path: Path):
    mine = tmp_path / "mine.toml"
    mine.write_bytes(cli("qualification", "import", file).raw)
    assert cli("qualification", "lint", mine).code == 0
    ran = cli("stack-progress", "--no-wallet", "--qualification", mine)
    assert (ran.code, ran.rows[0][0]) == (0, "ce-p")


def test_json_holds_the_file_the_notes_and_the_counts(cli: Cli, file: Path):
    printed = cli("qualification", "import", file)
    ran = cli("qualification", "import", file, "--json")
    (found,) = ran.data["qualifications"]
    assert found["id"] == "ce-p"
    assert found["toml"].encode() == printed.raw
    assert found["notes"] == ["left out: order: A comes before B"]
    assert found["counts"] == {"carried": 5, "manual": 0, "left": 1}
    assert (found["path"], found["is"]) == (None, "drafted")
    assert ran.err == ""


def test_out_writes_a_file_and_never_over_another(cli: Cli, file: Path, tmp_path: Path):
    out = tmp_path / "new" / "mine.toml"
    ran = cli("qualification", "import", file, "--out", out)
    assert ran.rows == [["ce-p", "A pathway", str(out)]]
    out.write_text("mine")
    ran = cli("qualification", "import", file, "--out", out)
    assert (ran.code, ran.out, out.read_text()) == (2, "", "mine")
    assert "--force" in ran.err
    assert cli("qualification", "import", file, "--out", out, "--force").code == 0
    assert out.read_text().startswith("# Draft")


def test_add_keeps_the_draft_and_says_if_one_was_there(empty: Cli, file: Path):
    ran = empty("qualification", "import", file, "--add")
    assert ran.rows == [["ce-p", "A pathway", "added"]]
    assert empty("qualification", "list").rows == [["ce-p", "A pathway", "", "2"]]
    shown = empty("qualification", "show", "ce-p").out
    assert shown == empty("qualification", "import", file).out
    ran = empty("qualification", "import", file, "--add", "--json")
    assert ran.data["qualifications"][0]["is"] == "replaced"


def test_several_drafts_go_to_a_folder_or_the_wallet_but_not_to_stdout(
    empty: Cli, several: Path, tmp_path: Path
):
    ran = empty("qualification", "import", several)
    assert (ran.code, ran.out) == (2, "")
    assert "holds 2 sets of rules" in ran.err
    assert "--out FOLDER" in ran.err
    out = tmp_path / "drafts"
    ran = empty("qualification", "import", several, "--out", out, "--add")
    assert [(row[0], row[2]) for row in ran.rows] == [
        ("https://u.example/b", "added"),
        ("https://u.example/c", "added"),
    ]
    assert [row[3] for row in ran.rows] == [
        str(out / "https-u-example-b.toml"),
        str(out / "https-u-example-c.toml"),
    ]
    for path in out.iterdir():
        assert empty("qualification", "lint", path).code == 0
    ran = empty("qualification", "import", several, "--json")
    assert len(ran.data["qualifications"]) == 2


def test_nothing_is_written_when_one_of_several_files_is_there(
    cli: Cli, several: Path, tmp_path: Path
):
    out = tmp_path / "drafts"
    out.mkdir()
    (out / "https-u-example-c.toml").write_text("mine")
    ran = cli("qualification", "import", several, "--out", out)
    assert ran.code == 2
    assert [path.name for path in out.iterdir()] == ["https-u-example-c.toml"]


def test_a_terminal_gets_the_whole_file_line_by_line(cli: Cli, file: Path):
    ran = cli("qualification", "import", file, terminal=True)
    assert ran.out == cli("qualification", "import", file).out


def test_the_day_is_that_of_utc(cli: Cli, file: Path):
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert (
        "read_on = 2026-11-25\n" in cli("qualification", "import", file, now=late).out
    )
    later = datetime.fromisoformat("2026-11-25T20:00:00-05:00")
    assert (
        "read_on = 2026-11-26\n" in cli("qualification", "import", file, now=later).out
    )


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("junk", 3, "not a credential"),
        ('{"ceterms:name": ', 3, "not JSON"),
        ('{"ceterms:name": "x"}', 2, "does not say what an award is made of"),
    ],
    ids=["junk", "broken", "nothing in it"],
)
def test_a_file_without_rules_ends_in_one_line_and_a_next_step(
    cli: Cli, tmp_path: Path, text: str, code: int, said: str
):
    bad = tmp_path / "bad.json"
    bad.write_text(text)
    ran = cli("qualification", "import", bad)
    assert (ran.code, ran.out) == (code, "")
    error, hint = ran.err.splitlines()
    assert said in error
    assert hint.startswith("credwallet: hint: ")


def test_a_file_that_is_not_there_is_not_found(cli: Cli, tmp_path: Path):
    assert cli("qualification", "import", tmp_path / "none.json").code == 5

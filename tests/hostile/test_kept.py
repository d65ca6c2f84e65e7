"""What hostile texts do once their badges are kept, listed, shared and exported."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.runner import Cli, new_wallet
from tests.hostile.corpus import hostile_files
from tests.hostile.running import raw_characters

SHOWN = tuple(file for file in hostile_files() if file.group == "showing")
TOO_LONG = tuple(file for file in SHOWN if "/two-mebibytes/" in file.id)
KEPT = tuple(file for file in SHOWN if file not in TOO_LONG)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A wallet that keeps the badges with hostile texts: their signatures are good."""
    cli = Cli(tmp_path_factory.mktemp("kept"))
    new_wallet(cli.folder)
    folder = cli.folder / "badges"
    folder.mkdir()
    for number, file in enumerate(SHOWN):
        (folder / f"{number}{file.suffix}").write_bytes(file.data)
    ran = cli("import", folder, "--json")
    # What is listed of one credential has a limit, and the others do not suffer for it.
    problems = json.loads(ran.out)["problems"]
    assert len(problems) == len(TOO_LONG)
    assert all("is larger than" in told["title"] for told in problems)
    return cli


@pytest.fixture(scope="module")
def handles(place: Cli) -> tuple[str, ...]:
    """The handle of each of them."""
    found = place("list", "--json").data["credentials"]
    return tuple(row["handle"] for row in found)


def test_every_such_badge_is_kept(handles):
    assert len(handles) == len(KEPT)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_list_of_them_is_one_line_each(place: Cli, terminal):
    ran = place("list", terminal=terminal)

    assert ran.code == 0
    assert not raw_characters(ran.out + ran.err)
    assert terminal or len(ran.out.splitlines()) == len(KEPT)
    assert terminal or {line.count("\t") for line in ran.out.splitlines()} == {5}


@pytest.mark.parametrize(
    ("terminal", "argv"),
    [(True, ["show"]), (False, ["share", "--as", "linkedin", "--yes"])],
)
def test_each_is_shown_and_handed_over_in_visible_characters(
    place: Cli, handles, terminal, argv
):
    for handle in handles:
        ran = place(*argv, handle, terminal=terminal)
        assert "Traceback" not in ran.err
        assert not raw_characters(ran.out + ran.err), handle


def test_exported_files_have_plain_names_in_the_folder_that_was_given(
    place: Cli, tmp_path: Path
):
    out = tmp_path / "out"
    ran = place("export", "--all", "--out", out)

    assert ran.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    names = [path.name for path in out.iterdir()]
    assert len(names) == len(KEPT)
    strange = [
        name
        for name in names
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}\.(json|jwt)", name)
    ]
    assert strange == []
    assert {path.read_bytes() for path in out.iterdir()} == {file.data for file in KEPT}

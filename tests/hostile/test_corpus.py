"""What hostile files do: nothing. Each is answered, none is obeyed, few are believed.

The corpus is made by the modules of this folder; `rows.ROWS` is its table of contents.
"""

from pathlib import Path

import pytest

from tests.cli.runner import Cli
from tests.hostile import page
from tests.hostile.answering import PUBLIC, answer
from tests.hostile.corpus import control_files, hostile_files
from tests.hostile.defects import DEFECTS
from tests.hostile.hostile_file import HostileFile
from tests.hostile.rows import GROUPS, ROWS
from tests.hostile.running import (
    DEFECT,
    MEBIBYTES,
    problem_types,
    raw_characters,
    reports,
    run,
    run_apart,
)

EVERY = (*hostile_files(), *control_files())


def _parameters(files) -> list:
    return [
        pytest.param(
            file,
            id=file.id,
            marks=[pytest.mark.xfail(strict=True, reason=DEFECTS[file.id])]
            if file.id in DEFECTS
            else [],
        )
        for file in files
    ]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A command line in a folder that all files of the corpus share."""
    return Cli(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize(
    "file", _parameters(f for f in EVERY if not f.unpacked_by_the_command)
)
def test_each_file_gets_its_verdict_and_no_forbidden_host_is_asked(file: HostileFile):
    found = answer(file)

    assert found.verdict in file.verdicts, found
    assert not file.problem or file.problem in found.problems, found
    assert not [url for url in found.asked if "never.example" in url]
    assert set(found.connected) <= {PUBLIC}


@pytest.mark.parametrize("file", _parameters(f for f in EVERY if not f.identities))
def test_the_command_says_the_same_and_exits_with_success_for_good_files_only(
    place: Cli, file: HostileFile
):
    ran = run(place, file, "--json")

    assert ran.code != DEFECT, ran.err
    assert "Traceback" not in ran.err
    assert ran.raw.isascii()
    verdicts = {report["verdict"] for report in reports(ran.json)}
    if file.expect == "reject":
        assert ran.code != 0, ran
        assert file.unpacked_by_the_command or "valid" not in verdicts, verdicts
    elif file.expect == "warn":
        assert ran.code != 0 or file.problem in problem_types(ran.json), ran
    else:
        assert ran.code == 0, ran


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
@pytest.mark.parametrize("file", [pytest.param(f, id=f.id) for f in EVERY])
def test_no_file_reaches_the_terminal_raw(place: Cli, file: HostileFile, terminal):
    ran = run(place, file, terminal=terminal)

    assert ran.code != DEFECT, ran.err
    assert "Traceback" not in ran.err
    assert not raw_characters(ran.out)
    # Progress goes back to the start of its line; nothing foreign is in it.
    assert not raw_characters(ran.err.replace("\r", ""))
    # No name fills the screen; an address may be long, and stays whole.
    assert not terminal or len(ran.out) < 100_000


@pytest.mark.parametrize(
    "file",
    [pytest.param(f, id=f.id) for f in EVERY if f.costly or len(f.data) > 100_000],
)
def test_what_is_meant_to_be_expensive_stays_within_the_limits(
    file: HostileFile, tmp_path: Path
):
    cost = run_apart(file, tmp_path)

    assert cost.code is not None, "stopped at a limit"
    assert cost.code != DEFECT, cost.err
    assert (cost.code == 0) <= (file.expect != "reject"), cost.out[:2000]
    assert cost.mebibytes < MEBIBYTES
    assert "Traceback" not in cost.err


def test_every_row_of_the_threat_table_has_files():
    listed = {(group, row) for group, rows in ROWS.items() for row in rows}

    assert listed == {(file.group, file.row) for file in hostile_files()}


def test_the_corpus_is_large_enough_and_each_file_stands_once():
    ids = [file.id for file in EVERY]

    assert len(hostile_files()) >= 900
    assert len(control_files()) >= 24
    assert len(set(ids)) == len(ids)
    assert all(file.why for file in EVERY)


def test_embedded_proofs_and_tokens_are_attacked_alike():
    for variant in ("eddsa-jcs-2022", "eddsa-rdfc-2022", "vc-jwt"):
        assert sum(file.id.endswith(variant) for file in hostile_files()) > 100


def test_the_page_shows_this_corpus():
    compared, _, measured = page.PAGE.read_text(encoding="utf-8").partition(
        f"\n{page.MEASURED}"
    )

    assert compared == page.page()
    # By the command that writes the page: figures vary.
    assert all(group in measured for group in ROWS)


def test_every_group_says_what_it_is_about():
    assert list(GROUPS) == list(ROWS)


def test_every_known_defect_is_a_file_of_the_corpus():
    assert set(DEFECTS) <= {file.id for file in EVERY}

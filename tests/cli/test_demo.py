"""Does the demo tell its story to the end, offline, and leave nothing behind?"""

import json
import tempfile
from pathlib import Path

import pytest

from credwallet.cli import demo
from credwallet.cli.demo import STORY
from tests.cli.runner import Cli


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the demo prints, told once for the tests that only read it."""
    return Cli(tmp_path_factory.mktemp("told"))("demo").out


def no_network():
    raise AssertionError("the demo works offline")


def test_the_demo_runs_to_its_end_and_leaves_nothing_behind(
    cli: Cli, temporary: Path, monkeypatch
):
    monkeypatch.chdir(cli.folder)
    ran = cli("demo", network=no_network)
    assert ran.code == 0
    assert ran.out.endswith(
        "Your own wallet starts with: credwallet import badge.json\n"
    )
    assert list(temporary.iterdir()) == []
    assert not cli.home.exists()
    assert Path.cwd() == cli.folder


def test_every_command_is_shown_before_what_it_prints(told: str):
    lines = told.splitlines()
    shown = [index for index, line in enumerate(lines) if line.startswith("$ ")]
    assert [lines[index] for index in shown] == [
        "$ credwallet import badges --documents documents.json",
        "$ credwallet list",
        '$ credwallet verify "Statistics One" --documents documents.json',
        "$ credwallet stack-progress --qualification certificate.toml --why",
        '$ credwallet share "Cleaning Data" --qr png --out cleaning.png --yes',
    ]
    for index, after in zip(shown, [*shown[1:], len(lines)], strict=True):
        assert lines[index - 1].startswith("# ")
        assert lines[index + 1 : after - 1], lines[index]


def test_the_demo_shows_one_of_each_verdict(told: str):
    for verdict in ("valid", "invalid", "expired", "revoked"):
        assert f"\t{verdict}\t" in told
    assert "revoked by the issuer's list" in told


def test_kept_files_can_be_used_afterwards(cli: Cli, temporary: Path):
    kept = cli.folder / "kept"
    assert cli("demo", "--keep", kept).code == 0
    env = {
        "CREDWALLET_HOME": str(kept / "wallet"),
        "CREDWALLET_PASSPHRASE_FILE": str(kept / "passphrase.txt"),
    }
    assert len(cli("list", env=env).rows) == 5
    assert (kept / "cleaning.png").read_bytes().startswith(b"\x89PNG")
    assert (kept / "passphrase.txt").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_there_is_not_written_into(cli: Cli, temporary: Path):
    ran = cli("demo", "--keep", cli.folder)
    assert (ran.code, ran.out) == (2, "")
    assert "is there already" in ran.err


def test_json_is_one_document_with_every_step(cli: Cli, temporary: Path):
    ran = cli("demo", "--json")
    steps = json.loads(ran.out)["data"]["steps"]
    assert [step["command"][0] for step in steps] == [
        "import",
        "list",
        "verify",
        "stack-progress",
        "share",
    ]
    assert [step["exitCode"] for step in steps] == [step.exit_code for step in STORY]
    assert list(temporary.iterdir()) == []


def test_a_step_that_ends_otherwise_is_no_success(
    cli: Cli, temporary: Path, monkeypatch
):
    wrong = (demo.STORY[1]._replace(argv=("verify", "no-such.json")),)
    monkeypatch.setattr(demo, "STORY", wrong)
    ran = cli("demo")
    assert ran.code == 1
    assert "did not end as it should" in ran.err


def test_the_learners_own_wallet_is_not_touched(filled: Cli, temporary: Path):
    before = {path.name: path.read_bytes() for path in filled.home.iterdir()}
    assert filled("demo").code == 0
    assert {path.name: path.read_bytes() for path in filled.home.iterdir()} == before

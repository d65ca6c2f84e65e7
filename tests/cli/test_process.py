"""Does the process itself behave: pipes that close, disks that fill, defects?"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import Cli

COMMAND = [sys.executable, "-m", "credwallet"]


def environ(cli: Cli, **more: str) -> dict[str, str]:
    cli("help")  # writes the passphrase's file
    return {
        **os.environ,
        "CREDWALLET_HOME": str(cli.home),
        "CREDWALLET_PASSPHRASE_FILE": str(cli.folder / "passphrase.txt"),
        **more,
    }


def run(cli: Cli, *argv: str, more: dict[str, str] | None = None, **how):
    return subprocess.run(
        [*COMMAND, *argv],
        env=environ(cli, **(more or {})),
        capture_output="stdout" not in how,
        check=False,
        **how,
    )


def test_the_command_lists_the_same_as_in_process(filled: Cli):
    ran = run(filled, "list")
    assert (ran.returncode, ran.stderr) == (0, b"")
    # The clock of the process is the real one, so the verdicts may have aged.
    assert [line.split(b"\t")[:5] for line in ran.stdout.splitlines()] == [
        [value.encode() for value in row[:5]] for row in filled("list").rows
    ]


@pytest.mark.skipif(os.name != "posix", reason="shells of POSIX")
def test_a_reader_that_goes_away_is_no_error(filled: Cli):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            [*COMMAND, "list"],
            env=environ(filled),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("argv", [["list"], ["list", "--json"], ["help", "exit-codes"]])
def test_a_full_disk_behind_stdout_is_a_storage_failure(filled: Cli, argv: list[str]):
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, *argv],
            env=environ(filled),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.returncode == 11
    what, next_step = ran.stderr.decode().splitlines()
    assert what == "credwallet: error: the system said no: No space left on device"
    assert next_step.startswith("credwallet: hint: ")


def test_an_ascii_locale_gets_ascii(filled: Cli):
    filled("tag", "Cleaning Data", "--add", "żółć")
    ran = run(filled, "show", "Cleaning Data", more={"PYTHONIOENCODING": "ascii"})
    assert ran.returncode == 0
    assert ran.stdout.isascii()
    assert b"\\u017c" in ran.stdout


DEFECT = """\
import sys
from credwallet.cli import running
from credwallet.cli.listing import work as listing
def broken(*_):
    raise KeyError("the secret of the wallet")
listing.run = broken
sys.argv = ["credwallet", *sys.argv[1:]]
sys.exit(running.main())
"""


def test_a_defect_of_ours_is_two_lines_without_a_traceback_or_a_secret(cli: Cli):
    ran = subprocess.run(
        [sys.executable, "-c", DEFECT, "list"],
        env=environ(cli),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [
        "credwallet: error: a defect of credwallet itself (KeyError)",
        "credwallet: hint: run it again with --verbose and report what it prints",
    ]


def test_a_defect_of_ours_is_one_json_document_too(cli: Cli):
    ran = subprocess.run(
        [sys.executable, "-c", DEFECT, "list", "--json"],
        env=environ(cli),
        capture_output=True,
        text=True,
        check=False,
    )
    document = json.loads(ran.stdout)
    assert (document["schema"], document["exitCode"]) == ("credwallet/1", 1)
    assert "secret" not in ran.stdout + ran.stderr


def test_verbose_shows_the_traceback_to_report(cli: Cli):
    ran = subprocess.run(
        [sys.executable, "-c", DEFECT, "list", "--verbose"],
        env=environ(cli),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "Traceback" in ran.stderr


INTERRUPT = """\
import os, signal, sys
from credwallet.cli import running
from credwallet.cli.listing import work as listing
def interrupted(*_):
    os.kill(os.getpid(), signal.SIGINT)
    import time
    time.sleep(10)
listing.run = interrupted
sys.argv = ["credwallet", *sys.argv[1:]]
sys.exit(running.main())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of POSIX")
def test_an_interrupt_is_130_and_one_json_document(cli: Cli):
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPT, "list", "--json"],
        env=environ(cli),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 130
    assert json.loads(ran.stdout)["exitCode"] == 130
    assert "Traceback" not in ran.stderr

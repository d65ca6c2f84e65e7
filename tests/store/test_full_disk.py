"""A disk without room: said with exit code 11, and everything can still be read.

On a real full file system if we may mount one (root, Linux); else by the limit of the
size of a file in `test_crashes.py`, and by the faulty disk in `faults/`.
"""

import os
import shutil
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks.badges import variant
from tests.cli.runner import Cli, new_wallet
from tests.store.crashes import TIDY

STORAGE = 11


@pytest.fixture
def small(tmp_path):
    """Give a file system of 2 MB."""
    mount = shutil.which("mount")
    if sys.platform != "linux" or os.geteuid() != 0 or mount is None:
        pytest.skip("only root on Linux can mount a small file system")
    folder = tmp_path / "small"
    folder.mkdir()
    options = [mount, "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", str(folder)]
    if subprocess.run(options, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def badges(tmp_path):
    """Give ten badges, each in a file of its own."""
    key = Ed25519PrivateKey.generate()
    files = [tmp_path / f"{number}.json" for number in range(10)]
    for number, file in enumerate(files):
        file.write_bytes(variant(number, key))
    return files


def fill(folder):
    """Take all the room that is left."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (64 * 1024, 4096):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass


def listed(run):
    ran = run("list", "--json")
    assert ran.code == 0, ran.err
    return {row["id"] for row in ran.data["credentials"]}


def test_without_room_nothing_is_stored_and_everything_can_be_read(small, badges):
    new_wallet(small)
    run = Cli(small)
    assert run("import", badges[0]).code == 0
    before = listed(run)
    fill(small)
    for argv in (("import", *badges[1:]), ("remove", next(iter(before)))):
        ran = run(*argv)
        assert (ran.code, "no space" in ran.err) == (STORAGE, True), ran.err
        assert listed(run) == before
    assert run("show", next(iter(before))).code == 0
    (small / "filler").unlink()
    assert run("import", *badges).code == 0
    assert len(listed(run)) == 10
    assert {path.name for path in (small / "wallet").iterdir()} <= TIDY

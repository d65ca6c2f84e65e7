"""Does each kind of run import only what it needs?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.badges import good
from tests.cli.runner import Cli

# Not `-X importtime`: it does not see what `importlib.import_module` imports.
PROBE = """\
import sys
before = set(sys.modules)
where, *sys.argv[1:] = sys.argv[1:]
from credwallet.__main__ import main
code = main()
with open(where, "w") as file:
    file.write("\\n".join(sorted(set(sys.modules) - before)))
sys.exit(code)
"""
# Each costs as much as a good part of Python's own start.
HEAVY = {
    *("asyncio", "concurrent", "ctypes", "dataclasses", "email", "html", "http"),
    *("inspect", "logging", "multiprocessing", "platform", "shutil", "socket"),
    *("ssl", "subprocess", "tempfile", "textwrap", "threading", "tomllib"),
    *("traceback", "unittest", "uuid", "xml", "zipfile", "difflib", "gettext"),
}
# What answers before anything is loaded may not even have these.
NOT_AT_THE_DOOR = HEAVY | {
    *("datetime", "enum", "hashlib", "json", "pathlib", "re", "sqlite3", "typing"),
}


# The one foreign package that opening a wallet needs, with its parts in C and Rust.
CRYPTOGRAPHY = {"cryptography", "_cffi_backend", "_openssl"}


def loaded(cli: Cli, *argv: object, **environ: str) -> set[str]:
    """Run, and return the names of all modules that were imported for it."""
    cli("help", "exit-codes")  # writes the passphrase's file
    where = cli.folder / "modules.txt"
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, where, *map(str, argv)],
        env={
            **os.environ,
            "CREDWALLET_HOME": str(cli.home),
            "CREDWALLET_PASSPHRASE_FILE": str(cli.folder / "passphrase.txt"),
            "CREDWALLET_CONFIG": str(cli.folder / "config.toml"),
            **environ,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return set(where.read_text().split())


def foreign(names: set[str]) -> set[str]:
    """Return the packages among them that are neither Python's nor ours."""
    tops = {name.split(".")[0] for name in names}
    return tops - set(sys.stdlib_module_names) - {"credwallet"}


def ours(names: set[str], *layers: str) -> set[str]:
    return {name for name in names if name.startswith(tuple(layers))}


@pytest.mark.parametrize(
    "argv",
    [
        ["--version"],
        ["--help"],
        ["-h"],
        ["_complete", ""],
        ["_complete", "list", "--"],
        ["_complete", "issuer", "t"],
        ["_complete", "list", "--sort", ""],
        ["_complete", "list", "--tag", ""],
        ["list", "--help"],
        ["issuer", "registry", "add", "-h"],
        ["--offline", "show", "k7wq", "--help"],
        ["list", "--tag", "x", "--help"],
    ],
)
def test_what_is_baked_is_answered_before_anything_is_loaded(cli: Cli, argv: list[str]):
    names = loaded(cli, *argv)
    assert foreign(names) == set()
    assert names & NOT_AT_THE_DOOR == set()
    assert ours(names, "credwallet") <= {
        "credwallet",
        "credwallet.__main__",
        "credwallet.cli",
        "credwallet.cli.fast",
        "credwallet.cli.baked",
        "credwallet.cli.helping",
        "credwallet.cli.helping.offering",
        "credwallet.cli.helping.wallet_folder",
    }


def test_completing_handles_reads_a_file_and_loads_nothing(filled: Cli):
    names = loaded(filled, "_complete", "show", "")
    assert foreign(names) == set()
    assert names & NOT_AT_THE_DOOR == set()
    assert not ours(names, "credwallet.store", "credwallet.errors")


def test_completing_handles_without_an_index_loads_no_keys(filled: Cli):
    (filled.home / "completion.txt").unlink()
    names = loaded(filled, "_complete", "show", "")
    assert foreign(names) == set()
    assert names & (HEAVY | {"json", "hashlib"}) == set()
    assert "sqlite3" in names


def test_listing_loads_the_store_and_one_foreign_package(filled: Cli):
    names = loaded(filled, "list")
    assert foreign(names) <= CRYPTOGRAPHY
    assert names & HEAVY == set()
    assert not ours(
        names,
        "cryptography.x509",
        "cryptography.hazmat.primitives.serialization",
        "cryptography.hazmat.primitives.asymmetric",
        "credwallet.verify",
        "credwallet.formats",
        "credwallet.canon",
        "credwallet.keys",
        "credwallet.proofs",
        "credwallet.status",
        "credwallet.share",
        "credwallet.stacking",
    )


def test_listing_by_the_agent_loads_what_a_socket_needs_and_no_key_derivation(
    filled: Cli,
):
    assert filled("unlock").code == 0
    runtime = str(filled.folder / "run")
    names = loaded(
        filled, "list", CREDWALLET_PASSPHRASE_FILE="", XDG_RUNTIME_DIR=runtime
    )
    filled("lock")
    assert foreign(names) <= CRYPTOGRAPHY
    assert names & HEAVY == {"socket"}
    assert not ours(
        names,
        "cryptography.hazmat.primitives.kdf",
        "credwallet.verify",
        "credwallet.cli.agent.serving",
        "credwallet.cli.agent.starting",
    )


def test_a_config_file_costs_what_reads_it_and_only_whoever_has_one(filled: Cli):
    reading = {"tomllib", "credwallet.cli.configuring.file"}
    assert loaded(filled, "list") & reading == set()
    (filled.folder / "config.toml").write_text("color = 'never'\n")
    names = loaded(filled, "list")
    assert names >= reading
    assert names & HEAVY == {"tomllib"}
    assert not ours(names, "credwallet.stacking", "credwallet.cli.configuring.change")


@pytest.mark.parametrize("argv", [["list", "--tag", "x"], ["show", "Cleaning Data"]])
def test_a_command_with_options_loads_typer_and_not_rich(filled: Cli, argv: list[str]):
    names = loaded(filled, *argv)
    assert "typer" in names
    assert not {"rich", "pydantic", "qrcode", "PIL", "platformdirs"} & names
    assert not ours(names, "credwallet.share", "credwallet.stacking", "ssl", "http.")


def test_verifying_a_file_loads_no_wallet_and_no_network(cli: Cli, tmp_path: Path):
    names = loaded(cli, "verify", good(tmp_path))
    assert foreign(names) <= CRYPTOGRAPHY
    assert names & (HEAVY | {"sqlite3"}) == set()
    assert not ours(
        names, "credwallet.store", "credwallet.share", "credwallet.stacking"
    )

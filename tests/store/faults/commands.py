"""The commands that a faulty disk is put under, each with a folder to work in."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from credwallet.cli.app import COMMANDS
from tests.benchmarks.badges import variant
from tests.cli.runner import PASSPHRASE, Cli, new_wallet

NEW_PASSPHRASE = "another horse, another battery"
_KEY = bytes(range(32))


class Command(NamedTuple):
    """A command line, how its folder is made, and what may open the wallet after it.

    `{folder}` in the arguments is that folder: what is written relative to it is what
    the command reads, and that is not to fail here.
    """

    name: str
    argv: tuple[str, ...]
    prepare: Callable[[Path], None]
    passphrases: tuple[str, ...] = (PASSPHRASE,)


def _filled(folder: Path) -> None:
    """Make a wallet with three badges, one of them in the trash, and two more files."""
    _empty(folder)
    run = Cli(folder)
    new_wallet(folder)
    assert run("import", folder / "held").code == 0
    assert run("remove", _id(2)).code == 0


def _empty(folder: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 -- the host needs none
        Ed25519PrivateKey,
    )

    key = Ed25519PrivateKey.from_private_bytes(_KEY)
    for name in ("held", "more", "out"):
        (folder / name).mkdir(parents=True)
    for number in range(5):
        path = folder / ("held" if number < 3 else "more") / f"{number}.json"
        path.write_bytes(variant(number, key))
    (folder / "new-passphrase.txt").write_text(NEW_PASSPHRASE + "\n")
    (folder / "new-passphrase.txt").chmod(0o600)


def _backed_up(folder: Path) -> None:
    """Make a backup of the filled wallet, and change the wallet."""
    _filled(folder)
    run = Cli(folder)
    assert run("backup", folder / "out" / "copy.db").code == 0
    assert run("remove", _id(0)).code == 0


def _id(number: int) -> str:
    return f"http://university.example/credentials/{number}"


_ALWAYS = (
    Command("import", ("import", "more"), _filled),
    Command("tag", ("tag", _id(0), "--add", "work"), _filled),
    Command("note", ("note", _id(0), "--text", "for the interview"), _filled),
    Command("remove", ("remove", _id(0)), _filled),
    Command("purge", ("purge", _id(2), "--yes"), _filled),
    Command("export", ("export", "--all", "--out", "{folder}/out", "--force"), _filled),
    Command("init", ("init", "--no-recovery"), _empty),
)
_LATER = (
    Command("backup", ("backup", "{folder}/out/copy.db", "--force"), _filled),
    Command(
        "restore-backup",
        ("restore-backup", "{folder}/out/copy.db", "--yes"),
        _backed_up,
    ),
    Command(
        "passphrase",
        (
            "passphrase",
            "change",
            "--new-passphrase-file",
            "{folder}/new-passphrase.txt",
        ),
        _filled,
        (PASSPHRASE, NEW_PASSPHRASE),
    ),
)
# As soon as there are such commands.
ALL = _ALWAYS + tuple(each for each in _LATER if each.argv[0] in COMMANDS)

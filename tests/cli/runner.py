"""Runs the command line in this process, with its own streams, clock and wallet."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from credwallet import store
from credwallet.canon import strict_json
from credwallet.cli import demo, running
from credwallet.cli.session import Environment
from credwallet.fetch import Offline

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"


class Ran(NamedTuple):
    """What one run left: exit code, stdout bytes as text, stderr."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def rows(self) -> list[list[str]]:
        """The records on stdout: tab separated values, one record a line."""
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return strict_json.loads(self.out)

    @property
    def data(self) -> Any:
        """`data` of the envelope."""
        return self.json["data"]


class Terminal(io.TextIOWrapper):
    """A text stream over bytes that says whether it is a terminal."""

    def __init__(
        self, *, terminal: bool, data: bytes = b"", encoding: str = "utf-8"
    ) -> None:
        super().__init__(io.BytesIO(data), encoding=encoding, write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def content(self) -> bytes:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


def refuse(url: str, _body: bytes, /) -> Any:
    """No test gives anything to anybody."""
    raise AssertionError(url)


# The cheapest that is accepted when reading: opening the real one costs 0.2 s a run.
CHEAP = store.KdfCosts(memory=19 * 1024, passes=1, lanes=1)
SAMPLES = Path(demo.__file__).parent / "samples"
DOCUMENTS = SAMPLES / "documents.json"


def new_wallet(folder: Path) -> Path:
    """Make an empty wallet that opens quickly."""
    home = folder / "wallet"
    store.create(home, PASSPHRASE, recovery=False, at=NOW, kdf=CHEAP).vault.close()
    return home


class Cli(NamedTuple):
    """A command line with one wallet folder."""

    folder: Path

    @property
    def home(self) -> Path:
        """Folder of the wallet."""
        return self.folder / "wallet"

    def handle(self, name: str) -> str:
        """Look up the handle of a credential by its name."""
        listed = self("list", "--json").data["credentials"]
        listed += self("list", "--trash", "--json").data["credentials"]
        (found,) = [row["handle"] for row in listed if row["name"] == name]
        return str(found)

    def __call__(
        self,
        *argv: object,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        stdin_terminal: bool = False,
        terminal: bool = False,
        encoding: str = "utf-8",
        now: datetime = NOW,
        network: Any = Offline,
        post: Any = refuse,
    ) -> Ran:
        """Run `credwallet ARGV...`; nothing is asked, no network is there."""
        secret = self.folder / "passphrase.txt"
        if not secret.exists():
            secret.write_text(PASSPHRASE + "\n")
            secret.chmod(0o600)
        run = self.folder / "run"
        run.mkdir(0o700, exist_ok=True)
        out = Terminal(terminal=terminal, encoding=encoding)
        err = Terminal(terminal=terminal, encoding=encoding)
        environ = {
            "CREDWALLET_HOME": str(self.folder / "wallet"),
            "CREDWALLET_PASSPHRASE_FILE": str(secret),
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(run),
            **(env or {}),
        }
        code = running.run(
            [str(argument) for argument in argv],
            Environment(
                Terminal(terminal=stdin_terminal, data=stdin),
                out,
                err,
                environ,
                lambda: now,
                network,
                post,
            ),
        )
        raw = out.content()
        return Ran(
            int(code),
            raw.decode(encoding, "replace"),
            err.content().decode(encoding),
            raw,
        )

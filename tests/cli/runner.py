"""Runs the command line in this process, with its own streams, clock and wallet."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.cli import running
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
    def json(self) -> Any:
        """The one document on stdout."""
        return strict_json.loads(self.out)

    @property
    def data(self) -> Any:
        """`data` of the envelope."""
        return self.json["data"]


class Terminal(io.TextIOWrapper):
    """A text stream over bytes that says whether it is a terminal."""

    def __init__(self, *, terminal: bool, data: bytes = b"") -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def content(self) -> bytes:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


class Cli(NamedTuple):
    """A command line with one wallet folder."""

    folder: Path

    def __call__(
        self,
        *argv: object,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        terminal: bool = False,
        now: datetime = NOW,
        network: Any = Offline,
    ) -> Ran:
        """Run `credwallet ARGV...`; nothing is asked, no network is there."""
        secret = self.folder / "passphrase.txt"
        if not secret.exists():
            secret.write_text(PASSPHRASE + "\n")
            secret.chmod(0o600)
        out, err = Terminal(terminal=terminal), Terminal(terminal=terminal)
        environ = {
            "CREDWALLET_HOME": str(self.folder / "wallet"),
            "CREDWALLET_PASSPHRASE_FILE": str(secret),
            "HOME": str(self.folder),
            **(env or {}),
        }
        code = running.run(
            [str(argument) for argument in argv],
            Environment(
                Terminal(terminal=False, data=stdin),
                out,
                err,
                environ,
                lambda: now,
                network,
            ),
        )
        raw = out.content()
        return Ran(
            int(code), raw.decode("utf-8", "replace"), err.content().decode(), raw
        )

"""How does `credwallet` run in a transcript, so that every run prints the same?

The command line as it is, but for four things: the clock stands still, no network is
there, a new wallet costs little to open, and its key follows from its folder. So the
handles of the same badges are the same in every run; in a wallet of your own they are
random. `python -m tests.cli.transcript_command ARGUMENTS` is what `sh` finds in a
transcript under the name of `credwallet`.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO
from unittest.mock import patch

from credwallet import store
from credwallet.cli import fast, running
from credwallet.cli.session import Environment
from credwallet.fetch import Offline
from credwallet.store import opening
from tests.cli.runner import CHEAP, NOW, refuse

# The name of the variable that sets the clock, in ISO 8601 with an offset.
CLOCK = "TRANSCRIPT_NOW"
# Chosen so that the badge "Cleaning Data" is k7wq in the wallet that is the default.
_SEED = "credwallet 837654"


@contextmanager
def same_wallets() -> Iterator[None]:
    """Make wallets that open quickly and whose handles are the same every time."""
    create = opening.create

    def create_alike(folder: Path, passphrase: str, **how: Any) -> store.Created:
        key = hashlib.sha256(f"{_SEED} {folder.name}".encode()).digest()

        def random(length: int) -> bytes:
            return key if length == len(key) else os.urandom(length)

        with patch.object(opening, "os", SimpleNamespace(urandom=random)):
            return create(folder, passphrase, **{"kdf": CHEAP, **how})

    with patch.object(store, "create", create_alike):
        yield


def answer(
    argv: Sequence[str],
    streams: tuple[TextIO, TextIO, TextIO],
    environ: Mapping[str, str],
) -> int:
    """Run one command line; returns its exit code.

    Args:
        argv: Without the program's name.
        streams: stdin, stdout and stderr; the last two stand in `sys`, too.
        environ: Its environment.

    """
    quick = fast.answer(argv, environ)
    if quick is not None:
        return quick
    text = environ.get(CLOCK)
    at = datetime.fromisoformat(text) if text else NOW
    with same_wallets():
        return int(
            running.run(
                argv, Environment(*streams, environ, lambda: at, Offline, refuse)
            )
        )


if __name__ == "__main__":
    sys.exit(answer(sys.argv[1:], (sys.stdin, sys.stdout, sys.stderr), os.environ))

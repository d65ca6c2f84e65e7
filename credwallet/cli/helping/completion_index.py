"""Which words may the shell complete without unlocking? A small file in the wallet.

`completion.txt` has one line a word, its kind and the word, parted by a tab. As it
comes it holds handles alone, which are made by a MAC and tell a finder nothing. Where
the learner set `completion` to `names` it holds names too, which do; to `off`, nothing.
`offering` reads it.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING

from credwallet.cli.fast import INDEX
from credwallet.errors import CredwalletError

if TYPE_CHECKING:
    from pathlib import Path

    from credwallet.cli.session import Session
    from credwallet.store import Vault

OFF, HANDLES, NAMES = "off", "handles", "names"
# Kinds of words that are names of documents, and the kinds of those documents.
_DOCUMENTS = {
    "qualification": "qualification",
    "goal": "goal",
    "offer": "offer",
    "key": "key",
    "collection": "collections",
    "filter": "filters",
}
_LONGEST = 120


def keep(session: "Session") -> None:
    """Bring the index of a wallet up to date, if the wallet is open.

    What cannot be written (a read-only folder) is left as it is, without a word.

    Args:
        session: At its end, before the wallet is closed.

    """
    setting = session.settings.completion
    vault = session.opened
    path = session.home / INDEX
    with contextlib.suppress(CredwalletError, OSError, ValueError):
        if setting == OFF:
            # Also while it is locked: what was there may be what is to be hidden.
            if vault is not None or (path.exists() and session.has_wallet()):
                _replace(path, f"{OFF}\n")
        elif vault is not None:
            _replace(path, "".join(_lines(vault, names=setting == NAMES)))


def forget(home: "Path", setting: str) -> None:
    """Take out what a changed setting no longer allows, at once and without a key.

    What it does allow is written when the wallet is opened next. Where no wallet is,
    a file of that name is none of ours.

    Args:
        home: Folder of the wallet.
        setting: What `completion` is now.

    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    path = home / INDEX
    with contextlib.suppress(OSError, ValueError):
        if not store.exists(home):
            return
        if setting != OFF:
            path.unlink(missing_ok=True)
        else:
            _replace(path, f"{OFF}\n")


def _lines(vault: "Vault", *, names: bool) -> Iterator[str]:
    yield from (f"handle\t{handle}\n" for handle in vault.handles())
    if not names:
        return
    tags = {tag for entry in vault.entries() for tag in entry.summary.tags}
    yield from (f"tag\t{tag}\n" for tag in sorted(filter(_fits, tags)))
    for kind, kept in _DOCUMENTS.items():
        found = sorted(filter(_fits, vault.document_names(kept)))
        yield from (f"{kind}\t{name}\n" for name in found)


def _fits(word: str) -> bool:
    """Say whether a word can stand on a line, and be completed to by a shell."""
    return 0 < len(word) <= _LONGEST and word.isprintable() and word[0] != "-"


def _replace(path: "Path", text: str) -> None:
    data = text.encode("utf-8", "strict")
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return
    # Not by a second file: a word too few is mended by the next run, and nothing stays.
    # A pipe or a device is left alone, and waited for by nobody.
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.truncate(0)
            file.write(data)

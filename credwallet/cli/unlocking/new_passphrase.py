"""Where does a new passphrase come from, when an old one or a code opens the wallet?

The global options name what opens the wallet as it is, so the new one has options of
its own, or is asked for twice on the terminal.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.agent.hardening import no_core_dumps
from credwallet.cli.configuring import profiles
from credwallet.cli.terminal import prompt
from credwallet.errors import Locked, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session

NewPassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--new-passphrase-file", metavar="FILE", help="Read the new passphrase from it."
    ),
]
NewPassphraseFd = Annotated[
    int | None,
    typer.Option(
        "--new-passphrase-fd", metavar="N", help="Read it from this descriptor."
    ),
]
RecoveryFile = Annotated[
    Path | None,
    typer.Option(
        "--recovery-file", help="Write the new recovery code to this new file."
    ),
]


def new_passphrase(session: "Session", file: str | None, fd: int | None) -> str:
    """Read the new passphrase, or ask for it twice.

    Args:
        session: Whose terminal and stdin.
        file: Path, or `-` for stdin.
        fd: Open descriptor.

    Raises:
        Usage: If it is too short, the two answers differ, or both are given.
        Locked: If there is none to be had.

    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    no_core_dumps()
    if file is not None and fd is not None:
        raise Usage(
            "the new passphrase cannot come from two places",
            next_step="give --new-passphrase-file or --new-passphrase-fd, not both",
        )
    if fd is not None:
        chosen = prompt.passphrase_from_descriptor(fd)
    elif file is not None:
        if prompt.readable_by_others(file):
            session.console.note(f"warning: others can read {file} (chmod 600 it)")
        chosen = prompt.passphrase_from_file(file, session.environment.stdin)
    else:
        chosen = _asked(session)
    store.check_new_passphrase(chosen)
    return chosen


def _asked(session: "Session") -> str:
    if session.settings.no_input:
        raise prompt.no_terminal("--new-passphrase-file FILE")
    try:
        first = prompt.terminal_answer(
            "New passphrase (at least 8 characters): ", hidden=True
        )
        again = prompt.terminal_answer("The same again: ", hidden=True)
    except Locked:
        raise prompt.no_terminal("--new-passphrase-file FILE") from None
    if first != again:
        raise Usage(
            "the two passphrases differ", next_step="try again, nothing was changed"
        )
    return first


def require_wallet(session: "Session") -> None:
    """Make sure that there is a wallet, before anything is asked.

    Raises:
        NotFound: If there is none.

    """
    if not session.has_wallet():
        raise profiles.no_wallet(session)

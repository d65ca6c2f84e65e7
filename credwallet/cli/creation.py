"""Making a wallet: with `init`, or with the first `import`.

The recovery code is shown once, on the terminal alone, or written to the file that the
learner named; without either none is made, and that is said.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli import prompt
from credwallet.errors import Locked, StorageFailure, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session


class Made(NamedTuple):
    """How a new wallet can be opened besides by its passphrase."""

    recovery: str


def make_wallet(
    session: "Session", *, recovery_file: Path | None = None, no_recovery: bool = False
) -> Made:
    """Make the wallet of the session and open it.

    Args:
        session: Its home is where the wallet goes.
        recovery_file: Where to write the recovery code; the file must not exist.
        no_recovery: Make no recovery code, on purpose.

    Returns:
        What became of the recovery code: `file`, `shown` or `none`.

    Raises:
        Usage: If the passphrase is too short or the recovery file is there already.
        Locked: If no passphrase can be had.

    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3, cryptography

    if recovery_file is not None and recovery_file.exists():
        raise Usage(
            f"{recovery_file} is there already",
            next_step="name a new file for the recovery code",
        )
    passphrase = session.passphrase(new=True)
    on_terminal = not session.settings.no_input and _has_terminal()
    wanted = not no_recovery and (recovery_file is not None or on_terminal)
    created = store.create(session.home, passphrase, recovery=wanted, at=session.at)
    session.use(created.vault)
    session.console.note(f"made a wallet in {session.home}")
    if created.recovery_code is None:
        session.console.note(
            "it has no recovery code: if the passphrase is lost, so is the wallet"
        )
        return Made("none")
    if recovery_file is not None:
        _write_once(recovery_file, created.recovery_code)
        session.console.note(
            f"its recovery code is in {recovery_file}: keep it apart from the wallet"
        )
        return Made("file")
    prompt.show_on_terminal(
        "\nRecovery code, shown this once. Write it down and keep it apart:\n\n"
        f"    {created.recovery_code}\n\n"
        "Whoever has it can open the wallet. Press Enter when it is written down. "
    )
    return Made("shown")


def _has_terminal() -> bool:
    try:
        prompt.require_terminal()
    except Locked:
        return False
    return True


def _write_once(path: Path, code: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(code + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageFailure(
            f"the recovery code cannot be written to {path}: {error.strerror}",
            next_step="the wallet is made, without a usable recovery code;"
            " remove it and start again with another file",
        ) from None

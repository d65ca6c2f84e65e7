"""Making a wallet: with `init`, or with the first `import`.

The recovery code is handed over before the wallet is made (`recovery_code`); without a
terminal and without a file for it none is made, and that is said.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.unlocking import passphrase_source, recovery_code
from credwallet.cli.unlocking.recovery_code import NO_CODE

if TYPE_CHECKING:
    from credwallet.cli.session import Session


class Made(NamedTuple):
    """How a new wallet can be opened besides by its passphrase."""

    recovery: str


def make_wallet(
    session: "Session",
    *,
    recovery_file: Path | None = None,
    no_recovery: bool = False,
    anywhere: bool = False,
) -> Made:
    """Make the wallet of the session and open it.

    Args:
        session: Its home is where the wallet goes.
        recovery_file: Where to write the recovery code; the file must not exist.
        no_recovery: Make no recovery code, on purpose.
        anywhere: Also in a folder where a wallet may not stay whole.

    Returns:
        What became of the recovery code: `file`, `shown` or `none`.

    Raises:
        Usage: If the passphrase is too short, the recovery file is there already, or
            the folder is no place for a wallet.
        Locked: If no passphrase can be had.

    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3, cryptography

    recovery_code.check_file(recovery_file)
    if not anywhere:
        store.refuse_unsuitable(session.home)
    passphrase = session.passphrase(new=True)
    store.check_new_passphrase(passphrase)
    new = NO_CODE if no_recovery else recovery_code.offer(session, recovery_file)
    try:
        created = store.create(
            session.home, passphrase, recovery=new.code or False, at=session.at
        )
    except BaseException:
        new.take_back()
        raise
    session.use(created.vault)
    session.console.note(f"made a wallet in {session.home}")
    passphrase_source.note_taken(session)
    if new.code is None:
        session.console.note(
            "it has no recovery code: if the passphrase is lost, so is the wallet"
        )
    if new.file is not None:
        session.console.note(
            f"its recovery code is in {new.file}: keep it apart from the wallet"
        )
    return Made(new.how)

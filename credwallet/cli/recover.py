"""`credwallet recover`."""

from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.agent.hardening import no_core_dumps
from credwallet.cli.output import Result
from credwallet.cli.terminal import prompt
from credwallet.cli.unlocking import passphrase_source, recovery_code
from credwallet.cli.unlocking.new_passphrase import (
    NewPassphraseFd,
    NewPassphraseFile,
    RecoveryFile,
    new_passphrase,
    require_wallet,
)
from credwallet.cli.unlocking.recovery_code import NO_CODE
from credwallet.errors import Locked

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

_SAID = {
    "shown": "the recovery code is a new one; the one that was used opens nothing",
    "file": "the recovery code is a new one; the one that was used opens nothing",
    "kept": "the recovery code stays the one that was used",
}


def command(
    ctx: typer.Context,
    recovery_code_file: Annotated[
        str | None,
        typer.Option(
            "--recovery-code-file", metavar="FILE", help="Read the code from it."
        ),
    ] = None,
    new_passphrase_file: NewPassphraseFile = None,
    new_passphrase_fd: NewPassphraseFd = None,
    recovery_file: RecoveryFile = None,
    keep_recovery_code: Annotated[
        bool,
        typer.Option("--keep-recovery-code", help="Go on with the code as it is."),
    ] = False,
) -> Result:
    """Set a passphrase, asked for twice, and a new recovery code, shown once.

    Also the way out when a key slot was damaged.

    Example: credwallet recover --recovery-code-file code.txt
    --recovery-file new-code.txt
    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.store import slot_changes  # noqa: PLC0415 -- as above

    session: Session = ctx.obj
    require_wallet(session)
    recovery_code.check_file(recovery_file)
    vault = store.open_vault(
        session.home, recovery_code=_code(session, recovery_code_file)
    )
    session.use(vault)
    chosen = new_passphrase(session, new_passphrase_file, new_passphrase_fd)
    new = NO_CODE if keep_recovery_code else recovery_code.offer(session, recovery_file)
    try:
        sound = slot_changes.recover(vault, passphrase=chosen, recovery_code=new.code)
    except BaseException:
        new.take_back()
        raise
    passphrase_source.warn_of_old(session, chosen)
    how = "kept" if new.code is None else new.how
    if not sound:
        session.console.note(
            "the key slots were not those that were made: all but these are gone"
        )

    def show(console: "Console") -> None:
        console.line("the wallet has a new passphrase")
        console.line(_SAID[how])
        if new.file is not None:
            console.line(f"it is in {new.file}: keep it apart from the wallet")

    return Result({"recovery": how, "slotsWereSound": sound}, show)


def _code(session: "Session", file: str | None) -> str:
    no_core_dumps()
    if file is not None:
        return prompt.passphrase_from_file(file, session.environment.stdin).strip()
    if session.settings.no_input:
        raise prompt.no_terminal("--recovery-code-file FILE")
    try:
        return prompt.terminal_answer("Recovery code: ", hidden=True)
    except Locked:
        raise prompt.no_terminal("--recovery-code-file FILE") from None

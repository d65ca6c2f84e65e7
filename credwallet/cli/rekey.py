"""`credwallet rekey`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from credwallet.cli.agent import client
from credwallet.cli.output import Result
from credwallet.cli.terminal.progress import Progress
from credwallet.cli.unlocking import keyring_slot, passphrase_source, recovery_code
from credwallet.cli.unlocking import work as unlocking
from credwallet.cli.unlocking.new_passphrase import RecoveryFile, require_wallet
from credwallet.cli.unlocking.recovery_code import NO_CODE, NewCode
from credwallet.errors import StorageFailure, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Vault

_SAID = {
    "shown": "the recovery code is a new one; one of before opens nothing",
    "file": "the recovery code is a new one; one of before opens nothing",
    "none": "there is no recovery code; one of before opens nothing",
    "unchanged": "the recovery code is the one that was made when this began, if any",
}


class _Begun(NamedTuple):
    """How the new data key can be had besides by the passphrase."""

    recovery: str
    keyring: bool


def command(
    ctx: typer.Context,
    recovery_file: RecoveryFile = None,
    no_recovery: Annotated[
        bool, typer.Option("--no-recovery", help="Go without a recovery code.")
    ] = False,
) -> Result:
    """Do this when a secret may be known; the passphrase stays.

    If it may be the passphrase, change that first. The recovery code becomes a new one.
    It may be interrupted: the wallet works meanwhile, and doing it again goes on.

    Example: credwallet rekey --recovery-file new-code.txt
    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.store import rekeying  # noqa: PLC0415 -- as above

    session: Session = ctx.obj
    require_wallet(session)
    passphrase = session.passphrase()
    with passphrase_source.refusal_explained(session):
        vault = store.open_vault(session.home, passphrase=passphrase)
    session.use(vault)
    resumed = rekeying.unfinished(vault)
    if resumed:
        session.console.note("going on with a rekey that was interrupted")
        begun = _Begun("unchanged", keyring=bool(keyring_slot.entry_of(session)))
    else:
        new = _recovery(session, recovery_file, no_recovery=no_recovery)
        begun = _begin(session, vault, passphrase, new=new)
    sealed = _reseal(session, vault)
    data = {
        "epoch": vault.vault_key().epoch,
        "resealed": sealed,
        "resumed": resumed,
        "recovery": begun.recovery,
        "keyring": begun.keyring,
    }
    return Result(data, lambda console: _show(console, begun, sealed))


def _recovery(session: "Session", file: Path | None, *, no_recovery: bool) -> NewCode:
    """Settle the recovery code: a slot can be rewritten only with its secret at hand.

    Raises:
        Usage: If there is one now, and nobody says what is to become of it.

    """
    if no_recovery:
        return NO_CODE
    recovery_code.check_file(file)
    if file is None and not recovery_code.can_be_shown(session):
        if "recovery" in keyring_slot.kinds(session):
            raise Usage(
                "a new data key makes the recovery code void, and there is no terminal "
                "to show a new one on",
                next_step="give --recovery-file FILE for a new one, or --no-recovery",
            )
        return NO_CODE
    return recovery_code.offer(session, file)


def _begin(
    session: "Session", vault: "Vault", passphrase: str, *, new: NewCode
) -> _Begun:
    from credwallet.store import rekeying  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.store.slot_changes import Secrets  # noqa: PLC0415 -- as above

    try:
        _back_up(session)
        with keyring_slot.renewed(session) as key:
            rekeying.begin(vault, Secrets(passphrase, new.code, key))
    except BaseException:
        new.take_back()
        raise
    _end_agent(session)
    if new.file is not None:
        session.console.note(
            f"the new recovery code is in {new.file}: keep it apart from the wallet"
        )
    return _Begun(new.how, keyring=key is not None)


def _back_up(session: "Session") -> None:
    from credwallet.store import backups  # noqa: PLC0415 -- lazily: sqlite3

    copy = backups.automatic(session.home, "rekey", at=session.at)
    session.console.note(f"kept a copy of the wallet as it was: {copy}")


def _end_agent(session: "Session") -> None:
    # What it keeps opens nothing any more.
    place = unlocking.agent_place(session)
    try:
        ended = place is not None and client.lock(place)
    except StorageFailure as error:
        session.console.note(error.what)
        return
    if ended:
        session.console.note("the agent's key is void: credwallet unlock")


def _reseal(session: "Session", vault: "Vault") -> int:
    from credwallet.store import rekeying  # noqa: PLC0415 -- lazily: sqlite3

    sealed = 0
    with Progress(session.console, "sealing anew") as progress:
        progress.expect(rekeying.old_records(vault))
        for done in rekeying.reseal(vault):
            progress.advance(done)
            sealed += done
    return sealed


def _show(console: "Console", begun: _Begun, sealed: int) -> None:
    console.line(f"the wallet has a new data key; {sealed:,} credentials sealed anew")
    console.line(_SAID[begun.recovery])
    console.hint(
        "backups of before are sealed under the old key and open with what opened them "
        "then: remove those that may be in other hands"
    )

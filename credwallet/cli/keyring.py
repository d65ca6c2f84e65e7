"""`credwallet keyring enable|disable|status`."""

from typing import TYPE_CHECKING, Any

import typer

from credwallet.cli.app import new_group
from credwallet.cli.output import Result
from credwallet.cli.unlocking import os_keyring
from credwallet.cli.unlocking.keyring_slot import entry_of, kept, let_go
from credwallet.errors import CredwalletError

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

group = new_group("Let the keyring of this system open the wallet.")


@group.command("enable")
def enable(ctx: typer.Context) -> Result:
    """Let the system's keyring open the wallet, beside the passphrase.

    Whoever is signed in as you can then open it without a question. The passphrase goes
    on opening it: a keyring that is reset takes nothing along.

    Example: credwallet keyring enable
    """
    from credwallet.store import slot_changes  # noqa: PLC0415 -- lazily: sqlite3

    session: Session = ctx.obj
    keyring = os_keyring.chosen()
    vault = session.vault()
    before = entry_of(session)
    key = slot_changes.new_keyring_key(session.home)
    with kept(session, keyring, key):
        slot_changes.set_keyring(vault, key)
    let_go(session, keyring, before)
    name = os_keyring.named(keyring)

    def show(console: "Console") -> None:
        console.line(f"the wallet opens with the keyring of this system ({name})")
        console.hint("keep the passphrase: it is the way in when the keyring is reset")

    return Result({"enabled": True, "keyring": name}, show)


@group.command("disable")
def disable(ctx: typer.Context) -> Result:
    """Let the system's keyring open the wallet no longer.

    Example: credwallet keyring disable
    """
    from credwallet.store import slot_changes  # noqa: PLC0415 -- lazily: sqlite3

    session: Session = ctx.obj
    vault = session.vault()
    before = entry_of(session)
    slot_changes.drop_keyring(vault)
    if before:
        try:
            let_go(session, os_keyring.chosen(), before)
        except CredwalletError as error:
            session.console.note(f"{error.what}; the key in it opens nothing any more")
    return Result(
        {"enabled": False, "keyring": None},
        lambda console: console.line("the keyring of this system opens no wallet"),
    )


@group.command("status")
def status(ctx: typer.Context) -> Result:
    """Say whether the system's keyring opens the wallet; this needs no passphrase.

    Example: credwallet keyring status
    """
    session: Session = ctx.obj
    entry = entry_of(session)
    name, usable, why = None, False, ""
    try:
        keyring = os_keyring.chosen()
        name = os_keyring.named(keyring)
        usable = bool(entry) and os_keyring.fetch(keyring, entry) is not None
        if entry and not usable:
            why = "the keyring has no key for it (any more)"
    except CredwalletError as error:
        why = error.what
    data: dict[str, Any] = {
        "enabled": bool(entry),
        "keyring": name,
        "usable": usable,
        "why": why or None,
    }

    def show(console: "Console") -> None:
        console.row(["enabled" if entry else "not enabled", name or "no keyring", why])
        if entry and not usable:
            console.hint("make a new key with: credwallet keyring enable")

    return Result(data, show)

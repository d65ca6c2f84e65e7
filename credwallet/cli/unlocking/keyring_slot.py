"""The slot of the wallet that the keyring of the system opens, and its key there.

The key is kept by the keyring before the slot is written, under a name of its own, and
the one before goes afterwards: a stop at any point leaves a slot that opens.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from credwallet.cli.unlocking import os_keyring
from credwallet.errors import CredwalletError, Locked, StorageFailure, Undetermined

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.unlocking.os_keyring import Keyring
    from credwallet.store import Vault
    from credwallet.store.slot_changes import KeyringKey


def entry_of(session: "Session") -> str:
    """Name what the keyring keeps for the wallet; empty if it opens without one.

    Raises:
        NotFound: If there is no wallet.

    """
    from credwallet.store import slot_changes  # noqa: PLC0415 -- lazily: sqlite3

    slots = slot_changes.key_slots(session.home)
    return next((slot.entry for slot in slots if slot.entry), "")


@contextmanager
def kept(session: "Session", keyring: "Keyring", key: "KeyringKey") -> Iterator[None]:
    """Keep a key while its slot is written; it goes again if that fails.

    Args:
        session: For what is to be said if the key stays.
        keyring: The keyring of the system.
        key: The name of its entry, and the secret.

    Raises:
        StorageFailure: If the keyring does not keep it.

    """
    os_keyring.keep(keyring, key.entry, key.secret)
    try:
        yield
    except BaseException:
        let_go(session, keyring, key.entry)
        raise


def let_go(session: "Session", keyring: "Keyring", entry: str) -> None:
    """Remove a key that opens nothing any more; say it if it stays.

    Args:
        session: For what is to be said if the key stays.
        keyring: The keyring of the system.
        entry: The name that it is kept by, `""` if there is none.

    """
    if not entry:
        return
    try:
        os_keyring.forget(keyring, entry)
    except CredwalletError as error:
        session.console.note(f"{error.what}; the key in it opens nothing any more")


def opened(session: "Session") -> "Vault | None":
    """Open the wallet with the keyring; None, and said why, if it has nothing to give.

    Raises:
        Damaged: If the wallet is not as credwallet left it.

    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    if not session.has_wallet():
        return None
    entry = entry_of(session)
    if not entry:
        return None
    why = "the keyring of this system has no key for the wallet (any more)"
    secret = None
    try:
        secret = os_keyring.fetch(os_keyring.chosen(), entry)
    except (StorageFailure, Undetermined) as error:
        why = error.what
    if secret is not None:
        try:
            return store.open_vault(session.home, keyring_secret=secret)
        except Locked as error:
            why = error.what
    session.console.note(f"{why}: credwallet keyring status")
    return None


def kinds(session: "Session") -> tuple[str, ...]:
    """List by what the wallet opens: `passphrase`, `recovery`, `keyring`."""
    from credwallet.store import slot_changes  # noqa: PLC0415 -- lazily: sqlite3

    return tuple(slot.kind for slot in slot_changes.key_slots(session.home))


@contextmanager
def renewed(session: "Session") -> Iterator["KeyringKey | None"]:
    """Give a new key for the slot, if there is one, while all slots are written anew.

    Yields:
        The key, kept already; nothing if there is no slot, or the keyring cannot be
        used now, which is said: the slot then goes.

    """
    from credwallet.store import slot_changes  # noqa: PLC0415 -- lazily: sqlite3

    before = entry_of(session)
    key = slot_changes.new_keyring_key(session.home) if before else None
    keyring = None
    try:
        if key is not None:
            keyring = os_keyring.chosen()
            os_keyring.keep(keyring, key.entry, key.secret)
    except (StorageFailure, Undetermined) as error:
        session.console.note(f"the keyring opens the wallet no longer: {error.what}")
        key = None
    try:
        yield key
    except BaseException:
        if keyring is not None and key is not None:
            let_go(session, keyring, key.entry)
        raise
    if keyring is not None:
        let_go(session, keyring, before)

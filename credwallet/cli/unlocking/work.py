"""By which way does a wallet open, and which come first?

What the command line names, the agent, the OS keyring, the terminal. A way that has
nothing to give leaves it to the next one. At most one key is derived, and nothing is
asked twice.
"""

from typing import TYPE_CHECKING

from credwallet.cli.agent.client import held_key
from credwallet.cli.agent.hardening import no_core_dumps
from credwallet.cli.agent.place import Place, place_of
from credwallet.cli.terminal import prompt
from credwallet.errors import Damaged, Locked, StorageFailure, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.store import Vault

_FORBIDDEN = "CREDWALLET_PASSPHRASE"


def opened(session: "Session", *, afresh: bool = False) -> "Vault":
    """Open the wallet of a session.

    Args:
        session: Says where it is and what may be asked.
        afresh: Leave out the agent.

    Raises:
        Locked: If it does not open, or there is nobody to ask.

    """
    no_core_dumps()
    if not _named(session):
        vault = None if afresh else _by_agent(session)
        vault = vault or _by_keyring(session)
        if vault is not None:
            return vault
    return opened_by_passphrase(session)


def opened_by_passphrase(session: "Session") -> "Vault":
    """Open the wallet of a session by its passphrase alone.

    Args:
        session: Says where it is, and what gives the passphrase.

    Raises:
        Locked: If it does not open it, with what gave it, or there is none to be had.

    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.cli.unlocking import passphrase_source  # noqa: PLC0415 -- as above

    secret = session.passphrase()
    with passphrase_source.refusal_explained(session):
        return store.open_vault(session.home, passphrase=secret)


def opened_unasked(session: "Session") -> "Vault | None":
    """Open the wallet of a session if nobody has to be asked; None otherwise.

    Args:
        session: Says where it is.

    Raises:
        Locked: If what the command line names does not open it.

    """
    if _named(session):
        return opened(session)
    no_core_dumps()
    return _by_agent(session) or _by_keyring(session)


def agent_place(session: "Session") -> Place | None:
    """Tell where the agent of the session's wallet listens; None if there is none."""
    try:
        return place_of(session.home, session.environment.environ)
    except AttributeError:
        return None  # a system without users that have numbers has no agent


def passphrase(session: "Session", *, new: bool = False) -> str:
    """Return the passphrase from where the learner said, or ask on the terminal.

    Args:
        session: Says where.
        new: Ask twice, since it will be set.

    Raises:
        Locked: If there is none to be had.
        Usage: If the two answers differ.

    """
    no_core_dumps()
    settings = session.settings
    if settings.passphrase_fd is not None:
        return prompt.passphrase_from_descriptor(settings.passphrase_fd)
    if settings.passphrase_command:
        return prompt.passphrase_from_command(settings.passphrase_command)
    name = settings.passphrase_file
    if name:
        if prompt.readable_by_others(name):
            session.console.note(f"warning: others can read {name} (chmod 600 it)")
        return prompt.passphrase_from_file(name, session.environment.stdin)
    if session.environment.environ.get(_FORBIDDEN):
        raise Locked(
            f"a passphrase in the environment ({_FORBIDDEN}) is not taken: every "
            "program that is started would have it",
            next_step="unset it, and give --passphrase-file, --passphrase-command or "
            "--passphrase-fd",
        )
    if settings.no_input:
        raise Locked(
            "the wallet is locked and --no-input forbids asking",
            next_step="give --passphrase-file FILE or --passphrase-fd N, or before it: "
            "credwallet unlock",
        )
    if not new:
        return prompt.terminal_answer("Passphrase: ", hidden=True)
    first = prompt.terminal_answer(
        "New passphrase (at least 8 characters): ", hidden=True
    )
    if prompt.terminal_answer("The same again: ", hidden=True) != first:
        raise Usage(
            "the two passphrases differ", next_step="try again, nothing was made"
        )
    return first


def _named(session: "Session") -> bool:
    settings = session.settings
    return settings.passphrase_fd is not None or bool(
        settings.passphrase_command or settings.passphrase_file
    )


def _by_keyring(session: "Session") -> "Vault | None":
    from credwallet.cli.unlocking import keyring_slot  # noqa: PLC0415 -- lazily: the agent comes first

    return keyring_slot.opened(session)


def _by_agent(session: "Session") -> "Vault | None":
    place = agent_place(session)
    if place is None:
        return None
    try:
        held = held_key(place)
    except StorageFailure as error:
        session.console.note(error.what)
        return None
    if held is None:
        return None
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    key = store.Opened(held.epoch, held.vault_key)
    try:
        return store.open_vault(session.home, vault_key=key)
    except Locked:
        pass
    except Damaged:
        if store.vault_id(session.home) == held.vault_id:
            raise
    finally:
        held.vault_key[:] = bytes(len(held.vault_key))
    session.console.note(
        "the agent keeps a key that is not the wallet's (any more): credwallet unlock"
    )
    return None

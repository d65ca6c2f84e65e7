"""How does a wallet get a new vault key, and everything in it sealed under it?

`docs/format.md` section 7. The first transaction puts the new key in force: all slots
are rewritten, the head is sealed under it and keeps the old key for what is not yet
sealed anew. Then each transaction takes one part of the index with what it lists, and
the last one forgets the old key. A stop at any point leaves a wallet that opens, lists
and takes in; `reseal` goes on from there.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple

from credwallet.errors import Usage
from credwallet.store.failures import damaged
from credwallet.store.keys import KEY_BYTES
from credwallet.store.schema import blob
from credwallet.store.slot_changes import Secrets, made, write_slots
from credwallet.store.slots import (
    KdfCosts,
    Opened,
    SlotKind,
    costs_of,
    first,
    read_slots,
)
from credwallet.store.vault import Vault
from credwallet.store.view import DIRECTORY_ROW, View
from credwallet.store.writing import Writing

# An epoch has two bytes.
_LAST_EPOCH = 0xFFFF
# Each may have 16 MiB, and a transaction keeps its pages in the journal.
_DOCUMENTS_AT_ONCE = 32
# Where an envelope names its epoch (`docs/format.md` section 3).
_EPOCH = "substr(sealed, 5, 2)"


class _Old(NamedTuple):
    """What is still sealed under an earlier key."""

    records: int
    segments: tuple[int, ...]
    documents: tuple[bytes, ...]

    @property
    def things(self) -> int:
        """How many things that is, at least."""
        return self.records + len(self.segments) + len(self.documents)


def unfinished(vault: Vault) -> bool:
    """Tell whether an earlier vault key is still needed for something."""
    with vault.looking() as view:
        return bool(view.head.old_keys)


def begin(vault: Vault, secrets: Secrets, *, kdf: KdfCosts | None = None) -> None:
    """Put a new vault key in force, at once and for all that is written from now on.

    Args:
        vault: Open.
        secrets: The passphrase that opened it; a new recovery code and a new key of
            the OS keyring, or none: what is not given opens the wallet no longer.
        kdf: Costs of Argon2id; without it they stay as they are.

    Raises:
        Usage: If no passphrase is given, or there were 65,535 vault keys.

    """
    if secrets.passphrase is None:
        raise Usage(
            "a new vault key needs the passphrase", next_step="give the passphrase"
        )
    advanced = False
    try:
        with vault.changing() as writing:
            costs = _costs(writing, kdf)
            keys = writing.view.keys
            keys.advance(bytearray(os.urandom(KEY_BYTES)))
            advanced = True
            opened = Opened(keys.epoch, keys.vault_key())
            slots = made(secrets, vault_id=keys.vault_id, opened=opened, costs=costs)
            opened.vault_key[:] = bytes(KEY_BYTES)
            write_slots(writing, slots)
            writing.amend(old_keys=keys.old_keys())
    except BaseException:
        if advanced:
            vault.retreat()
        raise


def old_records(vault: Vault) -> int:
    """Count the credentials that are still sealed under an earlier key."""
    with vault.looking() as view:
        return _old(view).records


def reseal(vault: Vault) -> Iterator[int]:
    """Seal everything under the key in force, then forget the earlier ones.

    Args:
        vault: Open.

    Yields:
        After each transaction how many credentials it sealed anew, up to 512.

    Raises:
        Damaged: If something does not fit; what was done stays, and nothing is lost.

    """
    with vault.looking() as view:
        old = _old(view)
    while old.things:
        yield from _reseal(vault, old)
        with vault.looking() as view:
            left = _old(view)
        # Others write meanwhile, but never under an old key: what is left can grow
        # only if somebody else changed the file, and stays only if it is not listed.
        if left.things >= old.things:
            raise damaged("the index does not list the records that there are")
        old = left
    with vault.changing() as writing:
        # The last look before the old key goes: nothing may need it.
        writing.view.check_numbers()
        if writing.view.head.old_keys and not _old(writing.view).things:
            writing.amend(old_keys={})
    vault.empty_journal()


def _reseal(vault: Vault, old: _Old) -> Iterator[int]:
    for number in old.segments:
        with vault.changing() as writing:
            if number == DIRECTORY_ROW:
                writing.reseal_documents(())
                done = 0
            elif number in writing.view.head.segments:
                done = writing.reseal_segment(number)
            else:
                continue  # It became empty meanwhile, or was never one.
        yield done
    for start in range(0, len(old.documents), _DOCUMENTS_AT_ONCE):
        with vault.changing() as writing:
            writing.reseal_documents(old.documents[start:][:_DOCUMENTS_AT_ONCE])
        yield 0


def _costs(writing: Writing, chosen: KdfCosts | None) -> KdfCosts:
    if writing.view.keys.epoch >= _LAST_EPOCH:
        raise Usage(
            "this wallet had 65,535 vault keys, there is no room for more",
            next_step="export the credentials and import them into a new wallet",
        )
    slots = read_slots(writing.view.connection)
    return chosen or costs_of(first(slots, SlotKind.PASSPHRASE))


def _old(view: View) -> _Old:
    epoch = (view.keys.epoch.to_bytes(2, "big"),)
    execute = view.connection.execute
    (records,) = execute(
        f"SELECT count(*) FROM rec WHERE {_EPOCH}!=?",  # noqa: S608 -- own words
        epoch,
    ).fetchone()
    segments = execute(
        f"SELECT n FROM seg WHERE {_EPOCH}!=? UNION "  # noqa: S608 -- own words
        f"SELECT seg FROM rec WHERE {_EPOCH}!=? ORDER BY 1",
        epoch * 2,
    ).fetchall()
    documents = execute(
        f"SELECT name FROM doc WHERE {_EPOCH}!=? ORDER BY 1",  # noqa: S608 -- own words
        epoch,
    ).fetchall()
    return _Old(
        records,
        tuple(number for (number,) in segments),
        tuple(blob(name) for (name,) in documents),
    )

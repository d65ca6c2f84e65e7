"""Is this the latest state of the wallet that this machine has seen?

An older file put back as a whole is consistent in itself. So the last generation is
kept outside of the wallet folder, in the state folder of the user, sealed for this
wallet and for the place where it stands: a copy of the folder elsewhere is another
wallet's history from then on, and opens.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.errors import CredwalletError, Damaged
from credwallet.store.backup_contents import restore_words
from credwallet.store.envelope import Kind, Place, seal, unseal
from credwallet.store.failures import explained
from credwallet.store.folder import (
    DATABASE,
    locked,
    open_private,
    private_folder,
    replace_private,
)
from credwallet.store.index import from_json, to_json
from credwallet.store.keys import hkdf_expand
from credwallet.store.view import head_tag

if TYPE_CHECKING:
    from credwallet.store.vault import Vault

_LABEL = b"credwallet/1 anchor"
# Its key is made from one that is the same in every epoch.
_EPOCH = 1
_MOST_BYTES = 4096
_NAME_BYTES = 16
_DAMAGED = (
    "the rollback anchor of this wallet was damaged and is made anew: whether an older "
    "wallet was put in its place before now cannot be told"
)


class Anchors(NamedTuple):
    """Where rollback anchors are kept: the state folder of credwallet.

    With `only_look` an older wallet is opened too, and no anchor is written: for who
    wants to say what is wrong (`Vault.rollback`).
    """

    state: Path
    only_look: bool = False


class Mark(NamedTuple):
    """One state of a wallet: its generation, and the tag of its sealed head."""

    generation: int
    tag: bytes


class Rollback(NamedTuple):
    """A wallet that is not the latest one seen.

    `held_at` and `seen_at` are when the wallet file and the anchor were last written,
    as the file system says.
    """

    held: Mark
    seen: Mark
    held_at: datetime | None
    seen_at: datetime | None

    def error(self, next_step: str = "") -> Damaged:
        """Make the error for it.

        Args:
            next_step: How to take a newer copy, if there is one.

        """
        what = (
            f"it is older than what this machine has seen (state "
            f"{self.held.generation}, the last one seen was {self.seen.generation})"
        )
        if self.held.generation == self.seen.generation:
            what = (
                f"it has another history than this machine has seen (its state "
                f"{self.held.generation} is not the one seen)"
            )
        on_purpose = "if you put it back on purpose: credwallet accept-rollback"
        newer = next_step and f"a backup holds the latest state: {next_step}"
        steps = "; ".join(filter(None, (newer, on_purpose)))
        return Damaged(
            f"the wallet was rolled back: {what}", next_step=steps, type="rollback"
        )


class Anchor:
    """What this machine remembers of one wallet in one place.

    Nothing here fails: whoever cannot have an anchor still has the wallet. What went
    wrong is in `notes`.

    Args:
        anchors: Where anchors are.
        folder: The wallet folder.
        vault_id: 16 bytes.
        identity_key: The key of the vault that is the same in every epoch.

    """

    __slots__ = ("_known", "_only_look", "_place", "_seal_key", "notes", "path")

    def __init__(
        self, anchors: Anchors, *, folder: Path, vault_id: bytes, identity_key: bytes
    ) -> None:
        where = hashlib.sha256(os.fsencode(os.path.realpath(folder))).digest()
        name = hashlib.sha256(_LABEL + vault_id).hexdigest()[: 2 * _NAME_BYTES]
        self._place = Place(vault_id, Kind.ANCHOR, where[:_NAME_BYTES], _EPOCH)
        self._seal_key = hkdf_expand(identity_key, _LABEL)
        self._only_look = anchors.only_look
        self._known: Mark | None = None
        self.path = anchors.state / name / f"{where[:_NAME_BYTES].hex()}.anchor"
        self.notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Anchor {str(self.path)!r}>"

    def read(self) -> Mark | None:
        """Read the last state seen; None if there is none, or none that can be read."""
        self._known = None
        with self._noting("the rollback anchor of this wallet cannot be read"):
            sealed = self._sealed()
            self._known = None if sealed is None else self._opened(sealed)
        return self._known

    def written_at(self) -> datetime | None:
        """Tell when the last state was seen, as the file system says."""
        return moment_of_file(self.path)

    def raise_to(self, mark: Mark) -> None:
        """Remember a state, unless a later one is remembered already.

        Args:
            mark: Of a state that is safe on the disk.

        """
        if self._only_look or self._known == mark:
            return
        with self._noting("the rollback anchor of this wallet cannot be kept"):
            self._write(mark, on_purpose=False)

    def put_back_to(self, mark: Mark) -> None:
        """Remember an earlier state as the latest one, on purpose.

        Raises:
            StorageFailure: If it cannot be written.

        """
        self._write(mark, on_purpose=True)

    def _write(self, mark: Mark, *, on_purpose: bool) -> None:
        first = self._known is None
        if first:
            private_folder(self.path.parent.parent)
            private_folder(self.path.parent)
        with explained("write the rollback anchor"), locked(self.path.parent):
            later = None if on_purpose else self.read()
            if later is None or later.generation < mark.generation:
                content = to_json([mark.generation, mark.tag.hex()])
                sealed = seal(self._seal_key, self._place, content)
                # Should a raise be lost with the power, the anchor is one behind, as
                # after a crash before it: not worth another write to the disk.
                replace_private(self.path, sealed, sync_name=first or on_purpose)
                self._known = mark

    def _sealed(self) -> bytes | None:
        try:
            descriptor = open_private(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        with os.fdopen(descriptor, "rb") as file, explained("read the anchor"):
            return file.read(_MOST_BYTES)

    def _opened(self, sealed: bytes) -> Mark:
        generation, tag = from_json(unseal(self._seal_key, self._place, sealed))
        return Mark(generation, bytes.fromhex(tag))

    @contextmanager
    def _noting(self, what: str) -> Iterator[None]:
        try:
            yield
        except Damaged:
            self._note(_DAMAGED)
        except CredwalletError as error:
            self._note(f"{what}: {error.what}")

    def _note(self, text: str) -> None:
        # The first one is enough: what follows has the same cause.
        self.notes = self.notes or (text,)


def watched(vault: "Vault", anchors: Anchors) -> "Vault":
    """Compare a wallet that was just opened with its anchor, and keep that raised.

    Args:
        vault: Gets its `anchor` and its `rollback`; closed if it is refused.
        anchors: Where anchors are.

    Returns:
        The same vault.

    Raises:
        Damaged: If it is not the latest one seen (type `rollback`), unless the caller
            only looks.

    """
    try:
        anchor = _anchor_of(vault, anchors)
        # Before the head is read again: another process may be writing right now.
        seen = anchor.read()
        held = _held_by(vault)
        if seen is None or _follows(held, seen):
            anchor.raise_to(held)
        else:
            vault.rollback = Rollback(
                held, seen, moment_of_file(vault.folder / DATABASE), anchor.written_at()
            )
            _refuse(vault, anchors)
    except BaseException:
        vault.close()
        raise
    vault.anchor = anchor
    return vault


def _refuse(vault: "Vault", anchors: Anchors) -> None:
    error = rollback_error(vault)
    if error is not None and not anchors.only_look:
        raise error


def rollback_error(vault: "Vault") -> Damaged | None:
    """Make the error for a wallet that was rolled back; names a backup that is newer.

    Args:
        vault: Watched; None comes back if it was not rolled back.

    """
    if vault.rollback is None:
        return None
    newer = vault.newest_good_backup(vault.rollback.seen.generation)
    return vault.rollback.error("" if newer is None else restore_words(newer.path))


def _follows(held: Mark, seen: Mark) -> bool:
    return held.generation > seen.generation or held == seen


def accept_rollback(vault: "Vault", anchors: Anchors) -> None:
    """Take an older wallet for the latest one from now on, on purpose.

    Args:
        vault: Open, and found to be older than what was last seen.
        anchors: Where the last state that was seen is kept.

    Raises:
        StorageFailure: If the anchor cannot be written.

    """
    _anchor_of(vault, anchors).put_back_to(_held_by(vault))
    vault.rollback = None


def _anchor_of(vault: "Vault", anchors: Anchors) -> Anchor:
    with vault.looking() as view:
        return Anchor(
            anchors,
            folder=vault.folder,
            vault_id=view.keys.vault_id,
            identity_key=view.head.identity_key,
        )


def _held_by(vault: "Vault") -> Mark:
    with vault.looking() as view:
        return Mark(view.head.generation, head_tag(view.connection))


def moment_of_file(path: Path) -> datetime | None:
    """Tell when a file was last written, as the file system says."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return None

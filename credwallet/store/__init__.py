"""The encrypted home: one file in which nothing can be read but counts and sizes.

`docs/format.md` describes the file. Names are resolved when they are asked for, so
that completing handles does not load what only unlocking needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credwallet.store.anchor import Anchors, accept_rollback, watched
    from credwallet.store.backup_contents import newest_good, restore_words
    from credwallet.store.backup_head import refuse_other_files
    from credwallet.store.backups import automatic, back_up
    from credwallet.store.checking import Checked
    from credwallet.store.examining import look_at_backups, look_inside
    from credwallet.store.findings import Finding, Severity, finding_of
    from credwallet.store.folder import exists
    from credwallet.store.handles import handles_without_unlocking
    from credwallet.store.identity import vault_id
    from credwallet.store.location import refuse_unsuitable, unsuitable
    from credwallet.store.opening import Created, create, open_vault
    from credwallet.store.private_files import Surroundings
    from credwallet.store.record import (
        Change,
        Entry,
        NewCredential,
        PutResult,
        Stored,
    )
    from credwallet.store.restoring import restore_backup
    from credwallet.store.slots import KdfCosts, Opened, check_new_passphrase
    from credwallet.store.surroundings import look_around
    from credwallet.store.vault import BATCH, Vault

__all__ = [
    "BATCH",
    "Anchors",
    "Change",
    "Checked",
    "Created",
    "Entry",
    "Finding",
    "KdfCosts",
    "NewCredential",
    "Opened",
    "PutResult",
    "Severity",
    "Stored",
    "Surroundings",
    "Vault",
    "accept_rollback",
    "automatic",
    "back_up",
    "check_new_passphrase",
    "create",
    "exists",
    "finding_of",
    "handles_without_unlocking",
    "look_around",
    "look_at_backups",
    "look_inside",
    "newest_good",
    "open_vault",
    "refuse_other_files",
    "refuse_unsuitable",
    "restore_backup",
    "restore_words",
    "unsuitable",
    "vault_id",
    "watched",
]

_HOMES = {
    "Anchors": "anchor",
    "BATCH": "vault",
    "Change": "record",
    "Checked": "checking",
    "Created": "opening",
    "Entry": "record",
    "Finding": "findings",
    "KdfCosts": "slots",
    "NewCredential": "record",
    "Opened": "slots",
    "PutResult": "record",
    "Severity": "findings",
    "Stored": "record",
    "Surroundings": "private_files",
    "Vault": "vault",
    "accept_rollback": "anchor",
    "automatic": "backups",
    "back_up": "backups",
    "check_new_passphrase": "slots",
    "create": "opening",
    "exists": "folder",
    "finding_of": "findings",
    "handles_without_unlocking": "handles",
    "look_around": "surroundings",
    "look_at_backups": "examining",
    "look_inside": "examining",
    "newest_good": "backup_contents",
    "open_vault": "opening",
    "refuse_other_files": "backup_head",
    "refuse_unsuitable": "location",
    "restore_backup": "restoring",
    "restore_words": "backup_contents",
    "unsuitable": "location",
    "vault_id": "identity",
    "watched": "anchor",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

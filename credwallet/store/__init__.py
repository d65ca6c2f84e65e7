"""The encrypted home: one file in which nothing can be read but counts and sizes.

`docs/format.md` describes the file. Names are resolved when they are asked for, so
that completing handles does not load what only unlocking needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credwallet.store.folder import exists
    from credwallet.store.handles import handles_without_unlocking
    from credwallet.store.opening import Created, create, open_vault
    from credwallet.store.record import (
        Change,
        Entry,
        NewCredential,
        PutResult,
        Stored,
    )
    from credwallet.store.slots import KdfCosts
    from credwallet.store.vault import BATCH, Checked, Vault

__all__ = [
    "BATCH",
    "Change",
    "Checked",
    "Created",
    "Entry",
    "KdfCosts",
    "NewCredential",
    "PutResult",
    "Stored",
    "Vault",
    "create",
    "exists",
    "handles_without_unlocking",
    "open_vault",
]

_HOMES = {
    "BATCH": "vault",
    "Change": "record",
    "Checked": "vault",
    "Created": "opening",
    "Entry": "record",
    "KdfCosts": "slots",
    "NewCredential": "record",
    "PutResult": "record",
    "Stored": "record",
    "Vault": "vault",
    "create": "opening",
    "exists": "folder",
    "handles_without_unlocking": "handles",
    "open_vault": "opening",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

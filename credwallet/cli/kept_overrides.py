"""Exceptions that the wallet keeps: which credential they mean, whatever it is called.

A handle is only good within one wallet and may grow longer. What is kept names a
credential by the SHA-256 of its bytes, so that it survives a move to another wallet.
"""

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from credwallet.model.qualification import Override
    from credwallet.store import Entry, Vault

# Kind of the small documents that hold one exception each.
OVERRIDES = "override"
_BY_BYTES = "sha256:"


def overrides(
    vault: "Vault", entries: "Iterable[Entry]"
) -> "tuple[tuple[str, Override], ...]":
    """Read the learner's exceptions out of the wallet.

    Args:
        vault: The open wallet.
        entries: Everything in it.

    Returns:
        Name of the document and exception, its credentials by their handles; one that
        is gone keeps the name by which it is kept.

    """
    kept = vault.documents(OVERRIDES)
    if not kept:
        return ()
    from credwallet.stacking.files.override_rules import (  # noqa: PLC0415 -- lazily: tomllib
        load_override,
    )

    handles = {
        _BY_BYTES + entry.summary.sha256: entry.handle
        for entry in entries
        if entry.summary.sha256
    }

    def named(kept_name: str) -> str:
        name, slash, part = kept_name.partition("/")
        return f"{handles[name]}{slash}{part}" if name in handles else kept_name

    found = []
    for name, data in sorted(kept.items()):
        override = load_override(data.decode("utf-8", "replace"), "a kept exception")
        override = override._replace(
            credential=named(override.credential), evidence=named(override.evidence)
        )
        found.append((name, override))
    return tuple(found)


def put_override(vault: "Vault", override: "Override") -> bool:
    """Keep an exception, in place of one about the same.

    Args:
        vault: The open wallet.
        override: The exception, its credentials as `lasting_name` calls them.

    Returns:
        Whether there was one about the same.

    """
    from credwallet.stacking.files.override_rules import (  # noqa: PLC0415 -- lazily: tomllib
        override_text,
    )

    name = _name(override)
    old = vault.document(OVERRIDES, name)
    vault.put_document(OVERRIDES, name, override_text(override).encode())
    return old is not None


def lasting_name(entry: "Entry", part: str) -> str:
    """Name a credential, or a part of a record (`/2`), for good.

    Args:
        entry: The row of the index; its handle may change, its digest does not.
        part: `/` and the number of the part, counted from 1; `""` for the whole.

    """
    return f"{_BY_BYTES}{entry.summary.sha256}{part}"


def _name(override: "Override") -> str:
    where = (override.qualification, override.requirement)
    about = (*where, override.credential, override.achievement)
    return hashlib.sha256("\0".join(about).encode()).hexdigest()[:32]

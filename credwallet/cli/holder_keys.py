"""The learner's own keys, as the wallet keeps them: sealed, one document a key."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import NotFound, Unreadable
from credwallet.keys.key_file import from_object, jwk_of
from credwallet.keys.private_key import PrivateKey

if TYPE_CHECKING:
    from credwallet.store import Vault

KEYS = "key"
LONGEST_NAME = 64


class KeptKey(NamedTuple):
    """A key under its name; `added_at` is when it came into the wallet (RFC 3339)."""

    name: str
    key: PrivateKey
    added_at: str


def keys(vault: "Vault") -> tuple[KeptKey, ...]:
    """Read the learner's keys out of the wallet, in the order of their names.

    Args:
        vault: The open wallet.

    """
    kept = vault.documents(KEYS)
    return tuple(key_of(name, kept[name]) for name in sorted(kept))


def named_key(vault: "Vault", name: str) -> KeptKey:
    """Find a key by its name or its DID.

    Args:
        vault: The open wallet.
        name: As the learner wrote it.

    Raises:
        NotFound: If there is none.

    """
    for each in keys(vault):
        if name in (each.name, each.key.did):
            return each
    raise NotFound(
        f"there is no key called {name}", next_step="see: credwallet key list"
    )


def can_be_name(name: str) -> bool:
    """Say whether a key can go by a name: short, printable, and not like a DID."""
    short = 0 < len(name) <= LONGEST_NAME and name.isprintable()
    return short and not name.startswith("did:")


def put_key(vault: "Vault", kept: KeptKey) -> None:
    """Keep a key.

    Args:
        vault: The open wallet.
        kept: The key, its name and since when.

    """
    said = {"addedAt": kept.added_at, "jwk": jwk_of(kept.key)}
    vault.put_document(KEYS, kept.name, json.dumps(said).encode())


def key_of(name: str, data: bytes) -> KeptKey:
    """Read one key as `put_key` keeps it.

    Args:
        name: Of the document.
        data: Its bytes.

    Raises:
        Unreadable: If it is no such document.

    """
    said = strict_json.loads(data)
    if not isinstance(said, dict) or not isinstance(said.get("addedAt"), str):
        raise Unreadable(
            f"the key {name} is not as it was written",
            next_step="look for what is wrong: credwallet doctor",
        )
    datetime.fromisoformat(said["addedAt"])
    return KeptKey(name, from_object(said.get("jwk")), said["addedAt"])

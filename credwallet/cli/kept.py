"""Small documents that the wallet keeps: issuers, registries, identities, contexts."""

import json
from typing import TYPE_CHECKING

from credwallet.canon import strict_json
from credwallet.trust import KnownIssuer, from_json

if TYPE_CHECKING:
    from credwallet.store import Vault
    from credwallet.trust.registries import Registry

CONTEXTS = "context"
ISSUERS = "issuer"
IDENTITIES = "identity"
REGISTRIES = "registry"


def known_issuers(vault: "Vault") -> dict[str, KnownIssuer]:
    """Read the learner's known issuers out of the wallet."""
    return {
        name: from_json(strict_json.loads(data))
        for name, data in vault.documents(ISSUERS).items()
    }


def registries(vault: "Vault") -> "tuple[Registry, ...]":
    """Read the learner's registries out of the wallet, in the order of their adding."""
    kept = vault.documents(REGISTRIES)
    if not kept:
        return ()
    from credwallet.trust.registries import from_parts  # noqa: PLC0415 -- lazily: rare

    found = []
    for url, data in kept.items():
        head, _, document = data.partition(b"\n")
        found.append(from_parts(url, strict_json.loads(head), document))
    return tuple(sorted(found, key=lambda registry: (registry.added_at, registry.url)))


def put_registry(vault: "Vault", registry: "Registry") -> None:
    """Keep a registry with the copy of its document."""
    from credwallet.trust.registries import to_parts  # noqa: PLC0415 -- lazily: rare

    head = json.dumps(to_parts(registry)).encode()
    vault.put_document(REGISTRIES, registry.url, head + b"\n" + registry.document)


def identities(vault: "Vault") -> tuple[str, ...]:
    """Read the learner's e-mail addresses and DIDs out of the wallet."""
    return tuple(sorted(vault.documents(IDENTITIES)))

"""Small documents that the wallet keeps: issuers, identities, contexts, goals, ..."""

import json
from datetime import date
from typing import TYPE_CHECKING

from credwallet.canon import strict_json
from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.errors import NotFound
from credwallet.model.goal import Goal
from credwallet.trust import KnownIssuer, from_json

if TYPE_CHECKING:
    from credwallet.store import Vault
    from credwallet.trust.registries import Registry

CONTEXTS = "context"
GOALS = "goal"
ISSUERS = "issuer"
IDENTITIES = "identity"
REGISTRIES = "registry"


def named(
    vault: "Vault", kind: str, name: str, *, missing: str, otherwise: str
) -> bytes:
    """Read the one document of a kind that goes by a name.

    Args:
        vault: The open wallet.
        kind: Of the document, such as `GOALS`.
        name: The whole name; letters of other case are another one.
        missing: What is said if there is none, as an error's `what`.
        otherwise: The hint then, if the name looks like none that there is.

    Raises:
        NotFound: If there is none of that name.

    """
    data = vault.document(kind, name)
    if data is None:
        step = did_you_mean(name, vault.document_names(kind), otherwise)
        raise NotFound(missing, next_step=step)
    return data


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
    """Keep a registry with the copy of its document.

    Args:
        vault: The open wallet.
        registry: It takes the place of one with the same address.

    """
    from credwallet.trust.registries import to_parts  # noqa: PLC0415 -- lazily: rare

    head = json.dumps(to_parts(registry)).encode()
    vault.put_document(REGISTRIES, registry.url, head + b"\n" + registry.document)


def identities(vault: "Vault") -> tuple[str, ...]:
    """Read the learner's e-mail addresses and DIDs out of the wallet."""
    return tuple(sorted(vault.documents(IDENTITIES)))


def goals(vault: "Vault") -> tuple[Goal, ...]:
    """Read the learner's goals out of the wallet: by priority, then date, then id."""
    kept = [goal_of(name, data) for name, data in vault.documents(GOALS).items()]
    return tuple(
        sorted(kept, key=lambda g: (g.priority, g.by or date.max, g.qualification))
    )


def put_goal(vault: "Vault", goal: Goal) -> None:
    """Keep a goal, in place of one for the same qualification.

    Args:
        vault: The open wallet.
        goal: It is kept by the id of its qualification.

    """
    said = {
        "priority": goal.priority,
        "by": goal.by.isoformat() if goal.by else None,
        "why": goal.why,
        "occupation": goal.occupation,
    }
    vault.put_document(GOALS, goal.qualification, json.dumps(said).encode())


def goal_of(qualification: str, data: bytes) -> Goal:
    """Read one goal as `put_goal` keeps it.

    Args:
        qualification: Its id, which is the name of the document.
        data: The document, JSON.

    """
    said = strict_json.loads(data)
    by = said["by"]
    return Goal(
        qualification=qualification,
        priority=int(said["priority"]),
        by=date.fromisoformat(by) if by else None,
        why=str(said["why"]),
        occupation=str(said["occupation"]),
    )

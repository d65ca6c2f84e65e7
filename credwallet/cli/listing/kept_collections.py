"""Collections that the wallet keeps: which credentials are members, and in which order?

A handle is only good within one wallet and may grow longer. What is kept names a member
by its issuer and identifier (so that a newer copy stays a member), else by the SHA-256
of its bytes; so a collection survives a move to another wallet.
"""

import json
from typing import TYPE_CHECKING, NamedTuple

from credwallet.canon import strict_json
from credwallet.cli.kept import named
from credwallet.cli.tagging import MAX_LENGTH, can_be_tag
from credwallet.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from credwallet.model.summary import Summary
    from credwallet.store import Entry, Vault

COLLECTIONS = "collections"
MOST_MEMBERS = 10_000
_LONGEST = 4096
_FIELDS = ("issuer", "id", "sha256", "name")


class Member(NamedTuple):
    """One credential of a collection; `name` is for when it is gone."""

    issuer: str
    id: str
    sha256: str
    name: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same credential as another."""
        if self.issuer and self.id:
            return self.issuer, self.id
        return "", self.sha256


Collection = tuple[Member, ...]


def member_of(summary: "Summary") -> Member:
    """Name a credential as a collection keeps it."""
    name = summary.name[:_LONGEST]
    return Member(summary.issuer_id, summary.id, summary.sha256, name)


def check_name(name: str, what: str = "collection") -> str:
    """Make sure that a text can be the name of a collection or of a filter.

    Args:
        name: What the learner wrote.
        what: What is to be called so, for the message.

    Returns:
        The name without spaces around it.

    Raises:
        Usage: If it is empty, too long, cannot be printed, or looks like an option.

    """
    name = name.strip()
    if not can_be_tag(name) or name.startswith("-"):
        raise Usage(
            f"{name!r} is no name for a {what}",
            next_step=f"use 1 to {MAX_LENGTH} characters, and no - in front",
        )
    return name


def collections(vault: "Vault") -> dict[str, Collection]:
    """Read all collections of the wallet, by name."""
    kept = vault.documents(COLLECTIONS)
    return {name: collection_of(name, kept[name]) for name in sorted(kept)}


def collection(vault: "Vault", name: str) -> Collection:
    """Read one collection.

    Args:
        vault: The open wallet.
        name: The whole name; letters of other case are another one.

    Raises:
        NotFound: If there is none of that name.

    """
    data = named(
        vault,
        COLLECTIONS,
        name,
        missing=f"there is no collection {name}",
        otherwise="see: credwallet collection list; make one: credwallet "
        "collection add NAME ID",
    )
    return collection_of(name, data)


def collection_of(name: str, data: bytes) -> Collection:
    """Read a collection as it is kept.

    Args:
        name: Of its document.
        data: Its content.

    Raises:
        Usage: If the name can be none.
        Unreadable: If it is no JSON.
        ValueError: If it says anything else than members, or too many.

    """
    if check_name(name) != name:
        raise ValueError(name)
    said = strict_json.loads(data)
    if not isinstance(said, dict) or list(said) != ["members"]:
        raise ValueError(name)
    rows = said["members"]
    if not isinstance(rows, list) or len(rows) > MOST_MEMBERS:
        raise ValueError(name)
    for row in rows:
        if not isinstance(row, dict) or tuple(row) != _FIELDS:
            raise ValueError(name)
        if not all(isinstance(text, str) for text in row.values()):
            raise ValueError(name)
    return tuple(Member(**row) for row in rows)


def put_collection(vault: "Vault", name: str, members: "Iterable[Member]") -> None:
    """Keep a collection, in place of one of the same name.

    Args:
        vault: The open wallet.
        name: Checked.
        members: In their order; each is kept once.

    Raises:
        Usage: If there are too many.

    """
    once = {member.key: member for member in reversed([*members])}
    rows = [member._asdict() for member in reversed(once.values())]
    if len(rows) > MOST_MEMBERS:
        raise Usage(
            f"a collection holds at most {MOST_MEMBERS:,} credentials",
            next_step="make two of it",
        )
    vault.put_document(COLLECTIONS, name, json.dumps({"members": rows}).encode())


def places(vault: "Vault", names: "Sequence[str]") -> dict[tuple[str, str], int]:
    """Give each member of collections its place, in the order of their adding.

    Args:
        vault: The open wallet.
        names: Collections; the first comes first.

    Returns:
        The place of each member by its key, counted from 0.

    Raises:
        NotFound: If there is no collection of that name.

    """
    found: dict[tuple[str, str], int] = {}
    for name in names:
        for member in collection(vault, name):
            found.setdefault(member.key, len(found))
    return found


def forget(vault: "Vault", entries: "Sequence[Entry]") -> tuple[str, ...]:
    """Take credentials out of every collection, since they are deleted for good.

    Args:
        vault: The open wallet.
        entries: What is deleted.

    Returns:
        The names of the collections that they were in.

    """
    gone = {member_of(entry.summary).key for entry in entries}
    changed = []
    for name, members in collections(vault).items():
        left = [member for member in members if member.key not in gone]
        if len(left) < len(members):
            put_collection(vault, name, left)
            changed.append(name)
    return tuple(changed)

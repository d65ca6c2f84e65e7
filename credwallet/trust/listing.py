"""What is a registry of issuers, and what does it say about one?"""

from typing import NamedTuple


class Registry(NamedTuple):
    """A registry that the learner added, with the copy of its document.

    `kind` is a name of `KINDS`, `name` the learner's own or the registry's. `added_at`
    and `fetched_at` are RFC 3339 moments.
    """

    url: str
    kind: str
    name: str
    added_at: str
    fetched_at: str
    document: bytes


class Contents(NamedTuple):
    """What a registry's document says about the registry itself.

    `name` is its own name, `""` if it states none; `issuers` how many it lists,
    None if they are asked for one by one.
    """

    name: str
    issuers: int | None


class Entry(NamedTuple):
    """What a registry says about an issuer; `age_s` is how old that word is."""

    name: str
    homepage: str
    age_s: int


def text_of(value: object) -> str:
    """Take text from a registry, on one line and cut; other values are none."""
    return " ".join(value.split())[:200] if isinstance(value, str) else ""

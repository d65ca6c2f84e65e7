"""What is a policy pack made of?

Only facts of one document: which elements it asks for, in which members of a credential
each may stand, and what it says beside that. Nothing here is run.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Field(NamedTuple):
    """One place where an element may stand.

    `path` are the member names that lead there from the credential; arrays on the way
    are walked through. Where `member` is given, the value of that member of the object
    there must be one of `values`, or with `excluded` none of them.
    """

    path: tuple[str, ...]
    member: str = ""
    values: tuple[str, ...] = ()
    excluded: bool = False


class Element(NamedTuple):
    """One thing that the policy asks a credential to say.

    `need` is `mandatory` or `optional`; `when` is the condition of a mandatory one
    (`if applicable`), `""` if there is none. `fields` are the places by vocabulary (see
    `vocabulary.VOCABULARIES`, and `any` for all of them), each enough by itself.
    `words` lead to running text that may say it, for people to read. `not_visible` says
    why no credential shows it, `""` if some can.
    """

    id: str
    title: str
    text: str
    need: str
    when: str
    fields: Mapping[str, tuple[Field, ...]]
    words: tuple[Field, ...]
    not_visible: str


class Fact(NamedTuple):
    """What the policy says beyond a single credential; where and when that was read."""

    id: str
    text: str
    source: str
    read_on: date | None


class Limit(NamedTuple):
    """A cap or a gate that says a rule of the policy, ready for a qualification file.

    `toml` is put under the rules of such a file as it stands.
    """

    id: str
    text: str
    toml: str


class Pack(NamedTuple):
    """A policy, as one file states it.

    `status` is `recommendation` or `rule`: what the document itself is. `source` is
    that document, `dated` its day, `read_at` where the text was read if not there, and
    `read_on` when.
    """

    id: str
    title: str
    text: str
    status: str
    published_by: str
    source: str
    dated: date | None
    read_at: str
    read_on: date | None
    elements: tuple[Element, ...]
    facts: tuple[Fact, ...]
    limits: tuple[Limit, ...]

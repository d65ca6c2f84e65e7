"""What is a draft of rules, before it is a qualification file?

Every other standard is read into this one shape: a tree of parts, what the award is,
and a ledger of what could be carried over. `assembled` makes a `Qualification` of it
(`docs/qualification-file.md`), within the limits of the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.errors import Unreadable
from credwallet.model.qualification import (
    Fact,
    Group,
    Match,
    Qualification,
    Requirement,
    Share,
)
from credwallet.stacking.drafts.ledger import Ledger
from credwallet.stacking.drafts.limits import MAX_DEPTH, MAX_PARTS, too_deep, too_many

# Names and descriptions are for people; whoever wants all of them reads the source.
_LONGEST_TITLE = 300
_LONGEST_TEXT = 600
_LONGEST_IDENTIFIER = 1000
_MOST_ISSUERS = 50
_LONGEST_SLUG = 48
_NO_LETTER = re.compile(r"[^a-z0-9]+")


class Leaf(NamedTuple):
    """One thing to hold; without `identifiers` nobody can check it (`manual`).

    `aligned` lets an alignment (Open Badges 3.0) with one of the identifiers count too.
    """

    title: str
    identifiers: tuple[str, ...] = ()
    aligned: bool = False
    text: str = ""
    credits: Fraction | None = None
    unit: str = ""


class Branch(NamedTuple):
    """Several parts: the best `n` of them, or with `n` 0 all."""

    parts: "tuple[Part, ...]"
    n: int = 0
    title: str = ""
    text: str = ""


Part = Leaf | Branch


class Draft(NamedTuple):
    """Rules as another standard has them.

    `award` are identifiers of the award itself. `facts` say what achievements are
    worth. With `complete` somebody said that these are all the rules; without, the file
    is an estimate.
    """

    id: str
    title: str
    root: Branch
    ledger: Ledger
    standard: str
    award: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    awarded_by: tuple[str, ...] = ()
    issuer_ids: tuple[str, ...] = ()
    source: str = ""
    text: str = ""
    level: Fraction | None = None
    framework: str = ""
    complete: bool = False


def assembled(draft: Draft, read_on: date) -> Qualification:
    """Make rules of a draft.

    Args:
        draft: The draft; its ledger is told what has no place in the file.
        read_on: The day on which the source was read.

    Returns:
        The rules, as `rules.load` reads them back.

    Raises:
        Unreadable: If there is nothing to ask for, or more than a file can hold.

    """
    root = _tidy(draft.root)
    if isinstance(root, Leaf) or root.n:
        root = Branch((root,))
    _check_size(root)
    weighted = _is_weighted(root, draft.ledger)
    laid_out = _LaidOut(weighted=weighted)
    laid_out.put(root.parts, "", within_n_of=False)
    identity = cut(draft.id, 200)
    return Qualification(
        id=identity,
        title=cut(draft.title, _LONGEST_TITLE) or identity,
        requirements=tuple(laid_out.requirements),
        groups=tuple(laid_out.groups),
        shares=laid_out.shares(),
        facts=_facts(draft, root),
        awarded_by=_few(cut(name, _LONGEST_TITLE) for name in draft.awarded_by),
        issuer_ids=_few(usable(draft.issuer_ids)),
        award=_award(draft, root),
        source=draft.source if _is_page(draft.source) else "",
        read_on=read_on,
        basis="rule" if draft.complete and draft.ledger.complete else "estimate",
        level=draft.level,
        framework=draft.framework,
        text=cut(draft.text, _LONGEST_TEXT),
    )


def cut(text: str, longest: int) -> str:
    """Put a foreign text on one line, and shorten it.

    Args:
        text: Any text.
        longest: Most characters to return.

    Returns:
        The text with every run of white space made one space.

    """
    line = " ".join(text[: 8 * longest].split())
    return line if len(line) <= longest else line[: longest - 3].rstrip() + "..."


def usable(identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return the identifiers that a file can hold, each once."""
    return tuple(
        dict.fromkeys(
            each
            for each in identifiers
            if each.strip() and len(each) <= _LONGEST_IDENTIFIER
        )
    )


def slug(name: str, *, otherwise: str) -> str:
    """Make a short id of a name.

    Args:
        name: Any text; only its start matters.
        otherwise: The id of a name without Latin letters and digits.

    Returns:
        1 to 48 characters of `[a-z0-9-]`.

    """
    folded = unicodedata.normalize("NFKD", name[: 8 * _LONGEST_SLUG].casefold())
    plain = folded.encode("ascii", "ignore").decode()
    return _NO_LETTER.sub("-", plain).strip("-")[:_LONGEST_SLUG].strip("-") or otherwise


def _is_page(address: str) -> bool:
    return address.startswith(("https://", "http://")) and bool(usable((address,)))


class _LaidOut:
    """The tree written flat, with an id for every part."""

    def __init__(self, *, weighted: bool) -> None:
        self.weighted = weighted
        self.requirements: list[Requirement] = []
        self.groups: list[Group] = []
        self.taken: set[str] = set()
        self.uses: dict[str, list[str]] = {}

    def put(self, parts: tuple[Part, ...], group: str, *, within_n_of: bool) -> None:
        """Put parts into a group; `""` is the root."""
        for part in parts:
            weight = _weight(part, weighted=self.weighted and not within_n_of)
            if isinstance(part, Leaf):
                self._leaf(part, group, weight)
            else:
                identity = self._id(part.title, "group")
                self.groups.append(
                    Group(
                        id=identity,
                        type="n_of" if part.n else "all_of",
                        n=part.n or 1,
                        weight=weight,
                        group=group,
                        title=cut(part.title, _LONGEST_TITLE),
                        text=cut(part.text, _LONGEST_TEXT),
                    )
                )
                self.put(part.parts, identity, within_n_of=part.n > 0)

    def shares(self) -> tuple[Share, ...]:
        """Let what asks for one achievement twice be met by it twice."""
        return tuple(Share(tuple(ids)) for ids in self.uses.values() if len(ids) > 1)

    def _leaf(self, leaf: Leaf, group: str, weight: Fraction) -> None:
        identity = self._id(leaf.title, "part")
        identifiers = usable(leaf.identifiers)
        if identifiers:
            self.uses.setdefault(identifiers[0], []).append(identity)
        self.requirements.append(
            Requirement(
                id=identity,
                type="credential" if identifiers else "manual",
                need=Fraction(1),
                match=_match(identifiers, aligned=leaf.aligned),
                weight=weight,
                group=group,
                title=cut(leaf.title, _LONGEST_TITLE),
                text=cut(leaf.text, _LONGEST_TEXT),
            )
        )

    def _id(self, title: str, otherwise: str) -> str:
        # Of an address only the end tells one from another.
        tail = title.rstrip("/").rpartition("/")[2] if "://" in title else title
        name = slug(tail, otherwise=otherwise)
        number, found = 1, name
        # Not one by one from 2: two thousand parts may have one name.
        if name in self.taken:
            number = len(self.requirements) + len(self.groups) + 1
            found = f"{name}-{number}"
        while found in self.taken:
            number += 1
            found = f"{name}-{number}"
        self.taken.add(found)
        return found


def _match(identifiers: tuple[str, ...], *, aligned: bool) -> Match:
    if not identifiers:
        return Match()
    if not aligned:
        return Match(achievement=identifiers)
    return Match(any=(Match(achievement=identifiers), Match(alignment=identifiers)))


def _tidy(branch: Branch) -> Part:
    """Take away groups of one member, and the number where it is all of them."""
    parts = tuple(_tidy(p) if isinstance(p, Branch) else p for p in branch.parts)
    n = 0 if branch.n >= len(parts) else branch.n
    if len(parts) == 1:
        (only,) = parts
        said = ": ".join(filter(None, (branch.title, branch.text)))
        text = " ".join(filter(None, (said, only.text)))
        return only._replace(text=text, title=only.title or branch.title)
    return branch._replace(parts=parts, n=n)


def _check_size(root: Branch) -> None:
    leaves = groups = 0
    waiting: list[tuple[Part, int]] = [(part, 1) for part in root.parts]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, Leaf):
            leaves += 1
        else:
            groups += 1
            waiting.extend((inner, depth + 1) for inner in part.parts)
        if depth > MAX_DEPTH:
            raise too_deep()
        if max(leaves, groups) > MAX_PARTS:
            raise too_many()
    if not leaves:
        raise Unreadable(
            "it asks for nothing", next_step="an empty set of rules is no rule"
        )


def _leaves(part: Part) -> Iterator[Leaf]:
    if isinstance(part, Leaf):
        yield part
        return
    for inner in part.parts:
        yield from _leaves(inner)


def _worth(part: Part) -> Fraction | None:
    """Return the credits of a part, None where they are open."""
    if isinstance(part, Leaf):
        return part.credits or None
    worths = [_worth(inner) for inner in part.parts]
    known = [worth for worth in worths if worth is not None]
    if len(known) < len(worths):
        return None
    if not part.n:
        return sum(known, Fraction(0))
    return part.n * known[0] if len(set(known)) == 1 else None


def _is_weighted(root: Branch, ledger: Ledger) -> bool:
    """Say whether credits can be the weights of everything: of one unit, and known."""
    stated = [leaf for leaf in _leaves(root) if leaf.credits is not None]
    if not stated:
        return False
    if _worth(root) is not None and len({leaf.unit for leaf in stated}) == 1:
        return True
    ledger.remark(
        "credit values are no weights here: not everything has one of the same unit"
    )
    return False


def _weight(part: Part, *, weighted: bool) -> Fraction:
    worth = _worth(part) if weighted else None
    if worth is not None:
        return worth
    if isinstance(part, Leaf):
        return Fraction(1)
    if part.n:
        return Fraction(part.n)
    return sum((_weight(inner, weighted=weighted) for inner in part.parts), Fraction(0))


def _facts(draft: Draft, root: Branch) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for leaf in _leaves(root):
        identifiers = usable(leaf.identifiers)
        if identifiers and leaf.credits is not None:
            found.setdefault(
                identifiers[0],
                Fact(identifiers[0], credits=leaf.credits, credit_unit=leaf.unit),
            )
    for fact in draft.facts:
        if usable((fact.id,)):
            found.setdefault(fact.id, fact)
    return tuple(found.values())


def _award(draft: Draft, root: Branch) -> Match | None:
    award = usable(draft.award)
    if not award:
        return None
    asked = {name for leaf in _leaves(root) for name in leaf.identifiers}
    if asked.intersection(award):
        draft.ledger.leave("the award: the rules ask for it, too, which is a circle")
        return None
    return Match(achievement=award)


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))[:_MOST_ISSUERS]

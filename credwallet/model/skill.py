"""Which skills does a credential speak of, and which of several are the same skill?

Open Badges 3.0 appendix B (`Achievement`): `alignment`, then `tag`. Of Europass
credentials the related skills of the learning outcomes stand in the place of
alignments. Nothing is guessed: a skill is soft (transferable) or hard if the issuer,
the framework or the learner's own tag says so, and otherwise that is not said.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from credwallet.model.achievement import Alignment
from credwallet.model.skill_frameworks import (
    framed,
    kind_word,
    place_of,
)
from credwallet.model.summary import Summary

ALIGNMENT = "alignment"
TAG = "tag"
NAME = "name"
# In place of a group: a code or a name that several go by tells none apart.
_SEVERAL = -1


class Said(NamedTuple):
    """One skill, as one credential says it.

    `origin` is where it stands: `alignment`, `tag`, or `name` (the achievement's own
    name, where nothing else is said). `why` says in words who says its `kind`.
    """

    name: str
    origin: str
    framework: str = ""
    url: str = ""
    code: str = ""
    kind: str = ""
    why: str = ""


class LeftOut(NamedTuple):
    """An alignment with something that is no skill: an occupation or a credential."""

    name: str
    about: str


class Skill(NamedTuple):
    """One skill, with the credentials that speak of it.

    `also` are other names of it; `whys` who says its `kind`; `behind` maps the number
    of each credential, as it was handed in, to where it says the skill.
    """

    name: str
    also: tuple[str, ...]
    framework: str
    url: str
    code: str
    kind: str
    whys: tuple[str, ...]
    behind: Mapping[int, str]


def said_by(summary: Summary) -> tuple[list[Said], list[LeftOut]]:
    """Read the skills that a credential speaks of.

    Args:
        summary: Its row.

    Returns:
        The skills in order, each once, and the alignments that are none. The name of
        the achievement is a skill only where there is neither alignment nor tag.

    """
    by_tags, why = _kind_by_tags(summary)
    found: dict[tuple[str, str, str], Said] = {}
    left_out = []
    for alignment in _aligned(summary):
        name, url, code = alignment[:3]
        place = framed(alignment)
        if place.about != "skill":
            left_out.append(LeftOut(name or code or url, place.about))
            continue
        kind, who = (place.kind, place.why) if place.kind else (by_tags, why)
        said = Said(
            name or code or url, ALIGNMENT, place.framework, url, code, kind, who
        )
        # One item in two registers is one skill: its code and framework say so.
        where = place.framework if code and place.framework else place_of(url)
        found.setdefault((folded(said.name), where, code), said)
    known = {name for name, _, _ in found}
    for tag in summary.keywords:
        name = folded(tag)
        if name and name not in known and not kind_word(tag):
            known.add(name)
            found[name, "", ""] = Said(tag, TAG, kind=by_tags, why=why)
    if not found and not left_out and summary.name:
        return [Said(summary.name, NAME, kind=by_tags, why=why)], []
    return list(found.values()), left_out


def joined(credentials: Sequence[Sequence[Said]]) -> list[Skill]:
    """Put together what several credentials say of the same skill.

    Two are the same by address; where one has none, by framework and code; where that
    is missing too, by name within one framework. An address that one credential gives
    to skills of different names is a page about them and tells none apart.

    Args:
        credentials: What each says.

    Returns:
        The skills, in the order in which they came up first.

    """
    pages = _pages(credentials)
    groups: list[list[tuple[int, Said]]] = []
    by_key: dict[tuple[str, ...], int] = {}
    coded: set[int] = set()
    numbered = [(n, said) for n, each in enumerate(credentials) for said in each]
    # Those with an address first: they tell which names and codes go with which.
    numbered.sort(key=lambda pair: _strength(pair[1], pages))
    for number, said in numbered:
        keys = _keys(said, pages)
        at = _same(said, keys, by_key, coded)
        if at is None:
            at = len(groups)
            groups.append([])
        groups[at].append((number, said))
        if said.code:
            coded.add(at)
        for key in keys:
            if by_key.setdefault(key, at) != at:
                by_key[key] = _SEVERAL
    for group in groups:
        group.sort(key=lambda pair: pair[0])
    groups.sort(key=lambda group: group[0][0])
    return [_skill(group) for group in groups]


def _same(
    said: Said,
    keys: Sequence[tuple[str, ...]],
    by_key: Mapping[tuple[str, ...], int],
    coded: AbstractSet[int],
) -> int | None:
    """Find the group that a skill belongs to; None if it is a new one."""
    for key in keys[:1] if keys[0][0] == "url" else keys:
        at = by_key.get(key, _SEVERAL)
        # What has another code is another skill, whatever its name.
        other = key[0] == "name" and said.code and at in coded
        if at != _SEVERAL and not other:
            return at
    return None


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Reduce a name to what makes it the same as another: no case, no spaces more."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _aligned(summary: Summary) -> list[Alignment]:
    if summary.aligned:
        texts = iter(summary.aligned)
        # Five times the same iterator: five texts at a time.
        return [Alignment(*five) for five in zip(*[texts] * 5, strict=False)]
    # Written before alignments were kept one by one.
    return [Alignment(name, "", "", "", "") for name in summary.skills]


def _kind_by_tags(summary: Summary) -> tuple[str, str]:
    """Read what kind of skills the tags say that these are: the learner's own first."""
    for tags, who in ((summary.tags, "your tag"), (summary.keywords, "issuer's tag")):
        kinds = {kind: tag for tag in tags if (kind := kind_word(tag))}
        if len(kinds) == 1:
            ((kind, tag),) = kinds.items()
            return kind, f"{who}: {tag}"
    return "", ""


def _pages(credentials: Iterable[Iterable[Said]]) -> frozenset[str]:
    found = set()
    for each in credentials:
        names: dict[str, str] = {}
        for said in each:
            place = place_of(said.url)
            if place and names.setdefault(place, folded(said.name)) != folded(
                said.name
            ):
                found.add(place)
    return frozenset(found)


def _place(said: Said, pages: frozenset[str]) -> str:
    place = place_of(said.url)
    # The front page of a site is no address of a skill.
    return place if "/" in place and place not in pages else ""


def _strength(said: Said, pages: frozenset[str]) -> int:
    return 0 if _place(said, pages) else 1 if said.code else 2


def _keys(said: Said, pages: frozenset[str]) -> list[tuple[str, ...]]:
    place, framework = _place(said, pages), folded(said.framework)
    keys: list[tuple[str, ...]] = [("url", place)] if place else []
    if said.code and framework:
        keys.append(("code", framework, folded(said.code)))
    keys.append(("name", framework, folded(said.name)))
    return keys


def _skill(group: Sequence[tuple[int, Said]]) -> Skill:
    all_said = [said for _, said in group]
    first = all_said[0]
    names = {folded(said.name): said.name for said in reversed(all_said)}
    kinds = {said.kind for said in all_said if said.kind}
    whys = dict.fromkeys(said.why for said in all_said if said.why)
    behind: dict[int, str] = {}
    for number, said in group:
        behind.setdefault(number, said.origin)
    return Skill(
        name=first.name,
        also=tuple(n for key, n in names.items() if key != folded(first.name)),
        framework=next((s.framework for s in all_said if s.framework), ""),
        url=next((s.url for s in all_said if s.url), ""),
        code=next((s.code for s in all_said if s.code), ""),
        kind=kinds.pop() if len(kinds) == 1 else "",
        whys=tuple(whys),
        behind=behind,
    )

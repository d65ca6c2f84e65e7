"""Which framework does an alignment of a badge point into?

Open Badges 3.0 appendix B (`Alignment`): an issuer names the framework in
`targetFramework`, in words of its own, and the item in it by `targetUrl`. An address
tells best: `KNOWN` says which addresses belong to which framework, and by which other
names it goes. Nothing is ever fetched.
"""

from functools import lru_cache
from typing import NamedTuple

from credwallet.model.achievement import Alignment
from credwallet.model.esco_transversal import is_transversal, is_transversal_label
from credwallet.model.known_frameworks import (
    HARD,
    KIND_WORDS,
    KNOWN,
    SOFT,
    SkillFramework,
)

_BY_NAME = {
    name: framework
    for framework in KNOWN
    for name in (framework.name.casefold(), *framework.also)
}
_PLACES = sorted(
    ((place, framework) for framework in KNOWN for place in framework.places),
    key=lambda pair: -len(pair[0]),
)

# What is aligned with one of these is work or a credential, and no skill.
_OCCUPATIONS = (
    *("data.europa.eu/esco/occupation/", "data.europa.eu/esco/isco/"),
    *("onetonline.org/link/summary/", "onetonline.org/link/details/"),
)
_CREDENTIALS = ("data.europa.eu/esco/qualification",)
_CREDENTIAL_TYPES = frozenset({"ceterms:credential"})
# Too short to say anything by itself inside a longer name.
_ALONE = frozenset({"soft", "hard", "21st century"})


class Framed(NamedTuple):
    """Which framework an item is of, and what that framework says of its kind.

    `kind` is `soft`, `hard` or `""`; `why` says in words who says so. `about` is
    `skill`, `occupation` or `credential`.
    """

    framework: str
    kind: str = ""
    why: str = ""
    about: str = "skill"


@lru_cache(maxsize=4096)
def framed(alignment: Alignment) -> Framed:
    """Find the framework of an alignment (Open Badges 3.0 appendix B).

    Args:
        alignment: As the issuer wrote it.

    Returns:
        The framework's common name if it is a known one, else the issuer's name for it,
        else the host of the address, else `""`.

    """
    name = alignment.target_framework
    place = place_of(alignment.target_url)
    by_place, by_name = _at(place), _named(name)
    if by_place is not None and not (by_place.holds_others and name.strip()):
        known: SkillFramework | None = by_place
    else:
        known = by_name
    called = known.name if known else name.strip() or place.partition("/")[0]
    kind, why = _kind(known, alignment, place)
    return Framed(called, kind, why, _about(place, alignment.target_type))


@lru_cache(maxsize=4096)
def place_of(url: str) -> str:
    """Reduce an address to host and path, so that the same item compares equal.

    Args:
        url: An address as an issuer wrote it.

    Returns:
        `host/path` (with the query and the fragment, if any) without scheme, `www.`,
        port and last slash; `""` for what is no web address, and for one that hides its
        host: with a user's name, a backslash, a blank or a control character in it. A
        page of ESCO's portal becomes the concept that it shows.

    """
    scheme, separator, rest = url.strip(" ").partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        return ""
    if "\\" in rest or not rest.isprintable():
        # A browser may find another host in it than we do.
        return ""
    end = min((rest + mark).index(mark) for mark in "/?#")
    host, path = _host(rest[:end]), rest[end:]
    if host in ("esco.ec.europa.eu", "ec.europa.eu") and "uri=" in path:
        inner = path.partition("uri=")[2].partition("&")[0]
        inner = inner.replace("%3A", ":").replace("%3a", ":")
        inner = inner.replace("%2F", "/").replace("%2f", "/")
        if inner.startswith("http://data.europa.eu/esco/"):
            return inner.removeprefix("http://").rstrip("/")
    return host + path.rstrip("/") if host else ""


def _host(authority: str) -> str:
    """Return the host in an authority (RFC 3986 section 3.2), `""` if none is plain."""
    host, _, port = authority.partition(":")
    if any(each in authority for each in " @%[]") or not (port or "0").isdecimal():
        return ""
    # The dot at the end of a whole name changes nothing.
    return host.lower().removesuffix(".").removeprefix("www.")


@lru_cache(maxsize=4096)
def kind_word(text: str) -> str:
    """Read a tag that says nothing but what kind of skills these are.

    Args:
        text: A tag, as `Soft Skills` or `#transferable-skills`.

    Returns:
        `soft`, `hard` or `""`.

    """
    return KIND_WORDS.get(_words(text), "")


def _at(place: str) -> SkillFramework | None:
    for start, framework in _PLACES:
        if start.startswith("*"):
            if start[1:] in place:
                return framework
        elif f"{place}/".startswith(start):
            return framework
    return None


def _named(name: str) -> SkillFramework | None:
    said = " ".join(name.casefold().split())
    found = _BY_NAME.get(said)
    if found is not None:
        return found
    # `DigComp 2.2` and `ESCO v1.1.1` are those; `Digital Marketing` is none of them.
    first, _, version = said.rpartition(" ")
    if version.removeprefix("v").replace(".", "").isdigit():
        return _BY_NAME.get(first)
    short = said.rpartition("(")[2].removesuffix(")") if said.endswith(")") else ""
    return _BY_NAME.get(short) if short else None


def _kind(
    known: SkillFramework | None, alignment: Alignment, place: str
) -> tuple[str, str]:
    code = alignment.target_code
    if known is not None and known.kind:
        return known.kind, known.name
    if place.startswith("data.europa.eu/esco/skill/"):
        item = place.removeprefix("data.europa.eu/esco/skill/")
        return (SOFT, "ESCO: transversal") if is_transversal(item) else ("", "")
    if known is not None and known.name == "ESCO" and not place:
        named = is_transversal(code) or is_transversal_label(alignment.target_name)
        return (SOFT, "ESCO: transversal") if named else ("", "")
    if known is not None and known.name == "O*NET":
        return _of_onet(code) or _of_onet(_element(place)) or ("", "")
    return _by_words(alignment.target_framework)


def _element(place: str) -> str:
    return next((part for part in place.split("/") if part.startswith("2.")), "")


def _of_onet(element: str) -> tuple[str, str] | None:
    """Read the Content Model of O*NET: 2.A basic, 2.B cross-functional skills."""
    if element.startswith("2.B.3"):
        return HARD, "O*NET: technical skills"
    if element.startswith("2.A"):
        return SOFT, "O*NET: basic skills"
    if element.startswith("2.B"):
        return SOFT, "O*NET: cross-functional skills"
    return None


def _by_words(name: str) -> tuple[str, str]:
    said = f" {_words(name)} "
    found = {words: k for words, k in KIND_WORDS.items() if f" {words} " in said}
    kinds = set(found.values())
    if len(kinds) != 1 or not set(found) - _ALONE:
        return "", ""
    return kinds.pop(), "the framework's name"


def _words(text: str) -> str:
    said = text.casefold().replace("-", " ").replace("_", " ").replace("#", " ")
    words = " ".join(said.split())
    for plural, one in (
        ("compétences transversales", "compétence transversale"),
        ("competences transversales", "competence transversale"),
        ("competencias transversales", "competencia transversal"),
        ("skills", "skill"),
        ("competences", "competence"),
        ("competencies", "competence"),
        ("competency", "competence"),
    ):
        words = words.replace(plural, one)
    return words


def _about(place: str, target_type: str) -> str:
    if place.startswith(_OCCUPATIONS):
        return "occupation"
    if place.startswith(_CREDENTIALS) or target_type.lower() in _CREDENTIAL_TYPES:
        return "credential"
    return "skill"

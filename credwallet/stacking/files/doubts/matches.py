"""Does a match fit what its writer thinks it fits?"""

import re
from collections.abc import Iterator

from credwallet.model.qualification import Match, Requirement
from credwallet.stacking.amounts import exact
from credwallet.stacking.files.doubts.looking import Asked, Look, matches_of, named_only
from credwallet.stacking.files.toml_table import near, shown

_KINDS = ("micro", "formal", "apel", "transfer")
_MOST_KINDS = 20
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def find(look: Look) -> None:
    """Note what is doubtful in any match.

    Args:
        look: The file.

    """
    for asked in matches_of(look):
        if look.sheet.full():
            return
        for key, message, hint in (
            *_identifiers(asked),
            *_contradictions(asked),
            *_levels(asked, look.rules.framework),
            *_kinds(asked),
        ):
            look.warn(asked.at(key), message, hint=hint)
    # One finding is enough: they stand in one list.
    said = [said for name in look.rules.issuer_ids for said in _issuer(name)]
    for message, hint in said[:1]:
        look.warn(("qualification", 0, "issuer_ids"), message, hint=hint)
    for index, entry in enumerate(look.rules.requirements):
        for message, hint in _asks_too_little_or_too_much(entry):
            look.warn(("requirement", index, "match"), message, hint=hint)


def _asks_too_little_or_too_much(entry: Requirement) -> Iterator[tuple[str, str]]:
    if entry.type not in {"credential", "count"}:
        return
    if entry.type == "credential" and entry.match == Match():
        said = f"any credential at all does for {shown(entry.id)}"
        yield said, "say in the match what must be held"
    names = named_only(entry.match)
    if names is not None and len(names) < entry.need:
        yield (
            f"{shown(entry.id)} wants {entry.need} achievements and names {len(names)}",
            "name more, or lower n",
        )


_Said = Iterator[tuple[str, str, str]]


def _identifiers(asked: Asked) -> _Said:
    match = asked.match
    for key in ("achievement", "alignment", "code", "issuer", "not_issuer"):
        for value in getattr(match, key):
            if value != value.strip():
                said = f"{shown(value)} has a blank at its end"
                yield key, said, "values are compared as they stand"
    for value in match.achievement:
        if " " in value.strip() and not _SCHEME.match(value):
            said = f"{shown(value)} looks like a name, and a name never counts"
            yield "achievement", said, "give the achievement's id"
    for key in ("issuer", "not_issuer"):
        for value in getattr(match, key):
            for said, hint in _issuer(value):
                yield key, said, hint


def _issuer(value: str) -> Iterator[tuple[str, str]]:
    if not _SCHEME.match(value):
        yield (
            f"the issuer {shown(value)} is no URL and no DID",
            "an issuer is compared by its id, never by its name",
        )


def _contradictions(asked: Asked) -> _Said:
    match = asked.match
    if match.achievement and (match.alignment or match.code):
        other = "alignment" if match.alignment else "code"
        yield (
            other,
            f"achievement and {other} must both agree here",
            f"if one is enough: any = [{{ achievement = ... }}, {{ {other} = ... }}]",
        )
    if match.issuer and set(match.issuer) <= set(match.not_issuer):
        yield "not_issuer", "the same issuer is asked for and excluded", "nothing fits"
    elif match.issuer and match.not_issuer:
        yield "not_issuer", "issuer already leaves all others out", "drop not_issuer"


def _levels(asked: Asked, framework: str) -> _Said:
    match, level = asked.match, asked.raw.get("min_level")
    if type(level) is str and exact(level) is not None:
        yield "min_level", "a level is a number", f"min_level = {level}, without quotes"
    if match.min_level is not None and not (match.framework or framework):
        yield (
            "min_level",
            "min_level names no framework, so levels of all of them compare",
            'say framework = "..." here or in [qualification]',
        )


def _kinds(asked: Asked) -> _Said:
    for kind in asked.match.kind[:_MOST_KINDS]:
        plainly = kind.strip().casefold()
        hint = "" if plainly in _KINDS else near(plainly, _KINDS)
        if hint:
            yield "kind", f"{shown(kind)} is no kind that has a meaning", hint

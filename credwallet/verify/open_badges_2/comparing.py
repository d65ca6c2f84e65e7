"""Does the copy in hand state what its issuer hosts today?

Open Badges 2.0 "Verification", hosted badges: the document at the assertion's address
is the badge, and a file is only a copy of it. What a copy says otherwise about the
award breaks it; what it adds is nobody's word but that of who gave the file.
"""

import json
from typing import Any, NamedTuple

from credwallet.errors import Invalid
from credwallet.keys.wording import shown
from credwallet.model.credential import JsonObject
from credwallet.model.open_badges_2 import is_address
from credwallet.model.report import Problem
from credwallet.verify.open_badges_2 import moments

_DATES = frozenset({"issuedOn", "issued_on", "expires"})
# Who was awarded what, and for how long.
_VITAL = frozenset({"id", "uid", "recipient", "salt", "badge", *_DATES})
# How it looks and how it is verified: not what was awarded.
_ASIDE = frozenset(
    {"@context", "type", "@type", "image", "verification", "verify", "revoked"}
)
# Which badge class and issuer it is, follows from their addresses.
_KNOWN_ELSEWHERE = frozenset({"id", "type", "@context", "issuer"})


class Difference(NamedTuple):
    """What a copy states otherwise.

    `broken` are findings about the award itself, `unsigned` JSON Pointers of what only
    the copy states, `remarks` differences that change nothing.
    """

    broken: tuple[Problem, ...]
    unsigned: tuple[str, ...]
    remarks: tuple[Problem, ...]


def compare(
    held: JsonObject, hosted: JsonObject, *, badge: JsonObject, issuer: JsonObject
) -> Difference:
    """Compare a copy with what its issuer hosts.

    Args:
        held: The copy.
        hosted: What stands at its address.
        badge: The badge class as it was loaded.
        issuer: Its issuer's profile as it was loaded.

    """
    differing = [name for name in (*held, *hosted) if not _agree(name, held, hosted)]
    names = tuple(dict.fromkeys(differing))
    broken = tuple(_broken(name) for name in names if name in _VITAL)
    added = [
        f"/{_escaped(name)}"
        for name in names
        if name in held and name not in _VITAL | _ASIDE
    ]
    inner, outer = _object(held.get("badge")), _object(hosted.get("badge"))
    added += _embedded(inner, (outer, badge), "/badge")
    profiles = (_object(outer.get("issuer")), issuer)
    added += _embedded(_object(inner.get("issuer")), profiles, "/badge/issuer")
    rest = [name for name in names if name not in _VITAL and name not in held]
    rest += [name for name in names if name in _ASIDE and name in held]
    return Difference(broken, tuple(added), _remark(rest))


def _agree(name: str, held: JsonObject, hosted: JsonObject) -> bool:
    one, other = held.get(name), hosted.get(name)
    if name == "badge":
        one, other = _reference(one), _reference(other)
    if name == "id":
        return same_address(one, other)
    if name in _DATES and name in held and name in hosted:
        try:
            return moments.parse(one, "") == moments.parse(other, "")
        except Invalid:
            return False
    return _same(one, other)


def _same(one: Any, other: Any) -> bool:
    # As JSON: Python takes true for 1.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def same_address(one: Any, other: Any) -> bool:
    """Tell whether two addresses are the same but for the s of https.

    Args:
        one: A JSON value; what is no address is compared as it is.
        other: Another one.

    """
    if is_address(one) and is_address(other):
        one, other = (text.partition("://")[2] for text in (one, other))
    return bool(one == other)


def _reference(value: Any) -> Any:
    """Take an object with an address for its address."""
    named = value.get("id") if isinstance(value, dict) else None
    return named if is_address(named) else value


def _embedded(
    held: JsonObject, hosted: tuple[JsonObject, ...], pointer: str
) -> list[str]:
    """Find what an embedded document states and none of the hosted ones does."""
    return [
        f"{pointer}/{_escaped(name)}"
        for name, value in held.items()
        if name not in _KNOWN_ELSEWHERE
        and not any(_same(value, document.get(name)) for document in hosted)
    ]


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _broken(name: str) -> Problem:
    return Problem(
        type="another-copy",
        title=f"the copy that its issuer hosts differs in {shown(name)}",
        instance=f"/{_escaped(name)}",
        next_step="import the badge again from its address, or ask the issuer",
    )


def _remark(names: list[str]) -> tuple[Problem, ...]:
    if not names:
        return ()
    listed = ", ".join(shown(name) for name in sorted(names)[:6])
    return (
        Problem(
            type="another-copy",
            title=f"the copy that its issuer hosts also differs in {listed}",
            next_step="import the badge again from its address to have its last state",
        ),
    )


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")

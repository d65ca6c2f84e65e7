"""Is it valid at this time?

`validFrom` and `validUntil` (VCDM 2.0 section 4.9) or the words of 1.1, `nbf` and `exp`
of a JWT, `created` and `expires` of each proof; a clock may be a minute off.
"""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from credwallet.errors import Invalid
from credwallet.formats.vc_jwt import claims_of
from credwallet.model.credential import Credential, Held
from credwallet.model.moment import SKEW
from credwallet.model.report import Check, Outcome, Problem
from credwallet.verify import dates
from credwallet.verify.case import Case, answer, passed

ID = "validity"
QUESTION = "Is it valid at this time?"

V2 = "https://www.w3.org/ns/credentials/v2"


class _Bound(NamedTuple):
    name: str
    pointer: str
    text: str
    moment: datetime
    opens: bool


def check(case: Case) -> Check:
    """Compare every date of the case with the policy's moment."""
    try:
        bounds = list(_bounds(case))
    except Invalid as error:
        return answer(ID, Outcome.FAILED, error)
    at = case.policy.at
    # Differences, since a moment near the end of the calendar has no minute after it.
    late = [bound for bound in bounds if not bound.opens and at - bound.moment >= SKEW]
    early = [bound for bound in bounds if bound.opens and bound.moment - at > SKEW]
    if late or early:
        return answer(ID, Outcome.FAILED, *map(_expired, late), *map(_not_yet, early))
    older = _older_words(case.held, bounds)
    note = "; ".join((_note(bounds), *(problem.title for problem in older)))
    return passed(ID, note, *older)


def _bounds(case: Case) -> Iterator[_Bound]:
    held = case.held
    if isinstance(held, Credential) and held.states_claims:
        # An SD-JWT VC: `iat` may be disclosed, and other members are no dates of ours.
        yield from _claims(held.document, ("iat", True))
        return
    if isinstance(held, Credential):
        yield from _members(held)
    if held.jws is not None:
        yield from _claims(claims_of(held.jws))
    for proof in case.proofs:
        for name, text, opens in (
            ("created", proof.created, True),
            ("expires", proof.expires, False),
        ):
            if text:
                pointer = f"{proof.pointer}/{name}"
                moment = dates.parse(text, zone_required=False, pointer=pointer)
                yield _Bound(f"proof.{name}", pointer, text, moment, opens)


def _members(held: Credential) -> Iterator[_Bound]:
    for name, opens in (
        ("validFrom", True),
        ("issuanceDate", True),
        ("validUntil", False),
        ("expirationDate", False),
    ):
        text = held.document.get(name)
        if isinstance(text, str):
            pointer = f"/{name}"
            moment = dates.parse(text, zone_required=False, pointer=pointer)
            yield _Bound(name, pointer, text, moment, opens)


def _claims(claims: dict[str, Any], *more: tuple[str, bool]) -> Iterator[_Bound]:
    for name, opens in (("nbf", True), ("exp", False), *more):
        if name in claims:
            moment = _numeric_date(claims[name], name)
            yield _Bound(name, f"/{name}", moment.isoformat(), moment, opens)


def _numeric_date(value: Any, name: str) -> datetime:
    # RFC 7519 section 2: seconds since 1970; a bool is no number.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return datetime.fromtimestamp(value if number else math.nan, UTC)
    except (ValueError, OverflowError, OSError):
        raise Invalid(
            f"the token's {name} is no date (seconds since 1970)",
            instance=f"/{name}",
            type="date",
            next_step="ask the issuer for a new copy",
        ) from None


def _note(bounds: list[_Bound]) -> str:
    opens = max((bound for bound in bounds if bound.opens), default=None, key=_moment)
    closes = min(
        (bound for bound in bounds if not bound.opens), default=None, key=_moment
    )
    start = f"from {opens.text[:10]}" if opens else "no start"
    return f"{start}, until {closes.text[:10]}" if closes else f"{start}, no end"


def _moment(bound: _Bound) -> datetime:
    return bound.moment


def _older_words(held: Held, bounds: list[_Bound]) -> tuple[Problem, ...]:
    """Name the words of 1.1 in a credential of 2.0: other readers overlook them."""
    if not isinstance(held, Credential) or held.contexts[:1] != (V2,):
        return ()
    return tuple(
        Problem(
            type="older-word",
            title=f"{bound.name} is a word of VC 1.1, which 2.0 does not know",
            instance=bound.pointer,
            next_step="other programs may pass over this date: ask the issuer for a"
            " corrected copy",
        )
        for bound in bounds
        if bound.name in ("issuanceDate", "expirationDate")
    )


def _expired(bound: _Bound) -> Problem:
    return Problem(
        type="expired",
        title=f"expired on {bound.text} ({bound.name})",
        instance=bound.pointer,
        next_step="ask the issuer whether it can be renewed",
    )


def _not_yet(bound: _Bound) -> Problem:
    return Problem(
        type="not-yet-valid",
        title=f"not valid before {bound.text} ({bound.name})",
        instance=bound.pointer,
        next_step="come back then; if your clock is wrong, set it",
    )

"""May a credential count at all on a given day, and if not, why?

`docs/qualification-file.md`, "How it is counted": verified, not revoked, issued on or
before the day, expires strictly after it, within the age that the file allows. What is
under way (a result that is not completed) never counts.
"""

from datetime import date, timedelta
from typing import NamedTuple

from credwallet.model.qualification import Holding, Qualification, Standing

_UNDER_WAY = frozenset({"enrolled", "inprogress", "provisional"})
_DONE = frozenset({"", "completed"})

_STANDING = {
    Standing.INVALID: "it is invalid: credwallet verify says why",
    Standing.REVOKED: "revoked",
    Standing.SUSPENDED: "suspended",
    Standing.UNVERIFIED: "it is not verified: credwallet verify says why",
}


class Bar(NamedTuple):
    """Why a credential may not count.

    `kind` is `standing` (not reliable), `lapsed` (only time stands between) or
    `under-way` (only the result stands between).
    """

    kind: str
    why: str
    on: date | None = None


def bar_of(
    holding: Holding,
    qualification: Qualification,
    *,
    as_of: date,
    assume_unverified: bool,
) -> Bar | None:
    """Ask whether a credential may count.

    Args:
        holding: The credential, with its standing and its dates.
        qualification: The file, for `expired` and `max_age_years`.
        as_of: The day in question.
        assume_unverified: Let in what is not verified, never what is known to be bad.

    Returns:
        None if it may count, or why not.

    """
    standing = holding.standing
    if standing in {Standing.INVALID, Standing.REVOKED, Standing.SUSPENDED}:
        return Bar("standing", _STANDING[standing])
    if standing is Standing.UNVERIFIED and not assume_unverified:
        return Bar("standing", _STANDING[standing])
    if holding.issued is not None and holding.issued > as_of:
        return Bar("standing", f"issued only on {holding.issued}")
    late = _lapse(holding, qualification, as_of)
    if late is not None:
        return late
    if standing is Standing.OUT_OF_DATE and not assume_unverified:
        return Bar("lapsed", "it was out of date when it was verified last")
    return _result(holding)


def ends_on(holding: Holding, qualification: Qualification) -> date | None:
    """Say from which day on time alone keeps a credential out.

    Args:
        holding: The credential, with its dates.
        qualification: The file, for `expired` and `max_age_years`.

    Returns:
        The first day on which it no longer counts, None if there is none.

    """
    ends: list[date | None] = []
    if qualification.expired == "ignore" and holding.expires is not None:
        ends.append(holding.expires)
    years = qualification.max_age_years
    if years is not None and holding.issued is not None:
        ends.append(_anniversary(holding.issued, years))
    return min(filter(None, ends), default=None)


def older_than(issued: date, years: int, as_of: date) -> bool:
    """Say whether so many years have passed; the anniversary is outside.

    Args:
        issued: The first day of the credential.
        years: Whole years, at least 1.
        as_of: The day of the question.

    """
    anniversary = _anniversary(issued, years)
    return anniversary is not None and anniversary <= as_of


def _anniversary(issued: date, years: int) -> date | None:
    """Add years; who was issued on a leap day ages on the first of March."""
    year = issued.year + years
    if year > date.max.year:
        return None
    if (issued.month, issued.day) == (2, 29):
        return date(year, 2, 28) + timedelta(days=1)
    return issued.replace(year=year)


def _lapse(holding: Holding, qualification: Qualification, as_of: date) -> Bar | None:
    expires = holding.expires
    if qualification.expired == "ignore" and expires is not None and expires <= as_of:
        return Bar("lapsed", f"expired {expires}", expires)
    years = qualification.max_age_years
    if years is None:
        return None
    if holding.issued is None and holding.assumed:
        # What is assumed without a date is assumed to be new.
        return None
    if holding.issued is None:
        return Bar("standing", f"it has no date, and only {years} years count")
    if older_than(holding.issued, years, as_of):
        why = f"older than {years} years (issued {holding.issued})"
        return Bar("lapsed", why, holding.issued)
    return None


def _result(holding: Holding) -> Bar | None:
    status = holding.result_status.strip().casefold()
    if status in _DONE:
        return None
    if status in _UNDER_WAY:
        return Bar("under-way", f"not done yet (result: {holding.result_status})")
    return Bar("standing", f"its result is {holding.result_status}")

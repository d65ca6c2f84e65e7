"""Dates of Open Badges 0.5 to 2.1: ISO 8601 of any precision, or seconds since 1970.

Open Badges 2.0 "DateTime"; 1.x also allowed Unix timestamps and plain days.
"""

import re
from datetime import datetime
from typing import Any

from credwallet.errors import Invalid
from credwallet.model.moment import moment_of_seconds
from credwallet.verify import dates

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MINUTE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
# "+0000" is ISO 8601 as well.
_ZONE = re.compile(r"([+-]\d\d)(\d\d)\Z", re.ASCII)


def parse(value: Any, pointer: str) -> datetime:
    """Read a date; a day is its first moment, a time without a zone is in UTC.

    Args:
        value: As written in the assertion.
        pointer: JSON Pointer of the member, for the error.

    Returns:
        The moment, with a time zone.

    Raises:
        Invalid: It is no date.

    """
    if isinstance(value, int) and not isinstance(value, bool):
        moment = moment_of_seconds(value)
        if moment is None:
            raise refused("is beyond the calendar", pointer)
        return moment
    if not isinstance(value, str):
        raise refused("is neither a text nor a number of seconds", pointer)
    if _DAY.fullmatch(value):
        value = f"{value}T00:00:00Z"
    elif match := _MINUTE.fullmatch(value):
        value = f"{match[1]}:00{match[2] or ''}"
    if value[10:11] == "T":
        value = _ZONE.sub(r"\1:\2", value)
    return dates.parse(value, zone_required=False, pointer=pointer)


def refused(what: str, pointer: str) -> Invalid:
    """Make the error for a date that is none.

    Args:
        what: What is wrong with it, as the end of a sentence.
        pointer: JSON Pointer of the member.

    """
    return Invalid(
        f"{pointer.lstrip('/')} {what}",
        instance=pointer,
        type="date",
        next_step="ask the issuer for a corrected copy",
    )

"""Dates and times of credentials: exact about what is one, tolerant about nothing.

VCDM 2.0 section 4.9 wants `dateTimeStamp` (a time zone is required). VCDM 1.1 also
allows a time without one, which is read as UTC.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from credwallet.errors import Invalid

_FORM = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)


def parse(text: str, *, zone_required: bool, pointer: str) -> datetime:
    """Read an XML Schema dateTimeStamp.

    Args:
        text: As written in the credential.
        zone_required: Whether a time without a zone is refused (VCDM 2.0).
        pointer: JSON Pointer of the member, for the error.

    Returns:
        The moment, with a time zone.

    Raises:
        Invalid: If it is no such moment.

    """
    if len(text) == 20 and text[4::3] == "--T::Z":
        # By far the most common form, YYYY-MM-DDThh:mm:ssZ, without the long way.
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # 24:00:00 and the impossible: the long way tells them apart
    match = _FORM.fullmatch(text)
    if match is None or (zone_required and not match[8]):
        raise _refused(text, pointer)
    year, month, day, hour, minute, second = (int(match[n]) for n in range(1, 7))
    fraction = int((match[7] or "0")[:6].ljust(6, "0"))
    # XML Schema: 24:00:00 is midnight at the end of the day.
    midnight = (hour, minute, second, fraction) == (24, 0, 0, 0)
    try:
        moment = datetime(
            year,
            month,
            day,
            0 if midnight else hour,
            minute,
            second,
            fraction,
            tzinfo=_zone(match[8]),
        )
        return moment + timedelta(days=1) if midnight else moment
    except (ValueError, OverflowError):
        raise _refused(text, pointer) from None


def _zone(text: str | None) -> timezone:
    if text in (None, "Z"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise ValueError(text)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _refused(text: str, pointer: str) -> Invalid:
    return Invalid(
        f"{text[:40]!r} is no date and time such as 2026-11-25T12:00:00Z",
        instance=pointer,
        type="date",
        next_step="ask the issuer for a corrected copy",
    )

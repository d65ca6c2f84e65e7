"""When was that? Moments as credentials write them, read with good will.

For what is kept or compared; the strict reading of `dateTimeStamp` that a verdict rests
on is in `verify/dates.py`.
"""

from datetime import UTC, datetime, timedelta

# Clocks of issuers and learners differ a little.
SKEW = timedelta(seconds=60)


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def span_words(seconds: float) -> str:
    """Say how long something took or is ago, in one unit that people use.

    Args:
        seconds: Not negative.

    Returns:
        Such as `5 minutes`, `1 hour` or `12 days`.

    """
    if seconds < 2 * _HOUR:
        number, unit = max(int(seconds // _MINUTE), 1), "minute"
    elif seconds < 2 * _DAY:
        number, unit = int(seconds // _HOUR), "hour"
    else:
        number, unit = int(seconds // _DAY), "day"
    return f"{number:,} {unit}" + ("s" if number != 1 else "")


def moment_of_seconds(seconds: int) -> datetime | None:
    """Read a NumericDate (RFC 7519 section 2); None beyond the calendar."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def moment_of(text: str) -> datetime | None:
    """Read a moment; one without a zone is UTC, as VCDM 1.1 allows.

    Args:
        text: RFC 3339 or close to it.

    Returns:
        The moment with its zone, or None if the text is none.

    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_utc(text: str) -> str:
    """Spell a moment in the one form that our own moments have.

    Args:
        text: RFC 3339 or close to it, in any zone; issuers write what they like.

    Returns:
        Such as `2026-11-25T12:00:00+00:00`; what is no moment, or lies beyond the
        calendar in UTC, as it was.

    """
    moment = moment_of(text)
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else text
    except OverflowError:
        return text

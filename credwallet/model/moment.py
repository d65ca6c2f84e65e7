"""When was that? Moments as credentials write them, read with good will.

For what is kept or compared; the strict reading of `dateTimeStamp` that a verdict rests
on is in `verify/dates.py`.
"""

from datetime import UTC, datetime, timedelta

# Clocks of issuers and learners differ a little.
SKEW = timedelta(seconds=60)


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

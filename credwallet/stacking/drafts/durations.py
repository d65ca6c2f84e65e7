"""How many hours is a duration, where that is exact?

ISO 8601 durations: `PT40H` and `PT90M` are hours; a day, a week or a month is time that
passes, not time that is worked, so `P8W` is no number of hours.
"""

import re
from fractions import Fraction

_DURATION = re.compile(
    r"PT(?=\d)(?:(\d{1,9}(?:[.,]\d{1,9})?)H)?(?:(\d{1,9}(?:[.,]\d{1,9})?)M)?"
    r"(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?",
    re.ASCII,
)


def hours_of(duration: str) -> Fraction | None:
    """Read a duration in hours, minutes and seconds.

    Args:
        duration: ISO 8601.

    Returns:
        Hours, exactly; None if it says days or more, or is no duration.

    """
    found = _DURATION.fullmatch(duration.strip())
    if found is None:
        return None
    hours, minutes, seconds = (
        Fraction((part or "0").replace(",", ".")) for part in found.groups()
    )
    return hours + minutes / 60 + seconds / 3600

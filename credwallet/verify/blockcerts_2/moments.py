"""Dates of Open Badges 2.0: ISO 8601, by the day or by the second."""

import re
from datetime import datetime
from typing import Any

from credwallet.verify import dates
from credwallet.verify.open_badges_2.moments import refused

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse(value: Any, pointer: str) -> datetime:
    """Read a date; a day is its first moment in UTC.

    Args:
        value: As written in the document.
        pointer: JSON Pointer of the member, for the error.

    Returns:
        The moment, with a time zone.

    Raises:
        Invalid: It is no date.

    """
    if not isinstance(value, str):
        raise refused("is no text", pointer)
    text = f"{value}T00:00:00Z" if _DAY.fullmatch(value) else value
    return dates.parse(text, zone_required=False, pointer=pointer)

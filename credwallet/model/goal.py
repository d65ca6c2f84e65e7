"""Which qualification does a learner want, how much, and by when?"""

from datetime import date
from typing import NamedTuple


class Goal(NamedTuple):
    """One goal; `priority` 1 comes first. `occupation` is an ESCO or O*NET address."""

    qualification: str
    priority: int = 1
    by: date | None = None
    why: str = ""
    occupation: str = ""

"""What could be earned next, as whoever offers it says.

An `Offer` is read from a file (`stacking.offers`); what it gives is a `Holding`, shaped
as any credential is, so that a plan counts it by the same law as what is held.
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Holding

# How one takes part; the words of the offers file, format 1.
MODES = ("online", "face", "blended")


class Offer(NamedTuple):
    """One thing to enrol for; None and `""` where nothing is said.

    `gives` is what it ends with: its handle is the offer's id, and it is `assumed`.
    `cost` is in `currency` (ISO 4217 in capitals), `hours` are the learner's own.
    `starts` and `ends` are UTC days; an offer without them can be taken at any time.
    `requires` are ids of achievements to be held, or earned, before it starts.
    """

    id: str
    gives: Holding
    title: str = ""
    provider: str = ""
    mode: str = ""
    cost: Fraction | None = None
    currency: str = ""
    hours: Fraction | None = None
    starts: date | None = None
    ends: date | None = None
    requires: tuple[str, ...] = ()
    source: str = ""
    read_on: date | None = None

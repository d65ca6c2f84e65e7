"""What speaks for and against each of several qualifications?"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from credwallet.model.qualification import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The least that finishing one qualification takes, of money or of hours.

    `amount` is None if nobody can say, `why` then says why not. `least` is a bound that
    no way to finish goes below, where `amount` is not `proven` to be the least.
    `offers` are the ids of what to take, in order.
    """

    amount: Fraction | None = None
    currency: str = ""
    offers: tuple[str, ...] = ()
    proven: bool = True
    least: Fraction | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One qualification beside others.

    `used` are credentials that count in it now, `unused` those that are held and do
    not. `lapses` is the day on which it lapses, if it is satisfied or held and does.
    """

    progress: Progress
    cheapest: Finish
    quickest: Finish
    used: tuple[str, ...]
    unused: tuple[str, ...]
    lapses: date | None

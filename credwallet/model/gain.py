"""What would one more credential do for the qualifications that are wanted?"""

from fractions import Fraction
from typing import NamedTuple

from credwallet.model.offer import Offer


class Advance(NamedTuple):
    """How far one qualification comes by one offer.

    `finishes` is true if the qualification is satisfied (or its award held) with the
    offer, and not without it. A qualification that another one excludes can also lose.
    """

    qualification: str
    before: Fraction
    after: Fraction
    finishes: bool


class Gain(NamedTuple):
    """What one offer does by itself, were it done on the day in question.

    `advances` are the qualifications of which the fraction changes, or that it
    finishes, in the order of their files. `needs_first` are achievements that it
    requires and that are not held. `proven` is False if a fraction is not known to be
    the best one.
    """

    offer: Offer
    advances: tuple[Advance, ...] = ()
    needs_first: tuple[str, ...] = ()
    proven: bool = True

    @property
    def finishes(self) -> tuple[str, ...]:
        """Ids of the qualifications that it finishes."""
        return tuple(entry.qualification for entry in self.advances if entry.finishes)

    @property
    def gain(self) -> Fraction:
        """The sum, over the qualifications, of what their fractions gain."""
        return gain_of(self.advances)

    @property
    def cost_per_point(self) -> Fraction | None:
        """Cost per percentage point, in the offer's currency; None if there is none."""
        gain = self.gain
        if self.offer.cost is None or gain <= 0:
            return None
        return self.offer.cost / (100 * gain)


def gain_of(advances: tuple[Advance, ...]) -> Fraction:
    """Add up what the fractions of some qualifications gain."""
    return sum((entry.after - entry.before for entry in advances), Fraction(0))

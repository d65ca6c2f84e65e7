"""What do all qualifications have in common about what is held?

Many qualifications are asked about the same credentials. What each of them is, whether
it may count, and which of them could fit a rule at all, is worked out once and looked
up from then on.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from credwallet.model.qualification import Fact, Holding, Qualification
from credwallet.stacking.joining import Joined
from credwallet.stacking.matching import Rule, View, same_form, view_of
from credwallet.stacking.usable import Bar, bar_of

_Index = dict[str, set[int]]


class Views:
    """All holdings as one qualification sees them, to be found by what they are.

    Args:
        views: One for each holding, in their order.

    """

    def __init__(self, views: tuple[View, ...]) -> None:
        self.views = views
        self._achievements: _Index = {}
        self._alignments: _Index = {}
        self._codes: _Index = {}
        self._tags: _Index = {}
        self._kinds: _Index = {}
        for index, view in enumerate(views):
            for found, names in (
                (self._achievements, view.same_as | view.codes | {view.achievement}),
                (self._alignments, view.alignments),
                (self._codes, view.codes),
                (self._tags, view.tags | view.own_tags),
                (self._kinds, (view.kind,)),
            ):
                for name in names:
                    found.setdefault(name, set()).add(index)
        self.groups = _groups(views)

    def near(self, rule: Rule) -> Sequence[int]:
        """List the holdings that a rule could say anything about.

        Args:
            rule: What is asked for.

        Returns:
            Indexes in order; every other holding is a miss without a word.

        """
        found: set[int] | None = None
        for index, names in (
            (self._achievements, rule.achievement),
            (self._alignments, rule.alignment),
            (self._codes, rule.code),
            (self._tags, rule.tag),
            (self._kinds, rule.kind),
        ):
            if names:
                some = set().union(*(index.get(name, ()) for name in names))
                found = some if found is None else found & some
        return range(len(self.views)) if found is None else sorted(found)


class Seen:
    """All holdings on one day, as many qualifications are asked about them.

    Args:
        holdings: All credentials, in the order of their handles.
        as_of: The day in question.
        assume_unverified: Let in what is not verified, never what is known to be bad.

    """

    def __init__(
        self, holdings: Iterable[Holding], *, as_of: date, assume_unverified: bool
    ) -> None:
        self.holdings = tuple(holdings)
        self.as_of = as_of
        self.assume_unverified = assume_unverified
        self._views: dict[tuple[Fact, ...], Views] = {}
        self._bars: dict[tuple[str, int | None], tuple[Bar | None, ...]] = {}

    def views(self, facts: tuple[Fact, ...]) -> Views:
        """See every holding with what a file says of its achievement.

        Args:
            facts: Those of the file.

        Returns:
            The views.

        """
        views = self._views.get(facts)
        if views is None:
            known = {name: fact for fact in facts for name in _names(fact)}
            views = Views(tuple(view_of(each, known) for each in self.holdings))
            self._views[facts] = views
        return views

    def bars(self, qualification: Qualification) -> tuple[Bar | None, ...]:
        """Say of every holding why it may not count, or None.

        Args:
            qualification: The file, for `expired` and `max_age_years`.

        Returns:
            One for each holding.

        """
        key = (qualification.expired, qualification.max_age_years)
        bars = self._bars.get(key)
        if bars is None:
            bars = tuple(
                bar_of(
                    holding,
                    qualification,
                    as_of=self.as_of,
                    assume_unverified=self.assume_unverified,
                )
                for holding in self.holdings
            )
            self._bars[key] = bars
        return bars


def _names(fact: Fact) -> frozenset[str]:
    return frozenset(map(same_form, (fact.id, *fact.same_as)))


def _groups(views: tuple[View, ...]) -> tuple[tuple[int, ...], ...]:
    """Group what is one achievement, by ids that meet; only groups of several."""
    joined: Joined[str] = Joined()
    keys: dict[int, str] = {}
    for index, view in enumerate(views):
        names = [view.achievement] if view.achievement else []
        names.extend(sorted(view.same_as))
        for name in names:
            joined.join(names[0], name)
        if names:
            keys[index] = names[0]
    groups: dict[str, list[int]] = {}
    for index, key in keys.items():
        groups.setdefault(joined.of(key), []).append(index)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)

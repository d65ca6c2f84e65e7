"""Do the dates behind an answer stand in the right order, and what lapses with them?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.model.qualification import Standing
from credwallet.stacking import progress
from credwallet.stacking.timeline import renewals, timeline
from tests.stacking.given import AS_OF, ask, held, leaf, rules
from tests.stacking.test_ladder import qualification

TWO = leaf("a", "achievement = ['x']") + leaf("b", "achievement = ['y']")
MAY = date(2027, 5, 1)
JUNE = date(2028, 6, 1)


def spans(answer, *holdings):
    found = timeline([answer], holdings, as_of=AS_OF)
    return [(s.holding.handle, s.state, s.counts_in) for s in found.spans]


def test_what_counts_comes_first_and_by_expiry():
    holdings = (
        held("a", "z", expires=date(2027, 1, 1)),
        held("b", "x"),
        held("c", "y", expires=JUNE),
    )
    assert spans(ask(rules(TWO), *holdings), *holdings) == [
        ("c", "counts", ("q",)),
        ("b", "counts", ("q",)),
        ("a", "unused", ()),
    ]


def test_the_award_itself_counts_in_its_qualification():
    award = held("w", "award:q")
    answer = ask(qualification("q", TWO), award)
    assert spans(answer, award) == [("w", "counts", ("q",))]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"standing": Standing.REVOKED}, "revoked"),
        ({"standing": Standing.SUSPENDED}, "suspended"),
        ({"standing": Standing.INVALID}, "invalid"),
        ({"standing": Standing.REVOKED, "expires": AS_OF}, "revoked"),
        ({"expires": AS_OF}, "lapsed"),
        ({"standing": Standing.OUT_OF_DATE}, "lapsed"),
        ({"issued": AS_OF + timedelta(1)}, "not-yet"),
        ({"result_status": "Enrolled"}, "under-way"),
        ({"standing": Standing.UNVERIFIED}, "unverified"),
        ({"achievement": "z"}, "unused"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_does_not_count_says_its_state(values, state):
    holding = held(**{"achievement": "x", **values})
    assert spans(ask(rules(TWO), holding), holding) == [("c", state, ())]


def test_the_window_is_whole_years_around_all_dates():
    holdings = (
        held("a", issued=date(2024, 3, 1), expires=date(2029, 2, 1)),
        held("b", "y", issued=date(2025, 3, 1)),
    )
    found = timeline([ask(rules(TWO), *holdings)], holdings, as_of=AS_OF)
    assert (found.start, found.end) == (date(2024, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(st.dates(), st.dates())), st.dates())
def test_the_window_always_has_room_and_stays_within_reach(pairs, day):
    holdings = [
        held(str(n), str(n), issued=issued, expires=expires)
        for n, (issued, expires) in enumerate(pairs)
    ]
    found = timeline([], holdings, as_of=day)
    assert found.start < found.end
    assert found.end.year - found.start.year <= 2 * 12 + 1
    assert day.year == date.max.year or found.start <= day < found.end


def test_the_first_part_to_expire_and_what_its_renewal_keeps():
    one, two = qualification("one", TWO), qualification("two", leaf("a"))
    holdings = held("p", "x", expires=MAY), held("r", "y", expires=JUNE)
    answers = progress([one, two], holdings, as_of=AS_OF)
    assert renewals(answers) == ((MAY, ("p",), ("one", "two"), JUNE),)
    answers = progress([two], holdings, as_of=AS_OF)
    assert renewals(answers) == ((MAY, ("p",), ("two",), None),)


def test_what_lapses_by_itself_stands_by_itself_and_by_day():
    one, two = (
        qualification("one", leaf("b", "achievement = ['y']")),
        qualification("two", leaf("a")),
    )
    holdings = held("p", "x", expires=MAY), held("r", "y", expires=JUNE)
    assert renewals(progress([one, two], holdings, as_of=AS_OF)) == (
        (MAY, ("p",), ("two",), None),
        (JUNE, ("r",), ("one",), None),
    )


def test_parts_that_expire_on_one_day_must_all_be_renewed():
    holdings = held("p", "x", expires=MAY), held("r", "y", expires=MAY)
    answers = progress([rules(TWO)], holdings, as_of=AS_OF)
    assert renewals(answers) == ((MAY, ("p", "r"), ("q",), None),)


def test_what_does_not_lapse_needs_no_renewal():
    holdings = held("p", "x", expires=MAY), held("r", "y", expires=JUNE)
    never = ask(rules(TWO, head="expires_with = 'never'"), *holdings)
    assert never.earliest_expiry == MAY
    assert renewals([never]) == ()
    assert renewals([ask(rules(TWO), holdings[0])]) == ()

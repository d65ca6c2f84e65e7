"""Is what fits in time said to fit, and is what is laid out kept?"""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.stacking.planning.schedule import (
    WEEK,
    Job,
    order_of,
    pace_of,
    timetable_of,
    windows_of,
)


def job(hours=1, starts=None, ends=None, needs=()):
    return Job(Fraction(hours), starts, ends, needs)


def test_nothing_asks_for_nothing():
    assert pace_of([], last=None).hours == 0
    assert pace_of([job(50)], last=None).hours == 0


def test_the_last_day_asks_for_a_pace():
    assert pace_of([job(14)], last=7).hours == 14
    assert pace_of([job(14), job(7)], last=14).hours == Fraction(21, 2)


def test_the_busiest_days_decide():
    jobs = [job(7, 0, 7), job(1, 7, 70), job(1, 8, 9)]
    assert pace_of(jobs, last=None).hours == 7


def test_no_pace_is_enough_where_dates_forbid_it():
    late = [job(1, 5, 9), job(1, 8, 20, ((0,),))]
    assert pace_of(late, last=None).hours is None
    assert pace_of(late, last=None, timeless=True).hours is None
    assert pace_of([job(1, 5, 9)], last=8).hours is None


def test_work_for_no_days_is_possible_only_where_it_takes_no_time():
    jobs = [job(3), job(1, 0, 9, ((0,),))]
    assert pace_of(jobs, last=None).hours is None
    assert pace_of(jobs, last=None, timeless=True).hours == 0


def test_a_circle_never_fits():
    jobs = [job(needs=((1,),)), job(needs=((0,),))]
    assert pace_of(jobs, last=None).hours is None
    assert order_of(((1,), (0,))) is None


def test_the_better_provider_is_chosen():
    jobs = [job(1, 0, 30), job(9), job(1, 20, 40, ((0, 1),))]
    pace = pace_of(jobs, last=None)
    assert pace.before[2] == (1,)
    assert pace.hours == Fraction(9 * WEEK, 20)


def test_more_ways_than_can_be_tried_are_not_hidden():
    many = tuple(range(1, 40))
    jobs = [job(5, 3, 9, (many, many, many)), *(job(1, 0, 5) for _ in many)]
    pace = pace_of(jobs, last=None)
    assert (pace.hours, pace.complete) == (None, False)


@st.composite
def job_lists(draw):
    jobs = []
    for number in range(draw(st.integers(1, 6))):
        starts = draw(st.none() | st.integers(0, 20))
        ends = draw(st.none() | st.integers((starts or 0) + 1, 30))
        first = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else ()
        needs = tuple((n,) for n in sorted(first))
        hours = Fraction(draw(st.integers(0, 12)), draw(st.integers(1, 3)))
        jobs.append(Job(hours, starts, ends, needs))
    return jobs


@settings(deadline=None, max_examples=200)
@given(jobs=job_lists(), last=st.none() | st.integers(5, 40))
def test_a_timetable_at_the_least_pace_keeps_every_date(jobs, last):
    pace = pace_of(jobs, last=last)
    if pace.hours is None:
        return
    rate = pace.hours or Fraction(1)
    slots = timetable_of(jobs, pace.before, last=last, pace=rate)
    for number, (entry, slot) in enumerate(zip(jobs, slots, strict=True)):
        assert slot.begins >= (entry.starts or 0)
        due = [day for day in (entry.ends, last) if day is not None]
        assert all(slot.ends <= day for day in due)
        assert slot.ends - slot.begins >= entry.hours * WEEK / rate
        for first in pace.before[number]:
            before = jobs[first].ends
            end = slots[first].ends if before is None else before
            start = slot.begins if entry.starts is None else entry.starts
            assert end <= start
    assert sum(slot.ends - slot.begins for slot in slots) >= sum(
        entry.hours * WEEK / rate for entry in jobs
    )


@settings(deadline=None, max_examples=100)
@given(jobs=job_lists(), last=st.integers(5, 40))
def test_windows_hold_what_dates_say(jobs, last):
    before = tuple(tuple(n for (n,) in entry.needs) for entry in jobs)
    windows = windows_of(jobs, before, last=last)
    for entry, window in zip(jobs, windows or (), strict=bool(windows)):
        assert window.earliest <= window.latest <= last
        assert entry.starts in (None, window.earliest)
        assert entry.ends in (None, window.latest)

"""What counts, once, when, in which unit, and what is said about the rest?"""

from datetime import date
from fractions import Fraction

import pytest

from credwallet.errors import Usage
from credwallet.model.qualification import Override, Standing
from credwallet.stacking import load, progress
from tests.stacking.given import AS_OF, ask, held, leaf, reasons, rules, states, used

BUCKET = leaf(kind="credits", match="tag = ['t']", more="credits = 10")


def worth(handle, amount, unit="ects", **values):
    values.setdefault("achievement", handle)
    return held(
        handle, credits=Fraction(amount), credit_unit=unit, tags=("t",), **values
    )


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing.UNVERIFIED, "not verified"),
        (Standing.INVALID, "invalid"),
        (Standing.REVOKED, "revoked"),
        (Standing.SUSPENDED, "suspended"),
        (Standing.OUT_OF_DATE, "out of date"),
    ],
)
def test_only_what_is_verified_counts(standing, why):
    answer = ask(rules(leaf()), held(standing=standing))
    assert answer.fraction == 0
    assert why in reasons(answer)["c"]


@pytest.mark.parametrize("standing", [*Standing])
def test_assuming_the_unverified_never_lets_in_what_is_known_to_be_bad(standing):
    answer = ask(rules(leaf()), held(standing=standing), assume_unverified=True)
    bad = {Standing.REVOKED, Standing.SUSPENDED, Standing.INVALID}
    assert answer.satisfied == (standing not in bad)
    assert answer.unverified == (
        ("c",) if standing in {Standing.UNVERIFIED, Standing.OUT_OF_DATE} else ()
    )


@pytest.mark.parametrize(
    ("issued", "expires", "counts"),
    [
        (None, None, True),
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 25), True),
        (None, date(2026, 11, 24), False),
        (None, date(2026, 11, 23), False),
    ],
)
def test_a_credential_counts_from_its_first_day_to_before_its_last(
    issued, expires, counts
):
    answer = ask(rules(leaf()), held(issued=issued, expires=expires))
    assert answer.satisfied == counts


def test_another_day_may_be_asked_about():
    expiring = held(expires=date(2026, 1, 15))
    assert ask(rules(leaf()), expiring, as_of=date(2026, 1, 14)).satisfied
    assert not ask(rules(leaf()), expiring, as_of=date(2026, 1, 15)).satisfied


def test_rules_may_count_what_has_expired():
    answer = ask(
        rules(leaf(), head="expired = 'count'"), held(expires=date(2020, 1, 1))
    )
    assert answer.satisfied
    assert answer.earliest_expiry is None


@pytest.mark.parametrize(
    ("issued", "counts"),
    [
        (date(2023, 11, 25), True),
        (date(2023, 11, 24), False),
        (date(2020, 2, 29), False),
        (None, False),
    ],
)
def test_the_anniversary_is_outside_the_age_that_counts(issued, counts):
    asked = rules(leaf(), head="max_age_years = 3")
    assert ask(asked, held(issued=issued)).satisfied == counts


def test_an_age_counts_from_leap_days_too():
    asked = rules(leaf(), head="max_age_years = 1")
    leap = held(issued=date(2024, 2, 29))
    assert ask(asked, leap, as_of=date(2025, 2, 28)).satisfied
    assert not ask(asked, leap, as_of=date(2025, 3, 1)).satisfied


def test_what_is_assumed_without_a_date_is_new():
    asked = rules(leaf(), head="max_age_years = 3")
    assert ask(asked, held(assumed=True)).satisfied


def test_what_is_under_way_is_shown_and_not_counted():
    asked = rules(leaf() + leaf("b", "achievement = ['y']"))
    answer = ask(asked, held("c"), held("d", "y", result_status="InProgress"))
    assert (answer.percent, answer.under_way.percent) == (50, 100)
    assert answer.under_way.credentials == ("d",)
    assert states(answer)["b"] == (
        "in-progress",
        "d: not done yet (result: InProgress)",
    )
    assert answer.state == "in-progress"


@pytest.mark.parametrize("status", ["Failed", "Withdrew", "OnHold", "anything"])
def test_any_other_result_than_completed_counts_for_nothing(status):
    answer = ask(rules(leaf()), held(result_status=status))
    assert (answer.fraction, answer.under_way) == (0, None)
    assert status in reasons(answer)["c"]
    assert ask(rules(leaf()), held(result_status="Completed")).satisfied


def test_a_renewed_achievement_counts_once():
    asked = rules(leaf(kind="count", match="tag = ['t']", more="n = 2"))
    old, new = worth("old", 1, achievement="x"), worth("new", 1, achievement="x")
    answer = ask(asked, old, new)
    assert answer.percent == 50
    assert reasons(answer) == {"old": "the same achievement as new, which counts"}
    assert ask(asked, old, worth("other", 1)).satisfied


def test_an_achievement_that_is_called_the_same_counts_once():
    asked = rules(leaf(kind="count", match="tag = ['t']", more="n = 2"))
    assert ask(asked, worth("a", 1), worth("b", 1, same_as=("a",))).percent == 50


def test_a_renewal_replaces_what_has_expired():
    answer = ask(rules(leaf()), held("old", expires=date(2026, 1, 1)), held("renewed"))
    assert used(answer) == {"renewed": ["a"]}


def test_credits_convert_through_declared_hours_only_and_exactly():
    head = "hours_per_credit = { ects = 25, nz = 10 }"
    answer = ask(rules(BUCKET, head=head), worth("c", "10/3", "NZ "))
    assert answer.requirements[0].have == Fraction(4, 3)
    answer = ask(rules(BUCKET), worth("c", 10, "nz"))
    assert answer.requirements[0].have == 0
    assert "do not convert" in reasons(answer)["c"]


@pytest.mark.parametrize("unit", ["", "unknown"])
def test_credits_without_a_unit_convert_to_nothing(unit):
    assert ask(rules(BUCKET), worth("c", 10, unit)).fraction == 0


def test_surplus_is_shown_and_not_moved():
    answer = ask(rules(BUCKET), worth("c", 9), worth("d", 9))
    assert answer.requirements[0].have == 18
    assert states(answer)["a"] == ("done", "8 more than needed")


def test_a_credential_counts_once_unless_a_share_says_otherwise():
    two = leaf("a", "tag = ['t']") + leaf("b", "tag = ['t']")
    assert ask(rules(two), worth("c", 1)).percent == 50
    shared = rules(two + "[[share]]\nrequirements = ['a', 'b']\n")
    assert used(ask(shared, worth("c", 1))) == {"c": ["a", "b"]}


def test_a_cap_keeps_out_what_is_above_it_and_says_so():
    asked = rules(
        BUCKET
        + "[[cap]]\nid = 'apel'\nmatch = { kind = ['apel'] }\nmax_percent = 30\n",
        head="total_credits = 10",
    )
    answer = ask(asked, worth("c", 3, kind="apel"), worth("d", 3, kind="apel"))
    assert answer.percent == 30
    assert reasons(answer) == {"d": "cap apel is full"}
    assert states(answer)["a"] == ("blocked", "d: cap apel is full")


def test_a_gate_moves_no_percentage_but_100_needs_it():
    gate = "[[gate]]\nid = 'g'\nmatch = { issuer = ['i'] }\nmin_credits = 5\n"
    answer = ask(rules(BUCKET + gate), worth("c", 10))
    assert (answer.fraction, answer.percent) == (1, 99)
    assert not answer.satisfied
    assert answer.state == "in-progress"
    answer = ask(rules(BUCKET + gate), worth("c", 10), worth("d", 5, issuer="i"))
    assert (answer.percent, answer.satisfied) == (100, True)


def test_percentages_are_rounded_down():
    asked = rules(leaf(kind="count", match="tag = ['t']", more="n = 3"))
    assert ask(asked, worth("a", 1), worth("b", 1)).percent == 66


def test_missing_is_what_no_finished_choice_makes_superfluous():
    asked = rules(
        "[[group]]\nid = 'g'\ntype = 'n_of'\nn = 1\n"
        + leaf("a", "achievement = ['a']", more="in = 'g'")
        + leaf("b", "achievement = ['b']", more="in = 'g'")
        + leaf("d", "achievement = ['d']")
    )
    answer = ask(asked, held("c", "a"))
    assert [entry.requirement for entry in answer.missing] == ["d"]
    assert [entry.requirement for entry in ask(asked).missing] == ["a", "b", "d"]


def test_what_only_time_took_away_is_lapsed():
    answer = ask(rules(leaf()), held(expires=date(2026, 1, 15)))
    assert states(answer)["a"] == ("lapsed", "c: expired 2026-01-15")


def test_what_cannot_be_checked_from_credentials_is_said():
    manual = "[[requirement]]\nid = 'm'\ntype = 'manual'\n"
    answer = ask(rules(leaf() + manual), held())
    assert states(answer)["m"][0] == "manual"
    assert (answer.percent, answer.satisfied) == (50, False)


AWARD = "award = { achievement = ['top'] }\nawarded_by = ['Uni']\nissuer_ids = ['i']"


def test_holding_the_award_is_held_whatever_the_parts_say():
    asked = rules(leaf(), head=AWARD)
    answer = ask(asked, held("top", "top", issuer="i"))
    assert (answer.state, answer.award, answer.satisfied) == ("held", "top", False)


@pytest.mark.parametrize(
    "values",
    [
        {"issuer": "other"},
        {"issuer": ""},
        {"issuer": "i", "standing": Standing.UNVERIFIED},
        {"issuer": "i", "expires": date(2026, 1, 1)},
    ],
)
def test_an_award_that_is_not_sure_is_not_held(values):
    answer = ask(rules(leaf(), head=AWARD), held("top", "top", **values))
    assert answer.state == "not-started"


def test_satisfied_without_the_award_is_eligible():
    assert ask(rules(leaf(), head=AWARD), held()).state == "eligible"


def stacked():
    lower = rules(leaf(), head=AWARD)
    upper = load(
        'format = "credwallet-qualification/1"\n[qualification]\nid = "upper"\n'
        + leaf(match="achievement = ['top']"),
        "upper",
    )
    return upper, lower


def test_an_award_that_is_only_earned_does_not_count_elsewhere_unless_implied():
    upper, lower = stacked()
    answers = progress([upper, lower], [held()], as_of=AS_OF)
    assert [answer.state for answer in answers] == ["not-started", "eligible"]
    answers = progress([upper, lower], [held()], as_of=AS_OF, imply=True)
    assert [answer.state for answer in answers] == ["eligible", "eligible"]
    assert answers[0].assumed == ("award of q",)


def test_rules_that_ask_for_each_others_awards_are_refused():
    upper, _ = stacked()
    circle = rules(leaf(match="achievement = ['up']"), head="award={achievement='top'}")
    upper = load(
        'format = "credwallet-qualification/1"\n[qualification]\nid = "upper"\n'
        "award = { achievement = 'up' }\n" + leaf(match="achievement = ['top']"),
        "upper",
    )
    with pytest.raises(Usage, match="circle"):
        progress([upper, circle], [], as_of=AS_OF)


def test_two_of_one_id_are_refused():
    with pytest.raises(Usage, match="two credentials"):
        ask(rules(leaf()), held(), held())
    with pytest.raises(Usage, match="two qualifications"):
        progress([rules(leaf())] * 2, [], as_of=AS_OF)


def override(**values):
    defaults = {"qualification": "q", "type": "waive", "requirement": "a"}
    return Override(**(defaults | values))


def test_an_issuers_waiver_counts_by_its_evidence():
    asked = rules(leaf() + leaf("b", "achievement = ['b']"), head="issuer_ids = ['i']")
    waiver = override(authority="issuer", evidence="w")
    answer = ask(asked, held("w", "w", issuer="i"), overrides=[waiver])
    assert states(answer)["a"] == ("waived", "waived by i (w)")
    assert (answer.percent, [m.requirement for m in answer.missing]) == (50, ["b"])


@pytest.mark.parametrize(
    "evidence",
    [
        held("w", "w", issuer="other"),
        held("w", "w"),
        held("w", "w", issuer="i", standing=Standing.REVOKED),
        held("w", "w", issuer="i", expires=date(2026, 1, 1)),
        held("else", "w", issuer="i"),
    ],
)
def test_a_waiver_without_good_evidence_does_not_count(evidence):
    asked = rules(leaf(), head="issuer_ids = ['i']")
    waiver = override(authority="issuer", evidence="w")
    answer = ask(asked, evidence, overrides=[waiver], assume=True)
    assert answer.fraction == 0
    assert "waiver for a does not count" in answer.warnings[0]


def test_the_learners_own_exceptions_count_only_when_assumed():
    asked = rules(leaf())
    assert ask(asked, overrides=[override()]).fraction == 0
    assert ask(asked, overrides=[override()], assume=True).satisfied


def test_a_substitute_counts_instead_and_only_once():
    asked = rules(leaf() + leaf("b", "achievement = ['y']"))
    swap = override(type="substitute", credential="c")
    answer = ask(asked, held("c", "y"), overrides=[swap], assume=True)
    assert used(answer) == {"c": ["a"]}
    assert answer.allocation[0].matched_by == "substitution by your own word"


def test_an_equivalence_brings_its_credits_within_its_dates():
    equal = override(
        type="equivalent",
        achievement="y",
        credits=Fraction(4),
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
    )
    asked = rules(BUCKET)
    answer = ask(asked, held("c", "y"), overrides=[equal], assume=True)
    assert answer.requirements[0].have == 4
    answer = ask(
        asked, held("c", "y"), overrides=[equal], assume=True, as_of=date(2027, 1, 1)
    )
    assert answer.fraction == 0


def test_a_group_may_be_waived():
    asked = rules(
        leaf(more="in = 'g'") + "[[group]]\nid = 'g'\ntype = 'all_of'\n" + leaf("b")
    )
    answer = ask(asked, overrides=[override(requirement="g")], assume=True)
    assert answer.percent == 50


def test_an_exception_for_what_nobody_asks_is_a_slip_in_a_file():
    slip = override(requirement="nothing", assumed=True)
    with pytest.raises(Usage, match="nothing"):
        ask(rules(leaf()), overrides=[slip])


def test_an_exception_may_outlive_what_it_was_for():
    kept = override(requirement="nothing")
    (warning,) = ask(rules(leaf()), overrides=[kept]).warnings
    assert warning == (
        "an exception that you keep names nothing, which is not asked for any more"
    )
    elsewhere = override(qualification="other", requirement="nothing")
    assert ask(rules(leaf()), overrides=[elsewhere]).warnings == ()


def test_the_earliest_expiry_of_what_counts_is_said():
    asked = rules(leaf("a", "achievement=['a']") + leaf("b", "achievement=['b']"))
    answer = ask(
        asked,
        held("a", "a", expires=date(2027, 5, 1)),
        held("b", "b", expires=date(2028, 5, 1)),
        held("z", "z", expires=date(2026, 12, 1)),
    )
    assert answer.earliest_expiry == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("valid_from = 2027-01-01", "only from 2027-01-01"),
        ("valid_until = 2026-01-01", "only until 2026-01-01"),
        ("basis = 'recommendation'", "a recommendation, not a promise"),
    ],
)
def test_what_the_rules_are_worth_is_said(head, words):
    (warning,) = ask(rules(leaf(), head=head)).warnings
    assert words in warning


def many(count, more=""):
    names = [f"r{n}" for n in range(count)]
    return rules("".join(leaf(name, "tag = ['t']") for name in names) + more), names


def test_one_credential_may_stand_in_very_many_requirements_that_share():
    plain, names = many(40)
    asked, _ = many(40, f"[[share]]\nrequirements = {names}\n")
    answer = ask(asked, worth("c", 1), worth("d", 1))
    assert (answer.satisfied, answer.proven) == (True, True)
    answer = ask(plain, worth("c", 1), worth("d", 1))
    assert (answer.fraction, answer.proven) == (Fraction(1, 20), True)


def test_what_has_too_many_ways_to_be_used_is_an_interval():
    # 2 ** 12 largest sets: every requirement shares with all but its neighbour.
    pairs = [
        f"[[share]]\nrequirements = ['r{a}', 'r{b}']\n"
        for a in range(24)
        for b in range(a)
        if a // 2 != b // 2
    ]
    asked, _ = many(24, "".join(pairs))
    answer = ask(asked, worth("c", 1))
    assert not answer.proven
    assert answer.bounds == (answer.fraction, 1)
    assert answer.fraction <= Fraction(1, 2)


def test_a_thousand_requirements_are_answered():
    asked, _ = many(1000)
    answer = ask(asked, *(worth(f"c{n}", 1) for n in range(20)), work_limit=20_000)
    low, high = answer.bounds
    assert low <= Fraction(20, 1000) <= high

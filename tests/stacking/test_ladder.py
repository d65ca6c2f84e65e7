"""Does the ladder say what builds on what, and what carries upward?"""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from credwallet.stacking import load, progress
from credwallet.stacking.ladder import ladder
from tests.stacking.given import AS_OF, held, leaf


def qualification(name, *body, award="", head=""):
    """Rules of an id of their own, with the award `award:ID` unless it says none."""
    award = award or f"award = {{ achievement = ['award:{name}'] }}"
    return load(
        f'format = "credwallet-qualification/1"\n[qualification]\nid = "{name}"\n'
        f'title = "The {name}"\ncredit_unit = "ects"\n{award}\n{head}\n'
        + "".join(body),
        name,
    )


def asks(name, requirement="entry", more=""):
    """A requirement that asks for an award by its achievement."""
    return leaf(requirement, f"achievement = ['award:{name}']", more=more)


def climb(qualifications, *holdings, **options):
    """The answers' ladder."""
    return ladder(progress(qualifications, holdings, as_of=AS_OF, **options))


def rungs(found):
    return [(r.answer.qualification.id, r.chain, r.rung) for r in found.rungs]


def ways(found):
    return [(step.lower, step.upper, step.requirements) for step in found.steps]


CERTIFICATE = qualification(
    "certificate", leaf("a", "achievement = ['x']"), leaf("b", "achievement = ['y']")
)


def test_what_builds_on_nothing_is_no_ladder():
    assert climb([CERTIFICATE], held()) == ((), ())
    alone = qualification("diploma", leaf())
    assert climb([CERTIFICATE, alone], held()) == ((), ())


def test_rungs_go_from_the_lowest_up_whatever_their_order():
    diploma = qualification("diploma", asks("certificate"))
    degree = qualification("degree", asks("diploma", "half"))
    found = climb([degree, CERTIFICATE, diploma])
    assert rungs(found) == [
        ("certificate", 1, 1),
        ("diploma", 1, 2),
        ("degree", 1, 3),
    ]
    assert ways(found) == [
        ("certificate", "diploma", ("entry",)),
        ("diploma", "degree", ("half",)),
    ]


def test_chains_branch_and_merge():
    one = qualification("one", asks("certificate"))
    two = qualification("two", asks("certificate"))
    top = qualification("top", asks("one", "left"), asks("two", "right"))
    found = climb([CERTIFICATE, one, two, top])
    assert rungs(found) == [
        ("certificate", 1, 1),
        ("one", 1, 2),
        ("two", 1, 2),
        ("top", 1, 3),
    ]
    assert [way[:2] for way in ways(found)] == [
        ("certificate", "one"),
        ("certificate", "two"),
        ("one", "top"),
        ("two", "top"),
    ]


def test_a_rung_stands_above_all_that_it_asks_for():
    diploma = qualification("diploma", asks("certificate"))
    degree = qualification("degree", asks("certificate"), asks("diploma", "more"))
    found = climb([degree, diploma, CERTIFICATE])
    assert rungs(found)[-1] == ("degree", 1, 3)


def test_what_does_not_hang_together_is_another_chain():
    other = qualification("other", leaf())
    above = qualification("above", asks("other"))
    diploma = qualification("diploma", asks("certificate"))
    found = climb([above, CERTIFICATE, other, diploma])
    assert rungs(found) == [
        ("other", 1, 1),
        ("above", 1, 2),
        ("certificate", 2, 1),
        ("diploma", 2, 2),
    ]


def test_a_held_award_counts_above():
    diploma = qualification("diploma", asks("certificate"))
    (step,) = climb([CERTIFICATE, diploma], held("k", "award:certificate")).steps
    assert (step.award, step.credential, step.counts) == ("held", "k", True)
    assert (step.credits, step.why) == (None, "")


def test_a_held_award_says_its_credits_where_credits_are_asked_for():
    diploma = qualification(
        "diploma",
        leaf("entry", "achievement = ['award:certificate']", "credits", "credits = 30"),
    )
    award = held("k", "award:certificate", credits=Fraction(15, 2), credit_unit="ects")
    (step,) = climb([CERTIFICATE, diploma], award).steps
    assert step.credits == Fraction(15, 2)


def test_an_earned_award_is_to_be_claimed_first():
    diploma = qualification("diploma", asks("certificate"))
    parts = held("c", "x"), held("d", "y")
    (step,) = climb([CERTIFICATE, diploma], *parts).steps
    assert (step.award, step.credential, step.counts) == ("eligible", "", False)
    (step,) = climb([CERTIFICATE, diploma], *parts, imply=True).steps
    assert (step.award, step.credential, step.counts) == (
        "eligible",
        "award of certificate",
        True,
    )


def test_an_award_that_is_held_and_does_not_count_says_why():
    diploma = qualification(
        "diploma", leaf("entry", "achievement = ['award:certificate'], min_level = 5")
    )
    award = held("k", "award:certificate", level=Fraction(4))
    (step,) = climb([CERTIFICATE, diploma], award).steps
    assert (step.award, step.counts) == ("held", False)
    assert step.why == "not entry: its level 4 is below 5"


def test_what_is_used_above_too_is_told_from_what_carries_in_the_award():
    certificate = qualification(
        "certificate",
        leaf("core", "tag = ['core']", "credits", "credits = 8"),
        leaf("b", "achievement = ['y']", more="weight = 1"),
    )
    diploma = qualification(
        "diploma",
        asks("certificate", more="weight = 1"),
        leaf("own", "achievement = ['c1']", "credits", "credits = 60"),
    )
    core = {"tags": ("core",), "credit_unit": "ects", "credits": Fraction(4)}
    (step,) = climb(
        [certificate, diploma],
        *(held("c1", "c1", **core), held("c2", "c2", **core), held("d", "y")),
    ).steps
    assert step.award == "eligible"
    (shared,) = step.shared
    assert shared == ("c1", ("core",), ("own",), Fraction(4), Fraction(4))
    assert step.through_award == (
        ("c2", ("core",), (), Fraction(4), None),
        ("d", ("b",), (), None, None),
    )


def test_one_requirement_may_ask_for_one_of_several_awards():
    other = qualification("other", leaf())
    diploma = qualification(
        "diploma",
        leaf(
            "entry",
            "any = [{ achievement = ['award:certificate'] }, "
            "{ achievement = ['award:other'] }]",
        ),
    )
    found = climb([CERTIFICATE, other, diploma])
    assert ways(found) == [
        ("certificate", "diploma", ("entry",)),
        ("other", "diploma", ("entry",)),
    ]


def test_addresses_compare_as_they_do_when_credentials_are_matched():
    certificate = qualification(
        "certificate",
        leaf(),
        award="award = { achievement = ['HTTPS://A.example/c/'] }",
    )
    diploma = qualification(
        "diploma", leaf("entry", "achievement = ['https://a.example:443/c']")
    )
    assert len(climb([certificate, diploma]).steps) == 1


def test_an_award_goes_by_the_names_that_the_file_calls_the_same():
    diploma = qualification(
        "diploma",
        asks("old"),
        "[[achievement]]\nid = 'award:certificate'\nsame_as = ['award:old']\n",
    )
    assert ways(climb([CERTIFICATE, diploma])) == [
        ("certificate", "diploma", ("entry",))
    ]


def test_an_award_that_counts_by_its_tag_is_a_step_too():
    diploma = qualification("diploma", leaf("any", "tag = ['data']", "count", "n = 2"))
    award = held("k", "award:certificate", tags=("data",))
    (step,) = climb([CERTIFICATE, diploma], award).steps
    assert (step.requirements, step.counts) == (("any",), True)


def test_awards_that_count_in_each_other_by_their_tags_make_no_circle():
    one = qualification("one", leaf("any", "tag = ['t']", "count", "n = 2"))
    two = qualification("two", leaf("any", "tag = ['t']", "count", "n = 2"))
    awards = held("k1", "award:one", tags=("t",)), held("k2", "award:two", tags=("t",))
    found = climb([one, two], *awards)
    assert rungs(found) == [("one", 1, 1), ("two", 1, 2)]
    assert [way[:2] for way in ways(found)] == [("one", "two")]


EDGES = st.sets(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: e[0] < e[1])
)


@given(EDGES, st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_any_chains_are_told_as_they_are(edges, order, awarded):
    made = {
        number: qualification(
            f"q{number}",
            leaf("own", f"achievement = ['own:{number}']"),
            *(
                asks(f"q{low}", f"e{low}")
                for low, high in sorted(edges)
                if high == number
            ),
        )
        for number in range(7)
    }
    found = climb(
        [made[number] for number in order],
        *(held(f"h{number}", f"award:q{number}") for number in awarded),
    )
    told = {(int(s.lower[1:]), int(s.upper[1:])): s for s in found.steps}
    assert set(told) == edges
    for (low, _), step in told.items():
        assert step.requirements == (f"e{low}",)
        assert step.counts == (low in awarded)
    height = {int(r.answer.qualification.id[1:]): r.rung for r in found.rungs}
    assert set(height) == {number for edge in edges for number in edge}
    for number, rung in height.items():
        # The longest way down, by plain recursion.
        assert rung == longest(edges, number)
    chain = {int(r.answer.qualification.id[1:]): r.chain for r in found.rungs}
    assert all(chain[low] == chain[high] for low, high in edges)
    assert len(set(chain.values())) == pieces(edges)
    places = [(r.chain, r.rung) for r in found.rungs]
    assert places == sorted(places)


def longest(edges, number):
    return 1 + max(
        (longest(edges, low) for low, high in edges if high == number), default=0
    )


def pieces(edges):
    sets = [{number} for number in {n for edge in edges for n in edge}]
    for low, high in edges:
        (one,) = [s for s in sets if low in s]
        (two,) = [s for s in sets if high in s]
        if one is not two:
            sets = [s for s in sets if s not in (one, two)] + [one | two]
    return len(sets)

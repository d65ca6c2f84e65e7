"""Does a credential count for a requirement by the most trusted way, or not at all?"""

from fractions import Fraction

import pytest

from credwallet.stacking.matching import same_form
from tests.stacking.given import ask, by, held, leaf, reasons, rules, used

UNI = "did:web:uni.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://Example.ORG/a", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/", "https://example.org"),
    ],
)
def test_addresses_compare_without_case_of_host_default_port_and_last_slash(one, other):
    assert same_form(one) == same_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/A", "https://example.org/a"),
        ("http://example.org/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://example.org:80/a", "https://example.org/a"),
        ("https://example.org/a//", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?x=/", "https://example.org/a?x="),
        ("https://example.org/%61", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a"),
        ("https://User@example.org", "https://user@example.org"),
        ("did:web:Example.org", "did:web:example.org"),
        ("comptia:A", "comptia:a"),
    ],
)
def test_nothing_else_about_an_address_is_normalised(one, other):
    assert same_form(one) != same_form(other)


@pytest.mark.parametrize("text", ["x://", "://", "https://[::1]:443/", "a://b@C", ""])
def test_what_is_hardly_an_address_has_a_form_too(text):
    assert same_form(same_form(text)) == same_form(text)


def test_the_achievement_id_is_the_first_way():
    answer = ask(rules(leaf()), held(alignments=("x",), issuer=UNI))
    assert by(answer) == {"c": "achievement id"}


def test_an_id_that_the_same_issuer_calls_the_same_is_as_good():
    answer = ask(rules(leaf()), held(achievement="y", same_as=("x",)))
    assert by(answer) == {"c": "an achievement that its issuer calls the same"}


def test_an_id_that_the_rules_call_the_same_is_as_good():
    fact = "[[achievement]]\nid = 'x'\nsame_as = ['y']\n"
    assert used(ask(rules(leaf() + fact), held(achievement="y"))) == {"c": ["a"]}


@pytest.mark.parametrize("issuer", [UNI, "did:web:known.example"])
def test_an_alignment_counts_from_an_issuer_who_is_listed_or_known(issuer):
    asked = rules(leaf(match="alignment = ['ce-1']"), head=f"issuer_ids = ['{UNI}']")
    answer = ask(
        asked,
        held(alignments=("ce-1",), issuer=issuer),
        known_issuers={"did:web:known.example"},
    )
    assert by(answer) == {"c": "alignment"}


@pytest.mark.parametrize("issuer", ["did:web:other.example", ""])
def test_an_alignment_of_anybody_else_is_only_a_claim(issuer):
    asked = rules(leaf(match="alignment = ['ce-1']"), head=f"issuer_ids = ['{UNI}']")
    answer = ask(asked, held(alignments=("ce-1",), issuer=issuer))
    assert answer.fraction == 0
    assert "its alignment fits" in reasons(answer)["c"]


def test_a_code_counts_only_together_with_its_issuer():
    asked = rules(leaf(match=f"code = ['N10'], issuer = ['{UNI}']"))
    good, bad = held(codes=("N10",), issuer=UNI), held("d", codes=("N10",), issuer="z")
    answer = ask(asked, good, bad)
    assert by(answer) == {"c": "code and issuer"}
    assert "its code fits" in reasons(ask(asked, bad))["d"]


def test_an_other_identifier_is_a_code_and_no_achievement_id():
    asked = rules(leaf(match=f"achievement = ['x'], issuer = ['{UNI}']"))
    answer = ask(asked, held(achievement="y", codes=("x",), issuer=UNI))
    assert by(answer) == {"c": "code and issuer"}
    assert ask(rules(leaf()), held(achievement="y", codes=("x",))).fraction == 0


def test_the_strongest_of_several_ways_is_kept():
    asked = rules(leaf(match="any = [{ tag = ['t'] }, { achievement = ['x'] }]"))
    assert by(ask(asked, held(tags=("t",)))) == {"c": "achievement id"}
    assert by(ask(asked, held(achievement="y", tags=("T ",)))) == {"c": "tag t"}


def test_a_right_achievement_of_a_wrong_issuer_is_a_miss_and_a_warning():
    asked = rules(leaf(match=f"achievement = ['x'], issuer = ['{UNI}']"))
    answer = ask(asked, held(issuer="did:web:fake.example"))
    assert answer.fraction == 0
    (warning,) = answer.warnings
    assert warning.startswith("c has the achievement of a, but its issuer did:web:fake")
    assert ask(asked, held(issuer="")).fraction == 0


def test_an_excluded_issuer_does_not_count():
    asked = rules(leaf(match=f"tag = ['t'], not_issuer = ['{UNI}']"))
    answer = ask(asked, held(tags=("t",), issuer=UNI), held("d", tags=("t",)))
    assert used(answer) == {"d": ["a"]}
    assert "excluded" in reasons(answer)["c"]


def test_a_name_never_counts_but_is_worth_a_question():
    asked = rules(leaf("network-plus"))
    answer = ask(asked, held(achievement="y", name="CompTIA Network+ ce"))
    assert answer.fraction == 0
    (question,) = answer.suggestions
    assert question.startswith("c looks like network-plus")
    assert ask(asked, held(achievement="y", name="CompTIA Linux+")).suggestions == ()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "unknown"),
        ({"level": Fraction(3)}, "3 is below 4"),
        ({"level": Fraction(5), "framework": "eqf"}, "another framework"),
    ],
)
def test_a_level_that_is_unknown_too_low_or_foreign_does_not_count(values, why):
    asked = rules(leaf(match="tag = ['t'], min_level = 4"), head="framework = 'mqf'")
    answer = ask(asked, held(tags=("t",), **values))
    assert answer.requirements[0].state == "blocked"
    assert why in reasons(answer)["c"]


@pytest.mark.parametrize("framework", ["mqf", ""])
def test_levels_compare_within_a_framework_or_as_numbers(framework):
    asked = rules(leaf(match="tag = ['t'], min_level = 4"), head="framework = 'mqf'")
    answer = ask(asked, held(tags=("t",), level=Fraction(4), framework=framework))
    assert used(answer) == {"c": ["a"]}


def test_a_grade_must_reach_what_is_asked():
    asked = rules(leaf(match="tag = ['t'], min_grade = 3.5"))
    assert ask(asked, held(tags=("t",), grade=Fraction(7, 2))).satisfied
    assert not ask(asked, held(tags=("t",), grade=Fraction(3))).satisfied
    assert not ask(asked, held(tags=("t",))).satisfied


def test_the_learners_own_tags_count_only_when_assumed():
    asked = rules(leaf(match="tag = ['t']"))
    answer = ask(asked, held(own_tags=("t",)))
    assert "--assume" in reasons(answer)["c"]
    assert by(ask(asked, held(own_tags=("t",)), assume=True)) == {"c": "your own tag t"}


def test_what_the_rules_say_an_achievement_is_worth_stands_above_the_credential():
    asked = rules(
        leaf(kind="credits", match="tag = ['t'], kind = ['apel']", more="credits = 6")
        + "[[achievement]]\nid = 'x'\ncredits = '7/2'\ncredit_unit = 'ects'\n"
        "kind = 'apel'\ntag = ['t']\n"
    )
    answer = ask(asked, held(credits=Fraction(6), credit_unit="ects", kind="micro"))
    assert answer.requirements[0].have == Fraction(7, 2)

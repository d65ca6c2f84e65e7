"""What does a credential of the wallet bring to a stack?"""

from datetime import date
from fractions import Fraction

import pytest

from credwallet.model.qualification import Standing
from credwallet.model.summary import Summary
from credwallet.stacking import holding_of


def summary(**values):
    lists = ("types", "achievements", "alignments", "skills", "keywords", "tags")
    defaults = dict.fromkeys(Summary._fields, "") | dict.fromkeys(lists, ())
    return Summary(**(defaults | {"verdict": "valid"} | values))


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [
        ("valid", Standing.VERIFIED),
        ("undetermined", Standing.UNVERIFIED),
        ("", Standing.UNVERIFIED),
        ("something-new", Standing.UNVERIFIED),
        ("expired", Standing.OUT_OF_DATE),
        ("not-yet-valid", Standing.OUT_OF_DATE),
        ("revoked", Standing.REVOKED),
        ("suspended", Standing.SUSPENDED),
        ("invalid", Standing.INVALID),
        ("malformed", Standing.INVALID),
    ],
)
def test_only_a_valid_one_is_verified(verdict, standing):
    assert holding_of("h", summary(verdict=verdict)).standing is standing


def test_everything_is_taken_over():
    holding = holding_of(
        "h",
        summary(
            name="N",
            issuer_id="did:web:i.example",
            achievements=("x", "y"),
            human_code="N10",
            alignments=("ce-1",),
            keywords=("core",),
            tags=("mine",),
            credits="2.5",
            credit_unit="ects",
            level="6",
            framework="eqf",
            achievement_type="MicroCredential",
            result_status="Completed",
            grade="3.5",
            valid_from="2026-01-15T10:00:00Z",
            valid_until="2027-01-15T23:30:00-05:00",
        ),
    )
    assert (holding.achievement, holding.codes) == ("x", ("y", "N10"))
    assert holding.grade == Fraction(7, 2)
    assert (holding.alignments, holding.issuer) == (("ce-1",), "did:web:i.example")
    assert (holding.tags, holding.own_tags) == (("core",), ("mine",))
    assert (holding.credits, holding.level) == (Fraction(5, 2), 6)
    assert holding.kind == "micro"
    # Days are those of UTC.
    assert (holding.issued, holding.expires) == (date(2026, 1, 15), date(2027, 1, 16))


@pytest.mark.parametrize(
    ("kind", "is_"),
    [
        ("MicroCredential", "micro"),
        ("Badge", "micro"),
        ("BachelorDegree", "formal"),
        ("Diploma", "formal"),
        ("Certificate", "formal"),
        ("CertificateOfCompletion", "micro"),
        ("Course", "course"),
        ("ext:Stack", "ext:stack"),
        ("", ""),
    ],
)
def test_kinds_follow_the_achievement_type_and_are_never_guessed(kind, is_):
    assert holding_of("h", summary(achievement_type=kind)).kind == is_


@pytest.mark.parametrize(
    "text", ["soon", "2026", "9999-99-99", "0001-01-01T00:00+14:00"]
)
def test_an_expiry_that_cannot_be_read_makes_it_unverified(text):
    assert holding_of("h", summary(valid_until=text)).standing is Standing.UNVERIFIED


@pytest.mark.parametrize("text", ["", "many", "1e9", "-3", "1/0", "9" * 40, "NaN", "½"])
def test_credits_that_are_no_number_are_none(text):
    holding = holding_of("h", summary(credits=text, level=text))
    assert (holding.credits, holding.level) == (None, None)


def test_a_grade_in_words_is_no_number():
    assert holding_of("h", summary(grade="with distinction")).grade is None

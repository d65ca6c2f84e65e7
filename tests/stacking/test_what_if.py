"""Is everything in a what-if file assumed, and every mistake in it found?"""

from datetime import date
from fractions import Fraction

import pytest

from credwallet.errors import Usage
from credwallet.model.qualification import Holding, Override, Standing
from credwallet.stacking import load_what_if

HEAD = 'format = "credwallet-what-if/1"\n'


def test_the_example_of_the_format_reads_as_it_says():
    (holding,) = load_what_if(
        HEAD
        + """[[credential]]
id = "c1"
achievement = "comptia:aplus-ce"
issuer = "https://example.org/comptia"
issued = 2024-03-01
expires = 2027-03-01
status = "unverified"
credits = "5/2"
credit_unit = "ects"
level = 6
kind = "micro"
tag = ["core"]
alignment = ["ce-1111"]
same_as = ["y"]
name = "A+"
""",
        "file",
    ).holdings
    assert holding == Holding(
        handle="c1",
        standing=Standing.UNVERIFIED,
        achievement="comptia:aplus-ce",
        same_as=("y",),
        alignments=("ce-1111",),
        issuer="https://example.org/comptia",
        name="A+",
        issued=date(2024, 3, 1),
        expires=date(2027, 3, 1),
        credits=Fraction(5, 2),
        credit_unit="ects",
        level=Fraction(6),
        kind="micro",
        tags=("core",),
        assumed=True,
    )


def test_an_override_may_stand_in_it():
    (override,) = load_what_if(
        HEAD + "[[override]]\nqualification='q'\ntype='waive'\nrequirement='r'\n", "f"
    ).overrides
    assert override == Override("q", "waive", "r", assumed=True)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "format"),
        (HEAD + "[[credential]]\n", 2, "has no id"),
        (HEAD + "[[credential]]\nid='a'\n[[credential]]\nid='a'\n", 5, "two of the id"),
        (HEAD + "[[credential]]\nid='a'\nstatus='good'\n", 4, "no 'good'"),
        (HEAD + "[[credential]]\nid='a'\ncredits='x'\n", 4, "exact number"),
        (HEAD + "[[credential]]\nid='a'\nexpires='x'\n", 4, "a date"),
        (
            HEAD + "[[credential]]\nid='a'\nexpire=2026-01-01\n",
            4,
            "unknown key 'expire'",
        ),
        (HEAD + "[[override]]\ntype='waive'\nrequirement='r'\n", 2, "qualification"),
        (
            HEAD
            + "[[override]]\nqualification='q'\ntype='substitute'\nrequirement='r'",
            2,
            "names its credential",
        ),
        (
            HEAD
            + "[[override]]\nqualification='q'\ntype='equivalent'\nrequirement='r'",
            2,
            "equivalent needs",
        ),
        (HEAD + "credential = 3\n", 1, "array of tables"),
        (HEAD + "x = [\n", 3, "invalid"),
    ],
)
def test_a_mistake_is_refused_with_its_line(text, line, words):
    with pytest.raises(Usage) as caught:
        load_what_if(text, "file")
    assert caught.value.what.startswith(f"file: line {line}")
    assert words in caught.value.what


def test_a_level_in_words_compares_with_nothing():
    text = HEAD + "[[credential]]\nid='a'\nlevel='advanced'\n"
    assert load_what_if(text, "f").holdings[0].level is None

"""Is every mistake in a qualification file found, at its line, and none beside it?"""

from datetime import date
from fractions import Fraction

import pytest

from credwallet.errors import Usage
from credwallet.model.qualification import Match
from credwallet.stacking import lint, load

HEAD = """format = "credwallet-qualification/1"
[qualification]
id = "q"
credit_unit = "ects"
"""
LEAF = """[[requirement]]
id = "a"
type = "credential"
match = { achievement = ["x"] }
"""
CREDITS = """[[requirement]]
id = "b"
type = "credits"
credits = 5
match = { tag = ["t"] }
"""
GROUP = """[[group]]
id = "g"
type = "n_of"
n = 1
"""

# What stands in the file, the line of the finding, and words of it (message and hint).
ERRORS = [
    ("", 1, "the format is missing"),
    ('format = "other/1"\n' + HEAD.partition("\n")[2] + LEAF, 1, "another"),
    ('format = "credwallet-qualification/1"\n' + LEAF, 1, "[qualification] is missing"),
    (HEAD + LEAF + "[[requirment]]\n", 9, "did you mean 'requirement'?"),
    (HEAD + "titel = 'x'\n" + LEAF, 5, "did you mean 'title'?"),
    (HEAD + LEAF + "wieght = 2\n", 9, "did you mean 'weight'?"),
    (HEAD + LEAF.replace("achievement", "achievment"), 8, "'achievement'?"),
    (HEAD + LEAF.replace("achievement", "name"), 8, "a name never counts"),
    (HEAD + LEAF.replace('["x"]', "[]"), 8, "not empty"),
    (HEAD + LEAF.replace('["x"]', "[1]"), 8, "array of strings"),
    (HEAD + LEAF.replace('["x"]', "1.5"), 8, "array of strings"),
    (HEAD + LEAF.replace('["x"] }', '["x"], min_level = "x" }'), 8, "exact number"),
    (HEAD + LEAF.replace('["x"] }', '["x"], any = [] }'), 8, "array of tables"),
    (HEAD + LEAF.replace('"credential"', '"credentials"'), 7, "did you mean"),
    (HEAD + LEAF.replace('type = "credential"\n', ""), 5, "has no type"),
    (HEAD + LEAF.replace('id = "a"\n', ""), 5, "has no id"),
    (HEAD + LEAF + LEAF, 10, "two of the id 'a'"),
    (HEAD + LEAF.replace("match", "#"), 5, "has no match"),
    (HEAD + LEAF + 'in = "gruop"\n', 9, "no group 'gruop'"),
    (HEAD + LEAF + CREDITS + 'in = "a"\n', 14, "only a group has members"),
    (HEAD + CREDITS.replace("credits = 5\n", ""), 5, "needs credits"),
    (HEAD + CREDITS.replace("credits = 5", "credits = 0"), 8, "above 0"),
    (HEAD + CREDITS.replace("credits = 5", "credits = 1e400"), 8, "exact number"),
    (HEAD + CREDITS.replace("credits = 5", "credits = nan"), 8, "exact number"),
    (HEAD + CREDITS.replace("credits = 5", "credits = true"), 8, "exact number"),
    (HEAD + CREDITS.replace("credits = 5", 'credits = "5/0"'), 8, "exact number"),
    (HEAD + LEAF.replace("credential", "count"), 5, "needs n"),
    (HEAD + LEAF.replace("credential", "count") + "n = 0\n", 9, "at least 1"),
    (HEAD + LEAF.replace("credential", "count") + "n = 1.5\n", 9, "whole number"),
    (HEAD + LEAF + "weight = 0\n", 9, "above 0"),
    (HEAD + LEAF.replace("credential", "manual"), 8, "manual requirement has no match"),
    (HEAD, 2, "no [[requirement]]"),
    (HEAD + LEAF + GROUP, 9, "'g' is empty"),
    (HEAD + LEAF + 'in = "g"\n' + GROUP.replace("1", "2"), 13, "only 1 are in it"),
    (HEAD + LEAF + 'in = "g"\n' + GROUP.replace("n = 1", ""), 10, "needs n"),
    (HEAD + LEAF + 'in = "g"\n' + GROUP.replace("n_of", "all_of"), 13, "has no n"),
    (HEAD + LEAF + 'in = "g"\n' + GROUP + 'in = "g"\n', 14, "in a circle"),
    (
        HEAD
        + LEAF
        + 'in = "g"\n'
        + GROUP
        + 'in = "h"\n'
        + GROUP.replace('"g"', '"h"')
        + 'in = "g"\n',
        14,
        "in a circle",
    ),
    (HEAD + LEAF + CREDITS, 11, "credits beside counts"),
    (HEAD + LEAF + "[[share]]\nrequirements = ['a', 'c']\n", 10, "requirement 'c'"),
    (HEAD + LEAF + "[[share]]\nrequirements = ['a']\n", 10, "at least two"),
    (HEAD + LEAF + "[[cap]]\nid = 'c'\nmatch = {}\n", 9, "no limit"),
    (HEAD + LEAF + "[[cap]]\nmatch = {}\nmax_percent = 5\n", 11, "total_credits"),
    (HEAD + LEAF + "[[cap]]\nmax_count = 5\n", 9, "has no match"),
    (HEAD + LEAF + "[[cap]]\nmatch={}\nmax_count=1\nrequirements=['z']\n", 12, "'z'"),
    (HEAD + LEAF + "[[gate]]\nmatch = {}\n", 9, "no limit"),
    (HEAD + LEAF + "[[gate]]\nmatch = {}\nmin_count = 0\n", 11, "at least 1"),
    (
        HEAD + "total_credits = 5\n" + LEAF + "[[gate]]\nmatch={}\nmin_percent=101\n",
        12,
        "above 100",
    ),
    (HEAD + LEAF + ("[[cap]]\nid='c'\nmatch={}\nmax_count=1\n" * 2), 14, "two of the"),
    (HEAD + LEAF + "[[exclusive]]\n", 9, "has no group"),
    (HEAD + LEAF + "[[override]]\ntype = 'waive'\n", 9, "what-if file"),
    (HEAD + LEAF + "[[achievement]]\nid = 'x'\nlevel = -1\n", 11, "at least 0"),
    (HEAD + LEAF + ("[[achievement]]\nid = 'x'\n" * 2), 12, "two of the id"),
    (HEAD + "expired = 'countt'\n" + LEAF, 5, "did you mean 'count'?"),
    (HEAD + "basis = 'guess'\n" + LEAF, 5, "one of rule"),
    (HEAD + "read_on = '2026-02-30'\n" + LEAF, 5, "a date"),
    (HEAD + "read_on = 7\n" + LEAF, 5, "a date"),
    (HEAD + "max_age_years = '3'\n" + LEAF, 5, "whole number"),
    (HEAD + "hours_per_credit = 3\n" + LEAF, 5, "a table"),
    (HEAD + "hours_per_credit = { ects = -3 }\n" + LEAF, 5, "exact number"),
    (HEAD + "award = {}\n" + LEAF, 5, "fits everything"),
    (HEAD + "award = { achievement = ['x'] }\n" + LEAF, 5, "a circle"),
    (
        HEAD + "valid_from = 2026-01-02\nvalid_until = 2026-01-01\n" + LEAF,
        6,
        "before valid_from",
    ),
]


@pytest.mark.parametrize(("text", "line", "words"), ERRORS)
def test_a_mistake_is_found_at_its_line(text, line, words):
    found = [
        (f.line, f"{f.message} {f.hint}") for f in lint(text) if f.severity == "error"
    ]
    assert (line, True) in [(where, words in said) for where, said in found], found
    with pytest.raises(Usage, match=r"^file: line \d+: "):
        load(text, "file")


WARNINGS = [
    (HEAD.replace('credit_unit = "ects"\n', "") + CREDITS, 2, "no credit_unit"),
    (
        HEAD
        + CREDITS
        + CREDITS.replace('"b"', '"c"')
        + "[[share]]\nrequirements = ['b', 'c']\n",
        15,
        "nothing asks for their sum",
    ),
    (
        HEAD
        + LEAF
        + 'in = "g"\nweight = 2\n'
        + LEAF.replace('"a"', '"b"')
        + 'in = "g"\n'
        + GROUP,
        10,
        "means nothing under n_of",
    ),
    (HEAD + "hours_per_credit = { nz = 10 }\n" + LEAF, 5, "no hours for ects"),
]


@pytest.mark.parametrize(("text", "line", "words"), WARNINGS)
def test_what_is_doubtful_is_a_warning_and_no_error(text, line, words):
    (found,) = lint(text)
    assert (found.line, found.severity) == (line, "warning")
    assert words in found.message
    assert load(text, "file").id == "q"


def test_the_column_of_a_key_is_found_within_inline_tables():
    (found,) = lint(HEAD + LEAF.replace('"x"] }', '"x"], isuer = "y" }'))
    assert (found.line, found.column) == (8, 32)


def test_a_sound_file_has_no_findings():
    assert lint(HEAD + LEAF) == ()


def test_a_gate_over_everything_answers_the_warning_about_shared_credits():
    text = (
        HEAD
        + CREDITS
        + CREDITS.replace('"b"', '"c"')
        + "[[share]]\nrequirements = ['b', 'c']\n"
        + "[[gate]]\nmatch = {}\nmin_credits = 10\n"
    )
    assert lint(text) == ()


def test_all_mistakes_of_a_file_are_named_at_once():
    found = lint(HEAD + "titel = 'x'\n" + LEAF + "wieght = 2\n[[share]]\n")
    assert [finding.line for finding in found] == [5, 10, 11]


def test_default_weights_are_one_n_credits_and_sums():
    text = HEAD + GROUP + LEAF.replace("credential", "count") + "n = 3\nin = 'g'\n"
    text += CREDITS.replace('"b"', '"d"') + "in = 'h'\nweight = 2.5\n"
    text += "[[group]]\nid = 'h'\ntype = 'all_of'\n"
    text += LEAF.replace('"a"', '"e"') + "in = 'h'\n"
    rules = load(text, "file")
    assert {entry.id: entry.weight for entry in rules.requirements} == {
        "a": 3,
        "d": Fraction(5, 2),
        "e": 1,
    }
    assert {group.id: group.weight for group in rules.groups} == {
        "g": 1,
        "h": Fraction(7, 2),
    }


def test_numbers_are_read_exactly():
    text = HEAD + "total_credits = 0.1\n" + CREDITS.replace("= 5", "= 22.500000000001")
    rules = load(text + "[[cap]]\nmatch={}\nmax_percent = 33.3\n", "file")
    assert rules.total_credits == Fraction(1, 10)
    assert rules.requirements[0].need == Fraction(22_500_000_000_001, 10**12)
    assert rules.caps[0].max_credits == Fraction(333, 10_000)


def test_dates_may_be_dates_or_strings():
    rules = load(HEAD + "valid_from = 2026-01-02\nread_on = '2026-01-03'\n" + LEAF, "f")
    assert (rules.valid_from, rules.read_on) == (date(2026, 1, 2), date(2026, 1, 3))


def test_a_single_string_stands_for_a_list_of_one():
    rules = load(HEAD + LEAF.replace('["x"]', '"x"'), "file")
    assert rules.requirements[0].match == Match(achievement=("x",))


def test_a_match_may_stand_in_a_table_of_its_own():
    text = HEAD + "[[requirement]]\nid='a'\ntype='credential'\n[requirement.match]\n"
    assert load(text + "tag = ['t']\n", "f").requirements[0].match == Match(tag=("t",))
    (found,) = lint(text + "tga = ['t']\ntag = ['t']\n")
    assert (found.line, found.hint) == (9, "did you mean 'tag'?")


def deep_groups(count):
    groups = "".join(
        f"[[group]]\nid = 'g{n}'\ntype = 'all_of'\n"
        + (f"in = 'g{n - 1}'\n" if n else "")
        for n in range(count)
    )
    return HEAD + groups + LEAF + f"in = 'g{count - 1}'\n"


def test_groups_nest_to_a_depth_and_not_deeper():
    assert lint(deep_groups(31)) == ()
    assert "deeper" in lint(deep_groups(40))[0].message
    assert "deeper" in lint(deep_groups(1900))[0].message


HOSTILE = [
    "x = " + "[" * 100_000,
    "x = " + "{a = " * 100_000,
    "a" + ".a" * 300_000 + " = 1",
    "[" + "a." * 300_000 + "a]",
    'x = { "a"' + '."a"' * 100_000 + " = 1 }",
    "x = " + "9" * 100_000,
    "x = 0x" + "f" * 100_000,
    "x = 1e" + "9" * 1000,
    'x = "' + "a" * 2_000_000,
    'x = """' + '\\"' * 300_000,
    '"a\\' * 100_000,
    "'''" * 100_001,
    "\0",
    "\ufeff",
    "\ud800",
    "[[qualification]]\n",
    "qualification = 3\n",
    "requirement = [1, 2]\n",
    "[requirement]\n[group]\n[cap]\n[share]\n",
    "".join(f"k{n} = 1\n" for n in range(60_000)),
    HEAD + LEAF + "".join(f"k{n} = 1\n" for n in range(60_000)),
    HEAD + "[[requirement]]\n" * 60_000,
    HEAD + LEAF * 2_001,
    HEAD + LEAF.replace('"x"', ", ".join(["'x'"] * 5_000)),
    HEAD + LEAF.replace("match", "match.any.any.any.any"),
    HEAD + LEAF + "[[cap]]\n" * 1_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_refused_with_a_line_and_nothing_worse(text):
    with pytest.raises(Usage, match=r"^file: line \d+"):
        load(text, "file")
    assert 1 <= len(lint(text)) <= 200


@pytest.mark.parametrize(
    "value", ["1", "1.5", "true", "'x'", "[]", "[[]]", "{}", "2026-01-01"]
)
@pytest.mark.parametrize(
    "key",
    [
        *("format", "qualification", "requirement", "group", "share", "cap", "gate"),
        *("exclusive", "achievement"),
        *("qualification.award", "qualification.issuer_ids", "qualification.title"),
        *("qualification.hours_per_credit", "qualification.total_credits"),
        *("qualification.level", "qualification.valid_from", "qualification.expired"),
        *("requirement.id", "requirement.type", "requirement.match", "requirement.in"),
        *("requirement.weight", "requirement.match.any", "requirement.match.min_level"),
        *("group.n", "group.id", "group.in", "share.requirements", "cap.match"),
        *(
            "cap.max_count",
            "gate.min_percent",
            "exclusive.group",
            "achievement.same_as",
        ),
    ],
)
def test_a_value_of_a_wrong_kind_is_a_finding_or_fits(key, value):
    first, _, rest = key.partition(".")
    if not rest:
        text = f"{key} = {value}\n" + HEAD
        if first == "format":
            text = text.replace('format = "credwallet-qualification/1"', "")
    else:
        header = "[qualification]" if first == "qualification" else f"[[{first}]]"
        text = f"{header}\n{rest} = {value}\n"
        text = 'format = "credwallet-qualification/1"\n' + text
    if any(finding.severity == "error" for finding in lint(text)):
        with pytest.raises(Usage, match=r"^file: line \d"):
            load(text, "file")
    else:
        assert load(text, "file")

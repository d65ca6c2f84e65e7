"""Is what makes sense, but is probably not meant, a warning, and nothing beside it?"""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from credwallet.errors import Usage
from credwallet.stacking import lint, load
from credwallet.stacking.files.cross_lint import lint_together
from tests.stacking import oracle
from tests.stacking.random_cases import random_case

START = """format = "credwallet-qualification/1"
[qualification]
id = "q"
credit_unit = "ects"
"""
LEAF = "[[requirement]]\nid = '{0}'\ntype = 'credential'\n"
A = LEAF.format("a") + "match = { achievement = ['x:a'] }\n"
B = LEAF.format("b") + "match = { achievement = ['x:b'] }\n"
FIVE = (
    "[[requirement]]\nid = 'f'\ntype = 'credits'\ncredits = 5\nmatch = { tag = 'f' }\n"
)
SIX = (
    "[[requirement]]\nid = 's'\ntype = 'credits'\ncredits = 6\nmatch = { tag = 's' }\n"
)
TWO_OF = (
    "[[requirement]]\nid = 'two'\ntype = 'count'\nn = 2\n"
    "match = { achievement = ['x:a', 'x:b', 'x:c'] }\n"
)
MANUAL = "[[requirement]]\nid = 'm'\ntype = 'manual'\n"


def match(inner):
    return A.replace("achievement = ['x:a']", inner)


def group(kind, more=""):
    return f"[[group]]\nid = 'g'\ntype = '{kind}'\n{more}"


def table(name, *lines):
    return f"[[{name}]]\n" + "".join(f"{line}\n" for line in lines)


ISSUED = "issuer_ids = ['https://a.example']\n"
AWARD = "award = { achievement = ['x:award'] }\n"

# The name of the case, the file, line and column of the only warning, and words of it.
DOUBTS = {
    "an id with a blank": (START.replace('"q"', '"q q"') + A, 3, 1, "a blank"),
    "a source in words": (START + "source = 'the page'\n" + A, 5, 1, "no web address"),
    "a date of reading without a source": (
        START + "read_on = 2026-01-01\n" + A,
        *(5, 1, "no source says where"),
    ),
    "expired parts that count and a lapse": (
        START + "expired = 'count'\nexpires_with = 'latest'\n" + A,
        *(6, 1, "never lapses"),
    ),
    "a level in quotes": (START + "level = '4'\n" + A, 5, 1, "without quotes"),
    "an award of nobody": (START + AWARD + A, 5, 1, "anyone could award"),
    "an issuer by name": (START + "issuer_ids = 'Harbour'\n" + A, 5, 1, "no URL"),
    "hours of one unit": (
        START + "hours_per_credit = { ects = 25 }\n" + A,
        *(5, 1, "alone convert nothing"),
    ),
    "a credit of too many hours": (
        START + "hours_per_credit = { ects = 25, nz = 1000 }\n" + A,
        *(5, 33, "1000 hours for one credit of 'nz'"),
    ),
    "a credit of too few hours": (
        START + "hours_per_credit = { ects = '1/25', nz = 10 }\n" + A,
        *(5, 22, "0.04 hours"),
    ),
    "a unit in two spellings": (
        START + "hours_per_credit = { ects = 25, ECTS = 30 }\n" + A,
        *(5, 33, "twice, with other hours"),
    ),
    "a gate over credits of no unit": (
        START.replace('credit_unit = "ects"\n', "")
        + A
        + table("gate", "match = {}", "min_credits = 3"),
        *(2, 1, "see no credits"),
    ),
    "a credential of any kind": (match(""), 8, 1, "any credential at all"),
    "a name for an id": (
        match("achievement = ['Network plus']"),
        *(8, 11, "looks like a name"),
    ),
    "a blank at the end of an id": (match("achievement = 'x:a '"), 8, 11, "a blank"),
    "an issuer by name in a match": (match("issuer = 'Harbour'"), 8, 11, "no URL"),
    "an issuer asked for and excluded": (
        match("issuer = 'x:i', not_issuer = 'x:i'"),
        *(8, 27, "asked for and excluded"),
    ),
    "an exclusion that is no news": (
        match("issuer = 'x:i', not_issuer = 'x:j'"),
        *(8, 27, "all others out"),
    ),
    "two ways that must both agree": (
        match("achievement = 'x:a', alignment = 'ce-1'"),
        *(8, 32, "must both agree"),
    ),
    "a code beside an achievement": (
        match("any = [{ achievement = 'x:a', code = 'A' }]"),
        *(8, 41, "must both agree"),
    ),
    "a level of no framework": (
        match("tag = 't', min_level = 4"),
        *(8, 22, "no framework"),
    ),
    "a least level in quotes": (
        match("tag = 't', min_level = '4', framework = 'eqf'"),
        *(8, 22, "without quotes"),
    ),
    "a kind that is nearly one": (match("kind = 'mirco'"), 8, 11, "did you mean"),
    "more asked for than named": (
        START + TWO_OF.replace(", 'x:b', 'x:c'", ""),
        *(9, 1, "wants 2 achievements and names 1"),
    ),
    "all of a group as n of it": (
        START + A + "in = 'g'\n" + B + "in = 'g'\n" + group("n_of", "n = 2\n"),
        *(18, 1, "asks for all"),
    ),
    "all of the groups in a group": (
        START
        + A
        + "in = 'h'\n"
        + B
        + "in = 'g'\n"
        + group("n_of", "n = 2\n")
        + group("all_of", "in = 'g'\n").replace("'g'\ntype", "'h'\ntype"),
        *(18, 1, "asks for all"),
    ),
    "nothing but manual": (START + MANUAL, 7, 1, "every requirement is manual"),
    "one achievement for two requirements": (
        START + A + A.replace("'a'", "'b'"),
        *(12, 1, "'b' asks for what 'a' asks for"),
    ),
    "three of two for two requirements": (
        START + TWO_OF.replace(", 'x:c'", "") + A.replace("['x:a']", "['x:b', 'x:a']"),
        *(13, 1, "'a' asks for what 'two' asks for"),
    ),
    "more credits than the whole has": (
        START + "total_credits = 10\n" + FIVE + SIX,
        *(5, 1, "but 11 are asked for"),
    ),
    "the least of a choice more than the whole": (
        START
        + "total_credits = 4\n"
        + FIVE
        + "in = 'g'\n"
        + SIX
        + "in = 'g'\n"
        + group("n_of", "n = 1\n"),
        *(5, 1, "but 5 are asked for"),
    ),
    "fewer credits than the whole has": (
        START + "total_credits = 12\n" + FIVE + SIX,
        *(5, 1, "only 11 are asked for"),
    ),
    "a requirement twice in a share": (
        START + A + B + table("share", "requirements = ['a', 'b', 'a']"),
        *(14, 1, "names 'a' twice"),
    ),
    "a share within another": (
        START
        + A
        + B
        + TWO_OF
        + table("share", "requirements = ['a', 'b', 'two']")
        + table("share", "requirements = ['b', 'a']"),
        *(21, 1, "share already"),
    ),
    "a share of what is manual": (
        START + A + MANUAL + table("share", "requirements = ['a', 'm']"),
        *(13, 1, "'m' is manual"),
    ),
    "a cap over what is manual": (
        START
        + A
        + MANUAL
        + table("cap", "match = {}", "max_count = 1", "requirements = 'm'"),
        *(15, 1, "'m' is manual"),
    ),
    "a cap of nothing": (
        START + A + table("cap", "match = { kind = 'apel' }", "max_count = 0"),
        *(9, 1, "cap 'cap-1' of 0"),
    ),
    "a cap of no credits": (
        START + FIVE + table("cap", "match = { kind = 'apel' }", "max_credits = 0"),
        *(10, 1, "of 0"),
    ),
    "a cap that is never reached": (
        START
        + A
        + table("cap", "match = { achievement = ['x:a', 'x:d'] }", "max_count = 2"),
        *(9, 1, "never reached: its match names 2"),
    ),
    "a cap as large as the whole": (
        START
        + "total_credits = 5\n"
        + FIVE
        + table("cap", "match = { kind = 'apel' }", "max_percent = 100"),
        *(11, 1, "all of total_credits"),
    ),
    "a gate for more than it names": (
        START + A + table("gate", "match = { achievement = 'x:a' }", "min_count = 2"),
        *(9, 1, "never met: it asks for 2"),
    ),
    "a gate above the whole": (
        START
        + "total_credits = 5\n"
        + FIVE
        + table("gate", "match = {}", "min_credits = 6"),
        *(11, 1, "more than total_credits"),
    ),
    "a gate against a cap": (
        START
        + TWO_OF
        + table("cap", "match = { kind = 'apel' }", "max_count = 1")
        + table("gate", "match = { kind = 'apel' }", "min_count = 2"),
        *(13, 1, "never met: it asks for 2 credentials, and cap 'cap-1' lets 1 in"),
    ),
    "a percentage against a cap over everything": (
        START
        + "total_credits = 10\n"
        + FIVE
        + A
        + "weight = 5\n"
        + table("cap", "match = {}", "max_percent = 50")
        + table("gate", "match = { tag = 'z' }", "min_percent = 60"),
        *(19, 1, "asks for 6 credits, and cap 'cap-1' lets 5 in"),
    ),
    "two caps on the same": (
        START
        + A
        + table("cap", "match = { kind = 'apel' }", "max_count = 2")
        + table("cap", "match = { kind = 'apel' }", "max_count = 3"),
        *(12, 1, "limits the same as 'cap-1'"),
    ),
    "two gates on the same": (
        START
        + A
        + table("gate", "match = { kind = 'apel' }", "min_count = 2")
        + table("gate", "match = { kind = 'apel' }", "min_count = 1"),
        *(12, 1, "limits the same as 'gate-1'"),
    ),
    "a requirement that a cap keeps undone": (
        START + TWO_OF + table("cap", "match = {}", "max_count = 1"),
        *(5, 1, "'two' is never done: it asks for 2, and cap 'cap-1' lets 1 in"),
    ),
    "credits that a cap keeps undone": (
        START + FIVE + table("cap", "match = { tag = 'f' }", "max_credits = 4"),
        *(5, 1, "'f' is never done"),
    ),
    "a cap with no room for all that is required": (
        START
        + A
        + B
        + table("cap", "match = { achievement = ['x:a', 'x:b'] }", "max_count = 1"),
        *(13, 1, "lets 1 in, and what must be done takes 2 cred"),
    ),
    "a cap with no room for the least of a choice": (
        START
        + A
        + FIVE
        + "in = 'g'\n"
        + SIX
        + "in = 'g'\n"
        + SIX.replace("'s'", "'u'", 1)
        + "weight = 1\n"
        + group("n_of", "n = 1\nweight = 1\n")
        + table("cap", "match = {}", "max_credits = 10"),
        *(32, 1, "takes 11 credits"),
    ),
    "an exclusion named twice": (
        START + A + table("exclusive", "group = 'e'") * 2,
        *(12, 1, "'e' is there twice"),
    ),
    "a fact about what nobody asks for": (
        START + A + table("achievement", "id = 'x:q'", "level = 4"),
        *(10, 1, "nothing asks for 'x:q'"),
    ),
    "a fact with a mistyped id": (
        START
        + A.replace("x:a", "https://a.example/networks")
        + table("achievement", "id = 'https://a.example/netwroks'", "level = 4"),
        *(10, 1, "did you mean 'https://a.example/networks'?"),
    ),
    "credits of a fact without unit": (
        START + FIVE + table("achievement", "id = 'x:q'", "credits = 4"),
        *(12, 1, "have no credit_unit"),
    ),
    "credits of a fact in a unit of nobody": (
        START
        + FIVE
        + table("achievement", "id = 'x:q'", "credits = 4", "credit_unit = 'etcs'"),
        *(13, 1, "does not convert"),
    ),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_a_doubt_is_one_warning_at_its_place(name):
    text, line, column, words = DOUBTS[name]
    text = text if text.startswith(START[:8]) else START + text
    (found,) = lint(text)
    assert words in f"{found.message} ({found.hint})"
    assert (found.line, found.column, found.severity) == (line, column, "warning")
    assert "\n" not in found.message + found.hint
    assert load(text, "file").requirements


NO_DOUBT = {
    "an award by a listed issuer": START + ISSUED + AWARD + A,
    "an award by the issuer it names": START
    + AWARD.replace(" }", ", issuer = 'x:i' }")
    + A,
    "a choice among groups": START
    + A
    + "in = 'g'\n"
    + B
    + "in = 'h'\n"
    + group("all_of", "in = 'c'\n")
    + group("all_of", "in = 'c'\n").replace("'g'", "'h'")
    + group("n_of", "n = 1\n").replace("'g'", "'c'"),
    "one achievement in two ways of a choice": START
    + A
    + "in = 'g'\n"
    + A.replace("'a'", "'b'")
    + "in = 'g'\n"
    + group("n_of", "n = 1\n"),
    "one achievement that two share": START
    + A
    + A.replace("'a'", "'b'")
    + table("share", "requirements = ['a', 'b']"),
    "as many named as two need": START
    + TWO_OF
    + A.replace("['x:a']", "['x:b', 'x:a', 'x:c']"),
    "credits that add up": START + "total_credits = 11\n" + FIVE + SIX,
    "shared credits that seem too many": START
    + "total_credits = 10\n"
    + FIVE
    + SIX
    + table("share", "requirements = ['f', 's']")
    + table("gate", "match = {}", "min_credits = 10"),
    "a whole that a gate asks for": START
    + "total_credits = 20\n"
    + FIVE
    + SIX
    + table("gate", "match = {}", "min_credits = 20"),
    "credits beside a credential": START
    + "total_credits = 20\n"
    + FIVE
    + A
    + "weight = 5\n",
    "a cap elsewhere": START
    + TWO_OF
    + A
    + table("cap", "match = {}", "max_count = 1", "requirements = ['a']"),
    "a cap and a gate that both can be kept": START
    + TWO_OF
    + table("cap", "match = { kind = 'apel' }", "max_count = 2")
    + table("gate", "match = { kind = 'apel' }", "min_count = 2"),
    "a gate where the cap does not look": START
    + TWO_OF
    + A
    + table("cap", "match = { tag = 'c' }", "max_count = 1", "requirements = 'a'")
    + table("gate", "match = { tag = 'c' }", "min_count = 2"),
    "a cap with room for the least of a choice": START
    + A
    + B
    + "in = 'g'\n"
    + TWO_OF
    + "in = 'g'\n"
    + group("n_of", "n = 1\n")
    + table("cap", "match = {}", "max_count = 2"),
    "a cap over what two share": START
    + A
    + A.replace("'a'", "'b'", 1)
    + table("share", "requirements = ['a', 'b']")
    + table("cap", "match = {}", "max_count = 1"),
    "caps of two units on one": START
    + FIVE
    + table("cap", "match = { kind = 'apel' }", "max_count = 2", "max_credits = 3")
    + table("cap", "match = { kind = 'micro' }", "max_count = 2"),
    "a fact that makes a match fit": START
    + FIVE
    + table("achievement", "id = 'x:q'", "tag = 'f'"),
    "a fact under another id": START
    + A
    + table("achievement", "id = 'x:old'", "same_as = 'x:a'", "level = 3"),
    "another kind of one's own": START + match("kind = 'course'"),
    "a level within the file's framework": START
    + "framework = 'eqf'\n"
    + match("tag = 't', min_level = 4"),
    "hours of two units": START + "hours_per_credit = { ects = 25, nz = 10 }\n" + A,
}


@pytest.mark.parametrize("name", NO_DOUBT)
def test_what_is_plainly_meant_is_no_doubt(name):
    assert lint(NO_DOUBT[name]) == ()


WRONG_AMOUNTS = [
    (A + "n = 2\n", 9, "a credential requirement has no n", 'type = "count" has'),
    (A + "credits = 2\n", 9, "has no credits", 'type = "credits" has'),
    (FIVE + "n = 2\n", 10, "a credits requirement has no n", "count"),
    (MANUAL + "n = 2\n", 8, "a manual requirement has no n", "count"),
]


@pytest.mark.parametrize(("body", "line", "words", "hint"), WRONG_AMOUNTS)
def test_an_amount_of_another_type_is_an_error_that_names_the_type(
    body, line, words, hint
):
    (found,) = lint(START + body)
    assert (found.line, found.severity) == (line, "error")
    assert words in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (START + "level = 'EQF 6'\n" + A, 5),
        (START + match("tag = 't', min_level = 'six'"), 8),
        (START + A + table("achievement", "id = 'x:a'", "level = 'six'"), 11),
    ],
)
def test_a_level_in_words_is_an_error_that_says_what_to_write(text, line):
    (found,) = lint(text)
    assert (found.line, found.severity) == (line, "error")
    assert "exact number" in found.message
    assert 'framework = "eqf"' in found.hint


def test_many_mistyped_facts_are_named_up_to_a_number():
    facts = "".join(table("achievement", f"id = 'x:{n}'") for n in range(5_000))
    assert 1 < len(lint(START + A + facts)) <= 200


# Several files.


def rules(name, asks=(), award="", extra=""):
    body = "".join(
        f"[[requirement]]\nid = 'r{n}'\ntype = 'credential'\n"
        f"match = {{ achievement = ['{ask}'] }}\n"
        for n, ask in enumerate(asks or ["x:other"])
    )
    head = f"award = {{ achievement = '{award}' }}\n{ISSUED}" if award else ""
    return START.replace('"q"', f"'{name}'") + head + body + extra


def said(*files):
    names = [f"file{n}" for n in range(len(files))]
    return [
        (name, entry.line, entry.severity, entry.message, entry.hint)
        for name, entry in lint_together(list(zip(names, files, strict=True)))
    ]


def test_two_files_of_one_id_are_an_error_at_the_second():
    assert said(rules("q"), rules("q")) == [
        (
            *("file1", 3, "error", "'q' is the id of file0 too"),
            "give one of them another id, or leave one out",
        )
    ]


def test_a_circle_of_awards_is_named_in_its_order_at_the_one_who_asks():
    files = [
        rules("certificate", ["x:z", "x:degree"], "x:certificate"),
        rules("diploma", ["x:certificate"], "x:diploma"),
        rules("other", ["x:diploma"], "x:other-award"),
        rules("degree", ["x:diploma"], "x:degree"),
    ]
    ((name, line, severity, message, _),) = said(*files)
    assert (name, line, severity) == ("file0", 14, "error")
    assert message == (
        "awards asked for in a circle: "
        "certificate needs degree needs diploma needs certificate"
    )


def test_two_circles_are_two_findings_and_a_ladder_is_none():
    pair = [rules("a", ["x:b"], "x:a"), rules("b", ["x:a"], "x:b")]
    other = [rules("c", ["x:d"], "x:c"), rules("d", ["x:c"], "x:d")]
    assert [entry[0] for entry in said(*pair, *other)] == ["file0", "file2"]
    ladder = [rules("a", award="x:a"), rules("b", ["x:a"], "x:b"), rules("c", ["x:b"])]
    assert said(*ladder) == []


def test_a_circle_is_found_whatever_the_spelling_of_an_address():
    one = rules("a", ["https://A.example/b/"], "https://a.example/a")
    other = rules("b", ["HTTPS://a.example:443/a"], "https://a.example/b")
    assert len(said(one, other)) == 1


def test_a_long_circle_is_named_in_short():
    count = 60
    files = [rules(f"q{n}", [f"x:{(n + 1) % count}"], f"x:{n}") for n in range(count)]
    ((_, _, _, message, _),) = said(*files)
    assert message.endswith("q4 needs q5 needs ... needs q0")


def test_an_exclusion_that_is_spelled_otherwise_elsewhere_is_a_doubt():
    one = rules("a", extra=table("exclusive", "group = 'pathways'"))
    other = rules("b", extra=table("exclusive", "group = 'patways'"))
    assert [(e[0], e[2], e[4]) for e in said(one, other)] == [
        ("file0", "warning", "did you mean 'patways'?"),
        ("file1", "warning", "did you mean 'pathways'?"),
    ]
    alone = rules("b", extra=table("exclusive", "group = 'something else'"))
    assert said(one, alone) == []
    assert said(one, one.replace("'a'", "'c'", 1)) == []


def test_a_file_that_cannot_be_used_is_passed_over():
    assert said("x = ", rules("a"), "") == []


# Whatever is given.


WORDS = st.sampled_from(
    [
        *(
            "id = 'a'",
            "type = 'count'",
            "n = 3",
            "match = {}",
            "in = 'g'",
            "credits = 2",
        ),
        *("max_count = 0", "min_percent = 50", "requirements = ['a', 'a']", "[[cap]]"),
        *("[[gate]]", "[[share]]", "[[group]]", "[[requirement]]", "[[achievement]]"),
        *("[[exclusive]]", "group = 'e'", "level = 'x'", "kind = 'mirco'", "\u202e"),
        *("hours_per_credit = { ects = 1, nz = 99999 }", "total_credits = 4"),
        *("match = { any = [{ achievement = 'x' }, { tag = 't' }] }", "award = {}"),
        *("match = { issuer = 'i', not_issuer = 'i', min_level = '2' }", "\0", "'''"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40))
@example(["[[requirement]]", "id = 'a'", "type = 'count'", "n = 3", "match = {}"])
def test_lines_in_any_order_are_findings_and_never_a_crash(lines):
    text = START + "\n".join(lines)
    found = lint(text)
    assert found == lint(text)
    assert list(found) == sorted(found)
    count = text.count("\n") + 1
    assert all(1 <= entry.line <= count and entry.column >= 1 for entry in found)
    lint_together([("one", text), ("two", text)])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_rules_with_some_characters_changed_are_findings_and_never_a_crash(seed, other):
    chance = random.Random(other)  # noqa: S311 -- no secret
    text = list(oracle.toml_of(random_case(seed % 500)))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text))
        text[place] = chance.choice("[]{}=,.'\"\n#0x \0é")
    changed = "".join(text)
    errors = [entry for entry in lint(changed) if entry.severity == "error"]
    if errors:
        with pytest.raises(Usage, match=r"^rules: line \d"):
            load(changed, "rules")
    else:
        load(changed, "rules")

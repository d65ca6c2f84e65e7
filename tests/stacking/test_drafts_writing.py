"""Does a written file say exactly what it was made of, and nothing in disguise?"""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.terminal.console import plain
from credwallet.model.qualification import (
    Fact,
    Match,
    Qualification,
    Requirement,
    Share,
)
from credwallet.stacking import lint, load
from credwallet.stacking.drafts import to_toml
from tests.stacking.ctdl import component, condition, draft, pathway
from tests.stacking.given import leaf, rules

CERTIFICATE = Path(__file__).parents[2] / "credwallet/cli/samples/certificate.toml"

FULL = rules(
    leaf("a", "any = [{ tag = ['t'], min_level = 5 }, { code = ['c'] }]")
    + leaf("b", "{}"[1:-1], "credits", "credits = 7.5\nweight = 2")
    + leaf("c", "kind = ['micro'], min_grade = '7/3'", "count", "n = 3\nin = 'g'")
    + "[[requirement]]\nid = 'd'\ntype = 'manual'\nin = 'h'\n"
    + "[[group]]\nid = 'g'\ntype = 'all_of'\nweight = 4\ntitle = 'G'\n"
    + "[[group]]\nid = 'h'\ntype = 'n_of'\nn = 1\nweight = 2\nin = 'g'\n"
    + "[[share]]\nrequirements = ['a', 'b']\n"
    + "[[cap]]\nid = 'cap'\nmatch = {}\nmax_percent = 30\nrequirements = ['b']\n"
    + "[[gate]]\nid = 'gate'\nmatch = { issuer = ['i'] }\nmin_count = 1\ntext = 'T'\n"
    + "[[exclusive]]\ngroup = 'e'\n"
    + "[[achievement]]\nid = 'x'\ncredits = '1/3'\nlevel = 4\nframework = 'f'\n"
    + "kind = 'k'\ntag = ['t']\nsame_as = ['y']\n",
    "title = 'T'\nawarded_by = ['A']\nissuer_ids = ['i']\nversion = '1'\n"
    "valid_from = 2026-01-01\nvalid_until = 2027-01-01\nsource = 'https://e.example'\n"
    "read_on = 2026-11-25\nbasis = 'recommendation'\nexpired = 'count'\n"
    "expires_with = 'never'\nframework = 'f'\nlevel = 5\ntotal_credits = 90\n"
    "hours_per_credit = { ects = 25, 'nz:nzqcf' = 10 }\nmax_age_years = 10\n"
    "award = { achievement = ['w'] }\ntext = 'Words'\n",
)


@pytest.mark.parametrize(
    "qualification",
    [FULL, load(CERTIFICATE.read_text(), "sample")],
    ids=["everything", "the sample"],
)
def test_what_is_written_reads_back_as_it_was(qualification):
    text = to_toml(qualification, ["a comment"])
    assert [entry for entry in lint(text) if entry.severity == "error"] == []
    assert load(text, "again") == qualification


def asking(title, identifier="https://e.example/a", text="", **head):
    """Rules with texts of a stranger in every place."""
    return Qualification(
        id=identifier,
        title=title,
        requirements=(
            Requirement(
                "a",
                "credential",
                FULL.requirements[0].need,
                Match(achievement=(identifier,)),
                FULL.requirements[0].need,
                title=title,
                text=text,
            ),
            Requirement(
                "b",
                "credential",
                FULL.requirements[0].need,
                Match(tag=(title,)),
                FULL.requirements[0].need,
            ),
        ),
        shares=(Share(("a", "b")),),
        facts=(Fact(title, kind=title, tags=(title,), same_as=(identifier,)),),
        **head,
    )


words = st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(str.strip)


@given(words, words)
def test_any_text_reads_back_as_it_was(title, identifier):
    qualification = asking(title, identifier, title)
    assert load(to_toml(qualification, [title, identifier]), "it") == qualification


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_comment_never_ends_before_its_line(comment):
    text = to_toml(asking("Rules"), [comment, f"{comment}\n[[requirement]]"])
    head = text.partition("\nformat = ")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert len(tomllib.loads(text)["requirement"]) == 2


@given(words)
def test_what_is_printed_is_what_is_written(title):
    r"""No character needs another escape at the terminal: `\xad` is no TOML."""
    for line in to_toml(asking(title), [title]).split("\n"):
        shown = plain(line)
        assert shown == line or _piled(line), (shown, line)


def _piled(line):
    """Say whether marks stand upon each other, of which a terminal shows three."""
    return len(plain(line)) < len(line) and "\\" not in plain(line).replace(line, "")


HOSTILE = [
    'a"\n[[requirement]]\nid = "b"\ntype = "manual"\n#',
    "a\r[qualification]",
    "a\u2028[[group]]",
    "a\x00b\x1b[31mred",
    "\u202egnp.exe",
    "a\\u0022b\\",
    "'''\n\"\"\"",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_of_a_stranger_stays_a_name(text):
    document = pathway(
        component("a", name={"en": text}, description=text, precedes=[text]),
        conditions=[condition("a", name=text, description=text)],
        prerequisite=[text],
    )
    document["@graph"][0]["ceterms:name"] = text
    document["@graph"][0]["ceterms:description"] = {"en": text}
    found = draft(json.dumps(document).encode())
    rules_ = load(found.toml, "it")
    assert len(rules_.requirements) == 1
    assert rules_.groups == ()
    assert rules_.title == " ".join(text.split())
    assert all(line == plain(line) for line in found.toml.split("\n"))
    assert all("\n" not in note for note in found.notes)


def test_requirements_and_groups_are_flat_tables_and_comments_stand_above():
    found = draft(pathway(component("a"), conditions=[condition("a")]))
    lines = found.toml.splitlines()
    assert lines[0] == "# Draft of 2026-11-25, from it.json (CTDL Pathway)."
    assert "[[requirement]]" in lines
    assert [line for line in lines if line.startswith("[")] == [
        "[qualification]",
        "[[requirement]]",
    ]
    assert max(map(len, (line for line in lines if line[0:1] == "#"))) <= 78

"""Is what `--json` prints what the schemas of `docs/schema/` say, for every command?"""

import json
import platform
import re
import tempfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.contract import schema_page, schema_walk
from tests.contract.code import ROOT
from tests.contract.schema_answers import BESIDE, UNSEEN, file_of, told_by
from tests.contract.schema_runs import Answer, paths, run_all
from tests.contract.schema_walk import Met, Place
from tests.contract.schema_words import LISTS, SAID, literals

FILES = sorted(file_of(name) for name in (*paths(), *BESIDE))
EACH = pytest.mark.parametrize("name", schema_walk.schemas())
# What cannot fail, whatever stands beside it.
NEVER_FAIL = {"version.json"}


@pytest.fixture(scope="module")
def answers(
    _filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Answer]]:
    """Run every command, and return what was printed, by the name of its schema."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        return told_by(run_all(_filled, tmp_path_factory.mktemp("answers")))


@pytest.fixture(scope="module")
def met(answers: dict[str, list[Answer]]) -> Met:
    """Return what all answers met together."""
    every = Met(set(), set(), [])
    for name, found in answers.items():
        for answer in found:
            one = schema_walk.meet(name, answer.document)
            every.members.update(one.members)
            every.types.update(one.types)
            said = " ".join(answer.argv)
            every.unknown.extend(f"{name} {at} ({said})" for at in one.unknown)
    return every


def named(place: Place) -> str:
    return f"{place.file} {place.pointer.replace('/properties', '')}"


# The files


def test_every_command_has_a_schema_and_every_schema_is_used():
    """If this fails, write the schema of the new command into `docs/schema/`."""
    used = set(FILES)
    while more := {r for name in used for r in schema_walk.references(name)} - used:
        used |= more
    assert used == set(schema_walk.schemas())


@EACH
def test_a_schema_is_a_schema(name: str):
    schema = schema_walk.schemas()[name]
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    # Names of files lead from one to the other, wherever the folder is.
    assert "$id" not in schema
    Draft202012Validator.check_schema(schema)
    text = (schema_walk.FOLDER / name).read_text(encoding="utf-8")
    assert text == json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


@EACH
def test_every_member_is_described(name: str):
    for place, words in schema_walk.described(name):
        if place.pointer != "/properties/command":
            assert words.endswith("."), place


@EACH
def test_nothing_new_is_forbidden(name: str):
    text = (schema_walk.FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r'"(additional|unevaluated)Properties": false', text)


@EACH
def test_the_rules_of_the_page_hold(name: str):
    """Names in camelCase, whole numbers, lists that are never null."""
    for place, kind in schema_walk.kinds(name):
        assert kind in {"object", "array", "string", "integer", "boolean", "null"}
        if kind == "array" and "null" in schema_walk.at(place)["type"]:
            assert place.pointer.endswith("/comparison")
    for place in schema_walk.members(name):
        member = place.pointer.rpartition("/")[2]
        assert re.fullmatch("[a-z]+([A-Z0-9][a-z0-9]*)*", member), place


def test_lists_of_words_are_those_of_the_code():
    """If this fails, bring the list up to date, or say where its words stand."""
    places = {
        named(place): schema_walk.at(place)["enum"]
        for name in schema_walk.schemas()
        for place in schema_walk.word_lists(name)
    }
    assert set(places) == {*LISTS, *SAID}
    assert {name: places[name] for name in LISTS} == {
        name: list(words) for name, words in LISTS.items()
    }
    for name, files in SAID.items():
        assert set(places[name]) <= literals(files), name


# The answers


@pytest.mark.parametrize("name", FILES)
def test_every_answer_is_what_its_schema_says(
    answers: dict[str, list[Answer]], name: str
):
    for answer in answers[name]:
        errors = list(schema_walk.validator(name).iter_errors(answer.document))
        assert not errors, (answer.argv, errors[0].json_path, errors[0].message)


@pytest.mark.parametrize("name", FILES)
def test_every_command_was_seen_to_succeed_and_to_fail(
    answers: dict[str, list[Answer]], name: str
):
    documents = [answer.document for answer in answers[name]]
    assert any(each["data"] for each in documents)
    assert any(each["problems"] for each in documents) or name in NEVER_FAIL
    # Who says nothing says why.
    assert all(each["data"] or each["problems"] for each in documents)


def test_what_names_no_command_is_an_envelope(answers: dict[str, list[Answer]]):
    for answer in answers["envelope.json"]:
        schema_walk.validator("envelope.json").validate(answer.document)
        assert answer.document["problems"]


def test_no_answer_has_a_member_that_no_schema_names(met: Met):
    """If this fails, describe the new member in the schema of its command."""
    assert met.unknown == []


def test_every_member_and_every_type_was_seen(met: Met):
    """If this fails, add a run to the stories, or take out what cannot be."""
    names = schema_walk.schemas()
    members = {each for name in names for each in schema_walk.members(name)}
    types = {each for name in names for each in schema_walk.alternatives(name)}
    assert {named(place) for place in members - met.members} == set()
    assert {f"{named(p)}: {kind}" for p, kind in types - met.types} == set(UNSEEN)


def test_a_member_that_no_schema_names_would_be_found(answers: dict[str, list[Answer]]):
    document = json.loads(json.dumps(answers["list.json"][0].document))
    document["data"]["credentials"][0]["issuer"]["shoe"] = 44
    document["more"] = None
    found = schema_walk.meet("list.json", document)
    assert found.unknown == ["/data/credentials/0/issuer/shoe", "/more"]
    # To those who read it, it is none of their business.
    assert schema_walk.validator("list.json").is_valid(document)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("handle", None), ("verdict", "fine"), ("tags", None), ("validUntil", 2027)],
)
def test_a_wrong_member_would_be_found(
    answers: dict[str, list[Answer]], name: str, wrong
):
    document = json.loads(json.dumps(answers["list.json"][0].document))
    row = document["data"]["credentials"][0]
    row[name] = wrong
    assert not schema_walk.validator("list.json").is_valid(document)
    del row[name]
    assert not schema_walk.validator("list.json").is_valid(document)


# The page


def test_the_tables_of_the_page_are_fresh():
    """If this fails: `python -m tests.contract.schema_page`."""
    assert schema_page.PAGE.read_text(encoding="utf-8") == schema_page.page()


def test_there_is_an_example_of_every_command_and_of_nothing_else():
    assert sorted(each.name for each in schema_page.EXAMPLES.iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_what_the_command_prints(
    answers: dict[str, list[Answer]], name: str
):
    """If this fails: `python -m tests.contract.schema_page`."""
    example = schema_page.example(name)
    schema_walk.validator(name).validate(example)
    assert schema_walk.meet(name, example).unknown == []
    said = [schema_page.shape(schema_page.shortened(each)) for each in answers[name]]
    assert schema_page.shape(example) in said


@pytest.mark.parametrize("name", FILES)
def test_an_example_tells_of_no_machine(name: str):
    text = (schema_page.EXAMPLES / name).read_text(encoding="utf-8")
    for place in (str(ROOT), tempfile.gettempdir(), platform.release()):
        assert place not in text


def test_the_failure_on_the_page_is_what_is_printed(
    answers: dict[str, list[Answer]],
):
    text = schema_page.PAGE.read_text(encoding="utf-8")
    (block,) = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    said = [each.document for each in answers["show.json"] if each.argv[1] == "zzzz"]
    assert json.loads(block) in said

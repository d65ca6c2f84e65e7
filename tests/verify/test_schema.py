"""Is a credential compared with the schema that it names, and never past its cost?"""

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.errors import Undetermined
from credwallet.fetch import Offline
from credwallet.model.report import Check, Outcome, Verdict
from credwallet.verify import schema_rules, schemas, verify
from credwallet.verify.policy import Policy, Ports
from credwallet.verify.schema_rules import violations
from tests.samples import make
from tests.verify.badges import AT, METHOD, unsigned

pytest.importorskip("jsonschema")

ADDRESS = "https://harbour.example/schemas/badge.json"
V2020 = "https://json-schema.org/draft/2020-12/schema"
V2019 = "https://json-schema.org/draft/2019-09/schema"
(OFFICIAL,) = schemas.BUNDLED
FITS = {"type": "object", "required": ["issuer", "credentialSubject"]}
DOES_NOT = {"properties": {"name": {"const": "Something else"}}}


def naming(*named: dict[str, Any], **members: Any) -> str:
    """Make a token of a badge that names schemas: no context is in the way."""
    document = unsigned(credentialSchema=list(named), **members)
    return make.jwt(document, make.HARBOUR_KEY, METHOD)


def named(address: str = ADDRESS, kind: str = "JsonSchema") -> dict[str, Any]:
    return {"id": address, "type": kind}


def structure(badge: str | dict[str, Any], supplied: dict[str, Any]) -> Check:
    data = badge if isinstance(badge, str) else json.dumps(badge)
    documents = {
        url: value if isinstance(value, bytes) else json.dumps(value).encode()
        for url, value in supplied.items()
    }
    ports = Ports(Offline(), Contexts.bundled(), documents)
    found = verify(formats.read(data.encode()), Policy(AT), ports)
    check = found.check("structure")
    failed = check.outcome is Outcome.FAILED
    assert found.verdict is (Verdict.MALFORMED if failed else Verdict.VALID)
    return check


@pytest.mark.parametrize("kind", ["JsonSchema", "1EdTechJsonSchemaValidator2019"])
def test_a_badge_that_fits_says_so(kind: str):
    check = structure(naming(named(kind=kind)), {ADDRESS: FITS})
    assert check.note.endswith("fits its schema (supplied, not fetched)")
    assert check.problems == ()


def test_a_badge_that_does_not_fit_is_malformed_and_says_where():
    check = structure(naming(named()), {ADDRESS: DOES_NOT})
    assert check.outcome is Outcome.FAILED
    (problem,) = check.problems
    assert (problem.type, problem.instance) == ("schema", "/name")
    assert ADDRESS in problem.title


def test_every_schema_must_fit():
    other = f"{ADDRESS}?2"
    badge = naming(named(), named(other))
    assert structure(badge, {ADDRESS: FITS, other: DOES_NOT}).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (named(), "it is not at hand"),
        (named(kind="ShaclValidator2017"), "it is of a kind that we do not know"),
    ],
)
def test_what_was_not_compared_is_said_and_harms_nothing(
    entry: dict[str, Any], words: str
):
    check = structure(naming(entry), {})
    assert check.outcome is Outcome.PASSED
    assert f"schema not checked: {words}" in check.note
    assert check.problems[0].instance == "/credentialSchema/0"


def test_only_three_are_looked_at():
    check = structure(naming(*[named()] * 4), {ADDRESS: FITS})
    assert "only 3 are looked at" in check.note


def test_without_the_extra_it_is_not_compared_and_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    check = structure(naming(named()), {ADDRESS: DOES_NOT})
    assert check.outcome is Outcome.PASSED
    assert "it needs an extra" in check.note
    assert "credwallet[schema]" in check.problems[0].next_step


def test_the_proof_may_be_what_a_schema_does_not_know():
    closed = {"properties": dict.fromkeys(unsigned(), True)}
    closed |= {"additionalProperties": False}
    signed = {**unsigned(), "proof": {"type": "DataIntegrityProof"}}
    assert violations(signed, json.dumps(closed).encode(), V2020)
    assert violations(unsigned(), json.dumps(closed).encode(), V2020) == ()


def test_a_bundled_schema_is_what_its_source_says():
    folder = Path(schemas.__file__).parent
    listed = (folder / "SOURCES.md").read_text()
    for url, schema in schemas.BUNDLED.items():
        data = schemas.text_of(schema)
        assert hashlib.sha256(data).hexdigest() == schema.sha256
        assert json.loads(data)["$id"] == url
        for text in (url, schema.file, schema.captured, schema.sha256):
            assert text in listed
    assert {path.name for path in (folder / "documents").iterdir()} == {
        schema.file for schema in schemas.BUNDLED.values()
    }


def test_the_bundled_schema_is_sound():
    from jsonschema import Draft201909Validator  # noqa: PLC0415 -- an extra

    (schema,) = schemas.BUNDLED.values()
    Draft201909Validator.check_schema(json.loads(schemas.text_of(schema)))


def test_a_badge_is_compared_with_the_bundled_schema():
    check = structure(naming(named(OFFICIAL, "1EdTechJsonSchemaValidator2019")), {})
    assert "fits its schema (bundled, of 2026-07-04, not fetched)" in check.note


def test_what_does_not_fit_the_bundled_schema_is_a_remark():
    kind = "1EdTechJsonSchemaValidator2019"
    subject = {**unsigned()["credentialSubject"], "type": ["Nothing"]}
    check = structure(naming(named(OFFICIAL, kind), credentialSubject=subject), {})
    assert check.outcome is Outcome.PASSED
    assert check.problems[0].type == "schema"
    assert "it may be another one today" in check.problems[0].title


def test_what_the_learner_hands_over_counts_above_the_bundled_one():
    badge = naming(named(OFFICIAL))
    assert structure(badge, {OFFICIAL: DOES_NOT}).outcome is Outcome.FAILED


def test_a_published_badge_fits_the_bundled_schema(vectors: Path):
    data = (vectors / "1edtech-public-validator/ob30/complete.json").read_bytes()
    ports = Ports(Offline(), Contexts.bundled())
    check = verify(formats.read(data), Policy(AT), ports).check("structure")
    assert "fits its schema (bundled" in check.note


def test_a_badge_of_vc_1_1_is_not_compared_with_the_bundled_schema():
    check = structure(
        naming(
            named(OFFICIAL),
            context=[
                "https://www.w3.org/2018/credentials/v1",
                "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            ],
            validFrom=None,
            issuanceDate="2026-02-01T00:00:00Z",
        ),
        {},
    )
    assert "the bundled copy is one for VC 2.0" in check.note


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (b"junk", "it is no JSON"),
        (b'{"a":1,"a":2}', "it is no JSON"),
        (b" " * 300_000, "larger than 256 KiB"),
        ({"$ref": "https://elsewhere.example/schema"}, "refers to other documents"),
        ({"$ref": "file:///etc/passwd"}, "refers to other documents"),
        ({"$dynamicRef": "https://elsewhere.example/x"}, "refers to other documents"),
        ({"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}, "without end"),
        ({"$ref": "#/$defs/absent"}, "no sound JSON Schema"),
        ({"type": "nonsense"}, "no sound JSON Schema"),
        ({"$schema": "https://unknown.example/draft"}, "$schema is not one"),
        ({"unevaluatedProperties": False}, "it uses unevaluatedProperties"),
        ({"pattern": "(a+)+$"}, "regular expression"),
        ({"patternProperties": {"(a|a)*b": True}}, "regular expression"),
        ({"pattern": "("}, "regular expression"),
        ({"anyOf": [True] * 30_000}, "too large"),
        (7, "no sound JSON Schema"),
    ],
)
def test_a_schema_that_is_not_safe_is_not_used(schema: Any, words: str):
    data = schema if isinstance(schema, bytes) else json.dumps(schema).encode()
    with pytest.raises(Undetermined, match="schema not checked") as caught:
        violations({"a": 1}, data, V2020)
    assert words in caught.value.what


def test_a_schema_that_costs_too_much_is_given_up():
    schema: Any = {"type": "array"}
    definitions = {"n0": schema}
    for number in range(1, 30):
        step = {"$ref": f"#/$defs/n{number - 1}"}
        definitions[f"n{number}"] = {"allOf": [step, step]}
    data = json.dumps({"$defs": definitions, "$ref": "#/$defs/n29"}).encode()
    with pytest.raises(Undetermined, match="takes too long"):
        violations([], data, V2020)


def test_a_costly_document_is_given_up():
    data = json.dumps({"uniqueItems": True}).encode()
    with pytest.raises(Undetermined, match="takes too long"):
        violations([[n] for n in range(50_000)], data, V2020)


NAMES = st.sampled_from(["a", "b"])
SCHEMAS = st.recursive(
    st.sampled_from(
        [
            True,
            {"type": "string"},
            {"type": ["integer", "null"]},
            {"maximum": 3},
            {"minLength": 2},
            {"enum": ["a", 1]},
            {"required": ["a"]},
        ]
    ),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"properties": st.dictionaries(NAMES, inner)}),
        st.fixed_dictionaries({"items": inner}),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)}),
    ),
    max_leaves=6,
)
VALUES = st.recursive(
    st.one_of(st.none(), st.integers(0, 5), st.sampled_from(["", "a", "abc"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(SCHEMAS, VALUES, st.sampled_from([V2019, V2020]))
def test_the_counting_changes_no_answer(schema: Any, value: Any, dialect: str):
    from jsonschema import validators  # noqa: PLC0415 -- an extra

    plain = validators.validator_for({"$schema": dialect})(schema)
    found = violations(value, json.dumps(schema).encode(), dialect)
    assert bool(found) is not plain.is_valid(value)
    assert len(found) <= schema_rules._MOST

"""Does a policy find what a credential states, where it stands, and nothing else?"""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet import formats
from credwallet.errors import NotFound, Usage
from credwallet.model.achievement import signed_view
from credwallet.model.credential import OPEN_BADGES_2, Credential
from credwallet.stacking import lint, load
from credwallet.stacking.policies import (
    PACKS,
    VOCABULARIES,
    Field,
    check,
    load_pack,
    pack,
    pack_text,
    packs,
    vocabulary_of,
)
from credwallet.stacking.policies.looking import MOST_FOUND, look, says
from tests.contract.code import ROOT
from tests.stacking.given import ask, held, leaf, reasons

ELEVEN = (
    *("learner", "title", "country", "awarding-body", "date", "learning-outcomes"),
    *("workload", "level", "assessment", "participation", "quality-assurance"),
)
HEAD = """format = "credwallet-policy/1"
[policy]
id = "mine"
title = "Mine"
status = "rule"
source = "https://example.org/policy"
read_on = 2026-12-01
"""
ELEMENT = """[[element]]
id = "name"
need = "mandatory"
any = ["name"]
"""


def credential(document, form="json-ld"):
    return Credential(b"", "application/json", form, document)


def states(checked):
    return {answer.element.id: answer.state for answer in checked.answers}


def where(checked):
    return {a.element.id: [found.pointer for found in a.found] for a in checked.answers}


def mine(body=ELEMENT):
    return load_pack(HEAD + body, "mine.toml")


def asked(body, document, vocabulary="open_badges_3"):
    """Hold a document against a policy of one element."""
    (answer,) = check(mine(body), document, vocabulary).answers
    return answer


FULL = {
    "name": "Minor: Knots",
    "awardedDate": "2026-02-01T00:00:00Z",
    "issuer": {
        "id": "https://example.org/issuer",
        "name": "Harbour College",
        "address": {"type": ["Address"], "addressCountryCode": "NL"},
    },
    "credentialSubject": {
        "id": "did:example:learner",
        "result": [{"value": "8.5"}],
        "achievement": {
            "name": "Knots",
            "ECTS": 3.0,
            "participationType": "onsite or blended",
            "assessmentType": "testing",
            "identityChecked": False,
            "criteria": {"narrative": "Tie them."},
            "alignment": [
                {"targetType": "ext:QualityAssurance", "targetName": "AV-1"},
                {"targetType": "ext:EQF", "targetCode": "4"},
                {"targetName": "Rope", "targetUrl": "https://skills.example/rope"},
            ],
        },
    },
}


def test_the_european_pack_asks_for_the_eleven_elements_and_allows_five():
    european = pack("eu-2022")
    asked_for = tuple(e.id for e in european.elements if e.need == "mandatory")
    assert asked_for == ELEVEN
    assert [e.id for e in european.elements if e.when] == ["level"]
    assert [e.id for e in european.elements if e.need == "optional"] == [
        *("prerequisites", "supervision", "grade", "stackability"),
        "further-information",
    ]
    assert (european.status, european.dated) == ("recommendation", date(2022, 6, 16))


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_says_who_where_and_when_and_so_does_each_fact(name):
    found = pack(name)
    assert found.id == name
    assert found.published_by
    for entry in (found, *found.facts):
        assert entry.source.startswith("https://")
        assert entry.read_on == date(2026, 12, 1)
    assert found in packs()


@pytest.mark.parametrize("name", PACKS)
def test_only_what_can_be_seen_somewhere_has_places(name):
    for element in pack(name).elements:
        assert bool(element.fields) != bool(element.not_visible)
        assert set(element.fields) <= {*VOCABULARIES, "any"}


def test_a_name_that_no_pack_has_is_answered_with_those_that_there_are():
    with pytest.raises(NotFound) as caught:
        pack("eu-2021")
    assert all(name in caught.value.next_step for name in PACKS)
    with pytest.raises(NotFound):
        pack_text("../examples/my/diploma")


CAPS = {
    *((3, 60, 18), (4, 90, 27), (6, 120, 36), (7, 40, 12), (8, 80, 24)),
}


@pytest.mark.parametrize(("level", "total", "most"), sorted(CAPS))
def test_the_ready_cap_of_apel_c_gives_the_number_of_each_level(level, total, most):
    found = pack("my-apel-c")
    told = [fact.text for fact in found.facts if f"level {level}:" in fact.text]
    assert len(told) == 1
    assert f"at least {total} graduating credits at most {most}." in told[0]
    (limit,) = found.limits
    text = (
        'format = "credwallet-qualification/1"\n[qualification]\nid = "q"\n'
        f'credit_unit = "my:mqa"\ntotal_credits = {total}\n'
        + leaf("all", "", "credits", f"credits = {total}")
        + limit.toml
    )
    assert lint(text) == ()
    (cap,) = load(text, "q").caps
    assert (cap.id, cap.max_credits) == ("apel-c", most)


def test_the_ready_gate_of_apel_m_wants_half_by_micro_credentials():
    (limit,) = pack("my-apel-m").limits
    text = (
        'format = "credwallet-qualification/1"\n[qualification]\nid = "q"\n'
        'credit_unit = "my:mqa"\ntotal_credits = 90\n'
        + leaf("all", "", "credits", "credits = 90")
        + limit.toml
    )
    assert lint(text) == ()
    rules = load(text, "q")

    def module(name, kind):
        amount = {"credits": Fraction(15), "credit_unit": "my:mqa"}
        return held(name, name, kind=kind, **amount)

    modules = [module(f"m{n}", "micro") for n in range(2)]
    modules += [module(f"f{n}", "formal") for n in range(4)]
    assert not ask(rules, *modules).satisfied
    assert ask(rules, *modules, module("m2", "micro")).satisfied
    assert reasons(ask(rules, *modules)) == {}


def test_an_open_badge_with_the_members_that_dutch_issuers_add_states_all_eleven():
    checked = check(pack("eu-2022"), FULL, vocabulary_of(credential(FULL)))
    assert checked.missing == ()
    found = where(checked)
    assert all(found[name] for name in ELEVEN)
    assert found["learner"] == ["/credentialSubject/id"]
    at = "/credentialSubject/achievement"
    assert found["workload"] == [f"{at}/ECTS"]
    assert found["quality-assurance"] == [f"{at}/alignment/0"]
    assert found["level"] == [f"{at}/alignment/1"]
    assert found["learning-outcomes"] == [f"{at}/alignment/2"]
    assert found["supervision"] == [f"{at}/identityChecked"]
    assert states(checked)["prerequisites"] == "not-visible"
    assert states(checked)["further-information"] == "absent"


def test_what_is_said_in_words_only_is_missing_and_the_words_are_named():
    document = {"credentialSubject": {"achievement": {"criteria": {"narrative": "x"}}}}
    checked = check(pack("eu-2022"), document, "open_badges_3")
    answers = {answer.element.id: answer for answer in checked.answers}
    at = "/credentialSubject/achievement/criteria/narrative"
    assert (answers["assessment"].state, answers["assessment"].words) == (
        "missing",
        (at,),
    )
    assert answers["level"].state == "absent-if-applicable"
    assert "level" not in checked.missing
    assert answers["title"].words == ()


def test_the_sample_of_the_european_commission_states_ten_of_the_eleven(vectors):
    raw = (vectors / "eu-elm/Sample-MC-Annex1-signed.jsonld").read_bytes()
    sample = formats.read(raw)
    assert vocabulary_of(sample) == "elm"
    checked = check(pack("eu-2022"), sample.document, "elm")
    assert checked.missing == ("quality-assurance",)
    assert set(where(checked)["level"]) == {
        "/credentialSubject/hasClaim/specifiedBy/eqfLevel",
        "/credentialSubject/hasClaim/specifiedBy/nqfLevel",
    }
    values = {a.element.id: a.found[0].value for a in checked.answers if a.found}
    assert values["learner"] == "Ana Andromeda"
    assert values["assessment"] == "artefact assessment"
    assert values["supervision"] == "Unsupervised without ID Verification"
    assert values["stackability"] == "false"
    body = sample.document["credentialSubject"]["hasClaim"]["awardedBy"]["awardingBody"]
    body["accreditation"] = {"id": "https://example.org/accreditation/1"}
    assert check(pack("eu-2022"), sample.document, "elm").missing == ()


def test_a_signed_open_badge_of_another_issuer_is_read_in_its_own_words(vectors):
    raw = (vectors / "1edtech-public-validator/ob30/complete.json").read_bytes()
    badge = formats.read(raw)
    checked = check(pack("eu-2022"), badge.document, vocabulary_of(badge))
    assert checked.missing == ("assessment", "participation", "quality-assurance")
    answer = checked.answers[ELEVEN.index("quality-assurance")]
    assert answer.words[0] == "/issuer/endorsement/0"


def test_an_open_badge_2_is_read_in_its_own_words():
    document = {
        "issuedOn": "2024-03-01T00:00:00Z",
        "recipient": {"type": "email", "identity": "sha256$00", "hashed": True},
        "badge": {
            "name": "Knots",
            "issuer": {"name": "Harbour College"},
            "criteria": {"id": "https://harbour.example/knots", "narrative": "Tie."},
            "alignment": [{"targetName": "Rope"}],
        },
    }
    vocabulary = vocabulary_of(credential(document, OPEN_BADGES_2))
    checked = check(pack("eu-2022"), document, vocabulary)
    assert {name: found for name, found in where(checked).items() if found} == {
        "learner": ["/recipient/identity"],
        "title": ["/badge/name"],
        "awarding-body": ["/badge/issuer/name"],
        "date": ["/issuedOn"],
        "learning-outcomes": ["/badge/alignment/0"],
        "further-information": ["/badge/criteria/id"],
    }
    # The standard has no member for any of these: nobody can say that they are missing.
    assert checked.missing == ()
    assert states(checked)["assessment"] == "not-visible"
    assert "Open Badges 2.0" in checked.answers[ELEVEN.index("assessment")].why


@pytest.mark.parametrize("name", [n for n in PACKS if n != "eu-2022"])
@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_what_no_credential_shows_is_neither_missing_nor_present(name, vocabulary):
    unseen = [e.id for e in pack(name).elements if e.not_visible]
    assert unseen
    for document in ({}, FULL):
        checked = check(pack(name), document, vocabulary)
        assert {states(checked)[entry] for entry in unseen} == {"not-visible"}
        assert not set(unseen) & set(checked.missing)


def test_an_accredited_programme_is_named_as_a_larger_credential():
    found = pack("my-apel-m")
    assert check(found, FULL, "open_badges_3").missing == ("credits", "programme")
    larger = {
        "targetType": "ceterms:Credential",
        "targetUrl": "https://example.org/bsc",
    }
    achievement = {"alignment": [larger], "creditsAvailable": 3}
    document = {**FULL, "credentialSubject": {"id": "x", "achievement": achievement}}
    checked = check(found, document, "open_badges_3")
    assert checked.missing == ()
    at = "/credentialSubject/achievement/alignment/0"
    assert where(checked)["programme"] == [at]


def test_members_that_no_proof_covers_are_not_there():
    view = signed_view(FULL, ["/issuer/address", "/credentialSubject/achievement/ECTS"])
    checked = check(pack("eu-2022"), view, "open_badges_3")
    assert set(checked.missing) == {"country", "workload"}


def test_of_a_credential_whose_proof_does_not_hold_nothing_is_there():
    checked = check(pack("eu-2022"), {}, "open_badges_3")
    assert not any(answer.found for answer in checked.answers)
    assert set(checked.missing) == set(ELEVEN) - {"level"}


@pytest.mark.parametrize(
    "value",
    ["", "  ", "_:b0", "urn:epass:org:1", {}, [], None, {"type": "X"}, [{"en": ""}]],
    ids=repr,
)
def test_a_member_that_says_nothing_is_as_good_as_absent(value):
    assert not says(value)
    assert asked(ELEMENT, {"name": value}).state == "missing"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("Knots", "Knots"),
        (0, "0"),
        (2.5, "2.5"),
        (3.0, "3"),
        (False, "false"),
        ({"nl": "Knopen", "en": "Knots"}, "Knots"),
        ({"id": "urn:epass:1", "prefLabel": {"en": "Knots"}}, "Knots"),
        ({"id": "https://x.example/1", "type": "Concept"}, "https://x.example/1"),
        ({"deep": {"er": "x"}}, ""),
        ("line\none\u0007", "line one\u0007"),
        ("x" * 201, ""),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_it_says_is_told_in_one_line_or_not_at_all(value, told):
    (found,) = asked(ELEMENT, {"name": value}).found
    assert (found.pointer, found.value) == ("/name", told)


def test_a_pointer_escapes_what_json_pointer_escapes():
    body = ELEMENT.replace('"name"]', '"a/b.c~d"]')
    (found,) = asked(body, {"a/b": [{"c~d": "x"}]}).found
    assert found.pointer == "/a~1b/0/c~0d"


def test_is_and_is_not_compare_exactly():
    field = """[[field]]
element = "name"
vocabulary = "any"
path = "alignment"
member = "targetType"
"""
    body = ELEMENT + field
    document = {"alignment": [{"targetType": kind, "n": kind} for kind in "aAb"]}
    document["alignment"].append({"n": "none"})

    def found(line):
        return [f.pointer[-1] for f in asked(f"{body}{line}", document).found]

    assert found('is = ["a"]') == ["0"]
    assert found('is_not = ["a"]') == ["1", "2", "3"]


def test_more_than_twenty_places_are_not_listed():
    document = {"name": [f"n{n}" for n in range(50)]}
    assert len(asked(ELEMENT, document).found) == MOST_FOUND


# A member's name, or a place in an array, at each step.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "_:b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "a/b", "type"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def everything(value, path=(), pointer=""):
    """Enumerate every value with its members' names and its JSON Pointer."""
    yield path, pointer, value
    if isinstance(value, dict):
        for name, inner in value.items():
            escaped = name.replace("~", "~0").replace("/", "~1")
            yield from everything(inner, (*path, name), f"{pointer}/{escaped}")
    if isinstance(value, list):
        for index, inner in enumerate(value):
            if not isinstance(inner, list):
                yield from everything(inner, path, f"{pointer}/{index}")


def speaks(value):
    if isinstance(value, dict):
        return any(speaks(v) for k, v in value.items() if k != "type")
    if isinstance(value, list):
        return any(speaks(v) for v in value)
    return value is not None and value not in ("", "_:b")


@given(JSON, st.lists(st.sampled_from(["a", "b", "a/b"]), min_size=1, max_size=3))
def test_it_finds_what_a_plain_enumeration_finds(document, path):
    expected = [
        pointer
        for names, pointer, value in everything(document)
        if names == tuple(path) and not isinstance(value, list) and speaks(value)
    ]
    found = look(document, (Field(tuple(path)),))
    assert [each.pointer for each in found] == expected[:MOST_FOUND]


@given(JSON)
def test_any_document_gets_an_answer_for_each_element_of_each_pack(document):
    top = document if isinstance(document, dict) else {"credentialSubject": document}
    for found in packs():
        for vocabulary in VOCABULARIES:
            answers = check(found, top, vocabulary).answers
            assert [a.element for a in answers] == list(found.elements)


WRONG = {
    "no format": (HEAD.partition("\n")[2] + ELEMENT, "line 1: the format is missing"),
    "another format": (
        'format = "credwallet-policy/2"\n',
        "line 1: the format is another one",
    ),
    "no toml": ("format = ", "line 1"),
    "no elements": (HEAD, "there is no [[element]]"),
    "an unknown table": (HEAD + ELEMENT + "[[rule]]\n", "unknown table 'rule'"),
    "an unknown key": (HEAD + ELEMENT + "pattern = '.*'\n", "unknown key 'pattern'"),
    "no place": (HEAD + ELEMENT.replace("any", "#any"), "'name' says no place"),
    "two of one id": (HEAD + ELEMENT + ELEMENT, "two of the id 'name'"),
    "no source": (HEAD.replace("source", "#") + ELEMENT, "has no source"),
    "no day": (HEAD.replace("read_on", "#") + ELEMENT, "does not say when it was read"),
    "another need": (
        HEAD + ELEMENT.replace('"mandatory"', '"nice"'),
        "need is no 'nice'",
    ),
    "an optional condition": (
        HEAD + ELEMENT.replace('"mandatory"', '"optional"\nwhen = "x"'),
        "only a mandatory element",
    ),
    "seen and unseen": (
        HEAD + ELEMENT + 'not_visible = "x"\n',
        "what cannot be seen has no places",
    ),
    "an empty step": (HEAD + ELEMENT.replace('["name"]', '["a..b"]'), "is no path"),
    "a control character": (
        HEAD + ELEMENT.replace('["name"]', r'["a\u0007"]'),
        "'a?' is no path",
    ),
    "a deep path": (
        HEAD + ELEMENT.replace('"name"]', f'"{".".join("a" * 17)}"]'),
        "is no path",
    ),
    "paths of a wrong type": (HEAD + ELEMENT.replace('["name"]', "3"), "must be"),
    "a field of nothing": (
        HEAD
        + ELEMENT
        + '[[field]]\nelement = "nmae"\nvocabulary = "elm"\npath = "a"\n'
        + 'member = "b"\nis = "c"\n',
        "no element 'nmae'",
    ),
    "a field without values": (
        HEAD
        + ELEMENT
        + '[[field]]\nelement = "name"\nvocabulary = "elm"\npath = "a"\nmember = "b"\n',
        "either is or is_not",
    ),
    "too many elements": (
        HEAD + "".join(ELEMENT.replace('"name"\n', f'"n{n}"\n') for n in range(501)),
        "more than 500",
    ),
    "a fact without text": (HEAD + ELEMENT + "[[fact]]\nid = 'x'\n", "has no text"),
}


@pytest.mark.parametrize(("text", "says_what"), WRONG.values(), ids=WRONG)
def test_a_file_that_makes_no_sense_is_refused_with_its_line(text, says_what):
    with pytest.raises(Usage) as caught:
        load_pack(text, "mine.toml")
    assert caught.value.what.startswith("mine.toml: line ")
    assert says_what in caught.value.what
    assert caught.value.next_step


def test_a_file_larger_than_a_megabyte_is_refused():
    with pytest.raises(Usage, match="larger than 1 MiB"):
        load_pack(HEAD + ELEMENT + "#" * (1 << 20), "mine.toml")


def test_the_file_in_the_documentation_is_one():
    text = (ROOT / "docs/policies.md").read_text(encoding="utf-8")
    found = load_pack(text.split("```toml\n")[1].partition("```")[0], "docs")
    (element,) = found.elements
    assert [field.member for field in element.fields["open_badges_3"]] == [
        "",
        "targetType",
    ]


def test_every_policy_is_named_in_the_documentation():
    text = (ROOT / "docs/policies.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in PACKS)


@given(st.text(max_size=80) | st.sampled_from([HEAD, ELEMENT, HEAD + ELEMENT]))
def test_any_text_is_a_policy_or_refused(text):
    try:
        found = load_pack(HEAD + text, "mine.toml")
    except Usage:
        return
    assert found.elements


def test_an_sd_jwt_of_bare_claims_is_told_from_one_of_a_credential(vectors):
    names = (
        "sdjwtvc.sdJwtVcPid.sd-jwt",
        "credo-sd-jwt-vc.CredoEs256DidJwkJwtVc.sd-jwt",
    )
    found = [formats.read((vectors / "credo-ts" / n).read_bytes()) for n in names]
    assert [vocabulary_of(held) for held in found] == ["claims", "open_badges_3"]


def test_the_claims_of_an_sd_jwt_are_a_vocabulary_of_their_own():
    claims = {"sub": "x", "title": "Knots", "awardingBody": "Harbour", "iat": 1}
    checked = check(pack("eu-2022"), claims, "claims")
    present = {name for name, state in states(checked).items() if state == "present"}
    assert present == {"learner", "title", "awarding-body", "date"}

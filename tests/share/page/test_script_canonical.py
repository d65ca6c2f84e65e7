"""The script of the page makes of documents what the command line does, to the byte."""

import json

import pytest

from credwallet.canon.contexts import Contexts
from tests.canon import oracle
from tests.share.page.comparing import Canonical, compare, of_python, of_script
from tests.share.page.mutating import mutated
from tests.share.page.scripts import answers

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
def test_all_documents_of_the_vectors(vectors, hash_name):
    documents = [document for _, document in oracle.documents(vectors)]
    counts = compare(documents, hash_name=hash_name)
    assert counts["equal"] >= 500
    assert counts["undefined"] >= 50
    given_up = {reason for reason in counts if reason.startswith("given up")}
    assert {reason for reason in given_up if "is not known" not in reason} <= {
        "given up: not supported: a language without a text"
    }
    left_out = ("blockcerts", "merkle-2019")
    for reason in given_up:
        assert any(each in reason for each in (*left_out, "a language")), reason


@pytest.mark.parametrize("seed", range(3))
def test_documents_that_were_changed_at_random(vectors, seed):
    contexts = Contexts.bundled()
    documents = [
        document
        for _, document in oracle.documents(vectors)
        if isinstance(of_python(json.dumps(document), contexts), Canonical)
    ]
    counts = compare(mutated(documents, 1500, seed))
    assert counts["equal"] > 400
    assert counts["undefined"] > 200
    assert counts["invalid: json-ld-error"] > 100
    assert counts["invalid: protected-term"] > 20
    assert counts["undetermined: inline-context"] > 20


def credential(**members):
    return {
        "@context": [V2, OB],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:key:z6Mk", "type": "Profile"},
        "credentialSubject": {"type": "AchievementSubject", **members},
    }


def achievement(**members):
    return credential(achievement={"type": "Achievement", **members})


NUMBERS = [
    "0", "-0", "-0.0", "1.0", "1.5", "-2.25", "0.1", "1e21", "1e20",
    "123456789012345680000.0",
    "1234567890123456.5", "1234567890123457.5", "9007199254740993", "9007199254740994",
    "1e-7", "5e-324", "1.7976931348623157e308", "2.5e15", "0.30000000000000004",
    "1000000000000000000000000000001", "100000000000000000001", "4.35", "8.41e-15",
]  # fmt: skip


def test_numbers():
    template = json.dumps(achievement(creditsAvailable="N", fieldOfStudy="N"))
    texts = [template.replace('"N"', number) for number in NUMBERS]
    texts += [
        template.replace(
            '"N"',
            json.dumps({"@value": number, "@type": f"{XSD}double"}),
        )
        for number in (*NUMBERS, "+1.", ".5", "1e400", " 1", "x")
    ]
    contexts = Contexts.bundled()
    equal = 0
    for text, answer in zip(
        texts,
        answers({"ask": "canonical", "text": text} for text in texts),
        strict=True,
    ):
        ours, theirs = of_python(text, contexts), of_script(answer)
        if isinstance(ours, Canonical):
            assert theirs == ours, text
            equal += 1
        else:
            assert theirs.kind == "undetermined", text
    assert equal > 30


UNDEFINED = {
    "a member that no context defines": (
        achievement(nothing=1),
        [("/credentialSubject/achievement/nothing", "nothing", "term")],
    ),
    "a type that no context defines": (
        achievement(related={"type": ["Related", "Nothing"], "id": "urn:ex:r"}),
        [("/credentialSubject/achievement/related/type/1", "Nothing", "type")],
    ),
    "an identifier that is relative": (
        achievement(id="a/b"),
        [("/credentialSubject/achievement/id", "a/b", "iri")],
    ),
    "names with the signs of pointers": (
        achievement(**{"a/b~c": 1}),
        [("/credentialSubject/achievement/a~1b~0c", "a/b~c", "term")],
    ),
    "names that objects of ECMAScript have": (
        achievement(constructor=1, toString=2, __proto__=3),
        [
            ("/credentialSubject/achievement/__proto__", "__proto__", "term"),
            ("/credentialSubject/achievement/constructor", "constructor", "term"),
            ("/credentialSubject/achievement/toString", "toString", "term"),
        ],
    ),
    "a term in disguise": (
        achievement(**{"https://schema.org/name": "x"}),
        [
            (
                "/credentialSubject/achievement/https:~1~1schema.org~1name",
                "https://schema.org/name",
                "disguise",
            )
        ],
    ),
    "a keyword in disguise": (
        achievement(**{"@id": "urn:ex:a"}),
        [("/credentialSubject/achievement/@id", "@id", "disguise")],
    ),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_what_makes_no_statement_is_named_with_its_place(name):
    document, expected = UNDEFINED[name]
    text = json.dumps(document)
    (answer,) = answers([{"ask": "canonical", "text": text}])
    found = of_script(answer)
    assert found.undefined == expected
    assert found == of_python(text, Contexts.bundled())


REFUSED = {
    "a context that is not known": (
        {"@context": [V2, "https://nowhere.example/"]},
        ("undetermined", "unknown-context", "/@context/1"),
    ),
    "a context written inline": (
        {"@context": [V2, {"skill": "urn:ex:skill"}]},
        ("undetermined", "inline-context", "/@context"),
    ),
    "a vocabulary of one's own": (
        {"@context": [V2, {"@vocab": "urn:ex:"}]},
        ("undetermined", "inline-context", "/@context"),
    ),
    "an inline context that redefines a term": (
        {"@context": [V2, {"issuer": "urn:ex:other"}]},
        ("invalid", "context-redefines", "/@context"),
    ),
    "a context that redefines a protected term": (
        {"@context": [V2, "https://w3id.org/openbadges/v2"]},
        ("invalid", "protected-term", "/@context/1"),
    ),
    "too many contexts": (
        {"@context": [V2] * 21},
        ("undetermined", "too-many-contexts", "/@context"),
    ),
    "two identifiers": (
        {"@context": V2, "id": "urn:ex:a", "@id": "urn:ex:b"},
        ("invalid", "json-ld-error", "/@id"),
    ),
    "too many members without meaning": (
        {"@context": V2, **{f"n{number}": 1 for number in range(1001)}},
        ("undetermined", "too-complex", ""),
    ),
    "an address that programs read differently": (
        {"@context": V2, "id": "urn:ex:a\u00a0b"},
        ("undetermined", "unsupported-json-ld", ""),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_relied_on_is_refused_as_on_the_command_line(name):
    document, expected = REFUSED[name]
    text = json.dumps(document)
    (answer,) = answers([{"ask": "canonical", "text": text}])
    assert (answer.kind, answer.type, answer.instance) == expected
    error = of_python(text, Contexts.bundled())
    assert (error.type, error.instance or "") == expected[1:]


def test_a_wide_document_is_refused_before_long():
    # Ten thousand objects that look alike, and a hundred thousand statements.
    alike = achievement(alignment=[{"type": "Alignment"}] * 10_000)
    wide = achievement(tag=["x"] * 100_001)
    for document in (alike, wide):
        text = json.dumps(document)
        (answer,) = answers([{"ask": "canonical", "text": text}])
        assert (answer.kind, answer.type) == ("undetermined", "too-complex")
        assert of_python(text, Contexts.bundled()).type == "too-complex"


def test_keywords_as_members_are_left_to_other_programs():
    members = [{"@nest": {}}, {"@reverse": {}}, {"@included": {}}, {"@graph": []}]
    documents = [achievement(**each) for each in members]
    documents += [achievement(name={"@list": ["x"]}), achievement(name={"@set": ["x"]})]
    counts = compare(documents)
    assert counts["equal"] == 0
    assert counts.total() == len(documents)

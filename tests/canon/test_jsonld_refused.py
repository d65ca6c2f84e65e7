"""JSON-LD that no program should read, or that programs read differently."""

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import to_rdf
from credwallet.errors import CredwalletError, Invalid, Undetermined
from tests.canon.vocabulary import TEXT, known_contexts, lines

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@pytest.fixture(scope="module")
def contexts():
    return known_contexts()


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"@context": TEXT, "id": 5}, "/id"),
        ({"@context": TEXT, "id": "urn:ex:s", "@id": "urn:ex:s"}, "/@id"),
        ({"@context": TEXT, "q": {"type": {"a": 1}}}, "/q/type"),
        ({"@context": TEXT, "type": ["T", 5]}, "/type"),
        ({"@context": TEXT, "type": None}, "/type"),
        ({"@context": TEXT, "p": {"@value": []}}, "/p/@value"),
        ({"@context": TEXT, "p": {"@value": "x", "q": 1}}, "/p/q"),
        ({"@context": TEXT, "p": {"@value": 1, "@language": "de"}}, "/p/@value"),
        ({"@context": TEXT, "p": {"@value": "x", "@language": 1}}, "/p/@language"),
        ({"@context": TEXT, "p": {"@value": "x", "type": "relative"}}, "/p/type"),
        ({"@context": TEXT, "p": {"@value": "x", "value": "y"}}, "/p/value"),
        ({"@context": TEXT, "p": {"@value": "x", "@id": "urn:ex:o"}}, "/p/@value"),
        ({"@context": TEXT, "p": {"@list": [], "@id": "urn:ex:o"}}, "/p/@list"),
        ({"@context": TEXT, "graph": "x"}, "/graph"),
        ({"@context": TEXT, "q": 1, "graph": {}, "@graph": {}}, "/graph"),
        ({"@context": TEXT, "@included": "x"}, "/@included"),
        ({"@context": TEXT, "nest": "x"}, "/nest"),
        ({"@context": TEXT, "@reverse": "x"}, "/@reverse"),
        ({"@context": TEXT, "@reverse": {"id": "urn:ex:o"}}, "/@reverse/id"),
        ({"@context": TEXT, "of": "x"}, "/of"),
        ({"@context": TEXT, "of": {"@list": []}}, "/of"),
        ({"@context": TEXT, "@index": 1}, "/@index"),
        ({"@context": TEXT, "@direction": "up"}, "/@direction"),
        ({"@context": TEXT, "@language": 1}, "/@language"),
        ({"@context": TEXT, "by_language": {"de": 1}}, "/by_language/de"),
        ({"@context": TEXT, "by_id": {"urn:ex:o": "x"}}, "/by_id/urn:ex:o"),
        ({"@context": 5}, "/@context"),
        ({"@context": [TEXT, 5]}, "/@context"),
    ],
)
def test_a_document_that_breaks_a_rule_is_refused(contexts, document, pointer):
    with pytest.raises(Invalid) as caught:
        to_rdf(document, contexts)
    assert caught.value.type == "json-ld-error"
    assert caught.value.instance == pointer


@pytest.mark.parametrize(
    "members",
    [
        {"p": 2**53 + 1},
        {"p": 10**400},
        {"double": "1_0"},
        {"double": "INF"},
        {"double": "1e999"},
        {"double": -0.0},
        {"link": "urn:ex:<o>"},
        {"link": "urn:ex:o\n"},
        {"link": "urn:ex:\u2003"},
        {"p": {"@value": "x", "@language": "not a tag"}},
        {"by_language": {"not a tag": "x"}},
        {"type": "T", "@type": "T"},
        {"list": ["urn:ex:o", {"id": "relative"}]},
        {"list": [{"@set": []}]},
        {"@none": "x"},
        {"@value": None, "p": {"@set": None}},
        {"nest": {"id": "urn:ex:o"}},
        {"nest": {"graph": []}},
        {"named": "urn:ex:o"},
        {"named": {"id": "urn:ex:o"}},
        {"named": [{"p": "x"}, {}]},
        {"named_by_index": {"k": {"nowhere": 1}}},
        {"by_id": {"relative": {"p": "x"}}},
    ],
)
def test_what_programs_understand_differently_is_named(contexts, members):
    with pytest.raises((Undetermined, Invalid)) as caught:
        lines(contexts, **members)
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("context", "pointer"),
    [
        ("https://nobody.example/context", "/@context"),
        ([V2, "https://nobody.example/context"], "/@context/1"),
        ([V2, "file:///etc/passwd"], "/@context/1"),
        ([V2, "http://127.0.0.1/"], "/@context/1"),
        ([V2, V2 + "/"], "/@context/1"),
        ([V2, ""], "/@context/1"),
    ],
)
def test_an_unknown_context_is_never_fetched_but_named(context, pointer):
    with pytest.raises(Undetermined) as caught:
        to_rdf({"@context": context, "name": "x"}, Contexts.bundled())
    assert caught.value.type == "unknown-context"
    assert caught.value.instance == pointer
    assert "--documents" in caught.value.next_step


def test_an_unknown_context_deep_inside_is_named_with_its_place():
    document = {
        "@context": V2,
        "type": "VerifiableCredential",
        "credentialSubject": [{}, {"@context": "https://nobody.example/"}],
    }
    with pytest.raises(Undetermined) as caught:
        to_rdf(document, Contexts.bundled())
    assert caught.value.instance == "/credentialSubject/1/@context"


@pytest.mark.parametrize(
    "inline",
    [
        {"validUntil": "https://example.org/hidden"},
        {"credentialStatus": None},
        {"issuer": {"@id": "https://example.org/hidden"}},
        {"proofPurpose": "https://example.org/hidden"},
        {"id": "https://example.org/hidden"},
        {"@vocab": "https://example.org/", "achievement": "https://example.org/h"},
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_an_inline_context_that_redefines_a_term_is_refused(inline, order):
    contexts = [V2, OB, inline][::order]
    document = {"@context": contexts, "type": "VerifiableCredential"}
    with pytest.raises(Invalid) as caught:
        to_rdf(document, Contexts.bundled())
    assert caught.value.type == "context-redefines"
    assert caught.value.instance == "/@context"
    document = {
        "@context": [V2, OB],
        "type": "VerifiableCredential",
        "credentialSubject": {"@context": inline},
    }
    with pytest.raises(Invalid) as caught:
        to_rdf(document, Contexts.bundled())
    assert caught.value.type == "context-redefines"
    assert caught.value.instance == "/credentialSubject/@context"


@pytest.mark.parametrize(
    "context",
    [
        [V2, {"@vocab": "https://example.org/"}],
        [V2, {"ownTerm": "https://example.org/own"}],
        {"ownTerm": "https://example.org/own"},
        [V2, None],
        [V2, {"@import": "https://example.org/"}],
        [V2, {"@version": 1.1}],
    ],
)
def test_any_other_inline_context_is_undetermined(context):
    with pytest.raises(Undetermined) as caught:
        to_rdf({"@context": context, "name": "x"}, Contexts.bundled())
    assert caught.value.type == "inline-context"


@pytest.mark.parametrize("context", [[V2, {}], [None, V2], [{}, V2, {}]])
def test_an_empty_context_that_changes_nothing_is_harmless(context):
    document = {"@context": V2, "type": "VerifiableCredential", "id": "urn:ex:s"}
    expected = to_rdf(document, Contexts.bundled())
    assert to_rdf({**document, "@context": context}, Contexts.bundled()) == expected


def test_more_than_twenty_contexts_are_refused():
    contexts = Contexts.bundled().with_supplied(
        {f"https://ctx.example/{number}": b'{"@context":{}}' for number in range(30)}
    )
    urls = [f"https://ctx.example/{number}" for number in range(30)]
    for document in (
        {"@context": urls},
        {"@context": [V2] * 3000},
        {"@graph": [{"@context": url, "@id": "urn:ex:s"} for url in urls]},
    ):
        with pytest.raises(Undetermined) as caught:
            to_rdf(document, contexts)
        assert caught.value.type == "too-many-contexts"
    assert to_rdf({"@context": urls[:20]}, contexts)


def test_a_document_nested_without_end_is_refused():
    document = {"@context": TEXT}
    for _ in range(20_000):
        document = {"urn:ex:p": document}
    with pytest.raises(CredwalletError):
        to_rdf(document, Contexts.bundled())


@pytest.mark.parametrize(
    "members",
    [
        {"p": [f"text {number}" for number in range(200_000)]},
        {"q": [{"id": f"urn:ex:{number}", "p": 1} for number in range(110_000)]},
        {f"nowhere{number}": 1 for number in range(2000)},
        {"type": [f"Nothing{number}" for number in range(2000)]},
        {"list": ["x"] * 60_000, "q": {}},
    ],
)
def test_a_document_beyond_all_bounds_is_refused(contexts, members):
    with pytest.raises(Undetermined) as caught:
        lines(contexts, **members)
    assert caught.value.type == "too-complex"


def test_the_memory_of_an_active_context_is_bounded(contexts):
    for number in range(5000):
        to_rdf({"@context": TEXT, f"t{number}": 1, "type": f"T{number}"}, contexts)
    context = contexts.initial.urls((TEXT,))
    assert len(context.entries) <= 2048
    assert len(context.typed) <= 2048
    assert len(context.names) <= 2048


def test_reading_a_document_does_not_change_it(contexts):
    document = {"@context": [TEXT], "p": [{"list": [1, [2]]}], "by_id": {"urn:x": {}}}
    before = repr(document)
    to_rdf(document, contexts)
    assert repr(document) == before

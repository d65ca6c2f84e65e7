"""The bundled contexts: pinned, compiled, complete, and never a catch-all."""

import hashlib
import json

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.canon.contexts import compile as tables
from credwallet.canon.jsonld import to_rdf
from credwallet.errors import Invalid, Undetermined

SOURCES = tables.sources()
V2 = "https://www.w3.org/ns/credentials/v2"


def supplied(**contexts):
    """Contexts whose addresses are https://ctx.example/NAME."""
    return Contexts.bundled().with_supplied(
        {
            f"https://ctx.example/{name}": value
            if isinstance(value, bytes)
            else strict_bytes({"@context": value})
            for name, value in contexts.items()
        }
    )


def strict_bytes(value):
    return json.dumps(value).encode()


def use(contexts, *names, **members):
    document = {"@context": [f"https://ctx.example/{name}" for name in names]}
    return to_rdf({**document, "@id": "urn:ex:s", **members}, contexts)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.url)
def test_the_document_is_the_pinned_one(source):
    data = (tables.FOLDER / "documents" / source.file).read_bytes()
    assert hashlib.sha256(data).hexdigest() == source.sha256


def test_every_document_has_a_source_and_every_source_a_document():
    files = {path.name for path in (tables.FOLDER / "documents").iterdir()}
    assert files == {source.file for source in SOURCES}
    assert len({source.url for source in SOURCES}) == len(SOURCES)


def test_the_tables_are_fresh():
    made = tables.tables()
    kept = {
        path.name: path.read_text(encoding="utf-8")
        for path in (tables.FOLDER / "tables").iterdir()
    }
    assert kept == made, "run: python -m credwallet.canon.contexts.compile"


def test_the_recommendation_of_the_v2_context_is_bundled_in_its_own_bytes():
    digest = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    assert {source.sha256 for source in SOURCES if source.url == V2} == {digest}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.url)
def test_no_bundled_context_gives_unknown_terms_a_meaning(source):
    document = {
        "@context": source.url,
        "@id": "urn:ex:s",
        "@type": "NobodyDefinesThisType",
        "nobodyDefinesThisTerm": "x",
    }
    expansion = to_rdf(document, Contexts.bundled())
    assert not expansion.quads.ground
    assert {found.pointer for found in expansion.undefined} >= {
        "/nobodyDefinesThisTerm",
    }


def test_asking_for_the_bundled_contexts_reads_nothing(monkeypatch):
    monkeypatch.setattr("builtins.open", None)
    Contexts.bundled().with_supplied({"https://ctx.example/a": b"{}"})


def test_known_and_supplied_contexts_are_told_apart():
    contexts = supplied(a={})
    assert contexts.knows(V2)
    assert not contexts.is_supplied(V2)
    assert contexts.is_supplied("https://ctx.example/a")
    assert not contexts.knows("https://ctx.example/b")
    assert V2 in contexts.bundled_urls()
    assert "validUntil" in contexts.term_names(V2)


def test_a_supplied_document_never_replaces_a_bundled_one():
    contexts = Contexts.bundled().with_supplied({V2: b'{"@context":{}}'})
    assert not contexts.is_supplied(V2)
    document = {"@context": V2, "id": "urn:ex:s", "type": "VerifiableCredential"}
    assert to_rdf(document, contexts) == to_rdf(document, Contexts.bundled())


def test_the_contexts_before_stay_as_they_were():
    before = supplied(a={"p": "urn:ex:p"})
    before.with_supplied({"https://ctx.example/b": b"{}"})
    assert not before.knows("https://ctx.example/b")


def test_a_supplied_context_is_named_when_it_is_used():
    contexts = supplied(a={"p": "urn:ex:p"}, b={})
    expansion = use(contexts, "a", p="x")
    assert expansion.quads.ground == ['<urn:ex:s> <urn:ex:p> "x" .\n']
    assert expansion.supplied == ("https://ctx.example/a",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"@context":{},"@context":{}}',
        b"\xff",
        b'{"@context":' + b"[" * 70 + b"]" * 70 + b"}",
        b'{"@context":{"a":"' + b"a" * 600_000 + b'"}}',
    ],
)
def test_a_supplied_document_that_cannot_be_used_is_named(data):
    with pytest.raises(Undetermined) as caught:
        use(supplied(a=data), "a", p="x")
    assert "https://ctx.example/a" in caught.value.what
    assert caught.value.type == "unknown-context"
    assert caught.value.instance == "/@context/0"


@pytest.mark.parametrize(
    "context",
    [
        {"@version": 1.0},
        {"@foo": 1, "p": {"@id": "urn:ex:p", "@bar": 1}},
        {"@vocab": 7},
        {"@language": 7},
        {"@direction": "up"},
        {"@propagate": "yes"},
        {"@protected": 1},
        {"@import": 1},
        {"@container": "@set"},
        {"@type": "@id"},
        {"@type": {"@container": "@list"}},
        {"@context": {}},
        {"": "urn:ex:p"},
        {"p": 7},
        {"p": "p:q", "q": "r"},
        {"p": {"@id": 7}},
        {"p": {"@id": "relative"}},
        {"p": "@context"},
        {"p": {"@type": "@id"}},
        {"a": "b:c", "b": "a:d"},
        {"a:b": "urn:ex:other"},
        {"a": None, "a:b": {"@type": "@id"}},
        {"p": {"@id": "urn:ex:p", "@type": 7}},
        {"p": {"@id": "urn:ex:p", "@type": "relative"}},
        {"p": {"@id": "urn:ex:p", "@type": "_:b"}},
        {"p": {"@id": "urn:ex:p", "@container": "@foo"}},
        {"p": {"@id": "urn:ex:p", "@container": []}},
        {"p": {"@id": "urn:ex:p", "@container": ["@list", "@set"]}},
        {"p": {"@id": "urn:ex:p", "@container": ["@graph", "@language"]}},
        {"p": {"@id": "urn:ex:p", "@container": "@type", "@type": "urn:ex:t"}},
        {"p": {"@id": "urn:ex:p", "@index": "q"}},
        {"p": {"@id": "urn:ex:p", "@container": "@index", "@index": "@id"}},
        {"p": {"@id": "urn:ex:p", "@language": 7}},
        {"p": {"@id": "urn:ex:p", "@direction": "up"}},
        {"p": {"@id": "urn:ex:p", "@nest": "@id"}},
        {"p": {"@id": "urn:ex:p", "@prefix": 1}},
        {"p": {"@id": "@id", "@prefix": True}},
        {"p:q": {"@id": "p:q", "@prefix": True}},
        {"p": {"@id": "urn:ex:p", "@protected": "yes"}},
        {"p": {"@reverse": "urn:ex:p", "@id": "urn:ex:p"}},
        {"p": {"@reverse": "relative"}},
        {"p": {"@reverse": "urn:ex:p", "@container": "@list"}},
        {"p": {"@id": "urn:ex:p", "@context": {"q": 7}}},
        {"p": {"@id": "urn:ex:p", "@context": 7}},
        [7],
        7,
    ],
)
def test_a_context_that_breaks_a_rule_is_refused(context):
    with pytest.raises(Invalid) as caught:
        use(supplied(a=context), "a")
    assert caught.value.type == "invalid-context"
    assert caught.value.instance == "/@context/0"


@pytest.mark.parametrize(
    "context",
    [
        {"@base": "https://example.org/"},
        {"@vocab": "relative"},
        {"@vocab": ""},
        {"@language": "not a tag"},
        {"@propagate": False, "p": "urn:ex:p"},
        {"https://example.org/p": None},
        "https://ctx.example/a",
        ["https://ctx.example/a", {"p": "urn:ex:p"}],
        {"@import": "https://ctx.example/nowhere"},
        ["https://ctx.example/nowhere"],
    ],
)
def test_a_context_that_programs_read_differently_is_named(context):
    with pytest.raises(Undetermined) as caught:
        use(supplied(a=context), "a")
    assert caught.value.type in ("unsupported-json-ld", "unknown-context")


def test_contexts_nested_without_end_are_refused():
    context = {"p": "urn:ex:p"}
    for _ in range(20):
        context = {"p": {"@id": "urn:ex:p", "@context": context}}
    with pytest.raises(Undetermined):
        use(supplied(a=context), "a")


def test_a_protected_term_cannot_be_redefined_by_a_later_context():
    a = {"@protected": True, "p": "urn:ex:p", "q": {"@id": "urn:ex:q"}}
    same = {"p": "urn:ex:p"}
    other = {"p": "urn:ex:other"}
    assert use(supplied(a=a, b=same), "a", "b", p="x").quads.ground
    for names in (("a", "b"), ("a", "a", "b")):
        with pytest.raises(Invalid) as caught:
            use(supplied(a=a, b=other), *names, p="x")
        assert caught.value.type == "protected-term"
        assert caught.value.instance == f"/@context/{names.index('b')}"


def test_the_unversioned_open_badges_context_does_not_go_with_v2():
    contexts = [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]
    with pytest.raises(Invalid) as caught:
        to_rdf({"@context": contexts, "name": "x"}, Contexts.bundled())
    assert caught.value.type == "protected-term"


def test_a_protected_term_may_be_redefined_by_the_context_of_a_property():
    context = {
        "@protected": True,
        "p": "urn:ex:p",
        "q": {"@id": "urn:ex:q", "@context": {"p": "urn:ex:inner"}},
    }
    expansion = use(supplied(a=context), "a", q={"@id": "urn:ex:o", "p": "x"})
    assert '<urn:ex:o> <urn:ex:inner> "x" .\n' in expansion.quads.ground


def test_a_protected_term_cannot_be_redefined_by_the_context_of_a_type():
    context = {
        "p": {"@id": "urn:ex:p", "@protected": True},
        "T": {"@id": "urn:ex:T", "@context": {"p": "urn:ex:inner"}},
    }
    with pytest.raises(Invalid, match="protected"):
        use(supplied(a=context), "a", **{"@type": "T", "p": "x"})


def test_terms_are_resolved_with_the_prefixes_of_the_contexts_before():
    contexts = supplied(a={"ex": "https://ex.example/"}, b={"p": "ex:p"})
    for _ in range(2):
        line = use(contexts, "a", "b", p="x").quads.ground
        assert line == ['<urn:ex:s> <https://ex.example/p> "x" .\n']
        line = use(contexts, "b", p="x").quads.ground
        assert line == ['<urn:ex:s> <ex:p> "x" .\n']


def test_a_scoped_context_sees_the_prefixes_in_force_where_it_is_used():
    contexts = supplied(
        a={
            "ex": "https://one.example/",
            "T": {"@id": "urn:ex:T", "@context": {"p": "ex:p"}},
        },
        b={"ex": "https://two.example/"},
    )
    document = {"@type": "T", "p": "x"}
    assert use(contexts, "a", **document).quads.ground[1:] == [
        '<urn:ex:s> <https://one.example/p> "x" .\n'
    ]
    assert use(contexts, "a", "b", **document).quads.ground[1:] == [
        '<urn:ex:s> <https://two.example/p> "x" .\n'
    ]


def test_a_bundled_context_sees_a_prefix_that_another_one_gives_it():
    contexts = supplied(a={"xsd": "https://other.example/"})
    document = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://ctx.example/a",
        ],
        "id": "urn:ex:s",
        "type": "Alignment",
        "targetUrl": "urn:ex:t",
    }
    (line,) = [
        line for line in to_rdf(document, contexts).quads.ground if "targetUrl" in line
    ]
    assert line.endswith('"urn:ex:t"^^<https://other.example/anyURI> .\n')


def test_an_imported_context_is_merged():
    contexts = supplied(
        a={"p": "urn:ex:p", "q": "urn:ex:q"},
        b={"@import": "https://ctx.example/a", "q": "urn:ex:mine"},
    )
    expansion = use(contexts, "b", p="x", q="y")
    assert sorted(expansion.quads.ground) == [
        '<urn:ex:s> <urn:ex:mine> "y" .\n',
        '<urn:ex:s> <urn:ex:p> "x" .\n',
    ]


def test_a_context_may_forget_what_came_before_unless_it_is_protected():
    contexts = supplied(a={"p": "urn:ex:p"}, b=[None, {"q": "urn:ex:q"}])
    expansion = use(contexts, "a", "b", p="x", q="y")
    assert expansion.quads.ground == ['<urn:ex:s> <urn:ex:q> "y" .\n']
    assert [found.term for found in expansion.undefined] == ["p"]
    contexts = supplied(a={"p": {"@id": "urn:ex:p", "@protected": True}}, b=None)
    with pytest.raises(Invalid, match="protected"):
        use(contexts, "a", "b")

"""What makes statements, what makes none, and what is refused."""

import pytest

from credwallet.canon import rdfc, strict_json
from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import Undefined, to_rdf
from credwallet.errors import CredwalletError, Invalid, Undetermined

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
TEXT = "https://ctx.example/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

CONTEXT = b"""{"@context": {
  "id": "@id", "type": "@type", "value": "@value", "graph": "@graph",
  "lang": "@language",
  "nest": "@nest", "set": "@set",
  "xsd": "http://www.w3.org/2001/XMLSchema#", "ex": "urn:ex:",
  "p": "urn:ex:p", "q": "urn:ex:q", "none": null,
  "link": {"@id": "urn:ex:link", "@type": "@id"},
  "word": {"@id": "urn:ex:word", "@type": "@vocab"},
  "date": {"@id": "urn:ex:date", "@type": "xsd:date"},
  "double": {"@id": "urn:ex:double", "@type": "xsd:double"},
  "json": {"@id": "urn:ex:json", "@type": "@json"},
  "list": {"@id": "urn:ex:list", "@container": "@list"},
  "by_language": {"@id": "urn:ex:text", "@container": "@language"},
  "by_index": {"@id": "urn:ex:q", "@container": "@index"},
  "by_id": {"@id": "urn:ex:q", "@container": "@id"},
  "by_type": {"@id": "urn:ex:q", "@container": "@type"},
  "named": {"@id": "urn:ex:named", "@container": "@graph"},
  "named_by_id": {"@id": "urn:ex:named", "@container": ["@graph", "@id"]},
  "named_by_index": {"@id": "urn:ex:named", "@container": ["@graph", "@index"]},
  "of": {"@reverse": "urn:ex:p"},
  "english": {"@id": "urn:ex:text", "@language": "en-GB"},
  "blank": "_:blank",
  "T": {"@id": "urn:ex:T", "@context": {"p": "urn:ex:inner"}},
  "inside": {"@id": "urn:ex:inside", "@context": {"p": "urn:ex:deep"}}
}}"""


@pytest.fixture(scope="module")
def contexts():
    return Contexts.bundled().with_supplied({TEXT: CONTEXT})


def lines(contexts, **members):
    document = {"@context": TEXT, "id": "urn:ex:s", **members}
    return rdfc.canonicalize(to_rdf(document, contexts).quads).splitlines()


def undefined(contexts, document):
    return to_rdf(document, contexts).undefined


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"p": "x"}, ['<urn:ex:s> <urn:ex:p> "x" .']),
        ({"p": ["x", ["y", None, []]]}, ['"x"', '"y"']),
        (
            {"p": 'a"b\\c\n\t\b\f\r\x0b\x7f'},
            ['"a\\"b\\\\c\\n\\t\\b\\f\\r\\u000B\\u007F"'],
        ),
        ({"p": "back\\u000b"}, ['"back\\\\u000b"']),
        ({"p": True}, [f'"true"^^<{XSD}boolean>']),
        ({"p": 5}, [f'"5"^^<{XSD}integer>']),
        ({"p": 5.0}, [f'"5"^^<{XSD}integer>']),
        ({"p": -0.0}, [f'"0"^^<{XSD}integer>']),
        ({"p": 1.5}, [f'"1.5E0"^^<{XSD}double>']),
        ({"p": 1e21}, [f'"1.0E21"^^<{XSD}double>']),
        ({"p": 123456.78}, [f'"1.2345678E5"^^<{XSD}double>']),
        ({"p": 1e-7}, [f'"1.0E-7"^^<{XSD}double>']),
        ({"double": 5}, [f'"5.0E0"^^<{XSD}double>']),
        ({"double": "5.50"}, [f'"5.5E0"^^<{XSD}double>']),
        ({"date": "2024-01-01"}, [f'"2024-01-01"^^<{XSD}date>']),
        ({"date": 2024}, [f'"2024"^^<{XSD}date>']),
        ({"english": "colour"}, ['"colour"@en-gb']),
        ({"english": 5}, [f'"5"^^<{XSD}integer>']),
        ({"link": "urn:ex:o"}, ["<urn:ex:o>"]),
        ({"link": "ex:o"}, ["<urn:ex:o>"]),
        ({"link": 5}, [f'"5"^^<{XSD}integer>']),
        ({"word": "p"}, ["<urn:ex:p>"]),
        ({"json": {"b": 1.0, "a": "ü"}}, ['"{\\"a\\":\\"ü\\",\\"b\\":1}"^^<' + RDF]),
        ({"json": None}, [f'"null"^^<{RDF}JSON>']),
        ({"p": {"value": "x", "lang": "DE"}}, ['"x"@de']),
        ({"p": {"value": "x", "@direction": "rtl"}}, ['"x"']),
        ({"p": {"@value": "1", "type": "xsd:byte"}}, [f'"1"^^<{XSD}byte>']),
        ({"p": {"@value": "x", "type": "xsd:string"}}, ['"x"']),
        ({"p": {"@value": {"a": 1}, "type": "@json"}}, ['"{\\"a\\":1}"']),
        ({"p": {"set": ["x", "y"]}}, ['"x"', '"y"']),
        (
            {"by_language": {"de": ["eins"], "@none": "one", "fr": None}},
            ['"eins"@de', '"one" .'],
        ),
        ({"by_index": {"a": "x", "b": ["y"]}}, ['"x"', '"y"']),
        (
            {"by_id": {"urn:ex:o": {"p": "x"}}},
            ['<urn:ex:o> <urn:ex:p> "x"', "<urn:ex:q> <urn:ex:o>"],
        ),
        (
            {"by_type": {"ex:t": {"id": "urn:ex:o"}}},
            ["<urn:ex:t>", "<urn:ex:q> <urn:ex:o>"],
        ),
        (
            {"by_type": {"T": {"id": "urn:ex:o", "p": "x"}}},
            ["<urn:ex:T>", "<urn:ex:inner>", "<urn:ex:o>"],
        ),
        ({"of": {"id": "urn:ex:o"}}, ["<urn:ex:o> <urn:ex:p> <urn:ex:s> ."]),
        ({"@reverse": {"p": "x:y"}}, None),
        (
            {"@reverse": {"link": ["urn:ex:o"]}},
            ["<urn:ex:o> <urn:ex:link> <urn:ex:s> ."],
        ),
        (
            {"@reverse": {"of": {"id": "urn:ex:o"}}},
            ["<urn:ex:s> <urn:ex:p> <urn:ex:o> ."],
        ),
        ({"nest": [{"p": "x"}, {"nest": {"q": "y"}}]}, ['"x"', '"y"']),
        ({"@included": {"id": "urn:ex:o", "p": "x"}}, ['<urn:ex:o> <urn:ex:p> "x" .']),
        (
            {"named": {"id": "urn:ex:o", "p": "x"}},
            ['<urn:ex:o> <urn:ex:p> "x" _:c14n0 .', "<urn:ex:named> _:c14n0 ."],
        ),
        (
            {"named_by_id": {"urn:ex:g": {"p": "x"}}},
            ["<urn:ex:named> <urn:ex:g> .", '_:c14n0 <urn:ex:p> "x" <urn:ex:g> .'],
        ),
        (
            {"graph": {"id": "urn:ex:o", "p": "x"}, "p": "y"},
            ['<urn:ex:o> <urn:ex:p> "x" <urn:ex:s> .', '"y" .'],
        ),
        (
            {"type": "T", "p": "x", "q": {"id": "urn:ex:o", "p": "y"}},
            ["<urn:ex:inner>", '<urn:ex:o> <urn:ex:p> "y"'],
        ),
        (
            {"inside": {"id": "urn:ex:o", "p": "y", "q": {"id": "urn:ex:r", "p": "z"}}},
            ['<urn:ex:o> <urn:ex:deep> "y"', '<urn:ex:r> <urn:ex:deep> "z"'],
        ),
        ({"https://example.org/x": "y"}, ['<https://example.org/x> "y"']),
        ({"ex:x": "y"}, ['<urn:ex:x> "y"']),
        ({"p": {}}, ["<urn:ex:s> <urn:ex:p> _:c14n0 ."]),
        ({"p": {"id": "_:x", "q": {"id": "_:x"}}}, ["_:c14n0 <urn:ex:q> _:c14n0 ."]),
    ],
)
def test_a_member_states_this(contexts, members, expected):
    if expected is None:
        with pytest.raises(Invalid):
            lines(contexts, **members)
        return
    made = lines(contexts, **members)
    for part in expected:
        assert any(part in line for line in made), made


def test_a_list_is_a_chain_of_blank_nodes(contexts):
    made = lines(contexts, list=["a", ["b"], None, {"@list": []}])
    assert len(made) == 1 + 2 * 3 + 2
    assert lines(contexts, list=[]) == [f"<urn:ex:s> <urn:ex:list> <{RDF}nil> ."]
    assert lines(contexts, list={"@list": ["a"]}) == lines(contexts, list=["a"])


@pytest.mark.parametrize(
    "members",
    [
        {"p": None},
        {"p": []},
        {"p": [None]},
        {"p": {"@value": None}},
        {"p": {"@language": "de"}},
        {"type": []},
        {},
    ],
)
def test_null_and_empty_members_state_nothing_and_are_no_undefined_terms(
    contexts, members
):
    document = {"@context": TEXT, "id": "urn:ex:s", "q": "x", **members}
    expansion = to_rdf(document, contexts)
    assert expansion.quads.ground == ['<urn:ex:s> <urn:ex:q> "x" .\n']
    assert not expansion.undefined


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"nowhere": "x"}, ("/nowhere", "nowhere", "term")),
        ({"nowhere": None}, ("/nowhere", "nowhere", "term")),
        ({"nowhere": []}, ("/nowhere", "nowhere", "term")),
        ({"none": "x"}, ("/none", "none", "term")),
        ({"@foo": "x"}, ("/@foo", "@foo", "term")),
        ({"blank": "x"}, ("/blank", "blank", "term")),
        ({"_:b": "x"}, ("/_:b", "_:b", "term")),
        ({"a/b~c": "x"}, ("/a~1b~0c", "a/b~c", "term")),
        ({"q": [1, {"p": [{"nowhere": 1}]}]}, ("/q/1/p/0/nowhere", "nowhere", "term")),
        ({"type": "Nothing"}, ("/type", "Nothing", "type")),
        ({"type": ["ex:T", "Nothing"]}, ("/type/1", "Nothing", "type")),
        ({"type": "blank"}, ("/type", "blank", "type")),
        ({"link": "relative"}, ("/link", "relative", "iri")),
        ({"link": ["urn:ex:o", "#f"]}, ("/link/1", "#f", "iri")),
        ({"link": "urn:with space"}, ("/link", "urn:with space", "iri")),
        ({"word": "Nothing"}, ("/word", "Nothing", "iri")),
        ({"word": "blank"}, ("/word", "blank", "iri")),
        ({"q": {"id": "relative", "p": "x"}}, ("/q/id", "relative", "iri")),
        ({"@index": "x"}, ("/@index", "x", "term")),
        ({"p": {"@value": "x", "@index": "i"}}, ("/p/@index", "i", "term")),
        ({"p": {"@value": "x", "nowhere": 1}}, ("/p/nowhere", "nowhere", "term")),
        ({"by_index": {"key": "x"}}, ("/by_index/key", "key", "term")),
        ({"by_type": {"Nothing": {"p": "x"}}}, ("/by_type/Nothing", "Nothing", "type")),
        ({"named_by_index": {"k": {"p": 1}}}, ("/named_by_index/k", "k", "term")),
        ({"graph": ["x"]}, ("/graph/0", "x", "term")),
        ({"graph": {"id": "urn:ex:o"}}, ("/graph/id", "urn:ex:o", "iri")),
        ({"graph": {"@value": "x"}}, ("/graph/@value", "x", "term")),
        ({"nest": {"nowhere": 1}}, ("/nest/nowhere", "nowhere", "term")),
        ({"@reverse": {"nowhere": 1}}, ("/@reverse/nowhere", "nowhere", "term")),
        ({"@language": "de"}, ("/@language", "@language", "term")),
    ],
)
def test_what_states_nothing_is_named(contexts, members, expected):
    document = {"@context": TEXT, "id": "urn:ex:s", "q": "x", **members}
    assert Undefined(*expected) in undefined(contexts, document)


def test_an_identifier_about_which_nothing_is_said_is_named(contexts):
    assert undefined(contexts, {"@context": TEXT, "id": "urn:ex:s"}) == (
        Undefined("/id", "urn:ex:s", "iri"),
    )


def test_members_of_an_object_without_an_identifier_of_its_own_are_not_lost(contexts):
    made = lines(contexts, q={"id": "relative", "q": {"id": "urn:ex:o", "p": "x"}})
    assert made == ['<urn:ex:o> <urn:ex:p> "x" .']


def test_a_list_that_nobody_has_is_not_stated(contexts):
    assert lines(contexts, q={"id": "relative", "list": ["a", ["b"]]}) == []


def test_a_lone_graph_is_the_default_graph(contexts):
    document = {"@context": TEXT, "graph": [{"id": "urn:ex:s", "p": "x"}], "nowhere": 1}
    expansion = to_rdf(document, contexts)
    assert expansion.quads.ground == ['<urn:ex:s> <urn:ex:p> "x" .\n']
    assert expansion.undefined == (Undefined("/nowhere", "nowhere", "term"),)


def test_the_proof_options_are_a_document_like_any_other():
    options = {
        "@context": [V2],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": "https://vc.example/issuers/5678#key",
        "proofPurpose": "assertionMethod",
    }
    expansion = to_rdf(options, Contexts.bundled())
    assert not expansion.undefined
    made = rdfc.canonicalize(expansion.quads)
    assert made.count("\n") == 5
    assert "<https://w3id.org/security#assertionMethod>" in made


def test_a_smuggled_member_of_a_real_credential_is_named(vectors):
    path = vectors / (
        "dcc-vc-test-fixtures/verifiableCredentials/v2/dataIntegrityProof/didKey/"
        "legacyRegistry-noStatus-noExpiry-alignments.json"
    )
    document = strict_json.loads(path.read_bytes())
    contexts = Contexts.bundled()
    before = to_rdf(document, contexts)
    document["credentialSubject"]["achievement"]["honours"] = "summa cum laude"
    after = to_rdf(document, contexts)
    assert after.quads == before.quads
    assert after.undefined == (
        Undefined("/credentialSubject/achievement/honours", "honours", "term"),
    )


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
    assert "context add" in caught.value.next_step


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
        {"q": [{"id": f"urn:ex:{number}", "p": 1} for number in range(60_000)]},
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

"""What makes statements, and what makes none and is named."""

import pytest

from credwallet.canon import rdfc, strict_json
from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import Undefined, to_rdf
from credwallet.errors import Invalid
from tests.canon.vocabulary import TEXT, known_contexts, lines

V2 = "https://www.w3.org/ns/credentials/v2"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def contexts():
    return known_contexts()


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

"""Which contexts the page brings along, and that its script knows all they need."""

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.share.page import tables

URLS = frozenset({"https://ctx.example/"})


def test_the_contexts_of_badges_and_their_proofs_are_there():
    index = tables.chosen()["index"]
    assert {
        "https://www.w3.org/2018/credentials/v1",
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://w3id.org/security/data-integrity/v1",
        "https://w3id.org/security/data-integrity/v2",
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "https://w3id.org/vc/status-list/2021/v1",
        "https://w3id.org/dcc/v1",
    } <= index.keys()
    assert index.keys() <= set(Contexts.bundled().bundled_urls())


def test_they_are_packed_small_and_unpack_to_themselves():
    packed = tables.packed()
    assert len(packed) < 20_000
    assert tables.unpacked(packed) == tables.chosen()


@pytest.mark.parametrize(
    ("layer", "unknown"),
    [
        ({"vocab": "urn:ex:"}, "vocab"),
        ({"language": "en"}, "language"),
        ({"propagate": False}, "propagate"),
        ({"needs": {"@vocab": "urn:ex:"}}, "@vocab"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
    ],
)
def test_a_context_with_settings_that_the_page_does_not_know_is_named(layer, unknown):
    if isinstance(layer, dict):
        layer = {"terms": {}, **layer}
    assert list(tables.beyond([layer], URLS)) == [unknown]


@pytest.mark.parametrize(
    ("definition", "unknown"),
    [
        ({"id": None}, "identifier None"),
        ({"id": "_:b"}, "identifier _:b"),
        ({"id": "@graph"}, "alias of @graph"),
        ({"id": "urn:ex:a", "language": "en"}, "language"),
        ({"id": "urn:ex:a", "index": "urn:ex:i"}, "index"),
        ({"id": "urn:ex:a", "type": "@none"}, "@none"),
        ({"id": "urn:ex:a", "container": ["@language"]}, "@language"),
        ({"id": "urn:ex:a", "container": ["@graph", "@set"]},
         "container ['@graph', '@set']"),
        ({"id": "urn:ex:a", "type": "@json", "container": ["@list"]},
         "container ['@list']"),
    ],
)  # fmt: skip
def test_a_term_that_the_page_does_not_know_is_named(definition, unknown):
    inner = {"terms": {"a": definition}}
    outer = {"terms": {"b": {"id": "urn:ex:b", "context": [inner]}}}
    assert list(tables.beyond([inner], URLS)) == [unknown]
    assert list(tables.beyond([None, "https://ctx.example/", outer], URLS)) == [unknown]


def test_a_plain_context_is_known():
    terms = {
        "id": {"id": "@id", "protected": True},
        "a": {"id": "urn:ex:a", "type": "@json", "container": ["@set"]},
        "b": {"id": "urn:ex:b", "container": ["@list"], "prefix": True},
        "c": {"id": "urn:ex:c", "context": [None]},
    }
    assert list(tables.beyond([{"terms": terms, "needs": {"x": None}}], URLS)) == []

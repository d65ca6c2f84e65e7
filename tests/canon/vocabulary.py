"""A context with every kind of term, for the tests of JSON-LD."""

from credwallet.canon import rdfc
from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import to_rdf

TEXT = "https://ctx.example/"
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


def known_contexts():
    """The bundled contexts and the one above."""
    return Contexts.bundled().with_supplied({TEXT: CONTEXT})


def lines(contexts, **members):
    """Canonical N-Quads of an object with these members."""
    document = {"@context": TEXT, "id": "urn:ex:s", **members}
    return rdfc.canonicalize(to_rdf(document, contexts).quads).splitlines()

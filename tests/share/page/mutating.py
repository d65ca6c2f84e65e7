"""Documents as nobody would write them, from those that somebody wrote."""

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

_WORDS = """
@id @type @context @graph @list @set @value @language @direction @index @included @nest
@reverse @none @json @vocab @base @foo @ id type name description proof issuer evidence
credentialSubject achievement image url sameAs hasMember 0 17 constructor __proto__
toString hasOwnProperty _:b _:c urn:ex:p schema:name https://schema.org/name
https://www.w3.org/2018/credentials#issuer VerifiableCredential OpenBadgeCredential
Achievement Ed25519Signature2020 DataIntegrityProof verifiableCredential result
"""
_NAMES = _WORDS.split()
_VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    1e21,
    1e-7,
    5e-324,
    123456789.123456789,
    1234567890123456.5,
    1234567890123457.5,
    0.30000000000000004,
    1.2345678901234568e20,
    2**53,
    2**53 + 1,
    10**20 + 1,
    10**22 + 1,
    10**400,
    "",
    "text",
    'ä\u2028\U0001f600\x7f\x01"\\\n\b',
    "_:b",
    "_:a b",
    "_://x",
    "urn:ex:a",
    "urn:ex:a b",
    "urn:ex:<a>",
    "urn:ex:a\n",
    "http://x.example/\u00a0",
    "relative/path",
    "schema:name",
    "xsd:date",
    "@id",
    "@foo",
    "Achievement",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    [],
    [None],
    {},
    [[], [[1]]],
    ["b", "a", "b"],
    [{"a": 1, "\ufb33": 2, "\U0001f600": [1.0, "x"]}],
    {"@value": "v"},
    {"@value": "v", "@language": "de-CH"},
    {"@value": "v", "@language": "no tag"},
    {"@value": "v", "@language": None, "@direction": "rtl"},
    {"@value": 1.0, "@type": "http://www.w3.org/2001/XMLSchema#double"},
    {"@value": "1", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    {"@value": " 1", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    {"@value": "-0", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    {"@value": 5, "type": "http://www.w3.org/2001/XMLSchema#string"},
    {"@value": {"a": [2**60]}, "@type": "@json"},
    {"@value": "v", "@index": "i", "nothing": 1},
    {"@value": "v", "@type": None},
    {"@value": None},
    {"@value": [1]},
    {"@value": "v", "id": "urn:ex:a"},
    {"@list": ["a", "b"]},
    {"@set": ["a"]},
    {"@language": "en"},
    {"@id": "urn:ex:a"},
    {"id": "urn:ex:a"},
    {"id": "_:b"},
    {"id": "not absolute", "name": "x"},
    {"type": "Achievement", "name": "x", "nothing": {"nowhere": 1}},
    {"type": ["Profile", "urn:ex:t", "Nothing"], "id": "urn:ex:p"},
    {"@type": "Achievement", "type": "Profile"},
    {"id": "urn:ex:a", "@id": "urn:ex:b"},
]
_URLS = [
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://w3id.org/security/data-integrity/v2",
    "https://w3id.org/security/v2",
    "https://w3id.org/openbadges/v2",
    "https://w3id.org/dcc/v1",
    "https://w3id.org/vc/status-list/2021/v1",
    "https://w3id.org/did/v1",
    "https://example.org/unknown",
]
_CONTEXTS: list[Any] = [None, {}, {"@vocab": "urn:ex:"}, {"name": "urn:ex:n"}, 5, []]


def mutated(documents: list[Any], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Change one to four things in documents taken at random."""
    random = Random(seed)  # noqa: S311 -- no secret
    for _ in range(count):
        document = copy.deepcopy(random.choice(documents))
        for _ in range(random.randint(1, 4)):
            _change(random, document)
        yield document


def _change(random: Random, document: dict[str, Any]) -> None:
    holder = random.choice(list(_objects(document)))
    name = random.choice([*holder, *random.sample(_NAMES, 1)])
    match random.randrange(8):
        case 0:
            holder.pop(name, None)
        case 1:
            holder[name] = copy.deepcopy(random.choice(_VALUES))
        case 2:
            holder[random.choice(_NAMES)] = holder.pop(name, None)
        case 3:
            holder[name] = [holder.get(name), copy.deepcopy(random.choice(_VALUES))]
        case 4:
            holder[name] = copy.deepcopy(random.choice(list(_objects(document))))
        case 5:
            holder["@context"] = _context(random, holder.get("@context"))
        case 6:
            items = list(holder.items())
            random.shuffle(items)
            holder.clear()
            holder.update(items)
        case _:
            holder[random.choice(_NAMES)] = copy.deepcopy(random.choice(_VALUES))


def _context(random: Random, before: Any) -> Any:
    listed = before if isinstance(before, list) else [] if before is None else [before]
    if random.random() < 0.15:
        listed = [*listed, copy.deepcopy(random.choice(_CONTEXTS))]
    else:
        listed = [*listed, *random.sample(_URLS, random.randint(1, 2))]
    if random.random() < 0.3:
        random.shuffle(listed)
    return listed


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _objects(member)

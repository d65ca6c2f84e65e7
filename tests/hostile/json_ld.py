"""Documents whose JSON says one thing and whose statements another (table 1b)."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.hostile.badges import OB, V2, VARIANTS, Group, badge, served, text
from tests.hostile.controls import LIST, entry, status_list
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import HARBOUR, NORTHLIGHT, JsonObject, proven

GROUP = Group("json-and-json-ld")
JCS, RDFC, JWT = VARIANTS
UNSURE = ("undetermined", "invalid", "malformed")
EXPIRY = "https://www.w3.org/2018/credentials#validUntil"
PAST, AHEAD = "2026-03-01T00:00:00Z", "2031-01-01T00:00:00Z"

Change = Callable[[JsonObject], None]


def files() -> Iterator[HostileFile]:
    yield from _undefined()
    yield from _aliases()
    yield from _keywords()
    yield from _context_addresses()
    yield from _draft()
    yield from _poison()


def _put(*path: Any, value: Any) -> Change:
    def change(made: JsonObject) -> None:
        holder: Any = made
        for step in path[:-1]:
            holder = holder[step]
        if path[-1] == "+":
            holder.append(value)
        else:
            holder[path[-1]] = value

    return change


def _undefined() -> Iterator[HostileFile]:
    row = "undefined-terms"
    subject = "credentialSubject"
    for name, change in (
        ("top", _put("honours", value="first class")),
        ("subject", _put(subject, "honours", value="first class")),
        ("achievement", _put(subject, "achievement", "gradeAwarded", value="A")),
        ("issuer", _put("issuer", "accreditedBy", value="everybody")),
        ("proof", _put("proof", "note", value="checked twice")),
        ("proof-domain-like", _put("proof", "Domain", value="harbour.example.org")),
        ("type", _put("type", "+", value="MasterDegree")),
        ("subject-type", _put(subject, "type", "+", value="Graduate")),
        ("null", _put("honours", value=None)),
        ("empty-array", _put("honours", value=[])),
        ("empty-object", _put("honours", value={})),
        ("empty-name", _put("", value="x")),
        ("lookalike", _put("valid\u0405ince", value="2020")),
        ("trap", _put("__proto__", value={"validUntil": "2099-01-01T00:00:00Z"})),
        ("relative-address", _put("./honours", value="first class")),
        ("unknown-scheme-like", _put("ob:honours", value="first class")),
        ("relative-id", _put(subject, "achievement", "id", value="knots")),
        ("relative-type", _put(subject, "achievement", "type", "+", value="./Degree")),
    ):
        why = (
            "added after signing: no context defines it, so no RDF signature covers it"
        )
        yield from GROUP.changed(
            f"{row}/{name}", change, why, suites=(RDFC,), answers=UNSURE
        )
    yield from GROUP.changed(
        f"{row}/top",
        _put("honours", value="first class"),
        "added after signing",
        suites=(JCS,),
    )


def _aliases() -> Iterator[HostileFile]:
    row = "context-aliases"
    iri = {"@id": EXPIRY, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}

    def hide_expiry(made: JsonObject) -> None:
        made["@context"] = [*made["@context"], {"endOfTerm": iri}]
        made["endOfTerm"] = made.pop("validUntil")

    def rename(made: JsonObject) -> None:
        made["@context"] = [*made["@context"], {"until": "validUntil"}]
        made["until"] = made.pop("validUntil")

    def first(made: JsonObject) -> None:
        made["@context"] = [{"until": iri}, *made["@context"]]
        made["until"] = made.pop("validUntil")

    def by_address(made: JsonObject) -> None:
        made[EXPIRY] = {"@value": made.pop("validUntil"), "@type": iri["@type"]}

    why = "the same statements under another name: the expiry is out of sight"
    expired = badge(validUntil=PAST)
    for name, change in (
        ("expiry-by-inline-context", hide_expiry),
        ("expiry-by-alias", rename),
        ("expiry-by-first-context", first),
        ("expiry-by-address", by_address),
    ):
        yield from GROUP.changed(
            f"{row}/{name}",
            change,
            why,
            suites=(RDFC,),
            document=expired,
            answers=UNSURE,
        )
    for name, change in (
        ("redefined-term", _put("@context", "+", value={"validUntil": "urn:x:until"})),
        ("catch-all-vocabulary", _put("@context", "+", value={"@vocab": "urn:x:"})),
        (
            "base",
            _put("@context", "+", value={"@base": "https://harbour.example.org/"}),
        ),
        ("null-context", _put("@context", "+", value=None)),
    ):
        yield from GROUP.changed(
            f"{row}/{name}",
            change,
            "a context written into the badge changes what its words mean",
            suites=(RDFC, JCS),
            answers=UNSURE,
        )
    yield _hidden_status(row)
    inline = badge(context=[V2, OB, {"validUntil": "urn:x:until"}], validUntil=AHEAD)
    yield from GROUP.signed(
        f"{row}/signed-with-it",
        inline,
        "the issuer itself signed a context that changes what a word means",
        variants=(JCS, JWT),
    )
    yield from GROUP.changed(
        f"{row}/context-in-the-proof",
        _put("proof", "@context", value={"proofPurpose": "urn:x:nothing"}),
        "a context in the proof",
        suites=(RDFC, JCS),
        answers=UNSURE,
    )
    yield from GROUP.changed(
        f"{row}/context-in-the-subject",
        _put("credentialSubject", "@context", value={"achievement": "urn:x:nothing"}),
        "a context inside the subject",
        suites=(RDFC, JCS),
        answers=UNSURE,
    )


def _hidden_status(row: str) -> HostileFile:
    revoked = proven(badge(NORTHLIGHT, credentialStatus=entry("42")), NORTHLIGHT)
    made = json.loads(json.dumps(revoked))
    iri = {
        "@id": "https://www.w3.org/2018/credentials#credentialStatus",
        "@type": "@id",
    }
    made["@context"] = [*made["@context"], {"state": iri}]
    made["state"] = made.pop("credentialStatus")
    return GROUP.file(
        f"{row}/status-by-inline-context/{RDFC}",
        made,
        "the same statements under another name: the revocation is out of sight",
        answers=UNSURE,
        documents=served(NORTHLIGHT) | {LIST: text(proven(status_list(), NORTHLIGHT))},
    )


def _keywords() -> Iterator[HostileFile]:
    row = "json-ld-keywords"

    def into(name: str, wrap: Callable[[Any], Any]) -> Change:
        def change(made: JsonObject) -> None:
            made[name] = wrap(made.pop("validUntil"))

        return change

    def included(made: JsonObject) -> None:
        made["@included"] = [{"id": made["id"], "validUntil": made.pop("validUntil")}]

    def graph(made: JsonObject) -> None:
        proof = made.pop("proof")
        body = {k: made.pop(k) for k in list(made) if k != "@context"}
        made.update({"@graph": [body], "type": "VerifiableCredential", "proof": proof})

    def keyword_id(made: JsonObject) -> None:
        made["@id"] = made.pop("id")

    def keyword_type(made: JsonObject) -> None:
        made["@type"] = made.pop("type")

    why = "JSON-LD machinery that readers of the JSON do not follow"
    for name, change in (
        ("graph", graph),
        ("included", included),
        ("nest", into("@nest", lambda value: {"validUntil": value})),
        ("set", into("validUntil", lambda value: {"@set": [value]})),
        ("value", into("validUntil", lambda value: {"@value": value})),
    ):
        yield from GROUP.changed(
            f"{row}/{name}",
            change,
            why,
            suites=(RDFC,),
            document=badge(validUntil=PAST),
            answers=UNSURE,
        )
    for name, change in (
        ("reverse", _put("@reverse", value={"evidence": {"id": "urn:x:1"}})),
        ("index", _put("@index", value="x")),
        ("id", keyword_id),
        ("type", keyword_type),
        ("unknown-keyword", _put("@secret", value="x")),
        ("import", _put("@context", "+", value={"@import": OB})),
        ("propagate", _put("@context", "+", value={"@propagate": False})),
        ("language", _put("@context", "+", value={"@language": "en"})),
        ("nested-context", _put("issuer", "@context", value={"name": "urn:x:name"})),
    ):
        yield from GROUP.changed(
            f"{row}/{name}", change, why, suites=(RDFC,), answers=UNSURE
        )
    yield from GROUP.changed(
        f"{row}/nested-bundled-context",
        _put("credentialSubject", "@context", value=[V2, OB]),
        "the same bundled contexts once more: they change no statement",
        "accept-safely",
        suites=(RDFC,),
    )


def _context_addresses() -> Iterator[HostileFile]:
    row = "context-addresses"
    why = "a context that does not come with credwallet; nothing is asked for"
    for name, url in (
        ("remote", "https://contexts.never.example/v1"),
        ("http", "http://contexts.never.example/v1"),
        ("file", "file:///etc/passwd"),
        ("loopback", "https://127.0.0.1/context"),
        ("metadata", "http://169.254.169.254/latest/meta-data"),
        ("lookalike-slash", f"{V2}/"),
        ("lookalike-scheme", V2.replace("https", "http")),
        ("lookalike-host", "https://www.w3.org.never.example/ns/credentials/v2"),
        ("lookalike-letter", V2.replace("w3.org", "w\u0437.org")),
        ("relative", "context.json"),
        ("data", 'data:application/ld+json,{"@context":{}}'),
        ("upper-case", V2.upper()),
    ):
        first = name.startswith("lookalike") or name == "upper-case"
        contexts = [url, OB] if first else [V2, OB, url]
        yield GROUP.file(
            f"{row}/{name}/{RDFC}",
            {**proven(badge()), "@context": contexts},
            why,
            answers=UNSURE,
        )
        # JSON alone can be read without it, but not all of it is then understood.
        can_be_read = url.startswith("https://") and not first
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(context=contexts),
            why,
            "warn" if can_be_read else "reject",
            variants=(JCS, JWT),
            answers=("undetermined", "valid") if can_be_read else UNSURE,
            problem="unknown-context" if can_be_read else "",
        )
    many = [V2, OB, *(f"https://contexts.never.example/{n}" for n in range(3000))]
    for suite in (RDFC, JCS):
        yield GROUP.file(
            f"{row}/three-thousand/{suite}",
            {**proven(badge(), HARBOUR, suite), "@context": many},
            "3,000 contexts",
            answers=UNSURE,
            costly=True,
        )
    yield GROUP.file(
        f"{row}/same-three-thousand-times/{RDFC}",
        {**proven(badge()), "@context": [V2, *[OB] * 3000]},
        "one context 3,000 times",
        answers=UNSURE,
        costly=True,
    )


def _draft() -> Iterator[HostileFile]:
    draft = text(
        {"@context": {"@vocab": "https://www.w3.org/ns/credentials/issuer-dependent#"}}
    )
    made = {**proven(badge()), "honours": "first class"}
    yield GROUP.file(
        "draft-contexts/catch-all",
        made,
        "a v2 context with a catch-all is handed over: the bundled one counts",
        answers=UNSURE,
        documents={V2: draft, OB: draft},
    )


def _poison() -> Iterator[HostileFile]:
    row = "poison-graphs"
    for name, nodes in (
        ("complete-9", _complete(9)),
        ("complete-24", _complete(24)),
        ("tree-1093", _tree(7)),
        ("ring-200", _ring(200)),
        ("eight-thousand-alike", [{"type": "Evidence"} for _ in range(8000)]),
        ("two-cliques", [*_complete(8), *_complete(8, "m")]),
        ("chain-3000", _chain(3000)),
    ):
        bogus = {**proven(badge()), "evidence": nodes}
        yield GROUP.file(
            f"{row}/{name}/{RDFC}",
            bogus,
            "a graph that costs a careless canonicaliser for ever",
            answers=UNSURE,
            costly=True,
        )
    many = {**proven(badge()), "evidence": _complete(9)}
    many["proof"] = [
        {**many["proof"], "created": f"2026-02-01T09:00:0{n}Z"} for n in range(9)
    ]
    yield GROUP.file(
        f"{row}/nine-proofs/{RDFC}",
        many,
        "a poison graph for each proof",
        answers=UNSURE,
        costly=True,
    )
    envelope = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [{**many, "id": f"urn:x:{n}"} for n in range(40)],
    }
    yield GROUP.file(
        f"{row}/in-a-presentation/{RDFC}",
        envelope,
        "forty of them in an envelope",
        answers=UNSURE,
        costly=True,
    )


def _node(name: str, others: list[str]) -> JsonObject:
    return {
        "id": f"_:{name}",
        "type": ["Evidence"],
        "https://example.org/p": [{"@id": f"_:{other}"} for other in others],
    }


def _complete(count: int, name: str = "n") -> list[JsonObject]:
    names = [f"{name}{number}" for number in range(count)]
    return [_node(one, [other for other in names if other != one]) for one in names]


def _ring(count: int) -> list[JsonObject]:
    return [_node(f"n{n}", [f"n{(n + 1) % count}"]) for n in range(count)]


def _chain(count: int) -> list[JsonObject]:
    return [_node(f"n{n}", [f"n{n + 1}"]) for n in range(count)]


def _tree(depth: int) -> list[JsonObject]:
    nodes = []
    pending = [("r", 1)]
    while pending:
        name, level = pending.pop()
        below = [f"{name}{n}" for n in range(3)] if level < depth else []
        nodes.append(_node(name, below))
        pending += [(other, level + 1) for other in below]
    return nodes

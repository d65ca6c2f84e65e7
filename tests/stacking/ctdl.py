"""Short ways to write CTDL, and to draft from it."""

import json
from datetime import date

from credwallet.stacking import lint
from credwallet.stacking.drafts import drafts_of

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
BASE = "https://r.example/resources/"
DAY = date(2026, 11, 25)


def component(name, kind="CredentialComponent", /, **members):
    """A pathway component, by default one that stands for a credential."""
    members.setdefault("proxyFor", f"{BASE}ce-cred-{name}")
    found = {"name": {"en": name.title()}, **members}
    return {"@type": f"ceterms:{kind}", "@id": BASE + name, **prefixed(found)}


def condition(*targets, **members):
    """A component condition over components."""
    if targets:
        members["targetComponent"] = [BASE + target for target in targets]
    return {"@type": "ceterms:ComponentCondition", **prefixed(members)}


def pathway(*nodes, conditions=(), **destination):
    """A graph with a pathway and its destination."""
    if conditions:
        destination["hasCondition"] = list(conditions)
    destination.setdefault("proxyFor", f"{BASE}ce-award")
    top = {"ctid": "ce-p", "name": {"en": "A pathway"}}
    top["hasDestinationComponent"] = [f"{BASE}end"]
    return graph(
        {"@type": "ceterms:Pathway", "@id": f"{BASE}ce-p", **prefixed(top)},
        {
            "@type": "ceterms:CredentialComponent",
            "@id": f"{BASE}end",
            **prefixed(destination),
        },
        *nodes,
    )


def credential(*nodes, **members):
    """A graph with one credential."""
    members.setdefault("name", {"en": "A licence"})
    top = {"@type": "ceterms:License", "@id": f"{BASE}ce-lic", **prefixed(members)}
    return graph(top, *nodes)


def graph(*nodes):
    """A CTDL document."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def prefixed(members):
    """Put `ceterms:` before every member."""
    return {f"ceterms:{name}": value for name, value in members.items()}


def drafts(document):
    """Every draft of a document, each without an error in it."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    found = drafts_of(data, "it.json", read_on=DAY)
    for each in found:
        assert [f for f in lint(each.toml) if f.severity == "error"] == [], each.toml
    return found


def draft(document):
    """The one draft of a document."""
    (found,) = drafts(document)
    return found

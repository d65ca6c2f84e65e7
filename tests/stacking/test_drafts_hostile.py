"""Does every hostile file end in one clear line, and soon?"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.errors import CredwalletError, Unreadable
from credwallet.stacking import load
from credwallet.stacking.drafts import drafts_of
from tests.stacking.ctdl import (
    BASE,
    CONTEXT,
    DAY,
    component,
    condition,
    credential,
    draft,
    pathway,
)
from tests.stacking.test_drafts_credentials import badge, european, record


def basic(name, *conditions):
    """A component that is what its conditions ask for."""
    return component(name, "BasicComponent", proxyFor="", hasCondition=list(conditions))


def chain(length, *, wide):
    """Components within components, each beside another if `wide`."""
    beside = [component(f"x{number}") for number in range(length)] if wide else []
    links = [
        basic(
            f"c{number}",
            condition(
                f"c{number + 1}",
                *([f"x{number}"] if wide else []),
                requiredNumber=1,
            ),
        )
        for number in range(length)
    ]
    last = component(f"c{length}")
    return pathway(*links, *beside, last, conditions=[condition("c0")])


def bomb(length):
    """Each component asks twice for the next."""
    links = [basic(f"c{n}", condition(f"c{n + 1}", f"c{n + 1}")) for n in range(length)]
    return pathway(*links, component(f"c{length}"), conditions=[condition("c0")])


def many(number):
    names = [f"n{each}" for each in range(number)]
    nodes = [component(name) for name in names]
    return pathway(*nodes, conditions=[condition(*names, requiredNumber=1)])


def nested(depth, member):
    inner = top = {}
    for _ in range(depth):
        inner[member] = {}
        inner = inner[member]
    return {"@context": CONTEXT, "@graph": [top]}


@pytest.mark.parametrize(
    "document",
    [
        many(10_000),
        many(21_000),
        bomb(30),
        chain(40, wide=True),
        chain(5_000, wide=False),
        nested(80, "ceterms:hasCondition"),
        record(*(f"p{n} isPartOf whole" for n in range(3000))),
    ],
    ids=["10000", "21000", "bomb", "deep", "long", "json", "record"],
)
def test_what_is_too_large_or_too_deep_is_refused(document):
    if document["@context"] != CONTEXT:
        # Of a record the first 1,000 associations are read, as everywhere.
        assert draft(document).counts.carried == 1001
        return
    with pytest.raises(Unreadable, match=r"more than|deeper than") as caught:
        drafts_of(json.dumps(document).encode(), "it.json", read_on=DAY)
    assert "\n" not in caught.value.what
    assert caught.value.next_step


def test_two_thousand_parts_of_one_name_and_two_megabytes_of_names_fit_or_are_refused():
    names = [f"n{each}" for each in range(2000)]
    nodes = [component(name, name="Same") for name in names]
    found = draft(pathway(*nodes, conditions=[condition(*names, requiredNumber=9)]))
    assert len(load(found.toml, "it").requirements) == 2000
    long = [component(name, description="y" * 900, proxyFor="") for name in names]
    with pytest.raises(Unreadable, match="larger than 1 MiB"):
        draft(pathway(*long, conditions=[condition(*names, requiredNumber=9)]))


def test_a_condition_within_itself_ends():
    node = {"@id": f"{BASE}c", "ceterms:hasCondition": f"{BASE}c"}
    document = pathway(node, conditions=[f"{BASE}c"])
    assert draft(document).notes == (
        f"manual: the condition {BASE}c stands within itself",
    )


SEEDS = [
    pathway(
        component("a", precedes=[f"{BASE}b"], creditValue=[{"schema:value": 3}]),
        component("b", "JobComponent"),
        conditions=[
            condition(
                "a",
                "b",
                requiredNumber=1,
                logicalOperator="logicOp:Or",
                hasConstraint=[{"ceterms:leftSource": ["x"]}],
                hasCondition=[condition("a")],
            )
        ],
    ),
    credential(
        requires=[
            {
                "ceterms:condition": {"en": ["x"]},
                "ceterms:targetCredential": [f"{BASE}ce-1"],
                "ceterms:alternativeCondition": [{"ceterms:minimumAge": 3}],
                "ceterms:creditValue": [{"schema:value": 3}],
            }
        ],
        hasPart=[f"{BASE}ce-2"],
        ownedBy=[{"@id": f"{BASE}ce-3"}],
    ),
    record("a isPartOf b", "a exactMatchOf c", achievements=["a", "b"]),
    badge(related=[{"id": "x"}], tag=["t"], creditsAvailable=3, criteria={"id": "y"}),
    european(
        {
            "title": {"en": "x"},
            "hasPart": {"specifiedBy": {"id": "https://e.example/x"}},
            "specifiedBy": {"volumeOfLearning": "PT1H", "eqfLevel": {"id": "x"}},
            "awardedBy": {"awardingBody": {"legalName": {"en": "y"}}},
        }
    ),
]
junk = st.sampled_from(
    [
        *(None, True, 0, -1, 1.5, 1e300, "", "x", "_:b", [], {}, [[]], [None]),
        *({"@id": 3}, {"@id": f"{BASE}a"}, {"en": 5}, {"en": ["a", None]}),
        *([{"a": [1]}], "\u0000"),
    ]
)


def paths(value, path=()):
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


@settings(max_examples=300)
@given(st.data())
def test_any_member_of_any_kind_ends_in_rules_or_in_one_line(data):
    seed = data.draw(st.sampled_from(SEEDS))
    document = json.loads(json.dumps(seed))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(sorted(paths(document), key=str)))
        at = document
        for step in way:
            at = at[step]
        at[last] = json.loads(json.dumps(data.draw(junk)))
    said = outcome(document)
    assert said
    assert all("\n" not in line for line in said)


def outcome(document):
    """What was refused and what to do; or the notes of rules that read back."""
    try:
        found = drafts_of(json.dumps(document).encode(), "it.json", read_on=DAY)
    except CredwalletError as error:
        return [error.what, error.next_step] if error.next_step else []
    asked = [load(each.toml, "it").requirements for each in found]
    return [note for each in found for note in each.notes] + [str(len(asked))]

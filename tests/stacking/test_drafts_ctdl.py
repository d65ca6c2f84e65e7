"""Do the rules of a CTDL pathway or credential mean what its graph says?"""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.errors import Unreadable, Usage
from credwallet.stacking import load
from tests.stacking.ctdl import (
    BASE,
    DAY,
    component,
    condition,
    credential,
    draft,
    drafts,
    graph,
    pathway,
)
from tests.stacking.given import ask, held

NAMES = "abcde"
OPEN = "CTDL leaves open whether one is enough"


def rules(document):
    """The rules of the one draft of a document."""
    found = draft(document)
    return load(found.toml, found.id)


def parts(*names, **members):
    return [component(name, **members) for name in names]


def tree(qualification):
    """Groups and leaves as nested tuples: (type, n, members) and ids."""
    below = {}
    for leaf in qualification.requirements:
        below.setdefault(leaf.group, []).append(leaf.id)
    for group in reversed(qualification.groups):
        below.setdefault(group.group, []).append(
            (group.type, group.n, sorted(below[group.id], key=str))
        )
    return sorted(below[""], key=str)


def test_the_destination_is_the_award_and_a_component_is_what_it_stands_for():
    found = rules(pathway(*parts("a"), conditions=[condition("a")]))
    assert (found.id, found.title, found.read_on) == ("ce-p", "A pathway", DAY)
    assert found.award.achievement == (f"{BASE}ce-award", "ce-award")
    (leaf,) = found.requirements
    both = (f"{BASE}ce-cred-a", "ce-cred-a")
    assert [match.achievement for match in leaf.match.any] == [both, ()]
    assert [match.alignment for match in leaf.match.any] == [(), both]
    assert found.basis == "rule"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"requiredNumber": 2}, [("n_of", 2, ["a", "b", "c"])]),
        ({"requiredNumber": 3}, ["a", "b", "c"]),
        ({"logicalOperator": "logicOp:And"}, ["a", "b", "c"]),
        ({"logicalOperator": "logicOp:Or"}, [("n_of", 1, ["a", "b", "c"])]),
        (
            {"logicalOperator": {"ceterms:targetNode": "logicOp:Or"}},
            [("n_of", 1, ["a", "b", "c"])],
        ),
        (
            {"logicalOperator": "https://purl.org/ctdl/vocabs/logicOp/Or"},
            [("n_of", 1, ["a", "b", "c"])],
        ),
        (
            {"logicalOperator": "logicOp:OnlyOne"},
            [("n_of", 1, ["a", "b", "c"])],
        ),
    ],
    ids=["number", "all-by-number", "and", "or", "or-object", "or-address", "only-one"],
)
def test_number_and_operator_say_how_many(members, expected):
    document = pathway(*parts("a", "b", "c"), conditions=[condition(*"abc", **members)])
    assert tree(rules(document)) == expected


@pytest.mark.parametrize(
    ("members", "note"),
    [
        ({}, "neither number nor operator"),
        ({"requiredNumber": 0}, "neither number nor operator"),
        ({"requiredNumber": 9}, "asks for 9 of 2: all are asked for"),
        ({"requiredNumber": 1, "logicalOperator": "logicOp:And"}, "the number counts"),
        ({"logicalOperator": "logicOp:OnlyOne"}, "no more than one (OnlyOne)"),
        ({"logicalOperator": "logicOp:Xyz"}, "neither number nor operator"),
    ],
    ids=["nothing", "zero", "too-many", "contradiction", "only-one", "unknown"],
)
def test_what_the_source_leaves_open_is_said_and_makes_an_estimate(members, note):
    found = draft(pathway(*parts("a", "b"), conditions=[condition(*"ab", **members)]))
    assert any(note in each for each in found.notes), found.notes
    assert load(found.toml, "it").basis == "estimate"


def test_not_cannot_be_stated_and_is_reported():
    document = pathway(
        *parts("a", "b"),
        conditions=[
            condition("a"),
            condition("b", logicalOperator="logicOp:Not", name="No B"),
        ],
    )
    found = draft(document)
    assert tree(load(found.toml, "it")) == ["a"]
    assert found.notes == (
        "left out: a condition with Not (No B): nothing may forbid a credential",
    )
    assert found.counts.left == 1


def test_nested_conditions_are_groups():
    inner = [
        condition("a", "b", name="Core", requiredNumber=2),
        condition("c"),
        condition("d", "e", name="Choice", requiredNumber=1),
    ]
    found = rules(
        pathway(
            *parts(*NAMES),
            conditions=[condition(hasCondition=inner, logicalOperator="logicOp:And")],
        )
    )
    assert tree(found) == [("all_of", 1, ["a", "b"]), ("n_of", 1, ["d", "e"]), "c"]
    assert [group.id for group in found.groups] == ["core", "choice"]


def test_a_component_that_stands_for_nothing_is_what_its_conditions_ask_for():
    block = component("block", "BasicComponent", proxyFor=None)
    block["ceterms:hasCondition"] = [condition("a", "b", requiredNumber=1)]
    found = rules(
        pathway(
            block,
            *parts("a", "b", "c"),
            conditions=[condition("block", "c", requiredNumber=2)],
        )
    )
    assert tree(found) == [("n_of", 1, ["a", "b"]), "c"]


@pytest.mark.parametrize(
    "kind",
    [
        "JobComponent",
        "WorkExperienceComponent",
        "CompetencyComponent",
        "CocurricularComponent",
        "ExtracurricularComponent",
        "SomethingNewComponent",
    ],
)
def test_what_no_credential_shows_is_for_people(kind):
    document = pathway(component("a", kind), conditions=[condition("a")])
    found = draft(document)
    (leaf,) = load(found.toml, "it").requirements
    assert leaf.type == "manual"
    assert found.notes == (f"manual: A ({kind}): no credential can show it",)


@pytest.mark.parametrize(
    "kind",
    ["CredentialComponent", "CourseComponent", "AssessmentComponent", "BasicComponent"],
)
def test_without_what_it_stands_for_a_component_is_for_people(kind):
    found = draft(
        pathway(component("a", kind, proxyFor=""), conditions=[condition("a")])
    )
    assert load(found.toml, "it").requirements[0].type == "manual"
    assert found.counts.manual == 1


def constraint(**members):
    return {
        "@type": "ceterms:Constraint",
        "ceterms:leftSource": ["ceterms:creditValue"],
        "ceterms:comparator": "compare:GreaterThanOrEqualTo",
        "ceterms:rightSource": ["8"],
        **members,
    }


def test_a_constraint_stands_beside_its_parts_and_is_for_people():
    document = pathway(
        *parts("a", "b"),
        conditions=[
            condition("a", "b", requiredNumber=1, hasConstraint=[constraint()])
        ],
    )
    found = draft(document)
    qualification = load(found.toml, "it")
    assert tree(qualification) == [("n_of", 1, ["a", "b"]), "creditvalue-at-least-8"]
    assert qualification.requirements[-1].type == "manual"
    assert found.notes == ("manual: constraint: creditValue at least 8",)


def test_only_some_of_the_constraints_may_be_required():
    three = [constraint(**{"ceterms:name": f"C{n}"}) for n in range(3)]
    found = rules(
        pathway(
            *parts("a"),
            conditions=[condition("a", hasConstraint=three, requiredConstraints=2)],
        )
    )
    assert tree(found) == [("n_of", 2, ["c0", "c1", "c2"]), "a"]


def test_what_comes_first_is_only_reported():
    a = component("a", precedes=[f"{BASE}b"])
    b = component("b", precededBy=[f"{BASE}a"], prerequisite=[f"{BASE}a"])
    document = pathway(a, b, conditions=[condition("a", "b", requiredNumber=2)])
    found = draft(document)
    assert found.notes == (
        "left out: order: A comes before B",
        "left out: prerequisite: A comes before B",
    )
    assert load(found.toml, "it").basis == "rule"


def credits_of(amount, unit="creditUnit:SemesterHour"):
    return [
        {
            "@type": "schema:ValueProfile",
            "schema:value": amount,
            "ceterms:creditUnitType": [{"ceterms:targetNode": unit}],
        }
    ]


def test_credit_values_are_weights_and_facts_where_all_have_one():
    document = pathway(
        component("a", creditValue=credits_of(3)),
        component("b", creditValue=credits_of(2.5)),
        component("c", creditValue=credits_of(2.5)),
        conditions=[
            condition(
                "a",
                hasCondition=[condition("b", "c", requiredNumber=1)],
                logicalOperator="logicOp:And",
            )
        ],
    )
    found = rules(document)
    weights = {each.id: each.weight for each in found.requirements}
    assert weights["a"] == 3
    assert found.groups[0].weight == Fraction(5, 2)
    assert [(fact.credits, fact.credit_unit) for fact in found.facts] == [
        (3, "creditUnit:SemesterHour"),
        (Fraction(5, 2), "creditUnit:SemesterHour"),
        (Fraction(5, 2), "creditUnit:SemesterHour"),
    ]


@pytest.mark.parametrize(
    "second",
    [{}, {"creditValue": credits_of(2, "creditUnit:ClockHour")}],
    ids=["without-credits", "another-unit"],
)
def test_credit_values_that_do_not_compare_are_no_weights(second):
    document = pathway(
        component("a", creditValue=credits_of(3)),
        component("b", **second),
        conditions=[condition("a", "b", requiredNumber=2)],
    )
    found = draft(document)
    assert {leaf.weight for leaf in load(found.toml, "it").requirements} == {1}
    assert any("credit values are no weights" in note for note in found.notes)


@pytest.mark.parametrize(
    "value",
    [
        [{"schema:minValue": 2, "schema:maxValue": 4}],
        [{"schema:percentage": 10}],
        [*credits_of(1), *credits_of(2)],
        [{"schema:value": "some"}],
    ],
    ids=["range", "percentage", "two", "words"],
)
def test_credits_that_are_no_single_number_are_left_out(value):
    found = draft(
        pathway(component("a", creditValue=value), conditions=[condition("a")])
    )
    assert found.notes == ("left out: the credits of A: no single exact number",)


def test_what_is_asked_for_twice_may_be_met_by_one_credential():
    twice = component("again", proxyFor=f"{BASE}ce-cred-a")
    document = pathway(
        *parts("a", "b"),
        twice,
        conditions=[condition("a", "b", "again", requiredNumber=3)],
    )
    found = rules(document)
    assert [share.requirements for share in found.shares] == [("a", "again")]
    answer = ask(found, *(held(n, f"{BASE}ce-cred-{n}") for n in "ab"))
    assert answer.satisfied


def test_what_is_not_in_the_file_is_asked_of_people():
    found = draft(pathway(conditions=[condition("nowhere")]))
    assert found.notes == (f"manual: the component {BASE}nowhere is not in the file",)


def test_a_circle_ends_in_a_line_for_people():
    a = component("a", "BasicComponent", proxyFor="", hasCondition=[condition("b")])
    b = component("b", "BasicComponent", proxyFor="", hasCondition=[condition("a")])
    found = draft(pathway(a, b, conditions=[condition("a")]))
    assert "manual: A asks for itself: a circle" in found.notes


def test_of_two_objects_with_one_address_the_first_counts_and_that_is_said():
    found = draft(
        pathway(
            component("a"), component("a", name="Other"), conditions=[condition("a")]
        )
    )
    assert load(found.toml, "it").requirements[0].title == "A"
    assert found.notes == (f"left out: a second object that calls itself {BASE}a",)


def test_rules_that_ask_for_their_own_award_have_no_award():
    document = pathway(
        component("a", proxyFor=f"{BASE}ce-award"), conditions=[condition("a")]
    )
    found = draft(document)
    assert load(found.toml, "it").award is None
    assert "circle" in found.notes[0]


def test_without_conditions_the_children_are_asked_for_as_an_estimate():
    document = pathway(*parts("a", "b"), hasChild=[f"{BASE}a", f"{BASE}b"])
    found = draft(document)
    assert tree(load(found.toml, "it")) == ["a", "b"]
    assert load(found.toml, "it").basis == "estimate"
    assert "all of hasChild is asked for" in found.notes[0]


def test_each_destination_is_rules_of_its_own():
    document = pathway(*parts("a", "b"), conditions=[condition("a")])
    other = component("other", hasCondition=[condition("b")])
    document["@graph"][0]["ceterms:hasDestinationComponent"].append(f"{BASE}other")
    document["@graph"].append(other)
    found = drafts(document)
    assert [each.id for each in found] == [f"ce-p/{BASE}end", "ce-p/Other"]


def test_a_component_that_no_condition_asks_for_is_reported():
    loose = component("b", isPartOf=[f"{BASE}ce-p"])
    found = draft(pathway(component("a"), loose, conditions=[condition("a")]))
    assert found.notes == ("left out: B: no condition asks for it",)


def test_a_member_without_a_place_in_the_rules_is_reported():
    document = pathway(
        component("a", pointValue={"schema:value": 3}), conditions=[condition("a")]
    )
    assert draft(document).notes == ("left out: pointValue of A",)


def test_the_english_name_is_taken_else_the_first():
    document = pathway(
        component("a", name={"fr": "Un", "en-GB": "One"}),
        component("b", name={"fr": "Deux", "de": "Zwei"}),
        conditions=[condition("a", "b", requiredNumber=2)],
    )
    assert [leaf.title for leaf in rules(document).requirements] == ["One", "Deux"]


def bare(value):
    """Take the prefixes away and write every reference as an object."""
    if isinstance(value, list):
        return [bare(entry) for entry in value]
    if isinstance(value, dict):
        return {key.removeprefix("ceterms:"): bare(each) for key, each in value.items()}
    if isinstance(value, str) and value.startswith(BASE):
        return {"@id": value}
    return value.removeprefix("ceterms:") if isinstance(value, str) else value


def test_terms_without_prefix_and_references_as_objects_mean_the_same():
    document = pathway(
        *parts("a", "b"), conditions=[condition("a", "b", requiredNumber=1)]
    )
    plain = {
        "@context": document["@context"],
        "@graph": [{**bare(node), "@id": node["@id"]} for node in document["@graph"]],
    }
    assert draft(plain) == draft(document)


def test_components_within_each_other_are_found():
    inner = component("a")
    document = pathway(conditions=[condition()])
    document["@graph"][1]["ceterms:hasCondition"] = [
        {"ceterms:targetComponent": [inner]}
    ]
    assert [leaf.id for leaf in rules(document).requirements] == ["a"]


# Another implementation: the graph itself, asked directly.


def satisfied(node, have):
    kind, number, members = node
    if kind == "leaf":
        return members in have
    met = sum(satisfied(member, have) for member in members)
    return met >= (number or (1 if kind == "or" else len(members)))


def written(node):
    """Write a tree as a condition; a leaf stands among the target components."""
    kind, number, members = node
    targets = [m[2] for m in members if m[0] == "leaf"]
    inner = [written(m) for m in members if m[0] != "leaf"]
    said = {"hasCondition": inner} if inner else {}
    if number:
        said["requiredNumber"] = number
    else:
        said["logicalOperator"] = "logicOp:Or" if kind == "or" else "logicOp:And"
    return condition(*targets, **said)


leaves = st.sampled_from(NAMES).map(lambda name: ("leaf", 0, name))


def branches(children):
    def numbered(members):
        return st.integers(0, len(members)).flatmap(
            lambda number: st.sampled_from(["and", "or"]).map(
                lambda kind: (kind if not number else "n", number, members)
            )
        )

    return st.lists(children, min_size=1, max_size=4).flatmap(numbered)


trees = branches(st.recursive(leaves, branches, max_leaves=6))


@settings(max_examples=60)
@given(trees)
def test_the_rules_are_satisfied_exactly_when_the_graph_is(node):
    """By every set of credentials that can be held."""
    qualification = rules(pathway(*parts(*NAMES), conditions=[written(node)]))
    for size in range(len(NAMES) + 1):
        for have in itertools.combinations(NAMES, size):
            holdings = [held(name, f"{BASE}ce-cred-{name}") for name in have]
            assert ask(qualification, *holdings).satisfied == satisfied(node, have)


# Credentials.


def profile(**members):
    return {
        "@type": "ceterms:ConditionProfile",
        **{f"ceterms:{name}": value for name, value in members.items()},
    }


def test_targets_of_a_condition_profile_are_asked_for_and_prose_is_for_people():
    document = credential(
        requires=[
            profile(
                description={"en": "All of this."},
                condition={"en": ["Be eighteen", "Own a car"]},
                targetCredential=[f"{BASE}ce-one"],
                targetAssessment=[f"{BASE}ce-two"],
            )
        ]
    )
    found = draft(document)
    qualification = load(found.toml, "it")
    assert [(leaf.id, leaf.type) for leaf in qualification.requirements] == [
        ("ce-one", "credential"),
        ("ce-two", "credential"),
        ("be-eighteen", "manual"),
        ("own-a-car", "manual"),
    ]
    assert qualification.award.achievement == (f"{BASE}ce-lic", "ce-lic")
    assert qualification.basis == "estimate"
    assert found.notes == ("manual: Be eighteen", "manual: Own a car")
    assert found.counts == (5, 2, 0)


def test_a_resource_without_an_address_is_for_people():
    course = {
        "@id": "_:b1",
        "@type": "ceterms:LearningOpportunityProfile",
        "ceterms:name": {"en": "Outside"},
    }
    document = credential(
        course, requires=[profile(targetLearningOpportunity=["_:b1"])]
    )
    found = draft(document)
    assert found.notes == (
        "manual: Outside: it has no address that a badge could name",
    )


def test_alternative_conditions_are_a_choice():
    ways = [profile(targetCredential=[f"{BASE}ce-{n}"]) for n in ("one", "two")]
    found = rules(
        credential(
            requires=[
                profile(targetCredential=[f"{BASE}ce-all"], alternativeCondition=ways)
            ]
        )
    )
    assert tree(found) == [("n_of", 1, ["ce-one", "ce-two"]), "ce-all"]


def test_several_profiles_are_all_asked_for_and_that_is_a_guess():
    document = credential(
        requires=[
            profile(targetCredential=[f"{BASE}ce-one"]),
            profile(creditValue=credits_of(10.0)),
            profile(
                minimumAge=18, targetCompetency=[{"ceterms:targetNodeName": "Care"}]
            ),
        ]
    )
    found = draft(document)
    assert found.notes == (
        "manual: 10 credits (creditUnit:SemesterHour): which credits count is not said",
        "manual: targetCompetency: Care",
        "manual: minimumAge: 18",
        f"read as: all 3 of its conditions (requires) are asked for: {OPEN}",
    )


def test_parts_are_named_by_the_whole_or_by_themselves():
    one = {"@type": "ceterms:Badge", "@id": f"{BASE}ce-one"}
    two = {**one, "@id": f"{BASE}ce-two", "ceterms:isPartOf": [f"{BASE}ce-lic"]}
    found = rules(credential(one, two, hasPart=[f"{BASE}ce-one"]))
    assert tree(found) == ["ce-one", "ce-two"]
    outside = {**two, "ceterms:isPartOf": ["https://elsewhere.example/ce-whole"]}
    found = rules(graph(outside))
    assert (found.id, tree(found)) == ("ce-whole", ["ce-two"])


def test_what_is_about_other_credentials_or_offers_is_left_out_by_name():
    document = credential(
        requires=[profile(targetCredential=[f"{BASE}ce-one"])],
        preparationFrom=[profile(targetCredential=[f"{BASE}ce-prep"])],
        renewal=[profile(description="Each year")],
        estimatedCost=[{"ceterms:price": 3}],
    )
    assert draft(document).notes == (
        f"left out: preparationFrom: {BASE}ce-prep",
        "left out: renewal",
        "left out: estimatedCost: for `credwallet offer add`",
    )


def test_a_credential_that_says_nothing_about_its_parts_is_refused():
    with pytest.raises(Usage, match="does not say what an award is made of"):
        drafts(credential())


def test_more_than_a_file_can_hold_is_refused_in_one_line():
    many = [component(f"n{number}") for number in range(2001)]
    document = pathway(*many, conditions=[condition(*(f"n{n}" for n in range(2001)))])
    with pytest.raises(Unreadable, match="more than 2,000 things"):
        drafts(document)

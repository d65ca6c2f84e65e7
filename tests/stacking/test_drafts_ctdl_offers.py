"""What of a CTDL file becomes an offer, and what is too vague for one?"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from credwallet.errors import Usage
from credwallet.stacking.offers import ctdl_offers, read_offers
from tests.stacking.ctdl import BASE, component, condition, credential, draft, pathway
from tests.stacking.given import ask
from tests.stacking.test_drafts_ctdl import profile, rules


def offer(*nodes, **members):
    """The one offer of a credential."""
    data = json.dumps(credential(*nodes, **members)).encode()
    (found,) = read_offers(data, "it.json")
    return found


def notes(**members):
    return ctdl_offers.left_out(json.dumps(credential(**members)).encode(), "it.json")


def cost(price, currency="USD", kind="Tuition", **members):
    return {
        "ceterms:price": price,
        "ceterms:currency": currency,
        "ceterms:directCostType": {"ceterms:targetNode": f"costType:{kind}"},
        **{f"ceterms:{name}": value for name, value in members.items()},
    }


def lasting(**members):
    return [{f"ceterms:{name}Duration": value for name, value in members.items()}]


def test_an_offer_gives_what_the_resource_is():
    org = {"@id": f"{BASE}ce-org", "@type": "ceterms:CredentialOrganization"}
    found = offer(
        {**org, "ceterms:name": {"en": "A School"}},
        ownedBy=[f"{BASE}ce-org"],
        estimatedCost=[cost(99.5)],
        estimatedDuration=lasting(exact="PT40H"),
        deliveryType=[{"ceterms:targetNode": "deliveryType:OnlineOnly"}],
        occupationType=[{"ceterms:targetNode": "https://o.example/15-1122.00"}],
        creditValue=[{"schema:value": 2.5, "ceterms:creditUnitType": ["cu:Hour"]}],
        subjectWebpage="https://school.example",
    )
    assert (found.id, found.title, found.provider) == (
        "ce-lic",
        "A licence",
        "A School",
    )
    assert (found.cost, found.currency, found.hours) == (Fraction(199, 2), "USD", 40)
    assert (found.mode, found.source) == ("online", "https://school.example")
    gives = found.gives
    assert (gives.handle, gives.achievement) == ("ce-lic", f"{BASE}ce-lic")
    assert (gives.same_as, gives.kind, gives.assumed) == (("ce-lic",), "license", True)
    assert (gives.credits, gives.credit_unit) == (Fraction(5, 2), "cu:Hour")
    assert "https://o.example/15-1122.00" in gives.alignments


def test_what_an_offer_gives_fits_what_a_pathway_asks_for():
    a = component("a", proxyFor=f"{BASE}ce-lic")
    asked = rules(pathway(a, conditions=[condition("a")]))
    found = offer(estimatedCost=[cost(1)])
    assert ask(asked, found.gives).satisfied


@pytest.mark.parametrize(
    ("costs", "total"),
    [
        ([cost(100, kind="Application"), cost(12999.0)], 13099),
        ([cost(100, kind="AggregateCost"), cost(90)], 100),
        ([cost(0)], 0),
        ([{**cost(1), "ceterms:price": "9.99"}], Fraction(999, 100)),
    ],
    ids=["sum", "total", "free", "text"],
)
def test_prices_of_different_kinds_add_up_unless_there_is_a_total(costs, total):
    assert offer(estimatedCost=costs).cost == total


@pytest.mark.parametrize(
    ("costs", "why"),
    [
        ([cost(1), cost(2)], "several prices may be alternatives"),
        ([cost(1), cost(2, "EUR", "Application")], "the currency is open"),
        ([cost(1, "Dollar")], "the currency is open"),
        ([cost(1, None)], "the currency is open"),
        ([cost("free")], "a price is no number"),
        ([cost(-1)], "a price is no number"),
        ([cost(1, residencyType=["residency:InState"])], "prices depend on who pays"),
    ],
    ids=["two", "currencies", "word", "none", "words", "negative", "residents"],
)
def test_a_cost_that_is_not_exact_is_left_out_and_said(costs, why):
    found = offer(estimatedCost=costs)
    assert (found.cost, found.currency) == (None, "")
    assert notes(estimatedCost=costs) == (f"A licence: no cost: {why}",)


@pytest.mark.parametrize(
    ("duration", "hours"),
    [
        (lasting(exact="PT40H"), 40),
        (lasting(minimum="PT4H", maximum="PT4H"), 4),
        (lasting(minimum="P8W", maximum="P12W"), None),
        (lasting(exact="P1M"), None),
        ([{"ceterms:description": {"en": "long"}}], None),
        ([*lasting(exact="PT1H"), *lasting(exact="PT2H")], None),
    ],
    ids=["exact", "equal", "weeks", "month", "words", "two"],
)
def test_only_exact_hours_are_hours(duration, hours):
    assert offer(estimatedDuration=duration).hours == hours
    assert len(notes(estimatedDuration=duration)) == (hours is None)


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        (["deliveryType:InPerson"], "face"),
        (["deliveryType:BlendedDelivery"], "blended"),
        (["deliveryType:OnlineOnly", "deliveryType:InPerson"], ""),
        (["deliveryType:VariableSite"], ""),
        ([], ""),
    ],
)
def test_the_mode_is_said_where_there_is_one(said, mode):
    assert offer(deliveryType=said, offeredBy=["x"]).mode == mode


def test_what_must_be_held_before_is_required():
    found = offer(
        entryCondition=[profile(targetCredential=[f"{BASE}ce-first"])],
        requires=[profile(targetCredential=[f"{BASE}ce-part"])],
    )
    assert found.requires == (f"{BASE}ce-first",)


def test_organisations_pathways_and_components_offer_nothing():
    document = pathway(component("a"), conditions=[condition("a")])
    draft(document)
    with pytest.raises(Usage, match="offers nothing"):
        read_offers(json.dumps(document).encode(), "it.json")


@pytest.mark.parametrize(
    "data",
    [b'{"ceterms:a": ', b'{"ceterms:a": 1}', b'[{"ceterms:a": NaN}]', b'["ceterms:"]'],
)
def test_a_broken_file_ends_in_one_line(data):
    assert ctdl_offers.sniff(data)
    with pytest.raises(Usage) as caught:
        read_offers(data, "it.json")
    assert caught.value.what.startswith("it.json")
    assert caught.value.next_step


@pytest.mark.parametrize(
    "data", [b"id,achievement\n", b'format = "ceterms:"', b"{}", b""]
)
def test_other_files_are_left_to_others(data):
    assert not ctdl_offers.sniff(data)


def test_the_samples_offer_what_they_cost(vectors: Path):
    folder = vectors.parent / "stacking" / "ctdl"
    if not folder.is_dir():
        pytest.skip("third-party stacking data: no folder stacking beside the vectors")
    name = "CredentialWithMultipleLanguages_Api_output.json"
    data = (folder / name).read_bytes()
    (found,) = read_offers(data, name)
    assert (found.cost, found.currency, found.hours) == (13099, "USD", None)
    assert ctdl_offers.left_out(data, name) == (
        "Bachelor of Science in Accounting: no hours: P8W to P12W is no exact number",
    )

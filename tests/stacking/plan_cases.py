"""Small cases of what to take next, at random, contested on purpose."""

import random
from datetime import timedelta
from fractions import Fraction
from functools import cache

from credwallet.model.offer import Offer
from credwallet.model.plan import Limits, Money
from credwallet.model.qualification import Holding
from tests.stacking import oracle, plan_oracle, random_cases

MODES = ("online", "face", "blended")


@cache
def random_plan(seed, *, most=4_000, offers=7):
    """A case with offers and limits, what it may minimise, and what finishes it."""
    chance = random.Random(f"plan {seed}")  # noqa: S311 -- cases, no secrets
    while True:
        case = random_cases._case(chance)
        case["credential"] = case["credential"][: chance.randint(0, 4)]
        case["rates"] = {"USD": Fraction("0.92")}
        case["offer"] = [_offer(chance, i) for i in range(chance.randint(2, offers))]
        _require(chance, case)
        whole = plan_oracle.everything_held(case, case["offer"])
        if oracle.size(whole) > most:
            continue
        used = plan_oracle.finishing(case)
        if frozenset() in used:
            continue
        minimise = chance.choice(["cost", "cost", "hours"])
        free = plan_oracle.best(case, {}, minimise, used)
        if free is None and chance.random() < 0.95:
            continue
        return case, _limits(chance, case, free or []), minimise, used


def _offer(chance, index):
    gives = random_cases._credential(chance, index)
    for key in ("status", "result"):
        gives.pop(key, None)
    if chance.random() < 0.8:
        gives.pop("issued")
    if chance.random() < 0.7:
        gives.pop("expires", None)
    offer = {
        "id": f"o{index}",
        "gives": gives,
        "cost": Fraction(chance.choice(["0", "10", "20", "20", "25", "40", "1/3"])),
        "currency": chance.choice(["EUR", "EUR", "USD"]),
        "hours": Fraction(chance.choice(["0", "2", "5", "5", "7", "10", "7/2"])),
        "mode": chance.choice(MODES),
    }
    for key, odds in (("cost", 0.06), ("hours", 0.06), ("mode", 0.06)):
        if chance.random() < odds:
            del offer[key]
    if chance.random() < 0.35:
        begins = random_cases.AS_OF + timedelta(days=chance.randint(-1, 25))
        if chance.random() < 0.8:
            offer["starts"] = begins
        if chance.random() < 0.8:
            offer["ends"] = begins + timedelta(days=chance.randint(0, 12))
    return offer


def _require(chance, case):
    """Let some offers require what others give, and now and then anything."""
    names = [offer["gives"]["achievement"] for offer in case["offer"]]
    for offer in case["offer"]:
        if chance.random() < 0.3:
            some = chance.sample(names, chance.choice([1, 1, 2]))
            if chance.random() < 0.1:
                some.append("ach:" + chance.choice("ABCDEFGHIJ"))
            offer["requires"] = some


def _limits(chance, case, free):
    """Limits near what is needed, so that some of them are just too tight."""
    limits = {}
    if chance.random() < 0.2:
        limits["mode"] = chance.sample(MODES, 2)
    if chance.random() < 0.4:
        days = chance.choice([0, 7, 14, 20, 30, 40, 50, 60])
        limits["by"] = case["as_of"] + timedelta(days=days)
    if chance.random() < 0.4:
        limits["per_week"] = Fraction(chance.choice(["2", "7/2", "5", "7", "14", "21"]))
    near = [Fraction(n) for n in ("0.7", "0.9", "1", "1", "1.2", "1.6")]
    for key, what in (("budget", "cost"), ("hours", "hours")):
        amount = plan_oracle.total(case, free, what)
        if amount and chance.random() < 0.35:
            limits[key] = amount * chance.choice(near)
    return limits


def offers_of(case):
    """The offers as ours."""
    return [
        Offer(
            id=entry["id"],
            gives=holding_of(entry["gives"] | {"id": entry["id"]}),
            mode=entry.get("mode", ""),
            cost=entry.get("cost"),
            currency=entry["currency"] if "cost" in entry else "",
            hours=entry.get("hours"),
            starts=entry.get("starts"),
            ends=entry.get("ends"),
            requires=tuple(entry.get("requires", ())),
        )
        for entry in case["offer"]
    ]


def holding_of(credential):
    """What an offer gives as ours."""
    return Holding(
        handle=credential["id"],
        achievement=credential["achievement"],
        issuer=credential["issuer"],
        issued=credential.get("issued"),
        expires=credential.get("expires"),
        credits=credential.get("credits"),
        credit_unit=credential.get("credit_unit", ""),
        level=Fraction(credential["level"]),
        kind=credential["kind"],
        tags=tuple(credential["tag"]),
        assumed=True,
    )


def limits_of(limits):
    """The limits as ours."""
    return Limits(
        budget=limits.get("budget"),
        hours=limits.get("hours"),
        modes=tuple(limits.get("mode", ())),
        by=limits.get("by"),
        per_week=limits.get("per_week"),
    )


def money_of(case):
    return Money("EUR", tuple(case["rates"].items()))

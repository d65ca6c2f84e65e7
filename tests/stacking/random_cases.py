"""Small cases at random, contested on purpose."""

import random
from datetime import date
from fractions import Fraction

from tests.stacking import oracle

AS_OF = date(2026, 11, 24)
TAGS = ("x", "y", "z")
ISSUERS = ("https://a.example", "https://b.example")


def random_case(seed, *, least=12, most=4000):
    """A case that the oracle can enumerate and that has something to decide."""
    chance = random.Random(seed)  # noqa: S311 -- cases, no secrets
    while True:
        case = _case(chance)
        if least <= oracle.size(case) <= most:
            return case


def _case(chance):  # noqa: C901 -- one die after the other
    leaves, groups = _tree(chance)
    names = [leaf["id"] for leaf in leaves if leaf["type"] != "manual"]
    qualification = {
        "id": "q",
        "issuer_ids": ["https://a.example"],
        "credit_unit": "ects",
        "total_credits": Fraction(chance.choice([10, 20])),
    }
    if chance.random() < 0.5:
        qualification["hours_per_credit"] = {"ects": Fraction(25), "nz": Fraction(10)}
    if chance.random() < 0.2:
        qualification["expired"] = "count"
    if chance.random() < 0.2:
        qualification["max_age_years"] = 3
    case = {
        "as_of": AS_OF,
        "qualification": qualification,
        "requirement": leaves,
        "group": groups,
        "share": [],
        "cap": [],
        "gate": [],
        "waived": set(),
        "credential": [_credential(chance, i) for i in range(chance.randint(3, 8))],
    }
    if len(names) >= 2 and chance.random() < 0.4:
        for _ in range(chance.randint(1, 2)):
            some = chance.sample(names, chance.randint(2, min(3, len(names))))
            case["share"].append({"requirements": some})
    for index in range(chance.choice([0, 0, 1, 2])):
        cap = {"id": f"cap{index}", "match": _match(chance)}
        cap.update(_limit(chance, "max"))
        if chance.random() < 0.2:
            cap["requirements"] = [chance.choice(names or [leaves[0]["id"]])]
        case["cap"].append(cap)
    for index in range(chance.choice([0, 0, 1, 2])):
        gate = {"id": f"gate{index}", "match": _match(chance)}
        gate.update(_limit(chance, "min"))
        if chance.random() < 0.2:
            gate["requirements"] = [chance.choice(names or [leaves[0]["id"]])]
        case["gate"].append(gate)
    if chance.random() < 0.1:
        case["waived"].add(chance.choice(leaves)["id"])
    return case


def _limit(chance, prefix):
    kind = chance.choice(["_count", "_credits", "_percent"])
    if kind == "_count":
        return {prefix + kind: chance.randint(1, 3)}
    if kind == "_credits":
        return {prefix + kind: Fraction(chance.choice(["3", "4.5", "6", "10"]))}
    return {prefix + kind: Fraction(chance.choice(["20", "33.3", "50"]))}


def _match(chance):  # noqa: PLR0911 -- a table in disguise
    kind = chance.choice(
        ["tag", "tag", "tags", "kind", "issuer", "level", "all", "any"]
    )
    if kind == "tag":
        return {"tag": [chance.choice(TAGS)]}
    if kind == "tags":
        return {"tag": chance.sample(TAGS, 2)}
    if kind == "kind":
        return {"kind": [chance.choice(["micro", "apel"])]}
    if kind == "issuer":
        return {chance.choice(["issuer", "not_issuer"]): [chance.choice(ISSUERS)]}
    if kind == "level":
        return {"min_level": 5}
    if kind == "any":
        return {"any": [{"tag": ["x"]}, {"kind": ["apel"], "min_level": 4}]}
    return {}


def _leaf(chance, index, inside):
    kind = chance.choice(["credential", "credential", "count", "credits", "credits"])
    if chance.random() < 0.03:
        kind = "manual"
    leaf = {"id": f"r{index}", "type": kind}
    if inside:
        leaf["in"] = inside
    if kind == "count":
        leaf["n"] = chance.randint(1, 3)
    if kind == "credits":
        leaf["credits"] = Fraction(chance.choice(["2", "3", "4.5", "5", "7.5", "10"]))
    if kind != "manual":
        leaf["match"] = _match(chance)
        if chance.random() < 0.3:
            some = chance.sample("ABCDEF", chance.randint(1, 3))
            leaf["match"] = {"achievement": [f"ach:{letter}" for letter in some]}
    leaf["weight"] = Fraction(chance.choice(["1", "1", "2", "3", "0.5"]))
    return leaf


def _tree(chance):
    shape = chance.choice(["flat", "flat", "choice", "nested"])
    leaves = [_leaf(chance, index, "") for index in range(chance.randint(1, 3))]
    groups = []
    if shape == "choice":
        count = chance.randint(2, 3)
        n = chance.randint(1, count)
        groups.append({"id": "g", "type": "n_of", "n": n, "weight": Fraction(3)})
        leaves += [_leaf(chance, 10 + i, "g") for i in range(count)]
    if shape == "nested":
        groups.append({"id": "g", "type": "n_of", "n": 1, "weight": Fraction(2)})
        groups.append({"id": "h", "type": "all_of", "in": "g"})
        leaves += [_leaf(chance, 20 + i, "h") for i in range(2)]
        leaves.append(_leaf(chance, 30, "g"))
    return leaves, groups


def _credential(chance, index):
    credential = {
        "id": f"c{index}",
        "achievement": "ach:" + chance.choice("ABCDEFGHIJ"),
        "issuer": chance.choice(ISSUERS),
        "tag": chance.sample(TAGS, chance.randint(1, 3)),
        "kind": chance.choice(["micro", "apel"]),
        "level": chance.randint(3, 6),
        "issued": date(chance.randint(2021, 2026), chance.randint(1, 11), 24),
    }
    if chance.random() < 0.9:
        amount = chance.choice(["1", "1.5", "2", "3", "4", "5", "10/3"])
        credential["credits"] = Fraction(amount)
        if chance.random() < 0.95:
            credential["credit_unit"] = chance.choice(["ects", "ects", "nz", "other"])
    if chance.random() < 0.4:
        credential["expires"] = date(chance.randint(2026, 2028), 11, 24)
    if chance.random() < 0.1:
        credential["status"] = chance.choice(["revoked", "unverified"])
    if chance.random() < 0.1:
        credential["result"] = chance.choice(["Enrolled", "Failed", "InProgress"])
    return credential


def random_pair(seed):
    """Two qualifications that exclude each other, over the same credentials."""
    chance = random.Random(seed)  # noqa: S311 -- cases, no secrets
    while True:
        first, second = _case(chance), _case(chance)
        for case, name in ((first, "first"), (second, "second")):
            rules = case["qualification"]
            rules["id"] = name
            rules.pop("max_age_years", None)
            rules["expired"] = "ignore"
            rules.pop("hours_per_credit", None)
            case["waived"] = set()
            case["exclusive"] = [{"group": "pathways"}]
            case["credential"] = first["credential"]
        sizes = [oracle.size(first), oracle.size(second)]
        if min(sizes) >= 6 and max(sizes) <= 150:
            return first, second

"""A second answer, by trying everything: slow, plain, and sharing no code with ours.

A case is a dictionary of plain values; `toml_of` and `what_if_of` write it as files for
ours, `answer` solves it here.
"""

import itertools
from datetime import date
from fractions import Fraction


def usable(case, credential):  # noqa: PLR0911 -- one question after the other
    rules = case["qualification"]
    if credential.get("status", "verified") != "verified":
        return False
    if credential.get("result", "Completed") != "Completed":
        return False
    issued, expires = credential.get("issued"), credential.get("expires")
    if issued and issued > case["as_of"]:
        return False
    ignored = rules.get("expired", "ignore") == "ignore"
    if ignored and expires and expires <= case["as_of"]:
        return False
    years = rules.get("max_age_years")
    if years:
        if not issued:
            return False
        if case["as_of"] >= date(issued.year + years, issued.month, issued.day):
            return False
    return True


def worth_in_unit(case, credential):
    rules = case["qualification"]
    unit, mine = credential.get("credit_unit"), rules.get("credit_unit")
    if credential.get("credits") is None or unit is None or mine is None:
        return Fraction(0)
    if unit == mine:
        return credential["credits"]
    hours = rules.get("hours_per_credit", {})
    if unit in hours and mine in hours:
        return credential["credits"] * hours[unit] / hours[mine]
    return Fraction(0)


def fits(match, credential):  # noqa: PLR0911 -- as above
    if "achievement" in match and credential["achievement"] not in match["achievement"]:
        return False
    if "tag" in match and not set(match["tag"]) & set(credential.get("tag", [])):
        return False
    if "kind" in match and credential.get("kind") not in match["kind"]:
        return False
    if "issuer" in match and credential.get("issuer") not in match["issuer"]:
        return False
    if "not_issuer" in match and credential.get("issuer") in match["not_issuer"]:
        return False
    if "min_level" in match:
        level = credential.get("level")
        if level is None or level < match["min_level"]:
            return False
    if "any" in match:
        return any(fits(inner, credential) for inner in match["any"])
    return True


def need(leaf):
    return {"credential": Fraction(1)}.get(
        leaf["type"], Fraction(leaf.get("n", leaf.get("credits", 1)))
    )


def weight(case, node):
    if "weight" in node:
        return node["weight"]
    if node["type"] == "all_of":
        return sum(weight(case, m) for m in members(case, node["id"]))
    if node["type"] == "n_of":
        return Fraction(node["n"])
    return need(node)


def members(case, group):
    nodes = case["requirement"] + case["group"]
    return [node for node in nodes if node.get("in", "") == group]


def fraction_of(case, node, leaf_fractions):
    if node["type"] not in ("all_of", "n_of"):
        return leaf_fractions[node["id"]]
    inside = members(case, node["id"])
    found = [fraction_of(case, m, leaf_fractions) for m in inside]
    if node["type"] == "n_of":
        return sum(sorted(found)[-node["n"] :]) / node["n"]
    weights = [weight(case, m) for m in inside]
    return sum(w * f for w, f in zip(weights, found, strict=True)) / sum(weights)


def ways(case, number, together):
    """All sets of requirements that one credential may stand in, and None."""
    credential = case["credential"][number]
    amount = {}
    for index, leaf in enumerate(case["requirement"]):
        if leaf["id"] in case["waived"] or leaf["type"] == "manual":
            continue
        brings = Fraction(1)
        if leaf["type"] == "credits":
            brings = worth_in_unit(case, credential)
        if brings and fits(leaf["match"], credential):
            amount[index] = brings
    for size in range(1, len(amount) + 1):
        for chosen in itertools.combinations(amount, size):
            pairs = itertools.combinations(chosen, 2)
            if all(pair in together for pair in pairs):
                yield chosen


def pairs_shared(case):
    index = {leaf["id"]: i for i, leaf in enumerate(case["requirement"])}
    shared = set()
    for share in case["share"]:
        for one, other in itertools.permutations(share["requirements"], 2):
            shared.add((index[one], index[other]))
    return shared


def choices_of(case):
    """For each achievement, in the order of its first credential, its choices."""
    together = pairs_shared(case)
    order = sorted(
        range(len(case["credential"])), key=lambda n: case["credential"][n]["id"]
    )
    by_achievement = {}
    for number in order:
        credential = case["credential"][number]
        if usable(case, credential):
            by_achievement.setdefault(credential["achievement"], []).append(number)
    result = []
    for numbers in by_achievement.values():
        options = sorted(
            (leaves, case["credential"][number]["id"], number)
            for number in numbers
            for leaves in ways(case, number, together)
        )
        result.append([*options, None])
    return result


def within(limit, case, uses, key):
    """Sum what a cap or gate looks at."""
    found = []
    for leaves, _, number in uses:
        credential = case["credential"][number]
        names = {case["requirement"][leaf]["id"] for leaf in leaves}
        where = set(limit.get("requirements", names))
        if fits(limit["match"], credential) and names & where:
            found.append(worth_in_unit(case, credential) if key == "credits" else 1)
    return sum(found, Fraction(0))


def bounds_of(case, limit, prefix):
    total = case["qualification"].get("total_credits")
    if prefix + "_count" in limit:
        yield "count", Fraction(limit[prefix + "_count"])
    if prefix + "_credits" in limit:
        yield "credits", limit[prefix + "_credits"]
    if prefix + "_percent" in limit:
        yield "credits", total * limit[prefix + "_percent"] / 100


def judge(case, uses):
    """The objective of one assignment, or None if a cap forbids it."""
    for cap in case["cap"]:
        for key, bound in bounds_of(case, cap, "max"):
            if within(cap, case, uses, key) > bound:
                return None
    fractions, done = {}, 0
    for index, leaf in enumerate(case["requirement"]):
        have = Fraction(0)
        for leaves, _, number in uses:
            if index in leaves:
                credential = case["credential"][number]
                credits_ = leaf["type"] == "credits"
                have += worth_in_unit(case, credential) if credits_ else 1
        fractions[leaf["id"]] = min(Fraction(1), have / need(leaf))
        if leaf["id"] in case["waived"]:
            fractions[leaf["id"]] = Fraction(1)
        done += fractions[leaf["id"]] == 1
    whole = fraction_of(case, {"type": "all_of", "id": ""}, fractions)
    met = 0
    for gate in case["gate"]:
        met += all(
            within(gate, case, uses, key) >= bound
            for key, bound in bounds_of(case, gate, "min")
        )
    satisfied = whole == 1 and met == len(case["gate"])
    return (satisfied, whole, met, done, -len(uses))


def answer(case):
    """The best objective, and the canonical allocation that reaches it."""
    best, best_choice = None, None
    choices = choices_of(case)
    # Products come in canonical order, so that the first of equals stays.
    for choice in itertools.product(*choices):
        uses = [use for use in choice if use is not None]
        found = judge(case, uses)
        if found is not None and (best is None or found > best):
            best, best_choice = found, choice
    allocation = {
        use[1]: [case["requirement"][leaf]["id"] for leaf in use[0]]
        for use in best_choice
        if use is not None
    }
    return best, allocation


def size(case):
    count = 1
    for options in choices_of(case):
        count *= len(options)
    return count


def literal(value):  # noqa: PLR0911 -- a table of kinds
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        return f'"{value}"'
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, list):
        return "[" + ", ".join(literal(entry) for entry in value) + "]"
    if isinstance(value, dict):
        inner = ", ".join(f'"{key}" = {literal(entry)}' for key, entry in value.items())
        return "{ " + inner + " }"
    return str(value)


def _table(header, values):
    lines = [header]
    lines += [f"{key} = {literal(value)}" for key, value in values.items()]
    return "\n".join(lines)


def toml_of(case):
    parts = ['format = "credwallet-qualification/1"']
    parts.append(_table("[qualification]", case["qualification"]))
    for name in ("requirement", "group", "share", "cap", "gate", "exclusive"):
        parts += [_table(f"[[{name}]]", entry) for entry in case.get(name, [])]
    return "\n".join(parts)


def what_if_of(case):
    parts = ['format = "credwallet-what-if/1"']
    for credential in case["credential"]:
        values = dict(credential)
        if "result" in values:
            values["result_status"] = values.pop("result")
        if "credits" in values:
            values["credits"] = str(values["credits"])
        parts.append(_table("[[credential]]", values))
    own = {"qualification": case["qualification"]["id"], "type": "waive"}
    parts.extend(
        _table("[[override]]", own | {"requirement": name})
        for name in sorted(case["waived"])
    )
    return "\n".join(parts)


def answer_pair(first, second):
    """The best of two that share no achievement, the first preferred."""
    options = []
    for one, other in zip(choices_of(first), choices_of(second), strict=True):
        mine = [(0, use) for use in one if use] + [(1, use) for use in other if use]
        options.append([*mine, None])
    best = None
    for choice in itertools.product(*options):
        used = [entry for entry in choice if entry is not None]
        values = []
        for number, case in enumerate((first, second)):
            found = judge(case, [use for which, use in used if which == number])
            if found is None:
                break
            values += found[1:4]
        else:
            value = (*values, -len(used))
            best = value if best is None or value > best else best
    return best

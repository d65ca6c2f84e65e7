"""A second answer to what is cheapest, by trying every set of offers.

A case is that of `oracle`, with `offer`, a list of dictionaries, and `limits`, another
one. Nothing here is shared with ours but the plain answer of `oracle` itself.
"""

import itertools
from datetime import date, timedelta
from fractions import Fraction

from tests.stacking import oracle


def everything_held(case, offers):
    """The case with what some offers give among the credentials."""
    gives = [{"issued": case["as_of"]} | o["gives"] | {"id": o["id"]} for o in offers]
    return case | {"credential": [*case["credential"], *gives]}


def finishing(case):
    """Which sets of offers are just used where the qualification is satisfied?"""
    whole = everything_held(case, case["offer"])
    offered = {offer["id"] for offer in case["offer"]}
    held = len(case["credential"])
    found = set()
    for choice in itertools.product(*oracle.choices_of(whole)):
        uses = [use for use in choice if use is not None]
        names = frozenset(use[1] for use in uses if use[2] >= held)
        if names in found:
            continue
        judged = oracle.judge(whole, uses)
        if judged is not None and judged[0]:
            found.add(names)
    assert all(names <= offered for names in found)
    return found


def price(case, offer):
    if offer.get("cost") is None:
        return None
    return offer["cost"] * case["rates"].get(offer["currency"], 1)


def given_by(credential):
    return credential["achievement"]


def needs(case, offer):
    """What an offer requires and nothing that is held gives."""
    have = {given_by(c) for c in case["credential"] if oracle.usable(case, c)}
    return [name for name in offer.get("requires", []) if name not in have]


def gives(case, offer, name):
    credential = {"issued": case["as_of"]} | offer["gives"]
    return given_by(credential) == name and oracle.usable(case, credential)


def allowed(case, limits, minimise):
    """The offers that may be taken at all."""
    for offer in case["offer"]:
        by_cost = minimise == "cost" or "budget" in limits
        by_hours = minimise == "hours" or "hours" in limits or "per_week" in limits
        if by_cost and offer.get("cost") is None:
            continue
        if by_hours and offer.get("hours") is None:
            continue
        if limits.get("mode") and offer.get("mode") not in limits["mode"]:
            continue
        days = [day for day in (offer.get("starts"), offer.get("ends")) if day]
        if any(day < case["as_of"] for day in days):
            continue
        if "by" in limits and any(day > limits["by"] for day in days):
            continue
        yield offer


def works(case, jobs, order, limits):  # noqa: C901 -- one event after the other
    """Work by priority, day for day; say whether everything ends in time."""
    pace = limits.get("per_week")
    zero = case["as_of"]
    last = (limits["by"] - zero).days + 1 if "by" in limits else None
    left = {}
    for job in jobs:
        hours = job.get("hours") if pace else None
        left[job["id"]] = (hours or Fraction(0)) * 7 / pace if pace else Fraction(0)
    ended = {}

    def release(job):
        return (job["starts"] - zero).days if job.get("starts") else 0

    def end(job):
        """When what a job gives is there, or None as long as it is not."""
        if job["id"] not in ended:
            return None
        if job.get("ends"):
            return Fraction((job["ends"] - zero).days + 1)
        return ended[job["id"]]

    def ready(job, now):
        for name in needs(case, job):
            ends = [end(o) for o in jobs if o is not job and gives(case, o, name)]
            if not any(e is not None and e <= now for e in ends):
                return False
        return True

    now = Fraction(0)
    while len(ended) < len(jobs):
        open_ = [job for job in jobs if job["id"] not in ended]
        for job in open_:
            # What has a date starts on it, or never.
            if job.get("starts") and release(job) == now and not ready(job, now):
                done = [j for j in open_ if j is not job and left[j["id"]] == 0]
                if not done:
                    return False
        able = [j for j in open_ if release(j) <= now and ready(j, now)]
        marks = [release(j) for j in open_] + [e for j in jobs if (e := end(j))]
        marks = [mark for mark in marks if mark > now]
        if not able:
            if not marks:
                return False
            now = Fraction(min(marks))
            continue
        job = min(able, key=lambda j: order.index(j["id"]))
        until = min([now + left[job["id"]], *marks])
        left[job["id"]] -= until - now
        now = until
        if left[job["id"]] == 0:
            due = (job["ends"] - zero).days + 1 if job.get("ends") else last
            if due is not None and now > due:
                return False
            if last is not None and now > last:
                return False
            ended[job["id"]] = now
    return all(started_right(case, job, jobs, end, release) for job in jobs)


def started_right(case, job, jobs, end, release):
    """What has a date began with all that it requires."""
    if not job.get("starts"):
        return True
    return all(
        any(
            end(other) <= release(job)
            for other in jobs
            if other is not job and gives(case, other, name)
        )
        for name in needs(case, job)
    )


def in_time(case, jobs, limits):
    """Try every order of priority."""
    names = [job["id"] for job in jobs]
    return any(works(case, jobs, o, limits) for o in itertools.permutations(names))


def order_of(case, chosen, minimise):
    """The place of a set among all: the least is the best."""
    costs = [price(case, offer) for offer in chosen]
    hours = [offer.get("hours") for offer in chosen]
    first, other = (costs, hours) if minimise == "cost" else (hours, costs)
    return (
        sum(first, Fraction(0)),
        sum(value is None for value in other),
        sum((value for value in other if value is not None), Fraction(0)),
        len(chosen),
        sorted(offer["id"] for offer in chosen),
    )


def sets(case, limits, minimise, used):
    """All sets that hold every limit but time, the best first."""
    offers = list(allowed(case, limits, minimise))
    found = []
    for count in range(len(offers) + 1):
        for chosen in itertools.combinations(offers, count):
            names = frozenset(offer["id"] for offer in chosen)
            if not any(some <= names for some in used):
                continue
            budget, hours = limits.get("budget"), limits.get("hours")
            if budget is not None and sum(price(case, o) for o in chosen) > budget:
                continue
            if hours is not None and sum(offer["hours"] for offer in chosen) > hours:
                continue
            found.append((order_of(case, chosen, minimise), chosen))
    return [chosen for _, chosen in sorted(found, key=lambda entry: entry[0])]


def best(case, limits, minimise, used=None):
    """The best plan as a sorted list of ids, or None."""
    used = finishing(case) if used is None else used
    for chosen in sets(case, limits, minimise, used):
        if in_time(case, chosen, limits):
            return sorted(offer["id"] for offer in chosen)
    return None


def total(case, names, key):
    offers = [offer for offer in case["offer"] if offer["id"] in names]
    values = [price(case, o) if key == "cost" else o.get("hours") for o in offers]
    return None if None in values else sum(values, Fraction(0))


def least(case, limits, minimise, used, key):
    """The least cost or hours of any plan, or None."""
    found = [
        total(case, [o["id"] for o in chosen], key)
        for chosen in sets(case, limits, minimise, used)
        if in_time(case, chosen, limits)
    ]
    return min(found, default=None)


def first_day(case, limits, minimise, used, most=date(2028, 6, 1)):
    """The first last day for which there is a plan, or None."""
    day = limits["by"]
    while day < most:
        day += timedelta(days=1)
        if best(case, limits | {"by": day}, minimise, used) is not None:
            return day
    return None

"""How `plan` looks: a page on a terminal, records in a pipe, and JSON.

In a pipe every line is one record: the qualification's id, what the line is about, and
its values, tab separated and whole.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from credwallet.cli.adding_up.offer_inputs import offer_json
from credwallet.cli.plural import amount as counted
from credwallet.stacking.amounts import plain

if TYPE_CHECKING:
    from fractions import Fraction

    from credwallet.cli.terminal.console import Console
    from credwallet.model.offer import Offer
    from credwallet.model.plan import Plan, Relaxation, Step

_ALREADY = {"held": "held", "eligible": "satisfied"}


def plan_json(answer: "Plan", *, by_goal: bool) -> dict[str, Any]:
    """Spell a plan.

    Args:
        answer: The plan.
        by_goal: Whether the last day is that of a goal in the wallet.

    Returns:
        `data` of the envelope; exact numbers are strings.

    """
    rules, limits, after = answer.qualification, answer.limits, answer.after
    expiry = after.earliest_expiry if after else None
    return {
        "goal": rules.id,
        "title": rules.title,
        "asOf": answer.as_of.isoformat(),
        "minimise": answer.minimise,
        "feasible": answer.feasible,
        "alreadySatisfied": answer.before.satisfied,
        "state": answer.before.state,
        "offers": [
            {**offer_json(step.offer), "for": _for(answer, step)}
            for step in answer.schedule
        ],
        "cost": _exact(answer.cost),
        "currency": answer.currency or None,
        "hours": _exact(answer.hours),
        "schedule": [
            {
                "id": step.offer.id,
                "starts": step.starts.isoformat() if step.starts else None,
                "ends": step.ends.isoformat() if step.ends else None,
                "notBefore": step.not_before.isoformat() if step.not_before else None,
                "notAfter": step.not_after.isoformat() if step.not_after else None,
            }
            for step in answer.schedule
        ],
        "weeks": _exact(answer.weeks),
        "finishesOn": answer.finishes_on.isoformat() if answer.finishes_on else None,
        "limits": {
            "budget": _exact(limits.budget),
            "hours": _exact(limits.hours),
            "modes": list(limits.modes),
            "by": limits.by.isoformat() if limits.by else None,
            "byGoal": by_goal,
            "perWeek": _exact(limits.per_week),
        },
        "noOffer": list(answer.no_offer),
        "relaxation": _relaxation(answer, answer.relaxation),
        "relaxations": [_relaxation(answer, each) for each in answer.relaxations],
        "proven": answer.proven,
        "bounds": [_exact(bound) for bound in answer.bounds],
        "percent": answer.before.percent,
        "earliestExpiry": expiry.isoformat() if expiry else None,
        "source": rules.source or None,
        "readOn": rules.read_on.isoformat() if rules.read_on else None,
        "basis": rules.basis,
        "warnings": list(answer.warnings),
    }


def show_plan(console: "Console", answer: "Plan", *, by_goal: bool) -> None:
    """Print a plan.

    Args:
        console: Where.
        answer: The plan.
        by_goal: Whether the last day is that of a goal in the wallet.

    """
    if not console.terminal:
        console.rows(_records(answer, by_goal=by_goal))
        return
    console.wrapped(answer.qualification.title, style="bold")
    console.line(answer.qualification.id, style="dim")
    console.wrapped(_headline(answer), style="green" if answer.feasible else "yellow")
    for number, step in enumerate(answer.schedule, 1):
        console.line()
        _step(console, answer, number, step)
    lines = list(_lines(answer, by_goal=by_goal))
    if lines:
        console.line()
    for label, text in lines:
        console.labelled(label, text)


def _step(console: "Console", answer: "Plan", number: int, step: "Step") -> None:
    offer = step.offer
    title = f"{number}. {offer.title or offer.id}"
    console.wrapped(title, style="bold")
    if offer.title:
        console.wrapped(offer.id, indent=3, style="dim")
    facts = [_when(step), offer.mode, _cost(offer), _hours(offer)]
    if offer.provider:
        facts.append(f"by {offer.provider}")
    console.wrapped(", ".join(fact for fact in facts if fact), indent=3)
    console.wrapped(f"for {', '.join(_for(answer, step))}", indent=3)
    if offer.source:
        read = f", read {offer.read_on}" if offer.read_on else ""
        console.wrapped(f"says {offer.source}{read}", indent=3, style="dim")


def _records(answer: "Plan", *, by_goal: bool) -> Iterator[tuple[str, ...]]:
    name = answer.qualification.id
    yield (
        *(name, "plan", _word(answer), str(len(answer.offers))),
        *(_said(answer.cost), answer.currency, _said(answer.hours)),
    )
    for step in answer.schedule:
        offer = step.offer
        cost = "" if offer.cost is None else plain(offer.cost)
        yield (
            *(name, "step", offer.id, *_days(step), cost, offer.currency),
            *(_said(offer.hours), offer.mode, ",".join(_for(answer, step))),
        )
    for needed in answer.no_offer:
        yield (name, "no-offer", needed)
    for each in answer.relaxations:
        yield (name, "relaxation", each.limit, _limit(answer, each.limit), each.to)
    for label, text in _lines(answer, by_goal=by_goal):
        if label not in ("Missing", "Relax", "Or"):
            yield (name, label.lower(), text)


def _lines(answer: "Plan", *, by_goal: bool) -> Iterator[tuple[str, str]]:
    """Say what belongs to the whole, each with its label."""
    yield from _time(answer, by_goal=by_goal)
    if answer.no_offer:
        yield "Missing", f"no offer finishes {', '.join(answer.no_offer)}"
    for number, each in enumerate(answer.relaxations):
        yield ("Or" if number else "Relax"), _relaxed(answer, each)
    if not answer.proven:
        yield "Bounds", _bounds(answer)
    if answer.after and answer.after.earliest_expiry:
        yield "Renewal", f"the first part expires {answer.after.earliest_expiry}"
    if answer.qualification.source:
        read_on = answer.qualification.read_on
        read = f", read {read_on}" if read_on else ""
        yield "Rules", f"{answer.qualification.source}{read}"
    for warning in answer.warnings:
        yield "Warning", warning


def _time(answer: "Plan", *, by_goal: bool) -> Iterator[tuple[str, str]]:
    if answer.weeks:
        pace = plain(answer.limits.per_week or answer.weeks)
        weeks = counted(-(-answer.weeks.numerator // answer.weeks.denominator), "week")
        yield "Pace", f"{weeks} at {pace} hours a week"
    if answer.finishes_on:
        yield "Ends", f"{answer.finishes_on}"
    if by_goal and answer.limits.by:
        yield "By", f"{answer.limits.by}, the date of your goal"


def _word(answer: "Plan") -> str:
    if answer.before.state == "held" or answer.before.satisfied:
        return _ALREADY[answer.before.state]
    if answer.feasible:
        return "feasible"
    return "infeasible" if answer.proven else "not-found"


def _headline(answer: "Plan") -> str:
    what = "cheapest" if answer.minimise == "cost" else "shortest"
    known = f"The {what} plan" if answer.proven else "The best plan found"
    whom = " or ".join(answer.qualification.awarded_by)
    none = "There is no plan, whichever single limit is relaxed."
    if answer.no_offer:
        none = "There is no plan: not everything that is asked for is on offer."
    elif answer.relaxations:
        none = "There is no plan within these limits."
    elif not any(answer.limits):
        none = "There is no plan."
    said = {
        "held": f"Nothing to do: you have the award itself ({answer.before.award}).",
        "satisfied": "Nothing to take: everything is met"
        + (f"; claim it from {whom}." if whom else "."),
        "feasible": f"{known} as of {answer.as_of}: {_total(answer)}.",
        "infeasible": none,
        "not-found": "No plan was found, and none is ruled out.",
    }
    return said[_word(answer)]


def _total(answer: "Plan") -> str:
    parts = [counted(len(answer.offers), "offer")]
    if answer.cost is not None:
        parts.append(f"{plain(answer.cost)} {answer.currency}".rstrip())
    parts.append("hours unknown" if answer.hours is None else _in_hours(answer.hours))
    return ", ".join(parts)


def _bounds(answer: "Plan") -> str:
    unit = answer.currency if answer.minimise == "cost" else "hours"
    low, high = answer.bounds
    least = f"at least {plain(low)} {unit}" if low is not None else "nothing proven"
    return least if high is None else f"{least}, at most {plain(high)} {unit}"


def _for(answer: "Plan", step: "Step") -> list[str]:
    """Name the requirements that an offer serves, or the offers that need it."""
    uses = answer.after.allocation if answer.after else ()
    served = [use.requirement for use in uses if use.credential == step.offer.id]
    return served or [f"taking {name}" for name in step.needed_by]


def _days(step: "Step") -> tuple[str, str]:
    return (
        step.starts.isoformat() if step.starts else "",
        step.ends.isoformat() if step.ends else "",
    )


def _when(step: "Step") -> str:
    if step.starts and step.ends:
        return f"{step.starts} to {step.ends}"
    if step.starts or step.ends:
        return f"from {step.starts}" if step.starts else f"to {step.ends}"
    bounds = []
    if step.not_before:
        bounds.append(f"not before {step.not_before}")
    if step.not_after:
        bounds.append(f"not after {step.not_after}")
    return " and ".join(bounds) or "any time"


def _cost(offer: "Offer") -> str:
    if offer.cost is None:
        return "cost unknown"
    return f"{plain(offer.cost)} {offer.currency}"


def _hours(offer: "Offer") -> str:
    return "" if offer.hours is None else _in_hours(offer.hours)


def _in_hours(hours: "Fraction") -> str:
    return f"{plain(hours)} hour{'' if hours == 1 else 's'}"


def _limit(answer: "Plan", name: str) -> str:
    limits = answer.limits
    if name == "mode":
        return " ".join(limits.modes)
    if name == "by":
        return f"{limits.by}"
    amounts = {
        "budget": limits.budget,
        "hours": limits.hours,
        "per-week": limits.per_week,
    }
    return _said(amounts[name])


def _relaxed(answer: "Plan", relaxation: "Relaxation") -> str:
    before = _limit(answer, relaxation.limit)
    if relaxation.limit == "mode":
        return f"mode: {relaxation.to} besides {before}"
    return f"{relaxation.limit}: from {before} to {relaxation.to}"


def _relaxation(
    answer: "Plan", relaxation: "Relaxation | None"
) -> dict[str, str] | None:
    if relaxation is None:
        return None
    return {
        "limit": relaxation.limit,
        "from": _limit(answer, relaxation.limit),
        "to": relaxation.to,
        "increase": str(relaxation.increase),
    }


def _exact(number: "Fraction | None") -> str | None:
    return None if number is None else str(number)


def _said(number: "Fraction | None") -> str:
    return "" if number is None else plain(number)

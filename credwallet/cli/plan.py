"""`credwallet plan`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.adding_up.inputs import day_of, gather, load_file
from credwallet.cli.adding_up.offer_inputs import (
    amount_of,
    day_ahead,
    gather_offers,
    money_of,
)
from credwallet.cli.adding_up.options import (
    AsOf,
    Assume,
    AssumeUnverified,
    Currency,
    Modes,
    NoWallet,
    OfferFiles,
    QualificationFiles,
    Rates,
    WhatIf,
)
from credwallet.cli.adding_up.plan_report import plan_json, show_plan
from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.cli.kept import goals as kept_goals
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.terminal.progress import Progress
from credwallet.errors import NotFound, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.model.goal import Goal


def command(
    ctx: typer.Context,
    goal: Annotated[
        str | None,
        typer.Argument(
            metavar="[GOAL]",
            help="Id of a qualification; none: that of the one file, or your first "
            "goal.",
        ),
    ] = None,
    offers: OfferFiles = None,
    qualification: QualificationFiles = None,
    budget: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="Spend no more in all.")
    ] = None,
    hours: Annotated[
        str | None, typer.Option(metavar="N", help="Work no more hours in all.")
    ] = None,
    mode: Modes = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="2027, 2027-06 (its end) or 2027-06-30."),
    ] = None,
    per_week: Annotated[
        str | None,
        typer.Option(metavar="HOURS", help="Work no more hours in any seven days."),
    ] = None,
    minimise: Annotated[
        str, typer.Option(metavar="WHAT", help="cost or hours.")
    ] = "cost",
    currency: Currency = None,
    rate: Rates = None,
    what_if: WhatIf = None,
    no_wallet: NoWallet = False,
    as_of: AsOf = None,
    assume: Assume = False,
    assume_unverified: AssumeUnverified = False,
) -> Result:
    """Find the cheapest set of offers that finishes a qualification, and its order.

    The answer is exact: what you hold may move to another requirement. If nothing fits
    the limits, it says which single limit would have to give way, and how far; the exit
    code is then 7.

    Examples: credwallet plan harbour/data-practice --offers courses.csv --budget 500;
    credwallet plan --no-wallet --qualification a.toml --offers b.csv --by 2027-06
    --per-week 6
    """
    from credwallet.model.plan import Limits  # noqa: PLC0415 -- lazily: fractions
    from credwallet.stacking.planning.plan import plan  # noqa: PLC0415 -- lazily: tomllib

    session: Session = ctx.obj
    day = day_of(session, as_of)
    money = money_of(currency, rate or ())
    limits = Limits(
        budget=None if budget is None else amount_of(budget, "--budget"),
        hours=None if hours is None else amount_of(hours, "--hours"),
        modes=tuple(dict.fromkeys(mode or ())),
        by=None if by is None else day_ahead(by, "--by", day),
        per_week=None if per_week is None else amount_of(per_week, "--per-week"),
    )
    names, files = _chosen(session, goal, qualification or (), no_wallet=no_wallet)
    inputs = gather(
        session, names, files=files, what_if=what_if or (), no_wallet=no_wallet
    )
    (wanted,) = inputs.qualifications
    offered = gather_offers(session, offers or (), no_wallet=no_wallet)
    kept = None if no_wallet or by is not None else _goal(session, wanted.id)
    if kept is not None and kept.by is not None:
        limits = limits._replace(by=_still_ahead(kept, kept.by, day))
    with Progress(session.console, "planning"):
        answer = plan(
            wanted,
            inputs.holdings,
            offered,
            as_of=day,
            limits=limits,
            minimise=minimise,
            money=money,
            overrides=inputs.overrides,
            assume=assume,
            assume_unverified=assume_unverified,
            known_issuers=inputs.known_issuers,
        )
    if not offered and not answer.before.satisfied and answer.before.state != "held":
        session.console.hint(
            "there was no offer to look at: --offers FILE, or credwallet offer add FILE"
        )
    by_goal = kept is not None and kept.by is not None
    return Result(
        plan_json(answer, by_goal=by_goal),
        lambda console: show_plan(console, answer, by_goal=by_goal),
        ExitCode.OK if answer.feasible else ExitCode.SHORTFALL,
    )


def _chosen(
    session: "Session",
    goal: str | None,
    files: Sequence[Path],
    *,
    no_wallet: bool,
) -> tuple[list[str], list[Path]]:
    """Say where the one qualification is: kept by a name, or in a file."""
    ids = [load_file(path).id for path in files]
    if goal is None and len(files) == 1:
        return [], [files[0]]
    if goal is None and files:
        raise Usage(
            f"there are {len(files)} files, and a plan is for one qualification",
            next_step=f"name it: credwallet plan {ids[0]}",
        )
    if goal is None:
        return [_first_goal(session, no_wallet=no_wallet)], []
    if goal in ids:
        return [], [files[ids.index(goal)]]
    if files and no_wallet:
        raise NotFound(
            f"no file holds the qualification {goal}",
            next_step=did_you_mean(goal, ids, f"they hold {', '.join(ids)}"),
        )
    return [goal], []


def _first_goal(session: "Session", *, no_wallet: bool) -> str:
    kept = () if no_wallet else kept_goals(session.vault())
    if not kept:
        raise Usage(
            "a plan is for one qualification, and none is named",
            next_step="credwallet plan GOAL, or --qualification FILE",
        )
    return kept[0].qualification


def _goal(session: "Session", name: str) -> "Goal | None":
    kept = kept_goals(session.vault())
    return next((goal for goal in kept if goal.qualification == name), None)


def _still_ahead(goal: "Goal", by: date, day: date) -> date:
    if by < day:
        raise Usage(
            f"your goal {goal.qualification} was for {by}, which is before {day}",
            next_step=f"credwallet goal add {goal.qualification} --by DATE, "
            "or give --by here",
        )
    return by

"""`credwallet next`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.adding_up.inputs import day_of, gather
from credwallet.cli.adding_up.next_report import next_json, show_next
from credwallet.cli.adding_up.offer_inputs import amount_of, gather_offers, money_of
from credwallet.cli.adding_up.options import (
    AsOf,
    Assume,
    AssumeUnverified,
    Currency,
    Kept,
    Modes,
    NoWallet,
    OfferFiles,
    QualificationFiles,
    Rates,
    WhatIf,
)
from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.cli.kept import goals as kept_goals
from credwallet.cli.output import Result
from credwallet.cli.terminal.progress import Progress
from credwallet.errors import NotFound, Usage
from credwallet.model.goal import Goal

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.model.qualification import Qualification


def command(
    ctx: typer.Context,
    qualifications: Kept = None,
    offers: OfferFiles = None,
    qualification: QualificationFiles = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUALIFICATION",
            help="Look at this one before the others; none: your goals. Repeats.",
        ),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            metavar="KEY",
            help="First by finishes, gain, cost-per-point, cost or hours.",
        ),
    ] = "",
    mode: Modes = None,
    budget: Annotated[
        str | None,
        typer.Option(metavar="AMOUNT", help="The most that one offer may cost."),
    ] = None,
    currency: Currency = None,
    rate: Rates = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the first so many.")
    ] = None,
    what_if: WhatIf = None,
    no_wallet: NoWallet = False,
    as_of: AsOf = None,
    assume: Assume = False,
    assume_unverified: AssumeUnverified = False,
) -> Result:
    """Say which qualifications each offer finishes, and how far it brings the others.

    In front stands what finishes most, then what gains most, then what costs least for
    each percentage point; your goals count first. An offer that needs another
    credential first comes last.

    Examples: credwallet next --offers courses.csv;
    credwallet next --no-wallet --offers a.csv --qualification b.toml --sort gain
    """
    from credwallet.stacking.planning.next_offers import (  # noqa: PLC0415 -- lazily: fractions
        Wanted,
        rank,
        shortlist,
    )
    from credwallet.stacking.planning.offer_gains import (  # noqa: PLC0415 -- as above
        Question,
        gains_of,
    )

    session: Session = ctx.obj
    day = day_of(session, as_of)
    money = money_of(currency, rate or ())
    wanted = Wanted(
        _modes(mode or ()), None if budget is None else amount_of(budget, "--budget")
    )
    _check_sort(sort)
    inputs = gather(
        session,
        qualifications or (),
        files=qualification or (),
        what_if=what_if or (),
        no_wallet=no_wallet,
    )
    every = gather_offers(session, offers or (), no_wallet=no_wallet)
    if not every:
        raise Usage(
            "there is no offer to look at",
            next_step="name a file: --offers FILE, or credwallet offer add FILE",
        )
    goals = _goals(session, goal or (), inputs.qualifications, no_wallet=no_wallet)
    few = shortlist(every, wanted, as_of=day, money=money)
    question = Question(
        inputs.holdings,
        day,
        inputs.overrides,
        assume,
        assume_unverified,
        inputs.known_issuers,
    )
    with Progress(session.console, "counting") as line:
        gains = gains_of(inputs.qualifications, question, few.offers, watch=line)
    ranking = rank(gains, goals=goals, sort=sort, money=money)
    remarks = (*few.remarks, *ranking.remarks)
    shown = ranking.gains[:limit]
    data = {
        "asOf": day.isoformat(),
        "offers": [next_json(entry) for entry in shown],
        "goals": [entry.qualification for entry in goals],
        "qualifications": [entry.id for entry in inputs.qualifications],
        "warnings": list(remarks),
    }
    return Result(data, lambda console: show_next(console, shown, remarks))


def _modes(named: Sequence[str]) -> tuple[str, ...]:
    from credwallet.model.offer import MODES  # noqa: PLC0415 -- lazily: fractions

    for mode in named:
        if mode not in MODES:
            raise Usage(
                f"--mode {mode} is none", next_step=f"one of {', '.join(MODES)}"
            )
    return tuple(named)


def _check_sort(sort: str) -> None:
    from credwallet.stacking.planning.next_offers import SORTS  # noqa: PLC0415 -- lazily

    if sort and sort not in SORTS:
        raise Usage(f"--sort {sort} is no key", next_step=f"one of {', '.join(SORTS)}")


def _goals(
    session: "Session",
    named: Sequence[str],
    qualifications: "Sequence[Qualification]",
    *,
    no_wallet: bool,
) -> tuple[Goal, ...]:
    """Return the goals among what is looked at: those named, or else those kept."""
    looked_at = {entry.id for entry in qualifications}
    for name in named:
        if name not in looked_at:
            raise NotFound(
                f"--goal {name} is none of the qualifications looked at",
                next_step=did_you_mean(
                    name, looked_at, "name its file too: --qualification FILE"
                ),
            )
    if named:
        return tuple(
            Goal(name, priority)
            for priority, name in enumerate(dict.fromkeys(named), 1)
        )
    kept = () if no_wallet else kept_goals(session.vault())
    return tuple(entry for entry in kept if entry.qualification in looked_at)

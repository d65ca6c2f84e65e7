"""`credwallet goal add|list|remove`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.adding_up.inputs import QUALIFICATIONS, day_of
from credwallet.cli.adding_up.offer_inputs import day_ahead
from credwallet.cli.app import new_group
from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.cli.kept import GOALS, goals, named, put_goal
from credwallet.cli.output import Result
from credwallet.errors import NotFound, Usage
from credwallet.model.goal import Goal

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

group = new_group("Say which qualifications you want, how much, and by when.")

_LONGEST = 2000


@group.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    qualification: Annotated[
        str, typer.Argument(help="Id of a qualification that the wallet keeps.")
    ],
    priority: Annotated[
        int, typer.Option(metavar="N", min=1, max=1000, help="1 comes first.")
    ] = 1,
    by: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="2029, 2029-06 (its end) or 2029-06-30."),
    ] = None,
    why: Annotated[
        str, typer.Option(metavar="TEXT", help="What you want it for.")
    ] = "",
    occupation: Annotated[
        str,
        typer.Option(metavar="URI", help="An occupation, as ESCO or O*NET names it."),
    ] = "",
) -> Result:
    """Make a qualification a goal; a goal for the same one is replaced.

    Example: credwallet goal add harbour/data-practice --by 2027-06
    """
    session: Session = ctx.obj
    goal = Goal(
        qualification=qualification,
        priority=priority,
        by=None if by is None else day_ahead(by, "--by", day_of(session, None)),
        why=_short(why, "--why"),
        occupation=_uri(occupation),
    )
    vault = session.vault()
    kept = vault.document_names(QUALIFICATIONS)
    if qualification not in kept:
        raise NotFound(
            f"the wallet keeps no qualification {qualification}",
            next_step=did_you_mean(
                qualification,
                kept,
                "keep it first: credwallet qualification add FILE",
            ),
        )
    what = "replaced" if qualification in vault.document_names(GOALS) else "added"
    put_goal(vault, goal)
    return Result(
        {"goal": {**_json(goal), "is": what}},
        lambda console: console.row([*_row(goal)[:3], what]),
    )


@group.command("list")
def list_goals(ctx: typer.Context) -> Result:
    """List your goals: by priority, then by date.

    Example: credwallet goal list
    """
    session: Session = ctx.obj
    kept = goals(session.vault())
    return Result(
        {"goals": [_json(goal) for goal in kept]},
        lambda console: _show_list(console, kept),
    )


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    qualification: Annotated[str, typer.Argument()],
) -> Result:
    """Give a goal up.

    Example: credwallet goal remove harbour/data-practice
    """
    session: Session = ctx.obj
    vault = session.vault()
    named(
        vault,
        GOALS,
        qualification,
        missing=f"{qualification} is no goal of yours",
        otherwise="see: credwallet goal list",
    )
    vault.remove_document(GOALS, qualification)
    return Result(
        {"goal": qualification, "is": "removed"},
        lambda console: console.row([qualification, "removed"]),
    )


def _short(text: str, flag: str) -> str:
    if len(text) > _LONGEST:
        raise Usage(
            f"{flag} is longer than {_LONGEST:,} characters",
            next_step="say it in fewer words",
        )
    return text.strip()


def _uri(text: str) -> str:
    uri = _short(text, "--occupation")
    scheme, colon, rest = uri.partition(":")
    absolute = bool(colon and rest) and scheme[:1].isalpha() and scheme.isascii()
    if uri and not (absolute and uri.isprintable() and " " not in uri):
        raise Usage(
            f"--occupation {uri} is no address",
            next_step="for example http://data.europa.eu/esco/occupation/...",
        )
    return uri


def _json(goal: Goal) -> dict[str, Any]:
    return {
        "qualification": goal.qualification,
        "priority": goal.priority,
        "by": goal.by.isoformat() if goal.by else None,
        "why": goal.why or None,
        "occupation": goal.occupation or None,
    }


def _row(goal: Goal) -> tuple[str, ...]:
    by = goal.by.isoformat() if goal.by else ""
    return (goal.qualification, str(goal.priority), by, goal.why, goal.occupation)


def _show_list(console: "Console", kept: tuple[Goal, ...]) -> None:
    if not kept:
        console.hint("none yet: credwallet goal add QUALIFICATION --by 2029")
        return
    console.table(
        ("QUALIFICATION", "PRIORITY", "BY", "WHY", "OCCUPATION"),
        [_row(goal) for goal in kept],
        flexible=(3, 4),
    )

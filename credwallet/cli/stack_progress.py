"""`credwallet stack-progress`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import ExitCode, Result
from credwallet.cli.stack_inputs import day_of, gather
from credwallet.cli.stack_report import show_progress

if TYPE_CHECKING:
    from credwallet.cli.session import Session

# Steps for all qualifications of one run together: some seconds at the very most.
_WORK = 1_000_000


def command(
    ctx: typer.Context,
    qualifications: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUALIFICATION]...", help="Kept in the wallet; none: all of them."
        ),
    ] = None,
    qualification: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A qualification file; repeats."),
    ] = None,
    what_if: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Credentials to assume; repeats."),
    ] = None,
    no_wallet: Annotated[
        bool, typer.Option("--no-wallet", help="Count only what --what-if assumes.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Another day than today.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say what counts where, and by what.")
    ] = False,
    require_satisfied: Annotated[
        bool, typer.Option(help="Exit 7 unless all of them are satisfied or held.")
    ] = False,
    assume: Annotated[
        bool, typer.Option("--assume", help="Let your own exceptions and tags count.")
    ] = False,
    assume_unverified: Annotated[
        bool, typer.Option("--assume-unverified", help="Let unverified ones count.")
    ] = False,
    imply: Annotated[
        bool,
        typer.Option("--imply", help="Let an award you could claim count elsewhere."),
    ] = False,
) -> Result:
    """Count each credential once, in the best way there is, and say what is missing.

    Only what is verified, not revoked and in date counts. Of qualifications that
    exclude each other the first that is named is preferred.

    Examples: credwallet stack-progress --qualification diploma.toml --why;
    credwallet stack-progress --no-wallet --qualification a.toml --what-if plan.toml
    """
    from credwallet.stacking import (  # noqa: PLC0415 -- lazily: tomllib, fractions
        WORK_LIMIT,
        progress,
        to_json,
    )

    session: Session = ctx.obj
    day = day_of(session, as_of)
    inputs = gather(
        session,
        qualifications or (),
        files=qualification or (),
        what_if=what_if or (),
        no_wallet=no_wallet,
    )
    answers = progress(
        inputs.qualifications,
        inputs.holdings,
        as_of=day,
        overrides=inputs.overrides,
        assume=assume,
        assume_unverified=assume_unverified,
        known_issuers=inputs.known_issuers,
        imply=imply,
        work_limit=min(WORK_LIMIT, max(5_000, _WORK // len(inputs.qualifications))),
    )
    short = [a for a in answers if not a.satisfied and a.state != "held"]
    code = ExitCode.SHORTFALL if require_satisfied and short else ExitCode.OK
    return Result(
        {"asOf": day.isoformat(), "qualifications": [to_json(a) for a in answers]},
        lambda console: show_progress(console, answers, why=why),
        code,
    )

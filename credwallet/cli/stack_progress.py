"""`credwallet stack-progress`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.adding_up.inputs import day_of, gather
from credwallet.cli.adding_up.ladder_report import ladder_json
from credwallet.cli.adding_up.options import (
    AsOf,
    Assume,
    AssumeUnverified,
    Kept,
    NoWallet,
    OfferFiles,
    QualificationFiles,
    WhatIf,
)
from credwallet.cli.adding_up.report import (
    renewals_json,
    show_ladder_alone,
    show_progress,
    view_of,
)
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.terminal.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from credwallet.cli.adding_up.report import View
    from credwallet.cli.session import Session
    from credwallet.model.comparison import Comparison
    from credwallet.model.qualification import Holding, Qualification
    from credwallet.model.qualification import Progress as Answer
    from credwallet.stacking.planning.offer_gains import Question

# Steps for all qualifications of one run together: some seconds at the very most.
_WORK = 500_000


def command(
    ctx: typer.Context,
    qualifications: Kept = None,
    qualification: QualificationFiles = None,
    what_if: WhatIf = None,
    no_wallet: NoWallet = False,
    as_of: AsOf = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say what counts where, and by what.")
    ] = False,
    require_satisfied: Annotated[
        bool, typer.Option(help="Exit 7 unless all of them are satisfied or held.")
    ] = False,
    assume: Assume = False,
    assume_unverified: AssumeUnverified = False,
    imply: Annotated[
        bool,
        typer.Option("--imply", help="Let an award you could claim count elsewhere."),
    ] = False,
    lasting: Annotated[
        bool, typer.Option("--lasting", help="Count what lapses last, where it may.")
    ] = False,
    ladder: Annotated[
        bool, typer.Option("--ladder", help="Only what builds on what, in full.")
    ] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Put them beside each other.")
    ] = False,
    offers: OfferFiles = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page to look at; no script in it."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the page that is there.")
    ] = False,
) -> Result:
    """Count each credential once, in the best way there is, and say what is missing.

    Only what is verified, not revoked and in date counts. Of qualifications that
    exclude each other the first that is named is preferred.

    Examples: credwallet stack-progress --qualification diploma.toml --why;
    credwallet stack-progress --no-wallet --qualification a.toml --what-if plan.toml
    """
    from credwallet.stacking import (  # noqa: PLC0415 -- lazily: tomllib, fractions
        to_json,
    )
    from credwallet.stacking.planning.offer_gains import (  # noqa: PLC0415 -- as above
        Question,
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
    question = Question(
        inputs.holdings,
        day,
        inputs.overrides,
        assume,
        assume_unverified,
        inputs.known_issuers,
    )
    answers = _answers(
        session, inputs.qualifications, question, imply=imply, lasting=lasting
    )
    beside: tuple[Comparison, ...] | None = None
    if compare or offers:
        from credwallet.cli.adding_up.comparing import compared  # noqa: PLC0415 -- lazily: rare

        beside = compared(session, answers, question, offers or (), no_wallet=no_wallet)
    short = [a for a in answers if not a.satisfied and a.state != "held"]
    code = ExitCode.SHORTFALL if require_satisfied and short else ExitCode.OK
    view = view_of(answers, inputs.holdings, why=why)
    page = _write_page(session, view, inputs.holdings, html, as_of=day, force=force)
    show = partial(show_ladder_alone if ladder else show_progress, view=view)
    _tell(
        session,
        {"--why": why, "--ladder": ladder},
        beside,
        by_offers=bool(offers) and not compare,
    )
    if beside:
        from credwallet.cli.adding_up.compare_report import (  # noqa: PLC0415 -- lazily: rare
            show_comparison,
        )

        show = partial(show_comparison, entries=beside)
    data = {"asOf": day.isoformat(), "qualifications": [to_json(a) for a in answers]}
    return Result({**data, **_beside(view, page, beside)}, show, code)


def _answers(
    session: "Session",
    qualifications: "Sequence[Qualification]",
    question: "Question",
    *,
    imply: bool,
    lasting: bool,
) -> "tuple[Answer, ...]":
    """Count, and say how far it is, and where a solver would have proven more."""
    from credwallet.stacking import (  # noqa: PLC0415 -- lazily: tomllib, fractions
        WORK_LIMIT,
        progress,
    )
    from credwallet.stacking.allocating.solver import (  # noqa: PLC0415 -- as above
        available,
    )

    with Progress(session.console, "counting") as line:
        answers = progress(
            qualifications,
            **question._asdict(),
            imply=imply,
            lasting=lasting,
            work_limit=min(WORK_LIMIT, max(2_500, _WORK // len(qualifications))),
            watch=line,
        )
    if not available() and not all(answer.proven for answer in answers):
        session.console.hint(
            "what is not proven takes a solver: pip install 'credwallet[solver]'"
        )
    return answers


def _tell(
    session: "Session",
    asked: dict[str, bool],
    beside: "tuple[Comparison, ...] | None",
    *,
    by_offers: bool,
) -> None:
    """Say why a comparison is shown, and what it does not show."""
    if not beside:
        return
    if by_offers:
        session.console.note("with --offers they are compared, as with --compare")
    hidden = [flag for flag, given in asked.items() if given]
    if hidden:
        session.console.note(
            f"a comparison does not show {' and '.join(hidden)}: "
            f"ask for {'that' if len(hidden) == 1 else 'those'} without --compare "
            "and --offers"
        )


def _beside(
    view: "View", page: str | None, compared: "tuple[Comparison, ...] | None"
) -> dict[str, Any]:
    """Spell what stands beside the answers."""
    return {
        "ladder": ladder_json(view.ladder),
        "renewals": renewals_json(view.renewals),
        "page": page,
        "comparison": compared and _compared(compared),
    }


def _compared(entries: "tuple[Comparison, ...]") -> list[dict[str, Any]]:
    from credwallet.cli.adding_up.compare_report import (  # noqa: PLC0415 -- lazily: rare
        comparison_json,
    )

    return [comparison_json(entry) for entry in entries]


def _write_page(
    session: "Session",
    view: "View",
    holdings: "tuple[Holding, ...]",
    path: Path | None,
    *,
    as_of: "date",
    force: bool,
) -> str | None:
    if path is None:
        return None
    from credwallet.cli.adding_up.page import page_of  # noqa: PLC0415 -- lazily: rare
    from credwallet.cli.out import note_folder, note_name  # noqa: PLC0415 -- lazily
    from credwallet.cli.unlocking.private_file import (  # noqa: PLC0415 -- lazily: rare
        write_private,
    )

    note_folder(session.console, path)
    note_name(session.console, path, "text/html")
    page = page_of(view, holdings, as_of=as_of).encode()
    write_private(path, (page,), force=force)
    session.console.note(f"the page is in {path}")
    return str(path)

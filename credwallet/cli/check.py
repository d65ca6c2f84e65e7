"""`credwallet check`: its arguments; the work is in `checking`."""

from typing import Annotated

import typer

from credwallet.cli.handed_in import Documents
from credwallet.cli.output import Result


def command(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID", help="Handles of the wallet; everything if none is given."
        ),
    ] = None,
    fail_if: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-if",
            metavar="CONDITIONS",
            help="What to be told of: expiring=60d, expired, revoked, suspended, "
            "invalid, undetermined, unknown-issuer, changed; or none.",
        ),
    ] = None,
    documents: Documents = None,
    keep_baseline: Annotated[
        bool,
        typer.Option(
            "--keep-baseline", help="Let the next check compare with the one before."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Keep nothing, no report either.")
    ] = False,
) -> Result:
    """For cron: silent if all is well, exit code 7 if a condition holds.

    Verifies everything again as verify --all does, keeps the new reports, and prints
    one line for each credential that needs attention. Conditions stand in a list with
    commas, or in several --fail-if; without any those of the setting check.fail-if
    hold, else expiring=60d,revoked,suspended,invalid,changed. What changed is told
    against the last check that came to its end. Offline, where a status cannot be had,
    the last answer counts, with its age.

    Examples: credwallet check; credwallet check --fail-if expiring=8w,revoked;
    credwallet check --json --keep-baseline
    """
    from credwallet.cli.checking import work as checking  # noqa: PLC0415 -- lazily: for --help

    return checking.run(
        ctx.obj,
        checking.Request(
            handles=tuple(what or ()),
            fail_if=tuple(fail_if or ()),
            documents=documents,
            keep_baseline=keep_baseline,
            dry_run=dry_run,
        ),
    )

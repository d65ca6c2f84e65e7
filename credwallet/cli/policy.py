"""`credwallet policy check|list|show`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.app import new_group
from credwallet.cli.handed_in import Documents, TrustList
from credwallet.cli.output import ExitCode, Result, gravest
from credwallet.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.stacking.policies import Pack

group = new_group(
    "Hold credentials against policies: which elements do they state? "
    "That one is there does not say that it is right, or good."
)


@group.command("check", no_args_is_help=True)
def check(
    ctx: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(metavar="ID|FILE...", help="Handles, files or addresses."),
    ],
    policy: Annotated[
        list[str] | None,
        typer.Option(metavar="POLICY", help="Its id, or a file of your own; repeats."),
    ] = None,
    require: Annotated[
        bool, typer.Option("--require", help="Exit 7 if a mandatory one is missing.")
    ] = False,
    documents: Documents = None,
    trust_list: TrustList = None,
) -> Result:
    """Say which elements of a policy stand in a credential, and where.

    Only what is signed counts. Presence is not quality: no value is judged, and running
    text is not read. What a learner record holds is looked at one by one.

    Examples: credwallet policy check k7wq --policy eu-2022;
    credwallet policy check badge.json --policy nz --policy eu-2022 --require
    """
    from credwallet.cli import policy_inputs, policy_report  # noqa: PLC0415 -- lazily
    from credwallet.stacking import policies  # noqa: PLC0415 -- lazily: tomllib

    session: Session = ctx.obj
    packs = _named(policy or ())
    inputs = policy_inputs.gather(
        session, what, documents=documents, trust_list=trust_list
    )
    outcomes = [
        policy_report.Outcome(
            subject,
            policies.check(pack, subject.signed.document, subject.vocabulary),
        )
        for subject in inputs.subjects
        for pack in packs
    ]
    short = any(outcome.checked.missing for outcome in outcomes)
    codes = (*inputs.codes, ExitCode.SHORTFALL if require and short else ExitCode.OK)
    return Result(
        {
            "policies": [policy_report.pack_json(pack) for pack in packs],
            "checks": [policy_report.outcome_json(outcome) for outcome in outcomes],
            "note": policy_report.NOTE,
        },
        lambda console: policy_report.show_outcomes(console, outcomes),
        gravest(codes),
        inputs.problems,
    )


@group.command("list")
def list_policies() -> Result:
    """List the policies that come with credwallet.

    Example: credwallet policy list
    """
    from credwallet.cli import policy_report  # noqa: PLC0415 -- lazily: tomllib
    from credwallet.stacking.policies import packs  # noqa: PLC0415 -- lazily: tomllib

    found = packs()
    return Result(
        {"policies": [policy_report.pack_json(pack) for pack in found]},
        lambda console: policy_report.show_packs(console, found),
    )


@group.command("show", no_args_is_help=True)
def show(
    name: Annotated[
        str, typer.Argument(metavar="POLICY", help="Its id, or a file of your own.")
    ],
    limits: Annotated[
        bool,
        typer.Option("--limits", help="Only what goes into a qualification file."),
    ] = False,
) -> Result:
    """Show what a policy asks for, what it says beside that, and where it was read.

    Example: credwallet policy show my-apel-c --limits >>diploma.toml
    """
    from credwallet.cli import policy_report  # noqa: PLC0415 -- lazily: tomllib

    (pack,) = _named((name,))
    if limits and not pack.limits:
        raise Usage(
            f"{pack.id} has no rule for a qualification file",
            next_step=f"see: credwallet policy show {pack.id}",
        )
    toml = "\n".join(limit.toml.strip("\n") for limit in pack.limits)
    return Result(
        {"policy": policy_report.whole_pack_json(pack)},
        (lambda console: policy_report.show_limit(console, toml))
        if limits
        else (lambda console: policy_report.show_pack(console, pack)),
    )


def _named(names: "Sequence[str]") -> "tuple[Pack, ...]":
    from credwallet.cli.adding_up.inputs import read_text  # noqa: PLC0415 -- lazily
    from credwallet.stacking import policies  # noqa: PLC0415 -- lazily: tomllib

    if not names:
        raise Usage(
            "no policy is named",
            next_step=f"--policy with one of {', '.join(policies.PACKS)}",
        )
    return tuple(
        policies.load_pack(read_text(Path(name)), name)
        if name not in policies.PACKS and ("/" in name or name.endswith(".toml"))
        else policies.pack(name)
        for name in dict.fromkeys(names)
    )

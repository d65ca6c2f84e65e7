"""`credwallet skills`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.listing.filter_options import (
    Collections,
    Issuer,
    IsVerdict,
    Query,
    Saved,
    Tags,
)
from credwallet.cli.listing.filtering import Filter, fitting, with_saved
from credwallet.cli.output import Result
from credwallet.model.known_frameworks import HARD, SOFT
from credwallet.model.report import Verdict

if TYPE_CHECKING:
    from credwallet.cli.session import Session


class Kind(StrEnum):
    """Which kind of skills: those that carry over to any job, or those of one."""

    HARD = HARD
    SOFT = SOFT


class By(StrEnum):
    """What to group by."""

    FRAMEWORK = "framework"
    KIND = "kind"
    CREDENTIAL = "credential"


def command(
    ctx: typer.Context,
    framework: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Part of the name of their framework."),
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option(help="Only those that are said to be of this kind.")
    ] = None,
    by: Annotated[By, typer.Option(help="What to group by.")] = By.FRAMEWORK,
    include: Annotated[
        list[Verdict] | None,
        typer.Option(
            metavar="VERDICT", help="Count those of this verdict too; repeats."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Count all, whatever the verdict.")
    ] = False,
    issuer: Issuer = None,
    tag: Tags = None,
    verdict: IsVerdict = None,
    query: Query = None,
    collection: Collections = None,
    saved: Saved = None,
) -> Result:
    """Skills come from alignments, then from the issuer's tags, else from the name.

    Only what is valid today counts; other credentials stand beside it with their
    verdict. A skill is soft (transferable) or hard only where its framework or a tag
    says so. In a pipe: framework, kind, skill, count, handles.

    Examples: credwallet skills; credwallet skills --kind soft;
    credwallet skills --framework esco --json;
    credwallet skills --by credential --include expired
    """
    from credwallet.cli import proven_skills, skill_report  # noqa: PLC0415 -- for --help

    session: Session = ctx.obj
    given = Filter(
        issuer=issuer,
        tags=tuple(tag or ()),
        verdict=verdict,
        query=query,
        collections=tuple(collection or ()),
    )
    entries = fitting(session, with_saved(session, saved, given))
    counted = frozenset(Verdict) if everything else {Verdict.VALID, *(include or ())}
    found = proven_skills.found_in(entries, at=session.at, counted=counted)
    found = proven_skills.only(found, framework=framework, kind=kind)
    return skill_report.result(found, by=by)

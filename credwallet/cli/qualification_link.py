"""`credwallet qualification link|waive|exceptions|unlink`."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from credwallet.cli.adding_up.inputs import day_of, gather, kept_text
from credwallet.cli.kept_overrides import (
    OVERRIDES,
    lasting_name,
    overrides,
    put_override,
)
from credwallet.cli.output import Result
from credwallet.errors import NotFound, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from credwallet.cli.session import Session
    from credwallet.model.qualification import Override, Qualification
    from credwallet.model.summary import Summary
    from credwallet.store import Vault

_Credential = Annotated[
    str, typer.Argument(metavar="CREDENTIAL", help="Its handle; of a part, xxxx/2.")
]
_Qualification = Annotated[
    str, typer.Argument(metavar="QUALIFICATION", help="Kept in the wallet.")
]
_Requirement = Annotated[
    str, typer.Argument(metavar="REQUIREMENT", help="Its id, or that of a group.")
]
_Evidence = Annotated[
    str,
    typer.Option(
        metavar="CREDENTIAL",
        help="The awarding body's own credential that says so; else it is your word.",
    ),
]


class _Named(NamedTuple):
    """A credential of the wallet: what to call it, for good and now."""

    kept: str
    handle: str
    summary: "Summary"


def link(
    ctx: typer.Context,
    credential: _Credential,
    qualification: _Qualification,
    requirement: _Requirement,
    evidence: _Evidence = "",
    credits_: Annotated[
        str, typer.Option("--credits", metavar="N", help="Worth there, in its unit.")
    ] = "",
) -> Result:
    """Say that a credential is what a requirement means, whatever it is called.

    It counts with --assume only, unless the awarding body says so in a credential.

    Example: credwallet qualification link k7wq harbour/data-practice charts
    """
    session: Session = ctx.obj
    vault = session.vault()
    rules = _rules(vault, qualification, requirement)
    named = _named(vault, credential)
    for other in sorted(_counts_for(session, qualification, named.handle)):
        if other != requirement:
            session.console.note(
                f"{named.handle} counts for {other}, too: it can fill one of them only"
            )
    return _keep(
        vault,
        _override(vault, rules, requirement, evidence)._replace(
            type="substitute", credential=named.kept, credits=_amount(credits_)
        ),
        shown=named.handle,
    )


def waive(
    ctx: typer.Context,
    qualification: _Qualification,
    requirement: _Requirement,
    evidence: _Evidence = "",
) -> Result:
    """Say that a requirement is waived for you.

    It counts with --assume only, unless the awarding body says so in a credential.

    Example: credwallet qualification waive harbour/data-practice privacy
    """
    session: Session = ctx.obj
    vault = session.vault()
    rules = _rules(vault, qualification, requirement)
    return _keep(vault, _override(vault, rules, requirement, evidence), shown="")


def exceptions(ctx: typer.Context) -> Result:
    """List the exceptions that the wallet keeps.

    Example: credwallet qualification exceptions
    """
    session: Session = ctx.obj
    vault = session.vault()
    kept = [override for _, override in overrides(vault, vault.entries())]
    return Result(
        {"exceptions": [_row_json(override) for override in kept]},
        lambda console: (
            console.table(
                ("QUALIFICATION", "REQUIREMENT", "CREDENTIAL", "BY"),
                [
                    (o.qualification, o.requirement, o.credential or "waived", _by(o))
                    for o in kept
                ],
                flexible=(3,),
            )
            if kept
            else console.hint(
                "none yet: credwallet qualification link CREDENTIAL QUALIFICATION "
                "REQUIREMENT"
            )
        ),
    )


def unlink(
    ctx: typer.Context, qualification: _Qualification, requirement: _Requirement
) -> Result:
    """Take back every exception for one requirement.

    Example: credwallet qualification unlink harbour/data-practice charts
    """
    session: Session = ctx.obj
    vault = session.vault()
    gone = [
        (name, override)
        for name, override in overrides(vault, vault.entries())
        if (override.qualification, override.requirement)
        == (qualification, requirement)
    ]
    if not gone:
        raise NotFound(
            f"there is no exception for {requirement} of {qualification}",
            next_step="see: credwallet qualification exceptions",
        )
    for name, _ in gone:
        vault.remove_document(OVERRIDES, name)
    return _said((override for _, override in gone), "taken back")


def _rules(vault: "Vault", name: str, requirement: str) -> "Qualification":
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib
    from credwallet.stacking.files.toml_table import near  # noqa: PLC0415 -- lazily

    rules = load(kept_text(vault, name), name)
    ids = [entry.id for entry in rules.requirements]
    ids += [group.id for group in rules.groups]
    if requirement not in ids:
        raise NotFound(
            f"{name} asks for no {requirement}",
            next_step=near(requirement, ids)
            or f"see: credwallet qualification show {name}",
        )
    return rules


def _override(
    vault: "Vault", rules: "Qualification", requirement: str, evidence: str
) -> "Override":
    """Make a waiver, by the awarding body if its credential is named."""
    from credwallet.model.qualification import Override  # noqa: PLC0415 -- lazily
    from credwallet.stacking.matching import forms, same_form  # noqa: PLC0415 -- lazily

    waiver = Override(rules.id, "waive", requirement)
    if not evidence:
        return waiver
    named = _named(vault, evidence)
    if same_form(named.summary.issuer_id) not in forms(rules.issuer_ids):
        raise Usage(
            f"{named.handle} is of {named.summary.issuer_id or 'nobody'}, who is not "
            f"an issuer who awards {rules.id}",
            next_step="leave --evidence out to take it as your own word",
        )
    return waiver._replace(authority="issuer", evidence=named.kept)


def _named(vault: "Vault", text: str) -> _Named:
    """Find a credential, or what stands in a learner record."""
    from credwallet.model.part import summaries_of  # noqa: PLC0415 -- lazily

    name, slash, number = text.rpartition("/")
    if not (slash and number.isdigit()):
        name, slash, number = text, "", ""
    entry = vault.find(name)
    if not slash:
        return _Named(lasting_name(entry, ""), entry.handle, entry.summary)
    parts = tuple(summaries_of(entry.summary))
    if not 0 < int(number) <= len(parts):
        raise NotFound(
            f"{entry.handle} holds no part {number}",
            next_step=f"see: credwallet show {entry.handle}",
        )
    part = f"/{int(number)}"
    summary = parts[int(number) - 1]
    return _Named(lasting_name(entry, part), entry.handle + part, summary)


def _counts_for(session: "Session", qualification: str, handle: str) -> frozenset[str]:
    """Name the requirements for which a credential counts, or is said to, as yet."""
    from credwallet.stacking import progress  # noqa: PLC0415 -- lazily: tomllib

    inputs = gather(session, [qualification], files=(), what_if=(), no_wallet=False)
    (answer,) = progress(
        inputs.qualifications,
        inputs.holdings,
        as_of=day_of(session, None),
        overrides=inputs.overrides,
        assume=True,
        known_issuers=inputs.known_issuers,
    )
    linked = (
        o.requirement
        for o in inputs.overrides
        if (o.qualification, o.credential) == (qualification, handle)
    )
    counts = (u.requirement for u in answer.allocation if u.credential == handle)
    return frozenset((*linked, *counts))


def _amount(text: str) -> Any:
    from credwallet.stacking.amounts import exact  # noqa: PLC0415 -- lazily

    if not text:
        return None
    amount = exact(text)
    if amount is None or amount <= 0:
        raise Usage(
            f"--credits {text} is no number above 0", next_step="write it as 3 or 2.5"
        )
    return amount


def _keep(vault: "Vault", override: "Override", *, shown: str) -> Result:
    replaced = put_override(vault, override)
    if shown:
        override = override._replace(credential=shown)
    return _said((override,), "replaced" if replaced else "kept")


def _said(changed: "Iterable[Override]", what: str) -> Result:
    rows = tuple(changed)
    return Result(
        {"exceptions": [{**_row_json(override), "is": what} for override in rows]},
        lambda console: console.rows(
            [o.qualification, o.requirement, o.credential or "waived", _by(o), what]
            for o in rows
        ),
    )


def _row_json(override: "Override") -> dict[str, Any]:
    return {
        "qualification": override.qualification,
        "requirement": override.requirement,
        "type": override.type,
        "authority": override.authority,
        "credential": override.credential or None,
        "evidence": override.evidence or None,
        "credits": str(override.credits) if override.credits is not None else None,
    }


def _by(override: "Override") -> str:
    if override.authority == "issuer":
        return "the awarding body"
    return "your own word: counts with --assume"

"""`credwallet doctor`."""

import platform
import sqlite3
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet import __version__, store
from credwallet.cli import doctor_setup
from credwallet.cli.accept_rollback import rollback_json
from credwallet.cli.configuring import profiles
from credwallet.cli.configuring.keys import NO_PROFILE
from credwallet.cli.output import ExitCode, Result, gravest
from credwallet.cli.terminal.progress import Progress
from credwallet.errors import CredwalletError, Locked
from credwallet.model.report import Outcome, Problem
from credwallet.store import Finding, Severity

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Vault

_CODES = {
    Severity.DAMAGE: ExitCode.DAMAGED,
    Severity.FAILURE: ExitCode.STORAGE,
    Severity.UNKNOWN: ExitCode.LOCKED,
    Severity.WARNING: ExitCode.OK,
    Severity.OK: ExitCode.OK,
}
_MARKS = {
    Severity.OK: Outcome.PASSED,
    Severity.WARNING: Outcome.UNKNOWN,
    Severity.UNKNOWN: Outcome.UNKNOWN,
}
# Nothing can be opened while one of these is wrong.
_BEFORE = frozenset(("permissions", "format"))
# Failures that are none of the wallet's: their exit code, and their type of problem.
_NOT_THE_WALLETS = {
    "config": (ExitCode.USAGE, "config"),
    "wallet": (ExitCode.NOT_FOUND, "not-found"),
}
_AREA = 12


def command(
    ctx: typer.Context,
    deep: Annotated[
        bool, typer.Option("--deep", help="Open every credential, too.")
    ] = False,
) -> Result:
    """Repairs nothing: says what is wrong, and what to do about it.

    Exits 10 if something is damaged or rolled back, 11 if something cannot be read, 6
    if the wallet did not open and could not be looked into, 2 if the config file is
    wrong, 5 if there is no wallet; with several the gravest. Warnings are no failure.

    Examples: credwallet doctor;
    credwallet doctor --deep --json
    """
    session: Session = ctx.obj
    settings = session.settings
    vault, findings = _look(session, deep=deep)
    data = {
        "home": str(session.home),
        "state": str(settings.state),
        "profile": settings.profile or NO_PROFILE,
        "config": None if settings.config.path is None else str(settings.config.path),
        "versions": _versions(),
        "missingExtras": list(doctor_setup.missing_extras()),
        "deep": deep and vault is not None,
        **rollback_json(vault.rollback if vault is not None else None),
        "findings": [_finding_json(finding) for finding in findings],
    }
    return Result(
        data,
        lambda console: _show(console, findings),
        gravest(map(_code, findings)),
        _problems(session, findings),
    )


def _look(
    session: "Session", *, deep: bool
) -> "tuple[Vault | None, tuple[Finding, ...]]":
    findings = (
        Finding("versions", Severity.OK, _spelled(_versions())),
        *doctor_setup.look(session),
    )
    if not session.has_wallet():
        error = profiles.no_wallet(session)
        none = Finding("wallet", Severity.FAILURE, error.what, error.next_step)
        return None, (*findings, none)
    where = store.Surroundings(session.home, session.settings.state, session.at)
    around = store.look_around(where)
    vault = None
    if _can_be_opened(around):
        vault, more = _inside(session, deep=deep)
        told = {finding.what for finding in around}
        around += tuple(finding for finding in more if finding.what not in told)
    if vault is None:
        around += store.look_at_backups(session.home)
    return vault, (*findings, *around)


def _code(finding: Finding) -> ExitCode:
    if finding.severity is Severity.FAILURE and finding.area in _NOT_THE_WALLETS:
        return _NOT_THE_WALLETS[finding.area][0]
    return _CODES[finding.severity]


def _can_be_opened(findings: tuple[Finding, ...]) -> bool:
    return all(
        finding.severity in (Severity.OK, Severity.WARNING)
        and (finding.area != "format" or finding.severity is Severity.OK)
        for finding in findings
        if finding.area in _BEFORE
    )


def _inside(
    session: "Session", *, deep: bool
) -> "tuple[Vault | None, tuple[Finding, ...]]":
    try:
        vault = session.vault(only_look=True)
        with Progress(session.console, "looking into the wallet"):
            return vault, store.look_inside(vault, deep=deep)
    except Locked as error:
        what = f"not looked inside: {error.what}"
        return None, (Finding("lock", Severity.UNKNOWN, what, error.next_step),)
    except CredwalletError as error:
        return None, (store.finding_of("head", error),)


def _versions() -> dict[str, str]:
    return {
        "credwallet": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()}",
    }


def _spelled(versions: dict[str, str]) -> str:
    names = {"credwallet": "credwallet", "python": "Python", "sqlite": "SQLite"}
    return ", ".join(f"{name} {versions[key]}" for key, name in names.items())


def _problems(session: "Session", findings: tuple[Finding, ...]) -> tuple[Problem, ...]:
    """Sum up what is grave, with the backup to take if there is a good one."""
    problems = [
        Problem(_NOT_THE_WALLETS[found.area][1], found.what, next_step=found.next_step)
        for found in findings
        if found.severity is Severity.FAILURE and found.area in _NOT_THE_WALLETS
    ]
    for severity, title in (
        (Severity.DAMAGE, "the wallet is damaged or was rolled back"),
        (Severity.FAILURE, "the wallet cannot be read as it should"),
        (Severity.UNKNOWN, "the wallet was not looked into"),
    ):
        grave = [
            found
            for found in findings
            if found.severity is severity and found.area not in _NOT_THE_WALLETS
        ]
        if grave:
            areas = ", ".join(dict.fromkeys(found.area for found in grave))
            step = grave[0].next_step
            if severity is Severity.DAMAGE and areas != "rollback":
                step = session.backup_to_take() or step
            problems.append(Problem(severity, f"{title} ({areas})", next_step=step))
    return tuple(problems)


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "area": finding.area,
        "severity": str(finding.severity),
        "what": finding.what,
        "nextStep": finding.next_step,
        "affected": [
            {"handle": each.handle, "name": each.name, "backup": each.backup or None}
            for each in finding.affected
        ],
    }


def _show(console: "Console", findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if not console.terminal:
            console.row(
                [finding.severity, finding.area, finding.what, finding.next_step]
            )
            for each in finding.affected:
                console.row(
                    [finding.severity, finding.area, *filter(None, each[:2]), each[2]]
                )
            continue
        mark = _MARKS.get(finding.severity, Outcome.FAILED)
        word = "" if finding.severity is Severity.OK else f"{finding.severity}: "
        label = f"{finding.area:<{_AREA}} "
        console.marked(mark, label, f"{word}{finding.what}", 0)
        indent = 2 + len(label)
        if finding.next_step:
            console.wrapped(finding.next_step, indent=indent, style="dim")
        for each in finding.affected:
            where = f"in {each.backup}" if each.backup else ""
            console.pieces(
                [(each.handle, ""), (each.name, ""), (where, "dim")],
                indent=indent,
                giving=(1,),
            )

"""The work of `credwallet refresh`, free of Typer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet import formats
from credwallet.cli.checking.renewing import Renewed, keep_newer
from credwallet.cli.checking.reverifying import (
    Again,
    chosen,
    keep_reports,
    verify_again,
)
from credwallet.cli.judging import policy_of, ports_of
from credwallet.cli.output import ExitCode, Result, gravest
from credwallet.cli.plural import amount
from credwallet.errors import CredwalletError, Usage
from credwallet.model.report import Check, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Entry, Vault

STORED = "stored"
NEWER = "newer"
NOTHING_NEWER = "nothing-newer"
OFFERS_NONE = "offers-none"
COULD_NOT_ASK = "could-not-ask"
REFUSED = "refused"
# The problem of a newer copy that is there and is not good itself.
_NOT_GOOD = "newer-copy"

CODES = {
    STORED: ExitCode.OK,
    NEWER: ExitCode.OK,
    NOTHING_NEWER: ExitCode.OK,
    OFFERS_NONE: ExitCode.OK,
    COULD_NOT_ASK: ExitCode.UNDETERMINED,
    REFUSED: ExitCode.INVALID,
}
"""Every outcome of asking for one credential, and what it means for the exit code."""


class Request(NamedTuple):
    """What the learner asked to renew, and how; see the command's options."""

    handles: tuple[str, ...] = ()
    everything: bool = False
    documents: Path | None = None
    dry_run: bool = False


class Answer(NamedTuple):
    """What asking for one credential came to.

    `new_handle` is that of the newer copy in the wallet, `""` if there is none.
    """

    handle: str
    name: str
    outcome: str
    new_handle: str
    note: str


def run(session: "Session", request: Request) -> Result:
    """Ask issuers for newer copies of those credentials that offer them.

    Args:
        session: Where the wallet, the ports and the clock come from.
        request: What to ask for.

    Raises:
        Usage: If the request makes no sense.
        NotFound: If the wallet has no such credential.

    """
    if bool(request.handles) == request.everything:
        raise Usage(
            "--all leaves nothing to name"
            if request.everything
            else "nothing to ask for",
            next_step="name a handle, or give --all",
        )
    if request.dry_run:
        session.keeping.stop()
    vault = session.vault()
    entries = chosen(vault, request.handles)
    policy = policy_of(session, vault)._replace(refresh=True)
    found = verify_again(
        session,
        [entry for entry in entries if _offers(vault, entry)],
        policy,
        ports_of(session, session.documents(request.documents)),
        doing="asking issuers",
    )
    renewed: dict[str, Renewed] = {}
    if not request.dry_run:
        keep_reports(session, found)
        renewed = keep_newer(session, found, policy)
    by_rid = {again.entry.rid: again for again in found}
    answers = [_answer(entry, by_rid.get(entry.rid), renewed) for entry in entries]
    return Result(
        {"refreshed": [_json(answer) for answer in answers]},
        lambda console: _show(console, answers, everything=request.everything),
        gravest(CODES[answer.outcome] for answer in answers),
    )


def _offers(vault: "Vault", entry: "Entry") -> bool:
    """Tell whether a credential names a service for newer copies of itself."""
    raw = vault.read(entry.rid).raw
    try:
        return bool(formats.read(raw).document.get("refreshService"))
    except CredwalletError:
        return False


def _answer(
    entry: "Entry", again: Again | None, renewed: "Mapping[str, Renewed]"
) -> Answer:
    name = entry.summary.name or entry.summary.id
    if again is None:
        note = "its issuer offers no newer copies"
        return Answer(entry.handle, name, OFFERS_NONE, "", note)
    check = again.report.check("refresh")
    newer = renewed.get(entry.handle)
    if newer is not None and newer.stored != "duplicate":
        note = f"a newer copy took its place, of {newer.valid_from}"
        return Answer(entry.handle, name, STORED, newer.handle, note)
    outcome = NOTHING_NEWER if newer else _outcome(again, check)
    note = "the one that is held is as new" if newer else check.note
    return Answer(entry.handle, name, outcome, "", note)


def _outcome(again: Again, check: Check) -> str:
    if check.outcome is Outcome.PASSED:
        return NEWER if again.report.newer is not None else NOTHING_NEWER
    not_good = any(problem.type == _NOT_GOOD for problem in check.problems)
    return REFUSED if check.outcome is Outcome.FAILED or not_good else COULD_NOT_ASK


def _json(answer: Answer) -> dict[str, Any]:
    return {
        "handle": answer.handle,
        "name": answer.name or None,
        "outcome": answer.outcome,
        "newHandle": answer.new_handle or None,
        "note": answer.note,
    }


def _show(console: "Console", answers: "Sequence[Answer]", *, everything: bool) -> None:
    """Print what came of it; on a terminal `--all` leaves out what offers none."""
    brief = everything and console.terminal
    told = [each for each in answers if not (brief and each.outcome == OFFERS_NONE)]
    if told:
        console.table(
            ("HANDLE", "NAME", "OUTCOME", "NOTE"),
            [(each.handle, each.name, each.outcome, each.note) for each in told],
            flexible=(1, 3),
        )
    silent = len(answers) - len(told)
    if silent or not answers:
        console.note(f"{amount(silent, 'credential')} without an offer of newer copies")

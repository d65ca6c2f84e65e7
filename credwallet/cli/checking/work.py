"""The work of `credwallet check`, free of Typer: for those who let a machine look.

Everything is verified again as `verify --all` does it. Told is only what one of the
learner's conditions asks about, and what is otherwise than at the check before.
"""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.checking.changes import (
    Baseline,
    Difference,
    Snapshot,
    come_and_gone,
    difference_json,
    differences,
    moved,
    put_baseline,
    read_baseline,
    snapshot_of,
)
from credwallet.cli.checking.conditions import (
    CONDITIONS,
    DEFAULT,
    Asked,
    Wanted,
    next_step,
    wanted,
)
from credwallet.cli.checking.report import Failing, failing_json, show_check
from credwallet.cli.checking.reverifying import chosen, keep_reports, verify_again
from credwallet.cli.checking.seen import Seen, seen_of
from credwallet.cli.judging import policy_of, ports_of
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.terminal import prompt
from credwallet.errors import Locked
from credwallet.model.moment import in_utc
from credwallet.model.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from credwallet.cli.session import Session
    from credwallet.store import Vault


class Request(NamedTuple):
    """What the learner asked to check, and how; see the command's options."""

    handles: tuple[str, ...] = ()
    fail_if: tuple[str, ...] = ()
    documents: Path | None = None
    keep_baseline: bool = False
    dry_run: bool = False


class Checked(NamedTuple):
    """What came of one check.

    `since` is when the check before was (RFC 3339), `""` if there was none; `own` are
    the differences of each credential by key, `others` what came and what went.
    """

    at: str
    since: str
    seen: "Sequence[Seen]"
    snapshots: dict[str, Snapshot]
    own: dict[str, tuple[Difference, ...]]
    others: tuple[Difference, ...]

    @property
    def changes(self) -> tuple[Difference, ...]:
        """Everything that is otherwise than before."""
        return (*(each for found in self.own.values() for each in found), *self.others)


def run(session: "Session", request: Request) -> Result:
    """Verify the wallet again, and say what needs attention.

    Args:
        session: Where the wallet, the ports and the clock come from.
        request: What to check.

    Raises:
        Usage: If a condition is unknown.
        NotFound: If the wallet has no such credential.
        Locked: If the wallet does not open.

    """
    asked_for = _asked_for(session, request)
    if request.dry_run:
        session.keeping.stop()
    vault = _opened(session)
    documents = session.documents(request.documents)
    entries = chosen(vault, request.handles)
    everything = not request.handles
    found = verify_again(
        session,
        entries,
        policy_of(session, vault),
        ports_of(session, documents),
        doing="checking",
    )
    seen = [seen_of(again, session.at) for again in found]
    before = _before(session, vault)
    at = session.at.isoformat(timespec="seconds")
    checked = _compared(seen, before, at=at, everything=everything)
    moves = not (request.keep_baseline or request.dry_run)
    if not request.dry_run:
        keep_reports(session, found)
    if moves:
        # Last: a run that ends before it leaves its news to the next one.
        after = moved(before, checked.snapshots, everything=everything, at=at)
        put_baseline(vault, after)
    failing = list(_failing(session, checked, before, asked_for))
    return _result(session, checked, asked_for, failing, moves=moves)


def _asked_for(session: "Session", request: Request) -> tuple[Wanted, ...]:
    if request.fail_if:
        return wanted(request.fail_if)
    return wanted((session.settings.fail_if or DEFAULT,), "the setting check.fail-if")


def _opened(session: "Session") -> "Vault":
    try:
        return session.vault()
    except Locked as error:
        if _is_machine(session):
            error.next_step = _FOR_MACHINES
        raise


def _is_machine(session: "Session") -> bool:
    """Tell whether nothing opens the wallet and nobody is there to be asked."""
    settings = session.settings
    if settings.passphrase_file or settings.passphrase_command:
        return False
    if settings.passphrase_fd is not None:
        return False
    try:
        prompt.require_terminal()
    except Locked:
        return True
    return settings.no_input


_FOR_MACHINES = (
    "in cron: --passphrase-file FILE (chmod 600 it), once before it "
    "credwallet keyring enable, or for a day credwallet unlock --for 12h"
)


def _before(session: "Session", vault: "Vault") -> Baseline:
    before = read_baseline(vault)
    if before is None:
        session.console.note("what the last check found cannot be read: starting anew")
    return before or Baseline()


def _compared(
    seen: "Sequence[Seen]", before: Baseline, *, at: str, everything: bool
) -> Checked:
    held = before.snapshots
    now = {each.key: snapshot_of(each, held.get(each.key), at) for each in seen}
    moments = [held[key].at for key in now if key in held]
    since = before.at if everything else min(moments, default="")
    return Checked(
        at,
        since,
        seen,
        now,
        {key: differences(held.get(key), each) for key, each in now.items()},
        come_and_gone(before, now, everything=everything),
    )


def _failing(
    session: "Session",
    checked: Checked,
    before: Baseline,
    asked_for: "Sequence[Wanted]",
) -> "Iterator[Failing]":
    for seen in checked.seen:
        snapshot = checked.snapshots[seen.key]
        earlier = before.snapshots.get(seen.key)
        for want in asked_for:
            found = CONDITIONS[want.name].question(
                Asked(
                    seen,
                    want.within,
                    checked.own[seen.key],
                    snapshot.since,
                    snapshot.issuer_since,
                    earlier.at if earlier else "",
                )
            )
            if found is not None:
                step = session.console.again(next_step(want.name, seen))
                since = in_utc(found.since)
                yield Failing(seen, want.name, found.detail, since, step)


def _result(
    session: "Session",
    checked: Checked,
    asked_for: "Sequence[Wanted]",
    failing: "Sequence[Failing]",
    *,
    moves: bool,
) -> Result:
    counts = Counter(str(seen.summary.verdict) for seen in checked.seen)
    data: dict[str, Any] = {
        "at": checked.at,
        "since": checked.since or None,
        "offline": session.settings.offline,
        "asOf": min((seen.as_of for seen in checked.seen), default=None),
        "failIf": [want.spelled for want in asked_for],
        "checked": len(checked.seen),
        "counts": {
            str(verdict): counts[verdict] for verdict in Verdict if counts[verdict]
        },
        "failing": [failing_json(each) for each in failing],
        "changes": [difference_json(each) for each in checked.changes],
        "baselineMoved": moves,
    }
    return Result(
        data,
        lambda console: show_check(console, data, failing, checked.changes),
        ExitCode.SHORTFALL if failing else ExitCode.OK,
    )

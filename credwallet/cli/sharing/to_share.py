"""Which credentials are to be handed over, and would a receiver take them?"""

from typing import TYPE_CHECKING

from credwallet import formats
from credwallet.cli.output import OF_VERDICT, Result, gravest
from credwallet.cli.trash import find_all
from credwallet.errors import NotFound, Usage
from credwallet.model.credential import Credential
from credwallet.model.report import Problem, Verdict
from credwallet.model.summary import verdict_at
from credwallet.share.handover import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.store import Entry

GOOD = (Verdict.VALID, Verdict.UNDETERMINED)


def held(session: "Session", handles: "Sequence[str]") -> "list[Entry]":
    """Find credentials that are not in the trash.

    Args:
        session: Of the run.
        handles: Handles, ids or names.

    Raises:
        NotFound: If the wallet has no such credential, or it is in the trash.

    """
    entries = find_all(session, handles)
    for entry in entries:
        if entry.summary.trashed_at:
            raise NotFound(
                f"{entry.handle} is in the trash",
                next_step=f"first: credwallet restore {entry.handle}",
            )
    return entries


def opened(
    session: "Session", entries: "Sequence[Entry]"
) -> tuple[tuple[Credential, ...], dict[bytes, Kept]]:
    """Read the credentials, and what the wallet knows about each.

    Args:
        session: Of the run.
        entries: Which ones.

    Returns:
        The credentials in order; what is known, by their bytes.

    Raises:
        Usage: If one is no credential.

    """
    from credwallet.cli.report import linked_of  # noqa: PLC0415 -- lazily: the checks

    credentials = []
    kept: dict[bytes, Kept] = {}
    for entry in entries:
        stored = session.vault().read(entry.rid)
        read = formats.read(stored.raw)
        if not isinstance(read, Credential):
            raise Usage(
                f"{entry.handle} is a presentation, not a credential",
                next_step="share what it holds, each by its own handle",
            )
        credentials.append(read)
        kept[read.raw] = Kept(
            unsigned=tuple(stored.report.get("unsigned", ())),
            linked=linked_of(stored.report),
            verdict=verdict_at(entry.summary, session.at),
            checked_at=entry.summary.checked_at,
        )
    return tuple(credentials), kept


def refusal(session: "Session", entries: "Sequence[Entry]") -> Result | None:
    """Say which credentials a receiver would refuse, None if there are none.

    Args:
        session: Of the run.
        entries: What would be handed over.

    """
    problems = []
    codes = []
    for entry in entries:
        verdict = Verdict(verdict_at(entry.summary, session.at))
        if verdict in GOOD:
            continue
        codes.append(OF_VERDICT[verdict])
        problems.append(
            Problem(
                type=str(verdict),
                title=f"{entry.handle} is {verdict}{_checked(entry)}",
                next_step="check it again with credwallet verify, or share it with "
                "--anyway: the receiver will see the same",
            )
        )
    if not problems:
        return None
    return Result({}, lambda _: None, gravest(codes), tuple(problems))


def verdict_notes(session: "Session", entries: "Sequence[Entry]") -> tuple[str, ...]:
    """Say what the learner should know about the last check of each.

    Args:
        session: Of the run.
        entries: What would be handed over.

    """
    notes = []
    for entry in entries:
        verdict = verdict_at(entry.summary, session.at)
        if verdict == Verdict.UNDETERMINED:
            notes.append(
                f"{entry.handle} could not be checked in full{_checked(entry)}"
            )
        elif verdict != Verdict.VALID:
            notes.append(f"{entry.handle} is {verdict}{_checked(entry)}: shared anyway")
    return tuple(notes)


def _checked(entry: "Entry") -> str:
    day = entry.summary.checked_at[:10]
    return f" (checked {day})" if day else ""

"""Which credentials does `policy check` look at, and what of them is signed?

Files are verified as `verify` does. Of what the wallet holds the kept report is used,
as `show` does: nothing is fetched. A learner record and a presentation stand for what
they hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet import formats
from credwallet.cli.importing.sources import check_stdin, read_sources
from credwallet.cli.judging import judge, policy_of, ports_of
from credwallet.cli.output import ExitCode, code_of
from credwallet.cli.report import linked_of
from credwallet.cli.verifying import is_source
from credwallet.errors import NotFound, Unreadable
from credwallet.model.achievement import achievement_of, signed_view
from credwallet.model.credential import Credential, Held, Presentation
from credwallet.model.open_badges_2 import whole
from credwallet.model.record import is_record
from credwallet.model.report import (
    Linked,
    Outcome,
    Problem,
    Verdict,
    VerificationReport,
)
from credwallet.model.summary import verdict_at
from credwallet.stacking.policies import vocabulary_of

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.store import Entry, Vault

# What such a credential says is nobody's word.
_DOES_NOT_HOLD = "its proof does not hold: nothing that it says counts"
_NOT_CHECKED = "its proof could not be checked: nothing that it says counts"


class Subject(NamedTuple):
    """One credential to hold against policies.

    `pointer` says where it stands in its source, `""` if it is all of it. `vocabulary`
    is a key of `stacking.policies.VOCABULARIES`. `signed` is what its proof covers; its
    document is empty if nothing counts, and `ignored` says why, else `""`.
    """

    source: str
    handle: str | None
    pointer: str
    name: str
    verdict: str
    vocabulary: str
    signed: Credential
    ignored: str


class Inputs(NamedTuple):
    """What was found, and what could not be read."""

    subjects: tuple[Subject, ...]
    problems: tuple[Problem, ...]
    codes: tuple[ExitCode, ...]


def gather(
    session: "Session",
    what: Sequence[str],
    *,
    documents: Path | None,
    trust_list: Path | None,
) -> Inputs:
    """Read everything that the learner named.

    Args:
        session: Where the wallet, the ports and the clock come from.
        what: Handles, files, `-` or addresses, as for `verify`.
        documents: The option of the same name of `verify`.
        trust_list: The option of the same name of `verify`.

    Raises:
        Usage: If stdin is claimed twice.
        NotFound: If the wallet has no such credential.

    """
    check_stdin(session, what)
    handles = [name for name in what if not is_source(name)]
    vault = session.vault() if handles else None
    subjects: list[Subject] = []
    problems: list[Problem] = []
    codes: list[ExitCode] = []
    ports = ports_of(session, session.documents(documents))
    policy = policy_of(session, vault, trust_list=trust_list)
    files = [name for name in what if is_source(name)]
    for source in read_sources(session, files, ports.fetch):
        judged = judge(source, policy, ports)
        if judged.report is not None:
            found = tuple(_of_report(judged.report, judged.source, ""))
            subjects += found
            if not found:
                problems.append(_empty(judged.source))
                codes.append(ExitCode.NOT_FOUND)
        elif judged.problem is not None:
            problems.append(judged.problem)
            codes.append(judged.exit_code)
    if vault is not None:
        for entry in [vault.find(handle) for handle in handles]:
            try:
                subjects += _of_wallet(session, vault, entry)
            except (NotFound, Unreadable) as error:
                problems.append(Problem.of(error))
                codes.append(code_of(error))
    return Inputs(tuple(subjects), tuple(problems), tuple(codes))


def _of_report(
    report: VerificationReport, source: str, pointer: str
) -> Iterator[Subject]:
    held = report.subject
    if isinstance(held, Credential) and not is_record(held.types):
        outcome = report.check("proof").outcome
        ignored = _ignored(report.verdict, outcome, report.unsigned)
        signed = _signed(held, report.unsigned, report.linked, ignored)
        told = (_name(signed), report.verdict, vocabulary_of(held))
        yield Subject(source, None, pointer, *told, signed, ignored)
        return
    for inner in report.parts:
        yield from _of_report(inner, source, f"{pointer}{inner.pointer}")


def _of_wallet(session: "Session", vault: "Vault", entry: "Entry") -> list[Subject]:
    stored = vault.read(entry.rid)
    held = formats.read(stored.raw)
    verdict = verdict_at(entry.summary, session.at)
    row = {**stored.report, "verdict": verdict}
    found = [
        subject._replace(source=stored.source, handle=entry.handle)
        for subject in _kept(held, row, "", 0)
    ]
    if not found:
        raise _nothing_in(entry.handle)
    return found


def _kept(
    held: Held | Exception, row: Mapping[str, Any], pointer: str, depth: int
) -> Iterator[Subject]:
    """Match what stands in a credential with the rows of its kept report."""
    if isinstance(held, Credential) and not is_record(held.types):
        verdict = str(row["verdict"])
        outcomes = {each["check"]: each["outcome"] for each in row["checks"]}
        unsigned = row["unsigned"]
        ignored = _ignored(verdict, outcomes["proof"], unsigned)
        signed = _signed(held, unsigned, linked_of(row), ignored)
        told = (_name(signed), verdict, vocabulary_of(held))
        yield Subject("", None, pointer, *told, signed, ignored)
    elif isinstance(held, Credential | Presentation):
        rows = {
            inner["pointer"]: inner
            for inner in row.get("contains", ())
            if inner.get("role") == "part"
        }
        for part in formats.parts_of(held, depth):
            # What no report speaks of was not looked at: it says nothing.
            if part.pointer in rows:
                place = f"{pointer}{part.pointer}"
                yield from _kept(part.held, rows[part.pointer], place, depth + 1)


def _ignored(verdict: str, proof: str, unsigned: Sequence[str]) -> str:
    """Say why nothing counts, `""` if what the proof covers does."""
    if verdict in (Verdict.MALFORMED, Verdict.INVALID) or proof == Outcome.FAILED:
        return _DOES_NOT_HOLD
    # Only a proof that was verified tells what it leaves out. In a record that was
    # changed, what has no proof of its own is nobody's word.
    return "" if proof == Outcome.PASSED or unsigned else _NOT_CHECKED


def _signed(
    held: Credential, unsigned: Sequence[str], linked: tuple[Linked, ...], ignored: str
) -> Credential:
    if ignored:
        return held._replace(document={})
    view = held._replace(document=signed_view(held.document, unsigned))
    return whole(view, linked)


def _name(signed: Credential) -> str:
    return signed.name or achievement_of(signed).name


def _empty(source: str) -> Problem:
    return Problem.of(_nothing_in(source))


def _nothing_in(source: str) -> NotFound:
    return NotFound(
        f"{source}: it holds no credential that could be looked at",
        next_step="credwallet verify says what stands in it",
    )

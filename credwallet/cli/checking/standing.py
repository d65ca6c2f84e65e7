"""What was said against a credential of the wallet, and could not be asked again?

A status list (VCDM 2.0 section 4.10) that is withheld, spoiled, or answered by somebody
else must not make a revocation forgotten. What was found out once stands, with its day,
until a list that is good and not older says otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from credwallet.model.credential import Held
from credwallet.model.moment import moment_of
from credwallet.model.report import (
    Check,
    Consulted,
    Outcome,
    Problem,
    Verdict,
    VerificationReport,
)
from credwallet.verify import verdict_of

_STATUS = "status"
_AGAINST = (Verdict.REVOKED, Verdict.SUSPENDED)
_DAY = len("2026-11-25")
_UNASKED = "status not checked: "
# Ages are whole seconds.
_ROUNDED = timedelta(seconds=1)

Row = Mapping[str, Any]


class _Word(NamedTuple):
    """What an earlier report says against a credential, and since when (RFC 3339)."""

    word: Verdict
    problem: Problem
    as_of: str


def with_standing(
    report: VerificationReport, earlier: Row, at: datetime
) -> VerificationReport:
    """Let a revocation or suspension stand that nobody takes back now.

    Args:
        report: The new report, of a credential of the wallet.
        earlier: The kept one of the same bytes, as `report_json` spells it.
        at: The time now, which need not be the one that was asked about.

    Returns:
        The report, with the earlier word in the place of an answer that does not
        outweigh it; the same for what a learner record holds.

    """
    report = _with_parts(report, earlier, at)
    word = _word(earlier)
    found = report.check(_STATUS)
    if word is None or (
        _outweighs(found, word) and not _rests_on_older(report, found, word, at)
    ):
        status = _dated(report, found, at)
    else:
        status = _carried(found, word)
    if status is found:
        return report
    checks = tuple(status if check is found else check for check in report.checks)
    verdict = verdict_of(checks)
    return report._replace(checks=checks, verdict=verdict, verdict_then=verdict)


def _with_parts(
    report: VerificationReport, earlier: Row, at: datetime
) -> VerificationReport:
    held = {
        each.get("pointer"): each
        for each in earlier.get("contains", ())
        if each.get("role") == "part"
    }
    if not held:
        return report
    return report._replace(
        contains=tuple(
            # Only the whole report says which documents it rests on.
            with_standing(
                inner._replace(consulted=report.consulted), held[inner.pointer], at
            )._replace(consulted=inner.consulted)
            if inner.role == "part" and inner.pointer in held
            else inner
            for inner in report.contains
        )
    )


def _word(earlier: Row) -> _Word | None:
    for check in earlier.get("checks", ()):
        if check["check"] != _STATUS or check["outcome"] != Outcome.FAILED:
            continue
        as_of = str(check.get("asOf") or earlier.get("at") or "")
        for word in _AGAINST:
            for problem in check["problems"]:
                if problem["type"] == word:
                    return _Word(word, _problem(word, problem), as_of)
    return None


def _problem(word: Verdict, row: Row) -> Problem:
    return Problem(
        str(word),
        str(row.get("title") or word),
        str(row.get("detail") or ""),
        str(row.get("instance") or ""),
        str(row.get("nextStep") or ""),
    )


def _outweighs(found: Check, word: _Word) -> bool:
    """Tell whether an answer says as much as the earlier one, or took it back."""
    types = {problem.type for problem in found.problems}
    if found.outcome is Outcome.FAILED:
        # One list may say that it is suspended, while another is withheld.
        return bool(types & {Verdict.REVOKED, word.word}) or types <= set(_AGAINST)
    return found.outcome is Outcome.PASSED


def _rests_on_older(
    report: VerificationReport, found: Check, word: _Word, at: datetime
) -> bool:
    """Tell whether a milder answer is out of a copy from before the earlier word."""
    types = {problem.type for problem in found.problems}
    if found.outcome is Outcome.FAILED and types & {Verdict.REVOKED, word.word}:
        return False
    read = _lists_read(report)
    since = moment_of(word.as_of)
    return any(
        since is None or at - timedelta(seconds=each.age_s) - _ROUNDED <= since
        for each in read or report.consulted
        if each.age_s
    )


def _lists_read(report: VerificationReport) -> list[Consulted]:
    lists = set(_lists_of(report.subject))
    return [each for each in report.consulted if each.url in lists]


def _dated(report: VerificationReport, found: Check, at: datetime) -> Check:
    """Say as of which day something is held against it, if a kept list says it."""
    age_s = max((each.age_s for each in _lists_read(report)), default=0)
    if found.outcome is not Outcome.FAILED or not age_s:
        return found
    as_of = (at - timedelta(seconds=age_s)).isoformat(timespec="seconds")
    note = f"{found.note}, as of {as_of[:_DAY]}"
    return found._replace(note=note, as_of=as_of)


def _lists_of(held: Held) -> Iterator[str]:
    """Name the addresses of lists that a credential names itself."""
    document = held.document
    status = document.get("status")
    token = status.get("status_list") if isinstance(status, dict) else None
    entries = document.get("credentialStatus")
    stated: Sequence[Any] = entries if isinstance(entries, list) else [entries]
    named = [token.get("uri")] if isinstance(token, dict) else []
    named += [
        entry.get("statusListCredential", entry.get("id"))
        for entry in stated
        if isinstance(entry, dict)
    ]
    return (url.partition("#")[0] for url in named if isinstance(url, str))


def _carried(found: Check, word: _Word) -> Check:
    day = word.as_of[:_DAY] or "a day that is not known"
    why = found.note.removeprefix(_UNASKED)
    if found.outcome is Outcome.PASSED:
        why = f"what answered is an older copy: {why}"
    return Check(
        _STATUS,
        Outcome.FAILED,
        f"{word.problem.title}, as of {day}; it could not be asked again: {why}",
        (word.problem, *found.problems),
        word.as_of,
    )

"""Do embedded endorsements verify? Never fatal: they are other people's words.

Open Badges 3.0 `endorsement` and `endorsementJwt` of the credential, its issuer, its
achievements and who made those. Each is a credential of its own and is reported as
such. What somebody says of their own work is told apart.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats import Part, Path, read_at, subject_paths
from credwallet.model.credential import Credential
from credwallet.model.report import (
    Check,
    Outcome,
    Problem,
    Verdict,
    VerificationReport,
)
from credwallet.verify.case import Case, answer, passed, skipped

ID = "endorsements"
QUESTION = "Do embedded endorsements verify?"

_MAX_ENDORSEMENTS = 20
_MEMBERS = ("endorsement", "endorsementJwt")


class _Place(NamedTuple):
    """Something that may carry endorsements, and where it stands."""

    path: Path
    value: dict[str, Any]


def check(case: Case) -> Check:
    """Verify each endorsement as a credential of its own, and keep its report."""
    held = case.held
    if not isinstance(held, Credential):
        return skipped(ID, "not asked of a presentation")
    problems: list[Problem] = []
    count = 0
    for endorsed, part in _endorsements(held):
        if count == _MAX_ENDORSEMENTS or not case.allowance.take_endorsement():
            problems.append(
                Problem("too-many", f"only {count} endorsements were looked at")
            )
            break
        count += 1
        problem = _judge(case, endorsed, part)
        if problem is not None:
            problems.append(problem)
    own = sum(_is_by_issuer(held, report) for report in case.endorsed)
    return concluded(problems, count, more=f"{own} by the issuer itself" if own else "")


def concluded(problems: list[Problem], count: int, *, more: str = "") -> Check:
    """Answer from what was found wrong with so many endorsements.

    Args:
        problems: Of type `bad-endorsement` where one is known to be bad.
        count: How many were looked at.
        more: What else is to be said if all are good.

    """
    if problems:
        bad = any(problem.type == "bad-endorsement" for problem in problems)
        return answer(ID, Outcome.FAILED if bad else Outcome.UNKNOWN, *problems)
    if not count:
        return skipped(ID, "it carries none")
    note = f"{count} endorsement{'s' * (count > 1)}, all good"
    return passed(ID, f"{note}; {more}" if more else note)


def _is_by_issuer(held: Credential, report: VerificationReport) -> bool:
    endorsement = report.subject
    return (
        isinstance(endorsement, Credential) and endorsement.issuer.id == held.issuer.id
    )


def _endorsements(held: Credential) -> Iterator[tuple[object, Part]]:
    """Yield every endorsement with the identifier of what carries it."""
    for place in _places(held):
        for name in _MEMBERS:
            if place.value.get(name) is None:
                continue
            path = (*place.path, name)
            try:
                parts = read_at(held, path, 0)
            except Unreadable as error:
                parts = [Part("".join(f"/{step}" for step in path), error)]
            for part in parts:
                yield place.value.get("id"), part


def _places(held: Credential) -> Iterator[_Place]:
    document = held.document
    yield _Place((), document)
    yield from _member(_Place((), document), "issuer")
    subjects = document.get("credentialSubject")
    for path, value in zip(subject_paths(subjects), held.subjects, strict=True):
        subject = _Place(path, value)
        yield from _member(subject, "source")
        for achievement in _member(subject, "achievement"):
            yield achievement
            yield from _member(achievement, "creator")


def _member(around: _Place, name: str) -> Iterator[_Place]:
    """Yield the objects of a member that may be one or several."""
    value = around.value.get(name)
    path: Path = (*around.path, name)
    if isinstance(value, dict):
        yield _Place(path, value)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                yield _Place((*path, index), entry)


def _judge(case: Case, endorsed: object, part: Part) -> Problem | None:
    held = part.held
    if isinstance(held, CredwalletError):
        unsure = held.type == "unsupported" or held.instance is None
        kind = "endorsement-unknown" if unsure else "bad-endorsement"
        return Problem(
            kind, f"an endorsement is unreadable: {held.what}", instance=part.pointer
        )
    if not isinstance(held, Credential) or not _is_about(held, endorsed):
        return Problem(
            "bad-endorsement",
            "an endorsement is about something else",
            instance=part.pointer,
        )
    verdict = _verdict(case, held, part.pointer)
    if verdict is Verdict.VALID:
        return None
    unsure = verdict is Verdict.UNDETERMINED
    return Problem(
        type="endorsement-unknown" if unsure else "bad-endorsement",
        title=f"an endorsement is {verdict}",
        instance=part.pointer,
    )


def _is_about(endorsement: Credential, endorsed: object) -> bool:
    about = [subject.get("id") for subject in endorsement.subjects]
    return "EndorsementCredential" in endorsement.types and about == [endorsed]


def _verdict(case: Case, endorsement: Credential, pointer: str) -> Verdict:
    from credwallet.verify import (  # noqa: PLC0415 -- it lists this module
        verify_endorsement,
    )

    report = verify_endorsement(endorsement, case)
    report = report._replace(role="endorsement", pointer=pointer)
    case.endorsed = (*case.endorsed, report)
    return report.verdict

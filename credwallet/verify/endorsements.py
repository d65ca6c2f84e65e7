"""Do embedded endorsements verify? Never fatal: they are other people's words.

Open Badges 3.0 `endorsement` and `endorsementJwt` of the credential, its issuer and its
achievements. Each is a credential of its own and is reported as such.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats import Part, Path, read_at, subject_paths
from credwallet.model.credential import Credential
from credwallet.model.report import Check, Outcome, Problem, Verdict
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
    if problems:
        bad = any(problem.type == "bad-endorsement" for problem in problems)
        return answer(ID, Outcome.FAILED if bad else Outcome.UNKNOWN, *problems)
    if not count:
        return skipped(ID, "it carries none")
    return passed(ID, f"{count} endorsement{'s' * (count > 1)}, all good")


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
    if isinstance(document.get("issuer"), dict):
        yield _Place(("issuer",), document["issuer"])
    subjects = document.get("credentialSubject")
    for path, subject in zip(subject_paths(subjects), held.subjects, strict=True):
        achievements = subject.get("achievement")
        inner: Path = (*path, "achievement")
        if isinstance(achievements, dict):
            yield _Place(inner, achievements)
        elif isinstance(achievements, list):
            for index, achievement in enumerate(achievements):
                if isinstance(achievement, dict):
                    yield _Place((*inner, index), achievement)


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

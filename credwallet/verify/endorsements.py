"""Do embedded endorsements verify? Never fatal: they are other people's words.

Open Badges 3.0 `endorsement` of the credential, its issuer and its achievement.
"""

from collections.abc import Iterator

from credwallet.model.credential import Credential
from credwallet.model.report import Check, Outcome, Problem, Verdict
from credwallet.verify.case import Case, answer, passed, skipped

ID = "endorsements"
QUESTION = "Do embedded endorsements verify?"

_MAX_ENDORSEMENTS = 20


def check(case: Case) -> Check:
    """Verify each endorsement as a credential of its own."""
    held = case.held
    if not isinstance(held, Credential):
        return skipped(ID, "not asked of a presentation")
    found = list(_endorsements(held))
    if not found:
        return skipped(ID, "it carries none")
    problems = [
        problem
        for endorsed, pointer, entry in found[:_MAX_ENDORSEMENTS]
        if (problem := _judge(case, endorsed, pointer, entry)) is not None
    ]
    if len(found) > _MAX_ENDORSEMENTS:
        problems.append(
            Problem("too-many", f"only {_MAX_ENDORSEMENTS} endorsements were looked at")
        )
    if problems:
        bad = any(problem.type == "bad-endorsement" for problem in problems)
        return answer(ID, Outcome.FAILED if bad else Outcome.UNKNOWN, *problems)
    return passed(ID, f"{len(found)} endorsements, all good")


def _endorsements(held: Credential) -> Iterator[tuple[object, str, object]]:
    places: list[tuple[str, object]] = [("", held.document)]
    places.append(("/issuer", held.document.get("issuer")))
    for index, subject in enumerate(held.subjects):
        several = isinstance(held.document.get("credentialSubject"), list)
        where = "/credentialSubject" + (f"/{index}" if several else "")
        places.append((f"{where}/achievement", subject.get("achievement")))
    for where, place in places:
        if not isinstance(place, dict):
            continue
        for name in ("endorsement", "endorsementJwt"):
            entries = place.get(name)
            for index, entry in enumerate(
                entries if isinstance(entries, list) else [entries] if entries else []
            ):
                yield place.get("id"), f"{where}/{name}/{index}", entry


def _judge(case: Case, endorsed: object, pointer: str, entry: object) -> Problem | None:
    if not isinstance(entry, dict):
        return Problem(
            "endorsement-unknown", "an endorsement was not checked", instance=pointer
        )
    endorsement = Credential(
        raw=b"", media_type="application/vc+ld+json", format="json-ld", document=entry
    )
    about = [subject.get("id") for subject in endorsement.subjects]
    if "EndorsementCredential" not in endorsement.types or about != [endorsed]:
        return Problem(
            "bad-endorsement",
            "an endorsement is about something else",
            instance=pointer,
        )
    verdict = _verdict(case, endorsement)
    if verdict is Verdict.VALID:
        return None
    unsure = verdict is Verdict.UNDETERMINED
    return Problem(
        type="endorsement-unknown" if unsure else "bad-endorsement",
        title=f"an endorsement is {verdict}",
        instance=pointer,
    )


def _verdict(case: Case, endorsement: Credential) -> Verdict:
    from credwallet.verify import verify_signed  # noqa: PLC0415 -- it lists this module

    return verify_signed(endorsement, case.policy, case.ports, case.patience).verdict

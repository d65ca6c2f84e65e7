"""What `list` and `stack-progress` need to know about one credential, on one row.

A summary is all that the wallet opens to list and to stack; the body stays sealed. Its
members are JSON values only, in a fixed order, so that 512 of them are one array.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from credwallet.model.achievement import achievement_of, signed_view
from credwallet.model.credential import Credential
from credwallet.model.moment import moment_of
from credwallet.model.open_badges_2 import whole
from credwallet.model.record import associations_of, is_record
from credwallet.model.report import Verdict, VerificationReport

# What only the time of the report made of it.
OUT_OF_DATE = frozenset({Verdict.EXPIRED, Verdict.NOT_YET_VALID})
# More are not kept one by one: nobody reads so many, and a row must stay small.
MOST_ALIGNED = 200


class Summary(NamedTuple):
    """One credential on one row; texts are `""` where nothing is said.

    `valid_from`, `valid_until` and `checked_at` are as written (RFC 3339). `credits` is
    an exact decimal in a string. `achievements` are all identifiers of the achievement
    (its id first, then `otherIdentifier`), `alignments` all `targetUrl` and
    `targetCode`, `keywords` the issuer's own `tag`s, `tags` the learner's. `verdict` is
    the word of the last report, found out at `checked_at`; `verdict_then` is what it
    would have been between `valid_from` and `valid_until` (`""` in older wallets).
    `listed_as` is the issuer's name in the registry `listed_in`, as of that report. Of
    a learner record `parts` are rows of what it holds (`credwallet.model.part`), and
    `associations` triples of type, source and target (`credwallet.model.record`).
    `grade` is the value of its result, where there is one only. `aligned` are the
    alignments one after the other, five texts each: `targetName`, `targetUrl`,
    `targetCode`, `targetFramework`, `targetType` (at most `MOST_ALIGNED` alignments;
    empty in older wallets until the next verify).
    """

    id: str
    name: str
    types: Sequence[str]
    issuer_id: str
    issuer_name: str
    subject_id: str
    valid_from: str
    valid_until: str
    verdict: str
    checked_at: str
    achievements: Sequence[str]
    achievement_type: str
    human_code: str
    alignments: Sequence[str]
    skills: Sequence[str]
    keywords: Sequence[str]
    credits: str
    credit_unit: str
    level: str
    framework: str
    result_status: str
    format: str
    media_type: str
    sha256: str
    tags: Sequence[str] = ()
    note: str = ""
    trashed_at: str = ""
    verdict_then: str = ""
    listed_as: str = ""
    listed_in: str = ""
    parts: Sequence[Mapping[str, Any]] = ()
    associations: Sequence[Sequence[str]] = ()
    grade: str = ""
    aligned: Sequence[str] = ()


def summary_of(report: VerificationReport, *, tags: Sequence[str] = ()) -> Summary:
    """Put what a verified credential says on one row, its signed part only.

    Args:
        report: Of a credential (not a presentation).
        tags: The learner's own tags.

    Raises:
        TypeError: If the report is about a presentation.

    """
    credential = report.subject
    if not isinstance(credential, Credential):
        raise TypeError("a presentation has no summary")
    view = signed_view(credential.document, report.unsigned)
    signed = whole(credential._replace(document=view), report.linked)
    achievement = achievement_of(signed)
    statuses = [result.status for result in achievement.results if result.status]
    values = {result.value for result in achievement.results if result.value}
    listed = report.listed[0] if report.listed else None
    return Summary(
        id=signed.id,
        name=signed.name or achievement.name,
        types=signed.types,
        issuer_id=signed.issuer.id,
        issuer_name=signed.issuer.name,
        subject_id=achievement.subject_id,
        valid_from=signed.valid_from,
        valid_until=signed.valid_until,
        verdict=report.verdict,
        checked_at=report.as_of,
        achievements=achievement.identifiers,
        achievement_type=achievement.achievement_type,
        human_code=achievement.human_code,
        alignments=tuple(
            dict.fromkeys(
                text
                for item in achievement.alignments
                for text in (item.target_url, item.target_code)
                if text
            )
        ),
        skills=tuple(
            dict.fromkeys(
                item.target_name for item in achievement.alignments if item.target_name
            )
        ),
        keywords=achievement.keywords,
        credits=achievement.credits,
        credit_unit=achievement.credit_unit,
        level=achievement.level,
        framework=achievement.framework,
        result_status=statuses[0] if statuses else "",
        format=signed.format,
        media_type=signed.media_type,
        sha256=hashlib.sha256(credential.raw).hexdigest(),
        tags=tuple(tags),
        verdict_then=report.verdict_then,
        listed_as=listed.name if listed else "",
        listed_in=listed.registry if listed else "",
        parts=_parts(report),
        associations=associations_of(signed.document),
        # Which of several is the grade, nobody says.
        grade=values.pop() if len(values) == 1 else "",
        # Flat, since lists in lists are slow to read back where there are thousands.
        aligned=tuple(chain.from_iterable(achievement.alignments[:MOST_ALIGNED])),
    )


def _parts(report: VerificationReport) -> Sequence[Mapping[str, Any]]:
    if not is_record(report.subject.types):
        return ()
    from credwallet.model.part import part_rows  # noqa: PLC0415 -- breaks the circle

    return part_rows(report)


def summary_again(report: VerificationReport, before: Summary) -> Summary:
    """Put a new report on the row of a credential that is kept already.

    What the learner added (tags, note) and the trash stay as they were.

    Args:
        report: The new report, of the same credential.
        before: The row as it is kept now.

    """
    return summary_of(report, tags=before.tags)._replace(
        note=before.note, trashed_at=before.trashed_at
    )


def verdict_at(summary: Summary, at: datetime) -> str:
    """Say what the kept verdict has become by the passing of time alone.

    A credential that was good when it was checked may have expired since, and one that
    was out of date then is what it would have been at a moment between its dates.

    Args:
        summary: With the verdict of the last report.
        at: The moment asked about, with a time zone.

    """
    until = moment_of(summary.valid_until)
    settled = (Verdict.VALID, Verdict.UNDETERMINED, Verdict.NOT_YET_VALID)
    if summary.verdict in settled and until is not None and until <= at:
        return str(Verdict.EXPIRED)
    if summary.verdict in OUT_OF_DATE and summary.verdict_then:
        start = moment_of(summary.valid_from)
        if (start is None or start <= at) and (until is None or at < until):
            return summary.verdict_then
    return summary.verdict


def expiry(summary: Summary) -> datetime | None:
    """Return when the credential expires, None if it does not or does not say."""
    return moment_of(summary.valid_until)

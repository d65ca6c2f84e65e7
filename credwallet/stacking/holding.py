"""What does a credential in the wallet bring to a stack?

A `Holding` is made of its summary alone. Dates are UTC days. The verdict says how far
it can be relied on, dates aside; whether it is in date is asked anew for the day in
question (`stacking.usable`).
"""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Holding, Standing
from credwallet.model.summary import OUT_OF_DATE, Summary
from credwallet.stacking.amounts import exact

_STANDINGS = {
    "valid": Standing.VERIFIED,
    "revoked": Standing.REVOKED,
    "suspended": Standing.SUSPENDED,
    "malformed": Standing.INVALID,
    "invalid": Standing.INVALID,
    "expired": Standing.OUT_OF_DATE,
    "not-yet-valid": Standing.OUT_OF_DATE,
}

# `achievementType` of Open Badges 3.0 (section B.4, AchievementType Enumeration). Any
# other type is a kind of its own by its name in lower case: nothing is guessed.
_KINDS = {
    **dict.fromkeys(
        (
            "Badge",
            "CertificateOfCompletion",
            "Certification",
            "Competency",
            "MicroCredential",
        ),
        "micro",
    ),
    **dict.fromkeys(
        (
            "ApprenticeshipCertificate",
            "AssociateDegree",
            "BachelorDegree",
            "Certificate",
            "Degree",
            "Diploma",
            "DoctoralDegree",
            "GeneralEducationDevelopment",
            "JourneymanCertificate",
            "MasterCertificate",
            "MasterDegree",
            "ProfessionalDoctorate",
            "ResearchDoctorate",
            "SecondarySchoolDiploma",
        ),
        "formal",
    ),
}


class _Day(NamedTuple):
    day: date | None
    readable: bool


def holding_of(handle: str, summary: Summary) -> Holding:
    """See one credential of the wallet as stacking does.

    Args:
        handle: Its handle in the wallet.
        summary: Its row.

    Returns:
        The holding. An expiry that cannot be read makes it unverified: it must not
        pass for one that never expires.

    """
    verdict = summary.verdict
    if verdict in OUT_OF_DATE:
        verdict = summary.verdict_then or verdict
    standing = _STANDINGS.get(verdict, Standing.UNVERIFIED)
    issued, expires = _day(summary.valid_from), _day(summary.valid_until)
    if not (issued.readable and expires.readable) and standing is Standing.VERIFIED:
        standing = Standing.UNVERIFIED
    identifiers = tuple(summary.achievements)
    codes = (*identifiers[1:], *filter(None, (summary.human_code,)))
    return Holding(
        handle=handle,
        standing=standing,
        achievement=identifiers[0] if identifiers else "",
        codes=tuple(dict.fromkeys(codes)),
        alignments=tuple(summary.alignments),
        issuer=summary.issuer_id,
        name=summary.name,
        issued=issued.day,
        expires=expires.day,
        credits=_amount(summary.credits),
        credit_unit=summary.credit_unit,
        level=_amount(summary.level),
        framework=summary.framework,
        kind=kind_of(summary.achievement_type),
        tags=tuple(summary.keywords),
        own_tags=tuple(summary.tags),
        grade=_amount(summary.grade),
        result_status=summary.result_status,
    )


def kind_of(achievement_type: str) -> str:
    """Name the kind of an `achievementType` (Open Badges 3.0 section B.4).

    Args:
        achievement_type: As the credential says it.

    Returns:
        `micro`, `formal`, the type itself in lower case, or `""`.

    """
    return _KINDS.get(achievement_type, achievement_type.lower())


def _amount(text: str) -> Fraction | None:
    number = exact(text) if text else None
    return None if number is None or number < 0 else number


def _day(text: str) -> _Day:
    if not text:
        return _Day(None, readable=True)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return _Day(None, readable=False)
    return _Day(moment.date(), readable=True)

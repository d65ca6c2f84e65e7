"""What a certificate says, in short and harmless lines.

Only what a proof covers is quoted, dates as they are written. Names come from
strangers: what cannot be seen, and what changes the order of letters, is taken out,
and no line is longer than people read.
"""

import re
import unicodedata
from typing import Any, NamedTuple

from credwallet.model.achievement import achievement_of, signed_view
from credwallet.model.credential import Credential, words
from credwallet.model.open_badges_2 import whole
from credwallet.model.report import Verdict
from credwallet.share.certificate.picture import address_in
from credwallet.share.handover import Kept

NOTHING_SAID = "not said"

_LONGEST_NAME = 160
_LONGEST_TEXT = 320
_MOST_MARKS = 3
# Two joiners are part of how words of some scripts are written.
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))
# Letters and signs without any ink.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u3164\u2800\uffa0\u034f")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: dict[str, str] = {
    Verdict.VALID: "Valid",
    Verdict.UNDETERMINED: "Not certain: something could not be checked",
    Verdict.EXPIRED: "Expired",
    Verdict.NOT_YET_VALID: "Not valid yet",
    Verdict.REVOKED: "Revoked",
    Verdict.SUSPENDED: "Suspended",
    Verdict.INVALID: "Invalid: the signature or a rule does not hold",
    Verdict.MALFORMED: "Malformed: it breaks the rules of its format",
}


class Wording(NamedTuple):
    """The lines of a certificate; `""` where the credential says nothing.

    `issued` and `expires` are dates as written (`2026-03-31`), `verdict` a sentence
    about the last check, which found the credential `good` or `bad` or neither,
    `picture` the `data:` address of its image.
    """

    name: str
    recipient: str
    issuer: str
    issuer_id: str
    about: str
    issued: str
    expires: str
    verdict: str
    good: bool
    bad: bool
    picture: str


def wording(credential: Credential, kept: Kept) -> Wording:
    """Read what a certificate says out of a credential.

    Args:
        credential: Of any format.
        kept: What no proof covers, and what the last check found.

    """
    view = credential._replace(document=signed_view(credential.document, kept.unsigned))
    signed = whole(view, kept.linked)
    achievement = achievement_of(signed)
    return Wording(
        name=clean(achievement.name or signed.name, _LONGEST_NAME) or "Credential",
        recipient=clean(_recipient(signed), _LONGEST_NAME),
        issuer=clean(signed.issuer.name, _LONGEST_NAME),
        issuer_id=clean(signed.issuer.id, _LONGEST_NAME),
        about=clean(achievement.description, _LONGEST_TEXT),
        issued=_date(signed.valid_from),
        expires=_date(signed.valid_until),
        verdict=verdict_line(kept),
        good=kept.verdict == Verdict.VALID,
        bad=kept.verdict not in ("", Verdict.VALID, Verdict.UNDETERMINED),
        picture=address_in(signed),
    )


def verdict_line(kept: Kept) -> str:
    """Say what the last check found, and when.

    Args:
        kept: `verdict` and `checked_at`.

    """
    if not kept.verdict:
        return "Not checked by the wallet that made this page"
    found = _WORDS.get(kept.verdict, kept.verdict)
    day = _date(kept.checked_at)
    return f"{found} when last checked, on {day}" if day else found


def clean(text: str, longest: int) -> str:
    """Make a line of any text: what is unseen is gone, what is too long is cut.

    Args:
        text: From anybody.
        longest: Most characters to keep, an ellipsis among them.

    """
    # Eight times the length: what is dropped costs nothing.
    composed = unicodedata.normalize("NFC", text[: 8 * longest])
    kept: list[str] = []
    marks = 0
    for character in composed:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category == "Zs" or character in "\t\n\r\u2028\u2029":
            kept.append(" ")
        elif character in _JOINERS or not (
            category in _UNSEEN or character in _BLANK or marks > _MOST_MARKS
        ):
            kept.append(character)
    line = " ".join("".join(kept).split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rstrip() + "\u2026"


def _recipient(signed: Credential) -> str:
    """Find the name of who earned it, where the issuer wrote it in the open."""
    for subject in signed.subjects:
        name = words(subject.get("name"))
        # For kinds without an achievement the subject may be the achievement itself.
        if name and "achievement" in subject:
            return name
        for entry in _many(subject.get("identifier")):
            if (
                isinstance(entry, dict)
                and entry.get("identityType") == "name"
                and entry.get("hashed") is False
                and isinstance(entry.get("identityHash"), str)
            ):
                return str(entry["identityHash"])
    return ""


def _date(moment: str) -> str:
    """Take the day of a moment as it is written, without a shift of time zone."""
    found = _DATE.match(moment)
    return found[0] if found else ""


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

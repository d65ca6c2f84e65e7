"""Credentials of some size, as different as real ones, made quickly the same each time.

A badge of `tests.benchmarks.badges` and the report of its import are the templates;
identifiers, names, dates, skills, text and signature are new for each.
"""

import hashlib
import json
import random
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.model.summary import Summary

BYTES = 4096
ISSUERS = 200
_SEED = 7
_SOUP = 1 << 20
_SYLLABLES = (
    "ma ter ial con struc tion meas ure plan read draw graph line func tion wood "
    "work data base net work safe ty le arn ing tea ch er sup er vise test ex am"
)


class Made(NamedTuple):
    """A credential as the wallet keeps it; `rid` has 16 bytes and names it."""

    rid: bytes
    raw: bytes
    summary: Summary
    report: dict[str, Any]


class Maker:
    """Makes credential number so-and-so.

    Args:
        size: Bytes of each, as received; the report on it comes on top.

    """

    def __init__(self, size: int = BYTES) -> None:
        self._size = size
        choose = random.Random(_SEED)  # noqa: S311 -- the same text each time
        words = {
            "".join(choose.choices(_SYLLABLES.split(), k=choose.randint(1, 4)))
            for _ in range(6000)
        }
        self._words = sorted(words)
        soup = " ".join(choose.choices(self._words, k=_SOUP // 8))
        self._soup = soup[: _SOUP - 1]
        self._issuers = [
            (f"did:key:z6Mk{_random_text(number, 44)}", self._text(number, 18))
            for number in range(ISSUERS)
        ]

    def __call__(self, number: int) -> Made:
        """Make one.

        Args:
            number: From 0.

        """
        issuer, issuer_name = self._issuers[number * 7 % ISSUERS]
        name = self._text(number * 31, 44)
        skill = self._text(number * 17 % 5000, 30)
        month, day = number % 12 + 1, number % 28 + 1
        valid_from = f"{2018 + number % 8}-{month:02}-{day:02}T09:00:00Z"
        identifier = f"https://badges.example/credentials/{_random_text(number, 22)}"
        achievement = f"https://badges.example/achievements/{number % 5000}"
        target = f"https://skills.example/{number * 17 % 5000}"
        document = _document(
            identifier, name, (issuer, issuer_name), valid_from, achievement
        )
        document["credentialSubject"]["achievement"]["alignment"] = [
            {"type": ["Alignment"], "targetName": skill, "targetUrl": target}
        ]
        document["proof"] = _proof(issuer, number)
        raw = self._filled(document, number)
        digest = hashlib.sha256(raw).hexdigest()
        summary = _BLANK._replace(
            id=identifier,
            name=name,
            issuer_id=issuer,
            issuer_name=issuer_name,
            valid_from=valid_from,
            achievements=[achievement],
            alignments=[target],
            skills=[skill],
            sha256=digest,
        )
        rid = hashlib.sha256(identifier.encode()).digest()[:16]
        return Made(rid, raw, summary, _report(summary))

    def many(self, start: int, stop: int) -> Iterator[Made]:
        """Make those from `start` up to `stop`."""
        return map(self, range(start, stop))

    def _text(self, number: int, length: int) -> str:
        start = number * 7919 % (_SOUP - 2 * BYTES)
        return self._soup[start : start + length].strip()

    def _filled(self, document: dict[str, Any], number: int) -> bytes:
        """Let the description grow until the whole has its size."""
        achievement = document["credentialSubject"]["achievement"]
        achievement["description"] = ""
        missing = max(self._size - len(json.dumps(document, indent=1)), 0)
        start = number * 104729 % (_SOUP - 2 * BYTES)
        achievement["description"] = self._soup[start : start + missing]
        return json.dumps(document, indent=1).encode()


def _random_text(number: int, length: int) -> str:
    digest = hashlib.sha512(f"text {number}".encode()).digest() * 2
    return urlsafe_b64encode(digest).decode()[:length]


def _document(
    identifier: str,
    name: str,
    issuer: tuple[str, str],
    valid_from: str,
    achievement: str,
) -> dict[str, Any]:
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": identifier,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer[0], "type": ["Profile"], "name": issuer[1]},
        "validFrom": valid_from,
        "name": name,
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": achievement,
                "type": ["Achievement"],
                "achievementType": "Competency",
                "name": name,
                "criteria": {"narrative": "Passed a supervised test."},
            },
        },
    }


def _proof(issuer: str, number: int) -> dict[str, str]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-02-01T09:00:00Z",
        "verificationMethod": f"{issuer}#{issuer.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
        "proofValue": "z" + _random_text(-number - 1, 87),
    }


_BLANK = Summary(
    id="",
    name="",
    types=["VerifiableCredential", "OpenBadgeCredential"],
    issuer_id="",
    issuer_name="",
    subject_id="did:example:ebfeb1f712ebc6f1c276e12ec21",
    valid_from="",
    valid_until="",
    verdict="valid",
    checked_at="2026-11-25T12:00:00+00:00",
    achievements=[],
    achievement_type="Competency",
    human_code="",
    alignments=[],
    skills=[],
    keywords=[],
    credits="",
    credit_unit="",
    level="",
    framework="",
    result_status="",
    format="json-ld",
    media_type="application/vc+ld+json",
    sha256="",
    verdict_then="valid",
)
_NOTES = (
    ("structure", "passed", "Open Badges 3.0, VC Data Model 2.0"),
    ("proof", "passed", "eddsa-rdfc-2022 by {issuer}"),
    ("issuer", "passed", "the key is {issuer}'s (in the DID itself)"),
    ("validity", "passed", "from {valid_from}, no end"),
    ("status", "skipped", "it names no status list"),
    ("subject", "skipped", "you have not said who you are"),
    ("endorsements", "skipped", "it carries none"),
    ("refresh", "skipped", "its issuer offers none"),
)


def _report(summary: Summary) -> dict[str, Any]:
    """Write a report with the members and the words that an import writes."""
    return {
        "source": f"badges/{summary.sha256[:12]}.json",
        "handle": None,
        "id": summary.id,
        "type": summary.types,
        "name": summary.name,
        "issuer": {"id": summary.issuer_id, "name": summary.issuer_name},
        "subject": {"id": summary.subject_id},
        "validFrom": summary.valid_from,
        "validUntil": None,
        "format": summary.format,
        "verdict": summary.verdict,
        "at": summary.checked_at,
        "offline": False,
        "checks": [
            {
                "check": check,
                "outcome": outcome,
                "note": note.format(
                    issuer=summary.issuer_id, valid_from=summary.valid_from
                ),
                "problems": [],
            }
            for check, outcome, note in _NOTES
        ],
        "unsigned": [],
        "documents": [],
    }

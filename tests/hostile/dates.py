"""Dates that have passed, that cannot be, or that stand under another word (1c)."""

import hashlib
from collections.abc import Iterator
from typing import Any

from tests.hostile.badges import VARIANTS, Group, badge, subject
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    JsonObject,
    compact,
    header_of,
    jws,
    proven,
)

GROUP = Group("time-and-documents")
JCS, RDFC, JWT = VARIANTS
# The corpus is judged at noon of 25 November 2026; a minute of skew is forgiven.
PAST, JUST_PAST = "2026-03-01T00:00:00Z", "2026-11-25T11:58:59Z"
AHEAD, JUST_AHEAD = "2031-01-01T00:00:00Z", "2026-11-25T12:01:01Z"


LEARNER = "ada@example.org"


def files() -> Iterator[HostileFile]:
    yield from _passed()
    yield from _proof_dates()
    yield from _claims()
    yield from _impossible()
    yield from _older_words()
    yield from _recipients()


def _passed() -> Iterator[HostileFile]:
    row = "dates-passed"
    for name, changes, verdict in (
        ("valid-until", {"validUntil": PAST}, "expired"),
        ("valid-until-by-61-seconds", {"validUntil": JUST_PAST}, "expired"),
        (
            "valid-until-in-another-zone",
            {"validUntil": "2026-11-25T13:00:00+14:00"},
            "expired",
        ),
        ("valid-from", {"validFrom": AHEAD}, "not-yet-valid"),
        ("valid-from-by-61-seconds", {"validFrom": JUST_AHEAD}, "not-yet-valid"),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(**changes),
            "not valid at this time",
            answers=(verdict,),
        )


def _proof_dates() -> Iterator[HostileFile]:
    row = "dates-passed"
    for suite in (JCS, RDFC):
        for name, changes, verdict in (
            ("proof-expires", {"expires": PAST}, "expired"),
            ("proof-created-ahead", {"created": AHEAD}, "not-yet-valid"),
        ):
            yield GROUP.file(
                f"{row}/{name}/{suite}",
                proven(badge(), HARBOUR, suite, **changes),
                "the proof itself is not valid at this time",
                answers=(verdict,),
            )


def _claims() -> Iterator[HostileFile]:
    for name, claims, answers in (
        ("dates-passed/exp", {"exp": 1772323200}, ("expired",)),
        ("dates-passed/exp-fraction", {"exp": 1772323200.5}, ("expired",)),
        ("dates-passed/exp-long-ago", {"exp": -1}, ("expired", "malformed")),
        ("dates-passed/nbf", {"nbf": 1924992000}, ("not-yet-valid",)),
        ("impossible-dates/exp-text", {"exp": "1924992000"}, ()),
        ("impossible-dates/exp-true", {"exp": True}, ()),
        ("impossible-dates/exp-null", {"exp": None}, ()),
        ("impossible-dates/exp-array", {"exp": [1924992000]}, ()),
        ("impossible-dates/exp-huge", {"exp": 10**300}, ()),
        ("impossible-dates/exp-beyond-the-calendar", {"exp": 10**12}, ()),
        ("impossible-dates/exp-401-digits", {"exp": 10**400}, ()),
    ):
        payload = compact(badge() | claims)
        yield GROUP.file(
            f"{name}/{JWT}",
            jws(header_of(HARBOUR), payload, HARBOUR.key),
            "a claim about time",
            answers=answers,
        )


def _impossible() -> Iterator[HostileFile]:
    row = "impossible-dates"
    for name, value in (
        ("february-30", "2031-02-30T00:00:00Z"),
        ("month-13", "2031-13-01T00:00:00Z"),
        ("hour-25", "2031-01-01T25:00:00Z"),
        ("second-61", "2031-01-01T00:00:61Z"),
        ("zone-25", "2031-01-01T00:00:00+25:00"),
        ("no-zone", "2031-01-01T00:00:00"),
        ("date-only", "2031-01-01"),
        ("space", "2031-01-01 00:00:00Z"),
        ("arabic-digits", "\u0662\u0660\u0663\u0661-01-01T00:00:00Z"),
        ("full-width-digits", "\uff12\uff10\uff13\uff11-01-01T00:00:00Z"),
        ("year-99999", "99999-01-01T00:00:00Z"),
        ("negative-year", "-2031-01-01T00:00:00Z"),
        ("empty", ""),
        ("words", "never"),
        ("line-end", "2031-01-01T00:00:00Z\n"),
    ):
        for variant in (JCS, JWT):
            yield from GROUP.signed(
                f"{row}/{name}",
                badge(validUntil=value),
                "that is no date",
                variants=(variant,),
            )
    for name, odd in (
        ("array", [AHEAD]),
        ("number", 4102444800),
        ("object", {"@value": AHEAD}),
        ("true", True),
    ):
        yield from GROUP.signed(
            f"{row}/{name}", badge(validUntil=odd), "no text", variants=(JCS, JWT)
        )
    yield from GROUP.signed(
        f"{row}/reversed",
        badge(validFrom="2026-06-01T00:00:00Z", validUntil="2026-05-01T00:00:00Z"),
        "it ends before it begins",
    )
    yield from GROUP.signed(
        f"{row}/zone-missing-over-rdf",
        badge(validUntil="2031-01-01T00:00:00"),
        "no time zone",
        variants=(RDFC,),
    )


def _older_words() -> Iterator[HostileFile]:
    row = "words-of-vc-1.1"
    for name, value, answers in (
        ("passed", PAST, ("expired",)),
        ("ahead", AHEAD, ("valid",)),
    ):
        why = "VC 2.0 has no expirationDate: other readers pass over it"
        document = badge(expirationDate=value)
        yield from GROUP.signed(
            f"{row}/expiration-{name}",
            document,
            why,
            "warn",
            variants=(JCS, JWT),
            answers=answers,
            problem="older-word" if name == "ahead" else "expired",
        )
        yield from GROUP.signed(
            f"{row}/expiration-{name}",
            document,
            why,
            "warn",
            variants=(RDFC,),
            answers=("undetermined", "expired", "invalid"),
            problem="not-signed",
        )
    yield from GROUP.signed(
        f"{row}/issuance-ahead",
        badge(issuanceDate=AHEAD),
        "VC 2.0 has no issuanceDate: other readers pass over it",
        "warn",
        answers=("not-yet-valid", "undetermined", "invalid"),
    )


def _recipients() -> Iterator[HostileFile]:
    row = "recipient-hashes"
    somebody = "sha256$" + "0" * 64
    for name, identity in (
        ("another-hash", _identity(somebody, salt="salt")),
        ("unsalted", _identity(somebody)),
        ("md5", _identity("md5$" + "0" * 32, salt="salt")),
        ("plain-another", _identity("eve@example.org", hashed=False)),
        ("broken-hash", _identity("sha256$zz", salt="s")),
        ("hash-without-algorithm", _identity("0" * 64, salt="s")),
        ("own-hash-with-another-salt", _identity(_hash("salt"), salt="tlas")),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(
                credentialSubject={
                    **subject(identifier=[identity]),
                    "id": "did:example:other",
                }
            ),
            "the badge is about somebody else",
            "warn",
            answers=("valid", "undetermined"),
            identities=(LEARNER,),
            problem="other-subject",
        )
    for name, value, salt in (
        ("own-hash", _hash("salt"), "salt"),
        ("own-hash-without-salt", _hash(""), ""),
        ("own-hash-in-capitals", _hash("salt").upper().replace("SHA", "sha"), "salt"),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(credentialSubject=subject(identifier=[_identity(value, salt=salt)])),
            "about the learner, whatever else the hash may be",
            "accept-safely",
            identities=(LEARNER,),
        )


def _hash(salt: str) -> str:
    return "sha256$" + hashlib.sha256((LEARNER + salt).encode()).hexdigest()


def _identity(value: str, *, salt: str = "", hashed: bool = True) -> JsonObject:
    made: dict[str, Any] = {
        "type": "IdentityObject",
        "hashed": hashed,
        "identityHash": value,
        "identityType": "emailAddress",
    }
    return made | {"salt": salt} if salt else made

"""What a verification found: never a bool, always every question that was asked.

VCDM 2.0 section 7.1 (verification), RFC 9457 (problems).
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from credwallet.errors import CredwalletError
from credwallet.model.credential import Held, JsonObject


class Outcome(StrEnum):
    """The answer to one question."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """The whole report in one word; declared from the gravest to the best."""

    MALFORMED = "malformed"
    INVALID = "invalid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    UNDETERMINED = "undetermined"
    VALID = "valid"


class Problem(NamedTuple):
    """One finding in the terms of RFC 9457.

    `instance` is a JSON Pointer into the credential, `next_step` what to do about it.
    Of a file that the learner wrote, `file`, `line` and `column` say where, from 1.
    """

    type: str
    title: str
    detail: str = ""
    instance: str = ""
    next_step: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None

    @classmethod
    def of(cls, error: CredwalletError) -> "Problem":
        """Say the same as `error` does."""
        return cls(
            type=error.type,
            title=error.what,
            detail=error.detail,
            instance=error.instance or "",
            next_step=error.next_step,
            file=error.file,
            line=error.line,
            column=error.column,
        )


class Check(NamedTuple):
    """One question of the table in `verify`, answered.

    `id` is the question's name (`proof`), `note` one line for people. `as_of` (RFC
    3339) is when it was found out, if that was in an earlier run; else `""`.
    """

    id: str
    outcome: Outcome
    note: str = ""
    problems: tuple[Problem, ...] = ()
    as_of: str = ""


class Linked(NamedTuple):
    """A document that the credential names and that was loaded to verify it.

    Such as the badge class and the issuer of an Open Badges 2.0 assertion. `origin` is
    `fetched`, `cached` or `supplied`, or `kept` for what only an earlier one loaded.
    """

    url: str
    document: JsonObject
    origin: str


class Consulted(NamedTuple):
    """A document from an address on which a verification rests.

    `origin` is `fetched`, `cached` or `supplied`, `age_s` how many seconds ago it was
    fetched if that was in an earlier run.
    """

    url: str
    origin: str
    age_s: int


class Listed(NamedTuple):
    """That a registry of the learner's lists the issuer, and under which name.

    `registry` is the registry's name, `age_s` how many seconds old its word is.
    """

    name: str
    registry: str
    age_s: int


class VerificationReport(NamedTuple):
    """Every check of one credential or presentation, in the order of the table.

    `unsigned` are JSON Pointers of members that no proof covers: they must never be
    shown as part of the achievement. `contains` are the reports of what a
    presentation or a record holds, and of endorsements; `role` (`part`, `endorsement`)
    and `pointer` say which, and where it stands in what is around it. `linked` are the
    documents that were loaded and on which the verdict rests. `verdict` is derived
    (`credwallet.verify.verdict`), and `verdict_then` is what it would be at a moment
    between the dates of the credential itself. `listed` are the issuer's entries in the
    learner's registries. `newer` is the report of a newer copy that the issuer gave
    out, if it was asked for one and the copy is good. `consulted` are the documents
    from addresses that were read for all of it.
    """

    subject: Held
    at: datetime
    offline: bool
    checks: tuple[Check, ...]
    verdict: Verdict
    unsigned: tuple[str, ...] = ()
    contains: "tuple[VerificationReport, ...]" = ()
    linked: tuple[Linked, ...] = ()
    role: str = ""
    pointer: str = ""
    verdict_then: str = ""
    listed: tuple[Listed, ...] = ()
    newer: "VerificationReport | None" = None
    consulted: tuple[Consulted, ...] = ()

    @property
    def parts(self) -> "tuple[VerificationReport, ...]":
        """Reports of what it holds; endorsements are other people's words about it."""
        return tuple(inner for inner in self.contains if inner.role != "endorsement")

    @property
    def as_of(self) -> str:
        """When the verdict was found out (RFC 3339); earlier than `at` if it stands."""
        if self.verdict in (Verdict.REVOKED, Verdict.SUSPENDED):
            for check in self.checks:
                if check.outcome is Outcome.FAILED and check.as_of:
                    return check.as_of
        return self.at.isoformat(timespec="seconds")

    def check(self, check_id: str) -> Check:
        """Return the check of that name.

        Raises:
            KeyError: If the table has no such check.

        """
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)

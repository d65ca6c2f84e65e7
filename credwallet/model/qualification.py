"""What a larger qualification asks for, what a learner holds, and how far that goes.

The values of stacking: a `Qualification` is read from a file (`stacking.files`), a
`Holding` is one credential as stacking sees it, a `Progress` is the answer. Every
amount is an exact `Fraction`; nothing here is ever a float.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Match(NamedTuple):
    """Which credentials fit: every key that is given, by any of its values.

    An empty match fits everything. `any` is a list of further matches of which one must
    fit. `min_level` compares within `framework` where both sides name one.
    """

    achievement: tuple[str, ...] = ()
    alignment: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    not_issuer: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    min_level: Fraction | None = None
    framework: str = ""
    min_grade: Fraction | None = None
    any: "tuple[Match, ...]" = ()


class Requirement(NamedTuple):
    """One leaf of a qualification.

    `type` is `credential`, `count`, `credits` or `manual`; `need` is 1, n or an amount
    in the file's own unit; `group` is the id of the group it stands in, `""` for the
    root; `weight` is its share of an `all_of`.
    """

    id: str
    type: str
    need: Fraction
    match: Match
    weight: Fraction
    group: str = ""
    title: str = ""
    text: str = ""


class Group(NamedTuple):
    """Several requirements or groups: `all_of` them, or the best `n` (`n_of`)."""

    id: str
    type: str
    n: int
    weight: Fraction
    group: str = ""
    title: str = ""
    text: str = ""


class Share(NamedTuple):
    """Every two of these requirements may use one credential."""

    requirements: tuple[str, ...]


class Cap(NamedTuple):
    """What may be used at most of what fits; `max_credits` in the file's unit.

    `requirements` narrows it to what is used there; empty means everywhere.
    """

    id: str
    match: Match
    max_count: int | None = None
    max_credits: Fraction | None = None
    requirements: tuple[str, ...] = ()
    text: str = ""


class Gate(NamedTuple):
    """What must be used at least of what fits; it moves no percentage."""

    id: str
    match: Match
    min_count: int | None = None
    min_credits: Fraction | None = None
    requirements: tuple[str, ...] = ()
    text: str = ""


class Fact(NamedTuple):
    """What the awarding body says that an achievement is worth; None where silent."""

    id: str
    credits: Fraction | None = None
    credit_unit: str = ""
    level: Fraction | None = None
    framework: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


class Override(NamedTuple):
    """An exception that an issuer, or only the learner, makes for one requirement.

    `type` is `waive`, `substitute` (of `credential`, a handle) or `equivalent` (of
    `achievement` or `credential`). `evidence` is the handle of the credential by which
    the issuer says so. `credits` is what it is worth, in the file's unit.
    """

    qualification: str
    type: str
    requirement: str
    authority: str = "learner"
    evidence: str = ""
    credential: str = ""
    achievement: str = ""
    credits: Fraction | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """A set of rules of one awarding body, as one file states them.

    `hours_per_credit` maps a unit of credits to notional hours. `max_age_years` is None
    when age does not matter. `total_credits` is what percentages of caps and gates are
    taken of; those are resolved when the file is read.
    """

    id: str
    title: str
    requirements: tuple[Requirement, ...]
    groups: tuple[Group, ...] = ()
    shares: tuple[Share, ...] = ()
    caps: tuple[Cap, ...] = ()
    gates: tuple[Gate, ...] = ()
    exclusive: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    awarded_by: tuple[str, ...] = ()
    issuer_ids: tuple[str, ...] = ()
    award: Match | None = None
    version: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    read_on: date | None = None
    basis: str = "rule"
    expired: str = "ignore"
    expires_with: str = "earliest"
    framework: str = ""
    level: Fraction | None = None
    credit_unit: str = ""
    hours_per_credit: tuple[tuple[str, Fraction], ...] = ()
    total_credits: Fraction | None = None
    max_age_years: int | None = None
    text: str = ""


class Standing(StrEnum):
    """How far a holding can be relied on, dates aside."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    OUT_OF_DATE = "out-of-date"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    INVALID = "invalid"


class Holding(NamedTuple):
    """One credential as stacking sees it; None and `""` where nothing is said.

    `achievement` is the achievement's id, `codes` its other identifiers, `same_as` ids
    that the same issuer calls equal. `tags` are the issuer's, `own_tags` the learner's.
    `assumed` marks what a what-if file made up, `implied` an award that was only earned
    and not yet claimed.
    """

    handle: str
    standing: Standing = Standing.VERIFIED
    achievement: str = ""
    codes: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    alignments: tuple[str, ...] = ()
    issuer: str = ""
    name: str = ""
    issued: date | None = None
    expires: date | None = None
    credits: Fraction | None = None
    credit_unit: str = ""
    level: Fraction | None = None
    framework: str = ""
    kind: str = ""
    grade: Fraction | None = None
    tags: tuple[str, ...] = ()
    own_tags: tuple[str, ...] = ()
    result_status: str = ""
    assumed: bool = False
    implied: bool = False


class Use(NamedTuple):
    """A credential at work in a requirement, and by what it was matched."""

    credential: str
    requirement: str
    matched_by: str
    amount: Fraction


class RequirementProgress(NamedTuple):
    """How far one requirement is; `why` is one line for people."""

    id: str
    title: str
    state: str
    have: Fraction
    need: Fraction
    unit: str
    fraction: Fraction
    credentials: tuple[str, ...]
    why: str
    group: str = ""


class GroupProgress(NamedTuple):
    """How far one group is; the root is no group."""

    id: str
    title: str
    type: str
    n: int
    fraction: Fraction
    group: str = ""


class Shortfall(NamedTuple):
    """By how much a requirement falls short."""

    requirement: str
    short_by: Fraction
    unit: str


class GateProgress(NamedTuple):
    """Whether a gate is met; `have` and `need` are what decides it."""

    id: str
    met: bool
    have: Fraction
    need: Fraction
    unit: str
    text: str = ""


class Unused(NamedTuple):
    """A credential that does not count here, and why; `near` if it nearly did."""

    credential: str
    why: str
    near: bool


class UnderWay(NamedTuple):
    """What the progress would be, were everything that is under way already done."""

    fraction: Fraction
    percent: int
    credentials: tuple[str, ...]


class Word(NamedTuple):
    """On whose word an exception counts.

    `evidence` is the handle of the credential by which an issuer says so, `""` where it
    is the learner's own word; `assumed` where a what-if file made it up.
    """

    evidence: str
    assumed: bool


class Lapse(NamedTuple):
    """When a satisfied or held stack ends, unless something is renewed.

    `on` is the first day on which it no longer counts, `credentials` what ends then;
    `until` is how long their renewal alone keeps it alive, None for good.
    """

    on: date
    credentials: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The answer for one qualification on one day.

    `state` is `held`, `eligible`, `in-progress` or `not-started`. `bounds` hold the
    best fraction that exists; they are equal to `fraction` when `proven`. `exceptions`
    are those that it rests on.
    """

    qualification: Qualification
    as_of: date
    state: str
    satisfied: bool
    fraction: Fraction
    percent: int
    requirements: tuple[RequirementProgress, ...]
    groups: tuple[GroupProgress, ...]
    missing: tuple[Shortfall, ...]
    gates: tuple[GateProgress, ...]
    allocation: tuple[Use, ...]
    unused: tuple[Unused, ...]
    earliest_expiry: date | None
    proven: bool
    bounds: tuple[Fraction, Fraction]
    lapse: Lapse | None = None
    under_way: UnderWay | None = None
    award: str = ""
    exceptions: tuple[Word, ...] = ()
    assumed: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

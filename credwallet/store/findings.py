"""What can be said about the state of a wallet?"""

from enum import StrEnum
from typing import NamedTuple

from credwallet.errors import CredwalletError, Damaged
from credwallet.store.failures import DAMAGE


class Severity(StrEnum):
    """How bad a finding is; declared from the gravest to the best."""

    DAMAGE = "damage"
    FAILURE = "failure"
    UNKNOWN = "unknown"
    WARNING = "warning"
    OK = "ok"


class Affected(NamedTuple):
    """A credential that a finding is about.

    `name` is empty if it is not known, `backup` the newest automatic backup that holds
    it whole.
    """

    handle: str
    name: str = ""
    backup: str = ""


class Finding(NamedTuple):
    """One thing that was looked at: `area` names it, in one word.

    `what` is one line, `next_step` what to do about it.
    """

    area: str
    severity: Severity
    what: str
    next_step: str = ""
    affected: tuple[Affected, ...] = ()


def counted(count: int, one: str, many: str = "") -> str:
    """Say how many, for example `3 parts`; `no parts` if there are none.

    Args:
        count: 0 or more.
        one: The word for one.
        many: The word for several, if it is not `one` with an s.

    """
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"


def good(area: str, what: str) -> Finding:
    """Say that something is as it should be.

    Args:
        area: What was looked at, in one word.
        what: One line.

    """
    return Finding(area, Severity.OK, what)


def warning(area: str, what: str, next_step: str) -> Finding:
    """Say that something should be seen to.

    Args:
        area: What was looked at, in one word.
        what: One line.
        next_step: What to do about it, one line.

    """
    return Finding(area, Severity.WARNING, what, next_step)


def finding_of(area: str, error: CredwalletError) -> Finding:
    """Say what an error says: damage, or that it could not be looked at.

    Args:
        area: What was looked at, in one word.
        error: Its words lose what a reader of findings knows already.

    """
    grave = Severity.DAMAGE if isinstance(error, Damaged) else Severity.FAILURE
    what = error.what.removeprefix(DAMAGE).removeprefix("the wallet was rolled back: ")
    return Finding(area, grave, what, error.next_step)

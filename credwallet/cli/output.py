"""What a command hands back, and how it leaves: exit codes and the JSON envelope.

Results go to stdout, everything else to stderr. With `--json` stdout is exactly one
document, also when the command failed. The envelope and the exit codes are a contract:
they only grow within `credwallet/1`; the text for people may change in any release.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet import errors
from credwallet.model.report import Problem, Verdict

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console

SCHEMA = "credwallet/1"


class ExitCode(IntEnum):
    """What a script can tell from the exit status."""

    OK = 0
    ERROR = 1
    USAGE = 2
    INVALID = 3
    UNDETERMINED = 4
    NOT_FOUND = 5
    LOCKED = 6
    SHORTFALL = 7
    EXPIRED = 8
    REVOKED = 9
    DAMAGED = 10
    STORAGE = 11
    INTERRUPTED = 130


MEANING = {
    ExitCode.OK: "done; every required check passed",
    ExitCode.ERROR: "any other failure, or a question answered no",
    ExitCode.USAGE: "the request makes no sense as it stands",
    ExitCode.INVALID: "a credential is invalid or malformed",
    ExitCode.UNDETERMINED: "nothing failed, but something could not be checked",
    ExitCode.NOT_FOUND: "nothing goes by that name, or more than one thing does",
    ExitCode.LOCKED: "the wallet is locked, or the passphrase is wrong",
    ExitCode.SHORTFALL: "what was required is not reached",
    ExitCode.EXPIRED: "a credential is expired or not yet valid",
    ExitCode.REVOKED: "a credential is revoked or suspended",
    ExitCode.DAMAGED: "the wallet is damaged or was rolled back",
    ExitCode.STORAGE: "no space, or the disk failed",
    ExitCode.INTERRUPTED: "interrupted",
}

OF_ERROR: dict[type[errors.CredwalletError], ExitCode] = {
    errors.Unreadable: ExitCode.INVALID,
    errors.Invalid: ExitCode.INVALID,
    errors.Undetermined: ExitCode.UNDETERMINED,
    errors.Usage: ExitCode.USAGE,
    errors.NotFound: ExitCode.NOT_FOUND,
    errors.Locked: ExitCode.LOCKED,
    errors.Damaged: ExitCode.DAMAGED,
    errors.StorageFailure: ExitCode.STORAGE,
}

OF_VERDICT = {
    Verdict.MALFORMED: ExitCode.INVALID,
    Verdict.INVALID: ExitCode.INVALID,
    Verdict.REVOKED: ExitCode.REVOKED,
    Verdict.SUSPENDED: ExitCode.REVOKED,
    Verdict.EXPIRED: ExitCode.EXPIRED,
    Verdict.NOT_YET_VALID: ExitCode.EXPIRED,
    Verdict.UNDETERMINED: ExitCode.UNDETERMINED,
    Verdict.VALID: ExitCode.OK,
}

# With several inputs the gravest wins, in this order.
GRAVEST_FIRST = (
    ExitCode.DAMAGED,
    ExitCode.STORAGE,
    ExitCode.LOCKED,
    ExitCode.USAGE,
    ExitCode.INVALID,
    ExitCode.REVOKED,
    ExitCode.EXPIRED,
    ExitCode.UNDETERMINED,
    ExitCode.NOT_FOUND,
    ExitCode.SHORTFALL,
    ExitCode.ERROR,
    ExitCode.OK,
)


def gravest(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the one code that several results leave with; OK if there are none."""
    return min(codes, key=GRAVEST_FIRST.index, default=ExitCode.OK)


def code_of(error: errors.CredwalletError) -> ExitCode:
    """Return the exit code of a failure."""
    return OF_ERROR.get(type(error), ExitCode.ERROR)


class Result(NamedTuple):
    """What a command found: `data` for `--json`, `show` for people.

    `problems` are printed as errors with their next step, in both forms; `last` is for
    people and comes after them.
    """

    data: dict[str, Any]
    show: "Callable[[Console], None]"
    exit_code: ExitCode = ExitCode.OK
    problems: tuple[Problem, ...] = ()
    last: "Callable[[Console], None] | None" = None


def envelope(
    command: str,
    exit_code: ExitCode,
    data: dict[str, Any] | None,
    problems: Iterable[Problem],
) -> dict[str, Any]:
    """Build the document that `--json` prints.

    Args:
        command: Its words, such as `issuer trust`.
        exit_code: What the process will answer.
        data: What `docs/json.md` promises for the command, None if it failed before
            that.
        problems: In the order in which they came up; maybe none.

    """
    return {
        "schema": SCHEMA,
        "command": command,
        "exitCode": int(exit_code),
        "data": data,
        "problems": [
            {
                **problem_json(problem),
                "file": problem.file or None,
                "line": problem.line,
                "column": problem.column,
            }
            for problem in problems
        ],
    }


def problem_json(problem: Problem) -> dict[str, str]:
    """Spell a problem in the names of RFC 9457, with our `nextStep`."""
    return {
        "type": problem.type,
        "title": problem.title,
        "detail": problem.detail,
        "instance": problem.instance,
        "nextStep": problem.next_step,
    }

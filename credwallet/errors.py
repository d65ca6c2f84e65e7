"""What can go wrong, in words for the learner.

Each error says what happened (`what`), where (`instance`, or `file`, `line` and
`column`) and what to do next (`next_step`); `docs/errors.md` lists every `type`. Low
layers raise `Invalid` (known to be bad) or `Undetermined` (cannot tell); only `verify`
turns these two into outcomes of checks. Any exception that is not a `CredwalletError`
is a defect of ours and is caught nowhere but at the very top of the command line.
"""

from typing import Self


class CredwalletError(Exception):
    """Any failure that has an explanation and a next step.

    Args:
        what: One line, lower case, no full stop: what happened.
        next_step: One line: what the learner can do about it.
        instance: JSON Pointer (RFC 6901) to the member at fault, if there is one.
        type: Short name of the kind of problem, for `Problem.type`.
        detail: More than one line holds, for whoever reads `--json`.
        file: The file at fault, as the learner named it, if there is one.
        line: The line in it, counted from 1.
        column: The column in that line, counted from 1; of a table, the cell.

    """

    default_type = "error"

    def __init__(  # noqa: PLR0913 -- one for each member of a problem
        self,
        what: str,
        *,
        next_step: str = "",
        instance: str | None = None,
        type: str | None = None,  # noqa: A002 -- the name that RFC 9457 gives it
        detail: str = "",
        file: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
        self.instance = instance
        self.type = type or self.default_type
        self.detail = detail
        self.file = file
        self.line = line
        self.column = column

    def said_of(self, file: str) -> Self:
        """Return the same error, with the name of the file that it is about.

        Args:
            file: As the learner named it; it stands in front of `what`, too.

        """
        return type(self)(
            f"{file}: {self.what}",
            next_step=self.next_step,
            instance=self.instance,
            type=self.type,
            detail=self.detail,
            file=file,
            line=self.line,
            column=self.column,
        )


class Unreadable(CredwalletError):
    """The bytes are no credential that we can read."""

    default_type = "unreadable"


class Invalid(CredwalletError):
    """Known to be bad: a signature that does not fit, a rule that is broken."""

    default_type = "invalid"


class Undetermined(CredwalletError):
    """Cannot be told: unsupported, unknown, unreachable or offline."""

    default_type = "undetermined"


class Usage(CredwalletError):
    """The request makes no sense as it stands."""

    default_type = "usage"


class NotFound(CredwalletError):
    """Nothing goes by that name, or more than one thing does."""

    default_type = "not-found"


class Locked(CredwalletError):
    """The wallet is closed, and it was not opened."""

    default_type = "locked"


class Damaged(CredwalletError):
    """The wallet was changed by something other than credwallet, or rolled back."""

    default_type = "damaged"


class StorageFailure(CredwalletError):
    """The disk did not do what was asked: no space, no permission, input/output."""

    default_type = "storage"

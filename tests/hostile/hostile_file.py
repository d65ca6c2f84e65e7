"""One file of the corpus: what it is, what must happen, and why."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Expect = Literal["reject", "warn", "accept-safely", "valid"]

NOTHING: Mapping[str, bytes] = MappingProxyType({})

# Verdicts that answer an expectation, unless the file itself says which.
USUAL: dict[Expect, tuple[str, ...]] = {
    "reject": ("malformed", "invalid"),
    "warn": ("undetermined",),
    "accept-safely": ("valid",),
    "valid": ("valid",),
}


class HostileFile(NamedTuple):
    """A file that somebody might hand to a learner.

    Args:
        id: `row/case` or `row/case/variant`; the row is one of `rows.ROWS`.
        group: A group of `rows.ROWS`, or `controls`.
        data: The bytes of the file.
        expect: `reject`: never a success; `warn`: never a clean success;
            `accept-safely`: read, and nothing of it obeyed; `valid`: a control.
        why: What is wrong with it, in one line.
        documents: What the network answers, by address. Bytes that start with
            `HTTP/1.1 ` are a whole answer.
        suffix: Of the file's name.
        answers: The verdicts that are right; `()` for the usual ones.
        problem: Type of the problem that must be named, if the file is a warning.
        identities: The learner's own, for files about somebody else.
        costly: Meant to be expensive: answered in a child process with limits.

    """

    id: str
    group: str
    data: bytes
    expect: Expect
    why: str
    documents: Mapping[str, bytes] = NOTHING
    suffix: str = ".json"
    answers: tuple[str, ...] = ()
    problem: str = ""
    identities: tuple[str, ...] = ()
    costly: bool = False

    @property
    def row(self) -> str:
        """The row of the threat table that the file belongs to."""
        return self.id.partition("/")[0]

    @property
    def unpacked_by_the_command(self) -> bool:
        """Whether it holds inputs: archives and codes are opened by the command."""
        return self.row in ("zip", "tar", "wallet", "qr", "web-page", "pdf")

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts that are right."""
        return self.answers or USUAL[self.expect]

"""How does a recovery code reach the learner, once, before it opens anything?

On the terminal it is shown on a page that goes away, and typed back or declined; or it
is written to the file that the learner named. Only then is it set: a code that nobody
wrote down never opens a wallet.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.terminal import prompt
from credwallet.cli.unlocking.private_file import write_private
from credwallet.errors import Locked, Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session

_TRIES = 5
DECLINE = "none"


class NewCode(NamedTuple):
    """A recovery code that the learner has, and how: `file`, `shown`, or `none`."""

    code: str | None
    how: str
    file: Path | None = None

    def __repr__(self) -> str:
        return f"<NewCode {self.how}>"

    def take_back(self) -> None:
        """Remove the file, since the code was not set after all."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)


NO_CODE = NewCode(None, "none")


def check_file(file: Path | None) -> None:
    """Refuse a file that is there already, before anything else is asked.

    Raises:
        Usage: If it is.

    """
    if file is not None and os.path.lexists(file):
        raise Usage(
            f"{file} is there already",
            next_step="name a new file for the recovery code",
        )


def can_be_shown(session: "Session") -> bool:
    """Tell whether there is a terminal to show a code on."""
    if session.settings.no_input:
        return False
    try:
        prompt.require_terminal()
    except Locked:
        return False
    return True


def offer(session: "Session", file: Path | None) -> NewCode:
    """Make a code and hand it to the learner; it opens nothing before it is set.

    Args:
        session: Whose terminal.
        file: Where to write it instead; without one, and without a terminal, none is
            made.

    Raises:
        Usage: If it is typed back wrongly again and again, or the file is there.
        StorageFailure: If the file cannot be written.

    """
    from credwallet.store import slot_changes  # noqa: PLC0415 -- lazily: sqlite3

    if file is None and not can_be_shown(session):
        return NO_CODE
    code = slot_changes.new_recovery_code()
    if file is not None:
        check_file(file)
        write_private(file, (code.encode() + b"\n",), force=False)
        return NewCode(code, "file", file)
    dumb = session.environment.environ.get("TERM", "dumb") == "dumb"
    with prompt.passing_page(dumb=dumb) as page:
        return _dialogue(page, code)


def _dialogue(page: prompt.Page, code: str) -> NewCode:
    for done in range(_TRIES):
        typed = page.ask(
            "Recovery code, shown this once. Write it down and keep it apart:\n\n"
            f"    {code}\n\n"
            "Whoever has it can open the wallet, and without it a lost passphrase is a "
            "lost wallet.\nPress Enter when it is written down. "
        )
        page.wipe()
        if done and _same(typed, code):
            # Asked for it a moment ago, one types it at once: it is written down.
            return NewCode(code, "shown")
        answer = page.ask(f"Type it back, or {DECLINE} to have no recovery code: ")
        page.wipe()
        if answer.strip().lower() == DECLINE:
            return NO_CODE
        if _same(answer, code):
            return NewCode(code, "shown")
        page.say("That is not the code. Here it is again.\n\n")
    raise Usage(
        "the recovery code was not typed back",
        next_step="nothing was changed; try again, or go without one: --no-recovery",
    )


def _same(typed: str, code: str) -> bool:
    from credwallet.store.recovery import decode  # noqa: PLC0415 -- lazily: as above

    try:
        return decode(typed) == decode(code)
    except Locked:
        return False

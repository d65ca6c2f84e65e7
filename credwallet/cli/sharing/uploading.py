"""Giving a credential to a server: the question, and the doing.

`--upload` names the wish and `--yes` alone never is one: without `--yes` the learner
types the name of the server, and who gives both options has answered beforehand.
"""

from typing import TYPE_CHECKING

from credwallet.cli.terminal import prompt
from credwallet.errors import Locked
from credwallet.share.verifierplus import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from credwallet.cli.session import Session
    from credwallet.share.handover import Upload


def agreed(session: "Session", uploads: "Sequence[Upload]", *, yes: bool) -> bool:
    """Ask whether a server may have it; the name of the server is the answer.

    Args:
        session: Of the run.
        uploads: What it would be given: at least one, all for one server.
        yes: Whether `--yes` stood beside `--upload`.

    Raises:
        Usage: If there is nobody to answer.

    """
    if yes:
        return True
    flag = "--yes beside --upload"
    if session.settings.no_input:
        raise prompt.no_terminal(flag)
    first = uploads[0]
    until = _later(session.at, first.years)
    question = (
        f"Give a copy to {first.host}, where it stays until {until}? There "
        f"{first.terms}.\nType {first.host} to agree: "
    )
    try:
        answer = prompt.terminal_answer(question, hidden=False)
    except Locked:
        raise prompt.no_terminal(flag) from None
    return answer.strip().lower() == first.host


def upload(session: "Session", one: "Upload") -> str:
    """Give one to its server.

    Args:
        session: Of the run.
        one: What, and where to.

    Returns:
        The address of the page that shows it.

    Raises:
        Undetermined: If the server did not get or want it; of type `no-answer` if it
            may have it.

    """
    return view_of(session.post(one.url, one.body).body)


def _later(at: "datetime", years: int) -> str:
    """Add years to a day; 29 February becomes the 28th."""
    try:
        return at.replace(year=at.year + years).date().isoformat()
    except ValueError:
        return at.replace(year=at.year + years, day=28).date().isoformat()

"""Opening an address in the learner's own browser, when they ask for it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credwallet.cli.session import Session


def browse(session: "Session", address: str) -> None:
    """Open an address; if there is no browser, say so.

    Args:
        session: Of the run.
        address: As it was made here: never one out of a credential.

    """
    import webbrowser  # noqa: PLC0415 -- lazily: only when asked

    try:
        opened = webbrowser.open(address)
    except webbrowser.Error:
        opened = False
    if not opened:
        session.console.note("no browser was found: open the address yourself")

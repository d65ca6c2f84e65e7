"""A document that the learner names by its address, with or without a file of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from credwallet.cli.session import read_file
from credwallet.errors import Undetermined

if TYPE_CHECKING:
    from credwallet.cli.session import Session


def named_document(
    session: "Session", url: str, file: Path | None, *, command: str
) -> bytes:
    """Read the file, or what the address answers now.

    What the learner adds or refreshes is never answered from an older copy.

    Args:
        session: For the network.
        url: The document's address.
        file: A copy that she was given.
        command: What takes the address and a file, for the next step.

    Raises:
        Undetermined: If it cannot be fetched.
        CredwalletError: If the file cannot be read.

    """
    if file is not None:
        return read_file(file)
    session.keeping.leave_out(url)
    try:
        return session.fetch()(url).body
    except Undetermined as error:
        error.next_step = (
            f"try again later, or save it yourself: credwallet {command} {url} FILE"
        )
        raise

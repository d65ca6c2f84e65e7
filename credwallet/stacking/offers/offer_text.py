"""Which text do the bytes of an offers file hold?"""

from credwallet.errors import Usage
from credwallet.stacking.offers.offer_rules import MAX_BYTES

# Of an error in an offers file that says no better one.
NEXT_STEP = "docs/planning.md states what an offers file may hold"


def text_of(data: bytes, source_name: str) -> str:
    """Read the bytes of an offers file as text.

    Args:
        data: The whole file, UTF-8 with or without a mark at its start.
        source_name: What to call it in an error.

    Returns:
        The text, with the ends of its lines as they are.

    Raises:
        Usage: If it is larger than 4 MiB, or no UTF-8.

    """
    if len(data) > MAX_BYTES:
        raise Usage(
            f"{source_name} is larger than {MAX_BYTES >> 20} MiB",
            next_step="split it into several files",
            file=source_name,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Usage(
            f"{source_name} is no UTF-8 text (byte {error.start})",
            next_step="save it as UTF-8",
            file=source_name,
        ) from None

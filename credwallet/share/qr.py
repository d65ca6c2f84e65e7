"""The smallest QR code that holds a text, and whether phones will read it.

ISO/IEC 18004. What it looks like is the job of `drawing`; what the text means is no
concern of either.
"""

from typing import Literal, NamedTuple

from credwallet.errors import Usage

WANTED_VERSION = 25
"""Up to here ordinary phone cameras read a symbol from a screen or from paper."""

LAST_VERSION = 30
"""Above this a symbol is made only on request."""

_CAPACITY = {"L": 2953, "M": 2331}  # bytes in version 40

ErrorLevel = Literal["L", "M"]
Row = tuple[bool, ...]


class Symbol(NamedTuple):
    """A QR code: `modules[row][column]` is True where it is dark, no quiet zone.

    `version` is 1 to 40 (size 4 * version + 17), `level` how much damage it survives,
    `text` what it says.
    """

    version: int
    level: ErrorLevel
    modules: tuple[Row, ...]
    text: str = ""


def symbol(text: str, *, error: ErrorLevel = "L", dense: bool = False) -> Symbol:
    """Make the smallest symbol that holds a text.

    Args:
        text: ASCII only, because scanners disagree about the encoding of the rest.
        error: Error correction level: L for screens (7 %), M for paper (15 %).
        dense: Allow versions above 30, which few phones read.

    Returns:
        The symbol, in the one mode (numeric, alphanumeric, byte) that fits the text
        best.

    Raises:
        Usage: If the text is not ASCII, or too long.

    """
    if not text.isascii():
        raise Usage(
            "a QR code is made only of plain ASCII text",
            next_step="write other letters percent-encoded",
        )
    if len(text) > 3 * _CAPACITY["L"]:  # digits need a third of a byte's room
        raise _too_long(text)
    from qrcode import QRCode  # noqa: PLC0415 -- lazily: 70 ms, rarely needed
    from qrcode.constants import (  # noqa: PLC0415 -- lazily: as above
        ERROR_CORRECT_L,
        ERROR_CORRECT_M,
    )
    from qrcode.exceptions import DataOverflowError  # noqa: PLC0415 -- lazily: as above

    levels = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M}
    code = QRCode(error_correction=levels[error], border=0)
    code.add_data(text, optimize=0)
    try:
        version = code.best_fit()
    except (ValueError, DataOverflowError):  # one or the other, by its release
        raise _too_long(text) from None
    if version > LAST_VERSION and not dense:
        raise _too_dense(text, version)
    code.make(fit=False)
    modules = tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())
    return Symbol(version=version, level=error, modules=modules, text=text)


def symbol_for_paper(text: str, *, dense: bool = False) -> Symbol:
    """Make a symbol at level M if that keeps it readable, else at level L.

    Args:
        text: As in `symbol`.
        dense: As in `symbol`.

    Returns:
        The symbol; level M only up to version 25.

    Raises:
        Usage: As `symbol` does.

    """
    # Level L of version 25 holds more than level M, so a longer text need not be tried.
    if len(text) <= _CAPACITY["M"]:
        try:
            made = symbol(text, error="M")
        except Usage:
            pass
        else:
            if made.version <= WANTED_VERSION:
                return made
    return symbol(text, dense=dense)


def warning(made: Symbol) -> str:
    """Say what is doubtful about a symbol.

    Args:
        made: Any symbol.

    Returns:
        One line, `""` if nothing is.

    """
    if made.version <= WANTED_VERSION:
        return ""
    return (
        f"this QR code is dense (version {made.version}, more than {WANTED_VERSION}): "
        "show it large and try it with a phone before you rely on it"
    )


def _too_long(text: str) -> Usage:
    return Usage(
        f"{len(text)} characters do not fit into any QR code",
        next_step="hand over the file itself: --as file",
    )


def _too_dense(text: str, version: int) -> Usage:
    return Usage(
        f"{len(text)} characters need a QR code of version {version}, which few "
        "phones can read",
        next_step="hand over the file itself: --as file; or insist: --dense",
    )

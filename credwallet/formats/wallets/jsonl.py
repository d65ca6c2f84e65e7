"""Our lines for scripts: one credential a line, with its bytes in base64."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats.wallets._contents import Entry, Item, decoded

NAME = "jsonl"

LINE = "credwallet-credential/1"
START = f'{{"line":"{LINE}"'.encode()
MAX_LINE = strict_json.MAX_BYTES
_MAX_LINES = 20_000
MAX_IN_ALL = 64 * 1024 * 1024


def sniff(head: bytes, /) -> bool:
    """Say whether the first line is one of ours, spelled as we do or as `jq` does."""
    return head[:64].replace(b" ", b"").startswith(START)


def items(stream: BinaryIO, /) -> Iterator[Item]:
    """Read every line.

    Args:
        stream: The lines.

    Yields:
        The credential of each.

    Raises:
        Unreadable: If it is beyond a limit.

    """
    left = MAX_IN_ALL
    for number in range(1, _MAX_LINES + 1):
        line = stream.readline(MAX_LINE + 1)
        left -= len(line)
        if not line:
            return
        if left < 0 or len(line) > MAX_LINE:
            raise Unreadable(
                "a line longer than 10 MiB, or more than 64 MiB of lines",
                next_step="give the lines in several files",
            )
        if line.strip():
            yield Entry(f"line {number}", _raw(line))
    if stream.read(1):
        raise Unreadable(
            f"more than {_MAX_LINES:,} lines: nothing from there on was read",
            next_step="give the lines in several files",
        )


def _raw(line: bytes) -> bytes | Unreadable:
    try:
        value: Any = strict_json.loads(line)
    except Unreadable as error:
        return error
    if not isinstance(value, dict) or value.get("line") != LINE:
        return Unreadable(
            "a line that is no credential of ours", next_step="export it again"
        )
    return decoded(value.get("raw"))

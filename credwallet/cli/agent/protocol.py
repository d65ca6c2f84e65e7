"""What do the agent and a command say to each other? One line of JSON each way.

Question: `{"version": 1, "do": "key"}` or `"lock"`. Answer: `{"version": 1, "is":
"open", "vault": HEX, "epoch": N, "key": HEX}`, or `"is": "locked"`, or `"is":
"refused"` with `why`. One question a connection.
"""

from typing import NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Unreadable

VERSION = 1
# No line of either side comes near it.
MAX_LINE = 1024
KEY = "key"
LOCK = "lock"
_DIGITS = b"0123456789abcdef"
_VAULT_BYTES = 16
_KEY_BYTES = 32


class Answer(NamedTuple):
    """What an agent holds: the key of one wallet and its number."""

    vault_id: bytes
    epoch: int
    vault_key: bytearray

    def __repr__(self) -> str:
        return f"<Answer epoch={self.epoch}>"


def question(do: str) -> bytes:
    """Write a question."""
    return f'{{"version": {VERSION}, "do": "{do}"}}\n'.encode()


def read_question(line: bytes) -> str:
    """Read a question.

    Args:
        line: Without the newline.

    Returns:
        `KEY` or `LOCK`.

    Raises:
        Unreadable: If it is none, or of another version.

    """
    message = _message(line)
    do = message.get("do")
    if set(message) != {"version", "do"} or do not in (KEY, LOCK):
        raise Unreadable("the question is none of the protocol")
    return str(do)


def write_open(vault_id: bytes, epoch: int, vault_key: bytearray) -> bytearray:
    """Write the answer that holds the key, into one buffer that can be wiped.

    Args:
        vault_id: 16 bytes.
        epoch: Number of the key.
        vault_key: 32 bytes.

    """
    start = (
        f'{{"version": {VERSION}, "is": "open", "vault": "{vault_id.hex()}", '
        f'"epoch": {epoch}, "key": "'
    ).encode()
    # Its size from the beginning: a buffer that grows leaves copies behind.
    line = bytearray(len(start) + 2 * len(vault_key) + 3)
    line[: len(start)] = start
    at = len(start)
    for byte in vault_key:
        line[at] = _DIGITS[byte >> 4]
        line[at + 1] = _DIGITS[byte & 15]
        at += 2
    line[at:] = b'"}\n'
    return line


def write_locked() -> bytearray:
    """Write the answer of an agent that holds nothing any more."""
    return bytearray(f'{{"version": {VERSION}, "is": "locked"}}\n'.encode())


def write_refused(why: str) -> bytearray:
    """Write the answer to what is no question.

    Args:
        why: Plain words of ours, without quotes.

    """
    return bytearray(
        f'{{"version": {VERSION}, "is": "refused", "why": "{why}"}}\n'.encode()
    )


def read_answer(line: bytes) -> Answer | None:
    """Read an answer.

    Args:
        line: Without the newline.

    Returns:
        The key, or None if the agent is locked.

    Raises:
        Unreadable: If it is none, of another version, or a refusal.

    """
    message = _message(line)
    if message.get("is") == "locked":
        return None
    vault, epoch, key = (message.get(name) for name in ("vault", "epoch", "key"))
    if (
        message.get("is") != "open"
        or not (isinstance(vault, str) and isinstance(key, str))
        or not (isinstance(epoch, int) and 0 < epoch < 65536)
    ):
        raise Unreadable("the agent answers something else")
    try:
        vault_id, vault_key = bytes.fromhex(vault), bytearray.fromhex(key)
    except ValueError:
        raise Unreadable("the agent answers something else") from None
    if (len(vault_id), len(vault_key)) != (_VAULT_BYTES, _KEY_BYTES):
        raise Unreadable("the agent answers something else")
    return Answer(vault_id, epoch, vault_key)


def _message(line: bytes) -> dict[str, object]:
    message = strict_json.loads(line)
    if not isinstance(message, dict):
        raise Unreadable("the line is no JSON object")
    if message.get("version") is not VERSION:
        raise Unreadable("the line is of another version of the protocol")
    return message

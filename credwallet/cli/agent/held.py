"""How long does the agent keep the key, and what does it answer?

No socket and no clock of its own: moments are seconds of any clock that does not go
back.
"""

from math import inf
from typing import NamedTuple

from credwallet.cli.agent.protocol import (
    LOCK,
    read_question,
    write_locked,
    write_open,
    write_refused,
)
from credwallet.errors import Unreadable

IDLE_S = 15 * 60.0
HARD_S = 12 * 3600.0


class Limits(NamedTuple):
    """Seconds until the key is wiped: in all, and since it was last asked for."""

    hard: float = HARD_S
    idle: float = IDLE_S


class Held:
    """The key of one wallet, for as long as it may be held.

    Args:
        vault_id: 16 bytes.
        epoch: Number of the key.
        vault_key: 32 bytes; kept, not copied, and wiped at the end.
        limits: For how long.
        now: When it was handed over.

    """

    __slots__ = ("_epoch", "_idle", "_last", "_until", "_vault_id", "_vault_key")

    def __init__(
        self,
        vault_id: bytes,
        *,
        epoch: int,
        vault_key: bytearray,
        limits: Limits,
        now: float,
    ) -> None:
        self._vault_id = vault_id
        self._epoch = epoch
        self._vault_key = vault_key
        self._idle = limits.idle
        # Whatever was asked for: never longer than that.
        self._until = now + min(limits.hard, HARD_S)
        self._last = now

    def __repr__(self) -> str:
        return f"<Held epoch={self._epoch}>"

    def left(self, now: float) -> float:
        """Tell how many seconds are left; the key is wiped when there are none."""
        left = min(self._until, self._last + self._idle) - now
        if left <= 0:
            self.wipe()
        return max(left, 0.0)

    def answer(self, line: bytes, now: float) -> bytearray:
        """Answer one question.

        Args:
            line: Without the newline, from anybody who may ask.
            now: The moment.

        Returns:
            A line in a buffer; wipe it when it was sent.

        """
        try:
            do = read_question(line)
        except Unreadable:
            return write_refused("no question of this version of the protocol")
        if do == LOCK:
            self.wipe()
        if self.left(now) == 0:
            return write_locked()
        self._last = now
        return write_open(self._vault_id, self._epoch, self._vault_key)

    def wipe(self) -> None:
        """Overwrite the key."""
        self._vault_key[:] = bytes(len(self._vault_key))
        self._until = -inf

"""The wallet file of credwallet; opened with its key, as the agent would."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from credwallet.store import KdfCosts, NewCredential, Opened, create, open_vault
from tests.benchmarks.wallets.data import Made

_NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
_KEY = "key"
_CHEAP = KdfCosts(memory=19 * 1024, passes=1, lanes=1)


class Ours:
    """An open wallet."""

    def __init__(self, folder: Path, *, new: bool) -> None:
        key = folder / _KEY
        if new:
            self._vault = create(
                folder / "wallet", "passphrase", recovery=False, at=_NOW, kdf=_CHEAP
            ).vault
            opened = self._vault.vault_key()
            key.write_bytes(bytes([opened.epoch]) + opened.vault_key)
        else:
            data = key.read_bytes()
            opened = Opened(data[0], bytearray(data[1:]))
            self._vault = open_vault(folder / "wallet", vault_key=opened)

    def put(self, batch: Sequence[Made]) -> None:
        """Store some in one transaction."""
        self._vault.put(
            [
                NewCredential(made.raw, made.summary, made.report, "badge.json")
                for made in batch
            ],
            at=_NOW,
        )

    def rows(self) -> Sequence[Any]:
        """List everything."""
        return self._vault.entries()

    def names(self) -> list[bytes]:
        """Name everything."""
        return [entry.rid for entry in self._vault.entries()]

    def get(self, name: bytes) -> tuple[Any, ...]:
        """Open one in full."""
        stored = self._vault.read(name)
        return stored.raw, stored.report, stored.summary

    def update(self, name: bytes, note: str) -> None:
        """Read one, change its note and its report, in one transaction of writing."""
        stored = self._vault.read(name)
        self._vault.update(
            name,
            summary=stored.summary._replace(note=note),
            report={**stored.report, "at": note},
        )

    def close(self) -> None:
        """Close it."""
        self._vault.close()

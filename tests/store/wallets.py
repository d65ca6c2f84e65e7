"""Throw-away wallets for the tests of the store."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from credwallet.model.summary import Summary
from credwallet.store import Created, KdfCosts, NewCredential, Vault, create, open_vault

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery"
# The cheapest that is accepted when reading: tests make hundreds of wallets.
CHEAP = KdfCosts(memory=19 * 1024, passes=1, lanes=1)

_LISTS = {"types", "achievements", "alignments", "skills", "keywords", "tags"}
EMPTY = Summary(*([] if field in _LISTS else "" for field in Summary._fields))


def summary(number: int = 0, **changes: object) -> Summary:
    """Describe badge number so-and-so."""
    return EMPTY._replace(
        id=f"urn:example:badge:{number}",
        name=f"Badge {number}",
        issuer_id="https://issuer.example",
        issuer_name="Harbour College",
        valid_from="2026-01-01T00:00:00Z",
        verdict="valid",
    )._replace(**changes)


def credential(
    number: int = 0,
    *,
    raw: bytes | None = None,
    report: dict[str, object] | None = None,
    source: str = "badge.json",
    **changes: object,
) -> NewCredential:
    """Make badge number so-and-so."""
    made = summary(number, **changes)
    return NewCredential(
        raw=json.dumps({"id": made.id, "n": number}).encode() if raw is None else raw,
        summary=made,
        report={"verdict": "valid"} if report is None else report,
        source=source,
    )


def new_wallet(folder: Path, *, recovery: bool = False) -> Created:
    """Make an empty wallet."""
    return create(folder, PASSPHRASE, recovery=recovery, at=NOW, kdf=CHEAP)


def filled_wallet(folder: Path, count: int = 3) -> Path:
    """Make a wallet with some badges and close it."""
    with new_wallet(folder).vault as vault:
        vault.put([credential(number) for number in range(count)], at=NOW)
    return folder


def opened(folder: Path) -> Vault:
    """Open a wallet again."""
    return open_vault(folder, passphrase=PASSPHRASE)


def edit(folder: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change the database behind the wallet's back."""
    connection = sqlite3.connect(folder / "vault.db")
    try:
        for sql, values in statements:
            connection.execute(sql, values)
        connection.commit()
    finally:
        connection.close()


def select(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Look into the database behind the wallet's back."""
    connection = sqlite3.connect(folder / "vault.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()

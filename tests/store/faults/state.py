"""What do a wallet and the folder around it hold, apart from generations and times?"""

import hashlib
from pathlib import Path
from typing import Any

from credwallet.errors import CredwalletError, Locked
from credwallet.store import Vault, open_vault
from tests.store.crashes import TIDY

WALLET = "wallet"


def look(folder: Path, passphrases: list[str]) -> dict[str, Any]:
    """Open everything.

    Args:
        folder: With the wallet in it, and with what the command writes.
        passphrases: Those that may open it.

    Returns:
        JSON: `wallet` is what is in it, `files` what is beside it (digests by name),
        `stray` are names that should not be there.

    """
    problem, content = "", None
    for passphrase in passphrases:
        try:
            with open_vault(folder / WALLET, passphrase=passphrase) as vault:
                vault.check()
                content = {"opens": passphrase, **_content(vault)}
            break
        except Locked as error:
            problem = error.what
        except CredwalletError as error:
            problem = f"{error.type}: {error.what}"
            break
    return {
        "wallet": content,
        "problem": "" if content else problem,
        "files": _files(folder / "out"),
        "stray": _stray(folder / WALLET),
    }


def _content(vault: Vault) -> dict[str, Any]:
    credentials = {}
    for entry in vault.entries():
        stored = vault.read(entry.rid)
        credentials[entry.rid.hex()] = [
            list(entry.summary),
            stored.report,
            hashlib.sha256(stored.raw).hexdigest(),
        ]
    return {"credentials": credentials, "recovery": _slots(vault)}


def _slots(vault: Vault) -> int:
    rows = vault._connected().execute("SELECT count(*) FROM slot").fetchone()
    return int(rows[0])


def _files(folder: Path) -> dict[str, str]:
    # A copy of a wallet differs each time, in its salts for one.
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        if path.suffix != ".db"
        else "a wallet"
        for path in sorted(folder.iterdir())
    }


def _stray(wallet: Path) -> list[str]:
    if not wallet.exists():
        return []
    return sorted({path.name for path in wallet.iterdir()} - TIDY)

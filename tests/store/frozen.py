"""Freeze a wallet of the format in force, once, for all versions to come.

    python -m tests.store.frozen tests/store/vectors/v2

The folder gets `vault.db`, and `holds.json` with what it holds and the secrets that
open it. Format 1 was frozen by the version that wrote it. Nothing is frozen twice.
"""

import argparse
import base64
import json
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from credwallet.store import Vault
from credwallet.store.rekeying import begin
from credwallet.store.schema import FORMAT
from credwallet.store.slot_changes import Secrets, new_keyring_key, new_recovery_code
from tests.store.test_format import ADDED
from tests.store.wallets import NOW, PASSPHRASE, credential, new_wallet, opened

VECTORS = Path(__file__).with_name("vectors")


def placed(number: int, folder: Path) -> dict[str, Any]:
    """Copy the frozen wallet of a format into a wallet folder.

    Args:
        number: Of the format.
        folder: Made.

    Returns:
        What the wallet holds.

    """
    folder.mkdir(mode=0o700)
    shutil.copyfile(VECTORS / f"v{number}" / "vault.db", folder / "vault.db")
    (folder / "vault.db").chmod(0o600)
    return held(number)


def held(number: int) -> dict[str, Any]:
    """Read what the frozen wallet of a format holds."""
    holds: dict[str, Any] = json.loads(
        (VECTORS / f"v{number}" / "holds.json").read_text()
    )
    for each in holds["credentials"]:
        # Columns that were added since are empty.
        each["summary"] = {**ADDED, **each["summary"]}
    return holds


def content(vault: Vault) -> dict[str, Any]:
    """Open everything in a wallet, in the words of `holds.json`."""
    kinds = ("context", "issuer")
    return {
        "generation": vault.check().generation,
        "credentials": [
            {
                "rid": entry.rid.hex(),
                "raw": base64.b64encode(stored.raw).decode(),
                "source": stored.source,
                "received_at": stored.received_at,
                "report": stored.report,
                # As JSON keeps it: lists, also where a column is missing.
                "summary": json.loads(json.dumps(entry.summary._asdict())),
            }
            for entry in vault.entries()
            for stored in (vault.read(entry.rid),)
        ],
        "documents": [
            {"kind": kind, "name": name, "data": base64.b64encode(data).decode()}
            for kind in kinds
            for name, data in vault.documents(kind).items()
        ],
    }


def freeze(folder: Path) -> dict[str, Any]:
    """Make the wallet; its second vault key is in force, the first still needed.

    Args:
        folder: Of the wallet; made.

    Returns:
        What it holds, and what opens it.

    """
    noise = random.Random(FORMAT)  # noqa: S311 -- the same each time
    with new_wallet(folder, recovery=True).vault as vault:
        vault.put([credential(n, note=f"note {n}") for n in range(3)], at=NOW)
        vault.put([credential(3, id="", raw=b"bare bytes \x00\xff")], at=NOW)
        vault.put([credential(4, raw=noise.randbytes(3000))], at=NOW)
        vault.put_document("issuer", "https://issuer.example", b'{"known": true}')
        vault.put_document("context", "https://context.example", b"\x00data")
        code, key = new_recovery_code(), new_keyring_key(folder)
        begin(vault, Secrets(PASSPHRASE, code, key))
        vault.put([credential(5, name="H\u00e1rbor \u2693", tags=["kept"])], at=NOW)
        entry = vault.entries()[1]
        trashed = entry.summary._replace(trashed_at="2026-03-02T12:00:00Z")
        vault.update(entry.rid, summary=trashed)
    with opened(folder) as vault:
        return {
            "format": FORMAT,
            "passphrase": PASSPHRASE,
            "recovery_code": code,
            "keyring_secret": key.secret.hex(),
            **content(vault),
        }


def main() -> None:
    """Freeze the format in force."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    target = parser.parse_args().target
    target.mkdir()
    with tempfile.TemporaryDirectory() as name:
        holds = freeze(Path(name) / "w")
        shutil.copyfile(Path(name) / "w" / "vault.db", target / "vault.db")
    (target / "holds.json").write_text(json.dumps(holds, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Which wallet lies in a folder? Told without opening it."""

from pathlib import Path

from credwallet.store.entering import glance
from credwallet.store.failures import explained
from credwallet.store.slots import read_vault_id


def vault_id(folder: Path) -> bytes:
    """Read the identifier that a wallet was given when it was made.

    Args:
        folder: The wallet folder.

    Returns:
        16 bytes, or nothing if it is damaged.

    Raises:
        NotFound: If there is no wallet.
        Damaged: If the file is none of credwallet.
        StorageFailure: If it cannot be read.

    """
    entered = glance(folder)
    try:
        with explained("read the wallet"):
            return read_vault_id(entered.connection)
    finally:
        entered.close()

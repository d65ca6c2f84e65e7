"""Which credentials does this file of a whole wallet hold?

A wallet file is no credential: it holds many, each of which is read and judged by
itself. One module a kind, one line a module in `WALLETS`. `credwallet.share.wallets`
writes the same kinds.
"""

from credwallet.formats.wallets import (
    credwallet_tar,
    jsonl,
    lcw,
    universal_wallet,
)
from credwallet.formats.wallets._contents import (
    MOST,
    PROFILE,
    Document,
    Entry,
    Item,
    Mine,
    WalletFormat,
    content_id,
)

__all__ = [
    "HEAD_BYTES",
    "MOST",
    "PROFILE",
    "WALLETS",
    "Document",
    "Entry",
    "Item",
    "Mine",
    "WalletFormat",
    "content_id",
    "find",
]

HEAD_BYTES = 4096

WALLETS: tuple[WalletFormat, ...] = (
    credwallet_tar,
    lcw,
    universal_wallet,
    jsonl,
)


def find(head: bytes) -> WalletFormat | None:
    """Find out of what kind a wallet file is; None if it seems to be none.

    Args:
        head: How the file starts, at least 4 KiB of it, or all.

    """
    return next((kind for kind in WALLETS if kind.sniff(head)), None)

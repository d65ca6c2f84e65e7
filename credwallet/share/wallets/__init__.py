"""The forms in which a whole wallet can leave.

This is `share` and not `store`: what leaves is decided and made without the vault, from
what was read. It is a table of its own beside `WAYS`: a way hands one credential to
somebody else and says what that discloses, a form takes everything to another home and
says what it cannot carry. `credwallet.formats.wallets` reads the same kinds.
"""

from collections.abc import Mapping

from credwallet.share.wallets import (
    credwallet_tar,
    jsonl,
    lcw,
    universal_wallet,
    zip_archive,
)
from credwallet.share.wallets._leaving import (
    Leaving,
    LeftOut,
    Outgoing,
    Piece,
    WalletWriter,
)

__all__ = ["FORMS", "Leaving", "LeftOut", "Outgoing", "Piece", "WalletWriter"]

FORMS: Mapping[str, WalletWriter] = {
    "credwallet": credwallet_tar,
    "lcw": lcw,
    "universal-wallet": universal_wallet,
    "jsonl": jsonl,
    "zip": zip_archive,
}

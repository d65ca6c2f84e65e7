"""Which badges can be presented with a key only?"""

from typing import TYPE_CHECKING

from credwallet import formats
from credwallet.errors import CredwalletError
from credwallet.formats import sd_jwt
from credwallet.model.credential import Credential
from credwallet.share.presentation import HolderKey
from credwallet.share.sd_jwt import key_bound_to

if TYPE_CHECKING:
    from credwallet.cli.holder_keys import KeptKey
    from credwallet.store import Entry, Vault


def needing(vault: "Vault", kept: "KeptKey") -> "tuple[Entry, ...]":
    """Find the badges that are about a key's DID, or bound to the key.

    Args:
        vault: The open wallet.
        kept: The key.

    """
    holder = HolderKey(kept.name, kept.key)
    return tuple(
        entry
        for entry in vault.entries()
        if entry.summary.subject_id == kept.key.did
        or (entry.summary.format == sd_jwt.NAME and _is_bound(vault, entry, holder))
    )


def _is_bound(vault: "Vault", entry: "Entry", holder: HolderKey) -> bool:
    try:
        held = formats.read(vault.read(entry.rid).raw)
    except CredwalletError:
        return False
    return isinstance(held, Credential) and key_bound_to(held, (holder,)) != ""

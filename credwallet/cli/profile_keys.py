"""Which keys came along with the profiles of other wallets?

An import of such a wallet keeps each profile as it was; the key by which it signs is
one of its items (Ed25519 Signature 2020, key pairs in multibase).
"""

from typing import TYPE_CHECKING, Any

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError
from credwallet.formats.wallets import PROFILE
from credwallet.keys.key_file import from_object

if TYPE_CHECKING:
    from credwallet.keys.private_key import PrivateKey
    from credwallet.store import Vault

_SECRETS = {"privateKeyMultibase", "secretKeyMultibase"}


def profile_keys(vault: "Vault") -> "tuple[tuple[str, PrivateKey], ...]":
    """Read the keys that sign out of the profiles that the wallet keeps.

    Args:
        vault: The open wallet.

    Returns:
        Each with the name of its profile, in the order of the profiles; what is no key
        that signs (one for encryption, or of another kind) is passed over.

    """
    found: list[tuple[str, PrivateKey]] = []
    for _, data in sorted(vault.documents(PROFILE).items()):
        contents = strict_json.loads(data)["contents"]
        items = [item for item in contents if isinstance(item, dict)]
        for item in items:
            if _SECRETS.isdisjoint(item):
                continue
            try:
                found.append((_name(items), from_object(item)))
            except CredwalletError:
                continue
    return tuple({key.did: (name, key) for name, key in found}.values())


def _name(items: list[dict[str, Any]]) -> str:
    for item in items:
        data = item.get("data")
        name = data.get("profileName") if isinstance(data, dict) else None
        if isinstance(name, str) and name.strip():
            return name.strip()
    return "profile"

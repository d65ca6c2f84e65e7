"""Small documents that the wallet keeps: known issuers and the learner's identities."""

from typing import TYPE_CHECKING

from credwallet.canon import strict_json
from credwallet.trust import KnownIssuer, from_json

if TYPE_CHECKING:
    from credwallet.store import Vault

ISSUERS = "issuer"
IDENTITIES = "identity"


def known_issuers(vault: "Vault") -> dict[str, KnownIssuer]:
    """Read the learner's known issuers out of the wallet."""
    return {
        name: from_json(strict_json.loads(data))
        for name, data in vault.documents(ISSUERS).items()
    }


def identities(vault: "Vault") -> tuple[str, ...]:
    """Read the learner's e-mail addresses and DIDs out of the wallet."""
    return tuple(sorted(vault.documents(IDENTITIES)))

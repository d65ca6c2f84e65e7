"""Which profile of another wallet does a credential go out with?

The Learner Credential Wallet knows profiles, each with a DID and its key, and takes no
wallet without. Those that came in with an import go out again; where there is none, a
new DID is made, as that wallet does for a new profile.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.formats.wallets import PROFILE, Document
from credwallet.formats.wallets.lcw import metadata
from credwallet.keys import new_did_key

_DID = "https://www.w3.org/ns/did/v1"
_KEY = "Ed25519VerificationKey2020"
# That wallet starts with a profile of this name: credentials join it.
_FIRST = "Default"


class Profile(NamedTuple):
    """One wallet or profile: its own members, what else it holds, its credentials."""

    members: dict[str, Any]
    contents: tuple[Any, ...]
    listed: frozenset[str]

    @property
    def name(self) -> str:
        """What the learner called it."""
        found = self._first(lambda item: item.get("type") == "ProfileMetadata")
        data = (found or {}).get("data")
        name = data.get("profileName") if isinstance(data, dict) else None
        return name if isinstance(name, str) and name else _FIRST

    @property
    def did_document(self) -> dict[str, Any] | None:
        """Its DID document."""
        return self._first(lambda item: _DID in _contexts(item))

    @property
    def key(self) -> dict[str, Any] | None:
        """The key that it signs with."""
        return self._first(lambda item: item.get("type") == _KEY)

    def _first(self, wanted: Any) -> dict[str, Any] | None:
        items = (item for item in self.contents if isinstance(item, dict))
        return next((item for item in items if wanted(item)), None)


def kept(documents: Iterable[Document]) -> tuple[Profile, ...]:
    """Read the profiles that came in with other wallets, in the order of their names.

    Args:
        documents: The small documents of the wallet.

    """
    found = [document for document in documents if document.kind == PROFILE]
    return tuple(_read(document.data) for document in sorted(found))


def made() -> Profile:
    """Make a profile with a new DID, which no credential is about."""
    did = new_did_key.make()
    contents = (did.document, did.signing_key, did.agreement_key, metadata(_FIRST))
    return Profile({}, contents, frozenset())


def shared_out(
    profiles: Sequence[Profile], names: Sequence[str]
) -> list[tuple[Profile, list[str]]]:
    """Give each profile the credentials that it listed, and the first one the others.

    Args:
        profiles: At least one.
        names: The content identifiers of all credentials, in order.

    """
    listed = frozenset().union(*(profile.listed for profile in profiles))
    return [
        (
            profile,
            [
                name
                for name in dict.fromkeys(names)
                if name in profile.listed or (number == 0 and name not in listed)
            ],
        )
        for number, profile in enumerate(profiles)
    ]


def _read(data: bytes) -> Profile:
    value = strict_json.loads(data)
    return Profile(
        value["wallet"], tuple(value["contents"]), frozenset(value["credentials"])
    )


def _contexts(item: dict[str, Any]) -> list[Any]:
    contexts = item.get("@context")
    return contexts if isinstance(contexts, list) else [contexts]

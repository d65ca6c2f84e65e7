"""What a wallet file can hold: credentials as files, and what stands beside them."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, Protocol

from credwallet.canon import jcs
from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats import read
from credwallet.model.credential import Credential, JsonObject

PROFILE = "profile"
"""The kind of document that keeps what another wallet had beside its credentials."""


MOST = 2_500
"""How many credentials are read of any wallet file but our own complete form."""


class Mine(NamedTuple):
    """What the learner's wallet knew of a credential, beside its bytes.

    `received_at` and `trashed_at` are RFC 3339, `""` if there is none.
    """

    tags: tuple[str, ...] = ()
    note: str = ""
    received_at: str = ""
    source: str = ""
    trashed_at: str = ""


class Entry(NamedTuple):
    """A credential of a wallet file: its name there, its bytes or why there are none.

    `mine` is None where the file is not of this program.
    """

    name: str
    content: bytes | Unreadable
    mine: Mine | None = None


class Document(NamedTuple):
    """A small document of a wallet: kind and name, as in the store, and its bytes."""

    kind: str
    name: str
    data: bytes


Item = Entry | Document


class WalletFormat(Protocol):
    """A module that reads one kind of wallet file; it never judges what is in it."""

    NAME: str

    def sniff(self, head: bytes, /) -> bool:
        """Say whether a file that starts so (4 KiB, or all of it) is of this kind."""
        ...

    def items(self, stream: BinaryIO, /) -> Iterator[Item]:
        """Read it, item by item.

        Raises:
            Unreadable: If it is damaged as a whole.

        """
        ...


def content_id(document: JsonObject) -> str:
    """Name a credential by what it says, as the Learner Credential Wallet does.

    SHA-256 of the canonical form (RFC 8785), in base64url without padding: 43 letters.

    Args:
        document: The credential as JSON.

    Raises:
        Invalid: If it has no canonical form.

    """
    digest = hashlib.sha256(jcs.canonicalize(document)).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def content_id_of(content: bytes) -> str:
    """Name the credential that a file holds; `""` if it holds none, or several."""
    try:
        held = read(content)
        return content_id(held.document) if isinstance(held, Credential) else ""
    except CredwalletError:
        return ""


def profile(
    wallet: JsonObject, contents: list[Any], credentials: list[str]
) -> Document:
    """Keep what a wallet had beside its credentials, so that it can go out again.

    Args:
        wallet: Its own members, without `contents`.
        contents: What is no credential, such as a DID document and its keys.
        credentials: Which credentials it holds, by `content_id`.

    """
    kept = {"wallet": wallet, "contents": contents, "credentials": credentials}
    # That wallet gives some items a new identifier with each export.
    named = [_without_id(item) for item in contents]
    name = hashlib.sha256(jcs.canonicalize(named)).hexdigest()[:32]
    return Document(PROFILE, name, jcs.canonicalize(kept))


def _without_id(item: Any) -> Any:
    if not isinstance(item, dict) or item.get("type") != "ProfileMetadata":
        return item
    return {name: value for name, value in item.items() if name != "id"}


def decoded(value: object) -> bytes | Unreadable:
    """Read the base64 of a file that stands in JSON."""
    try:
        return (
            base64.b64decode(value, validate=True) if isinstance(value, str) else _BAD
        )
    except ValueError:
        return _BAD


_BAD = Unreadable(
    "a file in it is damaged: it is no base64", next_step="export the wallet again"
)

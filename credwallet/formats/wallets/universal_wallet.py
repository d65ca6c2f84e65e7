"""Universal Wallet 2020: one JSON object with all contents, or an array of such.

W3C CCG Universal Wallet 2020 (`UniversalWallet2020`, `status`, `contents`), and the
array that older versions of the Learner Credential Wallet export, one wallet a profile.
A locked wallet is explained. What we write has items of the type `OriginalFile` too:
files as they were received, where the other item is not all there is to them.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats._kind import Kind, kind_of, types_of
from credwallet.formats._parts import spans
from credwallet.formats.wallets._contents import (
    Entry,
    Item,
    content_id_of,
    decoded,
    profile,
)

NAME = "universal-wallet"

TYPE = "UniversalWallet2020"
ORIGINAL = "OriginalFile"
MAX_BYTES = strict_json.MAX_BYTES
_MAX_WALLETS = 100
_ENVELOPED = "EnvelopedVerifiableCredential"
# Open Badges 2.0 calls its credentials assertions.
_CREDENTIALS = ("Verifiable", "Enveloped", "Assertion")
_STATES = ("UNLOCKED", "LOCKED")
_SPACE = " \t\r\n"


def sniff(head: bytes, /) -> bool:
    """Say whether the whole text is one; of a part of it this cannot be told."""
    words = (TYPE.encode(), b'"LOCKED"', b'"UNLOCKED"', b'"EncryptedWallet"')
    if head.lstrip(b" \t\r\n")[:1] not in (b"{", b"[") or not any(
        word in head for word in words
    ):
        return False
    try:
        value = strict_json.loads(head)
    except Unreadable:
        return False
    if isinstance(value, list):
        return bool(value) and all(is_wallet(one) for one in value)
    return is_wallet(value)


def items(stream: BinaryIO, /) -> Iterator[Item]:
    """Read one wallet, or all of an array.

    Args:
        stream: The text, at most 10 MiB.

    Yields:
        What else the wallets hold, and every credential as it was received.

    Raises:
        Unreadable: If it is locked, no wallet, or no JSON.

    """
    data = stream.read(MAX_BYTES + 1)
    value = strict_json.loads(data)
    text = data.decode()
    if isinstance(value, list):
        if len(value) > _MAX_WALLETS:
            raise Unreadable(
                f"more than {_MAX_WALLETS} wallets in one file",
                next_step="give them in several files",
            )
        for number, wallet in enumerate(value):
            yield from _wallet(wallet, text, (number,))
    else:
        yield from _wallet(value, text, ())


def is_wallet(value: Any) -> bool:
    """Say whether a JSON value is one wallet, be it locked."""
    if not isinstance(value, dict):
        return False
    kinds = types_of(value)
    if TYPE in kinds or "EncryptedWallet" in kinds:
        return True
    return value.get("status") in _STATES and isinstance(value.get("contents"), list)


def _wallet(wallet: Any, text: str, path: tuple[int, ...]) -> Iterator[Item]:
    if not is_wallet(wallet):
        raise Unreadable("the JSON is no wallet: no UniversalWallet2020 with contents")
    contents = wallet.get("contents")
    encrypted = "EncryptedWallet" in types_of(wallet)
    if encrypted or wallet.get("status") == "LOCKED":
        raise Unreadable(
            "the wallet in the file is locked: its contents are encrypted",
            next_step="unlock it with the program that made it, and export it again",
            type="locked-wallet",
        )
    if not isinstance(contents, list):
        raise Unreadable("the wallet in the file has no contents", instance="/contents")
    places = list(spans(text, (*path, "contents"), many=True))
    others: list[Any] = []
    found: list[Entry] = []
    originals: list[Entry] = []
    around: dict[str, tuple[bytes, bytes]] = {}
    prefix = "".join(f"{number + 1}/" for number in path)
    for number, (item, (start, end)) in enumerate(
        zip(contents, places, strict=True), 1
    ):
        if isinstance(item, dict) and ORIGINAL in types_of(item) and "of" in item:
            around[str(item["of"])] = _around(item)
        elif isinstance(item, dict) and ORIGINAL in types_of(item):
            originals.append(Entry(f"{prefix}{number}", decoded(item.get("content"))))
        elif is_credential(item):
            found.append(
                Entry(f"{prefix}{number}", _as_received(item, text[start:end]))
            )
        else:
            others.append(item)
    known = {_id(entry) for entry in originals} - {""}
    left = [
        _between(entry, around) if around else entry
        for entry in found
        if not known or _id(entry) not in known
    ]
    members = {name: wallet[name] for name in wallet if name != "contents"}
    held = [_id(entry) for entry in (*originals, *left)] if others else []
    if others or members.keys() - _OURS:
        yield profile(members, others, [one for one in held if one])
    yield from originals
    yield from left


def _around(item: dict[str, Any]) -> tuple[bytes, bytes]:
    """Read which white space stood around a credential in its file."""
    before, after = (
        text.encode() if isinstance(text, str) and not text.strip(_SPACE) else b""
        for text in (item.get("before"), item.get("after"))
    )
    return before, after


def _between(entry: Entry, around: dict[str, tuple[bytes, bytes]]) -> Entry:
    if isinstance(entry.content, Unreadable):
        return entry
    before, after = around.get(_id(entry), (b"", b""))
    return entry._replace(content=before + entry.content + after)


# What every wallet says: nothing is lost if it is written anew.
_OURS = frozenset(("@context", "id", "type", "status"))


def is_credential(item: Any) -> bool:
    """Say whether an item of a wallet is a credential, or a presentation of some."""
    if isinstance(item, str):
        return item.startswith("eyJ")
    if not isinstance(item, dict):
        return False
    kinds = types_of(item)
    if any(kind.startswith(_CREDENTIALS) for kind in kinds):
        return True
    # A context alone is not enough: every item of a wallet may have one.
    return kind_of(item) is not Kind.OTHER and "credentialSubject" in item


def _enveloped(item: dict[str, Any]) -> bool:
    return _ENVELOPED in types_of(item)


def _as_received(item: Any, text: str) -> bytes:
    """Give the bytes of an item: a token without what was put around it."""
    if isinstance(item, str):
        return item.encode()
    address = item.get("id")
    if _enveloped(item) and isinstance(address, str) and item.keys() <= _ENVELOPE:
        head, comma, token = address.partition(",")
        if comma and head.startswith("data:application/") and head.endswith("jwt"):
            return token.encode()
    return text.encode()


_ENVELOPE = frozenset(("@context", "id", "type"))


def _id(entry: Entry) -> str:
    return content_id_of(entry.content) if isinstance(entry.content, bytes) else ""

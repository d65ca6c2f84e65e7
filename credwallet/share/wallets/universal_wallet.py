"""`--format universal-wallet`: Universal Wallet 2020, unlocked, flat contents.

W3C CCG Universal Wallet 2020. One wallet a profile; several become an array, as older
versions of the Learner Credential Wallet export them. A credential keeps its spelling;
a token stands in an `EnvelopedVerifiableCredential` (VC Data Model 2.0 section 4.13.1).
Where that is not all of the file, an item of the type `OriginalFile` holds it.
"""

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats.wallets.universal_wallet import (
    MAX_BYTES,
    ORIGINAL,
    TYPE,
    is_credential,
)
from credwallet.model.credential import Credential
from credwallet.share.carried import carried
from credwallet.share.wallets import _profiles
from credwallet.share.wallets._as_json import as_json
from credwallet.share.wallets._leaving import (
    Leaving,
    LeftOut,
    Outgoing,
    Piece,
    own_words,
    the_rest,
)

NAME = "universal-wallet"
SUMMARY = "UniversalWallet2020, unlocked (JSON)"
EXTENSION = ".json"
MEDIA_TYPE = "application/json"

_CONTEXTS = ("https://www.w3.org/2018/credentials/v1", "https://w3id.org/wallet/v1")
_WHITE_SPACE = " \t\r\n"
_UNSEEN = "its {}: others find nothing in it that they know, import here gets it back"
_ONLY_HERE = "its {}: others see the credential in it, import here gets it back"


class _Items:
    """The texts of each credential, by its content, and what to say of it."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self._plain: dict[str, bytes] = {}

    def add(self, leaving: Leaving) -> str:
        """Take a credential; say what only comes back to us, or ""."""
        credential = leaving.credential
        name = as_json(credential).id
        text, whole = _text(leaving)
        texts = self.texts.setdefault(name, [])
        first = not texts
        if text and first:
            texts.append(text)
        if whole and first:
            self._plain[name] = credential.raw
            texts += _around(name, credential.raw)
            return ""
        if name in self._plain:
            # Beside another of the same content it needs its own file as well.
            texts.append(_original("application/vc", self._plain.pop(name)))
        texts.append(_original(credential.media_type, credential.raw))
        if whole:
            return ""
        carrier = credential.carrier or "file"
        return (_ONLY_HERE if text else _UNSEEN).format(carrier)


def pieces(wallet: Outgoing, /) -> Iterator[Piece]:
    """Write the wallet, or an array of them.

    Args:
        wallet: What goes out.

    """
    items = _Items()
    for leaving in wallet.credentials:
        said = items.add(leaving)
        if said:
            yield LeftOut(leaving.handle, said)
        yield from own_words(leaving)
    profiles = _profiles.kept(wallet.documents) or (_profiles.made(),)
    parts = _profiles.shared_out(profiles, list(items.texts))
    size = 0
    for number, (profile, names) in enumerate(parts):
        start = "" if len(parts) == 1 else ",\n" if number else "[\n"
        texts = [text for name in names for text in items.texts[name]]
        piece = (start + _wallet(profile, texts)).encode("utf-8", "replace")
        size += len(piece)
        yield piece
    yield b"\n" if len(parts) == 1 else b"\n]\n"
    if size > MAX_BYTES - 8:
        yield LeftOut(
            "", "import reads no JSON of more than 10 MiB: use another format"
        )
    yield from the_rest(one for one in wallet.documents if one.kind != "profile")


def _wallet(profile: _profiles.Profile, texts: list[str]) -> str:
    members: dict[str, Any] = {
        "@context": list(_CONTEXTS),
        "id": f"urn:uuid:{uuid.uuid4()}",
        **profile.members,
        "type": profile.members.get("type", TYPE),
        "status": "UNLOCKED",
    }
    head = json.dumps(members, indent=1).removesuffix("\n}")
    others = [json.dumps(item, indent=1) for item in profile.contents]
    contents = ",\n".join((*texts, *others))
    return f'{head},\n "contents": [\n{contents}\n]}}'


def _text(leaving: Leaving) -> tuple[str, bool]:
    """Write a credential as an item, and tell whether it is read back as it was."""
    credential = leaving.credential
    made = as_json(credential)
    text = made.text.strip(_WHITE_SPACE)
    if not text and (credential.carrier or credential.media_type.endswith("jwt")):
        token = _token(credential)
        whole = credential.raw.strip(_WHITE_SPACE.encode()) == token.encode()
        return (_enveloped(token, credential.format) if token else ""), whole
    if not text or not _fits(text):
        return "", False
    return text, made.whole


def _token(credential: Credential) -> str:
    try:
        inner = carried(credential)
    except CredwalletError:
        return ""
    return "" if inner.kind == "j" else inner.text


def _enveloped(token: str, form: str) -> str:
    media_type = "application/dc+sd-jwt" if form == "sd-jwt" else "application/vc+jwt"
    return json.dumps(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": "EnvelopedVerifiableCredential",
            "id": f"data:{media_type},{token}",
        }
    )


def _fits(text: str) -> bool:
    """Say whether the text can stand inside of a wallet, and is found there again."""
    try:
        value = strict_json.loads(f"[[[{text}]]]")
    except Unreadable:
        return False
    return is_credential(value[0][0][0])


def _around(name: str, raw: bytes) -> list[str]:
    """Say which white space stood around it in the file, if any did."""
    core = raw.strip(_WHITE_SPACE.encode())
    before, _, after = raw.partition(core)
    if core == raw:
        return []
    about = {"of": name, "before": before.decode(), "after": after.decode()}
    context = {"@context": ["https://w3id.org/wallet/v1"], "type": ORIGINAL}
    return [json.dumps({**context, **about})]


def _original(media_type: str, raw: bytes) -> str:
    return json.dumps(
        {
            "@context": ["https://w3id.org/wallet/v1"],
            "type": ORIGINAL,
            "mediaType": media_type,
            "content": base64.b64encode(raw).decode(),
        }
    )

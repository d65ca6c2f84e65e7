"""`--as file`: the credential exactly as it was received.

Byte for byte, in its carrier, under a safe name with the extension that its media type
has; or put into a picture of the learner's. Other wallets and verifiers read it without
knowing about us.
"""

import hashlib

from credwallet.model.credential import Credential
from credwallet.share.carried import carried
from credwallet.share.disclosure import Disclosure, added, everything, size
from credwallet.share.handover import NOT_PROVEN, Handover, Request, SharedFile
from credwallet.share.headline import seen
from credwallet.share.slug import slug

NAME = "file"
SUMMARY = "the credential byte for byte as it was received"

_EXTENSIONS = {"image/png": ".png", "image/svg+xml": ".svg"}


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: all of the credential, and the picture that it is baked into.

    Args:
        credential: What would be handed over.
        request: `picture` takes the place of the one that it was baked into.

    """
    raw, kind = credential.raw, credential.carrier.upper()
    if request.picture:
        raw, kind = request.picture, "your picture"
    if not kind:
        return everything(credential)
    picture = added(
        "picture", f"{kind}, {size(len(raw))}, with whatever else is written in it"
    )
    return (*everything(credential), picture)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Give each credential as a file.

    Args:
        credentials: What to hand over.
        request: What is not signed gives no name; `picture` is what to bake it into.

    Returns:
        One file each, in order, no two with the same name.

    Raises:
        Unreadable: If a carrier does not hold its credential any more, or the picture
            is damaged.
        Usage: If the picture or the credential is of a kind that is not baked.

    """
    files: list[SharedFile] = []
    for credential in credentials:
        made = credential
        if request.picture:
            from credwallet.share import baking  # noqa: PLC0415 -- lazily: rare

            made = baking.bake(request.picture, credential)
        name = file_name(
            name=seen(credential, request)[1].name.text,
            media_type=made.media_type,
            sha256=hashlib.sha256(credential.raw).hexdigest(),
        )
        files.append(
            SharedFile(
                name=free_name(name, {file.name for file in files}),
                media_type=made.media_type,
                content=made.raw,
                scan=carried(credential).ascii_text,
            )
        )
    return Handover(files=tuple(files), notes=NOT_PROVEN)


def file_name(*, name: str, media_type: str, sha256: str) -> str:
    """Name the file of a credential as received.

    Args:
        name: What it is called by people; any text.
        media_type: Of its bytes.
        sha256: Of its bytes, in hexadecimal, for names of which nothing is left.

    Returns:
        `[a-z0-9-]`, at most 80 characters, and the extension.

    """
    return slug(name, otherwise=f"credential-{sha256[:8]}") + extension(media_type)


def extension(media_type: str) -> str:
    """Choose how the name of a file ends, with the dot.

    Args:
        media_type: Of its bytes.

    """
    if media_type.endswith("sd-jwt"):
        return ".sdjwt"
    otherwise = ".jwt" if media_type.endswith("jwt") else ".json"
    return _EXTENSIONS.get(media_type, otherwise)


def free_name(name: str, taken: set[str]) -> str:
    """Give a name a number if it is taken.

    Args:
        name: With its extension.
        taken: The names before it.

    """
    stem, _, extension = name.rpartition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem[:75].rstrip('-')}-{number}.{extension}"
    return name

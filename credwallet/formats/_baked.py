"""Which badge does a picture carry? What PNG and SVG have in common.

Open Badges 3.0 section 5.3 and Open Badges 2.0 "Baking": the text in the picture is a
badge in a format of its own.
"""

from typing import TypeVar

from credwallet.errors import Unreadable
from credwallet.formats import blockcerts_2, json_ld, open_badges_2, sd_jwt, vc_jwt
from credwallet.formats._format import Format, read_first
from credwallet.model.credential import Credential, Presentation

Badge = TypeVar("Badge")

MAX_TEXT = 4 * 1024 * 1024

_INSIDE: tuple[Format, ...] = (json_ld, sd_jwt, vc_jwt, blockcerts_2, open_badges_2)


def unbake(text: bytes, *, picture: bytes, carrier: str, media_type: str) -> Credential:
    """Read the badge that was found in a picture.

    Args:
        text: What the picture carries, as UTF-8.
        picture: The file as it was received.
        carrier: `png` or `svg`.
        media_type: Of the picture.

    Returns:
        The credential, with the whole picture as its `raw`.

    Raises:
        Unreadable: The text is no badge, or more than one.

    """
    if len(text) > MAX_TEXT:
        raise Unreadable("the badge inside is larger than 4 MiB")
    held = read_first(_INSIDE, text, nothing="the badge inside is unreadable")
    if isinstance(held, Presentation):
        raise Unreadable("the picture carries a presentation, not one badge")
    return held._replace(raw=picture, carrier=carrier, media_type=media_type)


def only_one(found: list[Badge]) -> Badge:
    """Insist on exactly one badge in a picture.

    Args:
        found: All badges found, not unpacked yet.

    Returns:
        The one.

    Raises:
        Unreadable: There is none, or more than one.

    """
    if not found:
        raise Unreadable(
            "the picture carries no badge",
            next_step="download the badge again: converting or editing a picture "
            "removes the badge from it",
        )
    if len(found) > 1:
        raise Unreadable(
            f"the picture carries {len(found)} badges, and they could disagree",
            next_step="ask the issuer for a picture with one badge",
        )
    return found[0]

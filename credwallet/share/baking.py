"""Putting a credential into a picture of the learner's: `--as file --bake IMAGE`.

Open Badges 3.0 section 5.3: into a PNG as an uncompressed `iTXt` chunk, into an SVG as
an element. Every other byte of the picture stays; what was baked is read again before
it is handed out.
"""

from credwallet import formats
from credwallet.errors import Unreadable, Usage
from credwallet.formats import json_ld, png, svg, svg_baking, vc_jwt
from credwallet.model.credential import Credential
from credwallet.share.carried import Carried, carried, json_text

_BADGES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
_OTHERS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WEBP picture"),
    (b"%PDF", "a PDF"),
)
_AS_IT_IS = "hand it over as it is: leave out --bake"


def bake(picture: bytes, credential: Credential) -> Credential:
    """Put a credential into a picture; an older badge in it is replaced.

    Args:
        picture: PNG or SVG, the whole file.
        credential: An Open Badge 3.0, by itself or taken out of another picture.

    Returns:
        The same credential; its `raw` is the picture that carries it.

    Raises:
        Usage: The picture is of another kind, or the credential of a kind that Open
            Badges 3.0 does not bake.
        Unreadable: The picture is damaged.

    """
    _check_kind(credential)
    try:
        baked = _baked(picture, credential)
    except Unreadable as failure:
        raise Unreadable(
            failure.what,
            next_step="save the picture again with a program for pictures",
        ) from None
    return _read_again(baked, credential)


def _baked(picture: bytes, credential: Credential) -> bytes:
    held = carried(credential)
    if svg.sniff(picture):
        return _into_svg(picture, held, credential)
    if not png.sniff(picture):
        raise _no_picture(picture)
    empty = png.without_badge(picture)
    if b"IDAT" not in empty:
        raise Unreadable(
            "the picture shows nothing: it has no pixels",
            next_step="save it as PNG again",
        )
    text = held.text if held.kind == "t" else json_text(credential).strip("\ufeff")
    return png.bake(empty, png.KEYWORD, text)


def _into_svg(picture: bytes, held: Carried, credential: Credential) -> bytes:
    empty = svg_baking.without_badge(picture)
    if held.kind == "t":
        return svg_baking.bake(empty, token=held.text)
    text = json_text(credential).strip("\ufeff")
    if not (svg_baking.takes_unicode(picture) and svg_baking.fits(text)):
        text = held.ascii_text
    return svg_baking.bake(empty, json=text)


def _check_kind(credential: Credential) -> None:
    if credential.format not in (json_ld.NAME, vc_jwt.NAME):
        raise Usage(
            f"a credential of the format {credential.format} is not put into pictures: "
            "Open Badges 3.0 bakes JSON with an embedded proof and compact JWTs only",
            next_step=_AS_IT_IS,
        )
    if _BADGES.isdisjoint(credential.types):
        raise Usage(
            "only Open Badges 3.0 are put into pictures, and this is none",
            next_step=_AS_IT_IS,
        )


def _no_picture(data: bytes) -> Usage:
    kind = next(
        (name for start, name in _OTHERS if data.startswith(start)), "no picture"
    )
    return Usage(
        f"a badge is baked into a PNG or an SVG, and this is {kind}",
        next_step="save the picture as PNG first",
    )


def _read_again(baked: bytes, credential: Credential) -> Credential:
    made = formats.read(baked)
    if (
        not isinstance(made, Credential)
        or made.document != credential.document
        or _signed(made) != _signed(credential)
    ):
        raise Unreadable(
            "the baked picture does not hold the credential that went in",
            next_step="hand over the credential without a picture, and report this",
        )
    return made


def _signed(credential: Credential) -> tuple[bytes, ...]:
    jws = credential.jws
    return () if jws is None else (jws.signing_input, jws.signature)

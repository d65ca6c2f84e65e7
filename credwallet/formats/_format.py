"""What a format is, and which of several can read these bytes."""

import re
from collections.abc import Iterable
from typing import Protocol

from credwallet.errors import Unreadable
from credwallet.model.credential import Held


class Format(Protocol):
    """A module that reads one kind of container; it never judges validity.

    `NAME` is what people call it, `REFUSAL` why it does not even try when `sniff` says
    no: a few words that follow "png: ".
    """

    NAME: str
    REFUSAL: str

    def sniff(self, data: bytes, /) -> bool:
        """Say cheaply whether the bytes look like this format."""
        ...

    def read(self, data: bytes, /) -> Held:
        """Read the bytes.

        Raises:
            Unreadable: If they are not what they look like.

        """
        ...


def read_first(formats: Iterable[Format], data: bytes, *, nothing: str) -> Held:
    """Let the first format read that can.

    Args:
        formats: In the order in which they are tried.
        data: The bytes.
        nothing: What to say before the reasons if none can, such as "not a credential".

    Returns:
        What the first format read that did not refuse.

    Raises:
        Unreadable: If all refuse; the reason of the one that looked closest, and in its
            `detail` that of every format.

    """
    reasons = []
    tried = []
    for candidate in formats:
        if not candidate.sniff(data):
            reasons.append(f"{candidate.NAME}: {candidate.REFUSAL}")
            continue
        try:
            return candidate.read(data)
        except Unreadable as refusal:
            reasons.append(f"{candidate.NAME}: {refusal.what}")
            tried.append(refusal)
    closest = _other_file(data) or _closest(tried)
    raise Unreadable(
        f"{nothing}: {closest.what}",
        next_step=closest.next_step or _GIVE,
        instance=next((one.instance for one in tried if one.instance), None),
        detail="; ".join(reasons),
        line=closest.line,
        column=closest.column,
    )


_GIVE = (
    "give a badge as JSON, JWT, baked PNG or SVG; issuers offer one of them as a "
    "download"
)
# How files begin that people take for a badge, what they are, and where they belong.
_OTHERS = (
    (
        rb"<!doctype html|<html",
        "a web page",
        "download the badge itself from that page",
    ),
    (rb"%PDF-", "a PDF", "ask for the badge itself as a file"),
    (
        rb'format\s*=\s*"credwallet-qualification/',
        "a qualification file",
        "keep it with: credwallet qualification add FILE",
    ),
    (
        rb'format\s*=\s*"credwallet-offers/|\[\[\s*offer\s*\]\]',
        "a file of offers",
        "keep them with: credwallet offer add FILE",
    ),
    (
        # A table, by the names of columns in its first line.
        rb"(?:\xef\xbb\xbf)?(?=[^\n{\[=]*[,;\t])(?=.*\bid\b).*\b(title|cost|hours)\b",
        "a file of offers",
        "keep them with: credwallet offer add FILE",
    ),
)


def _other_file(data: bytes) -> Unreadable | None:
    """Say what else it is that is no badge, if its beginning tells."""
    if not data.strip():
        return Unreadable(
            "the file is empty",
            next_step="download it again, or ask the issuer for it",
        )
    for start, what, next_step in _OTHERS:
        if re.match(
            rb"(?:\s|#[^\n]*\n)*(?:" + start + rb")", data[:4096], re.IGNORECASE
        ):
            return Unreadable(what, next_step=next_step)
    return None


def _closest(tried: list[Unreadable]) -> Unreadable:
    """Choose the refusal that knows most."""
    # The last that looked closer and knows a way out stands behind the general ones.
    knowing = [refusal for refusal in reversed(tried) if refusal.next_step]
    neither = "neither JSON, nor a token (JWT), nor a PNG or an SVG with a badge in it"
    return (*knowing, *tried, Unreadable(neither, next_step=_GIVE))[0]

"""What a format is, and which of several can read these bytes."""

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
        Unreadable: If all refuse; one line with every format and its reason.

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
    raise Unreadable(
        f"{nothing}: " + "; ".join(reasons),
        next_step=_next_step(tried, empty=not data.strip()),
        instance=next((one.instance for one in tried if one.instance), None),
    )


def _next_step(tried: list[Unreadable], *, empty: bool) -> str:
    if empty:
        return "there is nothing in it: download it again, or ask the issuer for it"
    # The last that looked closer knows most: it stands behind the general ones.
    for refusal in reversed(tried):
        if refusal.next_step:
            return refusal.next_step
    return (
        "give a badge as JSON, JWT, baked PNG or SVG; "
        "issuers offer one of them as a download"
    )

"""What do addresses answer that cannot be asked now? What they said in an earlier run.

An older copy of a document is better than none as long as its age is said: whoever
reads it decides what it is still good for. A newer copy is never given up for an older
one, so that nobody can take back a revocation by serving last year's list.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from credwallet.errors import Undetermined
from credwallet.fetch.port import Document, Fetch

# These say nothing about the document itself: the address was not heard, somebody else
# answered for it (a network that wants a sign-in first), or its server had no answer.
_UNHEARD = frozenset(
    {"offline", "unreachable", "refused-address", "bad-answer", "too-large"}
)


class KeptDocument(NamedTuple):
    """What an address answered, and when (with a time zone)."""

    body: bytes
    media_type: str
    fetched_at: datetime


class Keeping(Protocol):
    """Where documents are kept from one run to the next."""

    def get(self, url: str, /) -> KeptDocument | None:
        """Return what is kept of an address without fragment, None if nothing is."""
        ...

    def put(self, url: str, document: KeptDocument, /) -> None:
        """Keep a document, in place of an earlier one of the same address.

        Args:
            url: The address that was asked for, without a fragment.
            document: The answer, and when it was had.

        """
        ...


class Kept:
    """A `Fetch` that keeps what another one had, and answers with it when that fails.

    Args:
        fetch: Who is asked.
        keeping: Where documents are kept.
        at: The time now, with a time zone.
        is_older: Whether the first document says of itself that it is an earlier state
            of the second one.

    """

    def __init__(
        self,
        fetch: Fetch,
        keeping: Keeping,
        *,
        at: datetime,
        is_older: Callable[[bytes, bytes], bool],
    ) -> None:
        self._fetch = fetch
        self._keeping = keeping
        self._at = at
        self._is_older = is_older

    def __call__(self, url: str, /) -> Document:
        """Return the document at `url`, an earlier copy if its host is not heard.

        Raises:
            Undetermined: If it could not be had and there is no copy, or if its server
                said that there is no such document (any more).

        """
        address = url.partition("#")[0]
        try:
            document = self._fetch(url)
        except Undetermined as failure:
            kept = self._keeping.get(address) if failure.type in _UNHEARD else None
            if kept is None:
                raise
            return self._copy(url, kept)
        if document.origin != "fetched":
            return document
        kept = self._keeping.get(address)
        if kept is not None and self._is_older(document.body, kept.body):
            return self._copy(url, kept)
        self._keeping.put(
            address, KeptDocument(document.body, document.media_type, self._at)
        )
        return document

    def _copy(self, url: str, kept: KeptDocument) -> Document:
        # A clock that was set back must not make a copy look fresh.
        age = abs((self._at - kept.fetched_at).total_seconds())
        return Document(url, kept.body, kept.media_type, "cached", max(int(age), 1))

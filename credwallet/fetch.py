"""The only door to the network. (The port stands; the https client is being written.)"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from credwallet.errors import Undetermined


class Document(NamedTuple):
    """What an address answered.

    `origin` is `fetched`, `cached` or `supplied`; `media_type` is `""` if unknown.
    """

    url: str
    body: bytes
    media_type: str
    origin: str


class Fetch(Protocol):
    """The port through which every layer asks for a document by its address."""

    def __call__(self, url: str, /) -> Document:
        """Return the document at `url`.

        Raises:
            Undetermined: If it cannot be had: offline, refused, unreachable, too large.

        """
        ...


class Offline:
    """A `Fetch` that opens no connection."""

    def __call__(self, url: str, /) -> Document:
        """Refuse.

        Raises:
            Undetermined: Always.

        """
        raise Undetermined(
            f"{url} was not fetched: offline",
            next_step="run again without --offline, or give it with --documents",
            type="offline",
        )


class Supplied:
    """A `Fetch` that answers from documents that the learner was given.

    Args:
        documents: Address to bytes; an address is looked up as asked, then without its
            fragment.
        otherwise: Who answers for every other address.

    """

    def __init__(self, documents: Mapping[str, bytes], otherwise: Fetch) -> None:
        self._documents = documents
        self._otherwise = otherwise

    def __call__(self, url: str, /) -> Document:
        """Return the supplied document, or ask the next port.

        Raises:
            Undetermined: If the next port has none either.

        """
        body = self._documents.get(url)
        if body is None:
            body = self._documents.get(url.partition("#")[0])
        if body is None:
            return self._otherwise(url)
        return Document(url, body, "", "supplied")

"""What every layer asks for a document through: the port and its plain forms.

`Offline` refuses, `Supplied` answers from what the learner was given, `Cached` asks
only once.
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from credwallet.errors import Undetermined
from credwallet.model.moment import span_words

NO_ANSWER = "no-answer"
"""Type of the failure after which nobody knows whether the server has it."""


class Document(NamedTuple):
    """What an address answered.

    `origin` is `fetched`, `cached` or `supplied`; `media_type` is `""` if unknown.
    `age_s` is how many seconds ago it was fetched, if that was in an earlier run.
    """

    url: str
    body: bytes
    media_type: str
    origin: str
    age_s: int = 0

    @property
    def told(self) -> str:
        """Where it came from, for people: with its age if it is an older copy."""
        if not self.age_s:
            return self.origin
        return f"{self.origin}, from {span_words(self.age_s)} ago"


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


# So many hosts may keep one run waiting.
MAX_SILENT = 3


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


class Cached:
    """A `Fetch` that asks another one at most once for each address.

    Failures are remembered as well, so that a hundred badges with one unreachable
    list cost one wait.

    Args:
        fetch: Who is asked.

    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._answers: dict[str, Document | Undetermined] = {}

    def __call__(self, url: str, /) -> Document:
        """Return the document at `url`, from memory if it was asked for before.

        Raises:
            Undetermined: If it could not be had, now or before.

        """
        address = url.partition("#")[0]
        known = self._answers.get(address)
        if known is None:
            try:
                document = self._fetch(url)
            except Undetermined as failure:
                self._answers[address] = failure
                raise
            self._answers[address] = document
            return document
        if isinstance(known, Undetermined):
            raise Undetermined(
                known.what,
                next_step=known.next_step,
                instance=known.instance,
                type=known.type,
            )
        origin = "cached" if known.origin == "fetched" else known.origin
        return known._replace(url=url, origin=origin)


class Patient:
    """A `Fetch` that loses its patience with silent hosts.

    A host that did not answer is not asked for anything else, and after a few of them
    nobody new is asked: a file that names many must not cost a wait for each.

    Args:
        fetch: Who is asked.

    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._silent: set[str] = set()

    def __call__(self, url: str, /) -> Document:
        """Return the document at `url`, unless its host is known to be silent.

        Raises:
            Undetermined: If it could not be had, or was not asked for.

        """
        host = url.partition("://")[2].partition("/")[0].lower()
        if host in self._silent or len(self._silent) >= MAX_SILENT:
            raise Undetermined(
                f"{url[:200]} was not fetched: several other hosts could not be reached"
                if host not in self._silent
                else f"{url[:200]} was not fetched: its host could not be reached just "
                "now",
                next_step="run the same again later: then each is asked anew",
                type="unreachable",
            )
        try:
            return self._fetch(url)
        except Undetermined as failure:
            if failure.type == "unreachable":
                self._silent.add(host)
            raise

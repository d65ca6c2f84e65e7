"""Which documents did a verification rest on, and how old were they?"""

from credwallet.fetch.port import Document, Fetch


class Noting:
    """A `Fetch` that notes what another one answered.

    Args:
        fetch: Who is asked.

    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self.noted: dict[str, Document] = {}

    def __call__(self, url: str, /) -> Document:
        """Return the document at `url`, and note it.

        Raises:
            Undetermined: If it could not be had.

        """
        document = self._fetch(url)
        self.noted[url.partition("#")[0]] = document
        return document

"""How a document is had from an https address, without harm whatever answers.

RFC 9110 (HTTP), RFC 9525 (certificate names). `dialling` says which network address is
connected to. Proxies and cookies are not used.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from credwallet import __version__
from credwallet.errors import Undetermined
from credwallet.fetch.dialling import Dialling, host_header, reason_of
from credwallet.fetch.port import Document
from credwallet.fetch.wire import Connect, Deadline, Resolve, Wire, connect, resolve

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from credwallet.fetch.addresses import Target

_REDIRECTS = (301, 302, 303, 307, 308)
# RFC 9110 sections 15.5.5 and 15.5.11.
_MISSING = {404: "not-found", 410: "gone"}
_HEADERS = (
    "Accept: application/json, application/ld+json, application/jwt, */*;q=0.5\r\n"
    "Accept-Encoding: identity\r\n"
    "Connection: close\r\n"
    f"User-Agent: credwallet/{__version__}\r\n\r\n"
)
_LATER = "try again later, or give the document with --documents"


class HttpsFetch:
    """A `Fetch` that asks the address itself, over https.

    Args:
        deadline_s: Seconds for everything: look-up, connections, redirects, body.
        max_bytes: Largest body.
        max_redirects: How often an answer may point elsewhere.
        resolve: Looks a name up.
        connect: Opens a TLS connection to an address.
        clock: Seconds that only ever grow.

    """

    def __init__(  # noqa: PLR0913 -- three limits and three ports for tests
        self,
        deadline_s: float = 10,
        *,
        max_bytes: int = 1024 * 1024,
        max_redirects: int = 3,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._deadline_s = deadline_s
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._dialling = Dialling(resolve, connect)
        self._clock = clock

    def __call__(self, url: str, /) -> Document:
        """Return the document at `url`; a fragment is not sent.

        Raises:
            Undetermined: Of type `refused-address`, `unreachable`, `too-large`,
                `not-found` (404), `gone` (410) or `bad-answer`.

        """
        # What only a fetch needs is loaded by the first fetch, here and below.
        from http.client import HTTPException  # noqa: PLC0415 -- lazily: see above

        from credwallet.fetch.addresses import target_of  # noqa: PLC0415 -- as above

        left = Deadline(self._clock() + self._deadline_s, self._clock)
        asked = url
        for _ in range(self._max_redirects + 1):
            target = target_of(asked)
            try:
                answer = self._ask(asked, target, left)
            except TimeoutError:
                raise _failed(
                    url, f"no answer within {self._deadline_s:g} s", "unreachable"
                ) from None
            except OSError as error:
                raise _failed(url, reason_of(error), "unreachable") from error
            except (HTTPException, ValueError) as error:
                raise _failed(
                    url, "the server does not speak HTTP as it should", "bad-answer"
                ) from error
            if answer.location is None:
                return Document(url, answer.body, answer.media_type, "fetched")
            asked = answer.location
        raise _failed(url, f"more than {self._max_redirects} redirects", "bad-answer")

    def _ask(self, url: str, target: "Target", left: Deadline) -> "_Answer":
        from http.client import HTTPResponse  # noqa: PLC0415 -- lazily, as above

        wire = Wire(self._dialling.open(url, target, left), left)
        try:
            host = host_header(target)
            wire.send(f"GET {target.path} HTTP/1.1\r\nHost: {host}\r\n{_HEADERS}")
            # It asks the socket for nothing but `makefile`.
            with HTTPResponse(cast("Any", wire), method="GET") as response:
                response.begin()
                return self._answer(url, response)
        finally:
            wire.hang_up()

    def _answer(self, url: str, response: "HTTPResponse") -> "_Answer":
        from urllib.parse import urljoin  # noqa: PLC0415 -- lazily, as above

        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            return _Answer(b"", "", urljoin(url, location.strip()))
        if response.status != 200:
            kind = _MISSING.get(response.status, "bad-answer")
            raise _failed(url, f"the server answered {response.status}", kind)
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise _failed(
                url, "the answer is compressed, which was not asked for", "bad-answer"
            )
        if (response.length or 0) <= self._max_bytes:
            body = response.read(self._max_bytes + 1)
            if len(body) <= self._max_bytes:
                if response.length:
                    raise _failed(url, "the answer ended early", "bad-answer")
                media_type = response.headers.get("Content-Type", "").partition(";")[0]
                return _Answer(body, media_type.strip().lower(), None)
        raise _failed(
            url, f"the answer is larger than {self._max_bytes} bytes", "too-large"
        )


class _Answer(NamedTuple):
    """A body, or the address where it is (`location`)."""

    body: bytes
    media_type: str
    location: str | None


def _failed(url: str, reason: str, kind: str) -> Undetermined:
    from credwallet.fetch.addresses import shown  # noqa: PLC0415 -- as above

    return Undetermined(
        f"{shown(url)} was not fetched: {reason}", next_step=_LATER, type=kind
    )

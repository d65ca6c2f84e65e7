"""How JSON is given to a server that the learner named, once and nowhere else.

RFC 9110 section 9.3.3. The same rules as for fetching (https, public addresses, checked
certificates, limits and one deadline); a redirect is not followed, since the learner
agreed to this server. Nothing is tried twice. No layer below the command line has this
port.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, cast

from credwallet import __version__
from credwallet.errors import Undetermined
from credwallet.fetch.dialling import Dialling, host_header, reason_of
from credwallet.fetch.port import NO_ANSWER, Document
from credwallet.fetch.wire import Connect, Deadline, Resolve, Wire, connect, resolve

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from credwallet.fetch.addresses import Target

MAX_SENT = 1024 * 1024

_MADE = (200, 201)
_OTHERWISE = "try again later, or hand it over in another way"


class Post(Protocol):
    """The port through which a server is given something."""

    def __call__(self, url: str, body: bytes, /) -> Document:
        """Give `body` to the server at `url`, and return its answer.

        Raises:
            Undetermined: If it did not get it, or did not want it; of type `NO_ANSWER`
                if nobody knows.

        """
        ...


class HttpsPost:
    """A `Post` over https.

    Args:
        deadline_s: Seconds for everything.
        max_bytes: Largest answer.
        resolve: Looks a name up.
        connect: Opens a TLS connection to an address.
        clock: Seconds that only ever grow.

    """

    def __init__(
        self,
        deadline_s: float = 30,
        *,
        max_bytes: int = 64 * 1024,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._deadline_s = deadline_s
        self._max_bytes = max_bytes
        self._dialling = Dialling(resolve, connect)
        self._clock = clock

    def __call__(self, url: str, body: bytes, /) -> Document:
        """Give `body`, JSON of at most 1 MiB, to the server at `url`.

        Raises:
            Undetermined: Of type `refused-address`, `unreachable`, `too-large` or
                `bad-answer` (the server said no): it has nothing. Of type `NO_ANSWER`
                if the connection or the answer failed: it may have it.

        """
        from credwallet.fetch.addresses import (  # noqa: PLC0415 -- lazily: rare
            target_of,
        )

        if len(body) > MAX_SENT:
            raise _refused(url, "it is larger than 1 MiB", "too-large")
        left = Deadline(self._clock() + self._deadline_s, self._clock)
        try:
            target = target_of(url)
            stream = self._dialling.open(url, target, left)
        except TimeoutError:
            raise _refused(
                url, f"no answer within {self._deadline_s:g} s", "unreachable"
            ) from None
        except OSError as error:
            raise _refused(url, reason_of(error), "unreachable") from error
        except Undetermined as refusal:
            raise _refused(url, refusal.what, refusal.type) from None
        wire = Wire(stream, left)
        try:
            return self._sent(url, target, wire, body)
        finally:
            wire.hang_up()

    def _sent(self, url: str, target: "Target", wire: Wire, body: bytes) -> Document:
        from http.client import (  # noqa: PLC0415 -- lazily, as above
            HTTPException,
            HTTPResponse,
        )

        try:
            wire.send(
                f"POST {target.path} HTTP/1.1\r\nHost: {host_header(target)}\r\n"
                "Content-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n"
                "Accept: application/json\r\nAccept-Encoding: identity\r\n"
                "Connection: close\r\n"
                f"User-Agent: credwallet/{__version__}\r\n\r\n"
            )
            wire.send_bytes(body)
            with HTTPResponse(cast("Any", wire), method="POST") as response:
                response.begin()
                return self._answer(url, response)
        except TimeoutError:
            raise _lost(url, f"no answer within {self._deadline_s:g} s") from None
        except OSError as error:
            raise _lost(url, reason_of(error)) from error
        except (HTTPException, ValueError) as error:
            raise _lost(url, "the server does not speak HTTP as it should") from error

    def _answer(self, url: str, response: "HTTPResponse") -> Document:
        if response.status not in _MADE:
            raise _refused(url, f"the server answered {response.status}", "bad-answer")
        body = response.read(self._max_bytes + 1)
        if len(body) > self._max_bytes or response.length:
            raise _lost(url, "the answer is too large or ended early")
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        return Document(url, body, media_type.strip().lower(), "fetched")


def _refused(url: str, reason: str, kind: str) -> Undetermined:
    return Undetermined(
        f"it was not given to {_host(url)}: {reason}", next_step=_OTHERWISE, type=kind
    )


def _lost(url: str, reason: str) -> Undetermined:
    return Undetermined(
        f"it was sent to {_host(url)}, which may have kept it: {reason}",
        next_step=f"look for it there: {_host(url)}",
        type=NO_ANSWER,
    )


def _host(url: str) -> str:
    from credwallet.fetch.addresses import shown  # noqa: PLC0415 -- lazily: rare

    return shown(url).partition("://")[2].partition("/")[0] or shown(url)

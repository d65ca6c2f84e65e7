"""What credwallet answers to a file of the corpus, in this process and on a network.

The network is a stub: names resolve as a system would resolve them, documents are
served by address, and every look-up and connection is kept.
"""

import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.errors import Unreadable
from credwallet.fetch import Cached, Fetch
from credwallet.fetch.addresses import Target
from credwallet.fetch.https import HttpsFetch
from credwallet.model.report import Check, VerificationReport
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.fetch.world import FakeStream
from tests.hostile.hostile_file import HostileFile

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PUBLIC = "93.184.215.14"
# A host of this name answers look-ups with a private address.
REBINDING = "rebinding.example.org"


class Answer(NamedTuple):
    """What one file was answered with.

    `verdict` is `malformed` for what could not be read; `problems` are the types of
    all problems; `connected` are the network addresses that were connected to, `asked`
    the https addresses that were asked for.
    """

    verdict: str
    problems: tuple[str, ...]
    words: tuple[str, ...]
    asked: tuple[str, ...]
    connected: tuple[str, ...]


class Network:
    """Serves documents by https address, like the hosts that they stand on."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._documents = documents
        self.asked: list[str] = []
        self.connected: list[str] = []

    @property
    def fetch(self) -> Fetch:
        """The port to this network, with the rules of the real one."""
        https = HttpsFetch(resolve=self._resolve, connect=self._connect)

        def fetch(url: str, /):
            self.asked.append(url)
            return https(url)

        return Cached(fetch)

    def _resolve(self, host: str, _port: int) -> tuple[str, ...]:
        if host.endswith(REBINDING):
            return (PUBLIC, "10.0.0.7")
        try:
            # Systems take 2130706433, 0x7f.1 and 127.1 for addresses, too.
            return (socket.inet_ntoa(socket.inet_aton(host)),)
        except OSError:
            return (PUBLIC,)

    def _connect(self, address: str, target: Target, _timeout: float) -> FakeStream:
        self.connected.append(address)
        return FakeStream(self._answer(target))

    def _answer(self, target: Target) -> bytes:
        port = f":{target.port}" if target.port != 443 else ""
        address = f"https://{target.host}{port}{target.path}"
        found = {url.partition("#")[0]: body for url, body in self._documents.items()}
        body = found.get(address)
        if body is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if body.startswith(b"HTTP/1.1 "):
            return body
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def answer(file: HostileFile) -> Answer:
    """Read and verify a file; whatever is raised but our own errors is a defect."""
    network = Network(file.documents)
    try:
        held = formats.read(file.data)
    except Unreadable as refusal:
        return Answer("malformed", (refusal.type,), (refusal.what,), (), ())
    contexts = Contexts.bundled().with_supplied(file.documents)
    ports = Ports(network.fetch, contexts)
    report = verify(held, Policy(AT, identities=file.identities), ports)
    checks = tuple(_checks(report))
    problems = [problem for check in checks for problem in check.problems]
    return Answer(
        str(report.verdict),
        tuple(problem.type for problem in problems),
        tuple(problem.title for problem in problems),
        tuple(network.asked),
        tuple(network.connected),
    )


def _checks(report: VerificationReport) -> list[Check]:
    inner = [check for part in report.contains for check in _checks(part)]
    return [*report.checks, *inner]

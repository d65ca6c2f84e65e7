"""Names, servers and a clock, none of them real."""

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch.https import HttpsFetch

PUBLIC = "93.184.215.14"
URL = "https://issuer.example.org/did.json"


class FakeStream:
    """A connection that answers with given bytes, some at a time."""

    def __init__(self, answer: bytes, *, step: int = 4096, on_read=lambda: None):
        self.answer = answer
        self.step = step
        self.on_read = on_read
        self.sent = b""
        self.closed = False

    def settimeout(self, value, /):
        assert value > 0

    def recv_into(self, buffer, /):
        self.on_read()
        size = min(len(buffer), self.step, len(self.answer))
        buffer[:size] = self.answer[:size]
        self.answer = self.answer[size:]
        return size

    def sendall(self, data, /):
        self.sent += data

    def close(self):
        self.closed = True


class World:
    """Names, servers and a clock, none of them real."""

    def __init__(self, *answers, names=(PUBLIC,)):
        self.answers = list(answers)
        self.names = names
        self.now = 0.0
        self.looked_up = []
        self.connected = []
        self.streams = []

    def resolve(self, host, port):
        self.looked_up.append((host, port))
        return self.names

    def connect(self, address, target, _timeout):
        self.connected.append((address, target.host, target.port))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        stream = answer if isinstance(answer, FakeStream) else FakeStream(answer)
        self.streams.append(stream)
        return stream

    def fetch(self, url=URL, **limits):
        fetch = HttpsFetch(
            resolve=self.resolve,
            connect=self.connect,
            clock=lambda: self.now,
            **limits,
        )
        return fetch(url)

    def refusal(self, url=URL, **limits):
        with pytest.raises(Undetermined) as caught:
            self.fetch(url, **limits)
        assert all(stream.closed for stream in self.streams)
        assert "\n" not in caught.value.what
        assert caught.value.next_step
        return caught.value


def answer(body=b"{}", *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def redirect(location):
    return answer(b"", f"Location: {location}", status="302 Found")

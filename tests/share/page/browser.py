"""A browser without a window, spoken to over a pipe (Chrome DevTools Protocol).

What the page asks for is counted by the browser itself, and no name resolves.
"""

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.receivers import program

_PATIENCE_S = 60.0


class Browser:
    """One page in one browser; `requests` are the addresses that it asked for."""

    def __init__(self, send: Any, receive: Any) -> None:
        self._send, self._receive = send, receive
        self._number = 0
        self._buffer = b""
        self._session = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log", "DOM"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Any:
        """Ask the browser for something and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._send.write(json.dumps(message).encode() + b"\0")
        self._send.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._buffer:
            data = os.read(self._receive.fileno(), 1 << 20)
            assert data, "the browser went away"
            self._buffer += data
        text, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(text)
        self._note(message)
        return message

    def _note(self, message: Any) -> None:
        params = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
            case "Runtime.exceptionThrown":
                details = params["exceptionDetails"]
                said = details.get("exception", {}).get("description")
                self.complaints.append(said or details["text"])
            case "Log.entryAdded":
                self.complaints.append(params["entry"]["text"])

    def run(self, script: str) -> Any:
        """Evaluate a script in the page and return its value."""
        result = self.call(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def set_clock(self, moment_ms: int) -> None:
        """Let every page of this browser believe that it is this moment."""
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            source=f"Date.now = () => {moment_ms};",
        )

    def open(self, url: str) -> str:
        """Open an address and return the verdict of the page."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=url)
        self._wait("document.readyState === 'complete' && !!document.body")
        self._wait(
            "document.querySelector('#verdict')?.textContent.includes('need') === false"
        )
        return self.verdict()

    def choose(self, *files: Path) -> str:
        """Put files into the page's file button and return the verdict."""
        self.run("document.querySelector('main').dataset.verdict = 'waiting'; 0")
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
        self.call(
            "DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files]
        )
        self._wait("document.querySelector('main').dataset.verdict !== 'waiting'")
        return self.verdict()

    def verdict(self) -> str:
        """Wait until the page has finished, and return its verdict."""
        self._wait(
            "!document.querySelector('main').hasAttribute('aria-busy')"
            " && !/^Checking/.test(document.querySelector('#verdict').textContent)"
        )
        return str(self.run("document.querySelector('main').dataset.verdict"))

    def text(self, selector: str = "main") -> str:
        """Return the text of the first element that fits."""
        found = f"document.querySelector({json.dumps(selector)})"
        return str(self.run(f"{found}.innerText"))

    def _wait(self, condition: str) -> None:
        end = time.monotonic() + _PATIENCE_S
        while not self.run(f"Boolean({condition})"):
            assert time.monotonic() < end, f"waited in vain: {condition}"
            time.sleep(0.01)


@contextmanager
def running() -> Iterator[Browser]:
    """Start a browser, and end it and all that it left behind."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        commands_out, commands_in = os.pipe()
        answers_out, answers_in = os.pipe()
        # The protocol wants the pipe at the numbers 3 and 4.
        line = (
            f'exec "$@" 3<&{commands_out} 4>&{answers_in} '
            f"{commands_out}<&- {answers_in}>&-"
        )
        found = program("chromium")
        assert found is not None
        process = subprocess.Popen(
            ["bash", "-c", line, "bash", found, *_switches(profile)],
            pass_fds=(commands_out, answers_in),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands_out)
        os.close(answers_in)
        with (
            os.fdopen(commands_in, "wb") as send,
            os.fdopen(answers_out, "rb", buffering=0) as receive,
        ):
            browser = Browser(send, receive)
            try:
                yield browser
            finally:
                browser._session = ""
                try:
                    browser.call("Browser.close")
                    process.wait(10)
                except (AssertionError, OSError, subprocess.TimeoutExpired):
                    process.kill()
                    process.wait()


def _switches(profile: str) -> list[str]:
    return [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--remote-debugging-pipe",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        f"--user-data-dir={profile}",
    ]


def policy_of(page: bytes) -> str:
    """Return the content security policy that a page has written in it."""
    found = re.search(rb'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    return found[1].decode()

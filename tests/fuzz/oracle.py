"""What may come of an input: a result, or one of our own errors; nothing else."""

import hashlib
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, NoReturn

from credwallet.errors import CredwalletError

SECONDS = 10
MEBIBYTES = 300
# Address space is not memory: libraries and their reserves take several hundred.
_ADDRESS_SPACE = 2 << 30


class Asked(NamedTuple):
    """Whether an input was refused, and how many seconds of work it took."""

    refused: bool
    seconds: float


class Finding(AssertionError):
    """A defect: an input that ended otherwise. The message says where it is kept."""


class _TooSlow(BaseException):
    """Raised into whatever runs too long; no handler of the product may catch it."""


class Oracle(NamedTuple):
    """Puts inputs to a target.

    `name` is that of the target, `run` what reads an input, and `folder` is where
    inputs that show a defect are kept.
    """

    name: str
    run: Callable[[bytes], Any]
    folder: Path

    def ask(self, data: bytes) -> Asked:
        """Put one input.

        Raises:
            Finding: It ended with anything but a result or a `CredwalletError`, or took
                longer than ten seconds of work.

        """
        begun = time.process_time()
        refused = False
        try:
            with _limited():
                self.run(data)
        except CredwalletError as error:
            refused = True
            if not error.what or "\n" in error.what:
                raise self._finding(data, error) from error
        except (Exception, _TooSlow) as cause:
            raise self._finding(data, cause) from cause
        return Asked(refused, time.process_time() - begun)

    def _finding(self, data: bytes, cause: BaseException) -> Finding:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        return Finding(f"{self.name}: {cause!r:.300}; the input is in {path}")


@contextmanager
def _limited() -> Iterator[None]:
    previous = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _too_slow(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _TooSlow


def limit_memory() -> None:
    """Let this process fail where an input takes far more than it may."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


def peak_mebibytes() -> float:
    """Say how much memory this process has used at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

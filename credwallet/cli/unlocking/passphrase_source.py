"""Where did a passphrase come from that nobody typed, and who has to be told of it?

A passphrase that a file, a command or a descriptor gives is used without a word. So it
is said where it came from when it does not fit, when a new wallet gets it, and when it
stays behind because the wallet has another one from now on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.terminal import prompt
from credwallet.errors import Locked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from credwallet.cli.session import Session
    from credwallet.cli.settings import Settings

_FILE, _COMMAND = "passphrase-file", "passphrase-command"
_VARIABLE = "CREDWALLET_PASSPHRASE_FILE"
_EITHER_WAY = (
    "if it is the right one, the key slot may be damaged: credwallet recover, "
    "or credwallet restore-backup FILE"
)


class Source(NamedTuple):
    """What gives a passphrase, what names that, and how to look after it."""

    what: str
    named_by: str
    look: str
    file: str = ""

    @property
    def words(self) -> str:
        """Both, for a sentence."""
        return f"{self.what} ({self.named_by})"


def source_of(settings: "Settings") -> Source | None:
    """Tell what gives the passphrase of a run; None if the learner types it."""
    if settings.passphrase_fd is not None:
        named = "--passphrase-fd"
        return Source(f"descriptor {settings.passphrase_fd}", named, f"look at {named}")
    key = _COMMAND if settings.passphrase_command else _FILE
    name = settings.passphrase_command or settings.passphrase_file
    if not name:
        return None
    level = settings.sources.get(key, "default")
    return _source(key, name, level, settings.profile)


def configured(session: "Session") -> Source | None:
    """Tell what gives the passphrase of runs whose command line names none."""
    settings = session.settings
    levels: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("environment", {_FILE: session.environment.environ.get(_VARIABLE, "")}),
        ("profile", settings.config.profiles.get(settings.profile, {})),
        ("file", settings.config.top),
    )
    for level, said in levels:
        for key in (_COMMAND, _FILE):
            if said.get(key):
                return _source(key, str(said[key]), level, settings.profile)
    return None


def _source(key: str, name: str, level: str, profile: str) -> Source:
    file = name if key == _FILE else ""
    what = f"the command {name}" if key == _COMMAND else f"the file {name}"
    if name == "-":
        file, what = "", "stdin"
    if level == "flag":
        return Source(what, f"--{key}", f"look at --{key}", file)
    if level == "environment":
        return Source(what, _VARIABLE, f"look at {_VARIABLE}", file)
    named_by = f"the setting {key}"
    if level == "file" and profile:
        named_by += ", which holds for every profile"
    return Source(what, named_by, f"see: credwallet config get {key}", file)


@contextmanager
def refusal_explained(session: "Session") -> Iterator[None]:
    """Name what gave the passphrase, if it is refused.

    Args:
        session: Of the run; in the block nothing but its passphrase opens a wallet.

    Raises:
        Locked: As in the block, with the place that the passphrase came from.

    """
    try:
        yield
    except Locked as error:
        source = source_of(session.settings)
        if source is not None and error.type == Locked.default_type:
            error.what = f"{error.what}: it came from {source.words}"
            error.next_step = f"{source.look}; {_EITHER_WAY}"
        raise


def note_taken(session: "Session") -> None:
    """Say whose passphrase a new wallet has, if nobody typed or named it for that."""
    source = source_of(session.settings)
    if source is not None and not source.named_by.startswith("--"):
        session.console.note(f"its passphrase is the one of {source.words}")


def warn_of_old(session: "Session", new: str) -> None:
    """Say what still gives the old passphrase to every run from now on.

    Args:
        session: Of the run that set a new one.
        new: The new passphrase; a file that holds it already is no matter.

    """
    source = configured(session)
    if source is None or (source.file and _holds(session, source.file, new)):
        return
    session.console.note(
        f"warning: {source.words} gives the old passphrase to each command: "
        "put the new one there"
    )


def _holds(session: "Session", file: str, passphrase: str) -> bool:
    from credwallet.cli.settings import (  # noqa: PLC0415 -- as it is read there
        from_home,
    )

    try:
        path = from_home(file, session.environment.environ)
        return prompt.passphrase_from_file(path, session.environment.stdin) == (
            passphrase
        )
    except Locked:
        return False

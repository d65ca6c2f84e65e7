"""One run of the command line: settings, streams, clock, and the open wallet.

A command gets the session as `ctx.obj` and everything it needs from it, so that the
layers below see neither clock nor environment, and a test can supply each of them.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO

from credwallet.cli.keeping import WalletDocuments, is_older
from credwallet.cli.settings import Settings
from credwallet.cli.terminal import prompt
from credwallet.cli.terminal import traits as terminal_traits
from credwallet.cli.terminal.console import Console, plain
from credwallet.errors import (
    CredwalletError,
    Locked,
    NotFound,
    StorageFailure,
    Unreadable,
    Usage,
)
from credwallet.fetch import (
    Cached,
    Document,
    Fetch,
    Kept,
    Offline,
    Patient,
    Supplied,
)

if TYPE_CHECKING:
    from credwallet.fetch.posting import Post
    from credwallet.store import Vault

MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
_PIECE_BYTES = 64 * 1024
TOKENS = frozenset({"yes", "y"})


class _Https:
    """The network, made when it is first asked."""

    def __init__(self) -> None:
        self._fetch: Fetch | None = None

    def __call__(self, url: str, /) -> Document:
        if self._fetch is None:
            from credwallet.fetch.https import HttpsFetch  # noqa: PLC0415 -- lazily

            self._fetch = HttpsFetch()
        return self._fetch(url)


class _Post:
    """The way out to a server that the learner named, made when it is used."""

    def __call__(self, url: str, body: bytes, /) -> Document:
        from credwallet.fetch.posting import HttpsPost  # noqa: PLC0415 -- lazily: rare

        return HttpsPost()(url, body)


class Environment(NamedTuple):
    """Everything outside the process that a run may touch."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    now: Callable[[], datetime]
    network: Callable[[], Fetch] = _Https
    post: "Post" = _Post()


class Session:
    """What a command works with.

    Args:
        settings: The global options.
        environment: Streams, environment variables, clock and network.

    """

    def __init__(self, settings: Settings, environment: Environment) -> None:
        self.settings = settings
        self.environment = environment
        self.at = environment.now()
        environ = environment.environ
        terminal = environment.stdout.isatty()
        self.console = Console(
            environment.stdout,
            environment.stderr,
            terminal=terminal,
            error_terminal=environment.stderr.isatty(),
            colour=_colour(settings, terminal=terminal),
            rich_colour=terminal_traits.knows_256_colours(environ),
            isolates=terminal_traits.takes_isolates(environ),
            width=terminal_traits.width(environ),
            quiet=settings.quiet,
            verbose=settings.verbose,
            profile=settings.profile_by_flag,
        )
        self._vault: Vault | None = None
        self.keeping = WalletDocuments(lambda: self._vault)

    @property
    def home(self) -> Path:
        """Folder of the wallet."""
        return self.settings.home

    def vault(self, *, only_look: bool = False) -> "Vault":
        """Open the wallet, asking for the passphrase at most once a run.

        Args:
            only_look: Open one that was rolled back, too, and remember nothing of it.

        Raises:
            NotFound: If there is no wallet yet.
            Locked: If the passphrase is wrong or cannot be had.
            Damaged: If it is not as credwallet left it, or not the latest one seen.

        """
        if self._vault is None:
            from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3
            from credwallet.cli.unlocking import work as unlocking  # noqa: PLC0415 -- lazily: the agent

            if not store.exists(self.home):
                from credwallet.cli.configuring import profiles  # noqa: PLC0415 -- lazily: rare

                raise profiles.no_wallet(self)
            self._vault = self._watched(unlocking.opened(self), only_look=only_look)
        return self._vault

    def vault_unasked(self) -> "Vault | None":
        """Open the wallet if nobody has to be asked for that; None otherwise."""
        if self._vault is None:
            from credwallet.cli.unlocking import work as unlocking  # noqa: PLC0415 -- lazily: the agent

            vault = unlocking.opened_unasked(self)
            self._vault = None if vault is None else self._watched(vault)
        return self._vault

    def backup_to_take(self) -> str:
        """Say how to take the newest automatic backup that is good, if there is one."""
        from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

        if self._vault is not None:
            found = self._vault.newest_good_backup()
        else:
            found = store.newest_good(self.home, None)
        return "" if found is None else store.restore_words(found.path)

    @property
    def opened(self) -> "Vault | None":
        """The wallet if it is open already: what needs none never opens it."""
        return self._vault

    def use(self, vault: "Vault") -> None:
        """Keep a wallet that was just made as the open one."""
        self._vault = self._watched(vault)

    def _watched(self, vault: "Vault", *, only_look: bool = False) -> "Vault":
        from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

        anchors = store.Anchors(self.settings.state, only_look=only_look)
        return store.watched(vault, anchors)

    def has_wallet(self) -> bool:
        """Tell whether there is a wallet, without opening it."""
        from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

        return store.exists(self.home)

    def close(self) -> None:
        """Keep what was fetched and what may be completed, and forget the keys."""
        if self._vault is not None or self.settings.completion == "off":
            from credwallet.cli.helping import completion_index  # noqa: PLC0415 -- as it ends

            completion_index.keep(self)
        if self._vault is not None:
            try:
                self.keeping.write()
            except CredwalletError as error:
                self.console.note(f"what was fetched was not kept: {error.what}")
            for note in self._vault.anchor.notes if self._vault.anchor else ():
                self.console.note(note)
            self._vault.close()
            self._vault = None

    def passphrase(self, *, new: bool = False) -> str:
        """Return the passphrase from where the learner said, or ask on the terminal.

        Args:
            new: Ask twice, since it will be set.

        Raises:
            Locked: If there is none to be had.

        """
        from credwallet.cli.unlocking import work as unlocking  # noqa: PLC0415 -- lazily: the agent

        return unlocking.passphrase(self, new=new)

    def confirm(self, question: str, *, flag: str) -> bool:
        """Ask a yes-or-no question on the terminal; no is the default.

        Args:
            question: Without the question mark's options.
            flag: The option that answers yes beforehand, for scripts.

        Raises:
            Usage: If there is nobody to answer.

        """
        if self.settings.no_input:
            raise prompt.no_terminal(flag)
        try:
            answer = prompt.terminal_answer(f"{question} [y/N] ", hidden=False)
        except Locked:
            raise prompt.no_terminal(flag) from None
        return answer.strip().lower() in TOKENS

    def fetch(self, supplied: Mapping[str, bytes] | None = None) -> Fetch:
        """Return the port to the network, closed when `--offline`.

        Where an address cannot be heard, what the wallet kept of it answers, if the
        wallet is open.

        Args:
            supplied: Documents that the learner was given, by address.

        """
        outside = Offline() if self.settings.offline else self.environment.network()
        kept = Kept(
            Patient(outside),
            self.keeping,
            at=self.at,
            is_older=partial(is_older, self.at),
        )
        return Cached(Supplied(supplied or {}, kept))

    def post(self, url: str, body: bytes) -> Document:
        """Give something to a server that the learner agreed to.

        Args:
            url: Where to, https.
            body: JSON.

        Raises:
            Usage: With `--offline`.
            Undetermined: If the server did not get or want it, or nobody knows.

        """
        if self.settings.offline:
            raise Usage(
                "--offline forbids to give anything away", next_step="leave it out"
            )
        return self.environment.post(url, body)

    def documents(self, name: Path | None) -> dict[str, bytes]:
        """Read a `--documents` map: a JSON object of address to file beside it.

        Raises:
            Usage: If the map is no such object or names a file that cannot be read.

        """
        if name is None:
            return {}
        from credwallet.canon import strict_json  # noqa: PLC0415 -- lazily

        try:
            listing = strict_json.loads(read_file(name))
        except Unreadable as error:
            raise Usage(
                f"{name}: {error.what}",
                next_step=_MAP_HINT,
                file=str(name),
                line=error.line,
                column=error.column,
            ) from None
        if not isinstance(listing, dict):
            raise Usage(f"{name} is no JSON object", next_step=_MAP_HINT)
        documents = {}
        for url, file in listing.items():
            if not isinstance(file, str):
                raise Usage(f"{name}: {url} names no file", next_step=_MAP_HINT)
            documents[url] = read_file(name.parent / file)
        return documents

    def write_bytes(self, data: bytes, media_type: str) -> None:
        """Write bytes to stdout as they are.

        Args:
            data: Written as they are, without an end of line.
            media_type: What they are, for the words of the error.

        Raises:
            Usage: If stdout is a terminal and the bytes are no plain text for it.

        """
        stdout = self.environment.stdout
        if self.console.terminal and not _harmless(data):
            raise Usage(
                f"these bytes ({media_type}) would upset the terminal",
                next_step="send them to a file: ... >FILE",
            )
        stdout.flush()
        stdout.buffer.write(data)
        stdout.buffer.flush()

    def write_json(self, document: object) -> None:
        """Print one JSON document on stdout; non-ASCII text stays escaped."""
        text = json.dumps(document, indent=2)
        if "\\udc" in text:
            # Half a surrogate pair stands for a byte of a file name that is not UTF-8;
            # strict readers of JSON refuse it.
            text = json.dumps(_replaced(document), indent=2)
        self.environment.stdout.write(text + "\n")


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _replaced(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(member) for member in value]
    return value


def _harmless(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(line == plain(line) for line in text.replace("\t", " ").splitlines())


_MAP_HINT = 'write it as {"https://address": "file beside the map", ...}'


def read_file(path: Path) -> bytes:
    """Read a file that the learner named.

    Raises:
        Usage: If it is a folder or too large.
        NotFound: If there is none.
        StorageFailure: If it cannot be read.
        Unreadable: If it is larger than 10 MiB.

    """
    try:
        with path.open("rb", buffering=0) as file:
            data = _read(file)
    except FileNotFoundError:
        raise NotFound(
            f"there is no file {path}", next_step="check the name", file=str(path)
        ) from None
    except IsADirectoryError:
        raise Usage(
            f"{path} is a folder", next_step="name a file inside it", file=str(path)
        ) from None
    except (OSError, ValueError) as error:
        raise StorageFailure(
            f"{path} cannot be read: {getattr(error, 'strerror', None) or error}",
            next_step="check its permissions",
            file=str(path),
        ) from None
    if len(data) > MAX_DOCUMENT_BYTES:
        raise Unreadable(
            f"{path} is larger than 10 MiB, no credential is",
            next_step="check that it is the right file",
            file=str(path),
        )
    return data


def _read(file: BinaryIO) -> bytes:
    # In pieces: for 10 MiB at once room is made each time, however small the file is.
    pieces = []
    left = MAX_DOCUMENT_BYTES + 1
    while left and (piece := file.read(min(left, _PIECE_BYTES))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _colour(settings: Settings, *, terminal: bool) -> bool:
    return settings.color == "always" or (terminal and settings.color == "auto")

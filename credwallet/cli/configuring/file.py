"""What does the config file say?

TOML 1.0: keys of `KEYS` at the top, and the same ones in a table `[profile.NAME]` for
one profile. What is wrong with it is collected, so that `config` and `doctor` still run
when nothing else does.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from credwallet.cli.configuring.keys import (
    IN_PROFILE,
    KEYS,
    NO_PROFILE,
    checked,
    is_profile_name,
    near,
)
from credwallet.cli.configuring.state import Config, Remark, Values
from credwallet.errors import CredwalletError, StorageFailure, Usage

MAX_BYTES = 64 * 1024
MAX_UNKNOWN = 20
# What others must not choose: keys, and what they name.
_DELICATE = {
    "passphrase-command": "a command that is run",
    "passphrase-file": "a file that opens the wallet",
    "share.page": "a page that readers of your badges are sent to",
}
# How tomllib says where; at the end of the file it says only that.
_PLACE = re.compile(r"line (\d+), column (\d+)")


def read(path: Path) -> Config:
    """Read a config file; what is wrong with it is in the answer.

    Args:
        path: Where it is; if there is none, nothing is said.

    """
    found = Config(path, is_there=True)
    try:
        text, others_can_write = text_of(path)
        values = parsed(text, path)
    except FileNotFoundError:
        return Config(path)
    except CredwalletError as error:
        return found._replace(errors=(error,))
    reading = _Reading(path, text)
    top = reading.table(values, ())
    tables = values.get("profile")
    profiles = {}
    if isinstance(tables, dict):
        for name, inner in tables.items():
            table = reading.profile(name, inner) if isinstance(inner, dict) else None
            if table is not None:
                profiles[name] = table
    errors = reading.errors
    said = (top, *profiles.values())
    if others_can_write:
        errors[:0] = [
            _unsafe(path, why)
            for name, why in _DELICATE.items()
            if any(name in each for each in said)
        ]
    remarks = tuple(reading.remarks[:MAX_UNKNOWN])
    return found._replace(
        top=top, profiles=profiles, errors=tuple(errors), remarks=remarks
    )


def parsed(text: str, path: Path) -> dict[str, Any]:
    """Read a text as TOML.

    Args:
        text: The whole file.
        path: Its name, for the message.

    Raises:
        Usage: If it is no TOML; it says line and column.

    """
    import tomllib  # noqa: PLC0415 -- lazily: most people have no config file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).removesuffix(")").rpartition(" (at ")
        found = _PLACE.fullmatch(place)
        at = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        raise _no_toml(path, at, what[:1].lower() + what[1:]) from None
    except (ValueError, RecursionError, OverflowError):
        why = "a number or a nesting beyond what can be read"
        raise _no_toml(path, (1, 1), why) from None


def _no_toml(path: Path, at: tuple[int, int], why: str) -> Usage:
    line, column = at
    return Usage(
        f"{path} is no TOML: line {line}, column {column}: {why}",
        next_step="mend that line with an editor, or move the file away",
        type="config",
        file=str(path),
        line=line,
        column=column,
    )


class _Reading:
    """One pass over what a file says; collects what is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self.errors: list[CredwalletError] = []
        self.remarks: list[Remark] = []

    def table(self, values: dict[str, Any], prefix: tuple[str, ...]) -> Values:
        known = tuple(KEYS) if not prefix else IN_PROFILE
        found: dict[str, str | bool] = {}
        for name, value in _flat(values, known):
            if name not in known:
                self._unknown(name, prefix, known)
                continue
            try:
                found[name] = checked(name, value)
            except Usage as error:
                self._wrong(error, (*prefix, *name.split(".")))
        return found

    def profile(self, name: str, inner: dict[str, Any]) -> Values | None:
        if name == NO_PROFILE:
            self.remarks.append(
                Remark(
                    f"{self._path}: the table [profile.{NO_PROFILE}] is not used",
                    "put its keys above all tables: they are for the wallet without a "
                    "profile",
                )
            )
        elif not is_profile_name(name):
            self._wrong(
                Usage(
                    f"no profile can be called {name[:40]!r}",
                    next_step="a name is up to 32 of a to z, 0 to 9 and -",
                ),
                ("profile", name),
            )
        else:
            return self.table(inner, ("profile", name))
        return None

    def _unknown(
        self, name: str, prefix: tuple[str, ...], known: tuple[str, ...]
    ) -> None:
        meant = near(name, known)
        where = f" of [{'.'.join(prefix)}]" if prefix else ""
        step = f"did you mean {meant}?" if meant else "see: credwallet config list"
        if name == "passphrase":
            step = "a passphrase is never read from this file: take it out"
        # The name alone: the value may be a passphrase.
        self.remarks.append(
            Remark(f"{self._path}: unknown key {name[:80]}{where}", step)
        )

    def _wrong(self, error: Usage, path: tuple[str, ...]) -> None:
        from credwallet.cli.configuring.text import (  # noqa: PLC0415 -- lazily: only to say where
            Layout,
        )

        line = Layout(self._text).line_of(path)
        self.errors.append(
            Usage(
                f"{self._path}, line {line}: {error.what}",
                next_step=error.next_step,
                type="config",
                file=str(self._path),
                line=line,
            )
        )


def _flat(values: dict[str, Any], known: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Spell keys as in `KEYS`, with a dot into the tables that those have."""
    tables = {name.partition(".")[0] for name in known if "." in name}
    for name, value in values.items():
        if name not in tables or not isinstance(value, dict):
            yield name, value
            continue
        for inner, each in value.items():
            # Tables there are profiles, which are read one by one.
            if name != "profile" or not isinstance(each, dict):
                yield f"{name}.{inner}", each


def text_of(path: Path) -> tuple[str, bool]:
    """Read the file as text, as it is.

    Args:
        path: Where it is.

    Returns:
        The text, and whether other users can write the file.

    Raises:
        FileNotFoundError: If there is none.
        StorageFailure: If it cannot be read.
        Usage: If it is no file, too large, or not UTF-8.

    """
    try:
        # Nobody waits for a pipe that was put there.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            state = os.fstat(file.fileno())
            data = file.read(MAX_BYTES + 1) if stat.S_ISREG(state.st_mode) else None
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise StorageFailure(
            f"the config file {path} cannot be read: {why}",
            next_step="check its permissions, or name another with CREDWALLET_CONFIG",
            type="config",
        ) from None
    if data is None or len(data) > MAX_BYTES:
        why = "is no file" if data is None else f"is larger than {MAX_BYTES >> 10} KiB"
        raise Usage(
            f"the config file {path} {why}",
            next_step="move it away, or name another with CREDWALLET_CONFIG",
            type="config",
        )
    try:
        return data.decode("utf-8"), _others_can_write(state)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise _no_toml(path, (line, column), "not UTF-8") from None


def _others_can_write(state: os.stat_result) -> bool:
    if os.name != "posix":
        return False
    return bool(state.st_mode & 0o022) or state.st_uid not in (0, os.geteuid())


def _unsafe(path: Path, why: str) -> Usage:
    return Usage(
        f"others can write {path}, and it names {why}",
        next_step=f"chmod 600 {path}",
        type="config",
    )

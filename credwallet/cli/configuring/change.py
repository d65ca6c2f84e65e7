"""How is one key of the config file changed, and nothing else?

The text is changed, and then read again: only if this one key came out differently is
it written.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import tomli_w

from credwallet.cli.configuring import text as config_text
from credwallet.cli.configuring.file import parsed, text_of
from credwallet.cli.unlocking.private_file import write_private
from credwallet.errors import StorageFailure, Usage
from credwallet.stacking.files import toml_places


def holds(path: Path, key: tuple[str, ...]) -> bool:
    """Tell whether a config file has a key, known or not.

    Args:
        path: The file.
        key: The key and the tables that hold it, from the top.

    Raises:
        Usage: If the file is no TOML.
        StorageFailure: If it cannot be read.

    """
    try:
        text, _ = text_of(path)
    except FileNotFoundError:
        return False
    return config_text.value_at(parsed(text, path), key) is not config_text.MISSING


def change(path: Path, key: tuple[str, ...], value: str | bool | None) -> bool:
    """Change one key of a config file, and nothing else in it.

    Args:
        path: The file; made if it is missing. A link is followed.
        key: The key and the tables that hold it, from the top.
        value: What it is to hold; None takes it out.

    Returns:
        Whether anything was changed.

    Raises:
        Usage: If the file is no TOML, or is laid out so that it cannot be done.
        StorageFailure: If it cannot be read or written.

    """
    real = Path(os.path.realpath(path))
    try:
        text, _ = text_of(real)
    except FileNotFoundError:
        text = ""
    new = changed(text, key, value, path)
    if new == text:
        return False
    _make_folder(real.parent)
    write_private(real, [new.encode("utf-8")], force=True)
    return True


def changed(
    text: str, key: tuple[str, ...], value: str | bool | None, path: Path
) -> str:
    """Return the text of a config file with one key changed.

    Args:
        text: The whole file.
        key: As for `change`.
        value: As for `change`.
        path: The file's name, for messages.

    Raises:
        Usage: If the text is no TOML, or is laid out so that it cannot be done.

    """
    before = parsed(text, path)
    wanted = config_text.MISSING if value is None else value
    if config_text.is_only(before, before, key, wanted):
        return text
    for candidate in _candidates(text, key, value):
        try:
            after = parsed(candidate, path)
        except Usage:
            continue
        if config_text.is_only(before, after, key, wanted):
            return candidate
    raise Usage(
        f"{path} is laid out so that {'.'.join(key)} cannot be changed alone",
        next_step="change that line with an editor",
        type="config",
    )


def _candidates(
    text: str, key: tuple[str, ...], value: str | bool | None
) -> Iterator[str]:
    try:
        toml_places.find(text)
    except Usage:
        return  # nested so deep that nobody means it
    if value is None:
        yield from config_text.without(text, key)
    else:
        yield from config_text.with_value(text, key, _spelled(value))


def _spelled(value: str | bool) -> str:
    return tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")


def _make_folder(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        for each in reversed(missing):
            each.mkdir(0o700, exist_ok=True)
    except OSError as error:
        raise StorageFailure(
            f"the folder {folder} cannot be made: {error.strerror}",
            next_step="check its permissions, or name a file with CREDWALLET_CONFIG",
        ) from None

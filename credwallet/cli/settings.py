"""Global options: they stand before or after the command's name, and mean the same."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import Usage


class Settings(NamedTuple):
    """What holds for every command of one run; flags win over the environment."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    no_input: bool = False
    offline: bool = False
    home: Path = Path()
    passphrase_file: str = ""
    passphrase_fd: int | None = None
    passphrase_command: str = ""
    state: Path = Path()


FLAGS = {
    "--json": "json",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "--no-color": "no_color",
    "--no-input": "no_input",
    "--offline": "offline",
}
VALUES = {
    "--home": "home",
    "--passphrase-file": "passphrase_file",
    "--passphrase-fd": "passphrase_fd",
    "--passphrase-command": "passphrase_command",
}


def split(
    argv: Sequence[str], environ: Mapping[str, str]
) -> tuple[Settings, tuple[str, ...]]:
    """Take the global options out of the command line, wherever they stand.

    Args:
        argv: Arguments without the program's name. Nothing after `--` is taken.
        environ: For `CREDWALLET_HOME` and `CREDWALLET_PASSPHRASE_FILE`.

    Returns:
        The settings, and the arguments that are left.

    Raises:
        Usage: If an option lacks its value.

    """
    taken: dict[str, str | bool] = {}
    rest: list[str] = []
    arguments = list(argv)
    while arguments:
        argument = arguments.pop(0)
        if argument == "--":
            rest += [argument, *arguments]
            break
        name, equals, value = argument.partition("=")
        if argument in FLAGS:
            taken[FLAGS[argument]] = True
        elif name in VALUES:
            if not equals and arguments:
                value = arguments.pop(0)
            if not value:
                # Not the default either: an unset variable must not name a wallet.
                raise Usage(
                    f"{name} needs a value", next_step=f"write it as {name} VALUE"
                )
            taken[VALUES[name]] = value
        else:
            rest.append(argument)
    return _settings(taken, environ), tuple(rest)


def _settings(taken: Mapping[str, str | bool], environ: Mapping[str, str]) -> Settings:
    fd = taken.get("passphrase_fd")
    if isinstance(fd, str) and not (fd.isascii() and fd.isdigit() and len(fd) < 8):
        raise Usage(
            "--passphrase-fd needs the number of an open file descriptor",
            next_step="for example: --passphrase-fd 3 3<passphrase.txt",
        )
    home = str(taken.get("home") or environ.get("CREDWALLET_HOME") or "")
    return Settings(
        **{name: bool(taken.get(name)) for name in set(FLAGS.values())},
        home=Path(home) if home else default_home(environ),
        passphrase_file=str(
            taken.get("passphrase_file")
            or environ.get("CREDWALLET_PASSPHRASE_FILE")
            or ""
        ),
        passphrase_fd=int(fd) if isinstance(fd, str) else None,
        passphrase_command=str(taken.get("passphrase_command") or ""),
        state=default_state(environ),
    )


def default_home(environ: Mapping[str, str]) -> Path:
    """Return where wallets live on this system.

    On Linux this is worked out by hand, since platformdirs costs as much to import as
    Python does to start.
    """
    if _is_linux():
        return _xdg(environ, "XDG_DATA_HOME", ".local/share")
    import platformdirs  # noqa: PLC0415 -- other systems only

    return Path(platformdirs.user_data_dir("credwallet", appauthor=False))


def default_state(environ: Mapping[str, str]) -> Path:
    """Return where is kept what this machine remembers of wallets."""
    if _is_linux():
        return _xdg(environ, "XDG_STATE_HOME", ".local/state")
    import platformdirs  # noqa: PLC0415 -- other systems only

    return Path(platformdirs.user_state_dir("credwallet", appauthor=False)) / "state"


def _is_linux() -> bool:
    # As a plain string, since mypy knows the platform that it runs on.
    return str(sys.platform).startswith("linux")


def _xdg(environ: Mapping[str, str], name: str, usual: str) -> Path:
    base = environ.get(name, "")
    if not base.startswith("/"):
        base = f"{environ.get('HOME') or Path.home()}/{usual}"
    return Path(base) / "credwallet"

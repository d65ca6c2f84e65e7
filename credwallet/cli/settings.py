"""Global options: they stand before or after the command's name, and mean the same.

What the command line does not say comes from the environment, the config file (the
table of the profile, then the top), or is the default. This module is loaded by every
run, so that it looks for the config file and loads what reads it only if there is one.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from credwallet.cli.configuring.keys import KEYS, PASSPHRASE, profile_named
from credwallet.cli.configuring.state import NO_CONFIG, NO_VALUES, Config, Values
from credwallet.cli.configuring.user_folders import (
    config_path,
    default_home,
    default_state,
    profile_home,
)
from credwallet.errors import Usage

__all__ = [
    "FLAGS",
    "VALUES",
    "Settings",
    "config_path",
    "default_home",
    "default_state",
    "profile_home",
    "split",
    "without_config",
]

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Settings(NamedTuple):
    """What holds for every command of one run.

    `sources` says for each key of `KEYS` where its value comes from: `flag`,
    `environment`, `profile`, `file` or `default`. `profile` is empty for the wallet
    without one. `profile_by_flag` is what the command line calls it, if it does.
    """

    json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    no_input: bool = False
    offline: bool = False
    online: bool = False
    home: Path = Path()
    passphrase_file: str = ""
    passphrase_fd: int | None = None
    passphrase_command: str = ""
    state: Path = Path()
    profile: str = ""
    completion: str = "handles"
    images: str = "auto"
    fail_if: str = ""
    share_page: str = ""
    color: str = "auto"
    config: Config = NO_CONFIG
    sources: Mapping[str, str] = _NOTHING
    profile_by_flag: str = ""


FLAGS = {
    "--json": "json",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "--no-color": "no_color",
    "--no-input": "no_input",
    "--offline": "offline",
    "--online": "online",
}
VALUES = {
    "--home": "home",
    "--profile": "profile",
    "--color": "color",
    "--passphrase-file": "passphrase_file",
    "--passphrase-fd": "passphrase_fd",
    "--passphrase-command": "passphrase_command",
}
# Variables that give a key its value as they are.
_VARIABLES = {
    "passphrase-file": "CREDWALLET_PASSPHRASE_FILE",
    "share.page": "CREDWALLET_PAGE",
}
# What runs even with a config file that cannot be used: it helps to mend that.
MENDING = frozenset(("config", "doctor", "help", "completion"))
# It is no key: its number means something in one run alone.
_DESCRIPTOR = "passphrase-fd"


def split(
    argv: Sequence[str], environ: Mapping[str, str]
) -> tuple[Settings, tuple[str, ...]]:
    """Take the global options out of the command line, wherever they stand.

    Args:
        argv: Arguments without the program's name. Nothing after `--` is taken.
        environ: For the variables of `KEYS`, `CREDWALLET_HOME` and `CREDWALLET_CONFIG`.

    Returns:
        The settings, and the arguments that are left.

    Raises:
        Usage: If an option lacks its value, two say opposite things, a profile cannot
            be called that, or the config file is wrong and the command is not one that
            helps to mend it.
        StorageFailure: If the config file cannot be read, likewise.

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
    _refuse_opposites(taken)
    settings = _settings(taken, environ, _config(environ))
    if settings.config.errors and not _is_mending(rest):
        raise settings.config.errors[0]
    return settings, tuple(rest)


def without_config(environ: Mapping[str, str]) -> Settings:
    """Return settings to fall back on when the real ones are wrong; never fails.

    Args:
        environ: For the folders of the system.

    """
    return Settings(home=default_home(environ), state=default_state(environ))


def _refuse_opposites(taken: Mapping[str, str | bool]) -> None:
    for one, other in (("home", "profile"), ("offline", "online")):
        if one in taken and other in taken:
            raise Usage(
                f"--{one} and --{other} cannot both hold", next_step="leave one out"
            )
    color = taken.get("color", "auto")
    if color not in KEYS["color"].allowed:
        raise Usage(
            f"--color must be {' or '.join(KEYS['color'].allowed)}",
            next_step="write it as --color never",
        )
    if color == "always" and "no_color" in taken:
        raise Usage(
            "--no-color and --color always cannot both hold", next_step="leave one out"
        )
    fd = taken.get("passphrase_fd", "0")
    if isinstance(fd, str) and not (fd.isascii() and fd.isdigit() and len(fd) < 8):
        raise Usage(
            "--passphrase-fd needs the number of an open file descriptor",
            next_step="for example: --passphrase-fd 3 3<passphrase.txt",
        )


def _is_mending(rest: Sequence[str]) -> bool:
    return (
        not rest
        or rest[0] in MENDING
        or rest[0] == "--version"
        or any(word in ("-h", "--help") for word in rest)
    )


def _settings(
    taken: Mapping[str, str | bool], environ: Mapping[str, str], config: Config
) -> Settings:
    home, profile, source = _wallet(taken, environ, config.top)
    levels: tuple[tuple[str, Values], ...] = (
        ("flag", _of_flags(taken)),
        ("environment", _of_environment(environ)),
        ("profile", config.profiles.get(profile, {})),
        ("file", config.top),
    )
    values, sources = {}, {}
    for name, key in KEYS.items():
        # A passphrase that is named here hides every one that is named there.
        group = (*PASSPHRASE, _DESCRIPTOR) if name in PASSPHRASE else (name,)
        level, said = next(
            (each for each in levels if any(other in each[1] for other in group)),
            ("default", NO_VALUES),
        )
        sources[name] = level if name in said else "default"
        values[key.field] = said.get(name, key.default)
    sources["profile.default"] = source
    fd = taken.get("passphrase_fd")
    return Settings(
        **{name: bool(taken.get(name)) for name in set(FLAGS.values()) - {"offline"}},
        offline=values["offline"] is True,
        home=home,
        passphrase_file=from_home(str(values["passphrase_file"]), environ),
        passphrase_fd=int(fd) if isinstance(fd, str) else None,
        passphrase_command=str(values["passphrase_command"]),
        state=default_state(environ),
        profile=profile,
        completion=str(values["completion"]),
        images=str(values["images"]),
        fail_if=str(values["fail_if"]),
        share_page=str(values["share_page"]),
        color=str(values["color"]),
        config=config,
        sources=sources,
        profile_by_flag=str(taken.get("profile", "")),
    )


def _of_flags(taken: Mapping[str, str | bool]) -> Values:
    """Spell what the command line says by the keys of the config file."""
    said: dict[str, str | bool] = {
        name: taken[KEYS[name].field]
        for name in PASSPHRASE
        if KEYS[name].field in taken
    }
    if "passphrase_fd" in taken:
        said[_DESCRIPTOR] = True
    if "offline" in taken or "online" in taken:
        said["offline"] = "offline" in taken
    if "no_color" in taken or "color" in taken:
        said["color"] = "never" if "no_color" in taken else taken["color"]
    return said


def _of_environment(environ: Mapping[str, str]) -> Values:
    said: dict[str, str | bool] = {
        name: environ[variable]
        for name, variable in _VARIABLES.items()
        if environ.get(variable)
    }
    # no-color.org: set and not empty means no colour.
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        said["color"] = "never"
    elif environ.get("FORCE_COLOR"):
        said["color"] = "always"
    return said


def _wallet(
    taken: Mapping[str, str | bool], environ: Mapping[str, str], top: Values
) -> tuple[Path, str, str]:
    """Tell the wallet's folder, the profile, and what named the profile.

    A folder wins over a profile that is named in the same way, and what the command
    line names over what the environment does.
    """
    if "home" in taken:
        return Path(str(taken["home"])), "", "flag"
    if "profile" in taken:
        profile, source = profile_named(str(taken["profile"]), "--profile"), "flag"
    elif environ.get("CREDWALLET_HOME"):
        return Path(environ["CREDWALLET_HOME"]), "", "environment"
    elif named := environ.get("CREDWALLET_PROFILE"):
        profile, source = profile_named(named, "CREDWALLET_PROFILE"), "environment"
    elif "profile.default" in top:
        source = "file"
        profile = profile_named(str(top["profile.default"]), "profile.default")
    else:
        profile, source = "", "default"
    return profile_home(environ, profile), profile, source


def _config(environ: Mapping[str, str]) -> Config:
    path = config_path(environ)
    if path is None:
        return NO_CONFIG
    try:
        os.stat(path)  # noqa: PTH116 -- the one look of whoever has no config file
    except (FileNotFoundError, NotADirectoryError):
        return Config(path)
    except (OSError, ValueError):
        pass  # what reads it says why it cannot be read
    from credwallet.cli.configuring import file as config_file  # noqa: PLC0415 -- lazily: tomllib

    return config_file.read(path)


def from_home(path: str, environ: Mapping[str, str]) -> str:
    """Write out what `~/` stands for.

    Args:
        path: As somebody typed it.
        environ: For `HOME`.

    """
    if not path.startswith("~/"):
        return path
    return f"{environ.get('HOME') or Path.home()}/{path[2:]}"

"""Where is the wallet? Worked out with nothing but `os`, for completion.

`settings` is the authority, and is asked where this is no simple matter; a test
compares the two.
"""

import os
import stat
import sys
from collections.abc import Mapping


def folder_of(environ: Mapping[str, str], values: Mapping[str, str]) -> str:
    """Work out the wallet's folder as `settings` does, which takes longer to load.

    Args:
        environ: Environment variables.
        values: Options of the command line with their values.

    Returns:
        The folder, or `""` if what names it makes no sense.

    """
    home = values.get("--home")
    if not home and not values.get("--profile"):
        home = environ.get("CREDWALLET_HOME")
    if home:
        return home
    profile = values.get("--profile") or environ.get("CREDWALLET_PROFILE") or ""
    simple = profile.replace("-", "").isalnum() or not profile
    if not is_linux() or not simple or (not profile and _config_names_one(environ)):
        return _home_by_settings(environ, profile)
    data = xdg(environ, "XDG_DATA_HOME", ".local/share")
    if profile in ("", "default"):
        return f"{data}/credwallet"
    return f"{data}/credwallet-profiles/{profile}"


def read_regular(path: str, most: int) -> bytes:
    """Read the start of a file, and nothing of a pipe, for which one might wait.

    Args:
        path: Of the file.
        most: Bytes to read.

    Raises:
        OSError: If it cannot be read.

    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return os.read(descriptor, most) if is_file else b""
    finally:
        os.close(descriptor)


def _home_by_settings(environ: Mapping[str, str], profile: str) -> str:
    from credwallet.cli import settings  # noqa: PLC0415 -- start-up is a feature
    from credwallet.errors import CredwalletError  # noqa: PLC0415 -- as above

    words = ("--profile", profile) if profile else ()
    try:
        return str(settings.split(words, environ)[0].home)
    except CredwalletError:
        return ""


def _config_names_one(environ: Mapping[str, str]) -> bool:
    path = environ.get("CREDWALLET_CONFIG")
    if path is None:
        folder = xdg(environ, "XDG_CONFIG_HOME", ".config")
        path = f"{folder}/credwallet/config.toml"
    try:
        return b"default" in read_regular(path, 64 * 1024)
    except OSError:
        return False


def is_linux() -> bool:
    """Tell whether this system follows the specification."""
    # As a plain string, since mypy knows the platform that it runs on.
    return str(sys.platform).startswith("linux")


def xdg(environ: Mapping[str, str], name: str, usual: str) -> str:
    """Return a base folder.

    Args:
        environ: For the variable itself and `HOME`.
        name: The variable, such as `XDG_DATA_HOME`; one that is not absolute is passed
            over.
        usual: The folder below `HOME` if it is not set, such as `.local/share`.

    """
    base = environ.get(name, "")
    if base.startswith("/"):
        return base
    return f"{environ.get('HOME') or os.path.expanduser('~')}/{usual}"  # noqa: PTH111 -- pathlib costs more than all of this

"""Where do wallets, settings and what is remembered lie on this system?

On Linux the XDG Base Directory specification is worked out by hand, since platformdirs
costs as much to import as Python does to start.
"""

from collections.abc import Mapping
from pathlib import Path

from credwallet.cli.configuring.keys import NO_PROFILE
from credwallet.cli.helping.wallet_folder import is_linux, xdg

_PROFILES = "credwallet-profiles"


def default_home(environ: Mapping[str, str]) -> Path:
    """Return where the wallet without a profile lies.

    Args:
        environ: For `XDG_DATA_HOME` and `HOME`.

    """
    if is_linux():
        return _ours(environ, "XDG_DATA_HOME", ".local/share")
    import platformdirs  # noqa: PLC0415 -- other systems only

    return Path(platformdirs.user_data_dir("credwallet", appauthor=False))


def default_state(environ: Mapping[str, str]) -> Path:
    """Return where is kept what this machine remembers of wallets.

    Args:
        environ: For `XDG_STATE_HOME` and `HOME`.

    """
    if is_linux():
        return _ours(environ, "XDG_STATE_HOME", ".local/state")
    import platformdirs  # noqa: PLC0415 -- other systems only

    return Path(platformdirs.user_state_dir("credwallet", appauthor=False)) / "state"


def profile_home(environ: Mapping[str, str], profile: str) -> Path:
    """Return the wallet folder of a profile, without reading a file.

    It lies beside the folder of the wallet without a profile and not in it, so that
    whoever copies, moves or looks through one wallet leaves the others alone.

    Args:
        environ: For the folders of the system.
        profile: Its name, already checked; `""` for the wallet without one.

    """
    home = default_home(environ)
    if profile in ("", NO_PROFILE):
        return home
    return home.with_name(_PROFILES) / profile


def config_path(environ: Mapping[str, str]) -> Path | None:
    """Return where the config file is, or would be; None if there is to be none.

    Args:
        environ: For `CREDWALLET_CONFIG` and the folders of the system.

    """
    named = environ.get("CREDWALLET_CONFIG")
    if named is not None:
        return Path(named) if named else None
    if is_linux():
        return _ours(environ, "XDG_CONFIG_HOME", ".config") / "config.toml"
    import platformdirs  # noqa: PLC0415 -- other systems only

    folder = platformdirs.user_config_dir("credwallet", appauthor=False)
    return Path(folder) / "config.toml"


def _ours(environ: Mapping[str, str], name: str, usual: str) -> Path:
    return Path(xdg(environ, name, usual)) / "credwallet"

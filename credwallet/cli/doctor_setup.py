"""What can be said about how credwallet is set up, apart from the wallet?

The config file, the profile, the extras and the completion of the shell. None of it is
needed by the wallet itself, so that all but a broken config file is a remark.
"""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.configuring import profiles
from credwallet.store import Finding, Severity

if TYPE_CHECKING:
    from credwallet.cli.configuring.state import Config
    from credwallet.cli.session import Session

# What each extra brings, and the modules by which it is told.
EXTRAS = {
    "pdf": ("certificates to print", ("fpdf", "pikepdf")),
    "scan": ("reading QR codes", ("zxingcpp",)),
    "solver": ("proofs for large wallets", ("highspy",)),
    "keyring": ("the keyring of this system", ("keyring",)),
    "schema": ("checks against schemas", ("jsonschema",)),
}


class Shell(NamedTuple):
    """Where a shell finds the script, and how the script gets there.

    `below` is a path below a folder of data (XDG), `own` one below the home.
    """

    below: str
    own: str
    how: str


SHELLS = {
    "bash": Shell(
        below="bash-completion/completions/credwallet",
        own=".bashrc",
        how="mkdir -p ~/.local/share/bash-completion/completions && credwallet "
        "completion bash >~/.local/share/bash-completion/completions/credwallet",
    ),
    "zsh": Shell(
        below="zsh/site-functions/_credwallet",
        own=".zshrc",
        how="echo 'source <(credwallet completion zsh)' >>~/.zshrc",
    ),
    "fish": Shell(
        below="fish/vendor_completions.d/credwallet.fish",
        own=".config/fish/completions/credwallet.fish",
        how="mkdir -p ~/.config/fish/completions && credwallet completion fish "
        ">~/.config/fish/completions/credwallet.fish",
    ),
}
_MAX_RC_BYTES = 1024 * 1024


def look(session: "Session") -> tuple[Finding, ...]:
    """Say what can be said about the set-up of a run.

    Args:
        session: The run.

    Returns:
        At least one finding on each of config, profile and extras.

    """
    environ = session.environment.environ
    return (
        *_config(session.settings.config),
        *_profile(session),
        *_extras(missing_extras()),
        *_completion(session.settings.completion, environ),
    )


def _good(area: str, what: str, next_step: str = "") -> Finding:
    return Finding(area, Severity.OK, what, next_step)


def _warning(area: str, what: str, next_step: str) -> Finding:
    return Finding(area, Severity.WARNING, what, next_step)


def _config(config: "Config") -> Iterator[Finding]:
    path = config.path
    if path is None:
        yield _good("config", "no file is read, since CREDWALLET_CONFIG is empty")
        return
    for error in config.errors:
        yield Finding("config", Severity.FAILURE, error.what, error.next_step)
    for remark in config.remarks:
        yield _warning("config", *remark)
    if not config.is_there:
        yield _good("config", f"there is no file {path}, and none is needed")
        return
    open_to_others = [*_open(path, 0o077, "600"), *_open(path.parent, 0o022, "700")]
    yield from open_to_others
    if not (config.errors or config.remarks or open_to_others):
        yield _good("config", str(path))


def _open(path: Path, forbidden: int, wanted: str) -> Iterator[Finding]:
    """Say who else can get at a file or folder of settings."""
    if os.name != "posix":
        return
    try:
        state = path.stat()
    except OSError:
        return  # why it cannot be read is said already
    mode = stat.S_IMODE(state.st_mode)
    if state.st_uid not in (0, os.geteuid()):
        yield _warning(
            "config",
            f"{path} belongs to another user (number {state.st_uid})",
            f"make it yours: chown, then chmod {wanted} {path}",
        )
    elif mode & forbidden and not mode & stat.S_ISVTX:
        yield _warning(
            "config",
            f"others can get at {path} ({mode:04o})",
            f"chmod {wanted} {path}",
        )


def _profile(session: "Session") -> Iterator[Finding]:
    settings = session.settings
    source = settings.sources["profile.default"]
    by = {
        "flag": "the command line",
        "environment": "the environment",
        "file": "the config file",
    }
    if settings.profile:
        yield _good("profile", f"{settings.profile}, named by {by[source]}")
    elif source in ("flag", "environment"):
        yield _good("profile", f"none, since {by[source]} names the wallet")
    else:
        yield _good("profile", "none")
    named = session.environment.environ.get("CREDWALLET_PROFILE", "")
    if named and source == "environment" and not settings.profile:
        yield _warning(
            "profile",
            f"CREDWALLET_PROFILE ({named}) is not looked at",
            "unset it, or CREDWALLET_HOME if the profile is meant",
        )
    with_tables = settings.config.profiles
    for each in profiles.every(session):
        if each.name in with_tables and not each.has_wallet:
            yield _warning(
                "profile",
                f"the config file has a table for {each.name}, which has no wallet",
                f"make it: credwallet --profile {each.name} init; or take the table "
                "out of the file",
            )


def missing_extras() -> tuple[str, ...]:
    """Return the extras that are not installed, or not as a whole."""
    return tuple(
        name
        for name, (_, modules) in EXTRAS.items()
        if not all(_is_installed(module) for module in modules)
    )


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _extras(missing: tuple[str, ...]) -> Iterator[Finding]:
    here = [name for name in EXTRAS if name not in missing]
    if here:
        yield _good("extras", f"installed: {', '.join(here)}")
    if missing:
        brought = ", ".join(f"{name} ({EXTRAS[name][0]})" for name in missing)
        step = f"if you want them: {_install(missing)}"
        yield _good("extras", f"not installed: {brought}", step)


def _install(extras: tuple[str, ...]) -> str:
    wanted = f"'credwallet[{','.join(extras)}]'"
    if "pipx" in Path(sys.prefix).parts:
        return f"pipx install --force {wanted}"
    return f"pip install {wanted}"


def _completion(setting: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    shell = environ.get("SHELL", "").rpartition("/")[2]
    if shell not in SHELLS or setting == "off":
        return
    if _completes(shell, environ):
        yield _good("completion", f"{shell} completes commands of credwallet")
    else:
        what = f"no completion script for {shell} was found"
        yield _good("completion", what, f"if you want one: {SHELLS[shell].how}")


def _completes(shell: str, environ: Mapping[str, str]) -> bool:
    place = SHELLS[shell]
    home = Path(environ.get("HOME") or Path.home())
    data = environ.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    system = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [data, *system.split(":"), str(Path(sys.prefix) / "share")]
    if any((Path(folder) / place.below).is_file() for folder in folders if folder):
        return True
    try:
        with (home / place.own).open("rb") as file:
            said = file.read(_MAX_RC_BYTES)
    except OSError:
        return False
    # In fish the file itself is the script, which asks the same.
    return b"credwallet completion" in said or b"credwallet _complete" in said

"""Which wallets does one person have, by name, and which one is meant?

A profile is a name for another wallet in a folder of its own. Handles, backups, the
agent and what this machine remembers go by folder or wallet, so that none is shared.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.configuring.keys import NO_PROFILE, is_profile_name
from credwallet.cli.configuring.user_folders import profile_home
from credwallet.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from credwallet.cli.session import Session


class Profile(NamedTuple):
    """One wallet by name: `default` is the one without a profile."""

    name: str
    home: "Path"
    has_wallet: bool
    is_used: bool


def every(session: "Session") -> tuple[Profile, ...]:
    """Return the wallet without a profile, and every profile with a folder or table.

    Args:
        session: Says which one is in use.

    """
    settings = session.settings
    environ = session.environment.environ
    names = {*_folders(environ), *settings.config.profiles, settings.profile}
    return tuple(
        Profile(name or NO_PROFILE, home, _has_wallet(home), home == session.home)
        for name in sorted(names | {""})
        for home in (profile_home(environ, name),)
    )


def place(session: "Session") -> str:
    """Say where the wallet of a run is, with the profile if one is in use.

    Args:
        session: Says it.

    """
    profile = session.settings.profile
    return f"{session.home} (profile {profile})" if profile else str(session.home)


def no_wallet(session: "Session") -> NotFound:
    """Make the error for a wallet that is not there.

    Args:
        session: Says where it would be.

    """
    profile = session.settings.profile
    wanted = f" --profile {profile}" if profile else ""
    step = f"make one: credwallet{wanted} init, or import a first badge"
    others = [
        each.name for each in every(session) if each.has_wallet and not each.is_used
    ]
    if profile and others:
        named = ", ".join(f"--profile {name}" for name in others[:5])
        step += f"; your other wallets: {named}"
    return NotFound(f"there is no wallet in {place(session)}", next_step=step)


def _folders(environ: Mapping[str, str]) -> list[str]:
    try:
        names = os.listdir(profile_home(environ, "x").parent)  # noqa: PTH208 -- names only
    except OSError:
        return []
    return [name for name in names if is_profile_name(name) and name != NO_PROFILE]


def _has_wallet(home: "Path") -> bool:
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    return store.exists(home)

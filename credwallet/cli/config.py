"""`credwallet config list|get|set|unset|path|profiles`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.app import new_group
from credwallet.cli.configuring.keys import IN_PROFILE, KEYS, NO_PROFILE, checked, near
from credwallet.cli.configuring.report import (
    setting_json,
    setting_of,
    show_list,
    spelled,
)
from credwallet.cli.output import Result, code_of, gravest
from credwallet.errors import Usage
from credwallet.model.report import Problem

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.settings import Settings

__all__ = ["KEYS", "group"]

group = new_group("Keep settings in a file, for every run or for one profile.")

# As the flag is called; in the file that is the table of the profiles.
ALIASES = {"profile": "profile.default"}

KeyName = Annotated[str, typer.Argument(metavar="KEY", help="See config list.")]


@group.command("list")
def list_settings(ctx: typer.Context) -> Result:
    """List every key, its value, and where that comes from.

    That is a flag, the environment, the table of the profile in the file, the top of
    the file, or the default.

    Examples: credwallet config list; credwallet config list --json
    """
    session: Session = ctx.obj
    settings = session.settings
    found = [setting_of(settings, name) for name in KEYS]
    data = {
        "file": _spelled_path(settings.config.path),
        "exists": settings.config.is_there,
        "profile": settings.profile or NO_PROFILE,
        "home": str(session.home),
        "keys": [setting_json(each) for each in found],
    }
    return _with_errors(
        Result(data, lambda console: show_list(console, settings, found)), settings
    )


@group.command("get", no_args_is_help=True)
def get(ctx: typer.Context, key: KeyName) -> Result:
    """Print the value of one key that is in force, the default if it is not set.

    Examples: credwallet config get color; credwallet config get share.page
    """
    session: Session = ctx.obj
    found = setting_of(session.settings, _known(key))
    return _with_errors(
        Result(setting_json(found), lambda console: console.row([found.value])),
        session.settings,
    )


@group.command("set", no_args_is_help=True)
def set_value(
    ctx: typer.Context,
    key: KeyName,
    value: Annotated[str, typer.Argument(help="What it is to be.")],
) -> Result:
    """Set one key in the file; with --profile NAME, for that profile alone.

    Remarks, order and layout of the file stay as they are.

    Examples: credwallet config set color never;
    credwallet config set check.fail-if revoked,invalid --profile work
    """
    session: Session = ctx.obj
    name = _known(key)
    kept = checked(name, value)
    _check_further(name, value)
    return _write(session, name, kept)


@group.command("unset", no_args_is_help=True)
def unset(ctx: typer.Context, key: KeyName) -> Result:
    """Take one key out of the file; with --profile NAME, out of that profile's table.

    A key that credwallet does not know can be taken out, too.

    Examples: credwallet config unset color
    """
    session: Session = ctx.obj
    is_stray = key not in KEYS and key not in ALIASES and _in_file(session, key)
    return _write(session, key if is_stray else _known(key), None)


@group.command("path")
def path(ctx: typer.Context) -> Result:
    """Print where the file is, or would be.

    Examples: credwallet config path
    """
    session: Session = ctx.obj
    config = session.settings.config
    where = config.path
    return Result(
        {"file": _spelled_path(where), "exists": config.is_there},
        lambda console: (
            console.row([str(where)])
            if where is not None
            else console.hint("CREDWALLET_CONFIG is empty: no file is read")
        ),
    )


@group.command("profiles")
def list_profiles(ctx: typer.Context) -> Result:
    """List your wallets by name; the marked one is in use.

    Make another with: credwallet init --profile NAME.

    Examples: credwallet config profiles
    """
    from credwallet.cli.configuring import profiles  # noqa: PLC0415 -- lazily: sqlite3

    session: Session = ctx.obj
    found = profiles.every(session)
    data = [
        {
            "name": each.name,
            "home": str(each.home),
            "hasWallet": each.has_wallet,
            "isUsed": each.is_used,
        }
        for each in found
    ]
    return Result(
        {"profiles": data},
        lambda console: console.table(
            ("", "PROFILE", "WALLET", "FOLDER"),
            [
                (
                    "*" if each.is_used else "",
                    each.name,
                    "yes" if each.has_wallet else "none",
                    str(each.home),
                )
                for each in found
            ],
            flexible=(3,),
        ),
    )


def _known(name: str) -> str:
    if name in KEYS or name in ALIASES:
        return ALIASES.get(name, name)
    if name.casefold() == "passphrase":
        raise Usage(
            "a passphrase is never kept in a file of settings",
            next_step="name what gives it: credwallet config set passphrase-command "
            "COMMAND, or passphrase-file FILE; or see: credwallet unlock --help",
        )
    meant = near(name)
    raise Usage(
        f"there is no key {name[:80]}",
        next_step=f"did you mean {meant}?" if meant else "see: credwallet config list",
    )


def _check_further(name: str, value: str) -> None:
    """Check what takes more than the table to know."""
    if name == "share.page":
        from credwallet.share.link import checked_page  # noqa: PLC0415 -- lazily

        checked_page(value)
    elif name == "check.fail-if":
        from credwallet.cli.checking.conditions import (  # noqa: PLC0415 -- lazily
            wanted,
        )

        wanted((value,), name)


def _in_file(session: "Session", name: str) -> bool:
    """Tell whether the file has a key at all, known or not."""
    from credwallet.cli.configuring import change as config_change  # noqa: PLC0415 -- lazily: tomllib

    where = session.settings.config.path
    if where is None:
        return False
    return config_change.holds(where, _place(session, name))


def _place(session: "Session", name: str) -> tuple[str, ...]:
    """Tell the tables that hold a key, and the key: only the flag means a profile."""
    settings = session.settings
    words = tuple(name.split("."))
    if settings.profile and settings.sources["profile.default"] == "flag":
        return ("profile", settings.profile, *words)
    return words


def _write(session: "Session", name: str, value: str | bool | None) -> Result:
    from credwallet.cli.configuring import change as config_change  # noqa: PLC0415 -- lazily: tomllib
    from credwallet.cli.helping import completion_index  # noqa: PLC0415 -- lazily: tomllib

    where = session.settings.config.path
    if where is None:
        raise Usage(
            "CREDWALLET_CONFIG is empty: no config file is used",
            next_step="unset it, or name a file with it",
        )
    place = _place(session, name)
    profile = place[1] if len(place) > 2 and place[0] == "profile" else ""
    if profile and name in KEYS and name not in IN_PROFILE:
        raise Usage(
            f"{name} is for all profiles",
            next_step="leave --profile out",
        )
    was_changed = config_change.change(where, place, value)
    if name == "completion":
        _forget_words(session, profile, str(value or completion_index.HANDLES))
    if value is None:
        done = "unset" if was_changed else "was not set"
    else:
        done = "set" if was_changed else "was so already"
    data = {
        "key": name,
        "value": value,
        "file": str(where),
        "profile": profile or None,
        "changed": was_changed,
    }
    _say_what_wins(session, name, profile)
    scope = f" for profile {profile}" if profile else ""
    return Result(
        data,
        lambda console: console.row(
            [name, spelled(value), f"{done}{scope} in {where}"]
            if value is not None
            else [name, f"{done}{scope} in {where}"]
        ),
    )


def _forget_words(session: "Session", profile: str, setting: str) -> None:
    """Take out of every wallet what may no longer be completed to.

    Args:
        session: With the settings as they were.
        profile: For which profile alone that was set; `""` for all without an own word.
        setting: What is so now.

    """
    from credwallet.cli.configuring import profiles  # noqa: PLC0415 -- lazily: sqlite3
    from credwallet.cli.helping import completion_index  # noqa: PLC0415 -- lazily: sqlite3

    if profile:
        completion_index.forget(session.home, setting)
        return
    own = session.settings.config.profiles
    for each in profiles.every(session):
        if "completion" not in own.get(each.name, {}):
            completion_index.forget(each.home, setting)
    if session.settings.sources.get("completion") != "profile":
        completion_index.forget(session.home, setting)


def _say_what_wins(session: "Session", name: str, profile: str) -> None:
    """Say it if a stronger place has another value of what was written."""
    source = session.settings.sources.get(name, "")
    stronger = {"flag": "the command line", "environment": "the environment"}
    if not profile:
        stronger["profile"] = f"the table of profile {session.settings.profile}"
    if source in stronger:
        session.console.note(
            f"{stronger[source]} also says what {name} is, and that wins"
        )


def _spelled_path(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _with_errors(result: Result, settings: "Settings") -> Result:
    errors = settings.config.errors
    return result._replace(
        problems=tuple(map(Problem.of, errors)), exit_code=gravest(map(code_of, errors))
    )

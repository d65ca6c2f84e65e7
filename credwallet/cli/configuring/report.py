"""How are settings shown, to people and to programs?"""

from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.cli.configuring.keys import KEYS, NO_PROFILE

if TYPE_CHECKING:
    from credwallet.cli.settings import Settings
    from credwallet.cli.terminal.console import Console

_WIDE = 110


class Setting(NamedTuple):
    """One key, the value in force, and where that comes from."""

    key: str
    value: str
    source: str


def setting_of(settings: "Settings", name: str) -> Setting:
    """Say what holds for a key in a run.

    Args:
        settings: Of the run.
        name: A key of the table.

    """
    if name == "profile.default":
        value: str | bool = settings.profile or NO_PROFILE
    else:
        value = getattr(settings, KEYS[name].field)
    return Setting(name, spelled(value), settings.sources[name])


def spelled(value: str | bool) -> str:
    """Spell a value as the command line takes it.

    Args:
        value: As the config file has it.

    """
    return str(value).lower() if isinstance(value, bool) else value


def setting_json(setting: Setting) -> dict[str, Any]:
    """Spell a setting for `--json`.

    Args:
        setting: A key of `KEYS`, the value in force, and where that comes from.

    """
    key = KEYS[setting.key]
    return {
        "key": setting.key,
        "value": setting.value,
        "source": setting.source,
        "default": key.default,
        "allowed": list(key.allowed),
        "meaning": key.meaning,
    }


def show_list(console: "Console", settings: "Settings", found: list[Setting]) -> None:
    """Print settings, one record a key, and on a terminal what they belong to.

    Args:
        console: Prints.
        settings: Of the run.
        found: One setting for each key.

    """
    header = ("KEY", "VALUE", "FROM", "MEANING")
    rows = [(*each, KEYS[each.key].meaning) for each in found]
    if not console.terminal:
        console.rows(rows)
        return
    # On a narrow one the values come first: what keys mean is in the help.
    columns = 4 if console.width >= _WIDE else 3
    console.table(
        header[:columns],
        [row[:columns] for row in rows],
        flexible=(1, 3)[: columns - 2],
    )
    file = settings.config.path
    there = "" if settings.config.is_there else ", which is not there yet"
    console.line()
    console.line(f"file: {file}{there}" if file else "no file is read")
    console.line(f"wallet: {settings.home}")
    console.line("what each key means: credwallet help config", style="dim")

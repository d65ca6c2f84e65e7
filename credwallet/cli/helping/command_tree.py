"""Which commands are there, at any depth, and with which parameters?

Everything that is made from the commands (help, completion, the man page) walks here.
"""

from typing import Any

from credwallet.cli.app import COMMANDS, load


def every() -> dict[str, Any]:
    """Build every command and sub-command, by its path such as `issuer trust`."""
    found: dict[str, Any] = {}
    for name in COMMANDS:
        found |= walk(name, load(name))
    return found


def walk(path: str, command: Any) -> dict[str, Any]:
    """List a command and all below it, by path.

    Args:
        path: The words that call it.
        command: The command that they call.

    """
    found = {path: command}
    for name, inner in below(command).items():
        found |= walk(f"{path} {name}", inner)
    return found


def below(command: Any) -> dict[str, Any]:
    """Return the commands directly below one, by name."""
    found: dict[str, Any] = getattr(command, "commands", {})
    return found


def arguments(command: Any) -> list[Any]:
    """Return what a command takes by position."""
    return [each for each in command.params if each.param_type_name == "argument"]


def options(command: Any) -> list[Any]:
    """Return what a command takes by name, without `--help`."""
    return [
        each
        for each in command.params
        if each.param_type_name == "option" and not each.hidden
    ]


def choices(parameter: Any) -> tuple[str, ...]:
    """Return the values that a parameter is limited to; nothing if it is not."""
    return tuple(map(str, getattr(parameter.type, "choices", None) or ()))

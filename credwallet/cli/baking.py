"""Makes `baked.py`: the root help and the names that completion offers.

Run `python -m credwallet.cli.baking` after a change of a command's name, summary or
flags; a test compares the result with the file.
"""

import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from credwallet.cli.app import COMMANDS, GLOBALS, load
from credwallet.cli.settings import FLAGS, VALUES

HEAD = '''"""Made by `python -m credwallet.cli.baking`; do not edit."""

'''
# What the formatter leaves on one line, with an indent and a comma.
_LINE = 83
_HANDLES = ("ID",)
_INNER_HANDLES = ("ID|", "CREDENTIAL")


def root_help() -> str:
    """Write the help of `credwallet` itself."""
    width = max(map(len, COMMANDS)) + 2
    lines = [
        "Usage: credwallet COMMAND [ARGUMENTS]",
        "",
        "Your own wallet for micro-credentials: keep, verify, stack and share them.",
        "",
        "  credwallet import badge.json      verify a badge and keep it",
        "  credwallet stack-progress         see what your badges add up to",
        "  credwallet share ID --qr          hand one over",
        "  credwallet demo                   see it at work, in a throw-away wallet",
        "",
        "Commands:",
        *(f"  {name:<{width}}{entry.summary}" for name, entry in COMMANDS.items()),
        "",
        *_wrapped(GLOBALS),
        "",
        "More on a command: credwallet COMMAND --help. Version: credwallet --version.",
    ]
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 78, subsequent_indent="  ", break_on_hyphens=False)


def options() -> dict[str, tuple[str, ...]]:
    """Collect the long options of every command and sub-command, without `--help`."""
    found: dict[str, tuple[str, ...]] = {}
    for name in COMMANDS:
        command = load(name)
        found[name] = _long(command)
        for inner, sub in _inner(command).items():
            found[f"{name} {inner}"] = _long(sub)
    return found


def _inner(command: Any) -> dict[str, Any]:
    """Find the sub-commands at any depth, by their path."""
    found: dict[str, Any] = {}
    for name, sub in getattr(command, "commands", {}).items():
        found[name] = sub
        found |= {f"{name} {deeper}": each for deeper, each in _inner(sub).items()}
    return found


def _long(command: Any) -> tuple[str, ...]:
    return tuple(
        sorted(
            option
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--")
        )
    )


def takes_value() -> tuple[str, ...]:
    """Collect the options, of any command, that are followed by a value."""
    commands = [load(name) for name in COMMANDS]
    inner = [sub for command in commands for sub in _inner(command).values()]
    return tuple(
        sorted(
            {
                option
                for command in (*commands, *inner)
                for parameter in command.params
                for option in parameter.opts
                if option.startswith("-") and not parameter.is_flag
            }.union(VALUES)
        )
    )


def takes_handles() -> tuple[str, ...]:
    """Collect the commands whose argument is a handle."""
    found = []
    for name in COMMANDS:
        command = load(name)
        if _asks(command, _HANDLES):
            found.append(name)
        # Within a group an ID is that of whatever the group keeps.
        found += [
            f"{name} {inner}"
            for inner, sub in _inner(command).items()
            if _asks(sub, _INNER_HANDLES)
        ]
    return tuple(found)


def _asks(command: Any, starts: tuple[str, ...]) -> bool:
    return any(
        str(getattr(parameter, "metavar", "") or "").startswith(starts)
        for parameter in command.params
        if parameter.param_type_name == "argument"
    )


def source() -> str:
    """Write the whole of `baked.py`, laid out as the formatter would."""
    lines = ["ROOT_HELP = ("]
    lines += [f"    {_quoted(line)}" for line in root_help().splitlines(keepends=True)]
    everywhere = sorted(name for name in (*FLAGS, *VALUES) if name.startswith("--"))
    lines += [")", "", *_tuple("GLOBAL_OPTIONS = ", everywhere), "", "COMMANDS = {"]
    for name, names in options().items():
        *start, end = _tuple(f"{_quoted(name)}: ", names)
        lines += [f"    {line}" for line in (*start, f"{end},")]
    lines += ["}", "", *_tuple("TAKES_HANDLES = ", takes_handles())]
    lines += ["", *_tuple("TAKES_VALUE = ", takes_value()), ""]
    return HEAD + "\n".join(lines)


def _tuple(start: str, values: Sequence[str]) -> list[str]:
    if not values:
        return [f"{start}()"]
    if len(values) == 1:
        return [f"{start}({_quoted(values[0])},)"]
    line = f"{start}({', '.join(map(_quoted, values))})"
    if len(line) <= _LINE:
        return [line]
    return [f"{start}(", *(f"    {_quoted(value)}," for value in values), ")"]


def _quoted(text: str) -> str:
    return json.dumps(text)


def main() -> None:
    """Rewrite `baked.py`."""
    (Path(__file__).parent / "baked.py").write_text(source(), encoding="utf-8")


if __name__ == "__main__":
    main()

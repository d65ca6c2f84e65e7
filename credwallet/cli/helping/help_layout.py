"""How is the help of a command laid out?

One sentence, then examples that run, then the rest of what is to be said, then
arguments, then flags. Nothing depends on the width of a terminal, so that the text can
be made beforehand.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from credwallet.cli.app import GLOBALS
from credwallet.cli.helping.command_tree import arguments, below, choices, options, walk

WIDTH = 80
_COLUMN = 24
_MOST_OF_GROUP = 6
_EXAMPLES = re.compile(r"Examples?:\s+")
# Click's mark of a paragraph that stays as it is.
VERBATIM = "\b"


class Text(NamedTuple):
    """What a command says of itself: the parts of its docstring."""

    summary: str
    prose: tuple[str, ...]
    examples: tuple[str, ...]


def text_of(command: Any) -> Text:
    """Take the help of a command apart.

    Args:
        command: A command; of a group the examples are the first ones of what is below.

    """
    paragraphs = re.split(r"\n[ \t]*\n", textwrap.dedent(command.help or "").strip())
    examples: list[str] = []
    prose: list[str] = []
    for paragraph in paragraphs[1:]:
        start = _EXAMPLES.match(paragraph)
        if start is None:
            prose.append(paragraph)
        else:
            joined = " ".join(paragraph[start.end() :].split())
            examples += re.split(r"; +", joined)
    if not examples:
        every = [inner for inner in walk("", command).values() if inner is not command]
        own = [text_of(inner).examples for inner in every if not below(inner)]
        examples = [each[0] for each in own if each][:_MOST_OF_GROUP]
    return Text(" ".join(paragraphs[0].split()), tuple(prose), tuple(examples))


def help_text(path: str, command: Any) -> str:
    """Write the whole help of a command.

    Args:
        path: The words that call it, without `credwallet`.
        command: Typer's own object of the command or group.

    """
    text = text_of(command)
    lines = [f"Usage: {usage(path, command)}", "", *wrapped(text.summary)]
    if text.examples:
        lines += ["", "Examples:", *(f"  $ {example}" for example in text.examples)]
    for paragraph in text.prose:
        lines += ["", *_paragraph(paragraph)]
    for title, rows in (
        ("Commands", [(name, _first(each)) for name, each in below(command).items()]),
        ("Arguments", [(name_of(each), meaning(each)) for each in arguments(command)]),
        ("Options", [*option_rows(command), ("-h, --help", "Show this text.")]),
    ):
        if rows:
            lines += ["", f"{title}:", *_list(rows)]
    lines += ["", *wrapped(GLOBALS, after="  ")]
    return "\n".join(lines) + "\n"


def usage(path: str, command: Any) -> str:
    """Write how a command is called.

    Args:
        path: The command's words, such as `issuer registry add`; `""` for the program.
        command: Typer's own object of the command or group.

    """
    words = [_in_usage(each) for each in arguments(command)]
    if below(command) and not words:
        words = ["COMMAND ..."]
    return " ".join(["credwallet", path, "[OPTIONS]", *words])


def _in_usage(argument: Any) -> str:
    name = name_of(argument)
    many = f"{name}..." if argument.nargs != 1 else name
    return many if argument.required else f"[{many}]"


def name_of(argument: Any) -> str:
    """Name what stands at a position, without brackets and dots."""
    return str(argument.metavar or argument.name.upper()).strip("[].{}")


def option_rows(command: Any) -> list[tuple[str, str]]:
    """List the options of a command: how each is written, and what it means."""
    return [(spelled(each), meaning(each)) for each in options(command)]


def spelled(option: Any) -> str:
    """Write an option with all its names and what follows it."""
    short = [name for name in option.opts if not name.startswith("--")]
    long = [name for name in option.opts if name.startswith("--")]
    names = ", ".join([*short, *long, *option.secondary_opts])
    if option.is_flag:
        return names
    return f"{names} {option.metavar or _kind(option)}"


def _kind(option: Any) -> str:
    if choices(option):
        return str(option.name.upper())
    return {"path": "FILE", "integer": "N", "int": "N"}.get(option.type.name, "TEXT")


def meaning(parameter: Any) -> str:
    """Say what a parameter means, with its default, limits and choices."""
    usual = ""
    if parameter.param_type_name == "argument":
        usual = _USUAL.get(name_of(parameter), "")
    said = [str(getattr(parameter, "help", "") or usual)]
    offered = choices(parameter)
    if offered and "|" not in (parameter.metavar or ""):
        said.append(f"One of: {', '.join(offered)}.")
    default = _default(parameter)
    if default:
        said.append(f"[default: {default}]")
    return " ".join(filter(None, said))


_USUAL = {
    "ID": "A handle, an identifier or a name.",
    "FILE": "A file.",
    "NAME": "Its name.",
    "QUALIFICATION": "Id of a qualification.",
    "ISSUER": "Its identifier, or a credential of it.",
    "IDENTITY": "An e-mail address or a DID.",
    "URL": "Its address.",
    "URL|NAME": "Its address or its name.",
}
"""What an argument is that says nothing of itself."""


def _default(parameter: Any) -> str:
    value = parameter.default
    if value is None or callable(value) or isinstance(value, bool | list | tuple):
        return ""
    return str(getattr(value, "value", value))


def _first(command: Any) -> str:
    """Shorten what a command says to its first sentence."""
    summary = text_of(command).summary
    end = summary.find(". ")
    return summary if end < 0 else summary[: end + 1]


def wrapped(text: str, *, after: str = "") -> list[str]:
    """Break a paragraph at the width of help.

    Args:
        text: The paragraph.
        after: What the second and later lines begin with.

    """
    joined = " ".join(text.split())
    return textwrap.wrap(
        joined, WIDTH - 2, subsequent_indent=after, break_on_hyphens=False
    )


def _paragraph(text: str) -> Iterable[str]:
    if text.startswith(VERBATIM):
        return [f"  {line}" for line in text.removeprefix(VERBATIM).split("\n") if line]
    return wrapped(text)


def _list(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    longest = max((len(term) for term, _ in rows if len(term) <= _COLUMN), default=0)
    indent = " " * (longest + 4)
    for term, text in rows:
        lines = textwrap.wrap(text, WIDTH - 2 - len(indent), break_on_hyphens=False)
        if len(term) > longest:
            yield f"  {term}"
        else:
            yield f"  {term:<{longest}}  {lines.pop(0) if lines else ''}".rstrip()
        yield from (indent + line for line in lines)

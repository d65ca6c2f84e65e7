"""What may have been meant by a command line that makes no sense?

Nothing is guessed and run: the next step names the word that is nearest.
"""

import re
from collections.abc import Sequence

from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.errors import NotFound, Usage

_SUGGESTED = re.compile(r"( \(Possible options:.*\)| Did you mean .*)$")
_TYPED = re.compile(
    r"'([^']*)' is not one of|^No such (?:option: |command )'?([^']*)'?$"
)


def suggest(error: Usage | NotFound, rest: Sequence[str]) -> None:
    """Put what may have been meant before the hint, where few words can stand.

    Args:
        error: What a command says; its next step grows.
        rest: The command line, without global options.

    """
    from credwallet.cli.helping.offering import chosen  # noqa: PLC0415 -- after a mistake

    for typed, words in chosen(rest):
        if typed not in words and typed in error.what:
            meant = did_you_mean(typed, words, "")
            if meant and error.next_step.startswith("did you mean"):
                return  # the command has guessed already
            error.next_step = f"{meant} {error.next_step}".strip()


def path_of(error: Exception) -> str:
    """Say which command a complaint of Click is about, `""` for none in particular."""
    context = getattr(error, "ctx", None)
    path = str(getattr(context, "command_path", "credwallet") or "credwallet")
    return path.removeprefix("credwallet").strip()


def usage(error: Exception, message: str) -> Usage:
    """Say a complaint of Click in our words, with what may have been meant.

    Args:
        error: The complaint, told by its shape: Typer carries its own copy of Click.
        message: What it says.

    """
    path = path_of(error)
    see = f"see {' '.join(filter(None, ('credwallet', path)))} --help"
    text = " ".join(message.split()).rstrip(".")
    if type(error).__name__ == "NoArgsIsHelpError":
        return Usage("arguments are missing", next_step=see)
    # What Click suggests, it suggests in the same breath as the complaint.
    text = _SUGGESTED.sub("", text).rstrip(". ")
    typed = _TYPED.search(text)
    words = _possible(error, path)
    step = did_you_mean(typed[1] or typed[2] or "", words, see) if typed else see
    if typed and text.startswith("No such command"):
        text = f"there is no command {' '.join(filter(None, (path, typed[2])))}"
    return Usage(text[:1].lower() + text[1:], next_step=step)


def _possible(error: Exception, path: str) -> list[str]:
    """List what could have stood where something else did."""
    parameter = getattr(error, "param", None)
    offered = getattr(getattr(parameter, "type", None), "choices", None)
    if offered:
        return [str(each) for each in offered]
    from credwallet.cli.helping.offering import complete  # noqa: PLC0415 -- after a mistake

    start = "-" if type(error).__name__ == "NoSuchOption" else ""
    return complete([*path.split(), start], {}, lambda *_: ())

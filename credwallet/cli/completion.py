"""`credwallet completion`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import Result

if TYPE_CHECKING:
    from credwallet.cli.session import Session

# Each script asks the program itself, which answers before it loads anything.
SCRIPTS = {
    "bash": """\
_credwallet() {
    local IFS=$'\\n'
    COMPREPLY=($(credwallet _complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    [[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
}
complete -F _credwallet credwallet
""",
    "zsh": """\
#compdef credwallet
_credwallet() {
    local -a offered
    local typed=("${words[@]:1:$((CURRENT - 1))}")
    offered=("${(@f)$(credwallet _complete "${typed[@]}" 2>/dev/null)}")
    if [[ -n "${offered[1]}" ]]; then
        compadd -a offered
    else
        _files
    fi
}
if [[ "${funcstack[1]}" == "_credwallet" ]]; then
    _credwallet "$@"
else
    compdef _credwallet credwallet
fi
""",
    "fish": """\
function __credwallet
    set -l words (commandline -opc) (commandline -ct)
    credwallet _complete $words[2..-1] 2>/dev/null
end
complete -c credwallet -a '(__credwallet)'
""",
}


class Shell(StrEnum):
    """Shells that have a script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def command(
    ctx: typer.Context, shell: Annotated[Shell, typer.Argument(help="Which shell.")]
) -> Result:
    """Commands, options and handles are completed; nothing is unlocked for it.

    Example: credwallet completion bash >>~/.bash_completion
    """
    session: Session = ctx.obj
    script = SCRIPTS[shell]
    return Result(
        {"shell": str(shell), "script": script},
        lambda _: session.write_bytes(script.encode(), "text/plain"),
    )

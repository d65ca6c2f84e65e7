"""`credwallet completion`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from credwallet.cli.output import Result

if TYPE_CHECKING:
    from credwallet.cli.session import Session


class Script(NamedTuple):
    """A completion script, and the shell that reads it."""

    shell: str
    text: str


# Each script asks the program itself, which answers before it loads anything. A word
# of the learner's own may hold anything that a shell takes for its own: it is quoted.
_BASH = """\
_credwallet() {
    local word typed=("${COMP_WORDS[@]:1:COMP_CWORD}")
    local last=$((${#typed[@]} - 1))
    COMPREPLY=()
    [[ $last -ge 0 ]] && typed[last]=${typed[last]//\\\\/}
    while IFS= read -r word; do
        printf -v word '%q' "$word"
        COMPREPLY+=("$word")
    done < <(credwallet _complete "${typed[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
    return 0
}
complete -F _credwallet credwallet
"""
_ZSH = """\
#compdef credwallet
_credwallet() {
    local -a offered
    local typed=("${(@Q)words[2,CURRENT]}")
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
"""
_FISH = """\
function __credwallet
    set -l words (commandline -opc) (commandline -ct)
    credwallet _complete $words[2..-1] 2>/dev/null
end
complete -c credwallet -a '(__credwallet)'
"""
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName credwallet -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { "$_" })
    credwallet _complete @typed "$wordToComplete" 2>$null | ForEach-Object {
        $text = $_
        if ($text -notmatch '^[\\w./=+-]+$') {
            # Curly quotes end a quoted word there as well.
            $code = [System.Management.Automation.Language.CodeGeneration]
            $text = "'" + $code::EscapeSingleQuotedStringContent($text) + "'"
        }
        [System.Management.Automation.CompletionResult]::new(
            $text, $_, 'ParameterValue', $_)
    }
}
"""
SCRIPTS = {
    "bash": Script("bash", _BASH),
    "zsh": Script("zsh", _ZSH),
    "fish": Script("fish", _FISH),
    "ps1": Script("powershell", _POWERSHELL),
}
"""By the ending of the file that holds it."""


class Shell(StrEnum):
    """Shells that have a script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def command(
    ctx: typer.Context, shell: Annotated[Shell, typer.Argument(help="Which shell.")]
) -> Result:
    """Commands, options and handles are completed; nothing is unlocked for it.

    After `config set completion names` tags and the names of qualifications, offers,
    keys and collections are, too: they then lie beside the wallet for all to read.

    Examples: credwallet completion bash >>~/.bash_completion;
    credwallet completion zsh >~/.zfunc/_credwallet;
    credwallet completion fish >~/.config/fish/completions/credwallet.fish;
    credwallet completion powershell >credwallet.ps1
    """
    session: Session = ctx.obj
    (script,) = (each.text for each in SCRIPTS.values() if each.shell == shell)
    return Result(
        {"shell": str(shell), "script": script},
        lambda _: session.write_bytes(script.encode(), "text/plain"),
    )

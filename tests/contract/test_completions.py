"""Are the completion scripts that are shipped fresh, and do they work in a shell?"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from credwallet.cli.completion import SCRIPTS
from tests.cli.runner import Cli

FOLDER = Path(__file__).parents[2] / "completions"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_file_is_what_the_command_prints(cli: Cli, shell: str):
    """If this fails: credwallet completion SHELL >completions/credwallet.SHELL."""
    ran = cli("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert ran.raw == (FOLDER / f"credwallet.{shell}").read_bytes()
    assert cli("completion", shell, "--json").data == {
        "shell": shell,
        "script": ran.out,
    }


def test_every_script_has_its_file():
    names = {path.name for path in FOLDER.iterdir() if path.suffix != ".1"}
    assert names == {f"credwallet.{shell}" for shell in SCRIPTS}


def test_an_unknown_shell_is_refused(cli: Cli):
    ran = cli("completion", "csh")
    assert (ran.code, ran.out) == (2, "")
    assert "bash" in ran.err


# What a shell does when TAB is pressed: fill in the words, call the function.
PRESS_TAB = """\
credwallet() {{ {python} -m credwallet "$@"; }}
source {script}
compopt() {{ echo "files"; }}
COMP_WORDS=({words})
COMP_CWORD={current}
_credwallet
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p credwallet
"""


def press_tab(cli: Cli, *words: str) -> list[str]:
    quoted = " ".join(f"'{word}'" for word in ("credwallet", *words))
    script = PRESS_TAB.format(
        python=sys.executable,
        script=FOLDER / "credwallet.bash",
        words=quoted,
        current=len(words),
    )
    ran = subprocess.run(
        [str(shutil.which("bash")), "--norc", "-c", script],
        env={"CREDWALLET_HOME": str(cli.home), "PATH": "/usr/bin:/bin"},
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    *offered, registered = ran.stdout.splitlines()
    assert registered == "complete -F _credwallet credwallet"
    return [word for word in offered if word]


needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")


@needs_bash
def test_bash_completes_commands_options_and_handles(filled: Cli):
    handle = filled.handle("Cleaning Data")
    assert press_tab(filled, "stac") == ["stack-progress"]
    assert press_tab(filled, "issuer", "di") == ["distrust"]
    assert press_tab(filled, "issuer", "registry", "re") == ["refresh", "remove"]
    assert press_tab(filled, "context", "a") == ["add"]
    assert press_tab(filled, "list", "--exp") == ["--expiring"]
    assert press_tab(filled, "show", handle[:3]) == [handle]


@needs_bash
def test_bash_falls_back_to_files_where_nothing_is_offered(filled: Cli):
    assert press_tab(filled, "import", "badg") == ["files"]
    assert press_tab(filled, "verify", "--documents", "doc") == ["files"]

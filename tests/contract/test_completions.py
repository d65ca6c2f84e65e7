"""Are the completion scripts that are shipped fresh, and do they work in a shell?"""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from credwallet.cli.completion import SCRIPTS
from tests.cli.runner import Cli

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "completions"
# Words that a shell must not take apart or run.
AWKWARD = ("two words", "$(touch pwned)", "it's", "a;b")


@pytest.mark.parametrize("ending", SCRIPTS)
def test_the_file_is_what_the_command_prints(cli: Cli, ending: str):
    """If this fails: python -m credwallet.cli.helping.baking."""
    shell = SCRIPTS[ending].shell
    ran = cli("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert ran.raw == (FOLDER / f"credwallet.{ending}").read_bytes()
    assert cli("completion", shell, "--json").data == {
        "shell": shell,
        "script": ran.out,
    }


def test_every_script_has_its_file_and_is_installed():
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {"credwallet.1", *(f"credwallet.{ending}" for ending in SCRIPTS)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {f"completions/{name}" for name in names} == set(shared)


def test_an_unknown_shell_is_refused(cli: Cli):
    ran = cli("completion", "csh")
    assert (ran.code, ran.out) == (2, "")
    assert "bash" in ran.err


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(shell), reason=f"there is no {shell}")


@pytest.fixture
def named(filled: Cli) -> Cli:
    """A wallet whose index holds awkward tags."""
    filled("list")
    with (filled.home / "completion.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"tag\t{tag}\n" for tag in ("plain", *AWKWARD))
    return filled


def first_handle(cli: Cli) -> str:
    """Read a handle out of the index; a run of the command would write it anew."""
    return (cli.home / "completion.txt").read_text().split()[1]


def environ(cli: Cli, folder: Path) -> dict[str, str]:
    """A `credwallet` of this interpreter, in front of everything else."""
    shim = folder / "bin" / "credwallet"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m credwallet "$@"\n')
    shim.chmod(0o755)
    return {
        "CREDWALLET_HOME": str(cli.home),
        "HOME": str(folder),
        "PATH": f"{shim.parent}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
    }


# What a shell does when TAB is pressed: fill in the words, call the function.
BASH = """\
source {script}
compopt() {{ echo "files"; }}
COMP_WORDS=({words})
COMP_CWORD={current}
_credwallet
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p credwallet
"""


def by_bash(cli: Cli, folder: Path, *words: str) -> list[str]:
    quoted = " ".join(f"'{word}'" for word in ("credwallet", *words))
    script = BASH.format(
        script=FOLDER / "credwallet.bash", words=quoted, current=len(words)
    )
    ran = subprocess.run(
        [str(shutil.which("bash")), "--norc", "-c", script],
        env=environ(cli, folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    *offered, registered = ran.stdout.splitlines()
    assert registered == "complete -F _credwallet credwallet"
    return [word for word in offered if word]


@needs("bash")
def test_bash_completes_commands_options_and_handles(filled: Cli, tmp_path: Path):
    handle = filled.handle("Cleaning Data")
    for words, wanted in (
        (["stac"], ["stack-progress"]),
        (["issuer", "di"], ["distrust"]),
        (["issuer", "registry", "re"], ["refresh", "remove"]),
        (["list", "--exp"], ["--expiring"]),
        (["list", "--sort", "=", "n"], ["name"]),
        (["list", "--sort", "="], ["name", "issuer", "from", "until", "verdict"]),
        (["show", handle[:3]], [handle]),
    ):
        assert by_bash(filled, tmp_path, *words) == wanted


@needs("bash")
def test_bash_falls_back_to_files_where_nothing_is_offered(filled: Cli, tmp_path: Path):
    assert by_bash(filled, tmp_path, "import", "badg") == ["files"]
    assert by_bash(filled, tmp_path, "verify", "--documents", "doc") == ["files"]


@needs("bash")
def test_bash_quotes_what_the_learner_named(named: Cli, tmp_path: Path):
    offered = by_bash(named, tmp_path, "list", "--tag", "")
    assert offered == ["plain", r"two\ words", r"\$\(touch\ pwned\)", r"it\'s", r"a\;b"]
    assert by_bash(named, tmp_path, "list", "--tag", r"two\ w") == [r"two\ words"]
    assert not (tmp_path / "pwned").exists()


def by_fish(cli: Cli, folder: Path, line: str) -> list[str]:
    script = f"source {FOLDER}/credwallet.fish; complete -C '{line}'"
    ran = subprocess.run(
        [str(shutil.which("fish")), "--no-config", "-c", script],
        env=environ(cli, folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return [line.split("\t")[0] for line in ran.stdout.splitlines()]


@needs("fish")
def test_fish_completes_commands_options_handles_and_files(named: Cli, tmp_path: Path):
    handle = first_handle(named)
    (tmp_path / "badge-of-mine.json").touch()
    for line, wanted in (
        ("credwallet stac", ["stack-progress"]),
        ("credwallet issuer registry re", ["refresh", "remove"]),
        ("credwallet list --exp", ["--expiring"]),
        ("credwallet list --sort=n", ["--sort=name"]),
        (f"credwallet show {handle[:3]}", [handle]),
        ("credwallet list --tag two", ["two words"]),
        ("credwallet import badge-of", ["badge-of-mine.json"]),
    ):
        assert by_fish(named, tmp_path, line) == wanted
    assert not (tmp_path / "pwned").exists()


# A terminal on which TAB is pressed, since completion is nothing without a line editor.
# Whatever is written to it twice is the line, then what became of it.
ZSH = """\
fpath=({folder} $fpath)
autoload -Uz compinit; compinit -u -D
zstyle ':completion:*' list-prompt ''
LISTMAX=1000
PS1='ready> '
unsetopt zle_bracketed_paste
_taken() {{ print -r -- "<<$BUFFER>>"; BUFFER=''; zle accept-line }}
zle -N _taken; bindkey '^X' _taken; bindkey '^I' complete-word
setopt no_auto_menu no_beep
"""


def test_powershell_is_left_to_say_which_quotes_end_a_word():
    script = (FOLDER / "credwallet.ps1").read_text()
    assert "::EscapeSingleQuotedStringContent($text)" in script
    assert ".Replace(" not in script


def by_zsh(cli: Cli, folder: Path, *lines: str) -> list[str]:
    """Type each line, press TAB, and return what the line then says."""
    functions = folder / "functions"
    functions.mkdir(exist_ok=True)
    shutil.copy(FOLDER / "credwallet.zsh", functions / "_credwallet")
    (folder / ".zshrc").write_text(ZSH.format(folder=functions))
    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        os.execve(  # noqa: S606 -- no shell between this and the shell
            str(shutil.which("zsh")),
            ["zsh", "-i"],
            {**environ(cli, folder), "ZDOTDIR": str(folder), "TERM": "vt100"},
        )
    try:
        until(terminal, b"ready> ")
        return [typed(terminal, line) for line in lines]
    finally:
        os.close(terminal)
        os.waitpid(child, 0)


def typed(terminal: int, line: str) -> str:
    os.write(terminal, f"{line}\t\x18".encode())
    heard = until(terminal, b"ready> ", after=b">>")
    return heard.rpartition(b"<<")[2].partition(b">>")[0].decode()


def until(terminal: int, mark: bytes, *, after: bytes = b"") -> bytes:
    heard = b""
    deadline = time.monotonic() + 20
    while mark not in heard.partition(after)[2] if after else mark not in heard:
        ready, _, _ = select.select([terminal], [], [], deadline - time.monotonic())
        assert ready, heard
        heard += os.read(terminal, 4096)
    return heard


@needs("zsh")
def test_zsh_completes_commands_options_handles_and_files(named: Cli, tmp_path: Path):
    handle = first_handle(named)
    (tmp_path / "badge-of-mine.json").touch()
    expected = {
        "credwallet stac": "credwallet stack-progress ",
        "credwallet issuer registry ref": "credwallet issuer registry refresh ",
        "credwallet list --exp": "credwallet list --expiring ",
        "credwallet list --sort=n": "credwallet list --sort=name ",
        f"credwallet show {handle[:3]}": f"credwallet show {handle} ",
        "credwallet list --tag two": r"credwallet list --tag two\ words ",
        r"credwallet list --tag two\ w": r"credwallet list --tag two\ words ",
        r"credwallet list --tag \$\(t": r"credwallet list --tag \$\(touch\ pwned\) ",
        "credwallet import badge-of": "credwallet import badge-of-mine.json ",
    }
    assert by_zsh(named, tmp_path, *expected) == list(expected.values())
    assert not (tmp_path / "pwned").exists()

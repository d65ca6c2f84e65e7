"""Do the written sessions hold, and does the runner notice where one does not?"""

import re
import shutil
import sys
from pathlib import Path

import pytest

from credwallet.cli.app import COMMANDS
from tests.cli import transcript_terminal
from tests.cli.transcript import (
    Mismatch,
    read,
    read_blocks,
    run_blocks,
    run_file,
    update,
    update_blocks,
)

pytest.importorskip("pty", reason="shells and terminals of POSIX")

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


def commands(path: Path) -> list[str]:
    items = read(path.read_text("utf-8").splitlines())
    return [item.head for item in items if item.is_command]


def programs(path: Path) -> set[str]:
    """Return what a transcript uses that not every system has."""
    return {word for text in commands(path) for word in text.split()} & {"jq", "bash"}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_holds(path: Path, tmp_path: Path):
    missing = [name for name in programs(path) if not shutil.which(name)]
    if missing:
        pytest.skip(f"{missing[0]} is not installed here")
    assert run_file(path, tmp_path) > 0


def test_every_command_stands_in_a_transcript():
    shown = {
        name
        for path in TRANSCRIPTS
        for command in commands(path)
        for name in re.findall(r"credwallet ([a-z-]+)", command)
    }
    assert sorted(set(COMMANDS) - shown) == []


RIGHT = """\
# One badge is good, one was changed.
@demo/badges/cleaning-data.json badge.json
@demo/badges/data-ethics.json changed.json
$ credwallet import badge.json changed.json
k7wq	valid	new	Cleaning Data	badge.json
-	invalid	no	Data Ethics	changed.json
! credwallet: made a wallet in /home/ada/.local/share/credwallet
! ...
! credwallet: error: changed.json: proof: <any>
! ...
? 3
$ echo "$(credwallet list | wc -l) badge" && echo done >&2
1 badge
! done
"""
TALK = """\
@wallet
$ [tty 80] credwallet share k7wq --as markdown
Passphrase:
>* correct horse battery staple
...
Hand it over? [y/N]
> n
credwallet: nothing was handed over
? 1
"""


def run(text: str, folder: Path) -> int:
    return run_blocks(read(text.splitlines()), folder, "some.txt")


def complaint(text: str, folder: Path) -> str:
    with pytest.raises(Mismatch) as caught:
        run(text, folder)
    return str(caught.value)


def test_what_is_right_is_not_complained_of(tmp_path: Path):
    assert run(RIGHT, tmp_path) == 2


@pytest.mark.parametrize(
    ("written", "changed", "line"),
    [
        ("valid	new	Cleaning", "valid	old	Cleaning", 4),
        ("-	invalid	no	Data Ethics	changed.json\n", "", 4),
        ("badge.json\n-", "badge.json\n\n-", 4),
        ("? 3", "? 4", 4),
        ("? 3\n", "", 4),
        ("changed.json: proof: <any>", "changed.json: status: <any>", 4),
        ("! ...\n! credwallet: er", "! credwallet: er", 4),
        ("! credwallet: error", "credwallet: error", 4),
        ("k7wq", "<date>", 4),
        ("1 badge", "2 badges", 12),
        ("! done", "", 12),
        ("! done", "! done\n? 1", 12),
    ],
)
def test_a_wrong_line_is_complained_of(
    tmp_path: Path, written: str, changed: str, line: int
):
    wrong = RIGHT.replace(written, changed)
    assert wrong != RIGHT
    assert complaint(wrong, tmp_path).startswith(f"some.txt:{line}\n$ ")


def test_a_complaint_shows_what_was_written_and_what_was_printed(tmp_path: Path):
    told = complaint(RIGHT.replace("Cleaning", "Clearing"), tmp_path).splitlines()
    assert "-k7wq\tvalid\tnew\tClearing Data\tbadge.json" in told
    assert "+k7wq\tvalid\tnew\tCleaning Data\tbadge.json" in told
    # What fits through a hole is no difference.
    assert " ! credwallet: error: changed.json: proof: <any>" in told


def test_questions_are_answered_when_they_are_asked(tmp_path: Path):
    assert run(TALK, tmp_path) == 1


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(transcript_terminal, "PATIENCE_S", 2.0)
    monkeypatch.setattr(transcript_terminal, "QUIET_S", 0.5)


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("Passphrase:\n>*", "Password:\n>*"),  # another question
        (">* correct", "> correct"),  # it can be seen
        ("> n", ">* n"),  # it cannot
        ("? 1", "? 0"),
        ("? 1\n", "Really? [y/N]\n> n\n? 1\n"),  # a question that is not asked
        ("> n\n", "> y\n"),
        (">* correct horse", ">* wrong horse"),
    ],
)
def test_a_wrong_conversation_is_complained_of(
    tmp_path: Path, impatient, written: str, changed: str
):
    wrong = TALK.replace(written, changed)
    assert wrong != TALK
    assert complaint(wrong, tmp_path).startswith("some.txt:2\n$ [tty 80]")


def test_a_question_that_nobody_answers_is_complained_of(tmp_path: Path, impatient):
    unanswered = TALK.partition("...")[0]
    assert "+Hand it over? [y/N]" in complaint(unanswered, tmp_path)


HOLES = """\
$ echo did:key:z6MkfOne did:key:z6MkfTwo
<did:first> <did:second>
$ echo <did:second>
<did:second>
"""


def test_a_hole_with_a_name_holds_the_same_everywhere(tmp_path: Path):
    assert run(HOLES, tmp_path) == 2


def test_a_hole_that_holds_something_else_is_complained_of(tmp_path: Path):
    wrong = HOLES.replace("$ echo <did:second>", "$ echo <did:first>")
    assert complaint(wrong, tmp_path).startswith("some.txt:3\n")


def test_any_lines_of_stdout_are_none_of_stderr(tmp_path: Path):
    assert run("$ echo a; echo b\n...\n", tmp_path) == 1


@pytest.mark.parametrize("text", ["$ echo a; echo b >&2\n...\n", "$ exit 3\n...\n"])
def test_any_lines_hide_no_error(tmp_path: Path, text: str):
    complaint(text, tmp_path)


def test_variables_and_the_clock_hold_from_there_on(tmp_path: Path):
    text = """\
@env WORD=one
$ echo $WORD
one
@env WORD
$ echo $WORD.
.
@now 2027-01-31T06:00
@demo/badges/privacy-basics.json badge.json
$ credwallet verify badge.json --json | grep 2027-01-31T06 | wc -l
1
"""
    assert run(text, tmp_path) == 3


def test_files_are_written_as_they_stand(tmp_path: Path):
    text = """\
-- a/b.txt --
# no remark
\\$ no command

  end

$ cat a/b.txt
\\# no remark
\\$ no command

  end
"""
    assert run(text, tmp_path) == 1
    written = (tmp_path / "a" / "b.txt").read_text()
    assert written == "# no remark\n$ no command\n\n  end\n"


def test_a_transcript_is_updated_and_then_holds(tmp_path: Path):
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    stale = RIGHT.replace("k7wq	valid", "abcd	undetermined").replace("? 3\n", "")
    updated = update(stale, folders[0])
    assert updated.count("? 3\n") == 1
    # What still fits stays as it was written.
    assert "! credwallet: error: changed.json: proof: <any>\n" in updated
    assert run(updated, folders[1]) == 2


def test_what_holds_is_updated_to_itself(tmp_path: Path):
    assert update(RIGHT, tmp_path) == RIGHT


PAGE = """\
# A page

<!-- transcript
@wallet
-->

```console
$ credwallet list --verdict expired
HANDLE  NAME            ISSUER           UNTIL       VERDICT
...
```

```sh
rm -rf not run
```

```console pipe
# A remark.
$ credwallet list --verdict expired
<handle>	Privacy Basics	Harbour College	2026-02-01	2026-06-30	expired
```
"""


def test_the_blocks_of_a_page_are_one_transcript(tmp_path: Path):
    assert run_blocks(read_blocks(PAGE), tmp_path) == 2


def test_a_wrong_block_is_complained_of_with_its_line(tmp_path: Path):
    wrong = read_blocks(PAGE.replace("	expired", "	revoked"))
    with pytest.raises(Mismatch, match=r"page\.md:19\n"):
        run_blocks(wrong, tmp_path, "page.md")


def test_the_blocks_of_a_page_are_updated(tmp_path: Path):
    stale = PAGE.replace("	expired", "	revoked")
    updated = update_blocks(stale, tmp_path)
    assert [line for line in updated.splitlines() if line not in PAGE.splitlines()] == [
        "lfw6	Privacy Basics	Harbour College	2026-02-01	2026-06-30	expired"
    ]


def test_nothing_of_the_machine_gets_in(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CREDWALLET_HOME", "/nowhere")
    monkeypatch.setenv("COLUMNS", "33")
    text = """\
$ echo "$HOME $COLUMNS$CREDWALLET_HOME"
/home/ada
$ credwallet list
! credwallet: error: there is no wallet in /home/ada/.local/share/credwallet
! ...
? 5
"""
    assert run(text, tmp_path) == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where /proc is")
def test_an_agent_does_not_outlive_its_transcript(tmp_path: Path):
    assert run("@wallet\n$ credwallet unlock --quiet\n...\n", tmp_path) == 1
    assert not [path for path in (tmp_path / ".run").rglob("*") if path.is_socket()]

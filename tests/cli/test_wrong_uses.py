"""Is every wrong use answered by one line that says what, and one that says what next?

The rows are what people really do wrong. A row names the command line, its exit code,
and words that must stand in the error or in its hint.
"""

import json
import os
import re
from pathlib import Path

import pytest

from credwallet.cli.output import ExitCode
from tests.cli.badges import document, sign
from tests.cli.runner import SAMPLES, Cli, Ran

BADGE = "Honest Charts"
FILES: dict[str, bytes] = {
    "empty.json": b"",
    "page.html": b"<!doctype html><html><body>Log in to see your badge</body></html>",
    "paper.pdf": b"%PDF-1.4\n%%EOF\n",
    "text.txt": b"hello\n",
    "broken.json": b'{"a": 1,\n  "b": }',
    "twice.json": b'{"a": 1, "a": 2}',
    "other.json": b'{"a": 1}',
    "mark.json": b"\xef\xbb\xbf{}",
    "cut.png": (SAMPLES / "badges" / "honest-charts.png").read_bytes()[:100],
    "bare.svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "torn.zip": b"PK\x03\x04junk",
    "noise.bin": bytes(range(256)),
    "rules.toml": b'format = "credwallet-qualification/1"\n[qualification\n',
    "key.toml": b'format = "credwallet-qualification/1"\n[qualification]\nid = "q"\n'
    b'[[requirement]]\nid = "a"\ntype = "credential"\nmatsch = { tag = ["x"] }\n',
    "offers.toml": b'format = "credwallet-offers/1"\n[[offer]]\nid = "x"\n',
    "what-if.toml": b'format = "credwallet-what-if/1"\n[[credential]]\ntag = "x"\n',
    "column.csv": b"id,achievemnt\na,x:a\n",
    "cells.csv": b"id,achievement\na,x:a,b\n",
    "money.csv": b"id,achievement,cost\na,x:a,5\n",
    "day.csv": b"id,achievement,starts\na,x:a,soon\n",
    "quote.csv": b'id,achievement\n"a,x:a\n',
    "map.json": b'{"https://x.example/": 1}',
    "wrong.txt": b"not the passphrase\n",
    "nothing.txt": b"",
    "there.json": b"precious",
}

# What is typed after `credwallet`, the exit code, and words of the answer.
WRONG: list[tuple[str, ExitCode, str]] = [
    # Files that are no badge.
    ("import nothing.json", ExitCode.NOT_FOUND, "there is no file nothing.json"),
    ("import empty.json", ExitCode.INVALID, "the file is empty"),
    ("import page.html", ExitCode.INVALID, "download the badge from it"),
    ("import paper.pdf", ExitCode.INVALID, "without an attached badge"),
    ("import text.txt", ExitCode.INVALID, "neither JSON"),
    ("import broken.json", ExitCode.INVALID, "line 2, column 8"),
    ("import twice.json", ExitCode.INVALID, '"a" stands twice'),
    ("import other.json", ExitCode.INVALID, "no credential"),
    ("import mark.json", ExitCode.INVALID, "byte order mark"),
    ("import cut.png", ExitCode.INVALID, "breaks off"),
    ("import bare.svg", ExitCode.INVALID, "carries no badge"),
    ("import torn.zip", ExitCode.INVALID, "damaged zip"),
    ("import noise.bin", ExitCode.INVALID, "neither JSON"),
    ("import key.toml", ExitCode.INVALID, "credwallet qualification add"),
    ("import offers.toml", ExitCode.INVALID, "credwallet offer add"),
    ("import folder", ExitCode.NOT_FOUND, "no file that could be a badge"),
    ("import closed.json", ExitCode.STORAGE, "check its permissions"),
    ("import http://x.example/badge", ExitCode.UNDETERMINED, "x.example"),
    ("verify nothing.json", ExitCode.NOT_FOUND, "check the name"),
    ("verify broken.json", ExitCode.INVALID, "line 2, column 8"),
    ("verify paper.pdf", ExitCode.INVALID, "as a file"),
    ("verify other.json --at yesterday", ExitCode.USAGE, "yesterday"),
    ("verify other.json --documents map.json", ExitCode.USAGE, "names no file"),
    ("verify other.json --documents broken.json", ExitCode.USAGE, "line 2"),
    ("verify other.json --trust-list text.txt", ExitCode.USAGE, "trust list"),
    # Names.
    ("show nobody", ExitCode.NOT_FOUND, "nobody"),
    ("show .", ExitCode.NOT_FOUND, "credwallet list"),
    ("remove nobody", ExitCode.NOT_FOUND, "nobody"),
    ("restore nobody", ExitCode.NOT_FOUND, "nobody"),
    ("purge nobody --yes", ExitCode.NOT_FOUND, "nobody"),
    ("tag nobody +x", ExitCode.NOT_FOUND, "nobody"),
    ("note nobody --text x", ExitCode.NOT_FOUND, "nobody"),
    ("share nobody --yes", ExitCode.NOT_FOUND, "nobody"),
    ("share log nobody", ExitCode.NOT_FOUND, "nobody"),
    ("qualification show nobody", ExitCode.NOT_FOUND, "qualification list"),
    ("offer remove nobody", ExitCode.NOT_FOUND, "offer list"),
    ("goal add nobody", ExitCode.NOT_FOUND, "qualification add"),
    ("goal remove nobody", ExitCode.NOT_FOUND, "goal list"),
    ("key remove nobody --yes", ExitCode.NOT_FOUND, "nobody"),
    ("context remove https://x.example/", ExitCode.NOT_FOUND, "context list"),
    ("plan nobody", ExitCode.NOT_FOUND, "qualification list"),
    ("portfolio --tag zzz --out p.html --yes", ExitCode.NOT_FOUND, "credwallet list"),
    # Rules and offers.
    ("qualification add rules.toml", ExitCode.USAGE, "line 2"),
    ("qualification add key.toml", ExitCode.USAGE, "did you mean 'match'?"),
    ("qualification add text.txt", ExitCode.USAGE, "TOML"),
    ("qualification add broken.json", ExitCode.USAGE, "it is JSON, and not TOML"),
    ("qualification add page.html", ExitCode.USAGE, "a web page"),
    ("qualification add noise.bin", ExitCode.USAGE, "no UTF-8 text"),
    ("qualification add offers.toml", ExitCode.USAGE, "credwallet offer add FILE"),
    ("qualification add what-if.toml", ExitCode.USAGE, "--what-if FILE"),
    ("offer add kept.toml", ExitCode.USAGE, "credwallet qualification add FILE"),
    ("qualification add folder", ExitCode.USAGE, "is a folder"),
    ("qualification import key.toml", ExitCode.INVALID, "qualification add"),
    ("qualification import text.txt", ExitCode.INVALID, "neither JSON"),
    ("offer add offers.toml", ExitCode.USAGE, "line 2"),
    ("offer add column.csv", ExitCode.USAGE, "did you mean 'achievement'?"),
    ("offer add cells.csv", ExitCode.USAGE, "line 2: 3 cells"),
    ("offer add money.csv", ExitCode.USAGE, "the column currency"),
    ("offer add day.csv", ExitCode.USAGE, "2026-01-31"),
    ("offer add quote.csv", ExitCode.USAGE, "written twice"),
    ("offer add text.txt", ExitCode.USAGE, "id,achievement,cost"),
    ("stack-progress", ExitCode.USAGE, "qualification add FILE"),
    ("stack-progress --as-of soon", ExitCode.USAGE, "2026-01-31"),
    (
        "stack-progress --no-wallet --qualification kept.toml --what-if what-if.toml",
        ExitCode.USAGE,
        "line 2",
    ),
    ("next --qualification kept.toml", ExitCode.USAGE, "credwallet offer add FILE"),
    ("plan --budget much", ExitCode.USAGE, "a number such as 500"),
    ("plan --by 2020", ExitCode.USAGE, "a day that is to come"),
    ("plan --rate dollar=1", ExitCode.USAGE, "three letters"),
    # Handing over.
    ("share BADGE --as fax --yes", ExitCode.USAGE, "verifierplus"),
    ("share BADGE --as link --yes", ExitCode.USAGE, "--page"),
    ("share BADGE --qr gif --yes", ExitCode.NOT_FOUND, "png, svg or term"),
    ("share BADGE --out there.json --yes", ExitCode.USAGE, "--force"),
    ("share BADGE --out there.json/x.json --yes", ExitCode.STORAGE, "permissions"),
    ("share BADGE --out closed/x.json --yes", ExitCode.STORAGE, "permissions"),
    ("share BADGE", ExitCode.USAGE, "--yes"),
    ("share BADGE --bake nothing.png --yes", ExitCode.NOT_FOUND, "check the name"),
    ("export --all --out both.json", ExitCode.USAGE, "--out both"),
    ("export --all --format rar", ExitCode.USAGE, "choose from"),
    ("export", ExitCode.USAGE, "--all"),
    # The command line itself.
    ("", ExitCode.USAGE, "credwallet --help"),
    ("lisst", ExitCode.USAGE, "list"),
    ("frobnicate", ExitCode.USAGE, "credwallet --help"),
    ("list --colour blue", ExitCode.USAGE, "--colour"),
    ("list --sort colour", ExitCode.USAGE, "colour"),
    ("qualification ad", ExitCode.USAGE, "ad"),
    ("list --home", ExitCode.USAGE, "--home"),
    ("list --passphrase-fd x", ExitCode.USAGE, "--passphrase-fd"),
    # The wallet.
    ("list --home nowhere", ExitCode.NOT_FOUND, "credwallet init"),
    ("list --passphrase-file wrong.txt", ExitCode.LOCKED, "passphrase"),
    ("list --passphrase-file nothing.txt", ExitCode.LOCKED, "passphrase"),
    ("list --passphrase-file gone.txt", ExitCode.LOCKED, "--passphrase-file"),
    ("init", ExitCode.USAGE, "wallet"),
    ("init --home closed/wallet", ExitCode.STORAGE, "closed"),
    ("restore-backup text.txt --yes", ExitCode.USAGE, "backup"),
    ("restore-backup gone.txt --yes", ExitCode.NOT_FOUND, "gone.txt"),
    ("backup there.json", ExitCode.USAGE, "there.json"),
]

# What is of our program or of its parts, and of no learner's concern.
_INSIDE = re.compile(
    r"Traceback|Error\b|Exception|NoneType|<class|object at 0x|tomllib|sqlite|json\."
    r"|Errno|\bNone\b|(?<![\w.])(jades|json-ld|[a-z]+-jwt|blockcerts-2|png|svg): "
)


@pytest.fixture
def here(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with everything that goes wrong in it."""
    folder = filled.folder / "here"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    rules = FILES["key.toml"].replace(b"matsch", b"match")
    (folder / "kept.toml").write_bytes(rules)
    (folder / "folder").mkdir()
    (folder / "closed.json").write_bytes(b"{}")
    (folder / "closed.json").chmod(0)
    (folder / "closed").mkdir(mode=0o500)
    monkeypatch.chdir(folder)
    return folder


def is_sound(ran: Ran, code: ExitCode, words: str) -> None:
    """Say whether an answer is one error and one hint, in words for people."""
    assert ran.code == code, (ran.code, ran.err)
    assert ran.out == ""
    said = ran.err
    assert words in said, said
    errors = [line for line in said.splitlines() if "credwallet: error: " in line]
    hints = [line for line in said.splitlines() if "credwallet: hint: " in line]
    assert len(errors) == 1, said
    assert len(hints) >= 1, said
    told = said[said.index("credwallet: error: ") :]
    assert not _INSIDE.search(told), told
    assert len(told) < 1000, told
    what = errors[0].partition("error: ")[2]
    assert not what.endswith("."), what


def _skipped(line: str) -> bool:
    return "closed" in line and (os.name != "posix" or os.geteuid() == 0)


@pytest.mark.parametrize(("line", "code", "words"), WRONG, ids=[w[0] for w in WRONG])
def test_a_wrong_use_is_told_in_one_line_and_a_hint(
    filled: Cli, here: Path, line: str, code: ExitCode, words: str
):
    if _skipped(line):
        pytest.skip("whoever runs the tests may read and write everything")
    before = sorted(path.name for path in here.iterdir())
    argv = [BADGE if word == "BADGE" else word for word in line.split()]
    is_sound(filled(*argv), code, words)
    assert sorted(path.name for path in here.iterdir()) == before
    assert (here / "there.json").read_bytes() == b"precious"


@pytest.mark.parametrize(("line", "code", "words"), WRONG[:30:3])
def test_in_json_it_is_one_document_with_the_same_words(
    filled: Cli, here: Path, line: str, code: ExitCode, words: str
):
    if _skipped(line):
        pytest.skip("whoever runs the tests may read and write everything")
    ran = filled(*line.split(), "--json")
    assert (ran.code, ran.json["exitCode"]) == (code, code)
    problems = ran.json["problems"]
    assert len(problems) == 1
    assert all(problem["title"] and problem["nextStep"] for problem in problems)
    assert words in json.dumps(problems, ensure_ascii=False).replace('\\"', '"')


def test_there_are_many_of_them():
    assert len(WRONG) > 90
    assert len({line for line, _, _ in WRONG}) == len(WRONG)


def test_a_name_of_two_credentials_is_ambiguous(empty: Cli):
    for number in "12":
        badge = sign(
            document(id=f"urn:uuid:00000000-0000-4000-8000-00000000000{number}")
        )
        (empty.folder / f"{number}.json").write_text(json.dumps(badge))
        assert empty("import", empty.folder / f"{number}.json").code == ExitCode.OK
    first, second = empty("list", "--json").data["credentials"]
    assert first["name"] == second["name"]
    ran = empty("show", first["name"])
    is_sound(ran, ExitCode.NOT_FOUND, "say which one by its handle")
    assert first["handle"] in ran.err
    assert second["handle"] in ran.err


def test_where_a_fault_stands_in_a_file_is_told_to_scripts(filled: Cli, here: Path):
    for line, place in (
        ("import broken.json", ("broken.json", 2, 8)),
        ("qualification add rules.toml", ("rules.toml", 2, 15)),
        ("qualification add key.toml", ("key.toml", 4, 1)),
        ("offer add cells.csv", ("cells.csv", 2, 1)),
        ("offer add quote.csv", ("quote.csv", 2, None)),
        ("verify other.json --documents broken.json", ("broken.json", 2, 8)),
        ("import nothing.json", ("nothing.json", None, None)),
    ):
        (problem,) = filled(*line.split(), "--json").json["problems"]
        found = tuple(problem[name] for name in ("file", "line", "column"))
        assert found == place, line


def test_a_full_disk_is_told_and_leaves_nothing_half_done(
    filled: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = filled("share", BADGE, "--out", "new.json", "--yes")
    monkeypatch.undo()
    assert ran.code == ExitCode.STORAGE
    assert "No space left" in ran.err
    assert "check space and permissions" in ran.err
    assert not (here / "new.json").exists()
    assert not list(here.glob(".*"))


def _denied(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_folder_that_may_not_be_written_is_told(
    filled: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("credwallet.cli.unlocking.private_file._write", _denied)
    ran = filled("share", BADGE, "--out", "folder/new.json", "--yes")
    assert ran.code == ExitCode.STORAGE
    assert "folder/new.json cannot be written: Permission denied" in ran.err
    assert "check space and permissions" in ran.err
    assert list((here / "folder").iterdir()) == []


def test_a_file_that_may_not_be_read_is_told(
    filled: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setattr("credwallet.cli.session._read", _denied)
        ran = filled("import", "other.json")
    is_sound(ran, ExitCode.STORAGE, "other.json cannot be read: Permission denied")

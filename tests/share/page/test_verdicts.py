"""What the page says about other people's credentials, beside the command line.

The scripts run in node, all files in one run, and some thirty in the browser. A page
may know less than the command line, and then says so; it never says more.
"""

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.errors import Unreadable
from credwallet.fetch import Offline
from credwallet.share.page import empty_page, tables
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.receivers import require
from tests.share.page import scripts
from tests.share.page.browser import Browser, running
from tests.verify.manifest import AT, KINDS, Row, rows

# What a page does not look into: it may call this undetermined, whatever it is.
_BEYOND = (
    "not supported by this page",
    "a badge of an older kind",
    "a seal in JSON",
    "signed with a certificate",
    "which this page does not check",
    "is not looked at by this page",
    "is not known",
    "was not looked up",
)


def readable(vectors: Path) -> list[Row]:
    """List the rows that are one file; XML needs a browser."""
    return [
        row
        for row in rows(vectors, *KINDS)
        if row.file.is_file() and row.file.suffix != ".svg"
    ]


@cache
def _contexts() -> Contexts:
    return Contexts.bundled()


def on_the_command_line(data: bytes) -> str:
    """Verify without network; what cannot be read is malformed."""
    try:
        held = formats.read(data)
    except Unreadable:
        return "malformed"
    ports = Ports(Offline(), _contexts())
    return str(verify(held, Policy(at=AT, offline=True), ports).verdict)


def in_node(paths: list[Path]) -> list[dict[str, Any]]:
    """Verify files with the scripts of the page."""
    require("node")
    folder = Path(scripts.copied().name)
    packed = folder / "tables.txt"
    packed.write_text(tables.packed())
    ran = subprocess.run(
        [
            "node",
            Path(__file__).parent / "verdicts.mjs",
            folder,
            packed,
            str(int(AT.timestamp() * 1000)),
        ],
        input=json.dumps([str(path) for path in paths]).encode(),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    return [json.loads(line) for line in ran.stdout.decode().split("\n") if line]


def agrees(ours: str, page: str, notes: Any) -> bool:
    """Tell whether a page may say this where the command line says that."""
    if ours == page:
        return True
    # The dates of what it does not know it can judge all the same.
    less = page in ("undetermined", "expired", "not-yet-valid")
    return less and any(words in json.dumps(notes) for words in _BEYOND)


def test_the_page_says_what_the_command_line_says(vectors: Path) -> None:
    listed = readable(vectors)
    found = in_node([row.file for row in listed])
    assert len(found) == len(listed) > 300
    differing = {}
    same = 0
    for row, answer in zip(listed, found, strict=True):
        ours = on_the_command_line(row.file.read_bytes())
        same += ours == answer["verdict"]
        if not agrees(ours, answer["verdict"], answer["notes"]):
            differing[row.id] = (ours, answer)
    assert differing == {}
    assert same > 0.9 * len(listed)


def test_the_rows_say_what_the_rows_of_the_command_line_say(vectors: Path) -> None:
    listed = readable(vectors)
    found = in_node([row.file for row in listed])
    compared = 0
    for row, answer in zip(listed, found, strict=True):
        try:
            held = formats.read(row.file.read_bytes())
        except Unreadable:
            continue
        report = verify(
            held, Policy(at=AT, offline=True), Ports(Offline(), _contexts())
        )
        said = json.dumps(answer["notes"])
        if isinstance(answer["notes"][0], str) or any(part in said for part in _BEYOND):
            continue
        ours = {check.id: str(check.outcome) for check in report.checks}
        page = {name: outcome for name, outcome, _ in answer["notes"][0]}
        assert report.verdict == answer["verdict"], row.id
        for name in ("structure", "proof", "issuer", "validity", "status"):
            assert page[name] == ours[name], (row.id, name, answer["notes"])
        compared += 1
    assert compared > 150


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require("chromium")
    with running() as started:
        started.set_clock(int(AT.timestamp() * 1000))
        yield started


def test_a_browser_says_the_same(
    vectors: Path, browser: Browser, tmp_path: Path
) -> None:
    every = [row for row in rows(vectors, *KINDS) if row.file.is_file()]
    # All pictures, and each twelfth of the others.
    pictures = [row for row in every if row.file.suffix in (".svg", ".png")]
    chosen = [*pictures, *[row for row in every if row not in pictures][::12]]
    path = tmp_path / "index.html"
    path.write_bytes(empty_page())
    browser.requests.clear()
    browser.open(path.as_uri())
    for row in chosen:
        said = browser.choose(row.file)
        ours = on_the_command_line(row.file.read_bytes())
        assert agrees(ours, said, browser.run("document.body.innerHTML")), row.id
    assert len(chosen) > 30
    assert all(url.startswith("file:") for url in browser.requests)
    assert browser.complaints == []

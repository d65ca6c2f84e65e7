"""Asks the script of the verifier page, in node, many questions at once."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from credwallet.share.page import tables
from tests import receivers

FOLDER = Path(tables.__file__).parent / "script"


class Failure(NamedTuple):
    """What `failure.js` describes."""

    kind: str
    type: str
    message: str
    instance: str
    next: str


@cache
def copied() -> tempfile.TemporaryDirectory[str]:
    """Copy the script to where node takes its files for modules."""
    folder = tempfile.TemporaryDirectory()
    shutil.copytree(FOLDER, folder.name, dirs_exist_ok=True)
    Path(folder.name, "package.json").write_text('{"type": "module"}')
    return folder


def answers(questions: Iterable[dict[str, Any]]) -> list[Any]:
    """Ask `canon.mjs`; the answers come in order, some of them a `Failure`."""
    receivers.require("node")
    lines = [{"ask": "load", "packed": tables.packed()}, *questions]
    ran = subprocess.run(
        ["node", Path(__file__).parent / "canon.mjs"],
        cwd=copied().name,
        input="".join(json.dumps(line) + "\n" for line in lines).encode(),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    found = [json.loads(line) for line in ran.stdout.decode().split("\n") if line]
    assert len(found) == len(lines)
    return [
        Failure(**each["failure"]) if "failure" in each else each["answer"]
        for each in found
    ][1:]

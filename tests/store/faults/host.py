"""A process with the faulty disk under it: runs commands in forks of itself.

Reads one JSON request a line and answers one line. Everything is imported once, so that
a run costs what the command costs.
"""

import ctypes
import importlib
import io
import json
import os
import pkgutil
import sys
import traceback
from pathlib import Path
from typing import Any

from credwallet import cli, formats, proofs, status, store, verify
from tests.cli.runner import Cli
from tests.store.faults.state import look

_PREPARED = (cli, formats, proofs, status, store, verify)


def main() -> None:
    """Answer requests until there are no more."""
    for package in _PREPARED:
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not module.name.endswith("baking"):
                importlib.import_module(module.name)
    disk = ctypes.CDLL(None)
    for line in sys.stdin:
        print(json.dumps(_forked(disk, json.loads(line))), flush=True)  # noqa: T201 -- the answer


def _forked(disk: ctypes.CDLL, request: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        answer = _answer(disk, request)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    _, ended = os.waitpid(child, 0)
    return json.loads(data) if data else {"killed": os.waitstatus_to_exitcode(ended)}


def _answer(disk: ctypes.CDLL, request: dict[str, Any]) -> dict[str, Any]:
    folder = Path(request["folder"])
    os.chdir(folder)
    sys.stdin = io.StringIO()
    if request["what"] == "look":
        return look(folder, request["passphrases"])
    fault = request["fault"]
    disk.fault_arm(
        os.fsencode(folder),
        ctypes.c_long(fault["at"]),
        fault["error"],
        fault["kinds"],
        int(fault["lasting"]),
    )
    code, said = _run(Cli(folder), request["argv"])
    answer = {"code": code, "said": said, "calls": disk.fault_count()}
    answer["kind"] = disk.fault_kind()
    # What follows is not the command any more.
    disk.fault_arm(b"", ctypes.c_long(0), 0, 0, 0)
    return answer


def _run(run: Cli, argv: list[str]) -> tuple[int, str]:
    try:
        ran = run(*argv)
    except OSError as error:
        return 11, f"{type(error).__name__}: {error}"  # as the command's own main does
    except BaseException:  # noqa: BLE001 -- whatever it is, it is a defect to be told
        return -1, traceback.format_exc()
    return ran.code, ran.err


if __name__ == "__main__":
    main()

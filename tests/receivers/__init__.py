"""Other people's software that reads what we hand over, and when it must be there.

`require` skips a test whose receiver is not installed, and says which one. Where
`CREDWALLET_RECEIVERS` is 1 (on the build machine) that is a failure instead, so that
no receiver is passed over for good. The packages of Node.js stand in `package.json`
beside this file (`npm ci --ignore-scripts`, for tests only); none of them may use the
network: `offline.mjs` is loaded before each script and closes it.
"""

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest

FOLDER = Path(__file__).parent
# Programs, each under all names that it goes by.
PROGRAMS = {
    "node": ("node",),
    "chromium": ("chromium", "chromium-browser"),
    # Of poppler: the first draws a PDF, the second reads its text.
    "pdftoppm": ("pdftoppm",),
    "pdftotext": ("pdftotext",),
}


def require(*names: str) -> None:
    """Skip the test that calls this unless every receiver is installed.

    Args:
        names: Programs such as `node`, `chromium` or `pdftoppm`, packages of
            `package.json` such as `jose` or `@digitalcredentials/vc` (they need node as
            well), or Python modules such as `sd_jwt`.

    """
    for name in names:
        if name in PROGRAMS:
            if program(name) is None:
                _missing(f"{name} is not installed")
        elif name in _packages():
            require("node")
            if not (FOLDER / "node_modules" / name).is_dir():
                _missing(f"{name} is not installed: npm ci in {FOLDER}")
        elif find_spec(name) is None:
            _missing(f"the Python module {name} is not installed")


def program(name: str) -> str | None:
    """Find one of the programs, None if it is not there."""
    return next((path for each in PROGRAMS[name] if (path := shutil.which(each))), None)


def ask(script: str, question: Any) -> Any:
    """Run a script of this folder with node: JSON goes in, JSON comes out.

    Args:
        script: Its file name; it reads stdin and writes one JSON text to stdout.
        question: What it is asked.

    """
    ran = subprocess.run(
        ["node", "--import", "./offline.mjs", script],
        cwd=FOLDER,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def _packages() -> set[str]:
    listed = json.loads((FOLDER / "package.json").read_text())
    return set(listed["devDependencies"])


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CREDWALLET_RECEIVERS") == "1":
        pytest.fail(f"{reason}, and CREDWALLET_RECEIVERS is 1")
    pytest.skip(reason)

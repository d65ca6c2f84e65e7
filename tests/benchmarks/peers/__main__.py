"""Credwallet beside other verifiers, on the same badge.

    python -m tests.benchmarks.peers [FOLDER]

Installs the others into a folder (a temporary one if none is named; one that is named
is kept and used again), gives each the same file and the same contexts, and prints how
long one warm verification takes. Each runs by itself, in turns; the median is printed.
What cannot be installed or refuses the badge is named with its reason.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from credwallet.canon.contexts import compile as compiling
from tests.benchmarks.badges import skill

HERE = Path(__file__).parent
ROUNDS = 5
INSTALL_S = 600


class Peer(NamedTuple):
    """A verifier: its name, what to install, its script, and how often it runs."""

    name: str
    packages: tuple[str, ...]
    script: str
    times: int


PEERS = (
    Peer("credwallet", (), "with_credwallet.py", 2000),
    Peer(
        "@digitalcredentials/verifier-core",
        ("@digitalcredentials/verifier-core",),
        "verifier_core.mjs",
        200,
    ),
    Peer(
        "@digitalbazaar/vc",
        (
            "@digitalbazaar/vc",
            "@digitalbazaar/data-integrity",
            "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
        ),
        "digitalbazaar_vc.mjs",
        200,
    ),
    Peer("openbadgeslib", ("openbadgeslib[ldp]",), "with_openbadgeslib.py", 30),
    Peer("openvc-core", ("openvc-core[data-integrity]",), "with_openvc_core.py", 20),
)


class _CannotError(Exception):
    pass


def main() -> None:
    """Install, measure, print."""
    if len(sys.argv) > 1:
        _compare(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder))


def _compare(folder: Path) -> None:
    _lay_out(folder)
    commands: dict[str, list[str]] = {}
    for peer in PEERS:
        try:
            commands[peer.name] = _command(folder, peer)
        except _CannotError as error:
            print(f"{peer.name:<36} cannot be installed: {error}")
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in list(commands.items()):
            try:
                found[name].append(_seconds(folder, command))
            except _CannotError as error:
                print(f"{name:<36} cannot be measured: {error}")
                del commands[name], found[name]
    ours = statistics.median(found["credwallet"])
    for name, values in found.items():
        each = statistics.median(values)
        print(f"{name:<36} {each * 1000:8.3f} ms {each / ours:6.1f} x credwallet")


def _lay_out(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in _scripts():
        shutil.copy(file, folder)
    (folder / "badge.json").write_bytes(skill())
    documents = {
        source.url: json.loads(
            (compiling.FOLDER / "documents" / source.file).read_bytes()
        )
        for source in compiling.sources()
    }
    (folder / "contexts.json").write_text(json.dumps(documents), encoding="utf-8")


def _scripts() -> Iterator[Path]:
    yield from HERE.glob("*.mjs")
    yield from HERE.glob("with_*.py")
    yield HERE / "timed.py"


def _command(folder: Path, peer: Peer) -> list[str]:
    files = ["badge.json", "contexts.json", str(peer.times)]
    if not peer.packages:
        return [sys.executable, peer.script, *files]
    if peer.script.endswith(".mjs"):
        return [_node(folder, peer), peer.script, *files]
    return [_python(folder, peer), peer.script, *files]


def _node(folder: Path, peer: Peer) -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise _CannotError("there is no node")
    if not (folder / "node_modules" / peer.packages[0]).exists():
        _run([npm, "install", "--no-audit", "--no-fund", *peer.packages], folder)
    return node


def _python(folder: Path, peer: Peer) -> str:
    home = folder / peer.name
    if not home.exists():
        venv.create(home, with_pip=True)
    python = str(home / "bin" / "python")
    _run([python, "-m", "pip", "install", "--quiet", *peer.packages], folder)
    return python


def _seconds(folder: Path, command: list[str]) -> float:
    answer = json.loads(_run(command, folder).strip().splitlines()[-1])
    if "fault" in answer:
        raise _CannotError(answer["fault"])
    return float(answer["seconds"])


def _run(command: list[str], folder: Path) -> str:
    try:
        ran = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=INSTALL_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _CannotError(f"no end after {INSTALL_S} s") from None
    if ran.returncode:
        said = ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"]
        raise _CannotError(said[-1][:200])
    return ran.stdout


if __name__ == "__main__":
    main()

"""Whole processes beside `python -c pass`, in one interleaved run.

    python -m tests.benchmarks.startup
    python -m tests.benchmarks.startup help

With `help` it asks every command and sub-command for its help, and nothing else.
Each figure is the median of the ratios to the `pass` of the same round. Commands that
open the wallet by its passphrase spend most of their time on the key derivation, which
is as slow as it is on purpose; it is timed alone in the same rounds and shown beside
them. The agent holds the key of a wallet with five credentials.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from credwallet.cli.baked import COMMANDS
from credwallet.cli.demo import SAMPLES
from tests.benchmarks.badges import skill

ROUNDS = 15
ROUNDS_OF_HELP = 7
BY_AGENT = "list, by the agent"
DERIVATION = (
    "from cryptography.hazmat.primitives.kdf.argon2 import Argon2id;"
    "Argon2id(salt=b'0' * 16, length=32, iterations=3, lanes=4,"
    " memory_cost=65536).derive(b'passphrase')"
)


def main() -> None:
    """Print the ratios."""
    if sys.argv[1:] == ["help"]:
        every_help()
    else:
        usual_runs()


def every_help() -> None:
    """Time the help of every command; print the least, the middle and the most."""
    environ = {**os.environ}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    ratios: dict[str, list[float]] = {path: [] for path in COMMANDS}
    for _ in range(ROUNDS_OF_HELP):
        for path, found in ratios.items():
            base = _seconds(("-c", "pass"), environ)
            argv = ("-m", "credwallet", *path.split(), "--help")
            found.append(_seconds(argv, environ) / base)
    medians = {path: statistics.median(found) for path, found in ratios.items()}
    slowest = max(medians, key=lambda path: medians[path])
    print(f"help of {len(medians)} commands, each the median of its rounds")
    for label, value in (
        ("least", min(medians.values())),
        ("middle", statistics.median(medians.values())),
        (f"most ({slowest})", medians[slowest]),
    ):
        print(f"{label:<40} {value:6.2f} x python -c pass")


def usual_runs() -> None:
    """Time the runs that people wait for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        badge = folder / "badge.json"
        badge.write_bytes(skill())
        secret = folder / "passphrase"
        secret.write_text("a passphrase for the benchmark\n", encoding="utf-8")
        secret.chmod(0o600)
        environ = {
            **os.environ,
            "CREDWALLET_HOME": str(folder / "wallet"),
            "CREDWALLET_PASSPHRASE_FILE": str(secret),
            "XDG_RUNTIME_DIR": name,
            "XDG_STATE_HOME": str(folder / "state"),
        }
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        by_agent = {
            name: text
            for name, text in environ.items()
            if name != "CREDWALLET_PASSPHRASE_FILE"
        }
        run = ("-m", "credwallet")
        samples = (
            str(SAMPLES / "badges"),
            "--documents",
            str(SAMPLES / "documents.json"),
        )
        for argv in (("import", *samples), ("verify", str(badge)), ("unlock",)):
            _seconds((*run, *argv), environ)
        commands = {
            "--version": (*run, "--version"),
            "--help": (*run, "--help"),
            "completion of a command": (*run, "_complete", "ver"),
            "completion of a handle": (*run, "_complete", "show", ""),
            "completion of a tag": (*run, "_complete", "list", "--tag", ""),
            "completion of a choice": (*run, "_complete", "list", "--sort", ""),
            "list --help": (*run, "list", "--help"),
            "verify --help": (*run, "verify", "--help"),
            "verify FILE": (*run, "verify", str(badge)),
            "key derivation alone": ("-c", DERIVATION),
            "list": (*run, "list"),
            BY_AGENT: (*run, "list", "--no-input"),
        }
        ratios: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(ROUNDS):
            base = _seconds(("-c", "pass"), environ)
            for label, argv in commands.items():
                given = by_agent if label == BY_AGENT else environ
                ratios[label].append(_seconds(argv, given) / base)
        _seconds((*run, "lock"), environ)
    for label, values in ratios.items():
        print(f"{label:<26} {statistics.median(values):6.2f} x python -c pass")


def _seconds(argv: tuple[str, ...], environ: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *argv],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

"""`credwallet demo`: the whole way, offline, on badges that the package ships."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credwallet.cli.output import ExitCode, Result
from credwallet.cli.session import Session
from credwallet.errors import StorageFailure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLES = Path(__file__).parent / "samples"

STORY: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Put badges of two issuers into a new wallet. One was changed after signing.",
        ("import", "badges", "--documents", "documents.json"),
    ),
    ("What is in it?", ("list",)),
    (
        "Why is one revoked? Every check is reported, and what it rests on.",
        ("verify", "Statistics One", "--documents", "documents.json"),
    ),
    (
        "What do they add up to, what is missing, and why does one not count?",
        ("stack-progress", "--qualification", "certificate.toml", "--why"),
    ),
    (
        "Hand one over: this lists what leaves, and makes a QR code of the badge.",
        ("share", "Cleaning Data", "--qr", "png", "--out", "cleaning.png", "--yes"),
    ),
)


def command(
    ctx: typer.Context,
    keep: Annotated[
        Path | None, typer.Option(help="Leave the demo's files in this new folder.")
    ] = None,
) -> Result:
    """Needs no network, and leaves nothing behind unless you give --keep.

    Example: credwallet demo
    """
    session: Session = ctx.obj
    with _folder(keep) as folder:
        steps = _prepared(folder)
        codes = [_step(session, folder, why, argv) for why, argv in steps]
    return Result(
        {
            "steps": [
                {"command": list(argv), "exitCode": code}
                for (_, argv), code in zip(steps, codes, strict=True)
            ]
        },
        lambda console: console.line(
            "\nYour own wallet starts with:  credwallet import badge.json".strip()
        ),
    )


def _prepared(folder: Path) -> "Sequence[tuple[str, tuple[str, ...]]]":
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    secret = folder / "passphrase.txt"
    secret.touch(mode=0o600)
    secret.write_text("a passphrase for the demo\n", encoding="utf-8")
    return STORY


@contextlib.contextmanager
def _folder(keep: Path | None) -> "Iterator[Path]":
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="credwallet-demo-") as name:
            yield Path(name)
        return
    try:
        keep.mkdir(parents=True)
    except OSError as error:
        raise StorageFailure(
            f"{keep} cannot be made: {error.strerror}",
            next_step="name a folder that is not there yet",
        ) from None
    yield keep


def _step(session: Session, folder: Path, why: str, argv: tuple[str, ...]) -> ExitCode:
    """Show a command, run it as a person would, and show what it printed."""
    import os  # noqa: PLC0415 -- to stand in the demo's folder

    from credwallet.cli.running import run  # noqa: PLC0415 -- it runs this module

    quiet = session.settings.json
    environment = session.environment._replace(
        environ={
            **session.environment.environ,
            "CREDWALLET_HOME": str(folder / "wallet"),
            "CREDWALLET_PASSPHRASE_FILE": str(folder / "passphrase.txt"),
        }
    )
    if not quiet:
        typed = " ".join(f'"{word}"' if " " in word else word for word in argv)
        session.console.line()
        session.console.line(f"# {why}", style="dim")
        session.console.line(f"$ credwallet {typed}", style="bold")
        session.environment.stdout.flush()
        environment = environment._replace(stderr=environment.stdout)
    else:
        import io  # noqa: PLC0415 -- only with --json

        sink = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        environment = environment._replace(stdout=sink, stderr=sink)
    before = Path.cwd()
    os.chdir(folder)
    try:
        return run([*argv, "--offline", "--no-input"], environment)
    finally:
        os.chdir(before)

"""`credwallet demo`: the whole way, offline, on badges that the package ships."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from credwallet.cli.output import ExitCode, Result
from credwallet.cli.session import Session
from credwallet.errors import StorageFailure, Usage
from credwallet.model.report import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credwallet.cli.terminal.console import Console

SAMPLES = Path(__file__).parent / "samples"


class Step(NamedTuple):
    """One command of the demo, and the exit code that it must leave with."""

    why: str
    argv: tuple[str, ...]
    exit_code: ExitCode


STORY = (
    Step(
        "Put badges of two issuers into a new wallet. One was changed after signing.",
        ("import", "badges", "--documents", "documents.json"),
        ExitCode.INVALID,
    ),
    Step("What is in it?", ("list",), ExitCode.OK),
    Step(
        "Why is one revoked? Every check is reported, and what it rests on.",
        ("verify", "Statistics One", "--documents", "documents.json"),
        ExitCode.REVOKED,
    ),
    Step(
        "What do they add up to, what is missing, and why does one not count?",
        ("stack-progress", "--qualification", "certificate.toml", "--why"),
        ExitCode.OK,
    ),
    Step(
        "Hand one over: this lists what leaves, and makes a QR code of the badge.",
        ("share", "Cleaning Data", "--qr", "png", "--out", "cleaning.png", "--yes"),
        ExitCode.OK,
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
        _prepare(folder)
        _make_wallet_anywhere(session, folder)
        codes = [_run(session, folder, step) for step in STORY]
    as_told = all(
        code == step.exit_code for step, code in zip(STORY, codes, strict=True)
    )
    return Result(
        {
            "steps": [
                {"command": list(step.argv), "exitCode": int(code)}
                for step, code in zip(STORY, codes, strict=True)
            ]
        },
        _farewell,
        ExitCode.OK if as_told else ExitCode.ERROR,
        () if as_told else (_NOT_AS_TOLD,),
    )


_NOT_AS_TOLD = Problem(
    "demo",
    "a step of the demo did not end as it should",
    next_step="please report it, with what was printed",
)


def _farewell(console: "Console") -> None:
    console.line()
    console.line("Your own wallet starts with: credwallet import badge.json")


def _prepare(folder: Path) -> None:
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    secret = folder / "passphrase.txt"
    secret.touch(mode=0o600)
    secret.write_text("a passphrase for the demo\n", encoding="utf-8")


def _make_wallet_anywhere(session: Session, folder: Path) -> None:
    """Make the wallet beforehand where `import` would rightly make none."""
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    if store.unsuitable(folder) is not None:
        hushed = ("init", "--no-recovery", "--anywhere")
        _run(session, folder, Step("", hushed, ExitCode.OK), hushed=True)


@contextlib.contextmanager
def _folder(keep: Path | None) -> "Iterator[Path]":
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="credwallet-demo-") as name:
            yield Path(name)
        return
    try:
        keep.mkdir(parents=True)
    except FileExistsError:
        raise Usage(
            f"{keep} is there already",
            next_step="name a folder that is not there yet",
        ) from None
    except OSError as error:
        raise StorageFailure(
            f"{keep} cannot be made: {error.strerror}",
            next_step="name another folder",
        ) from None
    yield keep.absolute()


def _run(
    session: Session, folder: Path, step: Step, *, hushed: bool = False
) -> ExitCode:
    """Show a command, run it as a person would, and show what it printed."""
    import os  # noqa: PLC0415 -- to stand in the demo's folder

    from credwallet.cli.running import run  # noqa: PLC0415 -- it runs this module

    quiet = session.settings.json or hushed
    environment = session.environment._replace(
        environ={
            **session.environment.environ,
            "CREDWALLET_HOME": str(folder / "wallet"),
            # The demo is the same for everybody.
            "CREDWALLET_CONFIG": "",
            "CREDWALLET_PROFILE": "",
            "CREDWALLET_PASSPHRASE_FILE": str(folder / "passphrase.txt"),
            # What it remembers of the wallet goes with the wallet.
            "XDG_STATE_HOME": str(folder / "state"),
        }
    )
    if not quiet:
        typed = " ".join(f'"{word}"' if " " in word else word for word in step.argv)
        session.console.line()
        session.console.line(f"# {step.why}", style="dim")
        session.console.line(f"$ credwallet {typed}", style="bold")
        session.environment.stdout.flush()
        environment = environment._replace(stderr=environment.stdout)
    else:
        import io  # noqa: PLC0415 -- only when nothing is to be shown

        sink = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        environment = environment._replace(stdout=sink, stderr=sink)
    before = Path.cwd()
    os.chdir(folder)
    try:
        return run([*step.argv, "--offline", "--no-input"], environment)
    finally:
        os.chdir(before)

"""The run from argv to exit code.

Every failure ends here: one line that says what, one that says what to do. `list` and
`verify` with plain words alone are run without Typer, which takes five times as long to
import as Python takes to start.
"""

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from credwallet import __version__
from credwallet.cli.fast import asked_help
from credwallet.cli.output import ExitCode, Result, code_of, envelope
from credwallet.cli.session import Environment, Session
from credwallet.cli.settings import split, without_config
from credwallet.errors import CredwalletError, Damaged, Usage
from credwallet.model.report import Problem

# Commands that can be run from plain words, and the modules that do their work.
PLAIN_WORDS = {"list": "listing.work", "verify": "verifying"}


def run(argv: Sequence[str], environment: Environment) -> ExitCode:
    """Run one command line and return its exit code.

    Args:
        argv: Arguments without the program's name.
        environment: Streams, environment variables, clock and network.

    """
    as_json = "--json" in argv
    rest = tuple(argv)
    session: Session | None = None
    result: Result | ExitCode
    try:
        settings, rest = split(argv, environment.environ)
        as_json = settings.json
        session = Session(settings, environment)
        _warn(session, rest)
        result = (
            _at_the_root(rest) or _plainly(rest, session) or _by_typer(rest, session)
        )
    except CredwalletError as error:
        if isinstance(error, Damaged) and session is not None:
            _name_backup(error, session)
        result = _failure(error)
    except KeyboardInterrupt:
        # The terminal has shown ^C on a line of its own making.
        environment.stderr.write("\n")
        result = _INTERRUPTED
    finally:
        if session is not None:
            session.close()
    if isinstance(result, ExitCode):
        return result
    session = session or Session(without_config(environment.environ), environment)
    problems = tuple(
        problem._replace(next_step=session.console.again(problem.next_step))
        for problem in result.problems
    )
    if as_json:
        command = next((word for word in rest if not word.startswith("-")), "")
        session.write_json(envelope(command, result.exit_code, result.data, problems))
    else:
        result.show(session.console)
        for problem in problems:
            session.console.problem(problem)
        if result.last is not None:
            result.last(session.console)
    return result.exit_code


def _warn(session: Session, rest: Sequence[str]) -> None:
    """Say what in the config file means nothing; `doctor` says it as findings."""
    if rest[:1] != ("doctor",):
        for what, next_step in session.settings.config.remarks:
            session.console.note(f"warning: {what} ({next_step})")


def _at_the_root(rest: Sequence[str]) -> Result | None:
    """Answer what needs no command; None if one is to be run."""
    if not rest:
        raise Usage("a command is missing", next_step="see credwallet --help")
    if rest[0] == "--version":
        return Result(
            {"version": __version__},
            lambda console: console.line(f"credwallet {__version__}"),
        )
    path = asked_help(rest)
    if path is not None:
        from credwallet.cli.help import explained  # noqa: PLC0415 -- lazily: typer

        return explained(path)
    return None


def _plainly(rest: Sequence[str], session: Session) -> Result | None:
    """Run a command line without options; None if it needs a parser."""
    if not rest or rest[0] not in PLAIN_WORDS:
        return None
    if any(word.startswith("-") and word != "-" for word in rest[1:]):
        return None
    work = import_module(f"credwallet.cli.{PLAIN_WORDS[rest[0]]}")
    result: Result | None = work.plainly(session, rest[1:])
    return result


def _by_typer(rest: Sequence[str], session: Session) -> Result | ExitCode:
    from credwallet.cli import app  # noqa: PLC0415 -- lazily: typer

    return app.call(rest, session)


def _name_backup(error: Damaged, session: Session) -> None:
    """Say which backup to take, if there is one; who rolled back is told already."""
    if error.type != "damaged":
        return
    with contextlib.suppress(CredwalletError):
        step = session.backup_to_take()
        if step:
            error.next_step = f"a backup of it looks good: {step}"


def _failure(error: CredwalletError) -> Result:
    return Result({}, lambda _: None, code_of(error), (Problem.of(error),))


_INTERRUPTED = Result(
    {}, lambda _: None, ExitCode.INTERRUPTED, (Problem("interrupted", "interrupted"),)
)


def main() -> int:
    """Run the process's own command line; nothing but an exit code comes out."""
    from datetime import UTC, datetime  # noqa: PLC0415 -- the clock, read here only

    environment = Environment(
        sys.stdin, sys.stdout, sys.stderr, os.environ, lambda: datetime.now(UTC)
    )
    try:
        code = run(sys.argv[1:], environment)
        sys.stdout.flush()
    except KeyboardInterrupt:
        # While the answer was written, or the wallet closed.
        sys.stderr.write("\ncredwallet: error: interrupted\n")
        _silence()
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): stop without a word.
        _silence()
        return int(ExitCode.ERROR)
    except OSError as error:
        if "--verbose" in sys.argv:
            raise
        return _last_words(
            f"the system said no: {error.strerror or 'input/output error'}",
            "check space and permissions, also of where the output goes",
            ExitCode.STORAGE,
        )
    except Exception as error:
        if "--verbose" in sys.argv:
            raise
        # Its own text may hold foreign or secret text, so only its kind is shown.
        return _last_words(
            f"a defect of credwallet itself ({type(error).__name__})",
            "run it again with --verbose and report what it prints",
            ExitCode.ERROR,
        )
    return int(code)


def _last_words(what: str, next_step: str, code: ExitCode) -> int:
    problem = Problem("defect", what, next_step=next_step)
    if "--json" in sys.argv:
        with contextlib.suppress(OSError):
            json.dump(envelope("", code, {}, (problem,)), sys.stdout, indent=2)
            sys.stdout.write("\n")
            sys.stdout.flush()
    if code is ExitCode.STORAGE:
        _silence()
    sys.stderr.write(f"credwallet: error: {what}\ncredwallet: hint: {next_step}\n")
    return int(code)


def _silence() -> None:
    """Let Python's own last flush of stdout go nowhere."""
    nowhere = open(os.devnull, "w")  # noqa: SIM115, PTH123 -- lives until the exit
    os.dup2(nowhere.fileno(), sys.stdout.fileno())

"""The run from argv to exit code.

Every failure ends here: one line that says what, one that says what to do. `list` and
`verify` with plain words alone are run without Typer, which takes five times as long to
import as Python takes to start.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from credwallet.cli.output import ExitCode, Result, code_of, envelope
from credwallet.cli.session import Environment, Session
from credwallet.cli.settings import split
from credwallet.errors import CredwalletError
from credwallet.model.report import Problem

# Commands that can be run from plain words, and the modules that do their work.
PLAIN_WORDS = {"list": "listing", "verify": "verifying"}


def run(argv: Sequence[str], environment: Environment) -> ExitCode:
    """Run one command line and return its exit code.

    Args:
        argv: Arguments without the program's name.
        environment: Streams, environment variables, clock and network.

    """
    command = next((item for item in argv if not item.startswith("-")), "")
    as_json = "--json" in argv
    session: Session | None = None
    try:
        settings, rest = split(argv, environment.environ)
        session = Session(settings, environment)
        result = _plainly(rest, session) or _by_typer(rest, session)
    except CredwalletError as error:
        result = _failure(error)
    except KeyboardInterrupt:
        environment.stderr.write("\ncredwallet: interrupted\n")
        return ExitCode.INTERRUPTED
    finally:
        if session is not None:
            session.close()
    if isinstance(result, ExitCode):
        return result
    session = session or Session(split((), environment.environ)[0], environment)
    if as_json:
        session.write_json(
            envelope(command, result.exit_code, result.data, result.problems)
        )
    else:
        result.show(session.console)
        for problem in result.problems:
            session.console.problem(problem)
    return result.exit_code


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


def _failure(error: CredwalletError) -> Result:
    return Result({}, lambda _: None, code_of(error), (Problem.of(error),))


def main() -> int:
    """Run the process's own command line; nothing but an exit code comes out."""
    from datetime import UTC, datetime  # noqa: PLC0415 -- the clock, read here only

    environment = Environment(
        sys.stdin, sys.stdout, sys.stderr, os.environ, lambda: datetime.now(UTC)
    )
    try:
        code = run(sys.argv[1:], environment)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): stop without a word.
        silence = open(os.devnull, "w")  # noqa: SIM115, PTH123 -- lives until the exit
        os.dup2(silence.fileno(), sys.stdout.fileno())
        return int(ExitCode.ERROR)
    except Exception as error:
        if "--verbose" in sys.argv:
            raise
        return _defect(error)
    return int(code)


def _defect(error: Exception) -> int:
    # The error's own text may hold foreign or secret text, so only its kind is shown.
    sys.stderr.write(
        f"credwallet: error: a defect of credwallet itself ({type(error).__name__})\n"
        "credwallet: hint: run it again with --verbose and report what it prints\n"
    )
    return int(ExitCode.ERROR)

"""The command table, and how Typer reads a command line.

A command is a module of this folder that holds `command(ctx, ...) -> Result` (or, for
a group, a Typer app named `group`), plus one line in `COMMANDS`. It is imported when it
is called.
"""

from collections.abc import Sequence
from importlib import import_module
from inspect import getdoc
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_command

from credwallet.cli.fast import help_of
from credwallet.cli.helping import mistyped
from credwallet.cli.helping.suggesting import did_you_mean
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.session import Session
from credwallet.errors import NotFound, Usage


class Entry(NamedTuple):
    """One line of the command table."""

    module: str
    summary: str


COMMANDS: dict[str, Entry] = {
    "init": Entry("init", "Make a wallet."),
    "demo": Entry("demo", "See it all at work in a throw-away wallet."),
    "import": Entry("import_", "Verify badges and put them into the wallet."),
    "list": Entry("list", "List the credentials in the wallet."),
    "show": Entry("show", "Show one credential, or its bytes with --raw."),
    "verify": Entry("verify", "Report what was checked, what was not, and why."),
    "check": Entry("check", "Verify everything again, and say what needs attention."),
    "refresh": Entry("refresh", "Ask issuers for newer copies of what you hold."),
    "skills": Entry("skills", "Show which skills the wallet proves, and by what."),
    "timeline": Entry("timeline", "Show what was earned when, and what lapses when."),
    "stack-progress": Entry(
        "stack_progress", "Show which qualifications the credentials add up to."
    ),
    "next": Entry("next", "Rank what could be earned next by what it would finish."),
    "plan": Entry("plan", "Find the cheapest way to finish a qualification."),
    "qualification": Entry("qualification", "Keep qualification files in the wallet."),
    "goal": Entry("goal", "Say which qualifications you want, and by when."),
    "offer": Entry("offer", "Keep what could be earned next in the wallet."),
    "policy": Entry("policy", "Hold credentials against policies, such as the EU's."),
    "share": Entry("share", "Hand a credential over as a file, a link or a QR code."),
    "portfolio": Entry("portfolio", "Put several credentials on one web page."),
    "export": Entry("export", "Write credentials to files, byte for byte."),
    "issuer": Entry("issuer", "Say which issuers you know."),
    "context": Entry("context", "Keep JSON-LD contexts beyond the bundled ones."),
    "identity": Entry("identity", "Say which e-mail addresses and DIDs are yours."),
    "key": Entry("key", "Keep keys of your own, to prove that badges are yours."),
    "tag": Entry("tag", "Put tags on a credential, or take them off."),
    "note": Entry("note", "Keep a note with a credential."),
    "collection": Entry("collection", "Keep credentials together in collections."),
    "filter": Entry("filter", "List and remove saved filters."),
    "remove": Entry("remove", "Move credentials to the trash."),
    "restore": Entry("restore", "Take credentials back out of the trash."),
    "purge": Entry("purge", "Delete credentials of the trash for good."),
    "unlock": Entry("unlock", "Keep the wallet's key ready for a while."),
    "lock": Entry("lock", "Forget the key that unlock keeps."),
    "passphrase": Entry("passphrase", "Change the passphrase of the wallet."),
    "recover": Entry("recover", "Open the wallet with the recovery code, set it anew."),
    "rekey": Entry("rekey", "Make a new data key, and seal everything under it."),
    "keyring": Entry("keyring", "Let the keyring of this system open the wallet."),
    "backup": Entry("backup", "Copy the wallet into one file, encrypted as it is."),
    "restore-backup": Entry(
        "restore_backup", "Put a backup in the place of the wallet."
    ),
    "doctor": Entry("doctor", "Look for what is wrong with the wallet."),
    "accept-rollback": Entry(
        "accept_rollback", "Go on with an older wallet that you put back."
    ),
    "config": Entry("config", "Keep settings in a file, and see which one holds."),
    "completion": Entry("completion", "Print the completion script of a shell."),
    "help": Entry("help", "Explain exit codes, formats, settings, or a command."),
}
# Headings of the help, each above the command that opens its section.
SECTIONS = {
    "init": "To begin",
    "import": "Your badges",
    "stack-progress": "What they add up to",
    "share": "Handing over",
    "issuer": "Whom you know, and who you are",
    "tag": "Keeping order",
    "unlock": "Keeping it safe",
    "config": "The program itself",
}

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
GLOBALS = (
    "Everywhere: --json, -q/--quiet, --verbose, --color WHEN, --no-color, --no-input, "
    "--offline, --online, --home DIR, --profile NAME, --passphrase-file FILE, "
    "--passphrase-fd N, --passphrase-command COMMAND."
)


def load(name: str) -> Any:
    """Import a command's module and build its command object."""
    module = import_module(f"credwallet.cli.{COMMANDS[name].module}")
    app = getattr(module, "group", None)
    if app is None:
        app = typer.Typer(**PLAIN)
        app.command(
            name,
            help=f"{COMMANDS[name].summary}\n\n{getdoc(module.command)}",
            epilog=GLOBALS,
            context_settings=CONTEXT,
            no_args_is_help=getattr(module, "NO_ARGS_IS_HELP", False),
        )(module.command)
    command = get_command(app)
    command.name = name
    _tell_globals(command)
    return command


def _tell_globals(command: Any) -> None:
    for inner in getattr(command, "commands", {}).values():
        inner.epilog = inner.epilog or GLOBALS
        _tell_globals(inner)


# Rich help doubles the start-up time and pretty tracebacks may show secrets.
PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "add_completion": False,
}


def new_group(summary: str) -> typer.Typer:
    """Make the Typer app of a command with sub-commands."""
    return typer.Typer(
        help=summary,
        epilog=GLOBALS,
        context_settings=CONTEXT,
        no_args_is_help=True,
        **PLAIN,
    )


class CommandTable(TyperGroup):
    """The root group: knows every name, imports only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 -- Click's signature
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 -- Click's signature
        """Return the command of that name, imported now; None if there is none."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is named, or say which one may be meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise Usage(
                f"there is no command {name}",
                next_step=did_you_mean(name, COMMANDS, "see credwallet --help"),
            )
        return super().resolve_command(ctx, args)


def root() -> Any:
    """Build the root command."""
    app = typer.Typer(
        cls=CommandTable, context_settings=CONTEXT, no_args_is_help=True, **PLAIN
    )

    @app.callback()
    def credwallet() -> None:
        """credwallet: keep, verify, stack and share your micro-credentials."""

    return get_command(app)


def call(rest: Sequence[str], session: Session) -> Result | ExitCode:
    """Let Typer parse a command line, and run the command that it names.

    Args:
        rest: Arguments without the program's name and the global options.
        session: What the command works with.

    Returns:
        The command's result, or the exit code when help was printed.

    Raises:
        CredwalletError: Whatever the command raised; `Usage` for Typer's complaints.
        KeyboardInterrupt: If the learner broke off at a question.

    """
    try:
        value = root().main(
            args=list(rest),
            prog_name="credwallet",
            standalone_mode=False,
            obj=session,
        )
    except typer.Abort:
        raise KeyboardInterrupt from None
    except (Usage, NotFound) as error:
        mistyped.suggest(error, rest)
        raise
    except Exception as error:
        # Typer carries its own copy of Click: its usage errors are told by their shape.
        message = getattr(error, "format_message", None)
        if message is None:
            raise
        if type(error).__name__ == "NoArgsIsHelpError" and not session.settings.json:
            session.environment.stderr.write(help_of(mistyped.path_of(error)))
            return ExitCode.USAGE
        raise mistyped.usage(error, message()) from None
    if isinstance(value, Result):
        return value
    if value == ExitCode.INTERRUPTED:
        # Typer swallows an interrupt and answers with the code alone.
        raise KeyboardInterrupt
    # Help was printed, or a command group was called without a command.
    return ExitCode(value) if isinstance(value, int) else ExitCode.OK

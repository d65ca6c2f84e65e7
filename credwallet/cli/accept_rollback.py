"""`credwallet accept-rollback`."""

from datetime import UTC
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.output import ExitCode, Result

if TYPE_CHECKING:
    from datetime import datetime

    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store.anchor import Mark, Rollback


def command(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """For when you put an older wallet back yourself; what was newer is lost.

    Example: credwallet accept-rollback
    """
    from credwallet import store  # noqa: PLC0415 -- lazily: sqlite3

    session: Session = ctx.obj
    vault = session.vault(only_look=True)
    rollback = vault.rollback
    if rollback is None:
        return Result(
            {"accepted": False, **rollback_json(None)},
            lambda console: console.line(
                "the wallet is the latest one that this machine has seen"
            ),
        )
    question = f"{rollback_words(rollback)}. Go on with what is in the wallet?"
    if not yes and not session.confirm(question, flag="--yes"):
        session.console.note("nothing was accepted: the wallet stays closed")
        return Result(
            {"accepted": False, **rollback_json(rollback)},
            lambda _: None,
            ExitCode.ERROR,
        )
    store.accept_rollback(vault, store.Anchors(session.settings.state))

    def show(console: "Console") -> None:
        console.line(f"accepted: the wallet goes on from {_state(rollback.held)}")
        console.line(f"was seen: {_state(rollback.seen, rollback.seen_at)}")

    return Result({"accepted": True, **rollback_json(rollback)}, show)


def rollback_words(rollback: "Rollback") -> str:
    """Say which state is in the wallet and which one was seen, and when."""
    return (
        f"In the wallet is {_state(rollback.held, rollback.held_at)}; this machine has "
        f"seen {_state(rollback.seen, rollback.seen_at)}"
    )


def rollback_json(rollback: "Rollback | None") -> dict[str, Any]:
    """Spell both states; both are null if the wallet is the latest one."""
    if rollback is None:
        return {"held": None, "seen": None}
    return {
        "held": {
            "generation": rollback.held.generation,
            "at": _moment(rollback.held_at) or None,
        },
        "seen": {
            "generation": rollback.seen.generation,
            "at": _moment(rollback.seen_at) or None,
        },
    }


def _state(mark: "Mark", at: "datetime | None" = None) -> str:
    written = f" of {_moment(at)}" if at is not None else ""
    return f"state {mark.generation}{written}"


def _moment(at: "datetime | None") -> str:
    if at is None:
        return ""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

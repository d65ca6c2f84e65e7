"""What a stacking command is given: rules, assumptions, and what the wallet holds.

`stack-progress` takes all of it today; whatever else plans with qualifications reads
its options here too.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.kept import goals, known_issuers, named
from credwallet.cli.kept_overrides import overrides
from credwallet.cli.session import read_file
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.model.qualification import Holding, Override, Qualification
    from credwallet.store import Vault

# Kind of the small documents in the wallet that hold qualification files.
QUALIFICATIONS = "qualification"


class Inputs(NamedTuple):
    """Everything that stacking needs."""

    qualifications: "tuple[Qualification, ...]"
    holdings: "tuple[Holding, ...]"
    overrides: "tuple[Override, ...]"
    known_issuers: frozenset[str]


def gather(
    session: "Session",
    names: Sequence[str],
    *,
    files: Sequence[Path],
    what_if: Sequence[Path],
    no_wallet: bool,
) -> Inputs:
    """Read everything that the options name.

    Args:
        session: The run.
        names: Ids of qualifications that the wallet keeps; none and no files: all.
        files: Qualification files.
        what_if: What-if files.
        no_wallet: Leave the wallet closed.

    Raises:
        Usage: If a file makes no sense, or if there is no qualification to look at.
        NotFound: If a file, a qualification or the wallet is not there.

    """
    from credwallet.stacking import holdings_of, load_what_if  # noqa: PLC0415 -- lazily

    if no_wallet and names:
        raise Usage(
            f"{names[0]} is kept in the wallet, and --no-wallet leaves that closed",
            next_step="name its file: --qualification FILE",
        )
    assumed = [load_what_if(read_text(path), str(path)) for path in what_if]
    rules = [load_file(path) for path in files]
    holdings = [holding for entry in assumed for holding in entry.holdings]
    exceptions = [override for entry in assumed for override in entry.overrides]
    known: frozenset[str] = frozenset()
    if not no_wallet:
        vault = session.vault()
        rules = [*_kept(vault, names, every=not files), *rules]
        known = frozenset(known_issuers(vault))
        entries = tuple(vault.entries())
        holdings.extend(holdings_of((entry.handle, entry.summary) for entry in entries))
        exceptions.extend(override for _, override in overrides(vault, entries))
    if not rules:
        raise Usage(
            "there is no qualification to look at",
            next_step="name one: --qualification FILE",
        )
    return Inputs(
        tuple(rules),
        tuple(holdings),
        tuple(exceptions),
        known,
    )


def load_file(path: Path) -> "Qualification":
    """Read a qualification file that the learner named.

    Raises:
        Usage: If it makes no sense.
        NotFound: If there is none.

    """
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib

    return load(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Read a text file that the learner named.

    Raises:
        Usage: If it is no UTF-8.
        NotFound: If there is none.

    """
    try:
        return read_file(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Usage(
            f"{path} is no UTF-8 text (byte {error.start})",
            next_step="check that it is the right file",
            file=str(path),
        ) from None


def day_of(session: "Session", text: str | None) -> date:
    """Read `--as-of`; today (UTC) if it is not given.

    Args:
        session: For the day of today.
        text: As typed: an ISO 8601 day, None if the option is not given.

    Raises:
        Usage: If it is no date.

    """
    if text is None:
        return session.at.astimezone(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Usage(
            f"--as-of {text} is no date", next_step="write it as 2026-01-31"
        ) from None


def kept_text(vault: "Vault", name: str) -> str:
    """Return the file of a kept qualification.

    Args:
        vault: The open wallet.
        name: The qualification's id.

    Returns:
        The file as text; bytes that are no UTF-8 are replaced.

    Raises:
        NotFound: If the wallet keeps none of that id.

    """
    data = named(
        vault,
        QUALIFICATIONS,
        name,
        missing=f"the wallet keeps no qualification {name}",
        otherwise="see: credwallet qualification list",
    )
    return data.decode("utf-8", "replace")


def _goals_first(vault: "Vault", names: Iterable[str]) -> list[str]:
    """Sort ids: the learner's goals by priority and date, then the others."""
    order = {goal.qualification: place for place, goal in enumerate(goals(vault))}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def _kept(
    vault: "Vault", names: Iterable[str], *, every: bool
) -> "list[Qualification]":
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib

    wanted = list(names)
    if not wanted and every:
        wanted = _goals_first(vault, vault.document_names(QUALIFICATIONS))
        if not wanted:
            raise Usage(
                "the wallet keeps no qualification",
                next_step="credwallet qualification add FILE, or --qualification FILE",
            )
    return [load(kept_text(vault, name), name) for name in wanted]

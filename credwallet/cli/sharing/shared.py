"""What was handed over, when, how and to whom: the log that the wallet keeps sealed.

One small document a handover, named by its moment and its place among those of it. It
holds no claims: which credential it was, where it went, and for a part of one the
places (JSON Pointers) of what left.
"""

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError
from credwallet.share.disclosure import everything

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.model.credential import Credential
    from credwallet.share import Disclosure
    from credwallet.store import Entry, Vault

SHARED = "shared"
WHOEVER = "whoever has it"
# A badge with ten thousand members makes no log of ten thousand lines.
MOST_PLACES = 500


class Part(NamedTuple):
    """One credential of a handover; `places` is None if all of it left.

    `sha256` is of its bytes, in hexadecimal.
    """

    handle: str
    name: str
    id: str
    sha256: str
    places: tuple[str, ...] | None


class Line(NamedTuple):
    """One handover.

    `at` is RFC 3339, `way` as in `--as`, `to` who got it, `where` the files and public
    addresses that came of it, or `stdout`.
    """

    at: str
    way: str
    to: str
    where: tuple[str, ...]
    parts: tuple[Part, ...]


def part_of(
    entry: "Entry", credential: "Credential", listed: "Sequence[Disclosure]"
) -> Part:
    """Say which credential left, and whether all of it did.

    Args:
        entry: Its row.
        credential: As it is kept.
        listed: What left.

    """
    # An address that was added stands nowhere in it: its path is empty.
    places = tuple(item.path for item in listed if item.path)
    left = {(item.part, item.path) for item in listed}
    whole = all((item.part, item.path) in left for item in everything(credential))
    return Part(
        handle=entry.handle,
        name=entry.summary.name,
        id=entry.summary.id,
        sha256=hashlib.sha256(credential.raw).hexdigest(),
        places=None if whole else places[:MOST_PLACES],
    )


def keep(session: "Session", line: Line) -> bool:
    """Keep a line; what went out already is not undone if that fails.

    Args:
        session: Of the run.
        line: What happened.

    Returns:
        Whether it was kept.

    """
    data = json.dumps(to_json(line)).encode()
    try:
        vault = session.vault()
        vault.put_document(SHARED, _name(vault, line, data), data)
    except CredwalletError as error:
        session.console.note(f"it went out, but the log was not written: {error.what}")
        session.console.hint("free some space; share log does not know of this one")
        return False
    return True


def _name(vault: "Vault", line: Line, data: bytes) -> str:
    """Name a line so that names sort in the order in which things went out."""
    same = [n for n in vault.document_names(SHARED) if n.startswith(f"{line.at} ")]
    # Two wallets may be put together: the digest tells their lines apart.
    return f"{line.at} {len(same):04} {hashlib.sha256(data).hexdigest()[:8]}"


def lines(vault: "Vault") -> dict[str, Line]:
    """Read the log, oldest first, by the names of its documents.

    Args:
        vault: The open wallet.

    """
    kept = vault.documents(SHARED)
    return {name: line_of(kept[name]) for name in sorted(kept)}


def line_of(data: bytes) -> Line:
    """Read one line as it is kept.

    Args:
        data: JSON as `keep` makes it.

    Raises:
        CredwalletError: If it is no JSON.
        KeyError, TypeError: If it says something else.

    """
    said = strict_json.loads(data)
    return Line(
        at=str(said["at"]),
        way=str(said["as"]),
        to=str(said["to"]),
        where=tuple(map(str, said["where"])),
        parts=tuple(
            Part(
                handle=str(part["handle"]),
                name=str(part["name"] or ""),
                id=str(part["id"] or ""),
                sha256=str(part["sha256"]),
                places=None if part["whole"] else tuple(map(str, part["discloses"])),
            )
            for part in said["credentials"]
        ),
    )


def to_json(line: Line) -> dict[str, Any]:
    """Spell a line, for keeping and for `--json`.

    Args:
        line: One handover.

    """
    return {
        "at": line.at,
        "as": line.way,
        "to": line.to,
        "where": list(line.where),
        "credentials": [
            {
                "handle": part.handle,
                "name": part.name or None,
                "id": part.id or None,
                "sha256": part.sha256,
                "whole": part.places is None,
                "discloses": list(part.places or ()),
            }
            for part in line.parts
        ],
    }

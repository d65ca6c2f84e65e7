"""What is otherwise than at the check before? The baseline that the wallet keeps.

One small document, sealed with the rest: of every credential what the last check said
about it. It moves only when a check has come to its end, so that a run which was
stopped leaves what it would have told for the next one. It names credentials by keys
of this wallet, so it stays here and no export takes it along.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.cli.checking.seen import Seen
from credwallet.errors import CredwalletError

if TYPE_CHECKING:
    from credwallet.store import Vault

CHECKS = "checks"
LAST = "last"
_FORMAT = "credwallet-checks/1"
# Enough to tell two copies apart, and names enough to recognise what is gone.
_DIGITS = 32
_LETTERS = 200


class Snapshot(NamedTuple):
    """What a check said of one credential; moments are RFC 3339.

    `since` is when this verdict, `issuer_since` when this word about the issuer was
    first seen.
    """

    handle: str
    name: str
    verdict: str
    issuer: str
    issuer_known: bool
    until: str
    digest: str
    at: str
    since: str
    issuer_since: str


class Baseline(NamedTuple):
    """The last check: when all of the wallet was checked, and what it said of each.

    `at` is `""` if the whole wallet was never checked.
    """

    at: str = ""
    snapshots: Mapping[str, Snapshot] = {}


class Difference(NamedTuple):
    """One thing that is otherwise than before.

    `change` is `new`, `gone`, `verdict`, `issuer`, `expiry` or `content`; `before` and
    `now` are its values, `""` for none.
    """

    handle: str
    name: str
    change: str
    before: str
    now: str


def read_baseline(vault: "Vault") -> Baseline | None:
    """Read the last check out of the wallet; None if what is there cannot be read."""
    data = vault.document(CHECKS, LAST)
    if data is None:
        return Baseline()
    try:
        said = strict_json.loads(data)
        if said["format"] != _FORMAT:
            return None
        snapshots = {
            key: Snapshot(*values) for key, values in said["credentials"].items()
        }
        return Baseline(str(said["at"]), snapshots)
    except (CredwalletError, ValueError, KeyError, TypeError, AttributeError):
        return None


def put_baseline(vault: "Vault", baseline: Baseline) -> None:
    """Keep a check as the last one.

    Args:
        vault: The open wallet.
        baseline: What was found; it takes the place of the one before.

    """
    said = {
        "format": _FORMAT,
        "at": baseline.at,
        "credentials": baseline.snapshots,
    }
    data = json.dumps(said, separators=(",", ":")).encode()
    vault.put_document(CHECKS, LAST, data)


def moved(
    before: Baseline, snapshots: Mapping[str, Snapshot], *, everything: bool, at: str
) -> Baseline:
    """Return the baseline after a check.

    Args:
        before: The one until now.
        snapshots: What this check said, by key.
        everything: Whether it was about the whole wallet.
        at: When it was (RFC 3339).

    """
    if everything:
        return Baseline(at, snapshots)
    return before._replace(snapshots={**before.snapshots, **snapshots})


def snapshot_of(seen: Seen, before: Snapshot | None, at: str) -> Snapshot:
    """Write down what a check says of one credential.

    Args:
        seen: What it found.
        before: What the check before said.
        at: When this one was (RFC 3339).

    """
    summary = seen.summary
    same_verdict = before is not None and before.verdict == summary.verdict
    first = seen.known_since if before is None else at
    same_issuer = before is not None and _issuer(before) == (
        summary.issuer_id,
        seen.issuer_known,
    )
    return Snapshot(
        handle=seen.handle,
        name=seen.name[:_LETTERS],
        verdict=summary.verdict,
        issuer=summary.issuer_id,
        issuer_known=seen.issuer_known,
        until=summary.valid_until,
        digest=summary.sha256[:_DIGITS],
        at=at,
        since=before.since if before and same_verdict else first,
        issuer_since=before.issuer_since if before and same_issuer else at,
    )


def differences(before: Snapshot | None, now: Snapshot) -> tuple[Difference, ...]:
    """Compare what two checks said of one credential; nothing if there was none.

    Args:
        before: What the last check found, None if it did not know the credential.
        now: What this one found, of the same credential.

    Returns:
        One difference a thing, in a fixed order: verdict, issuer, expiry, content.

    """
    if before is None:
        return ()
    pairs = {
        "verdict": (before.verdict, now.verdict),
        "issuer": _issuer_words(before, now),
        "expiry": (before.until, now.until),
        "content": (before.digest, now.digest),
    }
    return tuple(
        Difference(now.handle, now.name, change, old, new)
        for change, (old, new) in pairs.items()
        if old != new
    )


def come_and_gone(
    before: Baseline, now: Mapping[str, Snapshot], *, everything: bool
) -> tuple[Difference, ...]:
    """Say what came into the wallet and what left it since the last whole check.

    Args:
        before: The last check.
        now: What this check said, by key.
        everything: Whether it was about the whole wallet; else nothing is gone.

    """
    if not before.at:
        return ()
    new = [
        Difference(each.handle, each.name, "new", "", each.verdict)
        for key, each in now.items()
        if key not in before.snapshots
    ]
    gone = [
        Difference(each.handle, each.name, "gone", each.verdict, "")
        for key, each in before.snapshots.items()
        if everything and key not in now
    ]
    return (*new, *gone)


def differences_words(found: Sequence[Difference]) -> str:
    """Say in words what is otherwise."""
    return "; ".join(_words(found))


def difference_json(difference: Difference) -> dict[str, Any]:
    """Spell one difference."""
    return {
        "handle": difference.handle,
        "name": difference.name or None,
        "change": difference.change,
        "from": difference.before or None,
        "to": difference.now or None,
    }


def _words(found: Iterable[Difference]) -> Iterable[str]:
    for each in found:
        if each.change == "content":
            yield "it is another copy"
        elif each.change in ("new", "gone"):
            yield f"{each.change}, {each.now or each.before}"
        else:
            yield f"{each.change} {each.before or 'none'} -> {each.now or 'none'}"


def _issuer(snapshot: Snapshot) -> tuple[str, bool]:
    return (snapshot.issuer, snapshot.issuer_known)


def _issuer_words(before: Snapshot, now: Snapshot) -> tuple[str, str]:
    if before.issuer != now.issuer:
        return before.issuer, now.issuer
    return _known(before), _known(now)


def _known(snapshot: Snapshot) -> str:
    return "known" if snapshot.issuer_known else "unknown"

"""Which credential does the learner mean?"""

from credwallet.errors import NotFound
from credwallet.store.handles import rid_range
from credwallet.store.record import Entry
from credwallet.store.schema import blob
from credwallet.store.view import View

_CANDIDATES = 5
# Of two texts: below this nobody would take one for the other.
_ALIKE = 0.65
_LONGEST = 80


def find(view: View, text: str) -> Entry:
    """Find one credential by the start of its handle, its identifier or its name.

    A handle is looked at first: what a badge calls itself can never hide another one.

    Args:
        view: The wallet now.
        text: At least 4 characters of the handle, in either case; or the whole
            identifier of the credential; or its whole name, in either case.

    Raises:
        NotFound: If nothing or more than one thing goes by that.

    """
    text = text.strip()
    by_handle = _by_handle(view, text)
    if len(by_handle) == 1:
        return view.entry(by_handle[0])
    entries = view.entries()
    started = _started(entries, text)
    name = text.casefold()
    named = (
        tuple(entry for entry in entries if text and entry.summary.id == text)
        or started
        or tuple(e for e in entries if name and e.summary.name.casefold() == name)
    )
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(
            f"more than one credential goes by {text!r}: {_listed(named)}",
            next_step="say which one by its handle, the short word in front",
            type="ambiguous",
        )
    near = _near(entries, name)
    hint = f"did you mean {_listed(near)}?" if near else "see: credwallet list"
    raise NotFound(f"no credential goes by {text!r}", next_step=hint)


def _near(entries: tuple[Entry, ...], name: str) -> tuple[Entry, ...]:
    """Find what may have been meant: names that it is a part of, else what is alike."""
    if not name:
        return ()
    within = tuple(e for e in entries if name in e.summary.name.casefold())
    if within:
        return within
    from difflib import get_close_matches  # noqa: PLC0415 -- lazily: after a mistake

    said: dict[str, list[Entry]] = {}
    for entry in entries:
        for word in (entry.handle, entry.summary.name.casefold()[:_LONGEST]):
            said.setdefault(word, []).append(entry)
    found = get_close_matches(name[:_LONGEST], said, cutoff=_ALIKE)
    return tuple({e.rid: e for word in found for e in said[word]}.values())


def _started(entries: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    # Not what the database found: an index of its that was damaged may hide a row.
    ids = rid_range(text)
    if ids is None:
        return ()
    return tuple(entry for entry in entries if ids[0] <= entry.rid <= ids[1])


def _by_handle(view: View, text: str) -> list[bytes]:
    rids = rid_range(text)
    if rids is None:
        return []
    rows = view.connection.execute(
        "SELECT rid FROM rec WHERE rid BETWEEN ? AND ? LIMIT 100", rids
    )
    return [blob(rid) for (rid,) in rows]


def _listed(entries: tuple[Entry, ...]) -> str:
    listed = "; ".join(
        f"{entry.handle} {entry.summary.name}" for entry in entries[:_CANDIDATES]
    )
    more = len(entries) - _CANDIDATES
    return f"{listed}; and {more} more" if more > 0 else listed

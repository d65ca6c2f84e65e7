"""What of an export of ours does an import take over, besides the credentials?

Tags, notes and dates come with each credential. What decides about trust (known
issuers, registries, contexts, documents that were fetched) is taken only if the learner
says that the export is their own: anybody can write such a file.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.cli.adding_up.inputs import QUALIFICATIONS
from credwallet.cli.adding_up.offer_inputs import OFFERS
from credwallet.cli.checking.changes import CHECKS
from credwallet.cli.creation import make_wallet
from credwallet.cli.holder_keys import KEYS, can_be_name, key_of
from credwallet.cli.importing.wallet_sources import kind_of_file
from credwallet.cli.keeping import FETCHED, readable
from credwallet.cli.kept import (
    CONTEXTS,
    GOALS,
    IDENTITIES,
    ISSUERS,
    REGISTRIES,
    goal_of,
)
from credwallet.cli.kept_overrides import OVERRIDES
from credwallet.cli.listing.kept_collections import COLLECTIONS, collection_of
from credwallet.cli.listing.kept_filters import FILTERS, filter_of
from credwallet.cli.sharing.shared import SHARED, line_of
from credwallet.cli.tagging import can_be_tag
from credwallet.errors import CredwalletError, Usage
from credwallet.formats.wallets import PROFILE, Document, Mine, credwallet_tar
from credwallet.model.moment import moment_of
from credwallet.model.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.importing.work import Request
    from credwallet.cli.session import Session
    from credwallet.store import Vault

KINDS = {
    ISSUERS: "known issuers",
    REGISTRIES: "registries",
    IDENTITIES: "names of yours",
    KEYS: "keys of yours",
    CONTEXTS: "contexts",
    QUALIFICATIONS: "qualifications",
    OVERRIDES: "exceptions",
    GOALS: "goals",
    OFFERS: "offers",
    FETCHED: "fetched documents",
    PROFILE: "profiles of other wallets",
    SHARED: "lines of the share log",
    COLLECTIONS: "collections",
    FILTERS: "saved filters",
}
"""Every kind of small document that an export takes along, in words."""

STAYS = {CHECKS: "names credentials by keys that no other wallet has"}
"""Every kind that an export leaves out, and why."""

MOST_PROFILES = 100
_LONGEST_NOTE = 2000


def with_mine(summary: Summary, mine: Mine | None) -> Summary:
    """Put the learner's own words on a row.

    Args:
        summary: Of the credential as it was found now.
        mine: What the export says, if it is one of ours.

    """
    if mine is None:
        return summary
    tags = [*summary.tags, *filter(can_be_tag, mine.tags)]
    return summary._replace(
        tags=tuple(dict.fromkeys(tags)),
        note=mine.note[:_LONGEST_NOTE],
        trashed_at=mine.trashed_at,
    )


class Restoring(NamedTuple):
    """Whether exports are the learner's own, and what was left out of them, in words.

    `left_out` is `""` if nothing was, or nobody asked for it to be stored.
    """

    own: bool
    left_out: str = ""


def restore_documents(session: "Session", request: "Request") -> Restoring:
    """Take over the small documents of exports, if the learner agrees.

    Args:
        session: Of the import.
        request: What to import, and whether `--restore` was given.

    Returns:
        Whether they are the learner's own, and what was not taken over.

    Raises:
        Usage: If `--restore` is asked for what is no export of ours.

    """
    exports = [
        name for name in request.sources if kind_of_file(Path(name)) is credwallet_tar
    ]
    if not exports:
        if request.restore:
            raise Usage(
                "--restore is for an export of your wallet",
                next_step="one is made by: credwallet export --all --format credwallet",
            )
        return Restoring(own=False)
    found = [item for name in exports for item in _documents(Path(name))]
    what = _counted(Counter(KINDS.get(one.kind, "other things") for one in found))
    if request.dry_run:
        return Restoring(own=False)
    if not _is_own(session, request, what):
        return Restoring(own=False, left_out=what)
    if found:
        if not session.has_wallet():
            make_wallet(session)
        _put(session, session.vault(), found)
    return Restoring(own=True)


def _documents(path: Path) -> Iterator[Document]:
    """Read the documents of an export: they stand before the credentials."""
    try:
        with path.open("rb") as stream:
            for item in credwallet_tar.items(stream):
                if not isinstance(item, Document):
                    return
                yield item
    except (OSError, CredwalletError):
        return  # said when its credentials are read


def _is_own(session: "Session", request: "Request", what: str) -> bool:
    if request.restore and request.atomic:
        raise Usage("--restore cannot be --atomic", next_step="give one of them")
    if request.restore:
        return True
    if not what:
        return False
    try:
        return not request.atomic and session.confirm(
            f"The export also holds {what}. Whoever wrote it decides by them whom you "
            "trust. Is it your own, and are they to be taken over?",
            flag="--restore",
        )
    except Usage:
        return False


def _put(session: "Session", vault: "Vault", found: "Sequence[Document]") -> None:
    taken: Counter[str] = Counter()
    for kind, called in KINDS.items():
        held = vault.documents(kind)
        new = {}
        for document in found:
            if document.kind != kind or held.get(document.name) == document.data:
                continue
            if document.name in held and kind == FETCHED:
                continue  # what was fetched last is here
            if document.name in held:
                session.console.note(f"kept as it is here: {kind} {document.name}")
            elif _is_sound(document):
                new[document.name] = document.data
            else:
                session.console.note(f"cannot be read: {kind} {document.name}")
        if new:
            vault.put_documents(kind, new)
            taken[called] += len(new)
    if taken:
        session.console.note(f"took over {_counted(taken)}")


def _counted(things: "Counter[str]") -> str:
    return ", ".join(f"{called} ({count})" for called, count in things.items())


def _is_sound(document: Document) -> bool:
    """Try to read a document as the wallet will: what it cannot read stays out."""
    try:
        return _READERS[document.kind](document) is not False
    except (CredwalletError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _read_issuer(document: Document) -> Any:
    from credwallet.trust import from_json  # noqa: PLC0415 -- lazily: rare

    return from_json(strict_json.loads(document.data))


def _read_registry(document: Document) -> Any:
    from credwallet.trust.registries import from_parts  # noqa: PLC0415 -- lazily: rare

    head, _, rest = document.data.partition(b"\n")
    return from_parts(document.name, strict_json.loads(head), rest)


def _read_context(document: Document) -> Any:
    from credwallet.canon.contexts import Contexts  # noqa: PLC0415 -- lazily: rare

    contexts = Contexts.bundled()
    if contexts.knows(document.name):
        return False  # a bundled one cannot be replaced
    if not isinstance(strict_json.loads(document.data), dict):
        return False
    return contexts.with_supplied({document.name: document.data})


def _read_qualification(document: Document) -> Any:
    from credwallet.stacking import load  # noqa: PLC0415 -- lazily: tomllib

    return load(document.data.decode("utf-8"), document.name)


def _read_override(document: Document) -> Any:
    from credwallet.stacking.files.override_rules import (  # noqa: PLC0415 -- lazily: tomllib
        load_override,
    )

    return load_override(document.data.decode("utf-8"), document.name)


def _read_goal(document: Document) -> Any:
    return goal_of(document.name, document.data)


def _read_offer(document: Document) -> Any:
    from credwallet.stacking.offers import read_offers  # noqa: PLC0415 -- lazily: TOML

    (offer,) = read_offers(document.data, document.name)
    return offer.id == document.name


def _read_shared(document: Document) -> Any:
    line = line_of(document.data)
    return document.name.startswith(f"{line.at} ") and moment_of(line.at) is not None


def _read_collection(document: Document) -> Any:
    return collection_of(document.name, document.data) is not None


def _read_filter(document: Document) -> Any:
    return filter_of(document.name, document.data)


def _is_identity(document: Document) -> bool:
    name = document.name
    return not document.data and bool(name.strip()) and name.isprintable()


def _read_key(document: Document) -> Any:
    return can_be_name(document.name) and key_of(document.name, document.data)


def _is_fetched(document: Document) -> bool:
    return readable(document.data)


def _is_profile(document: Document) -> bool:
    value = strict_json.loads(document.data)
    wallet, contents = value["wallet"], value["contents"]
    return (
        isinstance(wallet, dict)
        and isinstance(contents, list)
        and all(isinstance(name, str) for name in value["credentials"])
    )


_READERS: dict[str, Callable[[Document], Any]] = {
    ISSUERS: _read_issuer,
    REGISTRIES: _read_registry,
    IDENTITIES: _is_identity,
    KEYS: _read_key,
    CONTEXTS: _read_context,
    QUALIFICATIONS: _read_qualification,
    OVERRIDES: _read_override,
    GOALS: _read_goal,
    OFFERS: _read_offer,
    FETCHED: _is_fetched,
    PROFILE: _is_profile,
    SHARED: _read_shared,
    COLLECTIONS: _read_collection,
    FILTERS: _read_filter,
}

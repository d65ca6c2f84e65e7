"""What a whole wallet is when it leaves, and what a form of it cannot carry."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from credwallet.formats.wallets import MOST, PROFILE, Document
from credwallet.model.credential import Credential
from credwallet.model.summary import Summary

BEYOND = (
    f"import reads no more than {MOST:,} credentials or 64 MiB of it: --format "
    "credwallet has no such limit"
)
"""What to say where a file is larger than what is read back."""


class Leaving(NamedTuple):
    """A credential on its way out, with all that the wallet knows of it."""

    handle: str
    credential: Credential
    summary: Summary
    report: Mapping[str, Any]
    received_at: str
    source: str


class Outgoing(NamedTuple):
    """What goes out.

    `credentials` can be gone through once: one at a time is in memory. `at` are seconds
    since 1970, for the times of files. `documents` are the small ones.
    """

    credentials: Iterable[Leaving]
    documents: tuple[Document, ...]
    at: int


class LeftOut(NamedTuple):
    """What does not go out, or only comes back to us: `handle` is `""` for the rest."""

    handle: str
    what: str


Piece = bytes | LeftOut


class WalletWriter(Protocol):
    """A form of a whole wallet; a module is one.

    `SUMMARY` follows the name in a list, `EXTENSION` has its dot.
    """

    NAME: str
    SUMMARY: str
    EXTENSION: str
    MEDIA_TYPE: str

    def pieces(self, wallet: Outgoing, /) -> Iterator[Piece]:
        """Write the file piece by piece, and say what is not in it."""
        ...


def own_words(leaving: Leaving) -> Iterator[LeftOut]:
    """Say what a form without place for them leaves out: tags, note, trash."""
    summary = leaving.summary
    lost = [
        word
        for word, given in (
            ("its tags", summary.tags),
            ("its note", summary.note),
            ("that it is in the trash", summary.trashed_at),
        )
        if given
    ]
    if lost:
        yield LeftOut(leaving.handle, " and ".join(lost))


_CALLED = {
    "issuer": "known issuers",
    "identity": "names of yours",
    "key": "keys of yours",
    "registry": "registries",
    "context": "contexts",
    "qualification": "qualifications",
    "fetched": "documents that were fetched",
    PROFILE: "profiles of other wallets",
}


def the_rest(documents: Iterable[Document]) -> Iterator[LeftOut]:
    """Say which small documents a form leaves out."""
    counts = Counter(document.kind for document in documents)
    if counts:
        named = (f"{_CALLED.get(kind, kind)} ({n})" for kind, n in counts.items())
        yield LeftOut("", ", ".join(named))
    yield LeftOut("", "the reports of what was checked, and when each was received")


def summary_json(summary: Summary) -> dict[str, Any]:
    """Write a row of the wallet in JSON names."""
    return {
        re.sub(r"_(.)", lambda match: match[1].upper(), name): value
        for name, value in zip(Summary._fields, summary, strict=True)
    }

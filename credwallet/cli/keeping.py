"""Documents from the network that the wallet keeps, for when they cannot be had.

DID documents, status lists and profiles of issuers, with the moment when they were
fetched. Nothing is kept unless the wallet is open anyway. What the learner imports from
an address is a credential, not such a document, and is left out. Anything may come from
an address: what turned out to be good for nothing takes no place of an earlier answer.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.errors import CredwalletError
from credwallet.fetch import KeptDocument
from credwallet.model.moment import SKEW, moment_of, moment_of_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from credwallet.store import Vault

FETCHED = "fetched"
MOST = 200


class WalletDocuments:
    """The `Keeping` of one run: reads from the wallet, writes to it once, at the end.

    Args:
        opened: Returns the wallet if it is open.

    """

    def __init__(self, opened: "Callable[[], Vault | None]") -> None:
        self._opened = opened
        self._new: dict[str, KeptDocument] = {}
        self._left_out: set[str] = set()
        self._sound: set[str] = set()
        self._doubtful: set[str] = set()
        self._stopped = False

    def leave_out(self, url: str) -> None:
        """Neither keep nor serve what is at an address: it is an input itself."""
        self._left_out.add(url.partition("#")[0])

    def stop(self) -> None:
        """Write nothing at the end of this run."""
        self._stopped = True

    def weigh(self, urls: "Iterable[str]", *, could_tell: bool) -> None:
        """Take note of what documents of this run were good for.

        Args:
            urls: Addresses that one report rests on, without fragments.
            could_tell: Whether it could answer. What one report could rely upon is
                kept; what none could takes no place of what is kept already.

        """
        (self._sound if could_tell else self._doubtful).update(urls)

    def get(self, url: str, /) -> KeptDocument | None:
        """Return what is kept of an address; None if nothing is."""
        if url in self._left_out:
            return None
        if url in self._new:
            return self._new[url]
        vault = self._opened()
        data = vault.document(FETCHED, url) if vault is not None else None
        return _read(data) if data is not None else None

    def put(self, url: str, document: KeptDocument, /) -> None:
        """Keep a document, in place of an earlier one of the same address.

        Args:
            url: The address that was asked for, without a fragment.
            document: The answer; it reaches the wallet only with all others, later.

        """
        if url not in self._left_out:
            self._new.pop(url, None)
            self._new[url] = document
            while len(self._new) > MOST:
                del self._new[next(iter(self._new))]

    def write(self) -> None:
        """Put what is new into the wallet, and take out the oldest beyond a number."""
        vault = self._opened()
        if vault is None or self._stopped or not self._new:
            return
        doubtful = self._doubtful - self._sound
        new = {
            url: _written(kept)
            for url, kept in self._new.items()
            if url not in doubtful or vault.document(FETCHED, url) is None
        }
        self._new.clear()
        if not new:
            return
        vault.put_documents(FETCHED, new)
        if len(vault.document_names(FETCHED)) > MOST:
            _thin_out(vault)


def readable(data: bytes) -> bool:
    """Say whether bytes are a document as they are kept here."""
    return _read(data) is not None


def _thin_out(vault: "Vault") -> None:
    found = vault.documents(FETCHED)
    # The moment stands first, always spelled in the same way.
    for url in sorted(found, key=lambda name: found[name][:32])[:-MOST]:
        vault.remove_document(FETCHED, url)


def _written(kept: KeptDocument) -> bytes:
    head = f"{kept.fetched_at.isoformat(timespec='seconds')}\t{kept.media_type}\n"
    return head.encode("utf-8", "replace") + kept.body


def _read(data: bytes) -> KeptDocument | None:
    head, _, body = data.partition(b"\n")
    moment, _, media_type = head.decode("utf-8", "replace").partition("\t")
    fetched_at = moment_of(moment)
    return KeptDocument(body, media_type, fetched_at) if fetched_at else None


class _State(NamedTuple):
    """Of what a document says that it is a state, and since when."""

    of: str
    since: datetime


def is_older(at: datetime, new: bytes, kept: bytes) -> bool:
    """Tell whether a document is an earlier state of the same thing than another.

    Args:
        at: The time now: what claims to be from the future proves nothing.
        new: A document.
        kept: Another one.

    """
    if new == kept:
        return False
    one, other = _state(new), _state(kept)
    if one is None or other is None or one.of != other.of:
        return False
    return one.since < other.since and other.since - at <= SKEW


def _state(data: bytes) -> _State | None:
    from credwallet import formats  # noqa: PLC0415 -- lazily: only where one is kept
    from credwallet.model.credential import Credential  # noqa: PLC0415 -- as above

    try:
        held = formats.read(data)
    except CredwalletError:
        return _state_of_token(data)
    if not isinstance(held, Credential):
        return None
    since = moment_of(held.valid_from)
    return _State(f"{held.issuer.id} {held.id}", since) if since else None


def _state_of_token(data: bytes) -> _State | None:
    """Read a token that is no credential, such as a Token Status List."""
    from credwallet.canon import strict_json  # noqa: PLC0415 -- lazily, as above
    from credwallet.formats import vc_jwt  # noqa: PLC0415 -- lazily, as above

    try:
        claims: Any = strict_json.loads(vc_jwt.take_apart(data).payload)
    except CredwalletError:
        return None
    issued_at = claims.get("iat") if isinstance(claims, dict) else None
    if isinstance(issued_at, bool) or not isinstance(issued_at, int):
        return None
    since = moment_of_seconds(issued_at)
    return _State(f"{claims.get('iss')} {claims.get('sub')}", since) if since else None

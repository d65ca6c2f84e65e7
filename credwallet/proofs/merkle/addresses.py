"""Which blockchain addresses does an issuer say are its own, and since when?

Blockcerts issuer profiles list them as `publicKey` (2.0 and 3.x), `publicKeys`
(2.0-alpha) or `issuerKeys` (1.2). An anchor is the issuer's if the transaction was paid
for by such an address at a time when it was listed.
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Undetermined, Unreadable
from credwallet.fetch import Fetch
from credwallet.keys import did_web
from credwallet.keys.identifiers import parse_did_url
from credwallet.keys.wording import shown
from credwallet.proofs.merkle.transactions import Transaction

_SCHEME = "ecdsa-koblitz-pubkey:"
_MAX_LISTED = 1000


class Listed(NamedTuple):
    """One address of an issuer, with the dates as written, `""` if there is none."""

    address: str
    created: str
    revoked: str
    expires: str


class IssuerAddresses(NamedTuple):
    """The addresses of one issuer; `origin` says where the profile came from."""

    listed: tuple[Listed, ...]
    origin: str


def of_issuer(issuer: str, *, fetch: Fetch) -> IssuerAddresses:
    """Read the addresses in the profile of an issuer.

    Args:
        issuer: The issuer's identifier: the address of its profile, or a DID whose
            document names a profile as a service of type `IssuerProfile`.
        fetch: Who answers for it.

    Returns:
        The addresses; there may be none.

    Raises:
        Undetermined: No profile can be had, or it is somebody else's.

    """
    url = _profile_of(issuer, fetch) if issuer.startswith("did:") else issuer
    if not url.startswith(("https://", "http://")):
        raise _unclear(issuer, "it is no address")
    profile, origin = _document(url, url, fetch)
    found = [
        entry
        for name in ("publicKey", "publicKeys", "issuerKeys")
        for item in _many(profile.get(name))
        if (entry := _listed(item)) is not None
    ]
    return IssuerAddresses(tuple(found[:_MAX_LISTED]), origin)


def _profile_of(did: str, fetch: Fetch) -> str:
    """Find the profile that a DID document names."""
    try:
        parsed = parse_did_url(did)
        where = did_web.address(parsed) if parsed.method == did_web.NAME else did
    except Invalid as error:
        raise _unclear(did, error.what) from None
    document, _ = _document(where, did, fetch)
    for service in _many(document.get("service")):
        if isinstance(service, dict) and service.get("type") == "IssuerProfile":
            endpoint = service.get("serviceEndpoint")
            if isinstance(endpoint, str):
                return endpoint
    raise _unclear(did, "its document names no profile")


def _document(url: str, identifier: str, fetch: Fetch) -> tuple[dict[str, Any], str]:
    answer = fetch(url)
    try:
        value = strict_json.loads(answer.body)
    except Unreadable as error:
        raise _unclear(identifier, error.what) from None
    if not isinstance(value, dict):
        raise _unclear(identifier, "it is no object")
    if value.get("id") != identifier:
        raise _unclear(identifier, f"it is of {shown(value.get('id'))}")
    return value, answer.told


def check_sender(transaction: Transaction, own: IssuerAddresses) -> str:
    """Tell whether a transaction was sent from an issuer's addresses, in their time.

    Args:
        transaction: As an explorer tells it.
        own: The issuer's addresses.

    Returns:
        The sender's address if it is the issuer's, `""` if it is not.

    Raises:
        Invalid: It is listed, but not for that time.
        Undetermined: The sender or the time is not known.

    """
    if not transaction.senders:
        raise Undetermined(
            f"{transaction.source} does not tell who sent the transaction",
            type="unknown-sender",
            next_step="hand over another explorer's answer",
        )
    by_address = {_alike(entry.address): entry for entry in own.listed}
    entries = [by_address.get(_alike(sender)) for sender in transaction.senders]
    if None in entries:
        # Somebody else's money in it means that somebody else had a say in it.
        return ""
    for entry in entries:
        if entry is not None:
            _check_time(entry, transaction.moment)
    return transaction.senders[0]


def _check_time(entry: Listed, moment: datetime | None) -> None:
    for text, is_start in (
        (entry.created, True),
        (entry.revoked, False),
        (entry.expires, False),
    ):
        if not text:
            continue
        bound = _date(text)
        if bound is None or moment is None:
            raise Undetermined(
                f"whether {shown(entry.address)} was the issuer's at the time of the"
                " transaction cannot be told",
                type="unknown-time",
                next_step="ask the issuer for a current copy",
            )
        if (moment < bound) if is_start else (moment >= bound):
            word = "before" if is_start else "after"
            raise Invalid(
                f"the transaction is from {moment.date()}, {word} the time in which"
                f" {shown(entry.address)} was the issuer's",
                type="stale-key",
                next_step="ask the issuer for a fresh copy",
            )


def _date(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _listed(item: Any) -> Listed | None:
    if not isinstance(item, dict):
        return None
    name = item.get("id", item.get("publicKey", item.get("key")))
    if not isinstance(name, str):
        return None
    address = name.removeprefix(_SCHEME)
    texts = [
        item.get("created", item.get("date", "")),
        item.get("revoked", ""),
        item.get("expires", ""),
    ]
    # A date of another shape is a date that cannot be read, not no date.
    created, revoked, expires = (
        text if isinstance(text, str) else "unreadable" for text in texts
    )
    return Listed(address, created, revoked, expires)


def _alike(address: str) -> str:
    # The case of letters in an Ethereum address is a checksum, in Bitcoin it counts.
    text = address.lower()
    if text.startswith("0x"):
        return text
    is_bare = len(text) == 40 and all(letter in "0123456789abcdef" for letter in text)
    return f"0x{text}" if is_bare else address


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _unclear(issuer: str, why: str) -> Undetermined:
    return Undetermined(
        f"the profile of {shown(issuer)} does not tell its addresses: {why}",
        type="no-issuer-profile",
        next_step="ask the issuer which addresses it issues from",
    )

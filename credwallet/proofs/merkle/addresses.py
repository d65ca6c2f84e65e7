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
    """The addresses of one issuer; `origin` is `fetched`, `cached` or `supplied`."""

    listed: tuple[Listed, ...]
    origin: str


def of_issuer(issuer: str, *, fetch: Fetch) -> IssuerAddresses:
    """Read the addresses in the profile of an issuer.

    Args:
        issuer: The issuer's identifier, which is the address of its profile.
        fetch: Who answers for it.

    Returns:
        The addresses; there may be none.

    Raises:
        Undetermined: No profile can be had, or it is somebody else's.

    """
    if not issuer.startswith(("https://", "http://")):
        raise Undetermined(
            f"{shown(issuer)} has no profile with blockchain addresses",
            type="no-issuer-profile",
            next_step="ask the issuer which addresses it issues from",
        )
    answer = fetch(issuer)
    try:
        profile = strict_json.loads(answer.body)
    except Unreadable as error:
        raise _unclear(issuer, error.what) from None
    if not isinstance(profile, dict):
        raise _unclear(issuer, "it is no object")
    if profile.get("id") != issuer:
        raise _unclear(issuer, f"it is of {shown(profile.get('id'))}")
    found = [
        entry
        for name in ("publicKey", "publicKeys", "issuerKeys")
        for item in _many(profile.get(name))
        if (entry := _listed(item)) is not None
    ]
    return IssuerAddresses(tuple(found[:_MAX_LISTED]), answer.origin)


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
        f"the profile at {shown(issuer)} does not tell its addresses: {why}",
        type="no-issuer-profile",
        next_step="ask the issuer which addresses it issues from",
    )

"""Is the root of a receipt really written down in a blockchain, and by whom?

What a receipt and a document say by themselves proves nothing: anybody can make both.
Only the transaction ties them to a moment and to the sender's address.
"""

from typing import NamedTuple

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.model.proof import VerificationMethod
from credwallet.proofs.merkle.addresses import check_sender, of_issuer
from credwallet.proofs.merkle.chains import Anchor
from credwallet.proofs.merkle.receipt import Receipt
from credwallet.proofs.merkle.transactions import Transaction, look_up


class Anchored(NamedTuple):
    """Where a root was found: `note` for people, and the `method` that sent it.

    The method's controller is the issuer if its profile lists the sender's address,
    else the address itself. `doubt` says why that could not be told, or is `""`.
    """

    note: str
    method: VerificationMethod
    doubt: str


def find(receipt: Receipt, issuer: str, *, fetch: Fetch) -> Anchored:
    """Look up the anchors of a receipt; one must hold, and none may be wrong.

    Args:
        receipt: Whose path adds up.
        issuer: The identifier of whom the document names as its issuer.
        fetch: Who answers for explorers and profiles.

    Returns:
        The first anchor that holds.

    Raises:
        Invalid: A transaction carries another value, or was sent in the issuer's name
            at a time when the address was not the issuer's.
        Undetermined: No anchor counts, or none could be looked up.

    """
    found: Anchored | None = None
    failure: Undetermined | None = None
    for anchor in receipt.anchors:
        try:
            transaction = _transaction(anchor, fetch)
            _check_root(receipt, transaction, anchor)
            found = found or _anchored(anchor, transaction, issuer, fetch)
        except Undetermined as error:
            failure = failure or error
    if found is not None:
        return found
    raise failure or Undetermined(
        "the receipt names no anchor", type="not-anchored", next_step=_ASK
    )


def _transaction(anchor: Anchor, fetch: Fetch) -> Transaction:
    chain = anchor.chain
    if chain.kind == "mock":
        raise Undetermined(
            "not issued on a blockchain: for testing only",
            type="not-anchored",
            next_step=_ASK,
        )
    if chain.is_test:
        raise Undetermined(
            f"anchored on {chain.name}: a test chain, which proves nothing",
            type="not-anchored",
            next_step=_ASK,
        )
    if chain.kind not in ("btc", "eth"):
        raise Undetermined(
            f"anchored on {chain.name}",
            type="unknown-chain",
            next_step="verify it with the issuer's own software",
        )
    if not anchor.transaction:
        raise Invalid(
            f"the receipt names no transaction of {chain.name}",
            type="receipt",
            next_step=_ASK,
        )
    return look_up(anchor, fetch=fetch)


def _check_root(receipt: Receipt, transaction: Transaction, anchor: Anchor) -> None:
    if receipt.merkle_root not in transaction.data:
        raise Invalid(
            f"the {anchor.chain.name} transaction does not carry the receipt's Merkle"
            f" root (told by {transaction.source})",
            type="anchor",
            next_step="do not rely on it; ask the issuer for a fresh copy",
        )


def _anchored(
    anchor: Anchor, transaction: Transaction, issuer: str, fetch: Fetch
) -> Anchored:
    day = f" on {transaction.moment.date()}" if transaction.moment else ""
    note = f"anchored on {anchor.chain.name}{day} (told by {transaction.source})"
    sender = transaction.senders[0] if transaction.senders else "an unknown address"
    method = VerificationMethod(
        id=sender[:100],
        type="BlockchainAddress",
        controller=f"the {anchor.chain.name} address {sender[:100]}",
        public_key=None,
        relationships=frozenset({"assertionMethod"}),
        self_asserted=False,
        source="the blockchain",
    )
    try:
        own = of_issuer(issuer, fetch=fetch)
        is_own = check_sender(transaction, own)
    except Undetermined as error:
        doubtful = method._replace(controller=issuer, self_asserted=True)
        return Anchored(note, doubtful, error.what)
    if is_own:
        source = f"its profile lists the sender of the transaction, {own.origin}"
        method = method._replace(controller=issuer, source=source)
    return Anchored(note, method, "")


_ASK = "ask the issuer for a copy that is anchored on Bitcoin or Ethereum"

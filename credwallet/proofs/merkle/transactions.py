"""What does a block explorer say about the transaction of an anchor?

An explorer's answer is fetched, or supplied by the learner under one of its addresses.
Answers of Esplora (blockstream.info), blockchain.info, BlockCypher, Blockscout and the
JSON-RPC of Ethereum (`eth_getTransactionByHash`) are understood, by their members.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Undetermined, Unreadable
from credwallet.fetch import Fetch
from credwallet.proofs.merkle.chains import Anchor

_ETHERSCAN = (
    "https://api.etherscan.io/api?module=proxy"
    "&action=eth_getTransactionByHash&txhash=0x{}"
)
_EXPLORERS = {
    "btc": (
        "https://blockstream.info/api/tx/{}",
        "https://blockchain.info/rawtx/{}",
        "https://api.blockcypher.com/v1/btc/main/txs/{}",
    ),
    "eth": (
        "https://api.blockcypher.com/v1/eth/main/txs/{}",
        "https://eth.blockscout.com/api/v2/transactions/0x{}",
        _ETHERSCAN,
    ),
}
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})*")
# OP_RETURN and a push of 32 bytes.
_OP_RETURN_32 = "6a20"
_MAX_SENDERS = 100


class Transaction(NamedTuple):
    """A confirmed transaction, as an explorer tells it.

    `data` are the 32-byte values written down in it, `senders` the addresses that paid
    for it, `moment` when it was confirmed (None if not told), `source` who said so.
    """

    data: tuple[bytes, ...]
    senders: tuple[str, ...]
    moment: datetime | None
    source: str


class _Told(NamedTuple):
    id: Any
    is_confirmed: bool
    scripts: list[Any]
    senders: list[Any]
    moment: Any


def look_up(anchor: Anchor, *, fetch: Fetch) -> Transaction:
    """Ask the explorers of the anchor's chain, one after the other.

    Args:
        anchor: On Bitcoin or Ethereum, with a transaction.
        fetch: Who answers for an explorer's address.

    Returns:
        The transaction.

    Raises:
        Undetermined: Nobody answers, or the answer is about something else, not
            confirmed yet, or not understood.

    """
    failure: Undetermined | None = None
    for template in _EXPLORERS[anchor.chain.kind]:
        url = template.format(anchor.transaction)
        try:
            return _read(fetch(url).body, anchor, url.split("/")[2])
        except Undetermined as error:
            failure = failure or error
    first = _EXPLORERS[anchor.chain.kind][0].format(anchor.transaction)
    raise Undetermined(
        "receipt and document fit, but the anchor was not looked up:"
        f" {failure.what if failure else ''}"[:300],
        type="anchor-not-checked",
        next_step=f"verify online, or hand over the answer of {first} (--documents)",
    )


def _read(body: bytes, anchor: Anchor, host: str) -> Transaction:
    try:
        answer = strict_json.loads(body)
    except Unreadable as error:
        raise _unclear(host, error.what) from None
    told = _told(answer)
    if told is None:
        raise _unclear(host, "it is no transaction")
    if not isinstance(told.id, str) or _bare(told.id) != anchor.transaction:
        raise _unclear(host, "it is about another transaction")
    if not told.is_confirmed:
        raise _unclear(host, "the transaction is not confirmed yet")
    return Transaction(
        data=tuple(_data(told.scripts, is_bitcoin=anchor.chain.kind == "btc")),
        senders=tuple(
            dict.fromkeys(one for one in told.senders if isinstance(one, str) and one)
        )[:_MAX_SENDERS],
        moment=_moment(told.moment),
        source=host,
    )


def _told(answer: Any) -> _Told | None:
    """Recognise whose answer it is by its members."""
    if not isinstance(answer, dict):
        return None
    if isinstance(answer.get("result"), dict):
        inner = answer["result"]
        return _Told(
            inner.get("hash"),
            inner.get("blockNumber") is not None,
            [inner.get("input")],
            [inner.get("from")],
            None,
        )
    if "vout" in answer:
        status = _object(answer.get("status"))
        return _Told(
            answer.get("txid"),
            status.get("confirmed") is True,
            [one.get("scriptpubkey") for one in _objects(answer["vout"])],
            [
                _object(one.get("prevout")).get("scriptpubkey_address")
                for one in _objects(answer.get("vin"))
            ],
            status.get("block_time"),
        )
    if "raw_input" in answer:
        return _Told(
            answer.get("hash"),
            isinstance(answer.get("block_number", answer.get("block")), int),
            [answer["raw_input"]],
            [_object(answer.get("from")).get("hash")],
            answer.get("timestamp"),
        )
    return _told_by_inputs(answer)


def _told_by_inputs(answer: dict[str, Any]) -> _Told | None:
    if "out" in answer:
        return _Told(
            answer.get("hash"),
            isinstance(answer.get("block_height"), int),
            [one.get("script") for one in _objects(answer["out"])],
            [
                _object(one.get("prev_out")).get("addr")
                for one in _objects(answer.get("inputs"))
            ],
            answer.get("time"),
        )
    if "outputs" in answer:
        addresses = [
            address
            for one in _objects(answer.get("inputs"))
            for address in _list(one.get("addresses"))
        ]
        return _Told(
            answer.get("hash"),
            isinstance(answer.get("confirmed"), str),
            [one.get("script") for one in _objects(answer["outputs"])],
            addresses,
            answer.get("confirmed"),
        )
    return None


def _data(scripts: list[Any], *, is_bitcoin: bool) -> Iterator[bytes]:
    for script in scripts:
        text = script.removeprefix("0x") if isinstance(script, str) else ""
        if is_bitcoin:
            if not text.startswith(_OP_RETURN_32):
                continue
            text = text.removeprefix(_OP_RETURN_32)
        if len(text) == 64 and _HEX.fullmatch(text):
            yield bytes.fromhex(text)


def _moment(value: Any) -> datetime | None:
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _bare(identifier: str) -> str:
    return identifier.removeprefix("0x").lower()


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in _list(value) if isinstance(entry, dict)]


def _unclear(host: str, why: str) -> Undetermined:
    return Undetermined(
        f"the answer of {host} does not tell: {why}",
        type="anchor-not-checked",
        next_step="try again later, or hand over another explorer's answer",
    )

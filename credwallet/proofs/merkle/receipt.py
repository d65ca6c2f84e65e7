"""What does a Merkle receipt state, and does its path add up?

A receipt leads from the hash of one document (`targetHash`) to the root of the tree
that was anchored (`merkleRoot`). MerkleProof2019: base58 of CBOR in `proofValue`, a
list of pairs with the keys below. MerkleProof2017: a JSON object `signature`.
"""

import hashlib
import re
from typing import Any, NamedTuple

from credwallet.errors import Invalid
from credwallet.keys.multibase import decode_base58btc
from credwallet.proofs import cbor
from credwallet.proofs.merkle import chains
from credwallet.proofs.merkle.chains import Anchor, Chain

# A tree with more levels has more leaves than there can be documents.
MAX_STEPS = 64
MAX_ANCHORS = 4

_ROOT, _TARGET, _ANCHORS, _PATH = range(4)
_LEFT, _RIGHT = range(2)
_DIGEST = re.compile(r"[0-9A-Fa-f]{64}")
_HASH_BYTES = 32


class Step(NamedTuple):
    """One level of the tree: the sibling's hash, and whether it stands left."""

    sibling: bytes
    is_left: bool


class Receipt(NamedTuple):
    """The way from one document's hash to an anchored root; hashes of 32 bytes."""

    target_hash: bytes
    merkle_root: bytes
    path: tuple[Step, ...]
    anchors: tuple[Anchor, ...]


def check_path(receipt: Receipt) -> None:
    """Add up the path (SHA-256 over left and right sibling at each level).

    Raises:
        Invalid: It does not end at the Merkle root.

    """
    found = receipt.target_hash
    for step in receipt.path:
        pair = step.sibling + found if step.is_left else found + step.sibling
        found = hashlib.sha256(pair).digest()
    if found != receipt.merkle_root:
        raise Invalid(
            "the receipt's path does not lead to its Merkle root",
            type="receipt",
            next_step="the receipt was changed: ask for a fresh copy",
        )


def from_proof_value(text: str) -> Receipt:
    """Read the `proofValue` of a MerkleProof2019.

    Args:
        text: Multibase base58btc, at most 16,384 characters.

    Returns:
        The receipt, not judged yet.

    Raises:
        Invalid: It is no such value.

    """
    members = _pairs(cbor.decode(decode_base58btc(text)))
    if members.keys() != {_ROOT, _TARGET, _ANCHORS, _PATH}:
        raise _refused("it does not have its four members")
    return Receipt(
        _digest(_embedded(members[_TARGET])),
        _digest(_embedded(members[_ROOT])),
        tuple(map(_step_2019, _listed(members[_PATH], MAX_STEPS, "steps"))),
        tuple(map(_anchor_2019, _listed(members[_ANCHORS], MAX_ANCHORS, "anchors"))),
    )


def from_signature(signature: Any) -> Receipt:
    """Read the `signature` of a Blockcerts 2.0 document (MerkleProof2017).

    Args:
        signature: JSON of any shape.

    Returns:
        The receipt, not judged yet.

    Raises:
        Invalid: It is no such receipt.

    """
    if not isinstance(signature, dict):
        raise _refused("it is no object")
    path = _listed(signature.get("proof", []), MAX_STEPS, "steps")
    anchors = _listed(signature.get("anchors"), MAX_ANCHORS, "anchors")
    return Receipt(
        _digest(signature.get("targetHash")),
        _digest(signature.get("merkleRoot")),
        tuple(map(_step_2017, path)),
        tuple(map(_anchor_2017, anchors)),
    )


def _pairs(value: Any) -> dict[int, Any]:
    """Read a list of pairs, which stands for a map with integer keys."""
    found: dict[int, Any] = {}
    for pair in _listed(value, 8, "members"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise _refused("a member is no pair of a number and a value")
        name = _number(pair[0])
        if name in found:
            raise _refused("a member stands there twice")
        found[name] = pair[1]
    return found


def _step_2019(value: Any) -> Step:
    if not isinstance(value, list) or len(value) != 2:
        raise _refused("a step is no pair")
    if _number(value[0]) not in (_LEFT, _RIGHT):
        raise _refused("a step leads neither left nor right")
    return Step(_digest(_embedded(value[1])), value[0] == _LEFT)


def _step_2017(value: Any) -> Step:
    if not isinstance(value, dict) or len(value) != 1:
        raise _refused("a step does not have one side")
    side, digest = next(iter(value.items()))
    if side not in ("left", "right"):
        raise _refused("a step leads neither left nor right")
    return Step(_digest(digest), side == "left")


def _anchor_2019(value: Any) -> Anchor:
    members = _pairs(value)
    kind, network = _number(members.get(0)), members.get(1)
    if kind == chains.MOCK_NUMBER:
        return Anchor(chains.MOCK, "")
    if 2 not in members:
        raise _refused("an anchor names no transaction")
    chain = chains.BY_NUMBERS.get((kind, _number(network)))
    return _anchor(
        chain or chains.unknown(f"{kind}, network {network}"), _embedded(members[2])
    )


def _anchor_2017(value: Any) -> Anchor:
    if isinstance(value, str):
        return _blink(value)
    if not isinstance(value, dict):
        raise _refused("an anchor is no object")
    name, kind = value.get("chain", ""), value.get("type")
    if name == "" and kind == "BTCOpReturn":
        # Before there was a choice of chains, this was the type's only one.
        chain = chains.BITCOIN
    else:
        text = name if isinstance(name, str) else ""
        chain = chains.BY_NAME.get(text) or chains.unknown(text or "not named")
    if chain == chains.MOCK or kind == "Mock":
        return Anchor(chains.MOCK, "")
    return _anchor(chain, value.get("sourceId"))


_NETWORKS = {"mainnet": 1, "testnet": 3, "ropsten": 3, "rinkeby": 4}


def _blink(address: str) -> Anchor:
    scheme, _, rest = address.partition(":")
    kind, _, rest = rest.partition(":")
    network, _, transaction = rest.partition(":")
    if scheme != "blink":
        raise _refused("an anchor is no blink address")
    if kind == "mocknet":
        return Anchor(chains.MOCK, "")
    names = {"goerli": 5, "sepolia": 11155111, **_NETWORKS}
    numbers = ({"btc": 0, "eth": 1}.get(kind, -2), names.get(network, -2))
    chain = chains.BY_NUMBERS.get(numbers)
    return _anchor(chain or chains.unknown(f"{kind} {network}"), transaction)


def _anchor(chain: Chain, transaction: Any) -> Anchor:
    if isinstance(transaction, bytes):
        transaction = transaction.hex()
    text = transaction.removeprefix("0x") if isinstance(transaction, str) else ""
    return Anchor(chain, text.lower() if _DIGEST.fullmatch(text) else "")


def _embedded(value: Any) -> Any:
    """Read CBOR inside of a byte string, as this format wraps all of its strings."""
    if not isinstance(value, bytes):
        raise _refused("a value is not wrapped")
    return cbor.decode(value)


def _digest(value: Any) -> bytes:
    if isinstance(value, bytes) and len(value) == _HASH_BYTES:
        return value
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise _refused("a hash is not 32 bytes")
    return bytes.fromhex(value)


def _listed(value: Any, most: int, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise _refused(f"its {what} are no list")
    if len(value) > most:
        raise _refused(f"it has {len(value)} {what}, more than {most}")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refused("what should be a number is none")
    return value


def _refused(why: str) -> Invalid:
    return Invalid(
        f"the Merkle receipt is not readable: {why}",
        type="receipt",
        next_step="ask the issuer for a new copy",
    )

"""Merkle trees, receipts and explorer answers that the tests make themselves.

The canonical form of a document is PyLD's, the CBOR is written here: nothing of what is
tested helps to make it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from credwallet.keys.multibase import base58_encode
from tests.canon import oracle

ISSUER = "https://harbour.example/issuer.json"
ADDRESS = "1HarbourCo11egeAddressForTests"
ETHEREUM_ADDRESS = "0x40Cf9B7DB6FCc742ad0a76B8588C7f8De2b54a60"
TRANSACTION = "ab" * 32
BLOCKSTREAM = f"https://blockstream.info/api/tx/{TRANSACTION}"
BLOCKCYPHER = f"https://api.blockcypher.com/v1/btc/main/txs/{TRANSACTION}"
BLOCKCHAIN_INFO = f"https://blockchain.info/rawtx/{TRANSACTION}"
BLOCKSCOUT = f"https://eth.blockscout.com/api/v2/transactions/0x{TRANSACTION}"
ETHERSCAN = (
    "https://api.etherscan.io/api?module=proxy"
    f"&action=eth_getTransactionByHash&txhash=0x{TRANSACTION}"
)
# 2024-03-01 12:00:00 UTC
TIME = 1709294400

Step = tuple[str, bytes]


def certificate(**members: Any) -> dict[str, Any]:
    """Make an unsigned Blockcerts v3 credential."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://w3id.org/blockcerts/v3.1",
        ],
        "id": "urn:uuid:0d6e8f1c-2f4e-4d0b-9a55-27b5a61f0001",
        "type": ["VerifiableCredential", "BlockcertsCredential"],
        "issuer": ISSUER,
        "validFrom": "2024-03-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "claim": {"name": "Knots", "description": "Ties six knots."},
        },
        **members,
    }


def assertion(**members: Any) -> dict[str, Any]:
    """Make an unsigned Blockcerts v2 document."""
    return {
        "@context": [
            "https://w3id.org/openbadges/v2",
            "https://w3id.org/blockcerts/v2",
        ],
        "id": "urn:uuid:0d6e8f1c-2f4e-4d0b-9a55-27b5a61f0002",
        "type": "Assertion",
        "issuedOn": "2024-03-01T00:00:00Z",
        "recipient": {
            "type": "email",
            "identity": "learner@example.org",
            "hashed": False,
        },
        "badge": {
            "id": "urn:uuid:0d6e8f1c-2f4e-4d0b-9a55-27b5a61f0003",
            "type": "BadgeClass",
            "name": "Knots",
            "description": "Ties six knots.",
            "criteria": {"narrative": "Tie them."},
            "issuer": {"id": ISSUER, "type": "Profile", "name": "Harbour College"},
        },
        "verification": {
            "type": ["MerkleProofVerification2017", "Extension"],
            "publicKey": f"ecdsa-koblitz-pubkey:{ADDRESS}",
        },
        **members,
    }


def digest(document: Mapping[str, Any]) -> bytes:
    """Hash a document by PyLD's canonical form."""
    return hashlib.sha256(oracle.canonical(dict(document), {}).encode()).digest()


def tree(leaves: Sequence[bytes]) -> tuple[bytes, list[tuple[Step, ...]]]:
    """Build a Merkle tree of a power of two of leaves: its root, and each way to it."""
    ways: list[tuple[Step, ...]] = [() for _ in leaves]
    level = list(leaves)
    width = 1
    while len(level) > 1:
        for index in range(len(leaves)):
            node = index // width
            side = "left" if node % 2 else "right"
            ways[index] = (*ways[index], (side, level[node ^ 1]))
        level = [
            hashlib.sha256(level[i] + level[i + 1]).digest()
            for i in range(0, len(level), 2)
        ]
        width *= 2
    return level[0], ways


def four(
    document: Mapping[str, Any], place: int
) -> tuple[bytes, bytes, tuple[Step, ...]]:
    """Put a document into a tree of four: its hash, the root, and the way there."""
    leaves = [hashlib.sha256(bytes([number])).digest() for number in range(4)]
    leaves[place] = digest(document)
    root, ways = tree(leaves)
    return leaves[place], root, ways[place]


def cbor(value: Any) -> bytes:
    """Encode as CBOR, deterministically."""
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, dict):
        pairs = b"".join(cbor(key) + cbor(item) for key, item in value.items())
        return _head(5, len(value)) + pairs
    return _head(4, len(value)) + b"".join(map(cbor, value))


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([kind << 5 | 23 + size.bit_length()]) + number.to_bytes(size, "big")


def anchor(
    kind: int = 0, network: int = 1, transaction: str = TRANSACTION
) -> list[Any]:
    """Name a transaction, on Bitcoin unless told otherwise."""
    return [[0, kind], [1, network], [2, cbor(transaction)]]


MOCKNET = [[0, -1], [1, cbor("This has not been issued on a blockchain")]]


def proof_value(
    target: bytes, root: bytes, way: Sequence[Step], anchors: Sequence[Any]
) -> str:
    """Write a receipt as MerkleProof2019 does."""
    steps = [[int(side == "right"), cbor(value.hex())] for side, value in way]
    members = [[3, steps], [0, cbor(root.hex())], [1, cbor(target.hex())]]
    return multibase([*members, [2, list(anchors)]])


def multibase(value: Any) -> str:
    """Write CBOR as base58."""
    return "z" + base58_encode(cbor(value))


def proven(
    document: Mapping[str, Any],
    *,
    place: int = 1,
    anchors: Sequence[Any] | None = None,
    **members: Any,
) -> dict[str, Any]:
    """Add a MerkleProof2019 to a v3 credential."""
    target, root, way = four(document, place)
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "merkle-proof-2019",
        "created": "2024-03-01T12:00:00Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": f"ecdsa-koblitz-pubkey:{ADDRESS}",
        "proofValue": proof_value(target, root, way, anchors or [anchor()]),
        **members,
    }
    return {**document, "proof": proof}


def signed(
    document: Mapping[str, Any], *, place: int = 1, **members: Any
) -> dict[str, Any]:
    """Add a MerkleProof2017 to a v2 document."""
    target, root, way = four(document, place)
    signature = {
        "type": ["MerkleProof2017", "Extension"],
        "merkleRoot": root.hex(),
        "targetHash": target.hex(),
        "proof": [{side: value.hex()} for side, value in way],
        "anchors": [
            {"sourceId": TRANSACTION, "type": "BTCOpReturn", "chain": "bitcoinMainnet"}
        ],
        **members,
    }
    return {**document, "signature": signature}


def root_of(document: Mapping[str, Any], place: int = 1) -> bytes:
    """Find the root of the tree that a document was put into."""
    return four(document, place)[1]


def esplora(root: bytes, *, sender: str = ADDRESS, **changes: Any) -> bytes:
    """Answer as blockstream.info does."""
    answer = {
        "txid": TRANSACTION,
        "vin": [{"prevout": {"scriptpubkey_address": sender}}],
        "vout": [{"scriptpubkey": "76a914"}, {"scriptpubkey": f"6a20{root.hex()}"}],
        "status": {"confirmed": True, "block_time": TIME},
    }
    return json.dumps(answer | changes).encode()


def profile(*addresses: str, **changes: Any) -> bytes:
    """Make the issuer's profile, which lists addresses."""
    document = {
        "id": ISSUER,
        "type": "Profile",
        "name": "Harbour College",
        "publicKey": [
            {"id": f"ecdsa-koblitz-pubkey:{one}", "created": "2020-01-01T00:00:00Z"}
            for one in addresses or (ADDRESS,)
        ],
    }
    return json.dumps(document | changes).encode()

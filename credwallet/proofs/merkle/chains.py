"""Which blockchain does an anchor name, and is it one that anybody relies on?

Blockcerts names chains in three ways: by numbers (MerkleProof2019 `proofValue`), by
words of a blink address (`blink:btc:mainnet:TRANSACTION`), and by a name (`chain` of
MerkleProof2017).
"""

from typing import NamedTuple


class Chain(NamedTuple):
    """A blockchain: `name` for people, `kind` is `btc`, `eth`, `mock` or `""`."""

    name: str
    kind: str
    is_test: bool


class Anchor(NamedTuple):
    """Where a Merkle root is said to be written down.

    `transaction` is the transaction's identifier, 64 hexadecimal digits in lower case,
    or `""` if what stands there is none.
    """

    chain: Chain
    transaction: str


BITCOIN = Chain("Bitcoin", "btc", is_test=False)
ETHEREUM = Chain("Ethereum", "eth", is_test=False)
MOCK = Chain("no blockchain", "mock", is_test=True)
TESTNET = Chain("Bitcoin's test network", "btc", is_test=True)
REGTEST = Chain("a private Bitcoin test network", "btc", is_test=True)


def _ethereum_test(name: str) -> Chain:
    return Chain(f"Ethereum's test network {name}", "eth", is_test=True)


BY_NUMBERS: dict[tuple[int, int], Chain] = {
    (0, 1): BITCOIN,
    (0, 3): TESTNET,
    (1, 1): ETHEREUM,
    (1, 3): _ethereum_test("Ropsten"),
    (1, 4): _ethereum_test("Rinkeby"),
    (1, 5): _ethereum_test("Goerli"),
    (1, 11155111): _ethereum_test("Sepolia"),
}
MOCK_NUMBER = -1

BY_NAME: dict[str, Chain] = {
    "bitcoinMainnet": BITCOIN,
    "bitcoinTestnet": TESTNET,
    "bitcoinRegtest": REGTEST,
    "ethereumMainnet": ETHEREUM,
    "ethereumRopsten": _ethereum_test("Ropsten"),
    "ethereumRinkeby": _ethereum_test("Rinkeby"),
    "ethereumGoerli": _ethereum_test("Goerli"),
    "ethereumSepolia": _ethereum_test("Sepolia"),
    "mockchain": MOCK,
}


def unknown(name: str) -> Chain:
    """Make the chain for a name or number that is not in the tables."""
    return Chain(f"a blockchain that is not known ({name[:40]})", "", is_test=False)

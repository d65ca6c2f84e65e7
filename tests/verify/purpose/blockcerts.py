"""Blockcerts v1, v2 and v3: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

_BY_REASON: dict[tuple[str, str], tuple[str, ...]] = {
    ("undetermined", "ANCHOR_NOT_CHECKED"): (
        "v2.mainnet-merkle-root-unmatch-2.0",
        "v2.testnet-revoked-key-2.0",
        "v2.testnet-valid-2.0",
        "v2.testnet-valid-v1-issuer-2.0",
    ),
    ("undetermined", "INLINE_CONTEXT"): (
        "v2.ethereum-main-valid-2.0",
        "v2.mainnet-valid-2.0",
        "v3.certificate",
        "v3.mocknet-vc-v2-credential-schema",
        "v3.mocknet-vc-v2-credential-schema-invalid",
        "v3.mocknet-vc-v2-credential-subject-array",
        "v3.mocknet-vc-v2-data-integrity-proof-multiple-signatures",
        "v3.mocknet-vc-v2-data-integrity-proof-multiple-signatures-non-chained",
        "v3.mocknet-vc-v2-name-description",
        "v3.mocknet-vc-v2-name-description-multilingual",
        "v3.mocknet-verifiable-presentation",
        "v3.mocknet-verifiable-presentation-failing-credential",
        "v3.testnet-v3-did",
        "v3.testnet-v3-did--verification-method-mismatch",
    ),
    ("undetermined", "KEY_OUT_OF_REACH"): (
        "v2.ethereum-revoked-2.0",
        "v2.ethereum-ropsten-revoked-no-revocationlist-2.0",
        "v2.mainnet-revoked-2.0",
    ),
    ("undetermined", "LIST_WITHOUT_PURPOSE"): (
        "v3.cert-rl-status-list-2021-revoked",
        "v3.cert-rl-status-list-2021-suspended",
    ),
    ("undetermined", "TEST_CHAIN"): (
        "v2.ethereum-ropsten-valid-2.0",
        "v2.mocknet-valid-2.0",
        "v2.regtest-valid-2.0",
        "v3.blockcerts-3.0-beta",
        "v3.cert-rl-status-list-2021",
        "v3.ethereum-sepolia-v3",
        "v3.example-non-chained-proofs",
        "v3.mocknet-v3-valid",
        "v3.mocknet-vc-v2-data-integrity-proof",
        "v3.mocknet-vc-v2-validFrom-valid",
        "v3.proof-chain-example-ed25519",
        "v3.proof-chain-example-secp256k1",
    ),
    ("undetermined", "UNKNOWN_CONTEXT"): ("v3.blockcerts-3.0-alpha",),
    ("invalid", "EDITED"): ("v3.testnet-v3--no-did", "v3.testnet-v3-hashlink"),
    ("invalid", "MALFORMED_PROOF"): ("v3.mocknet-vc-v2-invalid-date-format",),
    ("malformed", "MALFORMED"): (
        "v3.blockcerts-3.0-beta-did-ethereum-ropsten",
        "v3.testnet-v3--tampered",
        "v3.testnet-v3-custom-context",
    ),
    ("malformed", "NOT_READ"): ("v1.testnet-valid-1.2",),
    ("not-yet-valid", "NOT_YET_VALID"): ("v3.mocknet-vc-v2-validFrom-not-yet-valid",),
}

ROWS: dict[str, Entry] = {
    f"blockcerts.{name}": Entry(given, reason)
    for (given, reason), names in _BY_REASON.items()
    for name in names
}

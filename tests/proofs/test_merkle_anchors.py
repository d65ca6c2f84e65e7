"""Anchors: what explorers say, who sent the transaction, and which chains count."""

import json
from pathlib import Path
from typing import Any

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Offline, Supplied
from credwallet.model.proof import proofs_of
from credwallet.proofs import verify_proof
from credwallet.proofs.merkle import chains
from credwallet.proofs.merkle.chains import Anchor
from credwallet.proofs.merkle.transactions import look_up
from credwallet.proofs.secured import Secured
from credwallet.proofs.verified import VerifiedProof
from tests.proofs import receipts
from tests.proofs.receipts import (
    ADDRESS,
    BLOCKSTREAM,
    ETHEREUM_ADDRESS,
    ISSUER,
    TIME,
    TRANSACTION,
    certificate,
    esplora,
    profile,
    proven,
)

ROOT = receipts.root_of(certificate())
ETHEREUM = Anchor(chains.ETHEREUM, TRANSACTION)


def verify(documents: dict[str, bytes], *anchors: Any) -> VerifiedProof:
    """Verify a good receipt with these anchors and documents."""
    return _verified(proven(certificate(), anchors=anchors or None), documents)


def _verified(document: dict[str, Any], documents: dict[str, bytes]) -> VerifiedProof:
    return verify_proof(
        Secured(document, Contexts.bundled()),
        proofs_of(document)[0],
        fetch=Supplied(documents, Offline()),
    )


ANSWERS = {
    receipts.BLOCKCHAIN_INFO: {
        "hash": TRANSACTION,
        "block_height": 1,
        "time": TIME,
        "inputs": [{"prev_out": {"addr": ADDRESS}}],
        "out": [{"script": f"6a20{ROOT.hex()}"}],
    },
    receipts.BLOCKCYPHER: {
        "hash": TRANSACTION,
        "confirmed": "2024-03-01T12:00:00Z",
        "inputs": [{"addresses": [ADDRESS]}],
        "outputs": [{"script": f"6a20{ROOT.hex()}"}],
    },
}
ON_ETHEREUM = {
    receipts.BLOCKSCOUT: {
        "hash": f"0x{TRANSACTION}",
        "block_number": 1,
        "timestamp": "2024-03-01T12:00:00.000000Z",
        "from": {"hash": ETHEREUM_ADDRESS},
        "raw_input": f"0x{ROOT.hex()}",
    },
    receipts.ETHERSCAN: {
        "result": {
            "hash": f"0x{TRANSACTION}",
            "blockNumber": "0x10",
            "from": ETHEREUM_ADDRESS.lower(),
            "input": f"0x{ROOT.hex()}",
        }
    },
}


def test_a_real_answer_of_blockcypher_is_understood(vectors: Path) -> None:
    body = (
        vectors / "cert-verifier-js/data/v1.2-blockcypher-response.json"
    ).read_bytes()
    identifier = json.loads(body)["hash"]
    url = f"https://api.blockcypher.com/v1/btc/main/txs/{identifier}"

    found = look_up(
        Anchor(chains.BITCOIN, identifier), fetch=Supplied({url: body}, Offline())
    )

    assert found.senders == ("1Q3P94rdNyftFBEKiN1fxmt2HnQgSCB619",)
    assert [item.hex()[:8] for item in found.data] == ["68f3ede1"]
    assert found.moment is not None
    assert found.moment.isoformat() == "2016-10-03T19:52:55+00:00"


@pytest.mark.parametrize("url", ANSWERS)
def test_any_explorer_of_bitcoin_will_do(url: str) -> None:
    body = json.dumps(ANSWERS[url]).encode()

    found = verify({url: body, ISSUER: profile()})

    assert found.pending is None
    assert found.method.controller == ISSUER
    assert url.split("/")[2] in found.label


@pytest.mark.parametrize("url", ON_ETHEREUM)
def test_any_explorer_of_ethereum_will_do(url: str) -> None:
    body = json.dumps(ON_ETHEREUM[url]).encode()
    listed = [{"id": f"ecdsa-koblitz-pubkey:{ETHEREUM_ADDRESS.upper()[2:]}"}]
    documents = {url: body, ISSUER: profile(publicKey=listed)}

    found = verify(documents, receipts.anchor(kind=1, transaction=f"0x{TRANSACTION}"))

    assert found.pending is None
    assert found.doubt == ""
    assert found.method.controller == ISSUER


def test_a_transaction_with_another_value_is_refused() -> None:
    with pytest.raises(Invalid, match="does not carry the receipt's Merkle root"):
        verify({BLOCKSTREAM: esplora(b"\0" * 32), ISSUER: profile()})


def test_the_value_must_stand_in_an_op_return_of_its_own() -> None:
    for script in (ROOT.hex(), f"6a21{ROOT.hex()}00", f"76a914{ROOT.hex()}"):
        body = esplora(ROOT, vout=[{"scriptpubkey": script}])
        with pytest.raises(Invalid, match="does not carry"):
            verify({BLOCKSTREAM: body, ISSUER: profile()})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"vout": 5}',
        esplora(ROOT, txid="cd" * 32),
        esplora(ROOT, txid=5),
        esplora(ROOT, status={"confirmed": False}),
        esplora(ROOT, status=None),
        json.dumps({"result": {"hash": TRANSACTION}}).encode(),
        json.dumps({"out": 1, "hash": TRANSACTION}).encode(),
        json.dumps({"outputs": [1], "hash": TRANSACTION}).encode(),
        json.dumps({"raw_input": 1, "hash": TRANSACTION}).encode(),
        b"[" * 100_000,
    ],
)
def test_an_answer_that_does_not_tell_leaves_it_open(body: bytes) -> None:
    found = verify({BLOCKSTREAM: body, ISSUER: profile()})

    assert found.pending is not None
    assert found.pending.type == "anchor-not-checked"


def test_a_second_explorer_is_asked_when_the_first_does_not_tell() -> None:
    second = json.dumps(ANSWERS[receipts.BLOCKCYPHER]).encode()

    found = verify({BLOCKSTREAM: b"{}", receipts.BLOCKCYPHER: second})

    assert found.pending is None
    assert "api.blockcypher.com" in found.label


def test_a_transaction_of_somebody_else_is_not_the_issuers() -> None:
    found = verify({BLOCKSTREAM: esplora(ROOT, sender="1Other"), ISSUER: profile()})

    assert found.pending is None
    assert found.method.controller == "the Bitcoin address 1Other"


def test_all_senders_must_be_the_issuers() -> None:
    senders = [
        {"prevout": {"scriptpubkey_address": one}} for one in (ADDRESS, "1Other")
    ]
    body = esplora(ROOT, vin=senders)

    alone = verify({BLOCKSTREAM: body, ISSUER: profile()})
    both = verify({BLOCKSTREAM: body, ISSUER: profile(ADDRESS, "1Other")})

    assert alone.method.controller != ISSUER
    assert both.method.controller == ISSUER


def test_the_case_of_a_bitcoin_address_counts() -> None:
    documents = {BLOCKSTREAM: esplora(ROOT), ISSUER: profile(ADDRESS.lower())}

    assert verify(documents).method.controller != ISSUER


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (None, "offline"),
        (b"[]", "no object"),
        (b"{", "does not tell its addresses"),
        (profile(id="https://other.example/"), "it is of https://other.example/"),
    ],
)
def test_without_the_issuers_profile_nothing_ties_it(body: bytes, what: str) -> None:
    documents = {BLOCKSTREAM: esplora(ROOT)} | ({ISSUER: body} if body else {})

    found = verify(documents)

    assert what in found.doubt
    assert found.method.self_asserted


def test_an_explorer_that_does_not_tell_the_sender_ties_nothing() -> None:
    found = verify({BLOCKSTREAM: esplora(ROOT, vin=[]), ISSUER: profile()})

    assert "does not tell who sent" in found.doubt


def _key(**dates: Any) -> bytes:
    return profile(publicKey=[{"id": f"ecdsa-koblitz-pubkey:{ADDRESS}", **dates}])


@pytest.mark.parametrize(
    "dates",
    [
        {"created": "2024-03-02T00:00:00Z"},
        {"revoked": "2024-03-01T11:59:59Z"},
        {"expires": "2023-01-01"},
        {"created": "2020-01-01", "revoked": "2022-01-01T00:00:00+02:00"},
    ],
)
def test_a_key_outside_of_its_time_is_refused(dates: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="the time in which"):
        verify({BLOCKSTREAM: esplora(ROOT), ISSUER: _key(**dates)})


@pytest.mark.parametrize(
    "dates",
    [
        {"created": "2020-01-01"},
        {"revoked": "2024-03-02T00:00:00Z"},
        {"created": "2024-03-01T12:00:00Z", "expires": "2030-01-01T00:00:00Z"},
    ],
)
def test_a_key_in_its_time_passes(dates: dict[str, str]) -> None:
    found = verify({BLOCKSTREAM: esplora(ROOT), ISSUER: _key(**dates)})

    assert found.doubt == ""
    assert found.method.controller == ISSUER


@pytest.mark.parametrize("value", [5, None, "soon", "unreadable"])
def test_a_date_that_cannot_be_read_ties_nothing(value: Any) -> None:
    found = verify({BLOCKSTREAM: esplora(ROOT), ISSUER: _key(revoked=value)})

    assert "cannot be told" in found.doubt


def test_old_profiles_are_read_as_well() -> None:
    for entry in (
        {"publicKeys": [{"publicKey": f"ecdsa-koblitz-pubkey:{ADDRESS}"}]},
        {"issuerKeys": [{"key": ADDRESS, "date": "2016-08-28"}]},
    ):
        document = profile(publicKey=None, **entry)
        found = verify({BLOCKSTREAM: esplora(ROOT), ISSUER: document})
        assert found.method.controller == ISSUER


@pytest.mark.parametrize(
    ("anchor", "what"),
    [
        (receipts.MOCKNET, "not issued on a blockchain: for testing only"),
        (receipts.anchor(network=3), "a test chain"),
        (receipts.anchor(kind=1, network=3), "Ropsten: a test chain"),
        (receipts.anchor(kind=1, network=5), "Goerli: a test chain"),
        (receipts.anchor(kind=1, network=11155111), "Sepolia: a test chain"),
        (receipts.anchor(kind=7, network=9), "a blockchain that is not known"),
        (receipts.anchor(network=2), "a blockchain that is not known"),
    ],
)
def test_other_chains_are_never_called_anchored(anchor: Any, what: str) -> None:
    found = verify({BLOCKSTREAM: esplora(ROOT), ISSUER: profile()}, anchor)

    assert found.pending is not None
    assert what in found.pending.what


def test_one_anchor_that_holds_is_enough_and_a_wrong_one_too_many() -> None:
    other = "cd" * 32
    url = BLOCKSTREAM.replace(TRANSACTION, other)
    documents = {BLOCKSTREAM: esplora(ROOT), ISSUER: profile()}
    pair = (receipts.MOCKNET, receipts.anchor(transaction=other), receipts.anchor())

    assert verify(documents, *pair).pending is None
    with pytest.raises(Invalid, match="does not carry"):
        verify({**documents, url: esplora(b"\1" * 32, txid=other)}, *pair)


@pytest.mark.parametrize("text", ["", "abc", "ab" * 31, "../" * 30, f"{TRANSACTION}?x"])
def test_what_is_no_transaction_is_never_asked_for(text: str) -> None:
    with pytest.raises(Invalid, match="names no transaction"):
        verify({}, receipts.anchor(transaction=text))


def test_offline_the_question_stays_open_in_plain_words() -> None:
    with pytest.raises(Undetermined) as caught:
        look_up(ETHEREUM, fetch=Offline())

    assert caught.value.what.startswith("receipt and document fit, but the anchor was")


def _did_document(did: str, *endpoints: Any) -> bytes:
    services = [{"type": "IssuerProfile", "serviceEndpoint": one} for one in endpoints]
    return json.dumps({"id": did, "service": services}).encode()


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:ion:harbour", "did:ion:harbour"),
        ("did:web:harbour.example", "https://harbour.example/.well-known/did.json"),
    ],
)
def test_a_did_leads_to_the_profile_that_its_document_names(did: str, url: str) -> None:
    document = certificate(issuer=did)
    documents = {
        BLOCKSTREAM: esplora(receipts.root_of(document)),
        ISSUER: profile(),
        url: _did_document(did, ISSUER),
    }

    found = _verified(proven(document), documents)

    assert found.doubt == ""
    assert found.method.controller == did


@pytest.mark.parametrize(
    ("did", "body", "what"),
    [
        ("did:ion:harbour", None, "offline"),
        ("did:ion:harbour", b"[]", "no object"),
        ("did:ion:harbour", _did_document("did:ion:other", ISSUER), "it is of"),
        ("did:ion:harbour", _did_document("did:ion:harbour"), "names no profile"),
        ("did:ion:harbour", _did_document("did:ion:harbour", 5), "names no profile"),
        ("did:ion:harbour", _did_document("did:ion:harbour", "file:x"), "no address"),
        ("did:web:127.0.0.1", None, "IP address"),
        ("urn:uuid:1", None, "no address"),
    ],
)
def test_a_did_without_a_profile_ties_nothing(
    did: str, body: bytes | None, what: str
) -> None:
    document = certificate(issuer=did)
    served = {did: body} if body is not None else {}

    found = _verified(
        proven(document),
        {BLOCKSTREAM: esplora(receipts.root_of(document)), ISSUER: profile(), **served},
    )

    assert what in found.doubt
    assert found.method.self_asserted

"""Lists that others made; their signatures are the business of `verify`."""

import pytest

from credwallet.canon import strict_json
from credwallet.errors import Undetermined
from credwallet.status import ListReport, read_status
from credwallet.status.bitstring import expand, value_at
from tests.status.lists import AT, credential, good, serve

DCC_URL = "https://digitalcredentials.github.io/vc-test-fixtures/statusLists/x"
BLOCKCERTS = "https://www.blockcerts.org/samples/3.0/status-list-2021.json"


def look_up(value, url, body, *, issuer, report=good):
    return read_status(
        value,
        credential(issuer=issuer),
        fetch=serve({url: body}),
        verify_list=report,
        at=AT,
    )


def entry_at(index, url, kind="BitstringStatusListEntry"):
    return {
        "type": kind,
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": url,
    }


def dcc(vectors, name):
    folder = "dcc-vc-test-fixtures/statusLists/didkey-ed25519Signature2020"
    return (vectors / folder / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "length", "ones"),
    [
        ("w3c-rec-example3", 16_384, []),
        # Its author counted from the right: the 50,000th bit stands at 50,007.
        ("digitalbazaar-100k-50k-revoked", 12_500, [50_007]),
    ],
)
def test_the_published_encoded_lists(vectors, name, length, ones):
    path = vectors / "openvc-interop" / "status" / f"{name}-encodedList.txt"
    found = expand(path.read_text().strip(), header="u")
    assert len(found) == length
    assert [n for n in range(length * 8) if value_at(found, n, 1)] == ones


@pytest.mark.parametrize("index", ["6", "8"])
def test_the_revoked_places_of_the_dcc_list(vectors, index):
    """By a did:key of its own, under another id, and with 100,000 places."""
    found = look_up(
        entry_at(index, DCC_URL),
        DCC_URL,
        dcc(vectors, "e5WK8CbZ1GjycuPombrj"),
        issuer="did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf",
    )
    assert found.state == "revoked"
    assert found.note.count(";") == 3


def test_a_clear_place_of_the_dcc_list_is_undetermined(vectors):
    """On purpose unlike the fixtures, which take such a list for good."""
    with pytest.raises(Undetermined, match="not by the issuer"):
        look_up(
            entry_at("7", DCC_URL),
            DCC_URL,
            dcc(vectors, "e5WK8CbZ1GjycuPombrj"),
            issuer="did:web:digitalcredentials.github.io:vc-test-fixtures:dids:oidf",
        )


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("expired", "was valid until"),
        ("notYetValid", "valid only from"),
        ("missingBitStringType", "not of type"),
    ],
)
def test_the_bad_lists_of_the_dcc(vectors, name, what):
    with pytest.raises(Undetermined, match=what):
        look_up(entry_at("7", DCC_URL), DCC_URL, dcc(vectors, name), issuer="did:web:x")


def test_a_tampered_list_of_the_dcc_is_what_its_signature_says(vectors):
    def bad(held):
        return ListReport(held.issuer.id, "the signature does not fit", "", "")

    with pytest.raises(Undetermined, match="does not fit"):
        look_up(
            entry_at("7", DCC_URL),
            DCC_URL,
            dcc(vectors, "tampered"),
            issuer="did:web:x",
            report=bad,
        )


def test_the_list_of_the_1edtech_validator(vectors):
    body = vectors / "1edtech-public-validator/ob30/bit-string-list/testlist"
    found = look_up(
        entry_at(23, DCC_URL),
        DCC_URL,
        body.read_bytes(),
        issuer="https://1edtech.edu/issuers/565049",
    )
    assert found.state == "revoked"
    assert "says it is https://example.com/credentials/status/3" in found.note


def test_a_list_in_a_token_is_read(vectors):
    path = vectors / "spruceid-ssi/crates/status/examples/files/status-list.jws"
    url = "https://example.com/credentials/status/3"
    found = look_up(
        entry_at("94567", url), url, path.read_bytes(), issuer="did:example:12345"
    )
    assert found.state == "clear"


@pytest.mark.parametrize(("index", "state"), [("23547", "revoked"), ("23546", "clear")])
def test_the_blockcerts_list_once_it_states_its_purpose(vectors, index, state):
    """As published it names none, which is undetermined; with one it is read."""
    path = vectors / "cert-verifier-js/fixtures/blockcerts-status-list-2021.json"
    body = path.read_bytes()
    issuer = strict_json.loads(body)["issuer"]
    value = entry_at(index, BLOCKCERTS, "StatusList2021Entry")
    with pytest.raises(Undetermined, match="the list about"):
        look_up(value, BLOCKCERTS, body, issuer=issuer)
    with_purpose = body.replace(
        b'"encodedList"', b'"statusPurpose": "revocation", "encodedList"'
    )
    assert look_up(value, BLOCKCERTS, with_purpose, issuer=issuer).state == state

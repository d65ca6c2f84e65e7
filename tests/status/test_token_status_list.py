"""What does a Token Status List say, and when is it no answer?"""

import base64
import json
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Undetermined
from credwallet.formats.vc_jwt import take_apart
from credwallet.keys import from_jwk
from credwallet.model.credential import Credential
from credwallet.model.proof import VerificationMethod
from credwallet.proofs.sd_jwt import Trust, check_header, check_signature
from credwallet.status import StatusResult, bitstring
from credwallet.status.token_status_list import read, value_at
from tests.hostile.signing import HARBOUR, MALLORY, Signer, header_of, jws
from tests.keys.served import serve

URL = "https://harbour.example/statuslists/1"
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
NOW = int(AT.timestamp())
OURS = from_jwk(HARBOUR.key.jwk)
FOLDER = "ietf-token-status-list"


def packed(entries: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(entries, 9)).rstrip(b"=").decode()


def listing(values: dict[int, int], *, size: int = 1, count: int = 1000) -> str:
    """Write a list: entry by entry, the first one in the lowest bits (section 4.1)."""
    entries = bytearray(count * size // 8)
    for index, value in values.items():
        place, shift = divmod(index * size, 8)
        entries[place] |= value << shift
    return packed(bytes(entries))


def token(
    lst: Any,
    *,
    signer: Signer = HARBOUR,
    size: Any = 1,
    header: Any = None,
    **more: Any,
) -> bytes:
    claims = {
        "sub": URL,
        "iat": NOW - 60,
        "status_list": {"bits": size, "lst": lst},
        **more,
    }
    claims = {name: value for name, value in claims.items() if value is not None}
    head = header_of(signer, **{"typ": "statuslist+jwt", **(header or {})})
    return jws(head, claims, signer.key).encode()


def status(
    served: bytes | None,
    index: Any = 7,
    *,
    keys: tuple[Any, ...] = (OURS,),
    **place: Any,
) -> StatusResult:
    document = {"issuer": HARBOUR.id}
    credential = Credential(raw=b"", media_type="", format="", document=document)
    documents = {} if served is None else {URL: served}
    return read(
        {"idx": index, "uri": URL, **place},
        credential,
        Trust(serve(documents), (), AT),
        keys=keys,
    )


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_every_value_that_the_draft_lists_is_read(vectors: Path, bits: int):
    (path,) = (vectors / FOLDER).glob(f"status_list_encoding{bits}_*json")
    published = json.loads(path.read_text())
    data = base64.urlsafe_b64decode(published["lst"] + "==")
    entries = bitstring.inflate(data, "ZLIB", member="lst")
    assert published["bits"] == bits
    for index, value in published["expected"].items():
        assert value_at(entries, int(index), bits) == value


def test_the_token_of_the_draft_fits_its_key(vectors: Path):
    signed = take_apart((vectors / FOLDER / "status_list_jwt.txt").read_bytes())
    key = json.loads((vectors / FOLDER / "status_list_jwt.key.json").read_text())
    public = {name: key[name] for name in ("kty", "crv", "x", "y")}
    check_header(signed)
    check_signature(
        signed,
        VerificationMethod(
            "k", "JsonWebKey", "", from_jwk(public), frozenset(), False, ""
        ),
    )


def test_the_bytes_of_the_draft_are_read_from_the_lowest_bit():
    """Section 4.1, the example of one bit: 1 0 0 1 1 1 0 1 1 1 0 0 0 1 0 1."""
    expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    assert [value_at(bytes([0xB9, 0xA3]), n, 1) for n in range(16)] == expected


def test_the_bytes_of_the_draft_with_two_bits():
    """Section 4.1, the example of two bits: 1 2 0 3 0 1 0 1 1 2 3 3."""
    expected = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    assert [value_at(bytes([0xC9, 0x44, 0xF9]), n, 2) for n in range(12)] == expected


@given(st.data(), st.sampled_from([1, 2, 4, 8]))
def test_what_an_issuer_writes_is_what_is_read(data: st.DataObject, size: int):
    values = data.draw(
        st.lists(st.integers(0, 2**size - 1), min_size=8, max_size=40).map(
            lambda found: found[: len(found) // 8 * 8]
        )
    )
    number = sum(value << index * size for index, value in enumerate(values))
    entries = number.to_bytes(len(values) * size // 8, "little")
    assert [value_at(entries, n, size) for n in range(len(values))] == values


@pytest.mark.parametrize(
    ("value", "state"), [(0, "clear"), (1, "revoked"), (2, "suspended")]
)
def test_the_values_have_their_meaning(value: int, state: str):
    served = token(listing({7: value}, size=2), size=2)
    assert status(served).state == state


@pytest.mark.parametrize("value", [3, 11, 15])
def test_what_only_the_issuer_can_explain_is_no_answer(value: int):
    with pytest.raises(Undetermined, match="only the issuer knows"):
        status(token(listing({7: value}, size=4), size=4))


def test_the_other_bit_order_is_another_answer():
    """Bitstring Status List counts from the highest bit: 7 there is 0 here."""
    served = token(listing({0: 1}))
    assert status(served, 0).state == "revoked"
    assert status(served, 7).state == "clear"


@pytest.mark.parametrize("index", [-1, 1000, 10**15, True, "7", 7.0, None, 10**400])
def test_a_place_that_is_not_in_the_list_is_no_answer(index: Any):
    with pytest.raises(Undetermined):
        status(token(listing({})), index)


@pytest.mark.parametrize("size", [0, 3, 16, True, "1", None, -1])
def test_another_size_is_no_answer(size: Any):
    with pytest.raises(Undetermined, match="none of 1, 2, 4 and 8"):
        status(token(listing({}), size=size))


@pytest.mark.parametrize(
    "lst", [7, "", "!", "AAAA", packed(b"x")[:-3], packed(b"x" * 9) + "AAAA"]
)
def test_what_is_no_list_is_no_answer(lst: Any):
    with pytest.raises(Undetermined):
        status(token(lst))


def test_a_bomb_is_not_let_off():
    bomb = zlib.compress(bytes(200 * 1024 * 1024), 9)
    lst = base64.urlsafe_b64encode(bomb).rstrip(b"=").decode()
    with pytest.raises(Undetermined):
        status(token(lst))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"sub": "https://harbour.example/statuslists/2"}, "says it is"),
        ({"sub": None}, "says it is"),
        ({"iat": None}, "iat is no date"),
        ({"iat": "now"}, "iat is no date"),
        ({"iat": NOW + 3600}, "dated ahead"),
        ({"exp": NOW - 3600}, "was valid until"),
        ({"exp": "never"}, "exp is no date"),
        ({"ttl": 0}, "ttl"),
        ({"ttl": "x"}, "ttl"),
        ({"iss": 7}, "iss is no text"),
        ({"status_list": 7}, "holds no status_list"),
    ],
)
def test_claims_that_are_not_in_order_are_no_answer(more: dict[str, Any], words: str):
    with pytest.raises(Undetermined, match=words):
        status(token(listing({}), **more))


@pytest.mark.parametrize("typ", ["JWT", "statuslist+cwt", 7, None])
def test_a_token_of_another_type_is_no_list(typ: Any):
    with pytest.raises(Undetermined, match="not of the type"):
        status(token(listing({}), header={"typ": typ}))


def test_a_list_that_cannot_be_had_is_no_answer():
    with pytest.raises(Undetermined):
        status(None)


@pytest.mark.parametrize("place", [{"uri": 7}, {"uri": "http://x.example/1"}])
def test_a_list_at_no_https_address_is_no_answer(place: dict[str, Any]):
    with pytest.raises(Undetermined):
        status(token(listing({})), **place)


def test_a_changed_list_is_no_answer():
    served = token(listing({7: 1}))
    head, _, signature = served.split(b".")
    payload = token(listing({})).split(b".")[1]
    with pytest.raises(Undetermined, match="the list is not good"):
        status(b".".join((head, payload, signature)))


@pytest.mark.parametrize(
    "header", [{"alg": "none"}, {"alg": "HS256"}, {"crit": ["x"]}, {"alg": "ES256"}]
)
def test_a_list_with_a_bad_header_is_no_answer(header: dict[str, Any]):
    with pytest.raises(Undetermined):
        status(token(listing({}), header=header))


def test_a_list_by_another_is_a_doubt_where_it_is_good_news():
    """It may have been put there to hide that the issuer took the badge back."""
    with pytest.raises(Undetermined, match="signed by"):
        status(token(listing({}), signer=MALLORY))
    found = status(token(listing({7: 1}), signer=MALLORY))
    assert (found.state, "signed by" in found.note) == ("revoked", True)


def test_the_key_of_the_credential_signs_a_list_without_a_name():
    served = token(listing({7: 1}), header={"kid": None})
    assert status(served).state == "revoked"


def test_a_list_of_another_issuer_is_a_doubt():
    with pytest.raises(Undetermined):
        status(token(listing({}), signer=MALLORY, iss=MALLORY.id))


def test_a_clock_a_little_behind_is_no_harm():
    soon = NOW + int(timedelta(seconds=50).total_seconds())
    assert status(token(listing({}), iat=soon)).state == "clear"

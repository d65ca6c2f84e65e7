import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Invalid
from credwallet.keys import multibase


# draft-msporny-base58-03 section 5.
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    ],
)
def test_the_base58_draft_vectors(data, text):
    assert multibase.base58_encode(data) == text
    assert multibase.base58_decode(text) == data


@given(st.binary(max_size=80))
def test_base58_comes_back(data):
    assert multibase.decode("z" + multibase.base58_encode(data)) == data


@given(st.binary(max_size=80))
def test_base64url_comes_back(data):
    assert multibase.decode("u" + multibase.base64url_encode(data)) == data


@given(st.text(max_size=40))
def test_any_text_is_read_in_one_way_or_refused(text):
    for header, encode in (
        ("z", multibase.base58_encode),
        ("u", multibase.base64url_encode),
    ):
        try:
            data = multibase.decode(header + text)
        except Invalid:
            continue
        assert encode(data) == text


@pytest.mark.parametrize("text", ["", "6Mk", "m", "Zabc", "ü"])
def test_another_header_is_refused(text):
    with pytest.raises(Invalid, match="neither z nor u"):
        multibase.decode(text)


@pytest.mark.parametrize("text", ["z0", "zO", "zI", "zl", "z é", "z\n1"])
def test_a_character_outside_base58_is_refused(text):
    with pytest.raises(Invalid, match="alphabet"):
        multibase.decode(text)


@pytest.mark.parametrize("text", ["uQQ==", "uQR", "uA", "u+/", "uQ Q", "uQUI\n", "ué"])
def test_base64url_has_one_form_only(text):
    with pytest.raises(Invalid, match="not base64url"):
        multibase.decode(text)


def test_a_very_long_base58_text_is_refused_before_the_work():
    with pytest.raises(Invalid, match="too long"):
        multibase.decode("z" + "2" * 1_000_000)


def test_a_proof_value_is_base58_only():
    assert multibase.decode_base58btc("z2NEpo7TZRRrLZSi2U") == b"Hello World!"
    with pytest.raises(Invalid):
        multibase.decode_base58btc("uSGVsbG8")

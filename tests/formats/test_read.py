"""One door for every format: the right one reads, or all say why they do not."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from credwallet import formats
from credwallet.errors import CredwalletError, Unreadable
from credwallet.model.credential import Credential, Presentation
from tests.formats.making import (
    ASSERTION,
    CLAIMS,
    CREDENTIAL,
    as_json,
    itxt,
    png,
    svg,
    token,
)

# Ends of the names of files that no format reads, and what the refusal says.
NOT_READ = {
    "v1/ed25519/didKey/legacy-noStatus-noExpiry.json": "json-ld: no JSON object",
    "open-badge-mc-signed.jwt": "vc-jwt: no three base64url parts",
    "public_domain_heart.png": "png: the picture carries no badge",
    "unbaked_example.svg": "svg: the picture carries no badge",
    # Signed documents that are no credentials.
    "test_ld_document_signed_ed25519.json": "the object is no credential",
    "test_ld_document_bad_signed_ed25519.json": "the object is no credential",
    "test_ld_document_signed_ed25519_2020.json": "the object is no credential",
    "test_ld_document_bad_signed_ed25519_2020.json": "the object is no credential",
    # Test cases around a credential.
    "ecdsa_rdfc_2019/p256_verification.json": "the object is no credential",
    "ecdsa_rdfc_2019/p384_verification.json": "the object is no credential",
    "ecdsa_sd_2023/verification.json": "the object is no credential",
    "ecdsa_sd_2023/verification_2.json": "the object is no credential",
    "ecdsa_sd_2023/verification_3.json": "the object is no credential",
}
FORMAT_OF = {
    "ob3-di": {"json-ld"},
    "vc-di": {"json-ld"},
    "clr2": {"json-ld", "vc-jwt"},
    "ob3-jwt": {"vc-jwt"},
    "vc-jwt": {"vc-jwt"},
    "ob3-baked-png": {"json-ld", "vc-jwt"},
    "ob3-baked-svg": {"json-ld", "vc-jwt"},
    "ob1-hosted": {"open-badges-2"},
    "ob2-hosted": {"open-badges-2"},
    "ob2-signed": {"open-badges-2"},
    "ob2-baked-png": {"open-badges-2"},
    "ob2-baked-svg": {"open-badges-2"},
    "blockcerts-v3": {"json-ld"},
    "vc-data-model": {"json-ld"},
}


def refusal_of(row) -> str | None:
    endings = (why for end, why in NOT_READ.items() if row["file"].endswith(end))
    return next(endings, None)


# What they hold is unpacked first, and then read by one of the formats.
CONTAINERS = {
    *("archive", "html_page", "pdf_file", "qr_picture", "qr_text", "tar_archive"),
    "svg_baking",  # puts them in
    "selection",  # leaves disclosures out
}


def test_every_module_of_the_folder_is_in_the_table():
    folder = Path(formats.__file__).parent
    modules = {
        path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")
    }
    in_table = [format_.__name__.rpartition(".")[2] for format_ in formats.FORMATS]
    assert sorted(in_table) == sorted(modules - CONTAINERS)
    assert modules >= CONTAINERS
    names = [format_.NAME for format_ in formats.FORMATS]
    assert names == [name.replace("_", "-") for name in in_table]


def test_every_third_party_badge_is_read_as_what_it_is_and_kept_byte_for_byte(vectors):
    rows = json.loads((vectors / "manifest.json").read_bytes())
    seen = set()
    refused = 0
    for row in rows:
        if row["kind"] not in FORMAT_OF:
            continue
        data = (vectors / row["file"]).read_bytes()
        seen.add(row["kind"])
        if refusal := refusal_of(row):
            with pytest.raises(Unreadable) as caught:
                formats.read(data)
            assert refusal in f"{caught.value.what}; {caught.value.detail}"
            refused += 1
            continue
        held = formats.read(data)
        assert held.raw == data, row["file"]
        assert held.format in FORMAT_OF[row["kind"]], row["file"]
        carrier = row["kind"].partition("baked-")[2]
        if carrier:
            assert held.carrier == carrier
            assert held.media_type.startswith(f"image/{carrier}")
    assert seen == set(FORMAT_OF)
    assert refused == len(NOT_READ)


def test_claims_that_agree_with_their_credential_are_no_problem(vectors):
    rows = json.loads((vectors / "manifest.json").read_bytes())
    problems = {
        Path(row["file"]).name
        for row in rows
        if row["kind"] in ("ob3-jwt", "vc-jwt", "ob3-baked-png", "ob3-baked-svg")
        and not refusal_of(row)
        and formats.read((vectors / row["file"]).read_bytes()).problem  # type: ignore[union-attr]
    }
    assert problems == {"credential-jose-vc-vp-claims.txt"}


@pytest.mark.parametrize(
    ("data", "kind", "name", "carrier"),
    [
        (as_json(CREDENTIAL), Credential, "json-ld", ""),
        (token(CREDENTIAL), Credential, "vc-jwt", ""),
        (token({"vc": CREDENTIAL}, header={"alg": "x"}), Credential, "vc-jwt", ""),
        (as_json([CREDENTIAL]), Presentation, "json-ld", None),
        (as_json(ASSERTION), Credential, "open-badges-2", ""),
        (token(ASSERTION), Credential, "open-badges-2", ""),
        (png(itxt(as_json(CREDENTIAL))), Credential, "json-ld", "png"),
        (svg(f'<ob:credential verify="{token(CREDENTIAL).decode()}"/>'), Credential,
         "vc-jwt", "svg"),
    ],
)  # fmt: skip
def test_each_format_is_recognised(data, kind, name, carrier):
    held = formats.read(data)
    assert type(held) is kind
    assert held.format == name
    assert held.raw is data
    assert getattr(held, "carrier", None) == carrier


def test_nothing_readable_keeps_the_reason_of_every_format_beside_plain_words():
    with pytest.raises(Unreadable) as caught:
        formats.read(b"hello")
    assert caught.value.what == (
        "not a credential: neither JSON, nor a token (JWT), nor a PNG or an SVG with a "
        "badge in it"
    )
    assert caught.value.detail == (
        "jades: no JSON with a payload and signatures; "
        "json-ld: no JSON object; "
        "sd-jwt: no token with disclosures; "
        "vc-jwt: no three base64url parts; "
        "blockcerts-2: no Merkle receipt; open-badges-2: no assertion; "
        "png: no PNG signature; svg: no XML"
    )
    assert "JSON, JWT, baked PNG or SVG" in caught.value.next_step


def test_a_file_without_a_byte_says_that_there_is_nothing_in_it():
    with pytest.raises(Unreadable) as caught:
        formats.read(b" \n")
    assert caught.value.what == "not a credential: the file is empty"
    assert caught.value.next_step.startswith("download it again")


@pytest.mark.parametrize(
    ("data", "what", "next_step"),
    [
        (b"<!DOCTYPE HTML><p>log in", "a web page", "from that page"),
        (b"\n <html>", "a web page", "from that page"),
        (b"%PDF-1.7", "a PDF", "as a file"),
        (
            b'# mine\nformat = "credwallet-qualification/1"',
            "a qualification file",
            "credwallet qualification add",
        ),
        (b'format="credwallet-offers/1"', "a file of offers", "credwallet offer add"),
        (b'[[offer]]\nid = "a"', "a file of offers", "credwallet offer add"),
        (b"id,title,cost\na,A,5\n", "a file of offers", "credwallet offer add"),
        (b"\xef\xbb\xbftitle;id\r\nA;a\r\n", "a file of offers", "offer add FILE"),
        (b"my id and the title of it\n", "neither JSON", "as JSON"),
        (b"#" * 5000 + b"\n<html>", "neither JSON", "as JSON"),
    ],
)
def test_what_people_take_for_a_badge_is_called_by_its_name(data, what, next_step):
    with pytest.raises(Unreadable) as caught:
        formats.read(data)
    assert caught.value.what.startswith(f"not a credential: {what}")
    assert next_step in caught.value.next_step


def test_json_that_breaks_off_names_line_and_column():
    with pytest.raises(Unreadable) as caught:
        formats.read(b'{"a": 1,\n  "b": }')
    assert (caught.value.line, caught.value.column) == (2, 8)


def test_json_that_is_nearly_json_says_where_it_breaks():
    data = as_json(CREDENTIAL).replace(b'"id"', b'"id": 1, "id"', 1)
    with pytest.raises(Unreadable, match='member "id" stands twice') as caught:
        formats.read(data)
    assert caught.value.instance == "/id"


def test_a_file_larger_than_ten_mebibytes_is_not_looked_into():
    with pytest.raises(Unreadable, match="larger than 10 MiB"):
        formats.read(b" " * (formats.MAX_BYTES + 1))


def test_no_next_step_and_no_reason_has_a_line_break():
    for data in (b"{\n\n", b"ey\n.a.b", b"<a>\n&x;</a>", b"http://x/\ny", b"[\n"):
        with pytest.raises(Unreadable) as caught:
            formats.read(data)
        assert "\n" not in caught.value.what + caught.value.next_step


SEEDS = (
    as_json(CREDENTIAL),
    as_json({"type": "VerifiablePresentation", "verifiableCredential": [CREDENTIAL]}),
    as_json(ASSERTION),
    token(CREDENTIAL),
    token({"vc": CREDENTIAL, **CLAIMS}),
    png(itxt(as_json(CREDENTIAL), packed=True)),
    png(itxt(as_json(ASSERTION), keyword=b"openbadges")),
    svg(f"<ob:credential><![CDATA[{as_json(CREDENTIAL).decode()}]]></ob:credential>"),
)


def only_our_errors(data: bytes) -> None:
    try:
        held = formats.read(data)
    except CredwalletError as error:
        assert "\n" not in error.what  # noqa: PT017 -- most inputs are refused
    else:
        assert held.raw == data


@given(st.binary(max_size=300))
@example(b"ey..")
@example(b"ew.." + b"." * 5)
@example(b"\xff\xfe<\0")
def test_random_bytes_raise_only_errors_of_ours(data):
    only_our_errors(data)


@settings(max_examples=400)
@given(st.data())
def test_changed_badges_raise_only_errors_of_ours(data):
    seed = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(seed)))
        length = data.draw(st.integers(0, 4))
        seed[place : place + length] = data.draw(st.binary(max_size=6))
    only_our_errors(bytes(seed))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(
    st.dictionaries(
        st.sampled_from([*CREDENTIAL, *CLAIMS, "vc", "vp", "verifiableCredential"]),
        json_values | st.just(CREDENTIAL) | st.just("data:application/vc+jwt,e"),
        max_size=8,
    ),
    st.sampled_from(["vc+jwt", "JWT", "vp+jwt", 7, None]),
)
def test_members_of_any_shape_raise_only_errors_of_ours(document, typ):
    only_our_errors(as_json(document))
    only_our_errors(token(document, header={"typ": typ}))
    only_our_errors(token({"vc": document, **CLAIMS}, header={"typ": typ}))
    only_our_errors(as_json([document, [document]]))

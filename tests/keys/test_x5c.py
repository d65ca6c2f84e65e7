"""RFC 7515 section 4.1.6 and RFC 5280 section 6.1: chains in `x5c`."""

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import CredwalletError, Invalid, Undetermined
from credwallet.keys.x5c import read_x5c
from tests.keys.certificates import (
    ENCIPHERING,
    NOW,
    YEAR,
    authority,
    certificate,
    name_of,
)

ROOT = authority("Root")
MIDDLE = authority("Middle", by=ROOT)
LEAF = certificate("University", by=MIDDLE)
NO_ANCHOR = "no trusted certificate stands behind"


def read(*chain, trusted=(ROOT,), at=NOW):
    return read_x5c(
        [entry.base64 for entry in chain],
        trusted=tuple(entry.der for entry in trusted),
        at=at,
    )


def test_a_real_seal_is_read_and_stays_in_doubt_without_a_trust_list(vectors):
    folder = vectors / "mynextid-edc/microcredential/v1/edc/examples"
    document = json.loads((folder / "edc-mc-signed.jsonld").read_bytes())
    header = json.loads(
        base64.urlsafe_b64decode(document["signatures"][0]["protected"] + "==")
    )
    found = read_x5c(header["x5c"], trusted=(), at=NOW)
    assert found.organization == "VELOCERT OU"
    assert found.public_key.kind == "RSA"
    assert found.anchor == ""
    assert NO_ANCHOR in found.doubt


def test_a_real_chain_ends_at_its_trusted_signer(vectors):
    folder = vectors / "credo-ts"
    token = (folder / "sdjwtvc.funkeX509.sdJwtVc.sd-jwt").read_text()
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    trusted = (folder / "sdjwtvc.funkeX509.trustedCertificate.b64.txt").read_text()
    found = read_x5c(
        header["x5c"],
        trusted=(base64.b64decode(trusted),),
        at=datetime(2024, 9, 1, tzinfo=UTC),
    )
    assert found.doubt == ""
    assert found.organization == "Bundesdruckerei GmbH"
    assert found.names == {"demo.pid-issuer.bundesdruckerei.de"}


@pytest.mark.parametrize(
    "chain",
    [(LEAF, MIDDLE, ROOT), (LEAF, MIDDLE)],
    ids=["root in the chain", "root only in the trust list"],
)
def test_a_chain_ends_at_a_trusted_root(chain):
    found = read(*chain)
    assert (found.organization, found.anchor) == ("University", "O=Root,C=EE")
    assert found.subject == "O=University,C=EE"
    assert found.doubt == ""


def test_a_trusted_authority_in_the_middle_ends_the_chain():
    assert read(LEAF, trusted=(MIDDLE,)).anchor == "O=Middle,C=EE"
    assert read(LEAF, MIDDLE, ROOT, trusted=(MIDDLE,)).anchor == "O=Middle,C=EE"


def test_a_trusted_signer_needs_no_authority():
    assert read(LEAF, trusted=(LEAF,)).anchor == "O=University,C=EE"
    own = certificate("Self", ca=None, usage=())
    assert read(own, trusted=(own,)).doubt == ""


def test_a_trusted_signer_may_have_made_itself_an_authority():
    own = certificate("Self", ca=True)
    assert read(own, trusted=(own,)).doubt == ""
    with pytest.raises(Invalid, match="for an authority, not for a signer"):
        read(own, trusted=(ROOT,))


def test_who_is_not_on_the_trust_list_is_in_doubt():
    for found in (read(LEAF, MIDDLE, trusted=()), read(certificate("Self"))):
        assert found.anchor == ""
        assert NO_ANCHOR in found.doubt


def test_an_authority_of_the_same_name_with_another_key_is_no_anchor():
    assert NO_ANCHOR in read(LEAF, MIDDLE, trusted=(authority("Root"),)).doubt


def test_of_two_authorities_with_one_name_the_one_that_signed_is_the_anchor():
    assert read(LEAF, trusted=(authority("Middle"), MIDDLE)).doubt == ""


def test_a_signer_on_the_trust_list_is_no_authority():
    signer = certificate("Signer")
    assert NO_ANCHOR in read(certificate("X", by=signer), trusted=(signer,)).doubt


def test_junk_in_the_trust_list_is_no_anchor():
    value = [LEAF.base64, MIDDLE.base64]
    found = read_x5c(value, trusted=(b"junk", ROOT.der), at=NOW)
    assert found.anchor == "O=Root,C=EE"


@pytest.mark.parametrize(
    "key",
    [
        ed25519.Ed25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP521R1()),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["Ed25519", "P-384", "P-521", "RSA"],
)
def test_every_supported_kind_of_key_may_certify_and_sign(key):
    root = authority("R", key=key)
    found = read(certificate("L", by=root, key=key), trusted=(root,))
    assert found.doubt == ""
    public = found.public_key.key.public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    assert public == key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )


def test_names_are_dns_names_and_addresses():
    alternative = x509.SubjectAlternativeName(
        [
            x509.DNSName("example.org"),
            x509.UniformResourceIdentifier("https://example.org/1"),
            x509.RFC822Name("a@example.org"),
        ]
    )
    leaf = certificate("L", by=ROOT, extra=((alternative, False),))
    assert read(leaf).names == {"example.org", "https://example.org/1"}


# What is broken is refused.


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ((LEAF, ROOT, MIDDLE), "does not name Root as its issuer"),
        ((MIDDLE, LEAF), "not for a signer"),
        ((LEAF, LEAF), "may not sign other certificates"),
        ((LEAF, certificate("Middle", by=ROOT)), "may not sign other certificates"),
        ((LEAF, authority("Middle", by=ROOT)), "was not signed by Middle"),
        (
            (certificate("University", by=MIDDLE), LEAF),
            "may not sign other certificates",
        ),
        (
            (certificate("L", by=certificate("S", by=ROOT)), certificate("S", by=ROOT)),
            "may not sign other certificates",
        ),
    ],
    ids=[
        "swapped order",
        "authority first",
        "twice the same",
        "issuer without the CA flag",
        "another key of that name",
        "two leafs with one name",
        "a leaf as CA",
    ],
)
def test_a_broken_chain_is_refused(chain, words):
    with pytest.raises(Invalid, match=words):
        read(*chain)


def test_an_authority_without_the_right_to_certify_is_refused():
    middle = certificate("Middle", by=ROOT, ca=True)
    with pytest.raises(Invalid, match="may not sign other certificates"):
        read(certificate("L", by=middle), middle)


def test_an_issuer_by_another_name_is_refused():
    with pytest.raises(Invalid, match="does not name Middle"):
        read(certificate("L", by=MIDDLE, issuer_name="Other"), MIDDLE)


def test_more_authorities_than_the_path_length_allows_are_refused():
    root = authority("Root", path_length=0)
    middle = authority("Middle", by=root)
    leaf = certificate("L", by=middle)
    with pytest.raises(Invalid, match="allows 0 authorities below it, and there are 1"):
        read(leaf, middle, root, trusted=(root,))
    assert NO_ANCHOR in read(leaf, middle, trusted=(root,)).doubt
    assert read(certificate("L", by=root), trusted=(root,)).doubt == ""


def test_a_key_that_is_not_for_signing_is_refused():
    leaf = certificate("L", by=ROOT, usage=(ENCIPHERING,))
    with pytest.raises(Invalid, match="not for signing documents"):
        read(leaf)


def test_a_key_that_binds_its_owner_may_sign():
    assert read(certificate("L", by=ROOT, usage=("content_commitment",))).doubt == ""


def test_a_critical_extension_that_is_not_known_is_refused():
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    with pytest.raises(Invalid, match=r"critical extension 1\.2\.3\.4"):
        read(certificate("L", by=ROOT, extra=((odd, True),)))
    assert read(certificate("L", by=ROOT, extra=((odd, False),))).doubt == ""


def test_limits_on_names_are_not_compared_and_said():
    limits = x509.NameConstraints([x509.DNSName("example.org")], None)
    middle = authority("M", by=ROOT, extra=((limits, True),))
    found = read(certificate("L", by=middle), middle)
    assert found.anchor == ""
    assert "limited to certain names" in found.doubt


@pytest.mark.parametrize("bits", [1024])
def test_a_short_rsa_key_is_refused(bits):
    key = rsa.generate_private_key(65537, bits)
    with pytest.raises(Invalid, match="too short"):
        read(certificate("L", by=ROOT, key=key))
    middle = authority("M", by=ROOT, key=key)
    with pytest.raises(Invalid, match="too short"):
        read(certificate("L", by=middle), middle)


def test_a_kind_of_key_that_is_not_supported_is_not_judged():
    key = ec.generate_private_key(ec.BrainpoolP256R1())
    with pytest.raises(Undetermined, match="not supported"):
        read(certificate("L", by=ROOT, key=key))
    middle = authority("M", by=ROOT, key=key)
    found = read(certificate("L", by=middle), middle)
    assert (found.anchor, "not supported" in found.doubt) == ("", True)


def test_a_trusted_signer_is_known_whatever_its_authority_signs_with():
    key = ec.generate_private_key(ec.BrainpoolP256R1())
    middle = authority("M", by=ROOT, key=key)
    leaf = certificate("L", by=middle)
    assert read(leaf, middle, trusted=(leaf,)).doubt == ""


def with_hash_oid(issued, old, new):
    """Rename the signature algorithm; the library no longer signs over old hashes."""
    der = issued.der
    assert old in der
    return base64.b64encode(der.replace(old, new)).decode()


@pytest.mark.parametrize(
    ("last", "name"), [(4, "md5"), (5, "sha1")], ids=["MD5", "SHA-1"]
)
def test_a_signature_over_a_weak_hash_is_refused(last, name):
    root = authority("R", key=rsa.generate_private_key(65537, 2048))
    leaf = certificate("L", by=root)
    oid = bytes.fromhex("2a864886f70d0101")
    text = with_hash_oid(leaf, oid + b"\x0b", oid + bytes((last,)))
    with pytest.raises(Invalid, match=f"signed over {name}, which proves nothing"):
        read_x5c([text, root.base64], trusted=(root.der,), at=NOW)
    # The authority may stand in the trust list alone.
    assert NO_ANCHOR in read_x5c([text], trusted=(root.der,), at=NOW).doubt


@pytest.mark.parametrize("hash_of", [hashes.SHA384(), hashes.SHA512()])
def test_longer_hashes_are_good(hash_of):
    assert read(certificate("L", by=ROOT, hash_of=hash_of)).doubt == ""


def test_sha_224_is_refused():
    leaf = certificate("L", by=ROOT, hash_of=hashes.SHA224())
    with pytest.raises(Invalid, match="sha224"):
        read(leaf, ROOT)


# Time.


def test_an_expired_certificate_is_in_doubt_for_the_signature_may_be_older():
    found = read(LEAF, MIDDLE, at=NOW + 2 * YEAR)
    assert found.anchor == ""
    assert "University expired on 2027-11-25" in found.doubt


def test_an_expired_authority_is_in_doubt():
    middle = authority("M", by=ROOT, end=NOW - YEAR / 2)
    found = read(certificate("L", by=middle), middle)
    assert "the certificate of M expired" in found.doubt


def test_a_certificate_that_had_not_begun_is_refused():
    with pytest.raises(Invalid, match="valid only from 2025-11-25"):
        read(LEAF, MIDDLE, at=NOW - 2 * YEAR)


def test_an_authority_on_the_list_that_had_not_begun_is_in_doubt():
    root = authority("R", begin=NOW + YEAR / 2)
    assert "not valid yet" in read(certificate("L", by=root), trusted=(root,)).doubt


# What comes from outside.


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        "",
        LEAF.base64,
        [],
        [None],
        [[]],
        [""],
        ["!"],
        ["é"],
        ["AAAA"],
        [LEAF.base64 + "="],
        [LEAF.base64[:-8]],
        [LEAF.base64 + "AAAA"],
        ["\n" + LEAF.base64],
        [LEAF.base64.replace("+", "-").replace("/", "_") + "-_"],
        [base64.b64encode(LEAF.der[:-1]).decode()],
        [LEAF.base64, "MIIB"],
        ["A" * 1_000_000],
        [LEAF.base64] * 11,
    ],
)
def test_what_is_no_chain_is_refused(value):
    with pytest.raises(Invalid):
        read_x5c(value, trusted=(ROOT.der,), at=NOW)


def test_eleven_certificates_are_too_many():
    with pytest.raises(Invalid, match="11 certificates, more than 10"):
        read(*[LEAF] * 11)


def test_a_huge_certificate_is_refused():
    big = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), bytes(70_000))
    with pytest.raises(Invalid, match="longer than 64 KiB"):
        read(certificate("L", by=ROOT, extra=((big, False),)))


def test_control_characters_of_a_name_do_not_reach_the_message():
    leaf = certificate("L\x1b[31m\n", by=ROOT, usage=(ENCIPHERING,))
    with pytest.raises(Invalid) as caught:
        read(leaf)
    assert caught.value.what.isprintable()


def test_a_name_of_the_issuer_that_cannot_be_read_is_refused():
    der = LEAF.der.replace(b"\x0c\x06Middle", b"\x0c\x06\xff\xffddle", 1)
    assert der != LEAF.der
    text = base64.b64encode(der).decode()
    for trusted in ((), (MIDDLE.der,)):
        with pytest.raises(Invalid, match="cannot be read"):
            read_x5c([text, MIDDLE.base64], trusted=trusted, at=NOW)


@given(st.binary(max_size=40), st.integers(min_value=0, max_value=10_000))
def test_no_change_of_bytes_makes_anything_but_our_errors(noise, place):
    der = bytearray(LEAF.der)
    place %= len(der)
    der[place : place + len(noise)] = noise
    text = base64.b64encode(bytes(der)).decode()
    try:
        found = read_x5c([text, MIDDLE.base64], trusted=(ROOT.der,), at=NOW)
    except CredwalletError:
        return
    assert bytes(der) == LEAF.der or found.doubt


def test_the_name_of_the_maker_is_what_the_tests_think():
    assert name_of("Root").rfc4514_string() == "O=Root,C=EE"

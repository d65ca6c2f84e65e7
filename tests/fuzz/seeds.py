"""The good inputs that the mutations start from: small ones, of every kind."""

import gzip
import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from credwallet import formats
from credwallet.formats.wallets import Document
from credwallet.share.wallets import FORMS, Leaving, Outgoing
from credwallet.store import create
from tests.cli.runner import SAMPLES
from tests.formats.making import ASSERTION, chunk, itxt, png
from tests.formats.making import svg as drawn
from tests.hostile import sd_jwt
from tests.hostile.badges import badge, did_document, secured, text
from tests.hostile.controls import encoded, entry, status_list
from tests.hostile.corpus import control_files
from tests.hostile.signing import (
    HARBOUR,
    NORTHLIGHT,
    JsonObject,
    key,
    proof_over,
    proven,
    token,
)
from tests.hostile.web_and_pdf import attached, fragment, page, pdf
from tests.keys.certificates import authority
from tests.store.wallets import CHEAP, NOW, PASSPHRASE, credential, summary
from tests.trust.trusted_lists import listed, service

JCS, RDFC = "eddsa-jcs-2022", "eddsa-rdfc-2022"
# Stands between the entry of a credential and the list that it points to.
BETWEEN = b"\n\n"
WHAT_IF = b"""format = "credwallet-what-if/1"
[[credential]]
id = "c1"
achievement = "harbour:knots"
issuer = "https://harbour.example.org"
issued = 2026-03-01
expires = 2027-03-01
status = "unverified"
credits = "5/2"
credit_unit = "ects"
level = 6
tag = ["core"]
alignment = ["ce-1111"]
"""
QUALIFICATION = b"""format = "credwallet-qualification/1"
[qualification]
id = "harbour/deckhand"
title = "Deckhand"
issuer_ids = ["https://harbour.example.org"]
valid_from = 2026-01-01
credit_unit = "ects"
hours_per_credit = { ects = 25, "nz:nzqcf" = 10 }
award = { achievement = ["harbour:deckhand"] }
[[requirement]]
id = "core"
type = "credits"
credits = 7.5
match = { tag = ["core"], min_level = 5 }
[[requirement]]
id = "knots"
type = "credential"
weight = 5
match = { achievement = ["harbour:knots"] }
[[requirement]]
id = "talk"
type = "manual"
text = "Ask."
[[group]]
id = "both"
type = "n_of"
n = 1
of = ["core", "knots"]
"""


@lru_cache(maxsize=1)
def badges() -> tuple[bytes, ...]:
    """Write every control that is plain JSON."""
    return tuple(file.data for file in control_files() if file.data[:1] == b"{")


def documents() -> tuple[JsonObject, ...]:
    """Write badges without a proof, for those who sign them."""
    return (badge(), badge(NORTHLIGHT, credentialStatus=entry()), badge(validFrom=None))


@lru_cache(maxsize=1)
def proofs() -> tuple[bytes, ...]:
    """Write badges with proofs, sets of them and chains."""
    both = [proof_over(badge(), HARBOUR, suite) for suite in (JCS, RDFC)]
    older = json.dumps(ASSERTION).encode()
    return (*badges(), text({**badge(), "proof": both}), older)


@lru_cache(maxsize=1)
def tokens() -> tuple[bytes, ...]:
    """Write every control that is a token."""
    return tuple(file.data for file in control_files() if file.suffix == ".jwt")


def sd_jwts() -> tuple[bytes, ...]:
    """Write tokens with disclosures."""
    return tuple(made.encode() for made in sd_jwt.good())


def pngs() -> tuple[bytes, ...]:
    """Draw badges in PNG pictures, in every kind of text chunk."""
    good, keyword = text(proven(badge())), b"openbadges\0"
    return (
        png(itxt(good)),
        png(itxt(good, packed=True)),
        png(chunk(b"tEXt", keyword + good), chunk(b"tIME", b"")),
        png(itxt(token(badge()).encode())),
        png(),
    )


def svgs() -> tuple[bytes, ...]:
    """Draw badges in SVG pictures."""
    inside = f"<ob:credential><![CDATA[{json.dumps(proven(badge()))}]]></ob:credential>"
    return (
        drawn(inside),
        drawn(f'<ob:credential verify="{token(badge())}"/>'),
        drawn('<old:assertion verify="https://harbour.example.org/1"/>'),
        drawn(inside, before="<!DOCTYPE svg>"),
    )


def zips() -> tuple[bytes, ...]:
    """Pack badges, in the ways that programs pack."""
    members = {
        "one.json": text(proven(badge(), HARBOUR, JCS)),
        "folder/two.jwt": token(badge()).encode(),
        "caf\u00e9.txt": b"about",
    }
    made = []
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in members.items():
                # Without a time of its own, so that it is the same each time.
                archive.writestr(zipfile.ZipInfo(name), data, method)
        made.append(out.getvalue())
    return tuple(made)


@lru_cache(maxsize=1)
def tars() -> tuple[bytes, ...]:
    """Export wallets as archives."""
    return tuple(_exported(form) for form in ("credwallet", "lcw"))


@lru_cache(maxsize=1)
def wallet_texts() -> tuple[bytes, ...]:
    """Export a wallet as JSON, and put two into an array."""
    one = _exported("universal-wallet")
    return (one, b"[" + one + b"," + one + b"]")


@lru_cache(maxsize=1)
def lines() -> tuple[bytes, ...]:
    """Export a wallet as lines."""
    return (_exported("jsonl"),)


def _exported(form: str) -> bytes:
    raws = (text(proven(badge(), HARBOUR, JCS)), token(badge()).encode(), pngs()[0])
    leaving = [
        Leaving(
            f"h{number}",
            held := formats.read(raw),
            summary(
                number,
                media_type=held.media_type,
                sha256=hashlib.sha256(raw).hexdigest(),
            ),
            {},
            "2026-01-01T00:00:00Z",
            "badge.json",
        )
        for number, raw in enumerate(raws)
    ]
    document = Document("identity", "ada@learner.example", b"")
    pieces = FORMS[form].pieces(Outgoing(leaving, (document,), 0))
    return b"".join(piece for piece in pieces if isinstance(piece, bytes))


def pages() -> tuple[bytes, ...]:
    """Write web pages with badges in their links."""
    good = fragment(text(proven(badge(), HARBOUR, JCS)))
    signed = fragment(token(badge()).encode(), "t")
    return (page(good), page(good, signed), page(signed, around="<p>about</p>"))


def pdfs() -> tuple[bytes, ...]:
    """Attach badges to PDFs, packed and as they are."""
    good = text(proven(badge(), HARBOUR, JCS))
    packed = attached(zlib.compress(good), entries="/Filter /FlateDecode")
    return (pdf(attached(good)), pdf(packed), pdf(packed, attached(good)))


def codes() -> tuple[bytes, ...]:
    """Write what QR codes say."""
    return (
        token(badge()).encode(),
        text(proven(badge(), HARBOUR, JCS)),
        b"https://harbour.example.org/b/1#c=j.eyJ9",
        b"VP1-B3BVNJ4CZQD",
        b"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx.example",
        b"openid4vp://?request_uri=https%3A%2F%2Fx.example",
        b"WIFI:S:free;T:nopass;;",
        b"mdoc:owBj",
    )


def did_documents() -> tuple[bytes, ...]:
    """Write documents of keys: Multikey, JSON Web Key, a key set."""
    plain = did_document(NORTHLIGHT)
    method = {
        "id": NORTHLIGHT.method,
        "type": "JsonWebKey2020",
        "controller": NORTHLIGHT.id,
    }
    kinds = ("Ed25519", "P-256", "P-384", "RSA")
    jwks = [{**method, "publicKeyJwk": key("northlight", kind).jwk} for kind in kinds]
    return (
        text(plain),
        *(text(did_document(NORTHLIGHT, verificationMethod=[one])) for one in jwks),
        text({**plain, "assertionMethod": plain["verificationMethod"]}),
        text({"keys": [{**one["publicKeyJwk"], "kid": "key-1"} for one in jwks]}),
    )


def status_lists() -> tuple[bytes, ...]:
    """Write entries with the lists that they point to."""
    old_list = {"type": "StatusList2021", "encodedList": encoded(42)[1:]}
    revoked = {"id": entry()["statusListCredential"], "issuer": NORTHLIGHT.id}
    pairs: tuple[tuple[JsonObject, JsonObject], ...] = (
        (entry(), status_list()),
        (entry("42", statusSize=2, statusMessage=[]), status_list()),
        (
            entry(type="StatusList2021Entry"),
            status_list(
                type=["VerifiableCredential", "StatusList2021Credential"],
                subject=old_list,
            ),
        ),
        (
            {**revoked, "type": "1EdTechRevocationList"},
            {**revoked, "revokedCredential": [{"id": badge()["id"]}]},
        ),
    )
    signed = secured(status_list(), NORTHLIGHT, "vc-jwt")
    return (
        *(text(first) + BETWEEN + text(second) for first, second in pairs),
        text(entry()) + BETWEEN + signed,
    )


def rules() -> tuple[bytes, ...]:
    """Write qualification files and a what-if file."""
    return (QUALIFICATION, (SAMPLES / "certificate.toml").read_bytes(), WHAT_IF)


@lru_cache(maxsize=1)
def trust_lists() -> tuple[bytes, ...]:
    """Write lists of certificates: EU XML, PEM, DER, JSON, base64."""
    root = authority("Harbour Authority")
    return (
        listed(service(root)),
        root.pem,
        root.der,
        json.dumps([root.base64]).encode(),
        root.base64.encode(),
    )


class Wallet:
    """A small wallet file, and the recovery code that opens it without much work."""

    def __init__(self, data: bytes, code: str) -> None:
        self.data = data
        self.code = code


@lru_cache(maxsize=1)
def wallet() -> Wallet:
    """Make a wallet with two badges and a document."""
    with tempfile.TemporaryDirectory() as name:
        made = create(Path(name) / "w", PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP)
        with made.vault as vault:
            vault.put([credential(number) for number in range(2)], at=NOW)
            vault.put_document("kind", "one", b"first")
        data = (Path(name) / "w" / "vault.db").read_bytes()
    return Wallet(data, made.recovery_code or "")


def packed_bits(bits: bytes) -> Any:
    """Compress the bits of a list, always to the same bytes."""
    return gzip.compress(bits, mtime=0)

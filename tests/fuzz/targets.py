"""The parsers that read what others wrote: one line each, with what is put to it."""

import contextlib
import io
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from credwallet import formats
from credwallet.canon import strict_json
from credwallet.canon.contexts import Contexts
from credwallet.errors import CredwalletError, Unreadable
from credwallet.fetch import Offline, Supplied
from credwallet.formats import archive, html_page, pdf_file, qr_text, wallets
from credwallet.keys import read_document, resolve
from credwallet.model.credential import Held
from credwallet.model.report import Verdict
from credwallet.share import link
from credwallet.stacking import lint, load, load_what_if
from credwallet.status import read_status
from credwallet.store import open_vault
from credwallet.trust.certificates import read_trust_list
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.fuzz import seeds, varying
from tests.hostile.badges import did_address, served
from tests.hostile.controls import LIST
from tests.hostile.signing import HARBOUR, NORTHLIGHT
from tests.status.lists import credential as about
from tests.status.lists import good

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class Target(NamedTuple):
    """A parser: what is put to it, and how that is varied.

    `read` raises `CredwalletError` for what it refuses.
    """

    name: str
    reads: str
    seeds: Callable[[], tuple[bytes, ...]]
    read: Callable[[bytes], Any]
    vary: Callable[[Random, Sequence[bytes]], bytes]


def _verified(data: bytes) -> None:
    """Read and verify; what only Harbour can sign must be what Harbour signed."""
    held = formats.read(data)
    ports = Ports(Supplied(served(NORTHLIGHT), Offline()), Contexts.bundled())
    report = verify(held, Policy(AT), ports)
    if report.verdict is not Verdict.VALID or data in _believed():
        return
    issuer = getattr(held, "issuer", None)
    is_exact = held.jws is not None or all(
        proof.cryptosuite.endswith("jcs-2022") for proof in held.proofs
    )
    if issuer is None or issuer.id != HARBOUR.id or not is_exact:
        return
    if not any(_is_said(held, formats.read(seed)) for seed in _believed()):
        raise AssertionError("valid, and Harbour never signed it")


@lru_cache(maxsize=1)
def _believed() -> tuple[bytes, ...]:
    return (*seeds.proofs(), *seeds.tokens(), *seeds.sd_jwts())


def _is_said(held: Held, signed: Held) -> bool:
    """Compare all but the proof: one of a set may be left out, like a disclosure."""
    given, known = (
        {**getattr(one, "document", {}), "proof": None} for one in (held, signed)
    )
    if getattr(held, "sd_jwt", None) is not None:
        return given.items() <= known.items()
    return given == known


def _baked(data: bytes) -> None:
    held = formats.read(data)
    if not getattr(held, "carrier", ""):
        raise Unreadable("no picture")


def _unpacked(data: bytes) -> None:
    for member in archive.members(data):
        if isinstance(member.content, bytes):
            with contextlib.suppress(Unreadable):
                formats.read(member.content)


def _taken_apart(data: bytes) -> None:
    kind = wallets.find(data)
    if kind is None:
        raise Unreadable("no wallet")
    refusals = []
    for item in kind.items(io.BytesIO(data)):
        if isinstance(item, wallets.Document):
            continue
        try:
            if isinstance(item.content, Unreadable):
                raise item.content
            formats.read(item.content)
        except Unreadable as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]


def _linked(data: bytes) -> None:
    for fragment in html_page.fragments(data):
        formats.read(link.decode(f"#{fragment}"))


def _attached(data: bytes) -> None:
    for content in pdf_file.attachments(data):
        if isinstance(content, Unreadable):
            raise content
        formats.read(content)


def _scanned(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    qr_text.is_link(text)
    qr_text.carries_credential(text)
    formats.read(qr_text.badge_text(text))


def _resolved(data: bytes) -> None:
    key_set = "https://harbour.example.org/issuer"
    fetch = Supplied({did_address(NORTHLIGHT): data, key_set: data}, Offline())
    _each(
        lambda: read_document(NORTHLIGHT.id, fetch=fetch),
        lambda: resolve(NORTHLIGHT.method, fetch=fetch),
        lambda: resolve(f"{key_set}#key-1", fetch=fetch),
    )


def _each(*questions: Callable[[], Any]) -> None:
    """Ask every question; refuse if all are refused."""
    refusals = []
    for question in questions:
        try:
            question()
        except CredwalletError as error:
            refusals.append(error)
    if len(refusals) == len(questions):
        raise refusals[0]


def _looked_up(data: bytes) -> None:
    entry, _, listed = data.partition(seeds.BETWEEN)
    read_status(
        strict_json.loads(entry),
        about(NORTHLIGHT.id),
        fetch=Supplied({LIST: listed}, Offline()),
        verify_list=good,
        at=AT,
    )


def _ruled(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    lint(text)
    reader = load_what_if if "credwallet-what-if" in text else load
    reader(text, "the file")


def _opened(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name, "vault.db").write_bytes(data)
        with open_vault(Path(name), recovery_code=seeds.wallet().code) as vault:
            for entry in vault.entries():
                vault.read(entry.rid)
            vault.documents("kind")
            vault.check()


TARGETS = (
    Target("json", "every JSON text", seeds.badges, strict_json.loads, varying.as_json),
    Target("jws", "a badge as a token", seeds.tokens, _verified, varying.as_token),
    Target(
        "sd-jwt",
        "a token with disclosures",
        seeds.sd_jwts,
        _verified,
        varying.as_sd_jwt,
    ),
    Target(
        "data-integrity",
        "a badge with an embedded proof",
        seeds.proofs,
        _verified,
        varying.as_proof,
    ),
    Target("png", "a badge in a PNG picture", seeds.pngs, _baked, varying.as_png),
    Target("svg", "a badge in an SVG picture", seeds.svgs, _baked, varying.as_bytes),
    Target("zip", "an archive of badges", seeds.zips, _unpacked, varying.as_bytes),
    Target("tar", "a wallet in a tar", seeds.tars, _taken_apart, varying.as_tar),
    Target(
        "wallet-json",
        "a wallet in JSON",
        seeds.wallet_texts,
        _taken_apart,
        varying.as_json,
    ),
    Target("jsonl", "a wallet in lines", seeds.lines, _taken_apart, varying.as_bytes),
    Target("web-page", "badges in a page", seeds.pages, _linked, varying.as_page),
    Target("pdf", "badges in a PDF", seeds.pdfs, _attached, varying.as_pdf),
    Target("qr-text", "the text of a QR code", seeds.codes, _scanned, varying.as_json),
    Target(
        "did-document",
        "an issuer's document of keys",
        seeds.did_documents,
        _resolved,
        varying.as_json,
    ),
    Target(
        "status-list",
        "an entry and its status list",
        seeds.status_lists,
        _looked_up,
        varying.as_status,
    ),
    Target(
        "qualification",
        "a qualification or what-if file",
        seeds.rules,
        _ruled,
        varying.as_toml,
    ),
    Target(
        "trust-list",
        "certificates, or a trusted list of the EU",
        seeds.trust_lists,
        read_trust_list,
        varying.as_bytes,
    ),
    Target(
        "wallet",
        "the wallet's own file",
        lambda: (seeds.wallet().data,),
        _opened,
        varying.as_wallet,
    ),
)

"""Status lists that revoke, that must not be believed, or that cannot be had (1c)."""

import gzip
from collections.abc import Iterator
from typing import Any

from tests.hostile.badges import VARIANTS, Group, badge, secured, served, text
from tests.hostile.bombs import gzip_bomb
from tests.hostile.controls import LIST, encoded, entry, status_list
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    MALLORY,
    NORTHLIGHT,
    JsonObject,
    b64,
    did_web,
    proven,
)

GROUP = Group("time-and-documents")
JCS, RDFC, JWT = VARIANTS
UNSURE = ("undetermined", "invalid", "malformed")


def files() -> Iterator[HostileFile]:
    yield from _revoked()
    yield from _lists()
    yield from _signers()
    yield from _entries()
    yield from _bombs()
    yield from _addresses()


def _badge(
    name: str,
    entries: Any,
    list_: bytes | JsonObject | None,
    why: str,
    *,
    variants: tuple[str, ...] = (RDFC,),
    expect: Any = "warn",
    **more: Any,
) -> Iterator[HostileFile]:
    documents = served(NORTHLIGHT)
    if list_ is not None:
        documents[LIST] = list_ if isinstance(list_, bytes) else text(list_)
    row = more.pop("row", "status-lists")
    yield from GROUP.signed(
        f"{row}/{name}",
        badge(NORTHLIGHT, credentialStatus=entries),
        why,
        expect,
        signer=NORTHLIGHT,
        variants=variants,
        documents=documents,
        **more,
    )


def _signed(document: JsonObject) -> JsonObject:
    return proven(document, NORTHLIGHT)


def _revoked() -> Iterator[HostileFile]:
    good = _signed(status_list())
    yield from _badge(
        "revoked",
        entry("42"),
        good,
        "the list revokes it",
        variants=VARIANTS,
        expect="reject",
        answers=("revoked",),
    )
    yield from _badge(
        "second-entry-revokes",
        [entry("7"), entry("42")],
        good,
        "one of two entries revokes",
        expect="reject",
        answers=("revoked",),
    )
    suspended = _signed(status_list(subject={"statusPurpose": "suspension"}))
    yield from _badge(
        "suspended",
        entry("42", statusPurpose="suspension"),
        suspended,
        "the list suspends it",
        expect="reject",
        answers=("suspended",),
        variants=VARIANTS,
    )
    yield from _badge(
        "revoked-by-an-index-that-is-a-number",
        entry(42),
        good,
        "a number where text stands",
        variants=(JCS, JWT),
        expect="reject",
        answers=("revoked",),
    )


def _lists() -> Iterator[HostileFile]:
    good = status_list()
    for name, list_, why in (
        ("unsigned", good, "nobody signed the list"),
        (
            "tampered",
            {**_signed(good), "validFrom": "2026-01-02T00:00:00Z"},
            "the list was changed",
        ),
        (
            "bits-changed",
            _swapped(_signed(good)),
            "the bits were changed after signing",
        ),
        (
            "expired",
            _signed(status_list(validUntil="2026-02-01T00:00:00Z")),
            "the list has expired",
        ),
        (
            "ahead",
            _signed(status_list(validFrom="2030-01-01T00:00:00Z")),
            "not valid yet",
        ),
        (
            "another-purpose",
            _signed(status_list(subject={"statusPurpose": "refresh"})),
            "about something else",
        ),
        (
            "another-id",
            _signed(status_list(id="https://northlight.example.org/status/2")),
            "it says it is another list",
        ),
        (
            "too-short",
            _signed(status_list(encoded(entries=1024))),
            "shorter than privacy allows",
        ),
        ("no-multibase", _signed(status_list(encoded()[1:])), "no multibase header"),
        ("no-gzip", _signed(status_list(f"u{b64(bytes(16384))}")), "not compressed"),
        ("no-bits", _signed(status_list(subject={"encodedList": 0})), "no bits"),
        (
            "of-another-type",
            _signed(status_list(type=["VerifiableCredential"])),
            "no status list",
        ),
        (
            "presentation",
            {
                "type": ["VerifiablePresentation"],
                "verifiableCredential": [_signed(good)],
            },
            "an envelope",
        ),
        ("html", b"<html></html>", "no list"),
        ("out-of-reach", None, "the list cannot be had"),
        (
            "badge",
            proven(badge(NORTHLIGHT), NORTHLIGHT),
            "a badge where the list should be",
        ),
    ):
        yield from _badge(name, entry(), list_, why, answers=UNSURE)


def _swapped(made: JsonObject) -> JsonObject:
    subject = {**made["credentialSubject"], "encodedList": encoded()}
    return {**made, "credentialSubject": subject}


def _signers() -> Iterator[HostileFile]:
    stranger = proven(status_list(issuer=MALLORY.id), MALLORY)
    forged = proven(status_list(), MALLORY)
    for variant in VARIANTS:
        for name, list_, why in (
            ("by-a-stranger", stranger, "somebody else's list"),
            ("forged", forged, "in the issuer's name, by another key"),
        ):
            yield from _badge(
                name, entry(), list_, why, variants=(variant,), answers=UNSURE
            )
    twin = did_web("northlight-status")
    other = secured(status_list(issuer=twin.id), twin, JWT)
    documents = {LIST: other, **served(NORTHLIGHT), **served(twin)}
    yield from GROUP.signed(
        "status-lists/by-another-host",
        badge(NORTHLIGHT, credentialStatus=entry()),
        "a list of another issuer's, whose keys can be had",
        "warn",
        signer=NORTHLIGHT,
        variants=(JCS,),
        documents=documents,
        answers=UNSURE,
    )


def _entries() -> Iterator[HostileFile]:
    good = _signed(status_list())
    for name, value, why in (
        ("index-out-of-range", entry("131072"), "the list is not that long"),
        ("index-huge", entry("999999999999999999"), "the list is not that long"),
        ("index-negative", entry("-1"), "counting from the end"),
        ("index-fraction", entry("7.0"), "no whole number"),
        ("index-exponent", entry("1e1"), "no whole number"),
        ("index-hexadecimal", entry("0x2a"), "no whole number"),
        ("index-space", entry(" 7"), "no whole number"),
        ("index-other-digits", entry("\u0667"), "digits of another script"),
        ("index-leading-zero", entry("007"), "two texts for one place"),
        ("index-true", entry(True), "no number"),
        ("index-list", entry(["7"]), "no number"),
        (
            "index-missing",
            {k: v for k, v in entry().items() if k != "statusListIndex"},
            "no place",
        ),
        (
            "purpose-missing",
            {k: v for k, v in entry().items() if k != "statusPurpose"},
            "no purpose",
        ),
        ("size-zero", entry(statusSize=0), "entries of no bits"),
        ("size-huge", entry(statusSize=10**9), "entries of 10^9 bits"),
        ("size-negative", entry(statusSize=-1), "entries of less than nothing"),
        ("unknown-type", entry(type="RevocationRegistry"), "an unknown type of status"),
        ("text", "https://northlight.example.org/status/1#7", "no object"),
        (
            "one-of-two-unknown",
            [entry(), entry(type="RevocationRegistry")],
            "one of two",
        ),
        ("eleven", [entry(str(n)) for n in range(11)], "more than are looked up"),
    ):
        yield from _badge(name, value, good, why, variants=(JCS,), answers=UNSURE)


def _bombs() -> Iterator[HostileFile]:
    gibibyte = gzip_bomb(1024)
    for name, packed in (
        ("one-gibibyte", gibibyte),
        ("half-a-gibibyte", gzip_bomb(512)),
        ("seventeen-mebibytes", gzip_bomb(17)),
        ("two-members", gzip.compress(bytes(16384), mtime=0) * 2),
        ("cut", gzip.compress(bytes(16384), mtime=0)[:-6]),
        ("trailing", gzip.compress(bytes(16384), mtime=0) + b"PK\x03\x04"),
        ("gzip-in-gzip", gzip.compress(gibibyte, mtime=0)),
    ):
        list_ = secured(status_list(f"u{b64(packed)}"), NORTHLIGHT, JCS)
        yield from _badge(
            name,
            entry(),
            list_,
            "bits that inflate beyond all bounds, or are cut",
            variants=(JCS, JWT),
            row="gzip-bombs",
            answers=(*UNSURE, "revoked"),
            costly="byte" in name,
        )


def _addresses() -> Iterator[HostileFile]:
    for name, url in (
        ("http", "http://northlight.example.org/status/1"),
        ("file", "file:///etc/passwd"),
        ("data", "data:application/json,{}"),
        ("loopback", "https://127.0.0.1/status/1"),
        ("loopback-decimal", "https://2130706433/status/1"),
        ("loopback-ipv6", "https://[::1]/status/1"),
        ("mapped", "https://[::ffff:127.0.0.1]/status/1"),
        ("metadata", "https://169.254.169.254/latest/meta-data/"),
        ("user", "https://northlight.example.org@127.0.0.1/status/1"),
        ("rebinding", "https://rebinding.example.org/status/1"),
        ("javascript", "javascript:alert(1)"),
        ("relative", "/status/1"),
        ("number", 1),
        ("list", [LIST, LIST]),
        ("line-end", "https://northlight.example.org/\r\nHost: evil.example"),
    ):
        yield from _badge(
            name,
            entry(statusListCredential=url),
            _signed(status_list()),
            "an address that must not be asked",
            variants=(JCS, JWT),
            row="status-addresses",
            answers=UNSURE,
        )

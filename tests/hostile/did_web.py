"""did:web: hosts not to be asked, and documents not to be believed (1c)."""

import json
from collections.abc import Iterator

from tests.hostile.badges import (
    VARIANTS,
    Group,
    badge,
    did_address,
    did_document,
    served,
    text,
)
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import MALLORY, NORTHLIGHT, Signer, did_web, key

GROUP = Group("time-and-documents")
JCS, RDFC, JWT = VARIANTS
UNSURE = ("undetermined", "invalid", "malformed")


def files() -> Iterator[HostileFile]:
    yield from _addresses()
    yield from _redirects()
    yield from _documents()
    yield from _bodies()


def _addresses() -> Iterator[HostileFile]:
    row = "did-web-addresses"
    for name, host in (
        ("loopback", "127.0.0.1"),
        ("loopback-name", "localhost"),
        ("loopback-port", "localhost%3A8443"),
        ("loopback-subdomain", "admin.localhost"),
        ("private", "192.168.1.1"),
        ("private-ten", "10.0.0.1"),
        ("metadata", "169.254.169.254"),
        ("metadata-name", "metadata.google.internal"),
        ("decimal", "2130706433"),
        ("hexadecimal", "0x7f000001"),
        ("octal", "0177.0.0.1"),
        ("short", "127.1"),
        ("zero", "0"),
        ("ipv4-mapped", "[%3A%3Affff%3A127.0.0.1]"),
        ("ipv6-loopback", "[%3A%3A1]"),
        ("rebinding", "rebinding.example.org"),
        ("user", "northlight.example.org@127.0.0.1"),
        ("user-escaped", "northlight.example.org%40127.0.0.1"),
        ("nul", "northlight.example.org%00.evil.example"),
        ("line-end", "northlight.example.org%0d%0aHost%3A%20evil.example"),
        ("dots-in-the-path", "northlight.example.org:..:admin"),
        ("slash-in-the-path", "northlight.example.org:a%2F..%2Fadmin"),
        ("query-in-the-path", "northlight.example.org:a%3Fb"),
        ("empty-segment", "northlight.example.org::admin"),
        ("other-letters", "northlight.ex\u0430mple.org"),
        ("single-label", "intranet"),
        ("mail-port", "127.0.0.1%3A25"),
        ("port-0", "northlight.example.org%3A0"),
        ("port-99999", "northlight.example.org%3A99999"),
    ):
        forger = did_web("forger", host=host)
        for variant in (JCS, JWT):
            yield from GROUP.signed(
                f"{row}/{name}",
                badge(forger),
                "a host that must not be asked, however it is written",
                signer=forger,
                variants=(variant,),
                answers=UNSURE,
            )


def _redirects() -> Iterator[HostileFile]:
    row = "did-web-addresses"

    def moved(place: str) -> bytes:
        return (
            f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n"
        ).encode()

    address = did_address(NORTHLIGHT)
    hops = {
        f"https://hop{n}.example.org/": moved(f"https://hop{n + 1}.example.org/")
        for n in range(12)
    }
    for name, place in (
        ("to-loopback", "https://127.0.0.1/did.json"),
        ("to-metadata", "https://169.254.169.254/latest/meta-data/"),
        ("to-http", "http://northlight.example.org/did.json"),
        ("to-a-file", "file:///etc/passwd"),
        ("to-decimal", "https://2130706433/did.json"),
        ("in-a-circle", address),
        ("eleven-times", "https://hop0.example.org/"),
        ("to-rebinding", "https://rebinding.example.org/did.json"),
    ):
        yield from GROUP.signed(
            f"{row}/redirect-{name}",
            badge(NORTHLIGHT),
            "the host points to where one must not go",
            signer=NORTHLIGHT,
            variants=(RDFC,),
            answers=UNSURE,
            documents={**hops, address: moved(place)},
        )


def _documents() -> Iterator[HostileFile]:
    row = "did-documents"
    method = did_document(NORTHLIGHT)["verificationMethod"][0]
    twin = {**method, "publicKeyMultibase": MALLORY.key.multibase}
    for name, changes, why in (
        (
            "of-another",
            {"id": "did:web:other.example.org"},
            "the document is of another DID",
        ),
        ("without-id", {"id": None}, "the document does not say whose it is"),
        ("without-keys", {"verificationMethod": None}, "the document has no key"),
        (
            "two-under-one-id",
            {"verificationMethod": [method, twin]},
            "two keys under one name",
        ),
        (
            "two-turned-round",
            {"verificationMethod": [twin, method]},
            "two keys under one name",
        ),
        (
            "not-for-assertions",
            {"assertionMethod": []},
            "the key is listed for nothing",
        ),
        (
            "method-without-id",
            {"verificationMethod": [{**method, "id": 5}, method]},
            "a key without a name",
        ),
        (
            "private-key",
            {"verificationMethod": [_with_private(method)]},
            "the private key is published",
        ),
        (
            "key-of-a-wrong-kind",
            {"verificationMethod": [{**method, "publicKeyMultibase": "zQ3s"}]},
            "no key",
        ),
        (
            "two-keys-in-one",
            {"verificationMethod": [{**method, "publicKeyJwk": MALLORY.key.jwk}]},
            "two keys in one method",
        ),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(NORTHLIGHT),
            why,
            signer=NORTHLIGHT,
            variants=(RDFC, JWT),
            answers=UNSURE,
            documents=served(NORTHLIGHT, **changes),
        )
    for name, member in (
        ("revoked-key", {"revoked": "2026-01-01T00:00:00Z"}),
        ("expired-key", {"expires": "2026-01-01T00:00:00Z"}),
        ("revoked-at-no-date", {"revoked": "yesterday"}),
        ("revoked-true", {"revoked": True}),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(NORTHLIGHT),
            "the issuer's document says that the key is no longer good",
            "warn",
            signer=NORTHLIGHT,
            answers=("undetermined", "invalid"),
            documents=served(NORTHLIGHT, verificationMethod=[{**method, **member}]),
        )


def _with_private(method: dict[str, object]) -> dict[str, object]:
    made = {k: v for k, v in method.items() if k != "publicKeyMultibase"}
    return {**made, "publicKeyJwk": {**NORTHLIGHT.key.jwk, "d": "AQ"}}


def _bodies() -> Iterator[HostileFile]:
    row = "did-documents"
    good = served(NORTHLIGHT)[did_address(NORTHLIGHT)]
    long_list = did_document(NORTHLIGHT)
    long_list["verificationMethod"] = [
        {**long_list["verificationMethod"][0], "id": f"#k{n}"} for n in range(4000)
    ]
    for name, body in (
        ("html", b"<!DOCTYPE html><html><body>Welcome</body></html>"),
        ("empty", b""),
        ("array", b"[" + good + b"]"),
        ("text", json.dumps(good.decode()).encode()),
        ("duplicate-members", good.replace(b'"id":', b'"id": "did:web:x", "id":', 1)),
        ("deep", b'{"id":' + b"[" * 100_000),
        ("32-mebibytes", good + b" " * (32 * 1024 * 1024)),
        ("wrong-length", b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + good),
        (
            "compressed",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        ),
        ("not-found", b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"),
        ("no-http", b"HTTP/1.1 two hundred\r\n\r\n" + good),
        ("four-thousand-keys", text(long_list)),
    ):
        yield from GROUP.signed(
            f"{row}/{name}",
            badge(NORTHLIGHT),
            "what the issuer's host answers is no document of keys",
            signer=NORTHLIGHT,
            variants=(RDFC,),
            answers=UNSURE,
            documents={did_address(NORTHLIGHT): body},
        )
    old = Signer(NORTHLIGHT.id, f"{NORTHLIGHT.id}#key-0", key("northlight before"))
    yield from GROUP.signed(
        f"{row}/key-taken-out",
        badge(old),
        "the issuer's document no longer lists the key",
        signer=old,
        documents=served(NORTHLIGHT),
    )

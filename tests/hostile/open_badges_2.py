"""Open Badges 2: what the issuer's host says counts, and only its own host (1c)."""

from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.hostile.badges import Group, text
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import JsonObject, Key, jws, key

GROUP = Group("time-and-documents")
ROW = "open-badges-2"
UNSURE = ("undetermined", "invalid", "malformed")
CONTEXT = "https://w3id.org/openbadges/v2"
HOST = "https://harbour.example.org"
MALLORY = "https://mallory.example.org"
ASSERTION, BADGE = f"{HOST}/ob2/assertions/1", f"{HOST}/ob2/badges/knots"
ISSUER, KEY = f"{HOST}/ob2/issuer", f"{HOST}/ob2/key"
REVOCATIONS = f"{HOST}/ob2/revoked"
OWN, FOREIGN = key("harbour", "RSA"), key("mallory", "RSA")


def assertion(address: str = ASSERTION, **changes: Any) -> JsonObject:
    """Write an assertion; `None` takes a member away."""
    return _written(
        {
            "@context": CONTEXT,
            "type": "Assertion",
            "id": address,
            "recipient": {
                "type": "email",
                "identity": "ada@example.org",
                "hashed": False,
            },
            "badge": BADGE,
            "issuedOn": "2026-02-01T00:00:00Z",
            "verification": {"type": "HostedBadge"},
        },
        changes,
    )


def badge_class(**changes: Any) -> JsonObject:
    """Write what is awarded."""
    return _written(
        {
            "@context": CONTEXT,
            "type": "BadgeClass",
            "id": BADGE,
            "name": "Knots and Splices",
            "description": "Ties twelve knots and splices rope.",
            "image": f"{HOST}/ob2/knots.png",
            "criteria": {"narrative": "Tied them before two witnesses."},
            "issuer": ISSUER,
        },
        changes,
    )


def profile(**changes: Any) -> JsonObject:
    """Write who awards it."""
    return _written(
        {
            "@context": CONTEXT,
            "type": "Profile",
            "id": ISSUER,
            "name": "Harbour College",
            "url": HOST,
            "email": "office@harbour.example.org",
            "publicKey": KEY,
            "revocationList": REVOCATIONS,
        },
        changes,
    )


def public_key(owner: str = ISSUER, of: Key = OWN) -> JsonObject:
    """Write a key document."""
    pem = of.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": KEY,
        "owner": owner,
        "publicKeyPem": pem.decode(),
    }


def revocations(*entries: Any, **changes: Any) -> JsonObject:
    """Write the issuer's list of revoked badges."""
    return _written(
        {
            "@context": CONTEXT,
            "type": "RevocationList",
            "id": REVOCATIONS,
            "issuer": ISSUER,
            "revokedAssertions": list(entries),
        },
        changes,
    )


def served(**changes: Any) -> dict[str, bytes]:
    """Serve everything that a good badge names; a name stands for its address."""
    documents: dict[str, Any] = {
        ASSERTION: changes.pop("assertion", assertion()),
        BADGE: changes.pop("badge", badge_class()),
        ISSUER: changes.pop("issuer", profile()),
        KEY: changes.pop("key", public_key()),
        REVOCATIONS: changes.pop("revocations", revocations()),
        **changes.pop("more", {}),
    }
    return {
        address: body if isinstance(body, bytes) else text(body)
        for address, body in documents.items()
        if body is not None
    }


def signed(document: JsonObject | None = None, by: Key = OWN, **header: Any) -> str:
    """Sign an assertion."""
    return jws({"alg": "RS256", **header}, document or _to_sign(), by)


def _to_sign(**changes: Any) -> JsonObject:
    verification = {"type": "SignedBadge", "creator": KEY}
    return assertion(**{"id": "urn:uuid:7b1e", "verification": verification, **changes})


def _written(document: JsonObject, changes: JsonObject) -> JsonObject:
    made = {**document, **changes}
    return {name: value for name, value in made.items() if value is not None}


def files() -> Iterator[HostileFile]:
    yield from _copies()
    yield from _scopes()
    yield from _hosts()
    yield from _documents()
    yield from _signatures()


def _file(
    name: str, document: JsonObject | str, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    more.setdefault("documents", served())
    return GROUP.file(f"{ROW}/{name}", document, why, expect, **more)


def _copies() -> Iterator[HostileFile]:
    why = "the copy says otherwise than what its issuer hosts"
    somebody = {"type": "email", "identity": "eve@example.org", "hashed": False}
    for name, changes in (
        ("copy-recipient", {"recipient": somebody}),
        ("copy-date", {"issuedOn": "2020-02-01T00:00:00Z"}),
        ("copy-without-expiry", {}),
        ("copy-badge", {"badge": f"{HOST}/ob2/badges/master"}),
    ):
        hosted = assertion(expires="2030-01-01T00:00:00Z")
        master = badge_class(id=f"{HOST}/ob2/badges/master", name="Master Mariner")
        copy = {**hosted, **changes}
        if name == "copy-without-expiry":
            del copy["expires"]
        more = {f"{HOST}/ob2/badges/master": master}
        yield _file(name, copy, why, documents=served(assertion=hosted, more=more))
    inline = badge_class(name="Master Mariner", description="Sails every sea.")
    yield _file(
        "copy-embeds-another-badge",
        assertion(badge=inline),
        "the copy embeds a badge class that says otherwise",
        answers=("undetermined", "invalid"),
    )
    yield _file(
        "copy-adds-a-result",
        assertion(narrative="With the highest honours."),
        "the copy adds what nobody hosts",
        "warn",
        answers=UNSURE,
    )


def _scopes() -> Iterator[HostileFile]:
    why = "hosted where its issuer does not host"
    elsewhere = f"{MALLORY}/assertions/1"
    for name, address, stated in (
        ("other-host", elsewhere, None),
        ("starts-with-other-path", ASSERTION, {"startsWith": f"{HOST}/awards/"}),
        (
            "starts-with-lookalike",
            f"{HOST}.mallory.example.org/1",
            {"startsWith": HOST},
        ),
        (
            "starts-with-user",
            "https://harbour.example.org@mallory.example.org/1",
            {"startsWith": HOST},
        ),
        (
            "starts-with-dots",
            f"{HOST}/ob2/assertions/../../students/eve",
            {"startsWith": f"{HOST}/ob2/assertions/"},
        ),
        (
            "starts-with-escaped-dots",
            f"{HOST}/ob2/assertions/%2e%2e/%2e%2e/students/eve",
            {"startsWith": f"{HOST}/ob2/assertions/"},
        ),
        ("origin-other", elsewhere, {"allowedOrigins": "harbour.example.org"}),
        (
            "origin-end-of-name",
            "https://notharbour.example.org/1",
            {"allowedOrigins": "harbour.example.org"},
        ),
        (
            "origin-below",
            "https://eve.harbour.example.org/1",
            {"allowedOrigins": ["harbour.example.org"]},
        ),
        (
            "origin-right-path-wrong",
            ASSERTION,
            {"allowedOrigins": HOST[8:], "startsWith": f"{HOST}/awards/"},
        ),
        ("other-member", ASSERTION, {"verificationProperty": "badge"}),
    ):
        made = assertion(address)
        yield _file(
            f"scope-{name}",
            made,
            why,
            answers=("undetermined",) if name == "other-member" else (),
            documents=served(issuer=profile(verification=stated), more={address: made}),
        )


def _hosts() -> Iterator[HostileFile]:
    gone = b'HTTP/1.1 410 Gone\r\nContent-Length: 17\r\n\r\n{"revoked": true}'
    for name, hosted, answers in (
        ("revoked", assertion(revoked=True), ("revoked",)),
        ("revoked-alone", {"id": ASSERTION, "revoked": True}, ("revoked", *UNSURE)),
        ("gone", gone, ("revoked", *UNSURE)),
        ("not-there", None, ("revoked", *UNSURE)),
        ("html", b"<html></html>", UNSURE),
        ("another-id", assertion(f"{HOST}/ob2/assertions/2"), UNSURE),
        ("duplicate-members", text(assertion())[:-2] + b',"id":"x"}', UNSURE),
    ):
        yield _file(
            f"hosted-{name}",
            assertion(),
            "what stands at its address does not prove it",
            answers=answers,
            documents=served(assertion=hosted),
        )
    for name, address in (
        ("loopback", "https://127.0.0.1/ob2/1"),
        ("metadata", "http://169.254.169.254/latest/meta-data"),
        ("decimal", "https://2130706433/ob2/1"),
        ("rebinding", "https://rebinding.example.org/ob2/1"),
        ("file", "file:///etc/passwd"),
        ("data", "data:application/json,{}"),
    ):
        yield _file(
            f"address-{name}",
            assertion(address),
            "an address that must not be asked",
            answers=UNSURE,
        )


def _documents() -> Iterator[HostileFile]:
    for name, changes, why, answers in (
        (
            "badge-of-another",
            {"badge": badge_class(issuer=f"{MALLORY}/issuer")},
            "its badge class is another issuer's",
            UNSURE,
        ),
        ("badge-not-there", {"badge": None}, "its badge class cannot be had", UNSURE),
        ("badge-is-a-profile", {"badge": profile()}, "no badge class", UNSURE),
        ("issuer-not-there", {"issuer": None}, "its issuer cannot be had", UNSURE),
        ("issuer-is-a-badge", {"issuer": badge_class()}, "no issuer", UNSURE),
        (
            "issuer-moved",
            {"issuer": profile(id=f"{MALLORY}/issuer")},
            "the profile says it is another's",
            UNSURE,
        ),
        (
            "expired",
            {"assertion": assertion(expires="2026-03-01T00:00:00Z")},
            "expired",
            ("expired",),
        ),
        (
            "expires-before-it-begins",
            {"assertion": assertion(expires="2020-01-01T00:00:00Z")},
            "it ends before it begins",
            ("expired", "invalid", "malformed"),
        ),
        (
            "picture-inside",
            {"assertion": assertion(image="data:image/png;base64,iVBORw0KGgo=")},
            "a picture where an address should be",
            ("invalid", "malformed"),
        ),
    ):
        documents = served(**changes)
        yield _file(
            name,
            documents[ASSERTION].decode(),
            why,
            answers=answers,
            documents=documents,
            suffix=".json",
        )


def _signatures() -> Iterator[HostileFile]:
    bare = jws({"alg": "none"}, _to_sign(), OWN).rpartition(".")[0]
    payload = _to_sign()
    for name, data, changes, why in (
        ("signed-by-another", signed(by=FOREIGN), {}, "signed by another key"),
        ("signed-none", f"{bare}.", {}, "not signed"),
        (
            "signed-key-of-another",
            signed(by=FOREIGN),
            {"key": public_key(f"{MALLORY}/issuer", FOREIGN)},
            "the key's owner is another",
        ),
        (
            "signed-key-not-listed",
            signed(by=FOREIGN),
            {
                "key": public_key(of=FOREIGN),
                "issuer": profile(publicKey=f"{HOST}/ob2/key-2"),
            },
            "the issuer does not list the key",
        ),
        (
            "signed-changed",
            _swapped(signed(), {**payload, "issuedOn": "2020-01-01T00:00:00Z"}),
            {},
            "changed after signing",
        ),
        (
            "signed-key-on-another-host",
            signed(
                _to_sign(
                    verification={"type": "SignedBadge", "creator": f"{MALLORY}/key"}
                ),
                FOREIGN,
            ),
            {"more": {f"{MALLORY}/key": {**public_key(of=FOREIGN), "id": None}}},
            "the key stands on another's host",
        ),
    ):
        yield _file(name, data, why, answers=UNSURE, documents=served(**changes))
    for name, listed, expect, answers in (
        ("listed", revocations({"id": payload["id"]}), "reject", ("revoked",)),
        ("listed-by-id", revocations(payload["id"]), "reject", ("revoked",)),
        (
            "list-of-another",
            revocations(issuer=f"{MALLORY}/issuer"),
            "warn",
            UNSURE,
        ),
        ("list-not-there", None, "warn", ("undetermined",)),
        ("list-broken", revocations(revokedAssertions="none"), "warn", UNSURE),
    ):
        yield _file(
            f"signed-{name}",
            signed(),
            "its issuer's list revokes it, or cannot be believed",
            expect,
            answers=answers,
            documents=served(revocations=listed),
        )


def _swapped(token: str, payload: JsonObject) -> str:
    other = jws({"alg": "RS256"}, payload, FOREIGN)
    head, _, signature = token.split(".")
    return ".".join((head, other.split(".")[1], signature))

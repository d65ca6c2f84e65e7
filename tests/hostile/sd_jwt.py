"""Attacks on tokens with disclosures (table 1a): RFC 9901 sections 7.1 and 7.3."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from tests.hostile.badges import Group, badge
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import (
    HARBOUR,
    MALLORY,
    JsonObject,
    Key,
    b64,
    compact,
    header_of,
    jws,
    key,
)

GROUP = Group("signatures-and-keys")
ROW = "sd-jwt"
HOLDER, OTHER = key("holder"), key("another holder")
MOMENT = 1795608000
UNSURE = ("undetermined", "invalid", "malformed")


def disclosure(*entry: Any) -> str:
    """Write a disclosure: salt, perhaps a name, value."""
    return b64(json.dumps(entry).encode())


def digest(text: str, hash_name: str = "sha256") -> str:
    return b64(hashlib.new(hash_name, text.encode()).digest())


def claims(**changes: Any) -> JsonObject:
    """Write the claims of an SD-JWT VC."""
    written = {
        "iss": HARBOUR.id,
        "vct": "https://harbour.example.org/types/knots",
        "iat": 1769904000,
        "cnf": {"jwk": HOLDER.jwk},
        "name": "Knots and Splices",
        **changes,
    }
    return {name: value for name, value in written.items() if value is not None}


def token(
    payload: JsonObject,
    disclosures: Sequence[str] = (),
    *,
    signer: Key = HARBOUR.key,
    binding: str = "",
    **header: Any,
) -> str:
    """Sign a payload, and put disclosures and a key binding behind it."""
    typ = "vc+sd-jwt" if "@context" in payload else "dc+sd-jwt"
    first = jws(header_of(HARBOUR, **{"typ": typ, **header}), payload, signer)
    return "".join(f"{part}~" for part in (first, *disclosures)) + binding


def bound(
    presented: str, holder: Key = HOLDER, *, typ: str = "kb+jwt", **more: Any
) -> str:
    """Present a token by the holder's key."""
    said = {
        "iat": MOMENT,
        "aud": "https://verifier.example.org",
        "nonce": "n-1",
        "sd_hash": digest(presented),
        **more,
    }
    said = {name: value for name, value in said.items() if value is not None}
    return presented + jws({"alg": "EdDSA", "typ": typ}, said, holder)


def good() -> tuple[str, ...]:
    """Make the tokens that the controls hold."""
    shown = disclosure("salt", "grade", "A")
    payload = claims(_sd=[digest(shown), digest("withheld")], _sd_alg="sha-256")
    inner = badge()
    inner["credentialSubject"]["_sd"] = [
        digest(disclosure("s", "email", "a@b.example"))
    ]
    return (
        token(payload, [shown]),
        bound(token(payload, [shown])),
        token({**inner, "_sd_alg": "sha-256"}),
    )


def files() -> Iterator[HostileFile]:
    yield from _digests()
    yield from _disclosures()
    yield from _bindings()
    yield from _headers()
    yield from _documents()


def _file(
    name: str, data: str, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(f"{ROW}/{name}", data, why, expect, **more)


def _digests() -> Iterator[HostileFile]:
    shown = disclosure("salt", "grade", "A")
    element = disclosure("salt", "A")
    one = digest(shown)
    for name, payload, parts, why in (
        ("disclosure-twice", claims(_sd=[one]), [shown, shown], "one disclosure twice"),
        ("digest-twice", claims(_sd=[one, one]), [shown], "one digest twice"),
        (
            "digest-twice-apart",
            claims(_sd=[one], more={"_sd": [one]}),
            [shown],
            "one digest twice",
        ),
        (
            "forged",
            claims(_sd=[digest("x")]),
            [shown],
            "a disclosure that the issuer did not sign",
        ),
        (
            "forged-without-digests",
            claims(),
            [shown],
            "a disclosure that the issuer did not sign",
        ),
        (
            "changed",
            claims(_sd=[one]),
            [disclosure("salt", "grade", "B")],
            "changed after signing",
        ),
        (
            "other-text-for-the-same",
            claims(_sd=[one]),
            [b64(b'["salt","grade","A"]')],
            "the same array, other bytes",
        ),
        ("digest-no-text", claims(_sd=[1]), [], "a digest that is no text"),
        ("digests-no-array", claims(_sd=one), [shown], "digests that are no array"),
        (
            "dots-at-the-top",
            claims(**{"...": one}),
            [shown],
            "an element's digest at the top",
        ),
        (
            "dots-with-company",
            claims(tags=[{"...": digest(element), "x": 1}]),
            [element],
            "a digest with company",
        ),
        (
            "element-as-member",
            claims(_sd=[digest(element)]),
            [element],
            "an element disclosed as a member",
        ),
        (
            "member-as-element",
            claims(tags=[{"...": one}]),
            [shown],
            "a member disclosed as an element",
        ),
        (
            "md5",
            claims(_sd=[digest(shown, "md5")], _sd_alg="md5"),
            [shown],
            "a hash that is not safe",
        ),
        (
            "sha-1",
            claims(_sd=[digest(shown, "sha1")], _sd_alg="sha-1"),
            [shown],
            "a hash that is not safe",
        ),
        (
            "cut-hash",
            claims(_sd=[one[:8]], _sd_alg="sha-256-32"),
            [shown],
            "a hash that is cut off",
        ),
        (
            "hash-no-text",
            claims(_sd=[one], _sd_alg=1),
            [shown],
            "a hash that is no text",
        ),
        (
            "hash-unknown",
            claims(_sd=[one], _sd_alg="shake-256"),
            [shown],
            "a hash that is not known",
        ),
    ):
        yield _file(name, token(payload, parts), why)


def _disclosures() -> Iterator[HostileFile]:
    for name in (
        "_sd",
        "...",
        "_sd_alg",
        "iss",
        "vct",
        "exp",
        "nbf",
        "cnf",
        "status",
        "name",
    ):
        part = disclosure("salt", name, HARBOUR.id if name == "iss" else "x")
        base = claims(iss=None) if name == "iss" else claims()
        yield _file(
            f"named-{name.strip('.') or 'dots'}",
            token({**base, "_sd": [digest(part)]}, [part]),
            "a disclosure of a reserved name, of what decides, or of what stands there",
        )
    for name, text in (
        ("no-array", b'{"grade":"A"}'),
        ("one", b'["salt"]'),
        ("four", b'["salt","grade","A","B"]'),
        ("salt-no-text", b'[1,"grade","A"]'),
        ("name-no-text", b'["salt",1,"A"]'),
        ("duplicate-members", b'["salt","grade",{"a":1,"a":2}]'),
        ("deep", b'["salt","grade",' + b"[" * 5000 + b"]" * 5000 + b"]"),
        ("nan", b'["salt","grade",NaN]'),
        ("bad-utf-8", b'["salt","grade","\xff"]'),
    ):
        part = b64(text)
        yield _file(
            f"disclosure-{name}",
            token(claims(_sd=[digest(part)]), [part]),
            "that is no disclosure",
        )
    padded = disclosure("salt", "grade", "AB") + "="
    yield _file(
        "disclosure-padded", token(claims(_sd=[digest(padded)]), [padded]), "padding"
    )
    yield _file("disclosure-empty", token(claims(), [""]), "an empty disclosure")
    many = [disclosure("salt", f"n{n}", n) for n in range(10_001)]
    yield _file(
        "ten-thousand",
        token(claims(_sd=[digest(part) for part in many]), many),
        "10,001 disclosures",
        costly=True,
    )
    chain: list[str] = []
    value: Any = "end"
    for number in range(2000):
        chain.append(disclosure("salt", f"n{number}", value))
        value = {"_sd": [digest(chain[-1])]}
    yield _file(
        "chain",
        token(claims(_sd=[digest(chain[-1])]), chain),
        "2,000 in each other",
        costly=True,
    )


def _bindings() -> Iterator[HostileFile]:
    shown = disclosure("salt", "grade", "A")
    payload = claims(_sd=[digest(shown)])
    whole, less = token(payload, [shown]), token(payload)
    for name, data, why in (
        (
            "by-another-key",
            bound(whole, OTHER),
            "presented by a key that is not the holder's",
        ),
        (
            "over-another-selection",
            bound(less).replace(less, whole),
            "made for another selection",
        ),
        ("of-another-type", bound(whole, typ="JWT"), "not of the type kb+jwt"),
        ("without-hash", bound(whole, sd_hash=None), "covers nothing"),
        ("without-nonce", bound(whole, nonce=None), "without a nonce"),
        ("dated-ahead", bound(whole, iat=MOMENT + 3600), "dated ahead"),
        ("no-holder", bound(token(claims(cnf=None))), "the issuer bound it to no key"),
        (
            "holder-symmetric",
            bound(token(claims(cnf={"jwk": {"kty": "oct", "k": "AA"}}))),
            "bound to no public key",
        ),
        ("cut", bound(whole)[:-5], "cut off"),
        (
            "unsigned",
            whole + f"{b64(compact({'alg': 'none', 'typ': 'kb+jwt'}))}.{b64(b'{}')}.",
            "not signed",
        ),
    ):
        yield _file(f"binding-{name}", data, why)


def _headers() -> Iterator[HostileFile]:
    payload = claims()
    unsigned = header_of(HARBOUR, alg="none", typ="dc+sd-jwt")
    for name, data, why in (
        (
            "forged-by-another-key",
            token(payload, signer=MALLORY.key),
            "by somebody else's key",
        ),
        (
            "alg-none",
            f"{b64(compact(unsigned))}.{b64(compact(payload))}.~",
            "not signed",
        ),
        ("alg-hs256", token(payload, alg="HS256"), "a code of a shared secret"),
        (
            "alg-of-another-key",
            token(payload, alg="ES256"),
            "not the algorithm of the key",
        ),
        (
            "foreign-jwk",
            token(payload, signer=MALLORY.key, jwk=MALLORY.key.jwk, kid=None),
            "another key in the header",
        ),
        (
            "kid-of-another",
            token(payload, signer=MALLORY.key, kid=MALLORY.method),
            "another's key",
        ),
        ("crit", token(payload, crit=["x"], x=1), "an unknown extension"),
        ("b64-false", token(payload, b64=False), "the payload is not base64url"),
        ("typ-kb", token(payload, typ="kb+jwt"), "a key binding as a credential"),
        ("typ-at", token(payload, typ="at+jwt"), "an access token"),
        (
            "typ-plain-vc",
            token(payload, typ="vc+jwt"),
            "the type of a token without disclosures",
        ),
        ("duplicate-claim", token(payload).split("~")[0] + "~~", "an empty part"),
        ("no-tilde", token(payload)[:-1], "the last ~ was cut off"),
        (
            "two-tokens",
            token(payload)[:-1] + "~" + token(payload),
            "a second token behind",
        ),
        ("space", token(payload).replace("~", " ~"), "white space inside"),
        ("expired", token(claims(exp=1772323200)), "expired"),
        ("ahead", token(claims(nbf=1924992000)), "not valid yet"),
        ("issuer-no-text", token(claims(iss=1)), "an issuer that is no text"),
        ("no-type", token(claims(vct=None)), "no type"),
        (
            "certificate-broken",
            token(payload, x5c=["MIIB"], kid=None),
            "a certificate that is none",
        ),
    ):
        answers = {
            "expired": ("expired",),
            "ahead": ("not-yet-valid",),
            "certificate-broken": UNSURE,
            "no-type": UNSURE,
        }
        yield _file(name, data, why, answers=answers.get(name, ()))


def _documents() -> Iterator[HostileFile]:
    """The same where the payload is a document of VC 2.0."""
    shown = disclosure("salt", "validUntil", "2099-01-01T00:00:00Z")
    for name, payload, parts, why in (
        (
            "vc-overrides",
            {**badge(validUntil="2026-03-01T00:00:00Z"), "_sd": [digest(shown)]},
            [shown],
            "it would replace the expiry",
        ),
        ("vc-forged", badge(), [shown], "a disclosure that the issuer did not sign"),
        (
            "vc-issuer",
            {**badge(issuer=MALLORY.profile)},
            [],
            "the issuer is somebody else",
        ),
        ("vc-iss", {**badge(), "iss": MALLORY.id}, [], "iss is not the issuer"),
    ):
        yield _file(name, token(payload, parts), why)

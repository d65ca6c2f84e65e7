"""Does a JAdES signature fit, and what does its signer say about it?

ETSI TS 119 182-1 section 5 (header parameters), RFC 7515 section 4.1.11 (`crit`), RFC
7797 (`b64`). The key comes from the certificate in the protected header; whose it is,
and whether anybody vouches for it, is asked of the chain.
"""

import base64
import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Undetermined, Unreadable
from credwallet.formats._jws import decode
from credwallet.formats.jades import Signature
from credwallet.keys import certificate as certificates
from credwallet.keys.certificate import Certificate
from credwallet.keys.wording import shown
from credwallet.keys.x5c import Certified, read_x5c
from credwallet.keys.x5c import decode as decode_certificate
from credwallet.model.moment import moment_of, moment_of_seconds
from credwallet.model.proof import Jws, VerificationMethod
from credwallet.proofs.jose import ALGORITHMS, CREDENTIAL_TYPES
from credwallet.proofs.sd_jwt import check_signature
from credwallet.proofs.verified import VerifiedProof

CERTIFICATE = "X.509 certificate"

_TYPES = CREDENTIAL_TYPES | {"jose", "jose+json"}
# Time stamps over the content are named, not verified; the others repeat what x5c says.
_UNDERSTOOD = frozenset(("b64", "sigT", "adoTst", "x5t#o", "sigX5ts"))
# They say under which conditions it was signed, or what: nothing here reads them.
_UNREAD = frozenset(("sigD", "sigPId", "sigPl", "srCms", "srAts"))
_ASK = "ask the issuer for a new copy"


class Sealed(NamedTuple):
    """What a good signature says about itself.

    `signed_at` is when it was made by the signer's own word, None if not stated.
    `unchecked` are properties that were not looked at, such as time stamps.
    """

    proof: VerifiedProof
    certificate: Certificate
    signed_at: datetime | None
    unchecked: tuple[str, ...]


def verify_jades(signature: Signature) -> Sealed:
    """Verify one signature of a sealed credential.

    Args:
        signature: As it was read.

    Returns:
        The certificate whose key made it; nobody has vouched for that yet.

    Raises:
        Invalid: The signature does not fit, or a rule is broken.
        Undetermined: A kind of key or a condition that is not supported.

    """
    header = signature.jws.header
    _check_header(signature)
    chain = _chain(signature)
    leaf = certificates.read(decode_certificate(chain[0]))
    _check_digest(header, leaf)
    signed_at = signing_time(signature.jws)
    method = VerificationMethod(
        id=f"certificate of {shown(leaf.organization or leaf.subject)}",
        type=CERTIFICATE,
        controller=leaf.subject,
        public_key=certificates.public_key(leaf),
        relationships=frozenset(("assertionMethod",)),
        self_asserted=True,
        source="the certificate in the seal",
    )
    check_signature(signature.jws, method)
    return Sealed(
        VerifiedProof(f"JAdES {header['alg']}", method),
        leaf,
        signed_at,
        _unchecked(signature),
    )


def certified(jws: Jws, *, trusted: tuple[bytes, ...], at: datetime) -> Certified:
    """Follow the chain of a signature; see `read_x5c`.

    Args:
        jws: A good signature.
        trusted: Certificates (DER) of the learner's trust list.
        at: Now; the chain must hold when it was signed, if that is stated.

    """
    moment = signing_time(jws)
    return read_x5c(
        jws.header.get("x5c"),
        trusted=trusted,
        at=at if moment is None else min(moment, at),
    )


def signing_time(jws: Jws) -> datetime | None:
    """Read when it was signed by the signer's own word (`sigT`, or `iat` since 1.2.1).

    Raises:
        Invalid: Not a moment.

    """
    if "sigT" in jws.header:
        value = jws.header["sigT"]
        moment = moment_of(value) if isinstance(value, str) else None
    elif "iat" in jws.header:
        value = jws.header["iat"]
        moment = moment_of_seconds(value) if type(value) is int else None
    else:
        return None
    if moment is None:
        raise _refused("the time of signing in the seal is no date and time")
    return moment


def _check_header(signature: Signature) -> None:
    header = signature.jws.header
    algorithm = header.get("alg")
    known = {name for names in ALGORITHMS.values() for name in names}
    if not isinstance(algorithm, str) or algorithm not in known:
        raise Invalid(
            f"the algorithm {shown(algorithm)} cannot seal a credential",
            type="algorithm",
            next_step=_ASK,
        )
    twice = sorted(header.keys() & signature.unprotected.keys())
    if twice:
        raise _refused(f"the seal says {shown(twice[0])} signed and unsigned")
    typ = header.get("typ", "")
    if not isinstance(typ, str) or (
        typ.lower().removeprefix("application/") not in _TYPES
    ):
        raise _refused(f"a seal of the type {shown(typ)} is none of a credential")
    if not isinstance(header.get("b64", True), bool):
        raise _refused("the member b64 of the seal is neither true nor false")
    _check_critical(header)


def _check_critical(header: dict[str, Any]) -> None:
    critical = header.get("crit", [])
    names = critical if isinstance(critical, list) else [None]
    well_formed = all(isinstance(name, str) for name in names)
    if not well_formed or len(set(names)) != len(names) or not names == critical:
        raise _refused("the member crit of the seal is no list of names")
    if "crit" in header and not names:
        raise _refused("the member crit of the seal is empty")
    for name in names:
        if name not in header:
            raise _refused(f"the seal demands {shown(name)} and does not have it")
        if name not in _UNDERSTOOD | _UNREAD:
            raise _refused(f"the seal demands an unknown extension: {shown(name)}")
    # RFC 7797 section 6: who does not know it would read another payload.
    if header.get("b64") is False and "b64" not in names:
        raise _refused("the seal does not say that b64 must be understood (crit)")
    unread = sorted(_UNREAD & header.keys())
    if unread:
        raise Undetermined(
            f"the seal was made under conditions that are not read ({unread[0]})",
            type="unsupported-proof",
            next_step="verify it at the issuer or with the Europass viewer",
        )


def _chain(signature: Signature) -> list[Any]:
    value = signature.jws.header.get("x5c")
    if isinstance(value, list) and value:
        return value
    if "x5c" in signature.unprotected:
        raise _refused("the certificate stands outside of what was signed")
    if "x5c" in signature.jws.header:
        raise _refused("the seal has no list of certificates in x5c")
    raise Undetermined(
        "the seal does not bring the certificate of its signer",
        type="no-certificate",
        next_step="verify it at the issuer or with the Europass viewer",
    )


def _check_digest(header: dict[str, Any], leaf: Certificate) -> None:
    if "x5t#S256" not in header:
        return
    digest = base64.urlsafe_b64encode(hashlib.sha256(leaf.der).digest())
    if header["x5t#S256"] != digest.rstrip(b"=").decode():
        raise _refused("the seal names another certificate than it brings (x5t#S256)")


def _unchecked(signature: Signature) -> tuple[str, ...]:
    """Name what the seal carries along and nobody looked at here."""
    names = ["adoTst"] if "adoTst" in signature.jws.header else []
    listed = signature.unprotected.get("etsiU", [])
    for entry in listed[:20] if isinstance(listed, list) else ():
        names.extend(_names(entry))
    return tuple(dict.fromkeys(shown(name) for name in names))


def _names(entry: Any) -> tuple[str, ...]:
    if isinstance(entry, str):
        try:
            text = entry.encode("ascii", "replace")
            entry = strict_json.loads(decode(text, "property"))
        except Unreadable:
            return ("etsiU",)
    return tuple(entry)[:5] if isinstance(entry, dict) else ("etsiU",)


def _refused(what: str) -> Invalid:
    return Invalid(what, type="header", next_step=_ASK)

"""Who is certified to hold the key that a JOSE header brings along as `x5c`?

RFC 7515 section 4.1.6, RFC 5280 section 6.1. The path validation of the cryptography
package is for TLS servers and clients: it knows no trusted leaf and wants DNS names.
Revocation lists of certificates are not looked up: the caller says so.
"""

import base64
import binascii
from datetime import datetime
from typing import NamedTuple

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import certificate as certificates
from credwallet.keys.certificate import MAX_BYTES, Certificate
from credwallet.keys.public_key import PublicKey
from credwallet.keys.wording import shown

_MAX_CERTIFICATES = 10
_TYPE = "certificate"
_NO_ANCHOR = "no trusted certificate stands behind the signer's certificate"


class Certified(NamedTuple):
    """A key and who it belongs to, as certificates say.

    `subject` is RFC 4514 text, `organization` its O, else its CN. `names` are the DNS
    names and URIs of subjectAltName. `anchor` is the subject of the trusted certificate
    that ends the chain, `""` if none does; `doubt` says why not, `""` if one does.
    """

    public_key: PublicKey
    subject: str
    organization: str
    names: frozenset[str]
    anchor: str
    doubt: str


def read_x5c(value: object, *, trusted: tuple[bytes, ...], at: datetime) -> Certified:
    """Follow a chain of certificates from a signer's key towards a trusted one.

    Args:
        value: The member `x5c`: base64 of DER, the signer's certificate first, at most
            10, each at most 64 KiB.
        trusted: Certificates (DER) that the learner trusts: authorities or signers.
        at: The moment at which the chain must hold, with a time zone: when it was
            signed where that is known, else now.

    Returns:
        The signer's key and names. A certificate that had expired at that moment is a
        doubt: the signature may be older, and then it was good.

    Raises:
        Invalid: Not such an array, a chain that is broken (RFC 5280 section 6.1), or a
            first certificate that is not for signing or was not valid yet.
        Undetermined: The signer's key is of a kind that is not supported.

    """
    chain = _read(value)
    leaf = chain[0]
    pinned = leaf.der in trusted
    public_key = certificates.public_key(leaf)
    _check_leaf(leaf, pinned=pinned)
    _check_begun(chain, at)
    verified, unfollowed = _follow(chain)
    path = _path(verified, trusted)
    doubt = _doubt(path, at) if path else unfollowed or _NO_ANCHOR
    return Certified(
        public_key=public_key,
        subject=leaf.subject,
        organization=leaf.organization,
        names=leaf.names,
        anchor="" if doubt else path[-1].subject or "no name",
        doubt=doubt,
    )


def _read(value: object) -> tuple[Certificate, ...]:
    if not isinstance(value, list) or not value:
        raise Invalid("x5c is no list of certificates", type=_TYPE)
    if len(value) > _MAX_CERTIFICATES:
        raise Invalid(
            f"x5c has {len(value)} certificates, more than {_MAX_CERTIFICATES}",
            type=_TYPE,
        )
    return tuple(certificates.read(decode(entry)) for entry in value)


def decode(entry: object) -> bytes:
    """Decode one entry of `x5c`: canonical base64, not base64url.

    Args:
        entry: What stands in the array.

    Returns:
        DER; whether it is a certificate is not asked.

    Raises:
        Invalid: Anything else, or more than 64 KiB.

    """
    # Four characters for three bytes, and a rest.
    if isinstance(entry, str) and len(entry) > MAX_BYTES // 3 * 4 + 8:
        raise Invalid("a certificate in x5c is longer than 64 KiB", type=_TYPE)
    try:
        der = base64.b64decode(entry, validate=True) if isinstance(entry, str) else b""
    except (binascii.Error, ValueError):
        der = b""
    if not der or base64.b64encode(der).decode() != entry:
        raise Invalid("a certificate in x5c is not base64 of DER", type=_TYPE)
    return der


def _check_leaf(leaf: Certificate, *, pinned: bool) -> None:
    # Who makes a certificate for himself often makes it a CA: then it must be the very
    # one that the learner trusts.
    if leaf.is_authority and not pinned:
        raise Invalid(
            f"the certificate of {_who(leaf)} is for an authority, not for a signer",
            type=_TYPE,
        )
    if not leaf.signs:
        raise Invalid(
            f"the certificate of {_who(leaf)} is not for signing documents", type=_TYPE
        )


def _check_begun(chain: tuple[Certificate, ...], at: datetime) -> None:
    for entry in chain:
        if at < entry.not_before:
            raise Invalid(
                f"the certificate of {_who(entry)} is valid only from"
                f" {entry.not_before:%Y-%m-%d}",
                type=_TYPE,
            )


def _follow(chain: tuple[Certificate, ...]) -> tuple[tuple[Certificate, ...], str]:
    """Verify each certificate with the next; say where that could not be done."""
    for place, issuer in enumerate(chain[1:], 1):
        _check_issuer(issuer, chain[1:place])
        try:
            certificates.check_signed_by(chain[place - 1], issuer)
        except Undetermined as error:
            return chain[:place], error.what
    return chain, ""


def _check_issuer(issuer: Certificate, below: tuple[Certificate, ...]) -> None:
    if not issuer.signs_others:
        raise Invalid(
            f"the certificate of {_who(issuer)} may not sign other certificates",
            type=_TYPE,
        )
    # RFC 5280 section 4.2.1.9: one that carries the issuer's own name does not count.
    counted = sum(not certificates.is_named_issuer(entry, entry) for entry in below)
    if issuer.path_length is not None and counted > issuer.path_length:
        raise Invalid(
            f"the certificate of {_who(issuer)} allows {issuer.path_length}"
            f" authorities below it, and there are {counted}",
            type=_TYPE,
        )


def _path(
    chain: tuple[Certificate, ...], trusted: tuple[bytes, ...]
) -> tuple[Certificate, ...]:
    """Return the chain up to a trusted certificate, which is in it or signed one."""
    known = frozenset(trusted)
    for place, entry in enumerate(chain):
        if entry.der in known:
            return chain[: place + 1]
    candidates = tuple(map(_candidate, known))
    for place, entry in enumerate(chain):
        for candidate in candidates:
            if candidate is not None and _signed(
                entry, candidate, below=chain[1 : place + 1]
            ):
                return (*chain[: place + 1], candidate)
    return ()


def _candidate(der: bytes) -> Certificate | None:
    # A trust list may hold what we cannot read; then nobody can rest on it.
    try:
        return certificates.read(der)
    except Invalid:
        return None


def _signed(
    entry: Certificate, candidate: Certificate, *, below: tuple[Certificate, ...]
) -> bool:
    if not certificates.is_named_issuer(candidate, entry):
        return False
    try:
        _check_issuer(candidate, below)
        certificates.check_signed_by(entry, candidate)
    except (Invalid, Undetermined):
        return False
    return True


def _doubt(path: tuple[Certificate, ...], at: datetime) -> str:
    for entry in path:
        if at < entry.not_before:
            return f"the certificate of {_who(entry)} was not valid yet"
        if at > entry.not_after:
            return (
                f"the certificate of {_who(entry)} expired on"
                f" {entry.not_after:%Y-%m-%d}"
            )
        if entry.limits_names:
            return (
                f"the certificate of {_who(entry)} is limited to certain names,"
                " which are not compared"
            )
    return ""


def _who(certificate: Certificate) -> str:
    return shown(certificate.organization or certificate.subject or "no name")

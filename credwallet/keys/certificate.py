"""What does one X.509 certificate say, and did that other one sign it?

RFC 5280 section 4. Only what the chain of a JOSE `x5c` needs: names, times, purposes.
"""

import warnings
from datetime import datetime
from typing import Any, NamedTuple

from credwallet.errors import Invalid, Undetermined
from credwallet.keys.public_key import (
    PublicKey,
    from_ec_point,
    from_ed25519_bytes,
    from_rsa_numbers,
)
from credwallet.keys.wording import shown

MAX_BYTES = 64 * 1024

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
_HASHES = frozenset(("sha256", "sha384", "sha512"))
_TYPE = "certificate"
# Critical extensions that are obeyed: basicConstraints, keyUsage, extendedKeyUsage (no
# purpose of it is asked for), subjectAltName, certificatePolicies (any is accepted).
# nameConstraints are known but not computed: whoever follows the chain says so.
_NAME_CONSTRAINTS = "2.5.29.30"
_OBEYED = frozenset(
    ("2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.17", "2.5.29.32", _NAME_CONSTRAINTS)
)


class Certificate(NamedTuple):
    """One certificate; `parsed` and the names are of the cryptography package.

    `subject` is RFC 4514 text, `organization` its O, else its CN. `signs_others` means
    that it is a CA and may sign certificates, `signs` that its key may sign documents.
    `path_length` is how many CAs may stand below it, None for any number. `names` are
    its DNS names and URIs.
    """

    der: bytes
    parsed: Any
    subject_name: Any
    issuer_name: Any
    subject: str
    organization: str
    not_before: datetime
    not_after: datetime
    is_authority: bool
    signs_others: bool
    signs: bool
    path_length: int | None
    names: frozenset[str]
    limits_names: bool


def read(der: bytes) -> Certificate:
    """Read a certificate.

    Args:
        der: DER, at most 64 KiB.

    Returns:
        What it says; nothing of it is verified.

    Raises:
        Invalid: Not a certificate, or a critical extension that is not obeyed.

    """
    if len(der) > MAX_BYTES:
        raise _refused("a certificate is longer than 64 KiB")
    from cryptography import x509  # noqa: PLC0415 -- lazily: few credentials bring certificates
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 -- lazily: few credentials bring certificates

    # The library warns of odd encodings that authorities do use.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(der, x509.load_der_x509_certificate(der), x509)
        except (
            ValueError,
            # A name of a type that its attribute does not have.
            TypeError,
            UnsupportedAlgorithm,
            x509.DuplicateExtension,
            x509.UnsupportedGeneralNameType,
            x509.InvalidVersion,
        ):
            raise _refused("a certificate cannot be read") from None


def public_key(certificate: Certificate) -> PublicKey:
    """Return the key that a certificate is about.

    Raises:
        Invalid: A key that proves nothing, such as a short RSA key.
        Undetermined: A kind of key that is not supported.

    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 -- lazily: few credentials bring certificates
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: PLC0415 -- lazily: few credentials bring certificates

    try:
        key = certificate.parsed.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise _unsupported(certificate) from None
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return from_rsa_numbers(numbers.n, numbers.e)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return from_ed25519_bytes(key.public_bytes_raw())
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        return from_ec_point(_CURVES[key.curve.name], _point(key))
    raise _unsupported(certificate)


def is_named_issuer(issuer: Certificate, certificate: Certificate) -> bool:
    """Say whether a certificate names `issuer` as the one that issued it.

    Args:
        issuer: The certificate of who may have issued the other; its signature is not
            looked at.
        certificate: The one in question; a root names itself.

    """
    return bool(certificate.issuer_name == issuer.subject_name)


def check_signed_by(certificate: Certificate, issuer: Certificate) -> None:
    """Verify the signature on a certificate (RFC 5280 section 6.1.3 a 1 and a 4).

    Args:
        certificate: The one that was signed.
        issuer: The one whose key must have signed; whether it may is not asked here.

    Raises:
        Invalid: Another name, a signature that does not fit, a hash other than
            SHA-256, SHA-384 or SHA-512, or a key that proves nothing.
        Undetermined: A kind of key or signature that is not supported.

    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415 -- lazily: few credentials bring certificates

    _check_hash(certificate)
    public_key(issuer)
    if not is_named_issuer(issuer, certificate):
        raise _refused(
            f"the certificate of {_who(certificate)} does not name"
            f" {_who(issuer)} as its issuer"
        )
    try:
        certificate.parsed.verify_directly_issued_by(issuer.parsed)
    except InvalidSignature:
        raise _refused(
            f"the certificate of {_who(certificate)} was not signed by {_who(issuer)}"
        ) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _unsupported(certificate) from None


def _check_hash(certificate: Certificate) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 -- lazily: few credentials bring certificates

    try:
        hash_of = certificate.parsed.signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm):
        raise _unsupported(certificate) from None
    # Ed25519 has its own hash, and none is named.
    if hash_of is not None and hash_of.name not in _HASHES:
        raise _refused(
            f"the certificate of {_who(certificate)} is signed over"
            f" {hash_of.name}, which proves nothing"
        )


def _read(der: bytes, parsed: Any, x509: Any) -> Certificate:
    extensions = {entry.oid.dotted_string: entry for entry in parsed.extensions}
    for oid, entry in extensions.items():
        if entry.critical and oid not in _OBEYED:
            raise _refused(
                f"a certificate has the critical extension {oid}, which is not known"
            )
    basic = _value(parsed, x509.BasicConstraints)
    usage = _value(parsed, x509.KeyUsage)
    ca = basic is not None and basic.ca
    return Certificate(
        der=der,
        parsed=parsed,
        subject_name=parsed.subject,
        issuer_name=parsed.issuer,
        subject=parsed.subject.rfc4514_string(),
        organization=_organization(parsed.subject, x509.NameOID),
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        is_authority=ca,
        signs_others=ca and usage is not None and usage.key_cert_sign,
        signs=usage is None or usage.digital_signature or usage.content_commitment,
        path_length=basic.path_length if ca else None,
        names=_names(_value(parsed, x509.SubjectAlternativeName), x509),
        limits_names=_NAME_CONSTRAINTS in extensions,
    )


def _value(parsed: Any, kind: Any) -> Any:
    return next(
        (entry.value for entry in parsed.extensions if isinstance(entry.value, kind)),
        None,
    )


def _organization(subject: Any, oids: Any) -> str:
    for oid in (oids.ORGANIZATION_NAME, oids.COMMON_NAME):
        for attribute in subject.get_attributes_for_oid(oid):
            if isinstance(attribute.value, str) and attribute.value.strip():
                return attribute.value
    return ""


def _names(alternative: Any, x509: Any) -> frozenset[str]:
    if alternative is None:
        return frozenset()
    return frozenset(
        entry.value
        for entry in alternative
        if isinstance(entry, x509.DNSName | x509.UniformResourceIdentifier)
    )


def _point(key: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 -- lazily: few credentials bring certificates

    point: bytes = key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return point


def _who(certificate: Certificate) -> str:
    return shown(certificate.organization or certificate.subject or "no name")


def _refused(what: str) -> Invalid:
    return Invalid(what, type=_TYPE)


def _unsupported(certificate: Certificate) -> Undetermined:
    return Undetermined(
        f"the certificate of {_who(certificate)} has a kind of key or signature"
        " that is not supported",
        type="unsupported-key",
    )

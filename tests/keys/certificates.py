"""Makes X.509 certificates for tests: authorities, signers, and bad ones."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
SIGNING, SEALING_OTHERS, ENCIPHERING = "digital_signature", "key_cert_sign", "encipher"


class Issued(NamedTuple):
    """A certificate with its private key, so that it can sign further ones."""

    certificate: x509.Certificate
    key: Any

    @property
    def der(self) -> bytes:
        """The bytes."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def base64(self) -> str:
        """The text that x5c wants."""
        return base64.b64encode(self.der).decode()

    @property
    def pem(self) -> bytes:
        """The text that a bundle holds."""
        return self.certificate.public_bytes(Encoding.PEM)


def name_of(organization: str) -> x509.Name:
    """Make a name of an organization in a country."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "EE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
        ]
    )


def certificate(
    organization: str,
    *,
    by: Issued | None = None,
    key: Any = None,
    ca: bool | None = False,
    path_length: int | None = None,
    usage: tuple[str, ...] = (SIGNING,),
    hash_of: Any = None,
    begin: datetime = NOW - YEAR,
    end: datetime = NOW + YEAR,
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    issuer_name: str = "",
    more: tuple[x509.NameAttribute, ...] = (),
) -> Issued:
    """Issue a certificate; without `by` it signs itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    signer = by.key if by else key
    named = by.certificate.subject if by else name_of(organization)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([*name_of(organization), *more]))
        .issuer_name(name_of(issuer_name) if issuer_name else named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )
    if ca is not None:
        basic = x509.BasicConstraints(ca=ca, path_length=path_length)
        builder = builder.add_extension(basic, critical=True)
    if usage:
        builder = builder.add_extension(_usage(usage), critical=True)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    is_ed25519 = isinstance(signer, ed25519.Ed25519PrivateKey)
    algorithm = None if is_ed25519 else hash_of or hashes.SHA256()
    return Issued(builder.sign(signer, algorithm), key)


def authority(organization: str, **given: Any) -> Issued:
    """Issue the certificate of an authority."""
    return certificate(organization, ca=True, usage=(SEALING_OTHERS,), **given)


def _usage(wanted: tuple[str, ...]) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=SIGNING in wanted,
        content_commitment="content_commitment" in wanted,
        key_encipherment=ENCIPHERING in wanted,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=SEALING_OTHERS in wanted,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )

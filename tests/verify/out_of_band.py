"""Keys and certificates that rows ship beside the tokens, put where they belong.

The manifest names them `issuer-key`, `issuer-cert` and `trusted-certificate`. A learner
would supply the key as the issuer's metadata, and keep the certificate as trusted.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from credwallet.keys import jwt_vc_issuer


def certificates(documents: Mapping[str, Path]) -> tuple[bytes, ...]:
    """Read the certificates among the documents of a row, as DER."""
    return tuple(
        _der(documents[name].read_bytes())
        for name in ("issuer-cert", "trusted-certificate")
        if name in documents
    )


def _der(data: bytes) -> bytes:
    if data.startswith(b"-----"):
        return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    return base64.b64decode(data)


_PUBLIC = ("kty", "crv", "x", "y", "n", "e", "kid", "alg", "use")


def metadata(documents: Mapping[str, bytes], token: bytes) -> dict[str, bytes]:
    """Publish the key that a row ships as the metadata of the token's issuer."""
    if "issuer-key" not in documents or b"~" not in token:
        return {}
    payload = token.split(b".")[1]
    issuer = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))[
        "iss"
    ]
    key = json.loads(documents["issuer-key"])
    published = {
        "issuer": issuer,
        "jwks": {"keys": [{name: key[name] for name in _PUBLIC if name in key}]},
    }
    return {jwt_vc_issuer.address(issuer): json.dumps(published).encode()}


def sibling_methods(documents: Mapping[str, Path]) -> dict[str, bytes]:
    """Read the other verification methods that a suite ships for the same issuer."""
    found = {}
    for url, path in documents.items():
        if "#" not in url:
            continue
        for other in path.parent.glob("vm-*.json"):
            method = json.loads(other.read_bytes())
            if method.get("controller") == url.partition("#")[0]:
                found[method["id"]] = other.read_bytes()
    return found

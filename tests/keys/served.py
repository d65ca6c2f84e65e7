"""Documents and keys that the tests of this folder share."""

import json
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from credwallet.errors import Undetermined
from credwallet.fetch import Document, Fetch
from credwallet.keys import PublicKey, multikey
from credwallet.keys.multibase import base64url_encode


def serve(documents) -> Fetch:
    """Answer from a dictionary of address to JSON or bytes, and from nowhere else."""

    def fetch(url: str, /) -> Document:
        for address in (url, url.partition("#")[0]):
            if address in documents:
                value = documents[address]
                body = value if isinstance(value, bytes) else json.dumps(value).encode()
                return Document(address, body, "", "supplied")
        raise Undetermined(f"{url} was not fetched: offline", type="offline")

    return fetch


NOTHING = serve({})


@cache
def ed25519_key(seed: int = 1) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


@cache
def p256_key(seed: int = 1) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(seed, ec.SECP256R1())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def multikey_of(seed: int = 1) -> str:
    return multikey.encode(PublicKey("Ed25519", ed25519_key(seed).public_key()))


def jwk_of(seed: int = 1) -> dict[str, str]:
    raw = ed25519_key(seed).public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(raw)}


def method(document_id: str, name: str = "key-1", seed: int = 1, **more) -> dict:
    return {
        "id": f"{document_id}#{name}",
        "type": "Multikey",
        "controller": document_id,
        "publicKeyMultibase": multikey_of(seed),
        **more,
    }


def did_document(document_id: str, *methods: dict, **more) -> dict:
    return {
        "id": document_id,
        "verificationMethod": list(methods),
        "assertionMethod": [item["id"] for item in methods],
        **more,
    }

"""How does the holder's key sign? A presentation, a token, a key binding.

VC Data Integrity 1.0 section 4.2 (with `challenge` and `domain` of the verifier),
vc-di-eddsa section 3.2 and vc-di-ecdsa section 3.2 (over RDF), RFC 7515 section 3.1
(compact JWS), RFC 9901 section 4.3 (key binding). What is signed was chosen before; the
moment is passed in.
"""

import json
from typing import Any

from credwallet.canon.contexts import Contexts
from credwallet.errors import Undetermined
from credwallet.formats import sd_jwt as reading
from credwallet.keys.multibase import base58_encode, base64url_encode
from credwallet.keys.private_key import PrivateKey
from credwallet.model.occasion import Occasion, rfc3339, seconds
from credwallet.model.proof import SdJwt, proofs_of
from credwallet.proofs.secured import Secured

JsonObject = dict[str, Any]

SUITES = {"Ed25519": "eddsa-rdfc-2022", "P-256": "ecdsa-rdfc-2019"}
"""The cryptosuite over RDF by the kind of the key."""


def prove(
    document: JsonObject, key: PrivateKey, occasion: Occasion, contexts: Contexts
) -> JsonObject:
    """Make the proof by which a holder authenticates a presentation.

    Args:
        document: The presentation without a proof; its `holder` is the key's DID.
        key: The holder's.
        occasion: Its nonce becomes `challenge`, its audience `domain`.
        contexts: The known contexts.

    Returns:
        The proof, to be put beside the other members.

    Raises:
        Invalid: If the document breaks a rule of JSON-LD.
        Undetermined: If its statements cannot be told, or some member makes none: the
            proof would not cover it.

    """
    options: JsonObject = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITES[key.kind],
        "created": rfc3339(occasion.at),
        "verificationMethod": key.method,
        "proofPurpose": "authentication",
        "challenge": occasion.nonce,
        "domain": occasion.audience,
    }
    if occasion.expires is not None:
        options["expires"] = rfc3339(occasion.expires)
    secured = {**document, "proof": options}
    data = Secured(secured, contexts).rdfc_hash_data(proofs_of(secured)[0], "sha256")
    if data.undefined:
        left_out = ", ".join(sorted({item.term for item in data.undefined})[:3])
        raise Undetermined(
            f"a proof would leave out what no context defines: {left_out}",
            instance=data.undefined[0].pointer,
            type="not-signed",
            next_step="sign it as a token",
        )
    return {**options, "proofValue": "z" + base58_encode(key.sign(data.data))}


def sign_token(header: JsonObject, claims: bytes, key: PrivateKey) -> str:
    """Sign claims as a compact JWS.

    Args:
        header: Without `alg`, which is the key's.
        claims: A JSON text.
        key: The holder's.

    """
    head = json.dumps({"alg": key.algorithm, **header}, separators=(",", ":"))
    body = f"{base64url_encode(head.encode())}.{base64url_encode(claims)}"
    return f"{body}.{base64url_encode(key.sign(body.encode('ascii')))}"


def bind(sd_jwt: SdJwt, key: PrivateKey, occasion: Occasion) -> bytes:
    """Put a key binding behind an SD-JWT (RFC 9901 section 4.3).

    Args:
        sd_jwt: With the disclosures that were chosen; a binding that it has is left.
        key: The one that the issuer named in `cnf`.
        occasion: Whose audience, nonce and moment the binding states.

    Returns:
        The presentation in compact serialisation.

    """
    claims: JsonObject = {
        "iat": seconds(occasion.at),
        "aud": occasion.audience,
        "nonce": occasion.nonce,
        "sd_hash": reading.digest(sd_jwt),
    }
    if occasion.expires is not None:
        claims["exp"] = seconds(occasion.expires)
    text = json.dumps(claims, separators=(",", ":")).encode()
    binding = sign_token({"typ": "kb+jwt"}, text, key)
    return sd_jwt.presented + binding.encode("ascii")

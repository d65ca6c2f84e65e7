"""`--as vp-jwt`: credentials in a presentation that is signed as one token.

VC-JOSE-COSE section 3.1.2: the payload is the presentation of VC Data Model 2.0, with
the claims `aud`, `nonce`, `iat` and `exp` (RFC 7519, OpenID Connect) beside its
members. Nothing has to be understood in order to be signed.
"""

import json
from typing import Any

from credwallet.model.credential import Credential
from credwallet.model.occasion import seconds
from credwallet.share import presented
from credwallet.share.disclosure import Disclosure
from credwallet.share.handover import Handover, Request, SharedFile
from credwallet.share.presentation import holder_notes, presenting_in, signing_key

NAME = "vp-jwt"
SUMMARY = "a presentation as a token that your key signs, for one receiver"

MEDIA_TYPE = "application/vp+jwt"


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: the credential, whose key presents it, and to whom.

    Args:
        credential: What would be presented.
        request: By which key, and to whom.

    """
    return presented.discloses(credential, request)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Put all credentials into one token, and sign it.

    Args:
        credentials: What is presented.
        request: By which key, and to whom.

    Returns:
        One file.

    Raises:
        Usage: If a credential is of a kind that no presentation holds.
        NotFound: If there is no key.

    """
    from credwallet.proofs.signing import sign_token  # noqa: PLC0415 -- lazily: other ways sign nothing

    presenting = presenting_in(request)
    occasion = presenting.occasion
    holder = signing_key(credentials, presenting)
    made = presented.around(credentials, holder, presenting, version=2)
    claims: dict[str, Any] = {
        "iss": holder.key.did,
        "aud": occasion.audience,
        "nonce": occasion.nonce,
        "iat": seconds(occasion.at),
    }
    if occasion.expires is not None:
        claims["exp"] = seconds(occasion.expires)
    beside = json.dumps(claims, separators=(",", ":"))
    payload = f"{made.text[:-1]},{beside[1:]}"
    header = {"typ": "vp+jwt", "cty": "vp", "kid": holder.key.method}
    text = sign_token(header, payload.encode(), holder.key)
    return Handover(
        (
            SharedFile(
                name=presented.file_name(credentials, request, ".jwt"),
                media_type=MEDIA_TYPE,
                content=text.encode("ascii"),
                scan=text,
            ),
        ),
        notes=(*made.notes, *holder_notes(credentials, holder, request)),
    )

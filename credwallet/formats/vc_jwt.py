"""Credentials and presentations secured as a JWT.

VC-JOSE-COSE section 3.1 (VC Data Model 2.0), VC Data Model 1.1 section 6.3.1, Open
Badges 3.0 section 8.2. Every `typ` is read; whether it may be used is judged later.
"""

from credwallet.formats._claims import Stated, claims_of, stated_by
from credwallet.formats._jws import take_apart
from credwallet.formats._kind import Kind
from credwallet.formats._parts import MEMBER, Openers, read_parts
from credwallet.model.credential import Credential, Held, Presentation
from credwallet.model.proof import Jws

__all__ = ["NAME", "REFUSAL", "claims_of", "from_jws", "read", "sniff", "take_apart"]

NAME = "vc-jwt"
REFUSAL = "no three base64url parts"

_CREDENTIAL = "application/vc+jwt"
_PRESENTATION = "application/vp+jwt"


def sniff(data: bytes) -> bool:
    """Say whether this looks like base64url with a dot."""
    # A JOSE header is a JSON object: `{"` or `{` with white space, in base64url.
    begins = data.lstrip(b" \t\r\n")[:2] in (b"ey", b"ew", b"e3")
    return begins and b"." in data and b"~" not in data


def read(data: bytes) -> Held:
    """Read a compact JWS that states a credential or presentation.

    Args:
        data: The token, white space around it allowed.

    Returns:
        The credential or presentation; `problem` names claims that contradict it.

    Raises:
        Unreadable: No compact JWS, or one that states neither.

    """
    return from_jws(data, 0)


def from_jws(data: bytes, depth: int) -> Held:
    """Read a compact JWS that stands in `depth` presentations; see `read`.

    Args:
        data: The token.
        depth: How many presentations stand around it.

    Returns:
        The credential or presentation.

    Raises:
        Unreadable: As `read`.

    """
    jws = take_apart(data)
    jws = jws._replace(claims=claims_of(jws))
    stated = stated_by(jws)
    if stated.kind is Kind.PRESENTATION:
        return _presentation(data, jws, stated, depth)
    return Credential(
        raw=data,
        media_type=_CREDENTIAL,
        format=NAME,
        document=stated.document,
        jws=jws,
        problem=stated.problem,
    )


def _presentation(data: bytes, jws: Jws, stated: Stated, depth: int) -> Presentation:
    # The modules need each other: a token may hold JSON, and JSON a token.
    from credwallet.formats import json_ld, sd_jwt  # noqa: PLC0415 -- breaks the circle

    return Presentation(
        raw=data,
        media_type=_PRESENTATION,
        format=NAME,
        document=stated.document,
        credentials=read_parts(
            jws.payload.decode(),
            (*stated.path, MEMBER),
            stated.document.get(MEMBER),
            openers=Openers(json_ld.from_object, from_jws, sd_jwt.from_token),
            depth=depth,
        ),
        jws=jws,
        problem=stated.problem,
    )

"""Credentials and presentations with values that their holder may disclose or not.

RFC 9901 (SD-JWT, compact serialisation), SD-JWT VC (its payload is a set of claims),
VC-JOSE-COSE section 3.2 (its payload is a VC 2.0 document). What is read is what was
disclosed; a rule of the disclosures that is broken is told as a problem.
"""

import json
from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Unreadable
from credwallet.formats import _disclosures as disclosing
from credwallet.formats._claims import Stated, claims_of, stated_in
from credwallet.formats._jws import take_apart
from credwallet.formats._kind import Kind, kind_of
from credwallet.formats._parts import MEMBER, Openers, read_parts
from credwallet.model.credential import Credential, Held, JsonObject, Presentation
from credwallet.model.proof import Jws, SdJwt

NAME = "sd-jwt"
REFUSAL = "no token with disclosures"

CLAIMS = "application/dc+sd-jwt"
CREDENTIAL = "application/vc+sd-jwt"
PRESENTATION = "application/vp+sd-jwt"

# SD-JWT VC section 3.2.2.2, RFC 9901 section 9.7: what decides whether it is valid.
_NEVER_SELECTIVE = frozenset(
    ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")
)
_SPACE = b" \t\r\n"


def sniff(data: bytes) -> bool:
    """Say whether this looks like a token with disclosures behind it."""
    return data.lstrip(_SPACE)[:2] in (b"ey", b"ew", b"e3") and b"~" in data


def read(data: bytes) -> Held:
    """Read an SD-JWT that states a credential or presentation.

    Args:
        data: `jws~disclosure~...~` and perhaps a key binding; white space around it
            allowed.

    Returns:
        The credential or presentation with what is disclosed; `problem` names a rule
        that is broken, and then nothing of the disclosures is in it.

    Raises:
        Unreadable: No such token.

    """
    return from_token(data, 0)


def from_token(data: bytes, depth: int) -> Held:
    """Read an SD-JWT that stands in `depth` presentations; see `read`.

    Args:
        data: The token.
        depth: How many presentations stand around it.

    Returns:
        The credential or presentation.

    Raises:
        Unreadable: As `read`.

    """
    text = data.strip(_SPACE)
    first, *parts = text.split(b"~")
    if not parts:
        raise Unreadable("no ~ ends the token of the issuer")
    jws = _token(first, "the token of the issuer")
    disclosures = disclosing.read_disclosures(parts[:-1])
    key_binding = _token(parts[-1], "the key binding") if parts[-1] else None
    payload = claims_of(jws)
    jws = jws._replace(claims=payload)
    problem, hash_name = "", ""
    try:
        hash_name = disclosing.hash_of(payload)
        found = disclosing.disclose(payload, disclosures, never=_NEVER_SELECTIVE)
    except Invalid as error:
        problem = error.what
        found = disclosing.Disclosed(_plain(payload), 0)
    sd_jwt = SdJwt(
        text=text,
        disclosures=tuple(parts[:-1]),
        hash_name=hash_name,
        withheld=found.withheld,
        states_claims=_states_claims(jws, found.claims),
        key_binding=key_binding,
    )
    if sd_jwt.states_claims:
        return Credential(
            data, CLAIMS, NAME, found.claims, jws=jws, problem=problem, sd_jwt=sd_jwt
        )
    stated = stated_in(found.claims, native=True)
    problem = problem or stated.problem
    if stated.kind is Kind.PRESENTATION:
        held = _presentation(data, jws, stated, depth)
        return held._replace(problem=problem, sd_jwt=sd_jwt)
    return Credential(
        data, CREDENTIAL, NAME, stated.document, jws=jws, problem=problem, sd_jwt=sd_jwt
    )


def type_of(jws: Jws) -> str:
    """Return the media type that `typ` names, in lower case, `""` if it names none."""
    typ = jws.header.get("typ")
    return typ.lower().removeprefix("application/") if isinstance(typ, str) else ""


def digest(sd_jwt: SdJwt) -> str:
    """Make the digest that a key binding must state (RFC 9901 section 4.3.1)."""
    return disclosing.digest(sd_jwt.presented, sd_jwt.hash_name)


def _token(part: bytes, what: str) -> Jws:
    if part != part.strip(_SPACE):
        raise Unreadable(f"white space stands beside {what}")
    return take_apart(part)


def _states_claims(jws: Jws, claims: JsonObject) -> bool:
    if type_of(jws) == "dc+sd-jwt" or "@context" not in claims:
        return True
    return kind_of(claims) not in (Kind.CREDENTIAL, Kind.PRESENTATION)


def _plain(payload: JsonObject) -> JsonObject:
    """Leave out what only disclosures could say."""
    return {
        name: value for name, value in payload.items() if name not in ("_sd", "_sd_alg")
    }


def _presentation(data: bytes, jws: Jws, stated: Stated, depth: int) -> Presentation:
    # The modules need each other: a token may hold JSON, and JSON a token.
    from credwallet.formats import json_ld, vc_jwt  # noqa: PLC0415 -- breaks the circle

    value = stated.document.get(MEMBER)
    return Presentation(
        raw=data,
        media_type=PRESENTATION,
        format=NAME,
        document=stated.document,
        credentials=read_parts(
            _text_around(jws, value),
            (MEMBER,),
            value,
            openers=Openers(json_ld.from_object, vc_jwt.from_jws, from_token),
            depth=depth,
        ),
        jws=jws,
    )


def _text_around(jws: Jws, value: Any) -> str:
    """Find the JSON text in which the parts stand; disclosed ones stand in none."""
    payload = strict_json.loads(jws.payload)
    if payload.get(MEMBER) == value:
        return jws.payload.decode()
    return json.dumps({MEMBER: value}, ensure_ascii=False)

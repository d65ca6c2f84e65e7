"""Which credential or presentation do the claims of a JWT state? And do they agree.

VC Data Model 1.1 section 6.3.1 (claims instead of members), VC-JOSE-COSE section 3.1
(claims beside members), Open Badges 3.0 section 8.2. A claim that contradicts the
member that it mirrors is told as a problem and changes nothing.
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.formats._kind import Kind, kind_of
from credwallet.model.credential import JsonObject
from credwallet.model.proof import Jws

_REGISTERED = frozenset(
    ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce", "vc", "vp")
)
# Media types of VC-JOSE-COSE and its drafts: the payload is the document itself.
_NATIVE = frozenset(
    ("vc+jwt", "vp+jwt", "vc+ld+json+jwt", "vp+ld+json+jwt", "vc-ld+jwt", "vp-ld+jwt")
)
_V2 = "https://www.w3.org/ns/credentials/v2"


class Stated(NamedTuple):
    """What the claims of a JWT state.

    `path` leads from the payload to the document: `()`, `("vc",)` or `("vp",)`.
    `problem` says why claims and members contradict each other, or is `""`.
    """

    kind: Kind
    document: JsonObject
    path: tuple[str, ...]
    problem: str


def stated_by(jws: Jws) -> Stated:
    """Read the credential or presentation that a JWT states.

    Args:
        jws: A JWS whose payload is meant to be a claims set (RFC 7519 section 4).

    Returns:
        The document, with members that only a claim states filled in.

    Raises:
        Unreadable: The payload is no strict JSON object or holds nothing of the kind.

    """
    return stated_in(claims_of(jws), native=_is_native(jws))


def stated_in(claims: JsonObject, *, native: bool) -> Stated:
    """Read the credential or presentation that claims state.

    Args:
        claims: A claims set.
        native: Whether the token's type says that it is the document itself
            (VC-JOSE-COSE), with claims beside its members.

    Returns:
        As `stated_by`.

    Raises:
        Unreadable: It holds nothing of the kind.

    """
    path, kind, problems = _choose(claims, native=native)
    inner = claims[path[0]] if path else claims
    document = {
        name: value for name, value in inner.items() if path or name not in _REGISTERED
    }
    if kind is Kind.PRESENTATION:
        problems += _mirror_text(document, "holder", claims, "iss")
    else:
        problems += _mirror_text(document, "issuer", claims, "iss")
        problems += _mirror_subject(document, claims)
        problems += _mirror_dates(document, claims, native=native)
    problems += _mirror_text(document, "id", claims, "jti")
    return Stated(kind, document, path, "; ".join(problems))


def claims_of(jws: Jws) -> JsonObject:
    """Read the claims set of a JWT.

    Args:
        jws: A JWS with a JSON payload.

    Returns:
        All claims, as they stand.

    Raises:
        Unreadable: The payload is no strict JSON object.

    """
    if jws.claims is not None:
        return jws.claims
    claims = strict_json.loads(jws.payload)
    if not isinstance(claims, dict):
        raise Unreadable("the payload is no JSON object")
    return claims


def _is_native(jws: Jws) -> bool:
    typ = jws.header.get("typ")
    return isinstance(typ, str) and typ.lower().removeprefix("application/") in _NATIVE


def _choose(
    claims: JsonObject, *, native: bool
) -> tuple[tuple[str, ...], Kind, list[str]]:
    present = [name for name in ("vc", "vp") if name in claims]
    problems = []
    if native:
        problems = [f"a {name} claim is not allowed in this type" for name in present]
    kind = kind_of(claims)
    if kind in (Kind.CREDENTIAL, Kind.PRESENTATION):
        if not native:
            problems = [f"a second copy stands under {name}" for name in present]
        return (), kind, problems
    kinds = {"vc": Kind.CREDENTIAL, "vp": Kind.PRESENTATION}
    for name in present:
        if isinstance(claims[name], dict):
            if len(present) > 1:
                problems.append("both a vc and a vp claim stand there")
            return (name,), kinds[name], problems
    raise Unreadable(
        "the claims hold no credential and no presentation",
        next_step="ask the issuer for the badge itself: this token is something else",
    )


def _mirror_text(
    document: JsonObject, member: str, claims: JsonObject, claim: str
) -> list[str]:
    """Compare or fill a member that is an identifier or an object with an `id`."""
    if claim not in claims:
        return []
    stated = claims[claim]
    if not isinstance(stated, str):
        return [f"the claim {claim} is no text"]
    value = document.get(member)
    if value is None:
        document[member] = stated
        return []
    if isinstance(value, dict):
        if value.get("id") is None:
            document[member] = {**value, "id": stated}
            return []
        value = value["id"]
        member += ".id"
    return [] if value == stated else [_differ(claim, stated, member, value)]


def _mirror_subject(document: JsonObject, claims: JsonObject) -> list[str]:
    member = "credentialSubject"
    subjects = document.get(member)
    if not isinstance(subjects, list):
        if isinstance(subjects, str):
            subjects = {"id": subjects}
        mirrored = {} if subjects is None else {member: subjects}
        problems = _mirror_text(mirrored, member, claims, "sub")
        if isinstance(mirrored.get(member), dict):
            document[member] = mirrored[member]
        return problems
    if "sub" not in claims:
        return []
    if len(subjects) == 1 and isinstance(subjects[0], dict):
        mirrored = {member: subjects[0]}
        problems = _mirror_text(mirrored, member, claims, "sub")
        document[member] = [mirrored[member]]
        return problems
    # With several subjects the claim cannot say which one it means: it must be one.
    identifiers = [entry.get("id") for entry in subjects if isinstance(entry, dict)]
    if claims["sub"] in identifiers:
        return []
    return [_differ("sub", claims["sub"], f"{member}.id", identifiers)]


def _mirror_dates(
    document: JsonObject, claims: JsonObject, *, native: bool
) -> list[str]:
    contexts = document.get("@context")
    second = _V2 in (contexts if isinstance(contexts, list) else (contexts,))
    problems = []
    for claim, members in (
        ("nbf", ("validFrom", "issuanceDate")),
        ("exp", ("validUntil", "expirationDate")),
    ):
        if claim not in claims:
            continue
        try:
            at = _instant(claims[claim])
        except ValueError:
            problems.append(f"the claim {claim} is no number of seconds")
            continue
        ours, other = members if second else members[::-1]
        member = ours if ours in document or other not in document else other
        if member not in document:
            document[member] = at.isoformat().replace("+00:00", "Z")
        elif not native and _apart(at, document[member]):
            # In VC-JOSE-COSE these claims are about the signature, not the credential.
            stated = at.isoformat().replace("+00:00", "Z")
            problems.append(_differ(claim, stated, member, document[member]))
    return problems


def _instant(value: Any) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError  # noqa: TRY004 -- one kind of failure for the caller
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError from error


def _apart(at: datetime, value: Any) -> bool:
    """Tell whether a date member names another second; no date at all is no answer."""
    try:
        written = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    if written.tzinfo is None:
        return False
    return abs((written - at).total_seconds()) >= 1


def _differ(claim: str, stated: Any, member: str, value: Any) -> str:
    return f"{claim} {_quoted(stated)} is not {member} {_quoted(value)}"


def _quoted(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 80 else text[:80] + "..."

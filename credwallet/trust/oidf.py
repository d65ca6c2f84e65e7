"""Registries that are an OpenID Federation: signed statements about one issuer each.

OpenID Federation 1.0 sections 3 (entity statements), 8.1 (the fetch endpoint) and 9
(entity configurations). The learner adds the entity configuration of a trust anchor;
its keys are kept, and a statement counts only if one of them signed it. Chains over
intermediate authorities are not followed.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from credwallet.errors import CredwalletError, Invalid, Undetermined, Unreadable
from credwallet.fetch import Document, Fetch
from credwallet.formats.vc_jwt import claims_of, take_apart
from credwallet.keys.jwk import from_jwk
from credwallet.keys.wording import shown
from credwallet.model.moment import SKEW, moment_of_seconds
from credwallet.model.proof import Jws
from credwallet.proofs.jose import hash_name_for
from credwallet.trust.listing import Contents, Entry, Registry, text_of

NAME = "oidf"
SUMMARY = "an OpenID Federation, by the entity configuration of its trust anchor"

_WELL_KNOWN = "/.well-known/openid-federation"
_TYPE = "entity-statement+jwt"
_MAX_KEYS = 20
_CHECK = "check the address and --kind"


class _Anchor(NamedTuple):
    """A trust anchor, as its entity configuration describes it."""

    id: str
    name: str
    fetch_endpoint: str
    keys: "MappingProxyType[str, Any]"


def contents(url: str, document: bytes, at: datetime, /) -> Contents:
    """Read and verify the entity configuration of a trust anchor.

    Args:
        url: Where it is: the anchor's own address and `/.well-known/openid-federation`.
        document: Its bytes, a JWT that it signed itself.
        at: The time now, with a time zone.

    Returns:
        The anchor's name. Its issuers are asked for one by one.

    Raises:
        Unreadable: No entity configuration.
        Invalid: It is not signed by its own keys, not the one of that address, or not
            valid at the time.

    """
    anchor = _anchor(document)
    if url.partition("?")[0] != anchor.id.rstrip("/") + _WELL_KNOWN:
        raise Invalid(
            f"the entity configuration is of {shown(anchor.id)}, not of that address",
            next_step=_CHECK,
        )
    jws = take_apart(document)
    _check_signature(jws, anchor)
    _check_times(claims_of(jws), at)
    return Contents(anchor.name, None)


def is_successor(old: bytes, new: bytes, /) -> bool:
    """Tell whether a newer entity configuration shares a key with an older one.

    Args:
        old: The copy that is kept, as it was fetched.
        new: What stands at the same address now, already verified by itself.

    Raises:
        Unreadable: If one of them is no entity configuration.

    """
    before, after = _anchor(old), _anchor(new)
    kept = {key: before.keys[key] for key in before.keys.keys() & after.keys.keys()}
    return any(after.keys[key] == value for key, value in kept.items())


def look_up(
    registry: Registry, issuer_id: str, /, *, fetch: Fetch, at: datetime
) -> Entry | None:
    """Ask the anchor for its statement about an issuer, and verify it.

    Args:
        registry: The registry, with the anchor's entity configuration.
        issuer_id: A DID or an address.
        fetch: Who answers for the statement's address.
        at: The time now, with a time zone.

    Returns:
        What is said about it, None if the anchor has no statement about it.

    Raises:
        Undetermined: The statement cannot be had, or is out of date.
        Invalid: It is not the anchor's, or about another.
        Unreadable: It is no statement.

    """
    from urllib.parse import quote  # noqa: PLC0415 -- lazily: few learners need it

    anchor = _anchor(registry.document)
    join = "&" if "?" in anchor.fetch_endpoint else "?"
    url = f"{anchor.fetch_endpoint}{join}sub={quote(issuer_id, safe=':')}"
    try:
        answer = fetch(url)
    except Undetermined as error:
        if error.type in ("not-found", "gone"):
            return None
        raise
    return _entry(answer, anchor, issuer_id, at)


def _entry(answer: Document, anchor: _Anchor, issuer_id: str, at: datetime) -> Entry:
    jws = take_apart(answer.body)
    claims = claims_of(jws)
    _check_signature(jws, anchor)
    if claims.get("iss") != anchor.id or claims.get("sub") != issuer_id:
        raise _wrong(f"its statement is not about {shown(issuer_id)}")
    _check_times(claims, at)
    metadata = claims.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    entity = metadata.get("federation_entity")
    entity = entity if isinstance(entity, dict) else {}
    name = text_of(entity.get("organization_name")) or issuer_id
    return Entry(name, text_of(entity.get("homepage_uri")), answer.age_s)


@lru_cache(maxsize=8)
def _anchor(document: bytes) -> _Anchor:
    claims = claims_of(take_apart(document))
    issuer = claims.get("iss")
    metadata = claims.get("metadata")
    entity = metadata.get("federation_entity") if isinstance(metadata, dict) else None
    jwks = claims.get("jwks")
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if (
        not isinstance(issuer, str)
        or issuer != claims.get("sub")
        or not isinstance(entity, dict)
        or not isinstance(keys, list)
    ):
        raise Unreadable("no entity configuration of a trust anchor", next_step=_CHECK)
    endpoint = entity.get("federation_fetch_endpoint")
    if not isinstance(endpoint, str) or not endpoint.startswith("https://"):
        raise Unreadable("the trust anchor has no fetch endpoint", next_step=_CHECK)
    named = {
        key["kid"]: key
        for key in keys[:_MAX_KEYS]
        if isinstance(key, dict) and isinstance(key.get("kid"), str)
    }
    return _Anchor(
        issuer,
        text_of(entity.get("organization_name")),
        endpoint,
        MappingProxyType(named),
    )


def _check_signature(jws: Jws, anchor: _Anchor) -> None:
    typ, kid = jws.header.get("typ"), jws.header.get("kid")
    if not isinstance(typ, str) or typ.removeprefix("application/") != _TYPE:
        raise _wrong(f"its statement is not of the type {_TYPE}")
    if "crit" in jws.header or jws.header.get("b64", True) is not True:
        raise _wrong("its statement demands an extension that is not known")
    if not isinstance(kid, str) or kid not in anchor.keys:
        raise Undetermined(
            "its statement is signed with a key that the copy of it does not list",
            next_step="fetch it again: credwallet issuer registry refresh",
            type="registry-key",
        )
    key = from_jwk(anchor.keys[kid])
    hash_name = hash_name_for(jws.header.get("alg"), key)
    if hash_name is None:
        raise _wrong("its statement has an algorithm that does not go with its key")
    try:
        key.verify(jws.signature, jws.signing_input, hash_name=hash_name)
    except CredwalletError:
        raise _wrong("the signature of its statement does not fit") from None


def _check_times(claims: dict[str, Any], at: datetime) -> None:
    issued_at, expires = (_moment(claims, name) for name in ("iat", "exp"))
    if issued_at - at > SKEW or expires - issued_at < timedelta(0):
        raise _wrong("its statement is dated ahead, or ends before it begins")
    if at - expires > SKEW:
        raise Undetermined(
            f"its statement was valid until {expires.isoformat()}",
            next_step="run again online",
            type="registry-stale",
        )


def _moment(claims: dict[str, Any], name: str) -> datetime:
    value = claims.get(name)
    whole = isinstance(value, int) and not isinstance(value, bool)
    moment = moment_of_seconds(value) if whole and isinstance(value, int) else None
    if moment is None:
        raise _wrong(f"the {name} of its statement is no date")
    return moment


def _wrong(what: str) -> Invalid:
    return Invalid(what, next_step="tell whoever runs the registry")

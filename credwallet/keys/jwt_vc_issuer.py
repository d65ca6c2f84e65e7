"""Which keys does the issuer of an SD-JWT VC publish?

SD-JWT VC section 5 (JWT VC Issuer Metadata), RFC 7517 section 5 (JWK sets). Only for an
issuer that is an https address.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Fetch
from credwallet.keys import document, finding
from credwallet.keys.document import ASSERTION, ControllerDocument, Entry
from credwallet.keys.jwk import from_jwk, thumbprint
from credwallet.keys.wording import shown
from credwallet.model.proof import VerificationMethod

_WELL_KNOWN = "/.well-known/jwt-vc-issuer"
_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]*", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", re.ASCII)
_MAX_KEYS = 100
_FOR_ASSERTIONS = frozenset((ASSERTION,))


def address(issuer: str) -> str:
    """Find where the metadata of an issuer stands (section 5.1).

    Args:
        issuer: The claim `iss`.

    Returns:
        An https address, the well-known part between host and path.

    Raises:
        Invalid: Not https, or with user, query, fragment or a path that leads away.

    """
    try:
        parts = urlsplit(issuer)
    except ValueError:
        parts = urlsplit("")
    plain = parts.scheme == "https" and _HOST.fullmatch(parts.netloc)
    odd = "?" in issuer or "#" in issuer or not _PATH.fullmatch(parts.path)
    if not plain or odd or {".", ".."} & set(parts.path.split("/")):
        raise Invalid(f"the issuer {shown(issuer)} is no https address of metadata")
    return f"https://{parts.netloc}{_WELL_KNOWN}{parts.path.rstrip('/')}"


def find_key(
    issuer: str, header: dict[str, Any], *, fetch: Fetch
) -> VerificationMethod:
    """Find the key with which an issuer's token says it was signed.

    Args:
        issuer: The claim `iss`, an https address.
        header: The protected header: `kid` names a key, `jwk` must be one of them.
        fetch: Who answers for addresses.

    Returns:
        The key, as the issuer's for assertions.

    Raises:
        Invalid: Metadata of another issuer or without keys, or not the key that the
            header names.
        Undetermined: The metadata cannot be had, or no key is named and there are
            several.

    """
    listing = read(issuer, fetch=fetch)
    if "jwk" in header:
        return finding.find_key(listing, from_jwk(header["jwk"]))
    kid = header.get("kid")
    if kid is None:
        if len(listing.entries) == 1:
            return finding.method_of(listing, listing.entries[0])
        raise Undetermined(
            f"no key is named, and {shown(issuer)} lists {len(listing.entries)}",
            type="no-key-document",
        )
    if not isinstance(kid, str) or not kid:
        raise Invalid(f"the kid of the header is {shown(kid)}, not a text")
    return finding.find_name(listing, kid)


def read(issuer: str, *, fetch: Fetch) -> ControllerDocument:
    """Read the keys that an issuer publishes.

    Args:
        issuer: The claim `iss`, an https address.
        fetch: Who answers for addresses.

    Returns:
        The keys, all of them for assertions.

    Raises:
        Invalid: Metadata of another issuer, or not exactly one of `jwks` and
            `jwks_uri`.
        Undetermined: The metadata or the keys cannot be had.

    """
    where = address(issuer)
    answer = fetch(where)
    value = document.parse(answer.body, where)
    if value.get("issuer") != issuer:
        raise Invalid(
            f"the metadata of {shown(issuer)} say"
            f" they are of {shown(value.get('issuer'))}"
        )
    if ("jwks" in value) == ("jwks_uri" in value):
        raise Invalid(
            f"the metadata of {shown(issuer)} have not exactly one of jwks and jwks_uri"
        )
    keys = value.get("jwks")
    if keys is None:
        keys = _fetched(value["jwks_uri"], issuer, fetch)
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= _MAX_KEYS:
        raise Invalid(f"the metadata of {shown(issuer)} have no set of keys")
    source = f"{where} ({answer.origin})"
    return ControllerDocument(issuer, tuple(_entries(issuer, listed)), source)


def _fetched(url: Any, issuer: str, fetch: Fetch) -> dict[str, Any]:
    if not isinstance(url, str) or not url.startswith("https://"):
        raise Invalid(f"the jwks_uri of {shown(issuer)} is no https address")
    return document.parse(fetch(url).body, url)


def _entries(issuer: str, keys: list[Any]) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for value in keys:
        if not isinstance(value, dict):
            raise Invalid(f"a key of {shown(issuer)} is no object")
        kid = value.get("kid")
        name = kid if isinstance(kid, str) and kid else _thumbprint(value)
        if not name:
            continue
        method = {"type": "JsonWebKey", "controller": issuer, "publicKeyJwk": value}
        entry = Entry(f"{issuer}#{name}", method, _FOR_ASSERTIONS)
        if entries.setdefault(entry.id, entry) != entry:
            raise Invalid(f"{shown(issuer)} lists two keys {shown(name)}")
    return list(entries.values())


def _thumbprint(value: dict[str, Any]) -> str:
    # A kind of key that we do not know; it is not the one we look for.
    try:
        return thumbprint(value)
    except Invalid:
        return ""

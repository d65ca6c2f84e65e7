"""May this assertion be hosted there? The scope that an issuer's profile states.

Open Badges 2.0 "VerificationObject" of a Profile: `startsWith`, `allowedOrigins`; an
issuer that states neither hosts its assertions on the host of its own address. Hosts
are compared as a whole, never as the beginning of a text.
"""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from credwallet.keys.wording import shown
from credwallet.model.credential import JsonObject
from credwallet.model.report import Problem


class _Place(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str


def outside(address: str, issuer: str, profile: JsonObject) -> Problem | None:
    """Say why an address is not one at which an issuer hosts assertions.

    Args:
        address: Of the assertion.
        issuer: Address of the issuer's profile.
        profile: As it stands at that address; its `verification` states the scope.

    Returns:
        None if it is within the scope.

    """
    place = _place(address)
    if place is None or _is_crooked(place.path):
        return _wrong(f"{shown(address)} is no plain address")
    stated = profile.get("verification")
    stated = stated if isinstance(stated, dict) else {}
    prefixes = _texts(stated.get("startsWith"))
    hosts = _texts(stated.get("allowedOrigins"))
    if stated.get("verificationProperty", "id") not in ("id", "@id"):
        return _wrong("the issuer's scope is about another member than the id", "rule")
    if not prefixes and not hosts:
        return None if same_host(address, issuer) else _elsewhere(place, issuer)
    if prefixes and not any(_starts(place, prefix) for prefix in prefixes):
        return _wrong(f"its issuer does not host at {shown(address)} (startsWith)")
    if hosts and not any(_is_host(place, host) for host in hosts):
        return _wrong(f"its issuer does not host at {shown(place.host)}")
    return None


def same_host(address: str, other: str) -> bool:
    """Tell whether two addresses are of one host and port.

    Args:
        address: An address by http or https.
        other: Another one; what is no such address is of no host.

    """
    first, second = _place(address), _place(other)
    if first is None or second is None:
        return False
    return (first.host, first.port) == (second.host, second.port)


def _place(address: str) -> _Place | None:
    if not address.isascii() or not address.isprintable() or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or "@" in parts.netloc
    ):
        return None
    # An http address stands for the https one: the port of both is the usual one.
    query = f"?{parts.query}" if parts.query else ""
    return _Place(
        parts.scheme,
        parts.hostname.rstrip("."),
        443 if port in (None, 80, 443) else port,
        f"{parts.path or '/'}{query}",
    )


def _is_crooked(path: str) -> bool:
    """Tell whether servers and readers may take a path for different ones."""
    steps = unquote(unquote(path.partition("?")[0])).replace("\\", "/").split("/")
    return ".." in steps or "." in steps


def _starts(place: _Place, prefix: str) -> bool:
    begun = _place(prefix)
    if begun is None:
        return False
    whole = (begun.scheme, begun.host, begun.port)
    if (place.scheme, place.host, place.port) != whole:
        return False
    return place.path.startswith(begun.path)


def _is_host(place: _Place, stated: str) -> bool:
    if "://" in stated:
        begun = _place(stated)
        if begun is None or begun.path != "/":
            return False
        return (begun.scheme, begun.host, begun.port) == place[:3]
    name, _, port = stated.lower().rstrip("/").partition(":")
    return place.host == name.rstrip(".") and port in ("", str(place.port))


def _elsewhere(place: _Place, issuer: str) -> Problem:
    own = _place(issuer)
    return _wrong(
        f"it is hosted at {shown(place.host)}, which is not its issuer's"
        f" ({shown(own.host if own else issuer)})"
    )


def _texts(value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str) and entry]


def _wrong(title: str, kind: str = "scope") -> Problem:
    return Problem(
        type="unknown-scope" if kind == "rule" else "out-of-scope",
        title=title,
        instance="/id",
        next_step="do not rely on this badge unless its issuer confirms it",
    )

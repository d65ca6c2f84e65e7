"""May this address be asked at all? Rules against requests into private networks.

RFC 3986 (addresses), the special-purpose registries of RFC 6890, CWE-918. Checked
before any look-up (`target_of`) and again for each address that a name resolves to
(`refuse_private`), at every hop.
"""

import re
from typing import NamedTuple, NoReturn

from credwallet.errors import Undetermined

_URL = re.compile(
    r"https://(?P<host>\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[!-~]*|\?[!-~]*|)",
    re.ASCII,
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_PLAIN_IPV4 = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNSAFE = re.compile(r"[\\^`{}|<>\"]|%(?![0-9A-Fa-f]{2})|%(?:[01][0-9A-Fa-f]|7[Ff])")
_DOT_SEGMENT = re.compile(r"/(?:\.|%2[Ee]){1,2}(?:[/?]|$)")
# Names that are answered inside a house or a company only (RFC 6761, 6762, 8375).
_INSIDE = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "arpa")

_CLOSED_IPV4 = (
    "0.0.0.0/8",  # this network
    "10.0.0.0/8",  # private
    "100.64.0.0/10",  # behind a carrier's NAT
    "127.0.0.0/8",  # loopback
    "168.63.129.16/32",  # a cloud's own service, on a public number
    "169.254.0.0/16",  # link-local, cloud metadata
    "172.16.0.0/12",  # private
    "192.0.0.0/24",  # protocol assignments
    "192.0.2.0/24",  # documentation
    "192.88.99.0/24",  # 6to4 relay
    "192.168.0.0/16",  # private
    "198.18.0.0/15",  # benchmarks
    "198.51.100.0/24",  # documentation
    "203.0.113.0/24",  # documentation
    "224.0.0.0/4",  # multicast
    "240.0.0.0/4",  # reserved, broadcast
)
# Of IPv6 only global unicast is open, without these parts of it.
_OPEN_IPV6 = "2000::/3"
_CLOSED_IPV6 = (
    "2001::/23",  # protocol assignments, Teredo
    "2001:db8::/32",  # documentation
    "2002::/16",  # 6to4
    "3fff::/20",  # documentation
)
# The last four bytes are an IPv4 address that is asked on our behalf.
_NAT64 = "64:ff9b::/96"


class Target(NamedTuple):
    """Where a request goes: host in lower case, port, and path with query."""

    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """Check an address before anything is looked up.

    Args:
        url: An absolute address; its fragment is never sent.

    Returns:
        Host, port and path.

    Raises:
        Undetermined: Not https, malformed, or a host that is not on the public
            internet; of type `refused-address`.

    """
    address = url.partition("#")[0]
    if address[:8].lower() != "https://":
        _refuse(url, "only https addresses are fetched")
    match = _URL.fullmatch("https://" + address[8:])
    if match is None:
        _refuse(url, "the address is malformed")
    host = match["host"].lower().removesuffix(".")
    port = int(match["port"] or 443)
    path = match["path"]
    if not path.startswith("/"):
        path = "/" + path
    if not 1 <= port <= 65535:
        _refuse(url, "the address has no such port")
    if _UNSAFE.search(path) or _DOT_SEGMENT.search(path.partition("?")[0]):
        _refuse(url, "the path of the address is malformed")
    _check_host(url, host)
    return Target(host.strip("[]"), port, path)


def refuse_private(url: str, address: str) -> None:
    """Refuse a network address that is not on the public internet.

    Args:
        url: What was asked for, for the message.
        address: IPv4 or IPv6 address in its usual spelling.

    Raises:
        Undetermined: Of type `refused-address`.

    """
    if not _is_public(address):
        _refuse(url, f"{address} is not on the public internet")


def _check_host(url: str, host: str) -> None:
    if host.startswith("["):
        refuse_private(url, host.strip("[]"))
        return
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        # Systems read decimal, octal, hexadecimal and short forms as addresses.
        if not _PLAIN_IPV4.fullmatch(host):
            _refuse(url, "the host is a number")
        refuse_private(url, host)
        return
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse(url, "the host is malformed")
    if len(labels) < 2 or labels[-1] in _INSIDE:
        _refuse(url, f"{host} is not on the public internet")


def _is_public(address: str) -> bool:
    # It costs a few milliseconds, and only a fetch needs it.
    import ipaddress  # noqa: PLC0415 -- lazily: see above

    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.scope_id is not None:
            return False
        if parsed in ipaddress.IPv6Network(_NAT64):
            parsed = ipaddress.IPv4Address(parsed.packed[-4:])
        elif parsed not in ipaddress.IPv6Network(_OPEN_IPV6):
            return False
    closed = _CLOSED_IPV4 if parsed.version == 4 else _CLOSED_IPV6
    return not any(parsed in ipaddress.ip_network(network) for network in closed)


def _refuse(url: str, reason: str) -> NoReturn:
    raise Undetermined(
        f"{shown(url)} was not fetched: {reason}",
        next_step="ask the issuer for the document and give it with --documents",
        type="refused-address",
    )


def shown(url: str) -> str:
    """Spell an address for a message: one line, ASCII, at most 200 characters."""
    text = ascii(url)[1:-1]
    return text if len(text) <= 200 else text[:200] + "..."

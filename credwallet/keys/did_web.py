"""did:web: the document is fetched from the domain that the identifier names.

did:web method sections 2.5.2 (reading) and 3 (security). The address is built here from
parts that cannot mean anything else; whether a host may be called at all is decided by
the port that fetches.
"""

import re

from credwallet.errors import Invalid
from credwallet.fetch import Fetch
from credwallet.keys import document
from credwallet.keys.identifiers import DidUrl
from credwallet.keys.wording import shown

NAME = "web"

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"({_LABEL}(?:\.{_LABEL})*)(?:%3[Aa]([0-9]{{1,5}}))?", re.ASCII)
_ADDRESS_LABEL = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*", re.ASCII)
# What a percent escape must not hide in a path: separators, dots, controls, space.
_HIDDEN = re.compile(r"%(?:[01][0-9A-Fa-f]|20|2[EeFf]|5[Cc]|7[Ff]|25|23|3[Ff])")


def read(did: DidUrl, /, *, fetch: Fetch) -> document.ControllerDocument:
    """Fetch and read the document of a did:web.

    Args:
        did: Of this method; a fragment is not looked at.
        fetch: Who answers for the address.

    Returns:
        The document.

    Raises:
        Invalid: The identifier names no domain, or the document is of another DID.
        Undetermined: The document cannot be had.

    """
    url = address(did)
    answer = fetch(url)
    value = document.parse(answer.body, url)
    return document.read(value, id=did.did, source=f"{url} ({answer.told})")


def address(did: DidUrl) -> str:
    """Turn a did:web into the address of its document (section 2.5.2).

    Args:
        did: Of this method; a port in it is written as `%3A`.

    Returns:
        An https URL that ends in `did.json`.

    Raises:
        Invalid: User information, an IP address, an empty or dotted path segment, or a
            port that is none.

    """
    host, *path = did.identifier.split(":")
    match = _HOST.fullmatch(host)
    if match is None or len(host) > 253:
        raise Invalid(f"{shown(did.did)} does not name a domain")
    name, port = match[1].lower(), match[2]
    if _ADDRESS_LABEL.fullmatch(name.rpartition(".")[2]):
        raise Invalid(f"{shown(did.did)} names an IP address, not a domain")
    if port is not None and not 0 < int(port) < 65536:
        raise Invalid(f"{shown(did.did)} names the port {port}, which is none")
    for segment in path:
        if segment in ("", ".", "..") or _HIDDEN.search(segment):
            raise Invalid(f"{shown(did.did)} has a path that leads elsewhere")
    origin = f"https://{name}:{int(port)}" if port else f"https://{name}"
    return "/".join((origin, *(path or [".well-known"]), "did.json"))

"""Public addresses of a credential, which the learner gives: which ones are taken?

RFC 3986. The address stands in a form, a résumé or a list that others open, so it must
be one that they can open, and it is never guessed.
"""

import re
from urllib.parse import urlsplit

from credwallet.errors import Usage
from credwallet.share.handover import Request

# What no address holds, and what would end it inside brackets or quotes.
_UNSAFE = re.compile(r"[^!-~]|[\"<>\\^`{|}]")


def check_public(request: Request, count: int) -> None:
    """Accept what the learner gave as public, or say what is wrong with it.

    Args:
        request: `certificate_url` and `certificate_id` belong to one credential.
        count: How many are handed over.

    Raises:
        Usage: If the address is no http or https address with a host, or one address or
            number is given for several credentials.

    """
    if count > 1 and (request.certificate_url or request.certificate_id):
        raise Usage(
            "one address or number does not fit several credentials",
            next_step="share them one at a time",
        )
    address = request.certificate_url
    if address and not is_public(address):
        raise Usage(
            f"{address[:200]} is no web address",
            next_step="give the public https address of the credential",
        )


def is_public(address: str) -> bool:
    """Tell whether a text is an address that a browser opens as it stands.

    Args:
        address: Any text.

    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    plain = not _UNSAFE.search(address) and parts.username is None
    return bool(plain and host and parts.scheme in ("http", "https"))

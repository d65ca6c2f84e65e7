"""What is the text of a QR code: a badge, a link, or something that is none of ours?

People paste the same texts as addresses. Nothing is fetched here: who reads a code
decides what to do with a link.
"""

import re

from credwallet.errors import Unreadable

_TOKEN_STARTS = ("ey", "ew", "e3")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_CARRYING = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^#]*#c=[jts]\.")
_PRESENTATION = re.compile(r"V[CP]1-")
# OpenID4VCI 1.0 section 4.1, behind the address of a wallet instead of a scheme.
_OFFER_IN_LINK = re.compile(r"[?&]credential_offer(?:_uri)?=")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,40}):")
_ISSUING = "an offer to issue a credential"
_PRESENTING = "a request to present credentials"
_OFFERS = {
    "openid-credential-offer": f"{_ISSUING} (OpenID4VCI)",
    "openid-initiate-issuance": f"{_ISSUING} (OpenID4VCI)",
    "haip-vci": f"{_ISSUING} (OpenID4VCI)",
    "dccrequest": _ISSUING,
    "openid4vp": f"{_PRESENTING} (OpenID4VP)",
    "openid-vc": f"{_PRESENTING} (OpenID4VP)",
    "haip": f"{_PRESENTING} (OpenID4VP)",
    "haip-vp": f"{_PRESENTING} (OpenID4VP)",
    "eudi-openid4vp": f"{_PRESENTING} (OpenID4VP)",
    "mdoc-openid4vp": f"{_PRESENTING} (OpenID4VP)",
    "mdoc": "a request to present an mdoc",
    "shc": "a health card (SMART), which is no badge",
}


def is_link(text: str) -> bool:
    """Say whether a text is one http or https address and nothing else."""
    return _LINK.fullmatch(text.strip()) is not None


def carries_credential(address: str) -> bool:
    """Say whether an address carries a credential behind its `#`, as ours do."""
    return _CARRYING.match(address) is not None


def refusal(text: str, *, what: str = "the QR code") -> Unreadable | None:
    """Explain a text that is known and that we do not act upon; None for any other.

    Args:
        text: The text of a code, or an address.
        what: What it is called.

    """
    stripped = text.strip()
    if _PRESENTATION.match(stripped):
        return Unreadable(
            f"{what} is a QR presentation (VP1) that cannot be read",
            next_step="ask for the badge as a file or as a link",
            type="unsupported",
        )
    scheme = _SCHEME.match(stripped)
    kind = _OFFERS.get(scheme[1].lower()) if scheme else None
    if kind is None and is_link(stripped) and _OFFER_IN_LINK.search(stripped):
        kind = _OFFERS["openid-credential-offer"]
    if kind is None:
        return None
    return Unreadable(
        f"{what} is {kind}",
        next_step="answer it with a phone wallet, then export the badge as a file",
        type="unsupported",
    )


def badge_text(text: str) -> bytes:
    """Take the badge out of what a code says.

    Args:
        text: The text of the code, no link.

    Returns:
        JSON or a token, for the readers of formats.

    Raises:
        Unreadable: Something else, named as far as it is known.

    """
    stripped = text.strip()
    if stripped[:1] in ("{", "[") or stripped.startswith(_TOKEN_STARTS):
        return stripped.encode("utf-8", "replace")
    known = refusal(stripped)
    if known is not None:
        raise known
    raise Unreadable(
        f"the QR code is no badge; it says: {ascii(stripped[:80])[1:-1]}",
        next_step="check that it is the right picture",
    )

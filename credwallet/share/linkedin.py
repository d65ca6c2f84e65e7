"""`--as linkedin`: the address of LinkedIn's filled-in form "Add licence".

Nothing is sent: the learner opens the address, reads the form and saves it. LinkedIn
does not verify what it says. Months count from 1 and are those of the date as written
in the credential, without a shift of time zone.
"""

import re
from urllib.parse import quote

from credwallet.model.credential import Credential
from credwallet.share.disclosure import Disclosure, added, chosen
from credwallet.share.handover import Handover, Request
from credwallet.share.headline import seen
from credwallet.share.public import check_public

NAME = "linkedin"
SUMMARY = "the address of LinkedIn's form, filled in"

_FORM = "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME"
_WITHOUT_NAME = "Verifiable Credential"
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?=-|\Z)")
_NOTES = (
    "open the address and look at the form before you save it",
    "LinkedIn shows it without checking it: it proves nothing to a reader",
)


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: name, issuer, the two dates, and what was asked for beside.

    Args:
        credential: What the form is about.
        request: `certificate_url` and `certificate_id` leave if they are given.

    """
    shown, said = seen(credential, request)
    stated = tuple(entry.pointer for entry in said if entry.text)
    beside = []
    if request.certificate_url:
        beside.append(
            added(
                "address", request.certificate_url, why="public: everybody can open it"
            )
        )
    if request.certificate_id:
        beside.append(
            added("number", request.certificate_id, why="public, and one of a kind")
        )
    return (*chosen(shown, stated), *beside)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make the address of a form for each credential.

    Args:
        credentials: What the forms are about.
        request: `certificate_url` becomes `certUrl`, `certificate_id` `certId`.

    Returns:
        One link each, in order.

    Raises:
        Usage: If `certificate_url` is no http or https address, or given for several.

    """
    check_public(request, len(credentials))
    links = tuple(_address(credential, request) for credential in credentials)
    return Handover(links=links, notes=_NOTES, to="linkedin.com")


def _address(credential: Credential, request: Request) -> str:
    _, said = seen(credential, request)
    issued = _MONTH.match(said.issued.text)
    expires = _MONTH.match(said.expires.text)
    values = {
        "name": said.name.text or _WITHOUT_NAME,
        "organizationName": said.issuer.text,
        "issueYear": issued[1] if issued else "",
        "issueMonth": str(int(issued[2])) if issued else "",
        "expirationYear": expires[1] if expires else "",
        "expirationMonth": str(int(expires[2])) if expires else "",
        "certUrl": request.certificate_url,
        "certId": request.certificate_id,
    }
    return _FORM + "".join(
        f"&{name}={quote(value, safe='')}" for name, value in values.items() if value
    )

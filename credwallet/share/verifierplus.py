"""`--as verifierplus`: let VerifierPlus, a service of others, check and show it.

VerifierPlus (`digitalcredentials/verifier-plus`, source as of December 2025) reads the
address of a credential behind `#verify?vc=` and fetches it through its own server.
`POST /api/credentials` keeps a copy there for a year and answers with the address of a
page. It asks for a `holder` and does not check who that is, so nothing is signed here.
Unsharing marks the copy as not shared and deletes nothing, and whoever has the link can
do it.
"""

import hashlib
import json
import re
import uuid
from urllib.parse import quote

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Undetermined, Usage
from credwallet.fetch.addresses import target_of
from credwallet.fetch.port import NO_ANSWER
from credwallet.model.achievement import achievement_of
from credwallet.model.credential import Credential
from credwallet.share.carried import carried
from credwallet.share.disclosure import Disclosure, added, everything
from credwallet.share.handover import NOT_PROVEN, Handover, Request, Upload
from credwallet.share.public import check_public, is_public

NAME = "verifierplus"
SUMMARY = "its address at VerifierPlus, or a copy there with --upload"

HOST = "verifierplus.org"
YEARS = 1
_SERVER = f"https://{HOST}"
_READ = frozenset({"eddsa-rdfc-2022", "Ed25519Signature2020"})
_VCDM_1 = "https://www.w3.org/2018/credentials/v1"
_VCDM_2 = "https://www.w3.org/ns/credentials/v2"
_VIEW = re.compile(r"/credentials/[A-Za-z0-9._~-]{1,100}")
_TERMS = (
    "whoever has the link sees all of it; unsharing it there deletes nothing, and "
    "everybody who has the link can do that"
)
_OTHERWISE = "hand it over as link or html: the receiver's own browser checks those"


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: an address, or with `--upload` all of the credential.

    Args:
        credential: What would be handed over.
        request: `upload` says that a copy is given away; `certificate_url` is where the
            credential can be had, if its id is not.

    """
    if request.upload:
        holder = added(
            "holder", _holder(credential), why="names you, as the credential does"
        )
        return (*everything(credential), holder)
    address = added(
        "address",
        _address(credential, request),
        why=f"{HOST} fetches it through its own server, and sees all of it",
    )
    return (address,)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make the address of a page, or what is to be given to the server.

    Args:
        credentials: What to hand over.
        request: `upload` and `certificate_url` matter, see `discloses`.

    Returns:
        One link each, or one upload each, in order.

    Raises:
        Usage: If VerifierPlus does not read such a credential, or it has no public
            address.
        Unreadable: If a carrier does not hold its credential any more.

    """
    check_public(request, len(credentials))
    for credential in credentials:
        _check_readable(credential)
    if request.upload:
        uploads = tuple(
            Upload(
                host=HOST,
                url=f"{_SERVER}/api/credentials",
                body=_body(credential),
                years=YEARS,
                terms=_TERMS,
            )
            for credential in credentials
        )
        return Handover(uploads=uploads, notes=(*NOT_PROVEN, _TERMS), to=HOST)
    links = tuple(
        f"{_SERVER}/#verify?vc={quote(_address(credential, request), safe='')}"
        for credential in credentials
    )
    notes = (
        *NOT_PROVEN,
        "nobody checked that the credential can be had at its address: open the link",
    )
    return Handover(links=links, notes=notes, to=HOST)


def view_of(answer: bytes) -> str:
    """Read where the server shows what it was given.

    Args:
        answer: Its JSON.

    Returns:
        An address on that server, and on no other.

    Raises:
        Undetermined: Of type `no-answer`, if it is not as described: it may be there.

    """
    try:
        path = strict_json.loads(answer)["url"]["view"]
    except (CredwalletError, KeyError, TypeError):
        path = None
    if not isinstance(path, str) or not _VIEW.fullmatch(path):
        raise Undetermined(
            f"it was sent to {HOST}, which may have kept it: its answer names no page",
            next_step=f"look for it there: {_SERVER}",
            type=NO_ANSWER,
        )
    return f"{_SERVER}{path}"


def _check_readable(credential: Credential) -> None:
    """Refuse what VerifierPlus cannot verify: its page would call it false."""
    proofs = credential.proofs
    suites = {proof.cryptosuite or proof.type for proof in proofs}
    if credential.jws is not None or not suites & _READ:
        raise Usage(
            f"VerifierPlus reads {' and '.join(sorted(_READ))} only, and this has "
            + (", ".join(sorted(suites)) if suites else "no such proof"),
            next_step=_OTHERWISE,
        )


def _address(credential: Credential, request: Request) -> str:
    address = request.certificate_url or credential.id
    if not _is_had_by_https(address):
        raise Usage(
            "the credential has no public https address that VerifierPlus could fetch",
            next_step="give one with --url, let them keep a copy with --upload, or "
            + _OTHERWISE,
        )
    return address


def _is_had_by_https(address: str) -> bool:
    try:
        target_of(address)
    except Undetermined:
        return False
    return is_public(address)


def _body(credential: Credential) -> bytes:
    """Put the credential into an envelope, spelled as it was received."""
    context = _VCDM_1 if _VCDM_1 in credential.contexts else _VCDM_2
    head = json.dumps(
        {
            "@context": [context],
            "type": ["VerifiablePresentation"],
            "holder": _holder(credential),
        }
    )
    text = carried(credential).text
    return f'{{"vp":{head[:-1]},"verifiableCredential":[{text}]}}}}'.encode()


def _holder(credential: Credential) -> str:
    """Name whom it is about, or else nobody: the server asks for some name."""
    subject = achievement_of(credential).subject_id
    if subject:
        return subject
    digest = hashlib.sha256(credential.raw).digest()
    return f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}"

"""What a presentation is before it is signed: credentials, each spelled as received.

VC Data Model 2.0 sections 4.13 and 4.13.1: a credential with an embedded proof stands
in it as it is, one that is secured as a token in an `EnvelopedVerifiableCredential`.
Data Model 1.1 section 4.10.
"""

import json
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import NotFound, Usage
from credwallet.formats import json_ld, sd_jwt, vc_jwt
from credwallet.model.credential import Credential
from credwallet.share import revealing
from credwallet.share import sd_jwt as sd_jwt_way
from credwallet.share.carried import carried
from credwallet.share.disclosure import Disclosure, everything
from credwallet.share.handover import Request
from credwallet.share.headline import headline
from credwallet.share.presentation import (
    HolderKey,
    Presenting,
    beside,
    presenting_in,
    signing_key,
)
from credwallet.share.slug import slug

_V1 = "https://www.w3.org/2018/credentials/v1"
_V2 = "https://www.w3.org/ns/credentials/v2"
_DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
_CONTEXTS = {1: [_V1, _DATA_INTEGRITY], 2: [_V2]}
_FORMATS = (json_ld.NAME, vc_jwt.NAME, sd_jwt.NAME)
_UNBOUND = "an SD-JWT in it has no key binding of its own: none of your keys is its cnf"


class Made(NamedTuple):
    """A presentation without a proof: its text, what that says, and what to say."""

    text: str
    document: dict[str, Any]
    notes: tuple[str, ...]


def around(
    credentials: tuple[Credential, ...],
    holder: HolderKey,
    presenting: Presenting,
    *,
    version: int = 0,
) -> Made:
    """Write a presentation around credentials.

    Args:
        credentials: In order.
        holder: Who presents.
        presenting: What of SD-JWTs is revealed, and to whom.
        version: Of the data model, 1 or 2; 0 for the one that fits.

    Returns:
        The presentation, a JSON object without white space.

    Raises:
        Usage: If a credential is of a kind that no presentation holds, or a name in
            `reveal` stands for nothing.

    """
    with_choices = [each for each in credentials if each.sd_jwt is not None]
    revealing.check_names(with_choices, presenting.reveal)
    parts: list[str] = []
    notes: list[str] = []
    for credential in credentials:
        text, said = _part(credential, presenting)
        parts.append(text)
        notes += said
    head = {
        "@context": _CONTEXTS[version or _version(credentials)],
        "type": ["VerifiablePresentation"],
        "holder": holder.key.did,
    }
    opening = json.dumps(head, separators=(",", ":")).removesuffix("}")
    whole = f'{opening},"verifiableCredential":[{",".join(parts)}]}}'
    # Read back: what is signed is what a receiver reads.
    return Made(whole, strict_json.loads(whole.encode()), tuple(dict.fromkeys(notes)))


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves with one credential of a presentation.

    Args:
        credential: What would be presented.
        request: By which key, and to whom.

    """
    presenting = presenting_in(request)
    holder = signing_key((credential,), presenting)
    if credential.sd_jwt is None:
        listed = everything(credential)
    else:
        listed = revealing.shown(revealing.select(credential, presenting.reveal))
    return (*listed, *beside(holder, presenting.occasion))


def file_name(
    credentials: tuple[Credential, ...], request: Request, extension: str
) -> str:
    """Name the file of a presentation.

    Args:
        credentials: What it holds.
        request: What is not signed gives no name.
        extension: With its dot.

    """
    if len(credentials) != 1:
        return f"presentation{extension}"
    said = headline(credentials[0], request.about(credentials[0]).unsigned)
    name = said.name.text or credentials[0].name
    return f"{slug(name, otherwise='credential')[:60]}-presentation{extension}"


def _version(credentials: tuple[Credential, ...]) -> int:
    embedded = all(
        each.jws is None and each.contexts[:1] == (_V1,) for each in credentials
    )
    return 1 if embedded else 2


def _part(
    credential: Credential, presenting: Presenting
) -> tuple[str, tuple[str, ...]]:
    if credential.format not in _FORMATS:
        raise Usage(
            f"a credential of the kind {credential.format} stands in no presentation",
            next_step="hand it over by itself: --as file",
        )
    if credential.sd_jwt is not None:
        text, notes = _selected(credential, presenting)
        return _enveloped(credential.media_type, text.decode("ascii")), notes
    if credential.jws is not None:
        media_type = "application/vc+jwt" if _is_v2(credential) else "application/jwt"
        return _enveloped(media_type, carried(credential).text), ()
    if not credential.proofs:
        raise Usage(
            "a credential without a proof proves nothing in a presentation either",
            next_step="hand it over by itself: --as file",
        )
    return carried(credential).text, ()


def _selected(
    credential: Credential, presenting: Presenting
) -> tuple[bytes, tuple[str, ...]]:
    """Choose what an SD-JWT shows, with a key binding if its key is here."""
    try:
        return sd_jwt_way.present(credential, presenting)
    except (Usage, NotFound):
        selected = revealing.select(credential, presenting.reveal)
        return selected.text, (*sd_jwt_way.notes_of(selected), _UNBOUND)


def _is_v2(credential: Credential) -> bool:
    return credential.contexts[:1] == (_V2,)


def _enveloped(media_type: str, text: str) -> str:
    envelope = {
        "@context": _V2,
        "id": f"data:{media_type},{text}",
        "type": "EnvelopedVerifiableCredential",
    }
    return json.dumps(envelope, separators=(",", ":"))

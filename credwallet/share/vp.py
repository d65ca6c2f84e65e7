"""`--as vp`: credentials in a presentation that the holder's key proves.

VC Data Model 2.0 section 4.13; the proof is `eddsa-rdfc-2022` (or `ecdsa-rdfc-2019` of
a P-256 key) for `authentication`, with the receiver's `challenge` and `domain`. Around
nothing but embedded credentials of VC 1.1 it is a presentation of 1.1, since whoever
reads those may read no other; anything else is 2.0.
"""

import json

from credwallet.errors import Invalid, Undetermined, Usage
from credwallet.model.credential import Credential
from credwallet.share import presented
from credwallet.share.carried import Carried
from credwallet.share.disclosure import Disclosure
from credwallet.share.handover import Handover, Request, SharedFile
from credwallet.share.presentation import holder_notes, presenting_in, signing_key

NAME = "vp"
SUMMARY = "a presentation that your key proves, for one receiver"

MEDIA_TYPE = "application/vp"

_ENVELOPED = (
    "not all receivers read a token inside a presentation of this kind: if this one "
    "does not, use --as vp-jwt"
)


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: the credential, whose key presents it, and to whom.

    Args:
        credential: What would be presented.
        request: By which key, and to whom.

    """
    return presented.discloses(credential, request)


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Put all credentials into one presentation, and prove it.

    Args:
        credentials: What is presented.
        request: By which key, and to whom.

    Returns:
        One file.

    Raises:
        Usage: If a credential is of a kind that no presentation holds, or a proof
            would not cover it.
        NotFound: If there is no key.

    """
    from credwallet.proofs.signing import prove  # noqa: PLC0415 -- lazily: other ways sign nothing

    presenting = presenting_in(request)
    holder = signing_key(credentials, presenting)
    made = presented.around(credentials, holder, presenting)
    try:
        proof = prove(
            made.document, holder.key, presenting.occasion, presenting.contexts
        )
    except (Invalid, Undetermined) as error:
        raise Usage(
            f"a presentation of this kind cannot be proven: {error.what}",
            next_step="present it as a token: --as vp-jwt",
        ) from None
    enveloped = (_ENVELOPED,) if any(each.jws for each in credentials) else ()
    text = f'{made.text[:-1]},"proof":{json.dumps(proof, separators=(",", ":"))}}}'
    return Handover(
        (
            SharedFile(
                name=presented.file_name(credentials, request, ".json"),
                media_type=MEDIA_TYPE,
                content=text.encode(),
                scan=Carried("j", text).ascii_text,
            ),
        ),
        notes=(*made.notes, *enveloped, *holder_notes(credentials, holder, request)),
    )

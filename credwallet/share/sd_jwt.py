"""`--as sd-jwt`: chosen claims of an SD-JWT, bound to one receiver by the holder's key.

RFC 9901 sections 4.3 (key binding) and 7.2. The key is the one that the issuer put into
`cnf` (RFC 7800); without it nobody could tell who presents, so nothing is made.
"""

from typing import Any

from credwallet.errors import CredwalletError, NotFound, Usage
from credwallet.formats.vc_jwt import claims_of
from credwallet.model.credential import Credential
from credwallet.share import revealing
from credwallet.share.disclosure import Disclosure
from credwallet.share.handover import Handover, Request, SharedFile
from credwallet.share.headline import headline
from credwallet.share.presentation import (
    HolderKey,
    Presenting,
    presenting_in,
    receiver_notes,
    to_whom,
)
from credwallet.share.slug import slug

NAME = "sd-jwt"
SUMMARY = "chosen claims of an SD-JWT, for one receiver"

_SHARE = "share it whole: --as file"


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: the claims that are shown, and what the key binding says.

    Args:
        credential: An SD-JWT.
        request: What is revealed, and to whom.

    """
    presenting = presenting_in(request)
    selected = revealing.select(credential, presenting.reveal)
    return (*revealing.shown(selected), *to_whom(presenting.occasion))


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make a presentation of each credential.

    Args:
        credentials: SD-JWTs that are bound to a key of the wallet.
        request: What is revealed, and to whom.

    Returns:
        One file each, in order.

    Raises:
        Usage: If it is no SD-JWT, is bound to no key, or has no claim of that name.
        NotFound: If the wallet does not hold the key.

    """
    presenting = presenting_in(request)
    revealing.check_names([*map(_sd_jwt, credentials)], presenting.reveal)
    files = []
    notes: list[str] = []
    for number, credential in enumerate(credentials, 1):
        text, hidden = present(credential, presenting)
        unsigned = request.about(credential).unsigned
        called = headline(credential, unsigned).name.text or credential.name
        stem = slug(called, otherwise="presentation")
        several = f"-{number}" if len(credentials) > 1 else ""
        files.append(
            SharedFile(
                name=f"{stem}{several}.sdjwt",
                media_type=credential.media_type,
                content=text,
                scan=text.decode("ascii"),
            )
        )
        notes += hidden
    return Handover(tuple(files), notes=(*notes, *receiver_notes(presenting.occasion)))


def present(
    credential: Credential, presenting: Presenting
) -> tuple[bytes, tuple[str, ...]]:
    """Make the presentation of one credential.

    Args:
        credential: As received; a key binding that it came with is left behind.
        presenting: What is revealed, and to whom.

    Returns:
        The token with its key binding, and what to say of the selection.

    Raises:
        Usage: As `hand_over`.
        NotFound: As `hand_over`.

    """
    from credwallet.proofs.signing import bind  # noqa: PLC0415 -- lazily: other ways sign nothing

    holder = binding_key(credential, presenting)
    selected = revealing.select(credential, presenting.reveal)
    chosen = revealing.read_selected(selected)
    if chosen.sd_jwt is None:
        raise AssertionError
    return bind(chosen.sd_jwt, holder.key, presenting.occasion), notes_of(selected)


def notes_of(selected: revealing.Selected) -> tuple[str, ...]:
    """Say what of an SD-JWT stays hidden, and what could not be hidden.

    Args:
        selected: What was chosen.

    """
    notes = []
    if selected.hidden:
        notes.append(f"stays hidden: {', '.join(selected.hidden)}")
    if selected.always:
        notes.append(f"is always shown: {', '.join(selected.always)}")
    return tuple(notes)


def binding_key(credential: Credential, presenting: Presenting) -> HolderKey:
    """Find the key to which a credential is bound.

    Args:
        credential: An SD-JWT.
        presenting: With the keys that there are.

    Raises:
        Usage: If it is no SD-JWT, or bound to no key.
        NotFound: If the wallet does not hold the key.

    """
    confirmation = _confirmation(_sd_jwt(credential))
    if confirmation is None:
        raise Usage(
            "the issuer bound this credential to no key (cnf): nobody could tell who "
            "presents it",
            next_step=f"ask the issuer to bind it to your key, or {_SHARE}",
        )
    for holder in presenting.keys:
        if is_bound_to(confirmation, holder):
            return holder
    raise NotFound(
        "the key to which the issuer bound this credential (cnf) is not in the wallet",
        next_step="bring it here: credwallet key import FILE",
    )


def key_bound_to(credential: Credential, keys: tuple[HolderKey, ...]) -> str:
    """Name the key that an SD-JWT is bound to, `""` if it is none of these.

    Args:
        credential: Of any format.
        keys: Some.

    """
    confirmation = _confirmation(credential)
    if confirmation is None:
        return ""
    return next((each.name for each in keys if is_bound_to(confirmation, each)), "")


def is_bound_to(confirmation: dict[str, Any], holder: HolderKey) -> bool:
    """Tell whether a `cnf` names a key (RFC 7800 sections 3.2 and 3.4).

    Args:
        confirmation: The value of the claim.
        holder: With the key.

    """
    if "jwk" not in confirmation:
        kid = confirmation.get("kid")
        return isinstance(kid, str) and kid in (holder.key.did, holder.key.method)
    from credwallet.keys import from_jwk  # noqa: PLC0415 -- lazily: other ways need no key
    from credwallet.keys.private_key import public_jwk  # noqa: PLC0415 -- lazily: other ways need no key

    try:
        stated = from_jwk(confirmation["jwk"])
    except CredwalletError:
        return False
    if stated.kind != holder.key.kind:
        return False
    return public_jwk(stated) == public_jwk(holder.key.public_key)


def _confirmation(credential: Credential) -> dict[str, Any] | None:
    if credential.sd_jwt is None or credential.jws is None:
        return None
    value = claims_of(credential.jws).get("cnf")
    return value if isinstance(value, dict) else None


def _sd_jwt(credential: Credential) -> Credential:
    if credential.sd_jwt is None:
        raise Usage(
            "only an SD-JWT can show some of its claims and hide the rest: its issuer "
            "prepared that",
            next_step=f"this one is all or nothing: {_SHARE}, or --as vp",
        )
    return credential

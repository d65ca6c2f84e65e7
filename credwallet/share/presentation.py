"""What is presented to one receiver, by which key, and what that proves.

VC Data Model 2.0 section 4.13 (presentations), VC Data Integrity 1.0 section 2.1
(`challenge`, `domain`), VC-JOSE-COSE section 3.1.2. A presentation is for one receiver:
its name and its nonce come from it and are never made up here.
"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet.errors import NotFound, Usage
from credwallet.model.credential import Credential
from credwallet.model.occasion import Occasion, rfc3339
from credwallet.share.disclosure import Disclosure, added
from credwallet.share.handover import NOT_PROVEN, Request
from credwallet.share.headline import headline

if TYPE_CHECKING:
    from credwallet.canon.contexts import Contexts
    from credwallet.keys.private_key import PrivateKey

_NO_KEY = "make one: credwallet key create; then ask the issuer for a badge to its DID"
_TAKEN_OUT = (
    "only that receiver can use it as a presentation, but can still pass on what is in "
    "it"
)


class HolderKey(NamedTuple):
    """A key of the learner's, under the name that she gave it."""

    name: str
    key: "PrivateKey"


class Presenting(NamedTuple):
    """To whom, when and with what credentials are presented.

    `keys` are all that the wallet holds, `key_name` the one that was asked for, `""`
    for whichever fits. `reveal` names what of an SD-JWT is shown beyond what always is.
    """

    occasion: Occasion
    keys: tuple[HolderKey, ...]
    contexts: "Contexts"
    key_name: str = ""
    reveal: tuple[str, ...] = ()


def presenting_in(request: Request) -> Presenting:
    """Take out of a request to whom something is presented.

    Args:
        request: Of the learner.

    Raises:
        Usage: If it does not say.

    """
    if request.presenting is None:
        raise Usage(
            "a presentation is for one receiver",
            next_step="give what the receiver sent you: --for NAME --nonce TEXT",
        )
    return request.presenting


def signing_key(
    credentials: tuple[Credential, ...], presenting: Presenting
) -> HolderKey:
    """Choose the key that signs a presentation.

    Args:
        credentials: What is presented.
        presenting: With the keys that there are.

    Returns:
        The one that was asked for; else the one that a credential is about; else the
        only one.

    Raises:
        NotFound: If there is none, or none of that name.
        Usage: If there are several, and nothing says which.

    """
    keys = presenting.keys
    if not keys:
        raise NotFound("the wallet holds no key to sign with", next_step=_NO_KEY)
    if presenting.key_name:
        for each in keys:
            if presenting.key_name in (each.name, each.key.did):
                return each
        raise NotFound(
            f"there is no key called {presenting.key_name}",
            next_step="see: credwallet key list",
        )
    about = {did for each in credentials for did in subject_ids(each)}
    fitting = [each for each in keys if each.key.did in about]
    if len(fitting) == 1 or len(keys) == 1:
        return (fitting or list(keys))[0]
    names = ", ".join(each.name for each in fitting or keys)
    raise Usage(
        f"several keys could sign: {names}", next_step="name one with --key NAME"
    )


def subject_ids(credential: Credential) -> tuple[str, ...]:
    """List whom a credential is about, by their identifiers.

    Args:
        credential: Of any format.

    """
    found = [subject.get("id") for subject in credential.subjects]
    return tuple(each for each in found if isinstance(each, str) and each)


def holder_notes(
    credentials: tuple[Credential, ...], holder: HolderKey, request: Request
) -> tuple[str, ...]:
    """Say what a presentation proves about its sender, and what it does not.

    Args:
        credentials: What is presented.
        holder: Who signs.
        request: To whom, and until when.

    """
    occasion = presenting_in(request).occasion
    notes = []
    for credential in credentials:
        name = headline(credential, request.about(credential).unsigned).name.text
        about = subject_ids(credential)
        called = name or "the credential"
        if holder.key.did in about:
            notes.append(
                f"{called} is about the DID of your key {holder.name}: that you hold "
                "it is proven"
            )
        elif about:
            notes.append(
                f"{called} is about {about[0]}, not about your key {holder.name}: that "
                "it is yours is not proven"
            )
        else:
            notes.append(
                f"{called} names no DID that it is about: that it is yours is not "
                "proven"
            )
    return (*notes, *receiver_notes(occasion))


def receiver_notes(occasion: Occasion) -> tuple[str, ...]:
    """Say what any presentation is to its receiver.

    Args:
        occasion: To whom and until when.

    """
    end = (
        f"it says that it ends at {rfc3339(occasion.expires)}: not every receiver "
        "looks at that"
        if occasion.expires is not None
        else "it has no end of its own: the receiver's nonce keeps it from being used "
        "twice"
    )
    return (_TAKEN_OUT, end, NOT_PROVEN[1])


def beside(holder: HolderKey, occasion: Occasion) -> tuple[Disclosure, ...]:
    """List what leaves with a presentation beside the credentials.

    Args:
        holder: Who signs.
        occasion: To whom and when.

    """
    return (
        added(
            "holder",
            holder.key.did,
            why="your key: it ties together all that you present with it",
        ),
        *to_whom(occasion),
    )


def to_whom(occasion: Occasion) -> tuple[Disclosure, ...]:
    """List what a signature of the holder says about the occasion.

    Args:
        occasion: To whom and when.

    """
    return (
        added(
            "presented to",
            occasion.audience,
            why="signed by your key: others can see that you presented it there",
        ),
        added("nonce", occasion.nonce),
        added("signed at", rfc3339(occasion.at)),
    )

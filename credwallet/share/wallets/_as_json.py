"""A credential as the JSON text that other wallets hold."""

from typing import NamedTuple

from credwallet.errors import CredwalletError
from credwallet.formats import json_ld
from credwallet.formats.wallets import content_id
from credwallet.model.credential import Credential
from credwallet.share.carried import carried

# What the Learner Credential Wallet takes for a credential.
_CONTEXTS = (
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
)


class AsJson(NamedTuple):
    """`id` names it by content. `text` is `""` if it is no JSON, such as a token.

    `whole` says that the text is all of the file as it was received.
    """

    id: str
    text: str
    whole: bool


def as_json(credential: Credential) -> AsJson:
    """Take the JSON out of a credential, spelled as it was received.

    Args:
        credential: As received.

    """
    name = _name(credential)
    if credential.jws is not None or credential.sd_jwt is not None:
        return AsJson(name, "", whole=False)
    if not credential.carrier and json_ld.sniff(credential.raw):
        return AsJson(name, credential.raw.decode(), whole=True)
    try:
        inner = carried(credential)
    except CredwalletError:
        return AsJson(name, "", whole=False)
    return AsJson(name, inner.text if inner.kind == "j" else "", whole=False)


def is_known_to_lcw(credential: Credential) -> bool:
    """Say whether the Learner Credential Wallet takes the JSON for a credential."""
    contexts = credential.document.get("@context")
    listed = contexts if isinstance(contexts, list) else [contexts]
    return any(context in _CONTEXTS for context in listed)


def _name(credential: Credential) -> str:
    try:
        return content_id(credential.document)
    except CredwalletError:
        # It has no canonical form: any name will do that is always the same.
        return content_id({"raw": credential.raw.hex()})

"""1EdTechRevocationList: a plain list of the ids of revoked credentials.

1EdTech Revocation List 1.0, which Open Badges 3.0 names. The list is not signed: it
counts because the credential, which is, names its address and the address is https. The
note says so. The specification's member is `revokedCredential`; `revokedCredentials`
is what much code writes.
"""

from typing import Any

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.fetch import Document
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential, words
from credwallet.status import entry as entries
from credwallet.status.entry import (
    Finding,
    JsonObject,
    Lookup,
    StatusResult,
    undetermined,
)

NAME = "1EdTechRevocationList"

_MEMBERS = ("revokedCredential", "revokedCredentials")


def read(entry: JsonObject, credential: Credential, lookup: Lookup, /) -> StatusResult:
    """Look a credential up by its id in the list that its entry names.

    Args:
        entry: The entry of `credentialStatus`; its `id` is the list's address.
        credential: The credential; it is found by its own `id`.
        lookup: The ports.

    Returns:
        What the list says.

    Raises:
        Undetermined: The credential has no id, or the list cannot be had or read.

    """
    if not credential.id:
        raise undetermined("the credential has no id to look up", type="status-entry")
    document = entries.fetch_list(entry.get("id"), fetch=lookup.fetch)
    value = _parse(document)
    revoked = _revoked(value, document)
    issuer = value.get("issuer")
    issuer_id = issuer.get("id") if isinstance(issuer, dict) else issuer
    doubts = entries.doubts_about_id(value.get("id"), document.url)
    if issuer_id is not None:
        named = issuer_id if isinstance(issuer_id, str) else ""
        doubts += entries.doubts_about_issuer(named, credential)
    reason = revoked.get(credential.id)
    finding = Finding(int(reason is not None), "revocation", reason or "", doubts)
    result = entries.judge(finding, document)
    return result._replace(note=f"{result.note}; the list is not signed")


def _parse(document: Document) -> JsonObject:
    try:
        value = strict_json.loads(document.body)
    except Unreadable as error:
        raise undetermined(
            f"what {shown(document.url)} answered is not JSON: {error.what}"
        ) from None
    if not isinstance(value, dict):
        raise undetermined(f"what {shown(document.url)} answered is no list")
    return value


def _revoked(value: JsonObject, document: Document) -> dict[str, str]:
    """Collect the revoked ids, each with the reason that the list gives."""
    present = [value[member] for member in _MEMBERS if member in value]
    if not present or not all(isinstance(items, list) for items in present):
        raise undetermined(
            f"what {shown(document.url)} answered has no list revokedCredential"
        )
    return dict(
        _one(item, document) for items in present for item in items if _is_revoked(item)
    )


def _is_revoked(item: Any) -> bool:
    return not (isinstance(item, dict) and item.get("revoked") is False)


def _one(item: Any, document: Document) -> tuple[str, str]:
    if isinstance(item, str):
        return item, ""
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return item["id"], words(item.get("revocationReason", ""))
    raise undetermined(f"the list at {shown(document.url)} has an entry without an id")

"""What do the issuer's lists say about this credential: revoked, suspended?

One module per status type and one line in `STATUS_TYPES`. VCDM 2.0 section 4.10. This
folder stands above the proofs because most lists are signed credentials themselves, and
below `verify`, which hands in how such a list is verified.
"""

from collections.abc import Callable
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from credwallet.errors import Invalid
from credwallet.fetch import Fetch
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential, Held
from credwallet.status import (
    bitstring_status_list,
    one_edtech_revocation_list,
    status_list_2021,
)
from credwallet.status.entry import (
    JsonObject,
    ListReport,
    Lookup,
    StatusResult,
    undetermined,
)

__all__ = ["STATUS_TYPES", "ListReport", "StatusResult", "StatusType", "read_status"]


class StatusType(Protocol):
    """A status type: a module with these names."""

    NAME: str

    def read(
        self, entry: JsonObject, credential: Credential, lookup: Lookup, /
    ) -> StatusResult:
        """Return what the list says about a credential.

        Args:
            entry: One entry of `credentialStatus`, of this type; its members are not
                judged yet.
            credential: The credential that has the entry.
            lookup: The port, the moment of the question and how a list is verified.

        Raises:
            Undetermined: If the list cannot be had or cannot be relied upon.

        """
        ...


STATUS_TYPES: MappingProxyType[str, StatusType] = MappingProxyType(
    {
        "1EdTechRevocationList": one_edtech_revocation_list,
        "BitstringStatusListEntry": bitstring_status_list,
        "StatusList2021Entry": status_list_2021,
    }
)


def read_status(
    entry: Any,
    credential: Credential,
    *,
    fetch: Fetch,
    verify_list: Callable[[Held], ListReport],
    at: datetime,
) -> StatusResult:
    """Look up one entry of `credentialStatus`.

    Args:
        entry: Any JSON value, as it stands in the credential.
        credential: The credential it belongs to.
        fetch: Who answers for the list's address.
        verify_list: Verifies a list that is a credential itself.
        at: The time at which the list must be valid, with a time zone.

    Returns:
        What the list says. `revoked` and `suspended` also come from lists with a flaw
        that the note names: of another issuer, under another id, or too short.

    Raises:
        Invalid: The entry is not an object.
        Undetermined: Everything else that keeps the status unknown, in its own words:
            an unknown type, a malformed entry, a list that cannot be had, is not
            properly signed, is not valid at the time or does not fit the entry, or a
            list with such a flaw that says nothing against the credential.

    """
    if not isinstance(entry, dict):
        raise Invalid(
            f"a status entry is an object, not {shown(entry)}",
            next_step="ask the issuer for a new copy",
        )
    kinds = entry.get("type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str) and kind in STATUS_TYPES:
            lookup = Lookup(fetch, verify_list, at)
            return STATUS_TYPES[kind].read(entry, credential, lookup)
    raise undetermined(
        f"the status type {shown(kinds)} is not supported", type="unknown-status-type"
    )

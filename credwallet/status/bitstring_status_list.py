"""BitstringStatusListEntry: a bit, or a few, in a signed list of at least 16 KiB.

Bitstring Status List 1.0. `ttl` is not read: how long a list is kept is the cache's
business, and its `validUntil` is checked.
"""

from credwallet.model.credential import Credential
from credwallet.status.entry import JsonObject, Lookup, StatusResult
from credwallet.status.list_credential import Dialect, look_up

NAME = "BitstringStatusListEntry"

_DIALECT = Dialect(("BitstringStatusListCredential",), ("BitstringStatusList",), "u")


def read(entry: JsonObject, credential: Credential, lookup: Lookup, /) -> StatusResult:
    """Look an entry up in its list (section 3.2).

    Args:
        entry: The entry of `credentialStatus`.
        credential: The credential it belongs to.
        lookup: The ports and the time.

    Returns:
        What the list says.

    Raises:
        Undetermined: The entry or the list is not in order.

    """
    return look_up(entry, credential, _DIALECT, lookup)

"""StatusList2021Entry: the draft that Bitstring Status List grew out of.

Status List 2021 (community group final report, 2023). The list has no multibase header.
Some issuers keep the old entries and publish the list under its new type.
"""

from credwallet.model.credential import Credential
from credwallet.status.entry import JsonObject, Lookup, StatusResult
from credwallet.status.list_credential import Dialect, look_up

NAME = "StatusList2021Entry"

_DIALECT = Dialect(
    ("StatusList2021Credential", "BitstringStatusListCredential"),
    ("StatusList2021", "BitstringStatusList"),
    "",
)


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

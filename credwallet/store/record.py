"""What is inside one sealed record, and what do callers hand in and get back?"""

import struct
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from credwallet.model.summary import Summary
from credwallet.store.failures import damaged
from credwallet.store.index import from_json, to_json

_LENGTH = struct.Struct(">I")


class NewCredential(NamedTuple):
    """A credential to keep.

    `raw` are the bytes as received, `report` is JSON, `source` says where it came from.
    `identity` is what makes it the same credential as another; empty means: issuer and
    credential identifier if the summary has both, else the bytes. `received_at` (RFC
    3339) is from an earlier home; empty means now.
    """

    raw: bytes
    summary: Summary
    report: Mapping[str, Any]
    source: str
    identity: bytes = b""
    received_at: str = ""

    def same_as(self) -> bytes:
        """Tell what makes it the same credential as another."""
        if self.identity:
            return b"own\0" + self.identity
        if self.summary.id and self.summary.issuer_id:
            issuer = self.summary.issuer_id.encode("utf-8", "surrogatepass")
            name = self.summary.id.encode("utf-8", "surrogatepass")
            return b"id\0" + _LENGTH.pack(len(issuer)) + issuer + name
        return b"raw\0" + self.raw


class Change(NamedTuple):
    """New knowledge about a stored credential; `None` leaves that part as it is."""

    rid: bytes
    summary: Summary | None = None
    report: Mapping[str, Any] | None = None


class Entry(NamedTuple):
    """One credential of the wallet, as listed."""

    rid: bytes
    handle: str
    summary: Summary


class Stored(NamedTuple):
    """One credential of the wallet in full; `received_at` is RFC 3339, UTC."""

    raw: bytes
    report: dict[str, Any]
    received_at: str
    source: str
    summary: Summary


class PutResult(NamedTuple):
    """What became of a credential that was handed in.

    `why` explains `duplicate`: `same-bytes` (its report was refreshed), `not-newer`
    (the one held is as new or newer, and kept) or `not-proven` (the one held is proven
    and this one is not: kept). `restored` says that it came back from the trash.
    """

    stored: Literal["new", "duplicate", "replaced"]
    handle: str
    rid: bytes
    why: Literal["", "same-bytes", "not-newer", "not-proven"] = ""
    restored: bool = False


class Body(NamedTuple):
    """The content of a sealed record."""

    raw: bytes
    report: Mapping[str, Any]
    received_at: str
    source: str

    def encode(self) -> bytes:
        """Write it: the length of the JSON part, that part, the bytes received."""
        about = to_json(
            {
                "received_at": self.received_at,
                "source": self.source,
                "report": self.report,
            }
        )
        return b"".join((_LENGTH.pack(len(about)), about, self.raw))


def decode_body(data: bytes) -> Body:
    """Read the content of a sealed record.

    Raises:
        Damaged: If it is shorter than it says.

    """
    (length,) = _LENGTH.unpack_from(data)
    raw_at = _LENGTH.size + length
    if raw_at > len(data):
        raise damaged("a record is too short")
    about = from_json(data[_LENGTH.size : raw_at])
    return Body(data[raw_at:], about["report"], about["received_at"], about["source"])

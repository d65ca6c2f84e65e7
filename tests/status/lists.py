"""Lists, entries and credentials that the tests of this folder share."""

import gzip
import json
from datetime import UTC, datetime

from credwallet.errors import Undetermined
from credwallet.fetch import Document
from credwallet.keys.multibase import base64url_encode
from credwallet.model.credential import Credential
from credwallet.status import ListReport, StatusResult, read_status

ISSUER = "did:web:issuer.example"
LIST_URL = "https://issuer.example/status/1"
AT = datetime(2026, 11, 25, tzinfo=UTC)
CONTEXT = "https://www.w3.org/ns/credentials/v2"


def bits(*indexes: int, entries: int = 131_072, size: int = 1, value: int = 1) -> bytes:
    """Make a list with `value` at each index, the leftmost bit first."""
    number = 0
    for index in indexes:
        number |= value << (entries - 1 - index) * size
    return number.to_bytes(entries * size // 8, "big")


def encoded(raw: bytes, header: str = "u") -> str:
    return header + base64url_encode(gzip.compress(raw))


def listing(encoded_list, **more):
    """Make a bitstring list; `more` changes members, `subject` those of its subject."""
    subject = {
        "id": f"{LIST_URL}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded_list,
        **more.pop("subject", {}),
    }
    return {
        "@context": [CONTEXT],
        "id": LIST_URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": subject,
        **more,
    }


def entry(**more):
    return {
        "id": f"{LIST_URL}#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": LIST_URL,
        **more,
    }


def credential(issuer=ISSUER, id_="urn:uuid:1") -> Credential:
    document = {"id": id_, "type": ["VerifiableCredential"], "issuer": issuer}
    return Credential(raw=b"", media_type="", format="json-ld", document=document)


def good(held) -> ListReport:
    """Take every list for properly signed."""
    return ListReport(held.issuer.id, "", held.valid_from, held.valid_until)


def serve(documents):
    def fetch(url: str, /) -> Document:
        if url not in documents:
            raise Undetermined(f"{url} was not fetched: offline", type="offline")
        value = documents[url]
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return Document(url, body, "", "fetched")

    return fetch


def status(value, document=None, *, of=None, verify_list=good, at=AT) -> StatusResult:
    """Look `value` up in `document`, served at the usual address."""
    documents = {} if document is None else {LIST_URL: document}
    return read_status(
        value,
        of or credential(),
        fetch=serve(documents),
        verify_list=verify_list,
        at=at,
    )

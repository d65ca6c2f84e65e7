"""Badges that the tests sign themselves, each good but for what a test changes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.fetch import Fetch, Offline, Supplied
from credwallet.model.report import VerificationReport
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.samples import make

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
METHOD = f"{make.HARBOUR}#{make.HARBOUR.removeprefix('did:key:')}"
HARBOUR = {"id": make.HARBOUR, "type": ["Profile"], "name": "Harbour College"}
NORTHLIGHT = {"id": make.NORTHLIGHT, "type": ["Profile"], "name": "Northlight"}
KID = f"{make.NORTHLIGHT}#key-1"
DID_DOCUMENT = "https://northlight.example/.well-known/did.json"


def unsigned(**members: Any) -> dict[str, Any]:
    """Make a badge of Harbour College; `None` takes a member away."""
    document = make.badge(
        1, issuer=HARBOUR, name="Knots", about="Ties.", skill="Rope", credits_=1
    )
    for name, value in members.items():
        key = "@context" if name == "context" else name
        if value is None:
            document.pop(key, None)
        else:
            document[key] = value
    return document


def harbour(**members: Any) -> dict[str, Any]:
    """Make it and sign it with Harbour College's key."""
    return make.signed(unsigned(**members), make.HARBOUR_KEY, METHOD)


def northlight(**members: Any) -> dict[str, Any]:
    """Make it and sign it with Northlight Academy's key (did:web)."""
    document = unsigned(issuer=NORTHLIGHT, **members)
    return make.signed(document, make.NORTHLIGHT_KEY, KID)


def northlight_documents(**changes: Any) -> dict[str, bytes]:
    """Make what Northlight's host serves; changes are to its DID document."""
    document = make.did_document() | changes
    return {
        DID_DOCUMENT: json.dumps(document).encode(),
        make.STATUS_LIST: json.dumps(make.status_list(42)).encode(),
    }


def entry(index: int, **changes: Any) -> dict[str, Any]:
    """Make a status entry of Northlight's list, in which only 42 is set."""
    return {
        "id": f"{make.STATUS_LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": make.STATUS_LIST,
        **changes,
    }


def report(
    document: dict[str, Any] | str | bytes,
    *,
    documents: Mapping[str, bytes] | None = None,
    otherwise: Fetch | None = None,
    contexts: Contexts | None = None,
    **policy: Any,
) -> VerificationReport:
    """Verify a badge with these documents at hand and no network."""
    data = json.dumps(document) if isinstance(document, dict) else document
    raw = data.encode() if isinstance(data, str) else data
    ports = Ports(
        Supplied(documents or {}, otherwise or Offline()),
        contexts or Contexts.bundled(),
    )
    return verify(formats.read(raw), Policy(**{"at": AT, **policy}), ports)

"""`--format credwallet`: everything, so that it becomes the same wallet again.

The form is described where it is read: `credwallet.formats.wallets.credwallet_tar`.
"""

import json
from collections.abc import Iterator
from typing import Any

from credwallet.formats.tar_archive import MAX_MEMBER
from credwallet.formats.wallets.credwallet_tar import (
    ABOUT,
    CREDENTIALS,
    DOCUMENTS,
    END,
    FORM,
    HEAD,
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENTS,
)
from credwallet.share import file
from credwallet.share.wallets import _tar
from credwallet.share.wallets._leaving import (
    Leaving,
    LeftOut,
    Outgoing,
    Piece,
    summary_json,
)

NAME = "credwallet"
SUMMARY = "everything; import makes the same wallet of it"
EXTENSION = ".tar"
MEDIA_TYPE = "application/x-tar"


def pieces(wallet: Outgoing, /) -> Iterator[Piece]:
    """Write the archive member by member.

    Args:
        wallet: What goes out.

    """

    def member(name: str, content: bytes) -> bytes:
        return _tar.member(name, content, at=wallet.at)

    yield member(HEAD, _json({"format": FORM}))
    documents = credentials = size = 0
    for document in wallet.documents:
        size += len(document.data)
        beyond = size > MAX_DOCUMENT_BYTES or documents == MAX_DOCUMENTS
        if len(document.data) > MAX_MEMBER or beyond:
            yield LeftOut(
                "", f"too large, or one too many: {document.kind} {document.name}"
            )
            size -= len(document.data)
            continue
        documents += 1
        about = _json({"kind": document.kind, "name": document.name})
        yield member(f"{DOCUMENTS}{documents:05}.json", about)
        yield member(f"{DOCUMENTS}{documents:05}.data", document.data)
    for leaving in wallet.credentials:
        credentials += 1
        about = _about(leaving)
        if len(about) > MAX_MEMBER:
            about = _about(leaving._replace(report={}))
            yield LeftOut(leaving.handle, "its report, which is larger than 10 MiB")
        yield member(f"{ABOUT}{credentials:05}.json", about)
        name = f"{credentials:05}-{_file_name(leaving)}"
        yield member(f"{CREDENTIALS}{name}", leaving.credential.raw)
    yield member(END, _json({"documents": documents, "credentials": credentials}))
    yield _tar.END


def _about(leaving: Leaving) -> bytes:
    summary = leaving.summary
    return _json(
        {
            "handle": leaving.handle,
            "sha256": summary.sha256,
            "receivedAt": leaving.received_at,
            "source": leaving.source,
            "tags": list(summary.tags),
            "note": summary.note,
            "trashedAt": summary.trashed_at,
            "summary": summary_json(summary),
            "report": dict(leaving.report),
        }
    )


def _file_name(leaving: Leaving) -> str:
    summary = leaving.summary
    return file.file_name(
        name=summary.name, media_type=summary.media_type, sha256=summary.sha256
    )


def _json(value: dict[str, Any]) -> bytes:
    # Half a surrogate pair stands for a byte of a file name that is not UTF-8.
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace")

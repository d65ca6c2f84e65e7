"""`--format jsonl`: one credential a line, for scripts."""

import base64
import json
from collections.abc import Iterator

from credwallet.formats.wallets import MOST
from credwallet.formats.wallets.jsonl import LINE, MAX_IN_ALL, MAX_LINE
from credwallet.share.wallets._leaving import (
    BEYOND,
    LeftOut,
    Outgoing,
    Piece,
    summary_json,
    the_rest,
)

NAME = "jsonl"
SUMMARY = "one line of JSON a credential, for scripts"
EXTENSION = ".jsonl"
MEDIA_TYPE = "application/jsonl"


def pieces(wallet: Outgoing, /) -> Iterator[Piece]:
    """Write line by line.

    Args:
        wallet: What goes out.

    """
    count = total = 0
    for leaving in wallet.credentials:
        line = {
            "line": LINE,
            "handle": leaving.handle,
            **summary_json(leaving.summary),
            "receivedAt": leaving.received_at,
            "source": leaving.source,
            "credential": leaving.credential.document,
            "raw": base64.b64encode(leaving.credential.raw).decode(),
        }
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        data = text.encode("utf-8", "replace") + b"\n"
        if len(data) > MAX_LINE:
            yield LeftOut(leaving.handle, "its line is too long for import to read")
        yield data
        count, total = count + 1, total + len(data)
        if leaving.summary.tags or leaving.summary.note:
            what = "its tags and its note are in the line, import does not take them"
            yield LeftOut(leaving.handle, what)
    if count > MOST or total > MAX_IN_ALL:
        yield LeftOut("", BEYOND)
    yield from the_rest(wallet.documents)

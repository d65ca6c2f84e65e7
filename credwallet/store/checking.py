"""Is everything in the wallet what credwallet wrote?

Stops at the first thing that does not fit; `examining` names all of them.
"""

from typing import NamedTuple

from credwallet.store.failures import damaged
from credwallet.store.view import View


class Checked(NamedTuple):
    """What a check of the whole wallet went through."""

    generation: int
    records: int
    documents: int


def check(view: View) -> Checked:
    """Open everything there is and compare it with the index and the head.

    Raises:
        Damaged: At the first thing that does not fit.

    """
    directory = view.directory()
    view.check_counts(records=view.head.records, documents=len(directory))
    for mark in directory.values():
        view.document(mark)
    count = 0
    for number in view.head.segments:
        segment = view.segment(number)
        for rid, tag in zip(segment.rids, segment.tags, strict=True):
            view.body(rid, tag)
        count += len(segment)
    view.check_numbers()
    if count != view.head.records:
        raise damaged("the index does not list what the head counts")
    return Checked(view.head.generation, count, len(directory))

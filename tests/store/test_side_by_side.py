"""Readers are never in the way of a writer, nor it in theirs."""

from tests.store import side_by_side


def test_lists_during_an_import_work_and_leave_no_lock(tmp_path):
    outcome = side_by_side.run(tmp_path, lists=8, count=60)
    assert outcome == outcome._replace(
        imported=0, lists=(0,) * 8, errors=(), stray=frozenset(), held=""
    )
    assert set(outcome.seen) <= set(range(61))

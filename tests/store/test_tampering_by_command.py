"""Whatever is changed in the file, a command says what it said before, or exits 10.

`python -m tests.store.tampering` flips every byte and goes through every row.
"""

from itertools import islice

import pytest

from tests.store.tampering import ROWS, SEALED, Bench, changes


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("small"), 4)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("large"))


def outcomes(bench, kind, *, every):
    found = [
        bench.look(change) for change in islice(changes(bench, kind), 0, None, every)
    ]
    assert [each for each in found if each.outcome == "WRONG"] == []
    return {each.outcome for each in found}


@pytest.mark.parametrize("kind", [kind for kind in SEALED if "slot" not in kind])
def test_flipped_bytes_of_what_is_sealed_are_found(small, kind):
    assert outcomes(small, kind, every=113) == {"found"}


@pytest.mark.parametrize("kind", ["slot", "slot-params"])
def test_with_a_flipped_byte_in_its_only_slot_a_wallet_stays_locked(small, kind):
    # Without the key nobody can tell it from a wrong passphrase; the hint says so.
    assert outcomes(small, kind, every=29) == {"locked"}


@pytest.mark.parametrize("kind", [kind for kind in ROWS if kind != "meta-rows"])
def test_rows_that_are_dropped_swapped_or_replayed_are_found(large, kind):
    every = 307 if kind == "record-rows" else 1
    assert outcomes(large, kind, every=every) == {"found"}


def test_pages_that_are_dropped_swapped_or_replayed_are_found(large):
    # Where the slots are it is locked; what a page no longer holds has no effect.
    assert outcomes(large, "pages", every=5) <= {"found", "locked", "nothing"}


def test_a_changed_journal_gives_the_truth_or_is_found(small):
    assert "found" in outcomes(small, "journals", every=53)

"""The learner says which credential; the wallet finds that one or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import NotFound
from credwallet.store import handles_without_unlocking
from credwallet.store.handles import (
    full_handle,
    rid_range,
    shortest_between,
    shortest_handles,
)
from tests.store.wallets import NOW, credential, filled_wallet, new_wallet, opened

RIDS = st.binary(min_size=16, max_size=16)
# Identifiers that share long beginnings, as a MAC would never make them.
CLOSE_RIDS = st.tuples(
    st.sampled_from([bytes(14), b"\xff" * 14, bytes(5) + b"\x01" * 9]),
    st.binary(min_size=2, max_size=2),
).map(b"".join)


def test_a_handle_finds_its_credential_in_any_length_and_case(tmp_path):
    with opened(filled_wallet(tmp_path / "w", 20)) as vault:
        for entry in vault.entries():
            whole = full_handle(entry.rid)
            assert entry.handle == whole[: len(entry.handle)]
            assert len(entry.handle) >= 4
            for length in range(len(entry.handle), len(whole) + 1):
                assert vault.find(whole[:length].upper()) == entry


def test_identifier_and_name_find_it_too(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        entry = vault.find("urn:example:badge:1")
        assert entry.summary.name == "Badge 1"
        assert vault.find("  bADGE 1 ") == entry


def test_an_ambiguous_name_is_answered_with_up_to_five_candidates(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential(n, name="Sailing") for n in range(7)], at=NOW)
        with pytest.raises(NotFound) as caught:
            vault.find("sailing")
        handles = [entry.handle for entry in vault.entries()]
    assert caught.value.type == "ambiguous"
    assert sum(handle in caught.value.what for handle in handles) == 5
    assert "and 2 more" in caught.value.what


def test_nothing_found_names_what_comes_near(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        with pytest.raises(NotFound) as caught:
            vault.find("adge 2")
        assert "Badge 2" in caught.value.next_step
        assert "Badge 1" not in caught.value.next_step


@pytest.mark.parametrize("text", ["sailing", "Saling", "SIALING", "sail"])
def test_a_name_that_is_mistyped_is_suggested(tmp_path, text):
    with new_wallet(tmp_path / "w").vault as vault:
        names = ("Sailing 1", "Cookery", "\x00" * 5000, "\u202e" * 99, "S" * 9000)
        vault.put([credential(n, name=each) for n, each in enumerate(names)], at=NOW)
        with pytest.raises(NotFound) as caught:
            vault.find(text)
        assert caught.value.next_step.startswith("did you mean ")
        assert "Sailing 1" in caught.value.next_step
        assert "Cookery" not in caught.value.next_step


def test_a_handle_with_a_letter_too_many_is_suggested(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        handle = vault.entries()[0].handle
        other = "2" if handle[-1] != "2" else "3"
        with pytest.raises(NotFound) as caught:
            vault.find(handle + other + "0")
        assert f"did you mean {handle} " in caught.value.next_step


@pytest.mark.parametrize("text", ["", " ", "abc", "no such thing", "\x00", "é" * 9])
def test_what_is_no_name_is_not_found(tmp_path, text):
    with opened(filled_wallet(tmp_path / "w")) as vault, pytest.raises(NotFound):
        vault.find(text)


def test_a_badge_cannot_hide_another_by_taking_its_handle_as_a_name(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        victim = vault.entries()[0]
        vault.put([credential(66, name=victim.handle, id=victim.handle)], at=NOW)
        assert vault.find(victim.handle).rid == victim.rid


def test_handles_are_listed_without_unlocking(tmp_path):
    with opened(filled_wallet(tmp_path / "w", 30)) as vault:
        entries = vault.entries()
        vault.update(
            entries[0].rid, summary=entries[0].summary._replace(trashed_at="x")
        )
    assert set(handles_without_unlocking(tmp_path / "w")) == {
        entry.handle for entry in entries
    }
    with pytest.raises(NotFound):
        handles_without_unlocking(tmp_path / "nowhere")


@given(st.sets(RIDS | CLOSE_RIDS, max_size=40))
def test_each_handle_starts_one_identifier_and_is_the_shortest_that_does(rids):
    whole = {rid: full_handle(rid) for rid in rids}
    for rid, handle in shortest_handles(rids).items():
        assert whole[rid].startswith(handle)
        assert [r for r in rids if whole[r].startswith(handle)] == [rid]
        shorter = handle[:-1]
        assert (
            len(handle) == 4
            or sum(text.startswith(shorter) for text in whole.values()) > 1
        )


@given(st.sets(RIDS | CLOSE_RIDS, min_size=1, max_size=40))
def test_neighbours_are_enough_to_tell_one_handle(rids):
    ordered, handles = sorted(rids), shortest_handles(rids)
    for index, rid in enumerate(ordered):
        neighbours = ordered[max(index - 1, 0) : index] + ordered[index + 1 : index + 2]
        assert shortest_between(rid, neighbours) == handles[rid]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=4), RIDS)
def test_a_range_holds_exactly_the_identifiers_that_start_so(text, rid):
    found = rid_range(text)
    inside = found is not None and found[0] <= rid <= found[1]
    assert inside == full_handle(rid).startswith(text)


@given(RIDS | CLOSE_RIDS, st.integers(min_value=4, max_value=26))
def test_each_start_of_a_handle_is_a_range_around_it(rid, length):
    first, last = rid_range(full_handle(rid)[:length])
    assert first <= rid <= last

"""A wallet gives back what was put into it."""

import os
import shutil

import pytest

from credwallet.errors import Locked, NotFound, Unreadable, Usage
from credwallet.store import BATCH, Change, create, exists, open_vault
from tests.store.wallets import (
    CHEAP,
    NOW,
    PASSPHRASE,
    credential,
    filled_wallet,
    new_wallet,
    opened,
    summary,
)


def test_bytes_come_back_as_they_were_received(tmp_path):
    raw = bytes(range(256)) * 20 + b"\r\n \x00"
    with new_wallet(tmp_path / "w").vault as vault:
        (result,) = vault.put([credential(raw=raw, source="mail.png")], at=NOW)
    with opened(tmp_path / "w") as vault:
        stored = vault.read(result.rid)
    assert result.stored == "new"
    assert stored.raw == raw
    assert stored.report == {"verdict": "valid"}
    assert stored.source == "mail.png"
    assert stored.received_at == "2026-03-01T12:00:00Z"
    assert stored.summary == summary()


def test_an_empty_wallet_lists_nothing(tmp_path):
    assert not exists(tmp_path / "w")
    with new_wallet(tmp_path / "w").vault as vault:
        assert vault.entries() == ()
    assert exists(tmp_path / "w")


def test_all_texts_survive_even_those_that_are_no_unicode(tmp_path):
    odd = summary(name="\U0001f393 \u202e caf\xe9 \udcff", note='"\\\n')
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential()._replace(summary=odd)], at=NOW)
    with opened(tmp_path / "w") as vault:
        assert vault.entries()[0].summary == odd


def test_more_than_one_segment_is_listed(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        for start in (0, 300, 600, 900):
            batch = [credential(number) for number in range(start, start + 300)]
            vault.put(batch, at=NOW)
        entries = vault.entries()
        assert {entry.summary.id for entry in entries} == {
            summary(number).id for number in range(1200)
        }
        assert vault.check().records == 1200
        assert len(list(vault._view(vault._connected()).head.segments)) == 3


def test_more_than_a_batch_is_refused(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        with pytest.raises(Usage, match="at most 512"):
            vault.put([credential(n) for n in range(BATCH + 1)], at=NOW)
        assert vault.entries() == ()


def test_the_same_bytes_again_are_a_duplicate_with_a_fresh_report(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential(checked_at="2026-03-01T00:00:00Z", tags=["a"])], at=NOW)
        again = credential(
            checked_at="2026-04-01T00:00:00Z", report={"verdict": "revoked"}, tags=["b"]
        )
        (result,) = vault.put([again], at=NOW)
        stored = vault.read(result.rid)
    assert (result.stored, result.why) == ("duplicate", "same-bytes")
    assert stored.report == {"verdict": "revoked"}
    assert stored.summary.checked_at == "2026-04-01T00:00:00Z"
    assert stored.summary.tags == ["a", "b"]


def test_a_newer_copy_takes_the_place_and_keeps_tags_and_note(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential(raw=b"old", tags=["mine"], note="keep")], at=NOW)
        newer = credential(raw=b"new", valid_from="2026-02-01T00:00:00Z")
        (result,) = vault.put([newer], at=NOW)
        stored = vault.read(result.rid)
        assert len(vault.entries()) == 1
    assert result.stored == "replaced"
    assert stored.raw == b"new"
    assert (stored.summary.tags, stored.summary.note) == (["mine"], "keep")


def test_newer_is_told_by_the_moment_not_by_the_text(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential(raw=b"a", valid_from="2026-01-01T00:30:00Z")], at=NOW)
        # 23:45 UTC of the day before.
        earlier = credential(raw=b"b", valid_from="2026-01-01T01:45:00+02:00")
        assert vault.put([earlier], at=NOW)[0].why == "not-newer"


@pytest.mark.parametrize(
    "valid_from", ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "", "yesterday"]
)
def test_a_copy_that_is_not_newer_leaves_the_held_one_as_it_is(tmp_path, valid_from):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential(raw=b"held")], at=NOW)
        (result,) = vault.put([credential(raw=b"x", valid_from=valid_from)], at=NOW)
        assert vault.read(result.rid).raw == b"held"
    assert (result.stored, result.why) == ("duplicate", "not-newer")


@pytest.mark.parametrize("verdict", ["malformed", "invalid", "undetermined"])
def test_a_forged_newer_copy_never_takes_the_place_of_a_proven_one(tmp_path, verdict):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential(raw=b"genuine")], at=NOW)
        forged = credential(
            raw=b"forged", valid_from="2030-01-01T00:00:00Z", verdict=verdict
        )
        (result,) = vault.put([forged], at=NOW)
        assert vault.read(result.rid).raw == b"genuine"
    assert (result.stored, result.why) == ("duplicate", "not-proven")


def test_without_identifiers_the_bytes_are_the_identity(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        results = vault.put(
            [
                credential(raw=b"one", id=""),
                credential(raw=b"two", id=""),
                credential(raw=b"one", id=""),
            ],
            at=NOW,
        )
    assert [result.stored for result in results] == ["new", "new", "duplicate"]


def test_issuer_and_identifier_cannot_be_shifted_into_each_other(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        results = vault.put(
            [
                credential(raw=b"1", issuer_id="https://a.example/x", id="y"),
                credential(raw=b"2", issuer_id="https://a.example/", id="xy"),
            ],
            at=NOW,
        )
    assert [result.stored for result in results] == ["new", "new"]


def test_a_trashed_one_that_comes_again_is_restored(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        (first,) = vault.put([credential()], at=NOW)
        trashed = summary(trashed_at="2026-03-01T00:00:00Z")
        vault.update(first.rid, summary=trashed)
        assert vault.entries()[0].summary.trashed_at
        (again,) = vault.put([credential()], at=NOW)
        assert again.restored
        assert not vault.entries()[0].summary.trashed_at


def test_updating_changes_only_what_is_given(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        one, other = vault.entries()[:2]
        before = vault.read(one.rid)
        vault.update(one.rid, summary=one.summary._replace(tags=["x"], note="n"))
        vault.update(one.rid, report={"verdict": "expired"})
        after = vault.read(one.rid)
        assert after == before._replace(
            report={"verdict": "expired"},
            summary=one.summary._replace(tags=["x"], note="n"),
        )
        assert vault.read(other.rid).summary == other.summary


def test_many_changes_are_one_or_none(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        entries = vault.entries()
        changes = [
            Change(entry.rid, entry.summary._replace(note="seen")) for entry in entries
        ]
        with pytest.raises(NotFound):
            vault.update_many([*changes, Change(b"?" * 16, summary())])
        assert vault.entries() == entries
        vault.update_many(changes)
        assert [entry.summary.note for entry in vault.entries()] == ["seen"] * 3


def test_a_change_of_nothing_changes_nothing(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        generation = vault.check().generation
        vault.put([], at=NOW)
        vault.update_many([])
        assert vault.check().generation == generation


def test_what_is_purged_is_gone(tmp_path):
    with opened(filled_wallet(tmp_path / "w", 2)) as vault:
        one, other = vault.entries()
        vault.purge(one.rid)
        assert [entry.rid for entry in vault.entries()] == [other.rid]
        with pytest.raises(NotFound):
            vault.read(one.rid)
        with pytest.raises(NotFound):
            vault.purge(one.rid)
        vault.purge(other.rid)
        assert vault.entries() == ()
        assert vault.check().records == 0
        vault.put([credential(9)], at=NOW)
        assert vault.check().records == 1


def test_holes_are_filled_again(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        for start in (0, 512):
            vault.put([credential(n) for n in range(start, start + 512)], at=NOW)
        for entry in vault.entries()[100:110]:
            vault.purge(entry.rid)
        vault.put([credential(number) for number in range(2000, 2010)], at=NOW)
        marks = vault._view(vault._connected()).head.segments.values()
        assert [mark.rows for mark in marks] == [512, 512]
        assert vault.check().records == 1024


def test_large_summaries_are_spread_over_more_segments(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        large = [credential(n, note="x" * 1_000_000) for n in range(7)]
        vault.put(large, at=NOW)
        assert vault.check().records == 7
        assert {entry.summary.name for entry in vault.entries()} == {
            f"Badge {number}" for number in range(7)
        }


def test_a_summary_that_could_never_be_listed_is_refused(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        with pytest.raises(Unreadable, match="larger than 4 MiB"):
            vault.put([credential(9, note="x" * 5_000_000)], at=NOW)
        assert vault.check().records == 3


def test_a_credential_that_is_too_large_is_refused(tmp_path):
    with opened(filled_wallet(tmp_path / "w")) as vault:
        with pytest.raises(Unreadable, match="larger than 16 MiB"):
            vault.put([credential(9, raw=bytes(17 * 1024 * 1024))], at=NOW)
        assert vault.check().records == 3


def test_the_largest_credential_that_is_read_fits(tmp_path):
    raw = os.urandom(10 * 1024 * 1024)
    with new_wallet(tmp_path / "w").vault as vault:
        (result,) = vault.put([credential(raw=raw)], at=NOW)
        assert vault.read(result.rid).raw == raw


def test_small_documents_are_kept_by_kind_and_name(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put_document("qualification", "diploma", b"one")
        vault.put_document("qualification", "diploma", b"two")
        vault.put_document("qualification", "degree", b"three")
        vault.put_document("issuer", "diploma", b"")
    with opened(tmp_path / "w") as vault:
        assert vault.documents("qualification") == {
            "diploma": b"two",
            "degree": b"three",
        }
        assert vault.documents("issuer") == {"diploma": b""}
        assert vault.documents("identity") == {}
        assert vault.document("qualification", "degree") == b"three"
        assert vault.document("qualification", "no") is None
        vault.remove_document("qualification", "diploma")
        vault.remove_document("qualification", "degree")
        vault.remove_document("issuer", "diploma")
        assert vault.documents("qualification") == {}
        assert vault.check().documents == 0
        with pytest.raises(NotFound, match="degree"):
            vault.remove_document("qualification", "degree")


def test_a_second_wallet_is_not_made_over_the_first(tmp_path):
    filled_wallet(tmp_path / "w")
    with pytest.raises(Usage, match="already"):
        new_wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        assert len(vault.entries()) == 3


def test_no_wallet_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="no wallet"):
        open_vault(tmp_path, passphrase=PASSPHRASE)


def test_a_closed_vault_says_so_and_forgets_its_keys(tmp_path):
    vault = new_wallet(tmp_path / "w").vault
    keys = vault._keys
    vault.close()
    vault.close()
    with pytest.raises(Locked, match="closed"):
        vault.entries()
    assert keys.vault_key() == bytes(32)
    assert {
        bytes(subkey) for epoch in keys._subkeys.values() for subkey in epoch.values()
    } == {bytes(32)}


def test_no_secret_shows_in_a_repr(tmp_path):
    created = create(tmp_path / "w", PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP)
    with created.vault as vault:
        shown = f"{created!r} {vault!r} {vault._keys!r} {vault.vault_key()!r}"
        assert PASSPHRASE not in shown
        assert created.recovery_code
        assert created.recovery_code not in shown
        assert vault.vault_key().vault_key.hex() not in shown
        assert repr(vault.vault_key().vault_key) not in shown


def test_two_open_vaults_see_each_others_changes(tmp_path):
    filled_wallet(tmp_path / "w")
    with opened(tmp_path / "w") as one, opened(tmp_path / "w") as other:
        one.put([credential(10)], at=NOW)
        other.put([credential(11)], at=NOW)
        assert len(one.entries()) == len(other.entries()) == 5
        one.purge(one.find("Badge 10").rid)
        with pytest.raises(NotFound):
            other.find("Badge 10")


def test_a_copied_wallet_folder_opens_and_is_made_private_again(tmp_path):
    filled_wallet(tmp_path / "w")
    shutil.copytree(tmp_path / "w", tmp_path / "copy")
    (tmp_path / "copy").chmod(0o755)
    (tmp_path / "copy" / "vault.db").chmod(0o644)
    with opened(tmp_path / "copy") as vault:
        assert len(vault.entries()) == 3
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "copy" / "vault.db").stat().st_mode & 0o777 == 0o600


def test_looking_at_the_same_bytes_with_less_at_hand_forgets_nothing(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        known = credential(verdict="revoked")
        vault.put([known], at=NOW)
        again = known._replace(
            summary=summary(verdict="undetermined", tags=["more"]), report={}
        )

        (result,) = vault.put([again], at=NOW)

        stored = vault.read(result.rid)
        assert (result.stored, result.why) == ("duplicate", "same-bytes")
        assert stored.summary.verdict == "revoked"
        assert stored.report == known.report
        assert "more" in stored.summary.tags

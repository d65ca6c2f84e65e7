"""What credwallet did not write is found, and never read as something else."""

import contextlib
import random
import shutil
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.errors import Damaged, Locked, StorageFailure
from credwallet.store import handles_without_unlocking
from credwallet.store.envelope import Kind, Place, seal, unseal
from credwallet.store.schema import FORMAT
from tests.store.wallets import (
    NOW,
    credential,
    edit,
    filled_wallet,
    opened,
    select,
)

PLACE = Place(b"v" * 16, Kind.RECORD, b"r" * 16, 1)
KEY = bytes(range(32))


@pytest.fixture
def wallet(tmp_path):
    """Give a closed wallet with two segments and two documents."""
    folder = filled_wallet(tmp_path / "w", 512)
    with opened(folder) as vault:
        vault.put([credential(number) for number in range(1000, 1003)], at=NOW)
        vault.put_document("kind", "one", b"first")
        vault.put_document("kind", "two", b"second")
    return folder


def look_at_everything(folder):
    """Open the wallet and everything in it, in all the ways there are."""
    with opened(folder) as vault:
        entries = vault.entries()
        stored = [vault.read(entry.rid) for entry in entries[-8:]]
        documents = vault.documents("kind")
        vault.check()
    return entries, stored, documents


def is_found(folder):
    """Assert that the damage is noticed by something that everybody does."""
    with pytest.raises(Damaged) as caught:
        look_at_everything(folder)
    assert "backup" in caught.value.next_step


@given(st.binary(max_size=3000))
def test_an_envelope_gives_back_its_content_in_its_place_only(content):
    sealed = seal(KEY, PLACE, content)
    assert unseal(KEY, PLACE, sealed) == content
    for elsewhere in (
        PLACE._replace(vault_id=b"w" * 16),
        PLACE._replace(kind=Kind.DOCUMENT),
        PLACE._replace(id=b"s" * 16),
        PLACE._replace(epoch=2),
    ):
        with pytest.raises(Damaged):
            unseal(KEY, elsewhere, sealed)


def test_each_changed_bit_of_an_envelope_is_found():
    sealed = seal(KEY, PLACE, b"content" * 9)
    for index in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[index // 8] ^= 1 << index % 8
        with pytest.raises(Damaged):
            unseal(KEY, PLACE, bytes(changed))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_envelope_are_damage(data):
    with pytest.raises(Damaged):
        unseal(KEY, PLACE, data)
    with pytest.raises(Damaged):
        unseal(KEY, PLACE, b"CW\x01\x01\x00\x01" + data)


@pytest.mark.parametrize("cut", [0, 1, 2, 29, 30, 46, 49, -1])
def test_a_shortened_or_lengthened_envelope_is_found(cut):
    sealed = seal(KEY, PLACE, b"content")
    for changed in (sealed[:cut], sealed + b"\0", b"\0" + sealed):
        with pytest.raises(Damaged):
            unseal(KEY, PLACE, changed)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("head", "id=1"),
        ("seg", "n=0"),
        ("seg", "n=1"),
        ("seg", "n=2"),
        ("rec", "rid=(SELECT rid FROM rec WHERE seg=2 LIMIT 1)"),
        ("doc", "rowid=1"),
    ],
)
def test_changed_bytes_of_each_kind_of_row_are_found(wallet, table, row):
    where = f"FROM {table} WHERE {row}"
    ((sealed,),) = select(wallet, f"SELECT sealed {where}")
    update = f"UPDATE {table} SET sealed=? WHERE {row}"  # noqa: S608 -- own words
    choose = random.Random(table)  # noqa: S311 -- which bytes, always the same
    places = {*range(0, 46, 3), len(sealed) - 1}
    places |= {choose.randrange(len(sealed)) for _ in range(10)}
    for index in sorted(places):
        changed = bytearray(sealed)
        changed[index] ^= 1 << choose.randrange(8)
        edit(wallet, (update, (bytes(changed),)))
        is_found(wallet)
    edit(wallet, (update, (sealed,)))
    look_at_everything(wallet)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM head",
        "DELETE FROM seg WHERE n=0",
        "DELETE FROM seg WHERE n=1",
        "DELETE FROM rec WHERE seg=2",
        "DELETE FROM rec WHERE rid=(SELECT max(rid) FROM rec)",
        "DELETE FROM doc WHERE rowid=1",
        "DELETE FROM doc",
        "INSERT INTO rec VALUES(zeroblob(16), 1, zeroblob(99))",
        "INSERT INTO rec SELECT zeroblob(16), seg, sealed FROM rec LIMIT 1",
        "INSERT INTO seg SELECT 3, sealed FROM seg WHERE n=1",
        "INSERT INTO doc SELECT zeroblob(16), sealed FROM doc LIMIT 1",
        "UPDATE rec SET seg=1 WHERE seg=2",
        "UPDATE rec SET seg=7 WHERE seg=2",
        "UPDATE rec SET seg='x' WHERE seg=2",
        "UPDATE rec SET seg=x'01' WHERE seg=2",
        "UPDATE rec SET sealed=1",
        "UPDATE rec SET sealed=x''",
        "UPDATE rec SET sealed=(SELECT sealed FROM rec LIMIT 1)",
        "UPDATE rec SET rid=zeroblob(16) WHERE rid=(SELECT min(rid) FROM rec)",
        "UPDATE rec SET rid=7 WHERE rid=(SELECT min(rid) FROM rec)",
        "UPDATE seg SET sealed=(SELECT sealed FROM seg WHERE n=1)",
        "UPDATE seg SET n=n+1 WHERE n=2",
        "UPDATE seg SET n=-n",
        "UPDATE head SET sealed=(SELECT sealed FROM seg WHERE n=1)",
        "UPDATE head SET sealed='text'",
        "UPDATE head SET id=2",
        "UPDATE doc SET sealed=(SELECT sealed FROM doc LIMIT 1)",
        "UPDATE doc SET name=zeroblob(16) WHERE rowid=1",
        "CREATE TABLE extra(x)",
        "CREATE INDEX extra ON rec(seg)",
        "CREATE VIEW extra AS SELECT * FROM rec",
        "CREATE TRIGGER extra AFTER INSERT ON rec BEGIN DELETE FROM rec; END",
        "DROP TABLE doc",
        "ALTER TABLE seg ADD COLUMN x",
        "PRAGMA application_id=1",
    ],
)
def test_rows_and_tables_that_were_moved_are_found(wallet, statement):
    edit(wallet, (statement, ()))
    is_found(wallet)


def test_a_damaged_table_that_cannot_even_be_quoted_is_found(wallet):
    path = wallet / "vault.db"
    path.write_bytes(
        path.read_bytes().replace(b"CREATE TABLE rec", b"CREATE\xe3TABLE rec")
    )
    is_found(wallet)


def test_two_swapped_records_are_found(wallet):
    rows = select(wallet, "SELECT rid, sealed FROM rec WHERE seg=2 LIMIT 2")
    (one, first), (other, second) = rows
    update = "UPDATE rec SET sealed=? WHERE rid=?"
    edit(wallet, (update, (second, one)), (update, (first, other)))
    is_found(wallet)


@pytest.mark.parametrize("table", ["head", "seg", "rec", "doc"])
def test_rows_put_back_from_an_older_copy_are_found(wallet, table):
    older = select(wallet, f"SELECT rowid, * FROM {table}")  # noqa: S608 -- own words
    with opened(wallet) as vault:
        for entry in vault.entries()[-3:]:
            changed = entry.summary._replace(note="later")
            vault.update(entry.rid, summary=changed, report={"verdict": "revoked"})
        vault.put_document("kind", "one", b"later")
    names = {"head": "id, sealed", "seg": "n, sealed"}
    names |= {"rec": "rowid, rid, seg, sealed", "doc": "rowid, name, sealed"}
    skip = 1 if table in {"head", "seg"} else 0
    marks = ", ".join("?" * (len(older[0]) - skip))
    insert = f"INSERT INTO {table}({names[table]}) VALUES({marks})"
    emptied = f"DELETE FROM {table}"  # noqa: S608 -- own words
    edit(wallet, (emptied, ()), *((insert, row[skip:]) for row in older))
    is_found(wallet)


def test_a_page_put_back_from_an_older_copy_is_found(tmp_path):
    folder = filled_wallet(tmp_path / "w", 40)
    database = folder / "vault.db"
    before = database.read_bytes()
    with opened(folder) as vault:
        entry = vault.entries()[7]
        vault.update(entry.rid, report={"verdict": "revoked"})
    after = database.read_bytes()
    size = 8192
    differing = [
        start
        for start in range(0, min(len(before), len(after)), size)
        if before[start : start + size] != after[start : start + size]
    ]
    assert len(differing) > 2
    for start in differing[1:]:
        mixed = after[:start] + before[start : start + size] + after[start + size :]
        database.write_bytes(mixed)
        is_found(folder)


def test_a_dropped_record_that_is_put_again_is_found(wallet):
    with opened(wallet) as vault:
        rid = vault.find("Badge 7").rid
    edit(wallet, ("DELETE FROM rec WHERE rid=?", (rid,)))
    with opened(wallet) as vault, pytest.raises(Damaged):
        vault.put([credential(7)], at=NOW)


def test_a_record_that_the_database_hides_is_damage_not_absence(wallet):
    with opened(wallet) as vault:
        entry = vault.find("Badge 7")
    hide = "UPDATE rec SET rid=zeroblob(16) WHERE rid=?"
    edit(wallet, (hide, (entry.rid,)))
    with opened(wallet) as vault:
        # The index is authenticated, so that it still tells the truth.
        assert vault.find(entry.handle) == entry
    for action in (
        lambda vault: vault.read(entry.rid),
        lambda vault: vault.purge(entry.rid),
        lambda vault: vault.update(entry.rid, summary=entry.summary),
        lambda vault: vault.put([credential(7)], at=NOW),
        lambda vault: vault.put([credential(8), credential(7)], at=NOW),
    ):
        with opened(wallet) as vault, pytest.raises(Damaged, match="missing"):
            action(vault)


def test_a_whole_older_file_put_back_under_an_open_vault_is_found(wallet, tmp_path):
    old = tmp_path / "old.db"
    shutil.copy(wallet / "vault.db", old)
    with opened(wallet) as vault:
        vault.put([credential(77)], at=NOW)
        vault.check()
        copy = sqlite3.connect(old)
        target = sqlite3.connect(wallet / "vault.db")
        copy.backup(target)
        copy.close()
        target.close()
        with pytest.raises(Damaged, match="older copy"):
            vault.entries()


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"not a database" * 500, b"SQLite format 3\0", bytes(8192)],
)
def test_a_file_that_is_no_wallet_is_damage(tmp_path, content):
    folder = filled_wallet(tmp_path / "w")
    (folder / "vault.db").write_bytes(content)
    is_found(folder)
    with pytest.raises(Damaged):
        handles_without_unlocking(folder)


def test_a_newer_format_is_named_and_left_alone(wallet):
    edit(wallet, (f"PRAGMA user_version={FORMAT + 1}", ()))
    with pytest.raises(Damaged, match=f"format {FORMAT + 1}") as caught:
        opened(wallet)
    assert caught.value.type == "unknown-format"
    assert "newer" in caught.value.next_step


def test_any_changed_byte_of_the_file_gives_the_truth_or_an_error_of_ours(tmp_path):
    folder = filled_wallet(tmp_path / "w", 5)
    with opened(folder) as vault:
        vault.put_document("kind", "one", b"first")
    truth = look_at_everything(folder)
    whole = (folder / "vault.db").read_bytes()
    choose = random.Random(5)  # noqa: S311 -- which bytes, always the same
    found = 0
    for start in range(0, len(whole), 311):
        index = min(start + choose.randrange(311), len(whole) - 1)
        changed = bytearray(whole)
        changed[index] ^= 1 << choose.randrange(8)
        (folder / "vault.db").write_bytes(changed)
        try:
            # Unused bytes and what SQLite itself repairs change nothing.
            assert look_at_everything(folder) == truth
        except (Damaged, Locked):
            found += 1
    assert found > 10


def test_cut_files_are_found(tmp_path):
    folder = filled_wallet(tmp_path / "w", 40)
    whole = (folder / "vault.db").read_bytes()
    for length in range(0, len(whole), 8192 * 3 + 512):
        (folder / "vault.db").write_bytes(whole[:length])
        with pytest.raises((Damaged, Locked)):
            look_at_everything(folder)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=2000), st.integers(0, 2**16))
def test_a_garbage_journal_never_makes_another_wallet(tmp_path_factory, junk, seed):
    folder = filled_wallet(tmp_path_factory.mktemp("w") / "w", 1)
    (folder / "vault.db-wal").write_bytes(junk)
    names = ["Badge 0"]
    with contextlib.suppress(Damaged, Locked, StorageFailure):
        names = [entry.summary.name for entry in look_at_everything(folder)[0]]
    assert names == ["Badge 0"]

"""Is everything that is damaged named, and where it is whole?"""

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from credwallet.errors import NotFound
from credwallet.store import (
    Anchors,
    Severity,
    Surroundings,
    look_around,
    look_at_backups,
    look_inside,
    newest_good,
    watched,
)
from tests.store.wallets import NOW, credential, edit, filled_wallet, opened, select

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
SPOIL_FIRST = "UPDATE rec SET sealed=zeroblob(80) WHERE rid=(SELECT min(rid) FROM rec)"


@pytest.fixture
def wallet(tmp_path):
    """Give a closed wallet with two segments and two documents."""
    folder = filled_wallet(tmp_path / "w", 512)
    with opened(folder) as vault:
        vault.put([credential(number) for number in range(1000, 1003)], at=NOW)
        vault.put_document("kind", "one", b"first")
        vault.put_document("kind", "two", b"second")
    return folder


def inside(folder, *, deep=True):
    """Look inside, and return what is not as it should be."""
    anchors = Anchors(folder.parent / "state", only_look=True)
    with watched(opened(folder), anchors) as vault:
        found = look_inside(vault, deep=deep)
    assert {finding.area for finding in found} >= {"index", "records", "documents"}
    return [finding for finding in found if finding.severity is not Severity.OK]


def around(folder, at=NOW):
    found = look_around(Surroundings(folder, folder.parent / "state", at))
    return [finding for finding in found if finding.severity is not Severity.OK]


def backup(folder, name):
    (folder / "backups").mkdir(mode=0o700, exist_ok=True)
    path = folder / "backups" / name
    shutil.copy(folder / "vault.db", path)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("deep", [True, False])
def test_a_whole_wallet_has_nothing_to_complain_of(wallet, deep):
    before = (wallet / "vault.db").read_bytes()
    assert inside(wallet, deep=deep) == []
    assert (wallet / "vault.db").read_bytes() == before
    assert not (wallet.parent / "state").exists()


def test_every_damaged_record_is_named(wallet):
    rows = select(wallet, "SELECT rid FROM rec ORDER BY rid")
    chosen = [rid for (rid,) in rows[:: len(rows) // 6]]
    for rid in chosen:
        edit(wallet, ("UPDATE rec SET sealed=zeroblob(80) WHERE rid=?", (rid,)))
    with opened(wallet) as vault:
        handles = {entry.rid: entry.handle for entry in vault.entries()}
        names = {entry.rid: entry.summary.name for entry in vault.entries()}
    (finding,) = inside(wallet)
    assert (finding.area, finding.severity) == ("records", Severity.DAMAGE)
    assert finding.what == f"{len(chosen)} credentials are damaged"
    assert {each[:2] for each in finding.affected} == {
        (handles[rid], names[rid]) for rid in chosen
    }
    assert "no automatic backup" in finding.next_step
    # Without opening them it cannot be told.
    assert inside(wallet, deep=False) == []


@pytest.mark.parametrize(
    ("statement", "area", "words"),
    [
        (
            "DELETE FROM rec WHERE rid=(SELECT min(rid) FROM rec)",
            "records",
            "1 credential is missing",
        ),
        ("DELETE FROM rec WHERE seg=2", "records", "3 credentials are missing"),
        (
            "UPDATE rec SET seg=2 WHERE rid=(SELECT min(rid) FROM rec)",
            "records",
            "not where the index",
        ),
        (
            "INSERT INTO rec VALUES(zeroblob(16), 1, zeroblob(99))",
            "records",
            "1 credential is not listed",
        ),
        ("DELETE FROM seg WHERE n=2", "index", "part 2, which lists 3 credentials"),
        ("UPDATE seg SET sealed=zeroblob(99) WHERE n=1", "index", "part 1, which"),
        ("INSERT INTO seg SELECT 9, sealed FROM seg WHERE n=1", "index", "1 part that"),
        ("DELETE FROM seg WHERE n=0", "documents", "missing"),
        ("DELETE FROM doc", "documents", "2 documents are missing"),
        ("UPDATE doc SET sealed=zeroblob(99)", "documents", "2 documents are damaged"),
        (
            "INSERT INTO doc VALUES(zeroblob(16), zeroblob(99))",
            "documents",
            "1 document",
        ),
        ("UPDATE rec SET sealed=1 WHERE seg=2", "records", "3 credentials are damaged"),
        (
            "UPDATE rec SET rid=7 WHERE rid=(SELECT max(rid) FROM rec)",
            "records",
            "wrong shape",
        ),
    ],
)
def test_each_kind_of_damage_is_told_by_its_name(wallet, statement, area, words):
    edit(wallet, (statement, ()))
    found = inside(wallet)
    assert any(
        each.area == area and each.severity is Severity.DAMAGE and words in each.what
        for each in found
    ), found


def test_a_lost_part_of_the_index_loses_the_names_but_not_the_handles(wallet):
    with opened(wallet) as vault:
        handles = {entry.handle for entry in vault.entries()}
    edit(wallet, ("UPDATE seg SET sealed=zeroblob(99) WHERE n=2", ()))
    lost = next(each for each in inside(wallet) if each.area == "records")
    assert "listed in a part of the index that is damaged" in lost.what
    assert len(lost.affected) == 3
    assert {each.handle for each in lost.affected} <= handles


def test_damage_of_several_kinds_is_all_told(wallet):
    edit(
        wallet,
        ("UPDATE rec SET sealed=zeroblob(99) WHERE seg=1", ()),
        ("DELETE FROM seg WHERE n=2", ()),
        ("DELETE FROM doc WHERE rowid=1", ()),
    )
    found = inside(wallet)
    assert {each.area for each in found} == {"index", "records", "documents"}
    damaged = next(each for each in found if "are damaged" in each.what)
    assert len(damaged.affected) == 512


def test_the_newest_backup_that_holds_a_damaged_record_whole_is_named(wallet):
    backup(wallet, "vault-20260101T000000Z-rekey.db")
    edit(wallet, (SPOIL_FIRST, ()))
    backup(wallet, "vault-20260102T000000Z-rekey.db")
    (wallet / "backups" / "vault-20260103T000000Z-rekey.db").write_bytes(b"junk")
    with opened(wallet) as vault:
        vault.put([credential(5000)], at=NOW)
    ((added,),) = select(wallet, "SELECT rid FROM rec ORDER BY rowid DESC LIMIT 1")
    edit(wallet, ("DELETE FROM rec WHERE rid=?", (added,)))
    found = {each.what: each for each in inside(wallet) if each.area == "records"}
    (whole,) = found["1 credential is damaged"].affected
    assert whole.backup.endswith("vault-20260101T000000Z-rekey.db")
    (lost,) = found["1 credential is missing"].affected
    assert (lost.name, lost.backup) == ("Badge 5000", "")


def test_the_state_of_each_backup_is_told(wallet):
    backup(wallet, "vault-20260101T000000Z-migrate.db")
    junk = backup(wallet, "vault-20260102T000000Z-rekey.db")
    junk.write_bytes(b"junk" * 4096)
    backup(wallet, "vault-20260103T000000Z-damaged.db")
    with opened(wallet) as vault, vault.looking() as view:
        found = look_at_backups(wallet, view.keys)
        assert newest_good(wallet, view.keys).reason == "migrate"
    assert [each.severity for each in found] == [
        Severity.OK,
        Severity.WARNING,
        Severity.OK,
    ]
    assert "with state 5" in found[2].what
    assert "copy of a wallet that was damaged" in found[0].what
    assert newest_good(wallet, None).reason == "migrate"
    assert look_at_backups(wallet)[2].what.endswith("looks good")


def test_looking_into_a_backup_leaves_no_trace(wallet):
    path = backup(wallet, "vault-20260101T000000Z-migrate.db")
    before = path.read_bytes()
    with opened(wallet) as vault, vault.looking() as view:
        assert newest_good(wallet, view.keys).problem == ""
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_good_wallet_lacks_only_a_backup_and_a_recovery_code(wallet):
    assert {each.area for each in around(wallet)} == {"backups", "slots"}
    backup(wallet, "vault-20260228T000000Z-rekey.db")
    assert {each.area for each in around(wallet)} == {"slots"}


def test_an_old_backup_is_told_by_its_age(wallet):
    backup(wallet, "vault-20250228T000000Z-rekey.db")
    (found,) = (each for each in around(wallet) if each.area == "backups")
    assert "366 days old" in found.what
    assert "credwallet backup FILE" in found.next_step
    later = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=1)
    assert "backups" not in {each.area for each in around(wallet, later)}


@needs_posix
@pytest.mark.parametrize(
    ("name", "mode"),
    [(".", 0o755), ("vault.db", 0o644), ("vault.db", 0o660), ("backups", 0o755)],
)
def test_what_others_can_get_at_is_told_and_left_as_it_is(wallet, name, mode):
    backup(wallet, "vault-20260228T000000Z-rekey.db")
    (wallet / name).chmod(mode)
    found = next(each for each in around(wallet) if each.area == "permissions")
    assert found.severity is Severity.WARNING
    assert f"{mode:04o}" in found.what
    assert found.next_step.startswith("chmod ")
    assert (wallet / name).stat().st_mode & 0o777 == mode


def test_what_belongs_to_another_user_is_told_and_not_opened(wallet, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4242, raising=False)
    found = [each for each in around(wallet) if each.area == "permissions"]
    assert {each.severity for each in found} == {Severity.FAILURE}
    assert "belongs to another user" in found[0].what
    everything = look_around(Surroundings(wallet, wallet.parent, NOW))
    assert "database" not in {each.area for each in everything}


@needs_posix
def test_a_link_in_place_of_the_file_is_told_and_not_followed(wallet, tmp_path):
    (wallet / "vault.db").rename(tmp_path / "elsewhere")
    (wallet / "vault.db").symlink_to(tmp_path / "elsewhere")
    found = next(each for each in around(wallet) if each.area == "permissions")
    assert "is a link" in found.what
    assert found.severity is Severity.FAILURE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("vault.db.new", "did not come to its end"),
        ("vault.db.bak", "not credwallet's"),
        ("vault (Ada's conflicted copy 2026-01-01).db", "syncs the folder"),
        ("vault.sync-conflict-20260101-120000-ABC.db", "syncs the folder"),
        ("thesis.txt", "not credwallet's"),
    ],
)
def test_what_does_not_belong_there_is_told_and_left(wallet, name, words):
    (wallet / name).write_bytes(b"x")
    found = next(each for each in around(wallet) if each.area == "files")
    assert name in found.what
    assert words in found.what
    assert (wallet / name).read_bytes() == b"x"


def test_a_synced_folder_is_told(tmp_path):
    wallet = filled_wallet(tmp_path / "Dropbox" / "w")
    found = next(each for each in around(wallet) if each.area == "folder")
    assert found.severity is Severity.WARNING
    assert "Dropbox" in found.what


def test_little_room_is_told(wallet, monkeypatch):
    usage = shutil.disk_usage(wallet)._replace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    found = next(each for each in around(wallet) if each.area == "space")
    assert "1024 KiB free" in found.what


@pytest.mark.parametrize(
    ("statement", "area"),
    [
        ("PRAGMA application_id=1", "format"),
        ("PRAGMA user_version=99", "format"),
        ("CREATE TABLE extra(x)", "database"),
        ("DELETE FROM slot WHERE kind=1", "slots"),
        ("UPDATE slot SET kind=77", "slots"),
    ],
)
def test_damage_that_shows_without_the_key_is_told(wallet, statement, area):
    edit(wallet, (statement, ()))
    found = [each for each in around(wallet) if each.severity is Severity.DAMAGE]
    assert {each.area for each in found} == {area}


def test_pages_that_do_not_fit_are_told(wallet):
    path = wallet / "vault.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 70000] = os.urandom(70000)
    path.write_bytes(bytes(content))
    found = [each for each in around(wallet) if each.severity is Severity.DAMAGE]
    assert {each.area for each in found} == {"database"}


def test_an_earlier_format_is_told_and_left(wallet):
    edit(wallet, ("PRAGMA user_version=1", ()))
    before = (wallet / "vault.db").read_bytes()
    found = next(each for each in around(wallet) if each.area == "format")
    assert found.severity is Severity.WARNING
    assert (wallet / "vault.db").read_bytes() == before


def test_without_a_wallet_there_is_nothing_to_look_at(tmp_path):
    with pytest.raises(NotFound):
        around(tmp_path)

"""Whoever finds the file reads nothing; no other user of the machine gets near it."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import StorageFailure
from credwallet.store import handles_without_unlocking
from credwallet.store.envelope import padme
from tests.store.wallets import (
    NOW,
    PASSPHRASE,
    credential,
    filled_wallet,
    new_wallet,
    opened,
)

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can give files to another user",
)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


def modes(folder):
    """Return the permissions of every file in a folder."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_nothing_that_was_put_in_stands_in_the_files(tmp_path):
    words = {
        "raw": b"RAWWORD",
        "id": b"IDWORD",
        "name": b"NAMEWORD",
        "issuer_id": b"ISSUERIDWORD",
        "issuer_name": b"ISSUERNAMEWORD",
        "note": b"NOTEWORD",
        "format": b"FORMATWORD",
        "source": b"SOURCEWORD",
        "report": b"REPORTWORD",
        "kind": b"KINDWORD",
        "document": b"DOCUMENTWORD",
        "data": b"DATAWORD",
        "passphrase": PASSPHRASE.encode(),
        "date": b"2026-0",
        "field": b"valid_from",
    }
    text = {key: word.decode() for key, word in words.items()}
    created = new_wallet(tmp_path / "w", recovery=True)
    with created.vault as vault:
        new = credential(
            raw=words["raw"],
            report={"verdict": text["report"]},
            source=text["source"],
            **{key: text[key] for key in ("id", "name", "issuer_id", "issuer_name")},
            note=text["note"],
            format=text["format"],
            tags=["TAGWORD"],
        )
        vault.put([new], at=NOW)
        vault.put_document(text["kind"], text["document"], words["data"])
        secrets = [*words.values(), b"TAGWORD", vault.entries()[0].rid.hex().encode()]
        secrets += [bytes(vault.vault_key().vault_key), created.recovery_code.encode()]
        files = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    assert {"vault.db", "vault.db-wal"} <= set(files)
    files["vault.db after closing"] = (tmp_path / "w" / "vault.db").read_bytes()
    for name, content in files.items():
        for secret in secrets:
            assert secret.lower() not in content.lower(), (name, secret)


def test_equal_content_is_sealed_differently_each_time(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put_document("k", "a", b"same")
        vault.put_document("k", "b", b"same")
        rows = vault._connected().execute("SELECT sealed FROM doc").fetchall()
    assert len({sealed for (sealed,) in rows}) == 2


def test_sizes_are_padded(tmp_path):
    with new_wallet(tmp_path / "w").vault as vault:
        for length in range(2000, 2060):
            vault.put_document("k", str(length), os.urandom(length))
        rows = vault._connected().execute("SELECT length(sealed) FROM doc").fetchall()
    assert len(set(rows)) <= 2


@given(st.integers(min_value=2, max_value=2**40))
def test_padding_is_enough_and_never_more_than_twelve_percent(length):
    assert length <= padme(length) <= length * 1.12 + 1
    assert padme(padme(length)) == padme(length)


@needs_posix
@pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o777])
def test_files_are_private_from_the_start_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        with new_wallet(tmp_path / "deep" / "er" / "w").vault as vault:
            vault.put([credential()], at=NOW)
            found = modes(vault.folder)
    finally:
        os.umask(before)
    names = {"vault.db", "maint.lock"}
    assert set(found) == names | {"vault.db-wal", "vault.db-shm"}
    assert set(found.values()) == {0o600}
    for folder in ("deep", "deep/er", "deep/er/w"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700
    assert set(modes(tmp_path / "deep" / "er" / "w")) == names


@needs_posix
@pytest.mark.parametrize("name", ["vault.db", "vault.db-wal", "vault.db-shm"])
def test_links_in_place_of_files_are_refused(tmp_path, name):
    filled_wallet(tmp_path / "w")
    target = tmp_path / "elsewhere"
    if name == "vault.db":
        (tmp_path / "w" / name).rename(target)
    else:
        target.write_bytes(b"")
    (tmp_path / "w" / name).symlink_to(target)
    for attempt in (opened, handles_without_unlocking):
        with pytest.raises(StorageFailure, match="link"):
            attempt(tmp_path / "w")


@needs_posix
def test_a_link_set_as_a_trap_is_not_written_through(tmp_path):
    (tmp_path / "w").mkdir(mode=0o700)
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "w" / "vault.db.new").symlink_to(victim)
    with new_wallet(tmp_path / "w").vault as vault:
        vault.put([credential()], at=NOW)
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "w" / "vault.db").is_symlink()


@needs_root
@pytest.mark.parametrize("name", [".", "vault.db", "vault.db-wal"])
def test_what_belongs_to_another_user_is_refused(tmp_path, name):
    filled_wallet(tmp_path / "w")
    path = tmp_path / "w" / name
    if name.endswith("-wal"):
        path.write_bytes(b"")
    os.chown(path, 4242, -1)
    with pytest.raises(StorageFailure, match="another user"):
        opened(tmp_path / "w")


@needs_posix
def test_an_open_folder_with_other_files_is_not_taken(tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w").chmod(0o755)
    (tmp_path / "w" / "thesis.txt").write_text("mine")
    with pytest.raises(StorageFailure, match="open to other users"):
        new_wallet(tmp_path / "w")
    assert modes(tmp_path) == {"w": 0o755}


@needs_posix
def test_a_folder_that_all_users_share_is_never_closed_to_them(tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w").chmod(0o1777)
    with pytest.raises(StorageFailure, match="shared by all users"):
        new_wallet(tmp_path / "w")
    assert stat.S_IMODE((tmp_path / "w").stat().st_mode) == 0o1777


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "w").write_text("not a folder")
    with pytest.raises(StorageFailure):
        new_wallet(tmp_path / "w")
    with pytest.raises(StorageFailure):
        new_wallet(tmp_path / "w" / "below")


def test_odd_characters_in_the_path_are_no_matter(tmp_path):
    folder = tmp_path / "a?b#c%41 \udcff'\"é"
    with opened(filled_wallet(folder)) as vault:
        assert len(vault.entries()) == 3
    assert {path.name for path in tmp_path.iterdir()} == {folder.name}

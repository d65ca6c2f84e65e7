"""Are the files beside the wallet ours alone from the moment they exist?"""

import os
import stat

import pytest

from credwallet.errors import StorageFailure
from credwallet.store.folder import (
    locked,
    open_private,
    private_folder,
    replace_private,
)

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can give files to another user",
)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@needs_posix
@pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o777])
def test_files_and_folders_are_private_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        folder = private_folder(tmp_path / "deep" / "er")
        os.close(open_private(folder / "lock", os.O_CREAT | os.O_RDWR))
        replace_private(folder / "small", b"content")
    finally:
        os.umask(before)
    assert (mode(folder), mode(folder.parent)) == (0o700, 0o700)
    assert {path.name: mode(path) for path in folder.iterdir()} == {
        "lock": 0o600,
        "small": 0o600,
    }


@needs_posix
def test_what_was_opened_to_others_is_closed_again(tmp_path):
    (tmp_path / "f").mkdir(mode=0o755)
    (tmp_path / "f" / "lock").touch(mode=0o644)
    private_folder(tmp_path / "f")
    os.close(open_private(tmp_path / "f" / "lock", os.O_RDWR))
    assert (mode(tmp_path / "f"), mode(tmp_path / "f" / "lock")) == (0o700, 0o600)


@needs_posix
@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_CREAT | os.O_RDWR])
def test_a_link_is_never_followed(tmp_path, flags):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "lock").symlink_to(victim)
    with pytest.raises(StorageFailure, match="is a link"):
        open_private(tmp_path / "lock", flags)
    (tmp_path / "lock").unlink()
    (tmp_path / "lock").symlink_to(tmp_path / "nothing")
    with pytest.raises(StorageFailure, match="is a link"):
        open_private(tmp_path / "lock", flags)
    assert not (tmp_path / "nothing").exists()
    assert victim.read_bytes() == b"precious"


@needs_posix
def test_a_link_in_the_way_of_a_new_file_is_replaced_not_written_through(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    for name in ("small", "small.new"):
        (tmp_path / name).symlink_to(victim)
    replace_private(tmp_path / "small", b"content")
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "small").is_symlink()
    assert (tmp_path / "small").read_bytes() == b"content"


@needs_posix
def test_a_pipe_or_a_folder_in_place_of_a_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(StorageFailure, match="not a file"):
            open_private(tmp_path / name, os.O_RDONLY)


@needs_root
def test_what_belongs_to_another_user_is_refused(tmp_path):
    (tmp_path / "lock").touch(mode=0o600)
    os.chown(tmp_path / "lock", 4242, -1)
    with pytest.raises(StorageFailure, match="another user"):
        open_private(tmp_path / "lock", os.O_RDWR)
    (tmp_path / "f").mkdir(mode=0o700)
    os.chown(tmp_path / "f", 4242, -1)
    with pytest.raises(StorageFailure, match="another user"):
        private_folder(tmp_path / "f")


def test_what_belongs_to_another_user_is_refused_simulated(tmp_path, monkeypatch):
    (tmp_path / "lock").touch(mode=0o600)
    monkeypatch.setattr(os, "geteuid", lambda: 4242, raising=False)
    with pytest.raises(StorageFailure, match="another user"):
        open_private(tmp_path / "lock", os.O_RDWR)


def test_a_file_that_is_not_there_is_told_apart(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_private(tmp_path / "none", os.O_RDONLY)
    (tmp_path / "one").touch()
    with pytest.raises(FileExistsError):
        open_private(tmp_path / "one", os.O_CREAT | os.O_EXCL | os.O_WRONLY)


def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(
    tmp_path, monkeypatch
):
    replace_private(tmp_path / "small", b"old")

    def fails(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StorageFailure) as caught:
        replace_private(tmp_path / "small", b"new")
    assert caught.value.type == "no-space"
    assert [path.name for path in tmp_path.iterdir()] == ["small"]
    assert (tmp_path / "small").read_bytes() == b"old"


@needs_posix
def test_a_locked_folder_keeps_the_next_one_out(tmp_path):
    import fcntl  # noqa: PLC0415 -- POSIX only

    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        with locked(tmp_path), pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(descriptor)

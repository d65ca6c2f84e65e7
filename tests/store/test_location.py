"""Is a wallet kept out of folders where it would not stay whole?"""

import pytest

from credwallet.errors import Usage
from credwallet.store import refuse_unsuitable, unsuitable

ROOT_LINE = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw"


def mounts(tmp_path, *lines):
    """Write a table of mounts as the kernel does."""
    table = tmp_path / "mountinfo"
    table.write_text("\n".join((ROOT_LINE, *lines)) + "\n")
    return table


def test_a_folder_of_this_machine_is_good_though_it_is_not_there_yet(tmp_path):
    assert unsuitable(tmp_path / "a" / "b", mounts=mounts(tmp_path)) is None
    refuse_unsuitable(tmp_path / "a" / "b")


@pytest.mark.parametrize(
    ("marker", "who"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_8a3f.db", "Nextcloud"),
        ("._sync_8a3f.db-wal", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_the_mark_of_a_syncing_program_above_it_is_enough(tmp_path, marker, who):
    (tmp_path / marker).touch()
    found = unsuitable(tmp_path / "deep" / "wallet")
    assert (found.kind, found.who) == ("synced", who)
    assert marker in found.reason


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - Harbour College", "OneDrive"),
        ("Nextcloud", "Nextcloud"),
        ("Google Drive", "Google Drive"),
        ("Mobile Documents", "iCloud Drive"),
    ],
)
def test_a_usual_name_of_a_synced_folder_is_enough(tmp_path, name, who):
    found = unsuitable(tmp_path / name / "wallet")
    assert (found.kind, found.who) == ("synced", who)


@pytest.mark.parametrize("name", ["dropboxes", "my nextcloud", "sync", "drive"])
def test_other_names_are_no_reason(tmp_path, name):
    assert unsuitable(tmp_path / name / "wallet", mounts=mounts(tmp_path)) is None


def test_a_link_into_a_synced_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox" / "w").mkdir(parents=True)
    (tmp_path / "w").symlink_to(tmp_path / "Dropbox" / "w")
    assert unsuitable(tmp_path / "w").who == "Dropbox"


@pytest.mark.parametrize(
    ("entry", "who"), [(".git", "git"), (".hg", "Mercurial"), (".svn", "Subversion")]
)
@pytest.mark.parametrize("as_file", [True, False])
def test_a_work_tree_is_no_place(tmp_path, entry, who, as_file):
    (tmp_path / entry).touch() if as_file else (tmp_path / entry).mkdir()
    found = unsuitable(tmp_path / "wallet")
    assert (found.kind, found.who) == ("versioned", who)


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs", "fuse.rclone"],
)
def test_a_network_file_system_is_no_place(tmp_path, kind):
    point = tmp_path / "far away"
    escaped = str(point).replace(" ", "\\040")
    line = f"99 22 0:50 / {escaped} rw shared:1 - {kind} server:/home rw"
    table = mounts(tmp_path, line)
    found = unsuitable(point / "wallet", mounts=table)
    assert found.kind == "network"
    assert kind in found.reason
    assert unsuitable(tmp_path / "far", mounts=table) is None


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "tmpfs", "fuse.gocryptfs", "fuse"])
def test_a_local_file_system_mounted_in_a_far_one_is_good(tmp_path, kind):
    lines = (
        f"98 22 0:50 / {tmp_path} rw - nfs server:/home rw",
        f"99 98 0:51 / {tmp_path}/near rw master:1 propagate_from:2 - {kind} x rw",
    )
    table = mounts(tmp_path, *lines)
    assert unsuitable(tmp_path / "near" / "wallet", mounts=table) is None
    assert unsuitable(tmp_path / "other", mounts=table).kind == "network"


def test_of_two_mounts_on_one_point_the_later_one_counts(tmp_path):
    lines = (
        f"98 22 0:50 / {tmp_path} rw - nfs server:/home rw",
        f"99 98 0:51 / {tmp_path} rw - ext4 /dev/vdb rw",
    )
    assert unsuitable(tmp_path / "w", mounts=mounts(tmp_path, *lines)) is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe - \n", b"1 2 3 - \n - nfs\n"])
def test_a_table_of_mounts_that_makes_no_sense_is_no_reason(tmp_path, content):
    (tmp_path / "mountinfo").write_bytes(content)
    assert unsuitable(tmp_path / "w", mounts=tmp_path / "mountinfo") is None
    assert unsuitable(tmp_path / "w", mounts=tmp_path / "none") is None


def test_the_refusal_says_why_and_what_to_do(tmp_path):
    (tmp_path / ".git").mkdir()
    with pytest.raises(Usage, match="work tree of git") as caught:
        refuse_unsuitable(tmp_path / "wallet")
    assert caught.value.type == "unsuitable-folder"
    assert "--home DIR" in caught.value.next_step
    assert "--anywhere" in caught.value.next_step

"""Is this a place where a wallet stays whole?

SQLite's WAL mode needs one machine and one file system: a program that copies the files
one by one while they are in use (a synced folder, a version control system) or another
machine that writes the same file (a network file system) tears them apart, unnoticed.
"""

import os
from pathlib import Path
from typing import NamedTuple

from credwallet.errors import Usage

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    (
        *("9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs"),
        *("gfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "orangefs", "prl_fs", "pvfs2", "smb", "smb2", "smb3", "smbfs"),
        *("vboxsf", "vmhgfs", "webdav"),
    )
)
# Behind FUSE stands anything; these stand for other machines.
_NETWORK_FUSE = (
    *("ceph", "curlftpfs", "davfs", "gcsfuse", "geesefs", "glusterfs", "goofys"),
    *("google-drive-ocamlfuse", "gvfsd-fuse", "juicefs", "mount.davfs", "onedriver"),
    *("prl_fsd", "rclone", "s3fs", "seadrive", "sshfs", "vmhgfs-fuse", "kio-fuse"),
)
# What the programs leave in the folder that they keep in step.
_MARKERS = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".SynologyWorkingDirectory": "Synology Drive",
    ".seafile-data": "Seafile",
}
_MARKER_STARTS = (".sync_", "._sync_")
_MARKER_ENDS = (".db", ".db-wal", ".db-shm")
# Usual names, and how longer ones start ("OneDrive - School", "Dropbox (Personal)").
_NAMES = {
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "onedrive": "OneDrive",
    "syncthing": "Syncthing",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "cloudstorage": "a cloud drive",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
    "seafile": "Seafile",
    "synologydrive": "Synology Drive",
    "proton drive": "Proton Drive",
}
_AFTER_NAME = (" ", "-", "_", "(")
_VERSIONED = {".git": "git", ".hg": "Mercurial", ".svn": "Subversion", ".jj": "jj"}


class Unsuitable(NamedTuple):
    """Why a folder is no place for a wallet.

    `kind` is `synced`, `versioned` or `network`; `because` is what showed it.
    """

    kind: str
    who: str
    because: str

    @property
    def reason(self) -> str:
        """Say in one line why a wallet would not stay whole there."""
        return {
            "synced": f"{self.who} keeps it in step with other machines "
            f"({self.because}), and would copy the wallet while it is in use",
            "versioned": f"it is inside a work tree of {self.who} ({self.because}), "
            "which would keep every state of the wallet, or put back an older one",
            "network": f"it is on a network file system ({self.because}), "
            "where another machine can write the wallet at the same time",
        }[self.kind]


def unsuitable(folder: Path, *, mounts: Path = _MOUNTS) -> Unsuitable | None:
    """Tell why a folder is no place for a wallet, if it is none.

    Args:
        folder: It may be missing still.
        mounts: The table of mounts, as in proc(5), `mountinfo`; where there is none,
            file systems are not told apart.

    """
    real = Path(os.path.realpath(folder))
    for path in (real, *real.parents):
        found = _synced(path) or _versioned(path)
        if found is not None:
            return found
    return _network(real, mounts)


def refuse_unsuitable(folder: Path) -> None:
    """Refuse a folder where a wallet would not stay whole.

    Raises:
        Usage: If it is synced, under version control, or on another machine.

    """
    found = unsuitable(folder)
    if found is not None:
        raise Usage(
            f"{folder} is no place for a wallet: {found.reason}",
            next_step="name a folder of this machine alone with --home DIR; to make it "
            "here all the same: credwallet init --anywhere",
            type="unsuitable-folder",
        )


def _synced(path: Path) -> Unsuitable | None:
    name = path.name.casefold()
    for usual, who in _NAMES.items():
        rest = name.removeprefix(usual)
        if rest != name and (not rest or rest.startswith(_AFTER_NAME)):
            return Unsuitable("synced", who, str(path))
    try:
        inside = os.listdir(path)  # noqa: PTH208 -- names only, and many of them
    except OSError:
        # It is missing still, or not ours to read.
        return None
    for entry in inside:
        who = _MARKERS.get(entry, "")
        if entry.startswith(_MARKER_STARTS) and entry.endswith(_MARKER_ENDS):
            who = "Nextcloud"
        if who:
            return Unsuitable("synced", who, str(path / entry))
    return None


def _versioned(path: Path) -> Unsuitable | None:
    for entry, who in _VERSIONED.items():
        if os.path.lexists(path / entry):
            return Unsuitable("versioned", who, str(path / entry))
    return None


def _network(folder: Path, mounts: Path) -> Unsuitable | None:
    try:
        table = mounts.read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    best, kind = "", ""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            point = _unescaped(fields[4])
            # Of two mounts on one point the later one is on top.
            if _within(folder, point) and len(point) >= len(best):
                best, kind = point, after.split(" ")[0]
    program = kind.removeprefix("fuse.")
    if kind in _NETWORK or (program != kind and program in _NETWORK_FUSE):
        return Unsuitable("network", kind, f"{kind} at {best}")
    return None


def _within(folder: Path, point: str) -> bool:
    return str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")


def _unescaped(text: str) -> str:
    # proc(5): space, tab, line feed and backslash are octal.
    for code in (" ", "\t", "\n", "\\"):
        text = text.replace(f"\\{ord(code):03o}", code)
    return text

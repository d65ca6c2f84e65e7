"""What can be said about a wallet without its key?

Where it is, who else can read it, what lies beside it, whether there is room, how old
the newest backup is, which kinds of key open it, whether the file is whole as a
database. Nothing is changed.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from credwallet.errors import CredwalletError, NotFound
from credwallet.store import maintenance
from credwallet.store.backup_contents import (
    automatic_backups,
    moment_and_reason,
)
from credwallet.store.failures import explained
from credwallet.store.findings import (
    Finding,
    Severity,
    counted,
    finding_of,
    good,
    warning,
)
from credwallet.store.folder import DATABASE, exists
from credwallet.store.location import unsuitable
from credwallet.store.private_files import Surroundings, permissions, strays
from credwallet.store.schema import APPLICATION_ID, FORMAT, connect
from credwallet.store.slots import Slot, SlotKind, costs_of, first, read_slots

_ROOM = 64 * 1024 * 1024
_OLD = timedelta(days=90)
# SQLite file format, section 1.3: user version and application identifier.
_VERSION_AT, _APPLICATION_AT, _HEADER = 60, 68, 72


def look_around(where: Surroundings) -> tuple[Finding, ...]:
    """Say what can be said about a wallet without its key.

    Raises:
        NotFound: If there is no wallet.

    """
    if not exists(where.folder):
        raise NotFound(
            f"there is no wallet in {where.folder}",
            next_step="make one with: credwallet init, or name its folder with --home",
        )
    private = permissions(where)
    # Before SQLite has it open: closing a second descriptor would drop its locks.
    version = _version(where.folder)
    fit = all(
        finding.severity in (Severity.OK, Severity.WARNING) for finding in private
    ) and all(finding.severity is Severity.OK for finding in version)
    return (
        *_place(where),
        *private,
        *strays(where.folder),
        *version,
        *_space(where.folder),
        *_backups(where),
        *(_database(where.folder) if fit else ()),
    )


def _place(where: Surroundings) -> Iterator[Finding]:
    folder = where.folder
    found = unsuitable(folder)
    if found is None:
        yield good("folder", f"{folder}, what is remembered of it in {where.state}")
    else:
        yield warning(
            "folder",
            f"{folder} is no place for a wallet: {found.reason}",
            "move the folder while no credwallet is running, and name it with --home",
        )


def _version(folder: Path) -> list[Finding]:
    try:
        with (folder / DATABASE).open("rb", buffering=0) as file:
            header = file.read(_HEADER + 4)
    except OSError as error:
        what = f"the wallet file cannot be read: {error.strerror}"
        return [Finding("format", Severity.FAILURE, what, "check its permissions")]
    version = int.from_bytes(header[_VERSION_AT:][:4], "big")
    application = int.from_bytes(header[_APPLICATION_AT:][:4], "big")
    if application != APPLICATION_ID:
        what = "the wallet file is none of credwallet"
        return [Finding("format", Severity.DAMAGE, what, "take a backup")]
    if version > FORMAT:
        what = f"format {version} is newer than this credwallet (format {FORMAT})"
        step = "install the credwallet that wrote it"
        return [Finding("format", Severity.DAMAGE, what, step)]
    if version < FORMAT:
        what = f"format {version} is brought to {FORMAT} when the wallet is opened next"
        step = "open it once, which keeps a backup: credwallet list"
        return [warning("format", what, step)]
    return [
        good("format", f"format {version} of the wallet file"),
    ]


def _space(folder: Path) -> list[Finding]:
    try:
        free = shutil.disk_usage(folder).free
        size = sum(
            path.stat().st_size for path in folder.glob(f"{DATABASE}*") if path.exists()
        )
    except OSError as error:
        what = f"free space cannot be told: {error.strerror}"
        return [Finding("space", Severity.FAILURE, what, "check the disk")]
    told = f"{_mib(free)} free, the wallet has {_mib(size)}"
    if free < 2 * size + _ROOM:
        step = "free some space: a backup and a change of the key need twice its size"
        return [warning("space", told, step)]
    if not os.access(folder, os.W_OK):
        what = "the folder cannot be written"
        step = "check its permissions and whether the disk is mounted read-only"
        return [Finding("space", Severity.FAILURE, what, step)]
    return [good("space", told)]


def _mib(count: int) -> str:
    if count < 10 * 1024 * 1024:
        return f"{max(count // 1024, 1)} KiB"
    return f"{count >> 20:,} MiB"


def _backups(where: Surroundings) -> list[Finding]:
    kept = automatic_backups(where.folder)
    if not kept:
        return [
            warning(
                "backups",
                "there is no automatic backup beside the wallet yet",
                "make one, best on another disk: credwallet backup FILE",
            )
        ]
    at, _ = moment_and_reason(kept[0])
    age = where.at - at if at is not None else None
    told = f"{len(kept)} beside the wallet, the newest is {kept[0].name}"
    if age is not None and age > _OLD:
        return [
            warning(
                "backups",
                f"{told}, {age.days} days old",
                "make one, best on another disk: credwallet backup FILE",
            )
        ]
    return [good("backups", told)]


def _database(folder: Path) -> list[Finding]:
    try:
        with maintenance.shared(folder), explained("read the wallet"):
            connection = connect(folder / DATABASE)
            try:
                broken = connection.execute("PRAGMA quick_check(1)").fetchone()
                slots = read_slots(connection)
            finally:
                connection.close()
    except CredwalletError as error:
        return [finding_of("database", error)]
    if broken != (b"ok",):
        what = "its pages do not fit each other"
        return [
            Finding("database", Severity.DAMAGE, what, "take a backup"),
            *_slots(slots),
        ]
    return [good("database", "its pages fit each other"), *_slots(slots)]


def _slots(slots: tuple[Slot, ...]) -> list[Finding]:
    names = {
        SlotKind.PASSPHRASE: "a passphrase",
        SlotKind.RECOVERY: "a recovery code",
        SlotKind.KEYRING: "the OS keyring",
    }
    kinds = {slot.kind for slot in slots}
    findings = []
    if unknown := kinds - set(names):
        what = f"{len(unknown)} of its key slots are of a kind that is not known"
        findings.append(Finding("slots", Severity.DAMAGE, what, "take a backup"))
    if SlotKind.PASSPHRASE not in kinds:
        what = "no passphrase opens it any more"
        step = "open it with the recovery code: credwallet recover"
        findings.append(Finding("slots", Severity.DAMAGE, what, step))
    costs = costs_of(first(slots, SlotKind.PASSPHRASE))
    names[SlotKind.PASSPHRASE] += (
        f" (Argon2id, {costs.memory >> 10} MiB, "
        f"{counted(costs.passes, 'pass', 'passes')})"
    )
    opened_by = [name for kind, name in names.items() if kind in kinds]
    if SlotKind.RECOVERY not in kinds:
        findings.append(
            warning(
                "slots",
                "it has no recovery code: if the passphrase is lost, so is the wallet",
                "a change of the key makes one, too: credwallet rekey",
            )
        )
    if opened_by:
        findings.append(good("slots", f"opened by {' or '.join(opened_by)}"))
    return findings

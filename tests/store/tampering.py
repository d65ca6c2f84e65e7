"""Changes a wallet file in every way and looks at it through the command line.

    python -m tests.store.tampering [KIND...]

Each byte of a key slot, the head, a segment, a record, the directory and a document is
flipped; each row and each page is dropped, swapped and put back from an older copy; so
is the journal. Every command must give what it gave before, or an exit code; at least
one must exit with 10. Short forms of it are in `test_tampering_by_command.py`.
"""

import argparse
import shutil
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from credwallet.store import open_vault
from tests.cli.runner import PASSPHRASE, Cli, new_wallet
from tests.store.wallets import NOW, credential

DAMAGED, LOCKED, STORAGE = 10, 6, 11
DEEP = ("doctor", "--deep")
LIST = ("list", "--json")
IDENTITY = ("identity", "list", "--json")
# Two segments, so that there is something to swap.
COUNT = 515
_OPENED = 2

Argv = tuple[str, ...]
# What it is called, and how the files are changed.
Change = tuple[str, Callable[[Path], None]]


class Found(NamedTuple):
    """What came of one change, and the exit codes that differ from before.

    `found` (10), `locked` (6), `nothing` (no effect at all) or `WRONG`.
    """

    label: str
    outcome: str
    codes: tuple[int, ...]
    why: str = ""


class Bench:
    """A wallet, an older copy of it, and what the commands say of it.

    Args:
        folder: To work in.
        count: How many credentials.

    """

    def __init__(self, folder: Path, count: int = COUNT) -> None:
        self.cli = Cli(folder)
        self.home = self.cli.home
        self._kept = folder / "kept"
        self._older = folder / "older"
        self._make(count)
        self.looks = self._looks()
        self.truth = {argv: self._said(argv) for argv in (*self.looks, DEEP)}

    def _make(self, count: int) -> None:
        new_wallet(self.cli.folder)
        with open_vault(self.home, passphrase=PASSPHRASE) as vault:
            new = [credential(number) for number in range(count)]
            for start in range(0, count, 512):
                vault.put(new[start : start + 512], at=NOW)
        self._run("identity", "add", "first@example.org")
        shutil.copytree(self.home, self._older)
        # All that an older copy may bring back: each kind of row has changed since.
        with open_vault(self.home, passphrase=PASSPHRASE) as vault:
            for entry in vault.entries()[:: count // _OPENED]:
                later = entry.summary._replace(note="later")
                vault.update(entry.rid, summary=later, report={"verdict": "revoked"})
        self._run("identity", "add", "second@example.org")
        self._run("tag", "Badge 1", "--add", "later")
        shutil.copytree(self.home, self._kept)

    def _run(self, *argv: str) -> None:
        ran = self.cli(*argv)
        if ran.code:
            raise RuntimeError(ran.err)

    def _said(self, argv: Argv) -> tuple[int, str]:
        ran = self.cli(*argv)
        # What the doctor says has times and sizes in it.
        return ran.code, "" if argv == DEEP else ran.out

    def _looks(self) -> tuple[Argv, ...]:
        with open_vault(self.home, passphrase=PASSPHRASE) as vault:
            entries = vault.entries()
        handles = [e.handle for e in entries[:: max(1, len(entries) // _OPENED)]]
        shown = tuple(("show", handle, "--json") for handle in handles)
        return (LIST, IDENTITY, *shown)

    def older(self) -> bytes:
        """Read the older file."""
        return (self._older / "vault.db").read_bytes()

    def rows(self, table: str, *, older: bool = False) -> list[tuple[object, ...]]:
        """Read a table, row identifiers first."""
        folder = self._older if older else self._kept
        connection = sqlite3.connect(folder / "vault.db")
        try:
            return connection.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608 -- own words
        finally:
            connection.close()

    def put_back(self) -> None:
        """Put the files of the wallet back as they were."""
        for path in self.home.glob("vault.db*"):
            path.unlink()
        for path in self._kept.glob("vault.db*"):
            shutil.copy2(path, self.home / path.name)

    def look(self, change: Change) -> Found:
        """Change the wallet, look at it with all commands, put it back."""
        label, alter = change
        self.put_back()
        alter(self.home)
        wrong, codes = "", []
        for argv in (*self.looks, DEEP):
            try:
                said = self._said(argv)
            except OSError:
                said = (STORAGE, "")  # as the command's own main answers it
            except BaseException:  # noqa: BLE001 -- whatever it is, it is a defect to be told
                said = (-1, "")
                wrong = traceback.format_exc()
            if said != self.truth[argv]:
                codes.append(said[0])
                if said[0] not in (DAMAGED, LOCKED, STORAGE):
                    wrong = wrong or f"{argv} says something else: exit {said[0]}"
        self.put_back()
        outcome = "WRONG" if codes else "nothing"
        if DAMAGED in codes:
            outcome = "found"
        elif LOCKED in codes:
            outcome = "locked"
        return Found(label, "WRONG" if wrong else outcome, tuple(codes), wrong)


def flips(bench: Bench, table: str, column: str, where: str) -> Iterator[Change]:
    """Flip one bit of each byte of one value."""
    connection = sqlite3.connect(bench.home / "vault.db")
    select = f"SELECT {column} FROM {table} WHERE {where}"  # noqa: S608 -- own words
    ((value,),) = connection.execute(select).fetchall()
    connection.close()
    update = f"UPDATE {table} SET {column}=? WHERE {where}"  # noqa: S608 -- own words
    for index in range(len(value)):
        changed = bytearray(value)
        changed[index] ^= 1 << index % 8
        yield f"byte {index}", _execute((update, (bytes(changed),)))


def rows(bench: Bench, table: str, column: str) -> Iterator[Change]:
    """Drop each row, swap it with the next, put it back from the older copy."""
    there = bench.rows(table)
    before = {row[0]: row for row in bench.rows(table, older=True)}
    drop = f"DELETE FROM {table} WHERE rowid=?"  # noqa: S608 -- own words
    update = f"UPDATE {table} SET {column}=? WHERE rowid=?"  # noqa: S608 -- own words
    for position, row in enumerate(there):
        yield f"{table} {row[0]} dropped", _execute((drop, (row[0],)))
        other = there[(position + 1) % len(there)]
        if other is not row:
            swap = (update, (other[-1], row[0])), (update, (row[-1], other[0]))
            yield f"{table} {row[0]} swapped", _execute(*swap)
        old = before.get(row[0])
        if old is not None and old != row:
            yield f"{table} {row[0]} replayed", _execute((update, (old[-1], row[0])))


def _execute(*statements: tuple[str, tuple[object, ...]]) -> Callable[[Path], None]:
    def alter(home: Path) -> None:
        connection = sqlite3.connect(home / "vault.db")
        for sql, values in statements:
            connection.execute(sql, values)
        connection.commit()
        connection.close()

    return alter


def pages(bench: Bench) -> Iterator[Change]:
    """Blank each page, cut the file there, swap it, put back the older one."""
    whole = (bench.home / "vault.db").read_bytes()
    older = bench.older()
    size = int.from_bytes(whole[16:18], "big") or 65536
    size = 65536 if size == 1 else size
    for start in range(0, len(whole), size):
        page, end = whole[start : start + size], start + size
        number = start // size + 1
        yield f"page {number} blank", _write(whole[:start] + bytes(size) + whole[end:])
        yield f"page {number} and all after it cut", _write(whole[:start])
        following = whole[end : end + size]
        if following and following != page:
            swapped = whole[:start] + following + page + whole[end + size :]
            yield f"page {number} swapped", _write(swapped)
        old = older[start:end]
        if old and old != page:
            yield f"page {number} replayed", _write(whole[:start] + old + whole[end:])
    yield "the whole file replayed", _write(older)


def _write(data: bytes) -> Callable[[Path], None]:
    def alter(home: Path) -> None:
        (home / "vault.db").write_bytes(data)

    return alter


def journals(bench: Bench, step: int = 97) -> Iterator[Change]:
    """Flip, cut, drop and replay the journal of a wallet whose writer was killed."""
    base = (bench.home / "vault.db").read_bytes()
    states = []
    with open_vault(bench.home, passphrase=PASSPHRASE) as vault:
        for note in ("one", "two"):
            entry = vault.entries()[0]
            vault.update(entry.rid, summary=entry.summary._replace(note=note))
            states.append((bench.home / "vault.db-wal").read_bytes())
    # Closing has written it back: this is what a kill before that would have left.
    bench.put_back()
    first, both = states

    def left(journal: bytes) -> Callable[[Path], None]:
        def alter(home: Path) -> None:
            (home / "vault.db").write_bytes(base)
            if journal:
                (home / "vault.db-wal").write_bytes(journal)

        return alter

    yield "journal dropped", left(b"")
    yield "journal replayed", left(first)
    for index in range(0, len(both), step):
        changed = bytearray(both)
        changed[index] ^= 1 << index % 8
        yield f"journal byte {index}", left(bytes(changed))
    for length in range(0, len(both), step * 20):
        yield f"journal cut to {length}", left(both[:length])


SEALED = {
    "slot": ("slot", "wrapped", "n=1"),
    "slot-params": ("slot", "params", "n=1"),
    "head": ("head", "sealed", "id=1"),
    "segment": ("seg", "sealed", "n=(SELECT max(n) FROM seg)"),
    "record": ("rec", "sealed", "rowid=1"),
    "directory": ("seg", "sealed", "n=0"),
    "document": ("doc", "sealed", "rowid=1"),
}
ROWS = {
    "meta-rows": ("meta", "v"),
    "slot-rows": ("slot", "wrapped"),
    "head-rows": ("head", "sealed"),
    "segment-rows": ("seg", "sealed"),
    "record-rows": ("rec", "sealed"),
    "document-rows": ("doc", "sealed"),
}
KINDS = (*SEALED, *ROWS, "pages", "journals")


def changes(bench: Bench, kind: str) -> Iterator[Change]:
    """Give all changes of one kind."""
    if kind in SEALED:
        return flips(bench, *SEALED[kind])
    if kind in ROWS:
        return rows(bench, *ROWS[kind])
    return pages(bench) if kind == "pages" else journals(bench)


def main() -> None:
    """Print a line for each kind, and each change that was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []])
    kinds = parser.parse_args().kinds or KINDS
    wrong = 0
    for kind in kinds:
        with TemporaryDirectory() as name:
            # Bytes are flipped in a small wallet: there they are fewer.
            bench = Bench(Path(name), 4 if kind in SEALED else COUNT)
            counts: Counter[str] = Counter()
            for change in changes(bench, kind):
                found = bench.look(change)
                counts[found.outcome] += 1
                if found.outcome == "WRONG":
                    wrong += 1
                    print(f"  {found}")  # noqa: T201 -- the table
        told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
        print(f"{kind}: {told}", flush=True)  # noqa: T201 -- the table
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

"""A new vault key is in force at once; then everything is sealed anew under it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from credwallet.errors import Damaged, Locked, StorageFailure, Usage
from credwallet.store import open_vault, rekeying, slot_changes
from credwallet.store.rekeying import begin, old_records, reseal, unfinished
from credwallet.store.slot_changes import Secrets
from tests.store.wallets import (
    NOW,
    PASSPHRASE,
    credential,
    edit,
    new_wallet,
    opened,
    select,
)

ROOT = Path(__file__).resolve().parents[2]
SAME = Secrets(PASSPHRASE)
# Before every statement in the long run; else in strides, for seconds and not minutes.
STRIDE = 1 if int(os.environ.get("CREDWALLET_KILL_ROUNDS", "10")) >= 500 else 7


def wallet(folder, *, count=5):
    """Make a wallet with badges in two segments, and documents."""
    created = new_wallet(folder, recovery=True)
    with created.vault as vault:
        for start in range(0, count, 500):
            numbers = range(start, min(start + 500, count))
            vault.put([credential(number) for number in numbers], at=NOW)
        for number in range(3):
            vault.put_document("qualification", f"q{number}", b"document %d" % number)
    return created.recovery_code


def contents(vault):
    """Return everything that a wallet holds, by its own identifiers."""
    return (
        {entry.rid: (entry, vault.read(entry.rid)) for entry in vault.entries()},
        vault.documents("qualification"),
    )


def epochs(folder):
    """Return under which keys the rows say that they are sealed."""
    return {
        int.from_bytes(sealed[4:6], "big")
        for table in ("rec", "seg", "doc", "head")
        for (sealed,) in select(folder, f"SELECT sealed FROM {table}")  # noqa: S608 -- own words
    }


def test_everything_is_sealed_under_the_new_key_and_nothing_else_changes(tmp_path):
    wallet(tmp_path / "w", count=600)
    with opened(tmp_path / "w") as vault:
        before = contents(vault)
        old = vault.vault_key()
        begin(vault, SAME)
        assert (unfinished(vault), old_records(vault)) == (True, 600)
        assert vault.vault_key() != old
        assert vault.vault_key().epoch == 2
        assert contents(vault) == before
        done = list(reseal(vault))
        assert sum(done) == 600
        assert max(done) <= 512
        assert (unfinished(vault), old_records(vault)) == (False, 0)
        assert contents(vault) == before
    assert epochs(tmp_path / "w") == {2}
    with opened(tmp_path / "w") as vault:
        assert contents(vault) == before
        assert vault._keys.old_keys() == {}
        vault.check()


def test_the_old_key_opens_nothing_any_more(tmp_path):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        old = vault.vault_key()
        open_vault(tmp_path / "w", vault_key=old).close()
        begin(vault, SAME)
        new = vault.vault_key()
        for key in (old, old._replace(epoch=2)):
            with pytest.raises((Locked, Damaged)):
                open_vault(tmp_path / "w", vault_key=key)
        list(reseal(vault))
    open_vault(tmp_path / "w", vault_key=new).close()
    with pytest.raises(Locked) as caught:
        open_vault(tmp_path / "w", vault_key=old)
    assert caught.value.type == "rekeyed"


def test_whoever_had_it_open_meanwhile_is_told_and_writes_nothing(tmp_path):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as other, opened(tmp_path / "w") as vault:
        begin(vault, SAME)
        for use in (other.entries, lambda: other.put([credential(9)], at=NOW)):
            with pytest.raises(Locked, match="has another key by now"):
                use()
        assert len(vault.entries()) == 5


def test_in_the_middle_it_opens_lists_takes_in_changes_and_purges(tmp_path):
    wallet(tmp_path / "w", count=600)
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
        batches = reseal(vault)
        next(batches)
    with opened(tmp_path / "w") as vault:
        assert unfinished(vault)
        assert len(vault.entries()) == 600
        vault.put([credential(700)], at=NOW)
        vault.put_document("qualification", "q1", b"changed")
        for number in (3, 599):
            entry = vault.find(f"Badge {number}")
            changed = entry.summary._replace(note="kept")
            vault.update(entry.rid, summary=changed, report={"verdict": "expired"})
        vault.purge(vault.find("Badge 5").rid)
        vault.check()
        before = contents(vault)
    with opened(tmp_path / "w") as vault:
        list(reseal(vault))
        assert not unfinished(vault)
        assert contents(vault) == before
        vault.check()
    assert epochs(tmp_path / "w") == {2}


def test_others_work_while_it_is_sealed_anew(tmp_path):
    wallet(tmp_path / "w", count=600)
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
        with opened(tmp_path / "w") as other:
            for turn, _ in enumerate(reseal(vault)):
                other.put([credential(700 + turn)], at=NOW)
                assert other.read(other.find("Badge 3").rid).raw
        assert not unfinished(vault)
        assert vault.check().records > 600
    assert epochs(tmp_path / "w") == {2}


def test_it_can_be_done_again_and_again_even_before_it_was_finished(tmp_path):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        before = contents(vault)
        for _ in range(3):
            begin(vault, SAME)
        assert set(vault._keys.old_keys()) == {"1", "2", "3"}
        assert contents(vault) == before
        list(reseal(vault))
        assert contents(vault) == before
    assert epochs(tmp_path / "w") == {4}


def test_an_empty_wallet_gets_a_new_key_too(tmp_path):
    new_wallet(tmp_path / "w").vault.close()
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
        assert list(reseal(vault)) == []
        assert not unfinished(vault)
        assert vault.vault_key().epoch == 2
    opened(tmp_path / "w").close()


def test_without_a_new_recovery_code_the_old_one_opens_nothing(tmp_path):
    code = wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
    with pytest.raises(Locked, match="recovery code does not open"):
        open_vault(tmp_path / "w", recovery_code=code)


def test_a_new_recovery_code_opens_it_and_the_old_one_does_not(tmp_path):
    code = wallet(tmp_path / "w")
    new = slot_changes.new_recovery_code()
    with opened(tmp_path / "w") as vault:
        begin(vault, Secrets(PASSPHRASE, new))
    open_vault(tmp_path / "w", recovery_code=new).close()
    with pytest.raises(Locked):
        open_vault(tmp_path / "w", recovery_code=code)


def test_it_needs_a_passphrase_that_is_long_enough(tmp_path):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        for typed in (None, "", "seven c"):
            with pytest.raises(Usage):
                begin(vault, Secrets(typed))
        assert vault.vault_key().epoch == 1
        assert len(vault.entries()) == 5
    opened(tmp_path / "w").close()


def test_a_failed_start_leaves_the_old_key_in_force(tmp_path, monkeypatch):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(rekeying, "write_slots", full)
        with pytest.raises(StorageFailure, match="no space"):
            begin(vault, SAME)
        monkeypatch.undo()
        assert vault.vault_key().epoch == 1
        vault.put([credential(9)], at=NOW)
        begin(vault, SAME)
        assert vault.vault_key().epoch == 2
        list(reseal(vault))
        assert len(vault.entries()) == 6


def test_the_costs_of_the_passphrase_stay(tmp_path):
    wallet(tmp_path / "w")
    (before,) = [s.costs for s in slot_changes.key_slots(tmp_path / "w") if s.costs]
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
    (after,) = [s.costs for s in slot_changes.key_slots(tmp_path / "w") if s.costs]
    assert after == before


def test_there_is_an_end_of_epochs(tmp_path, monkeypatch):
    wallet(tmp_path / "w")
    monkeypatch.setattr(rekeying, "_LAST_EPOCH", 2)
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
        with pytest.raises(Usage, match="no room"):
            begin(vault, SAME)
        assert vault.vault_key().epoch == 2
        list(reseal(vault))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rec SET seg=seg+1 WHERE rid=(SELECT min(rid) FROM rec)",
        "UPDATE rec SET seg=77 WHERE rid=(SELECT min(rid) FROM rec)",
        "UPDATE rec SET sealed='text' WHERE rid=(SELECT min(rid) FROM rec)",
        "UPDATE rec SET sealed=x'' WHERE rid=(SELECT min(rid) FROM rec)",
        "UPDATE rec SET sealed=zeroblob(100) WHERE rid=(SELECT min(rid) FROM rec)",
        "DELETE FROM rec WHERE rid=(SELECT min(rid) FROM rec)",
        "INSERT INTO rec SELECT zeroblob(16), seg, sealed FROM rec LIMIT 1",
        "INSERT INTO seg SELECT 50, sealed FROM seg LIMIT 1",
        "INSERT INTO doc SELECT zeroblob(16), sealed FROM doc LIMIT 1",
        "UPDATE doc SET sealed=zeroblob(100)",
        "UPDATE seg SET sealed=zeroblob(100)",
        "DELETE FROM doc",
    ],
)
def test_a_damaged_wallet_is_not_sealed_anew_as_if_it_were_sound(tmp_path, statement):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
    edit(tmp_path / "w", (statement, ()))
    with opened(tmp_path / "w") as vault:
        with pytest.raises(Damaged):
            list(reseal(vault))
        assert unfinished(vault)


def test_a_head_from_before_is_not_taken_for_the_latest(tmp_path):
    wallet(tmp_path / "w")
    ((head,),) = select(tmp_path / "w", "SELECT sealed FROM head")
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
    edit(tmp_path / "w", ("UPDATE head SET sealed=?", (head,)))
    with pytest.raises(Damaged):
        opened(tmp_path / "w")


def test_the_slots_from_before_do_not_open_it(tmp_path):
    code = wallet(tmp_path / "w")
    slots = select(tmp_path / "w", "SELECT n, kind, params, wrapped FROM slot")
    with opened(tmp_path / "w") as vault:
        begin(vault, SAME)
    put = "INSERT INTO slot VALUES(?, ?, ?, ?)"
    edit(tmp_path / "w", ("DELETE FROM slot", ()), *((put, slot) for slot in slots))
    with pytest.raises(Damaged):
        opened(tmp_path / "w")
    with pytest.raises(Damaged):
        open_vault(tmp_path / "w", recovery_code=code)


def test_no_old_key_is_left_in_the_file_or_in_memory(tmp_path):
    wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        old = bytes(vault.vault_key().vault_key)
        begin(vault, SAME)
        ring = vault._keys
        list(reseal(vault))
        vault.entries()
        assert list(ring._vault_keys) == [2]
        vault.close()
        assert ring.vault_key() == bytes(32)
    for path in (tmp_path / "w").iterdir():
        assert old not in path.read_bytes()
        assert old.hex().encode() not in path.read_bytes()


_KILLED = """
import os, signal, sys
from pathlib import Path
from credwallet.store import open_vault, rekeying, slot_changes
from tests.store.wallets import PASSPHRASE
steps = int(sys.argv[2])
connections = []
with open_vault(Path(sys.argv[1]), passphrase=PASSPHRASE) as vault:
    def dies(statement):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    vault._connected().set_trace_callback(dies)
    rekeying.begin(vault, slot_changes.Secrets(PASSPHRASE))
    for _ in rekeying.reseal(vault):
        pass
"""


def test_kill_9_before_any_statement_leaves_the_old_or_the_new_state(tmp_path):
    wallet(tmp_path / "w", count=4)
    with opened(tmp_path / "w") as vault:
        before = contents(vault)
    step, seen = 0, set()
    while True:
        process = subprocess.run(
            [sys.executable, "-c", _KILLED, str(tmp_path / "w"), str(step)],
            cwd=ROOT,
            check=False,
        )
        with opened(tmp_path / "w") as vault:
            assert contents(vault) == before
            vault.check()
            seen.add(unfinished(vault))
        if process.returncode != -signal.SIGKILL:
            break
        step += STRIDE
    assert process.returncode == 0
    assert seen == {False, True}
    with opened(tmp_path / "w") as vault:
        list(reseal(vault))
        assert contents(vault) == before
        assert not unfinished(vault)

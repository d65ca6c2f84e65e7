"""Is an older wallet noticed, and does nothing else come between learner and wallet?"""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from credwallet.errors import Damaged, NotFound
from credwallet.store import Anchors, accept_rollback, watched
from tests.store.wallets import (
    NOW,
    PASSPHRASE,
    credential,
    edit,
    filled_wallet,
    new_wallet,
    opened,
    select,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def wallet(tmp_path):
    return filled_wallet(tmp_path / "w")


@pytest.fixture
def anchors(tmp_path):
    return Anchors(tmp_path / "state" / "credwallet")


def open_watched(folder, anchors):
    return watched(opened(folder), anchors)


def put(folder, anchors, *numbers):
    """Put badges in, one change each."""
    with open_watched(folder, anchors) as vault:
        for number in numbers:
            vault.put([credential(number)], at=NOW)


def anchor_file(anchors):
    (path,) = anchors.state.glob("*/*.anchor")
    return path


def seen(folder, anchors):
    """Return the generation that the anchor holds."""
    with open_watched(folder, anchors._replace(only_look=True)) as vault:
        return vault.anchor.read().generation


def keep(folder, name):
    """Copy the database of a closed wallet aside."""
    return shutil.copy(folder / "vault.db", folder.parent / name)


def is_refused(folder, anchors):
    with pytest.raises(Damaged) as caught:
        open_watched(folder, anchors)
    assert caught.value.type == "rollback"
    assert "credwallet accept-rollback" in caught.value.next_step
    return caught.value


def test_a_whole_older_file_put_back_is_refused(wallet, anchors):
    older = keep(wallet, "older.db")
    put(wallet, anchors, 10, 11)
    shutil.copy(older, wallet / "vault.db")
    error = is_refused(wallet, anchors)
    assert "state 2, the last one seen was 4" in error.what
    # Looking does not make it right.
    is_refused(wallet, anchors)


def test_a_file_of_the_same_generation_with_another_history_is_refused(wallet, anchors):
    older = keep(wallet, "older.db")
    put(wallet, anchors, 10)
    shutil.copy(older, wallet / "vault.db")
    with opened(wallet) as vault:
        vault.put([credential(11)], at=NOW)
    error = is_refused(wallet, anchors)
    assert "another history" in error.what


def test_a_wallet_that_went_on_elsewhere_and_came_back_opens(wallet, anchors):
    put(wallet, anchors, 10)
    with opened(wallet) as vault:
        vault.put([credential(11)], at=NOW)
    assert seen(wallet, anchors) == 3
    put(wallet, anchors)
    assert seen(wallet, anchors) == 4


def test_the_first_opening_on_a_machine_makes_the_anchor_without_a_word(
    wallet, anchors
):
    with open_watched(wallet, anchors) as vault:
        assert vault.anchor.notes == ()
    assert seen(wallet, anchors) == 2
    path = anchor_file(anchors)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(anchors.state.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_every_change_raises_it(tmp_path, anchors):
    with watched(new_wallet(tmp_path / "w").vault, anchors) as vault:
        rids = [vault.put([credential(n)], at=NOW)[0].rid for n in range(2)]
        vault.update(rids[0], report={"verdict": "revoked"})
        vault.purge(rids[1])
        vault.put_document("kind", "one", b"x")
        vault.remove_document("kind", "one")
        generation = vault.check().generation
        assert vault.anchor.read().generation == generation == 7


def test_a_change_that_did_not_happen_does_not_raise_it(wallet, anchors):
    with open_watched(wallet, anchors) as vault:
        with pytest.raises(NotFound):
            vault.remove_document("kind", "none of that name")
        assert vault.anchor.read().generation == 2
    with open_watched(wallet, anchors):
        pass


def test_a_crash_between_the_commit_and_the_anchor_is_legal(wallet, anchors):
    with open_watched(wallet, anchors) as vault:
        vault.anchor, anchor = None, vault.anchor
        vault.put([credential(10)], at=NOW)
        assert anchor.read().generation == 2
    with open_watched(wallet, anchors) as vault:
        assert vault.rollback is None
        assert vault.anchor.read().generation == 3


def test_a_wallet_folder_that_was_copied_elsewhere_opens(wallet, anchors, tmp_path):
    put(wallet, anchors)
    shutil.copytree(wallet, tmp_path / "copy")
    put(wallet, anchors, 10, 11)
    put(tmp_path / "copy", anchors, 12)
    put(wallet, anchors, 13)
    put(tmp_path / "copy", anchors)
    assert len(list(anchors.state.glob("*/*.anchor"))) == 2
    # On another machine there is no anchor at all.
    put(tmp_path / "copy", Anchors(tmp_path / "another"), 14)


def test_a_wallet_is_the_same_by_whichever_link_it_is_reached(
    wallet, anchors, tmp_path
):
    older = keep(wallet, "older.db")
    put(wallet, anchors, 10)
    (tmp_path / "link").symlink_to(wallet)
    shutil.copy(older, wallet / "vault.db")
    is_refused(tmp_path / "link", anchors)


@pytest.mark.parametrize("content", [b"", b"CW", b"x" * 99, b"y" * 99999])
def test_a_damaged_anchor_is_said_and_made_anew(wallet, anchors, content):
    put(wallet, anchors, 10)
    anchor_file(anchors).write_bytes(content)
    with open_watched(wallet, anchors) as vault:
        (note,) = vault.anchor.notes
        assert "damaged" in note
        assert "made anew" in note
    with open_watched(wallet, anchors) as vault:
        assert vault.anchor.notes == ()
    assert seen(wallet, anchors) == 3


def test_each_changed_bit_of_an_anchor_is_noticed(wallet, anchors):
    put(wallet, anchors)
    path = anchor_file(anchors)
    whole = path.read_bytes()
    for index in range(0, len(whole) * 8, 7):
        changed = bytearray(whole)
        changed[index // 8] ^= 1 << index % 8
        path.write_bytes(bytes(changed))
        with open_watched(wallet, anchors._replace(only_look=True)) as vault:
            assert len(vault.anchor.notes) == 1


def test_the_anchor_of_another_wallet_or_place_is_not_taken(wallet, anchors, tmp_path):
    put(wallet, anchors, 10, 11, 12)
    other = filled_wallet(tmp_path / "other")
    with open_watched(other, anchors) as vault:
        path = vault.anchor.path
    foreign = next(each for each in anchors.state.glob("*/*.anchor") if each != path)
    shutil.copy(foreign, path)
    with open_watched(other, anchors) as vault:
        assert "damaged" in vault.anchor.notes[0]


def test_an_anchor_that_cannot_be_kept_is_said_and_nothing_else(
    wallet, anchors, tmp_path
):
    (tmp_path / "state").write_text("a file in the way")
    with open_watched(wallet, anchors) as vault:
        vault.put([credential(10)], at=NOW)
        assert len(vault.entries()) == 4
        (note,) = vault.anchor.notes
        assert "cannot be" in note


def test_a_link_in_place_of_the_anchor_is_not_written_through(
    wallet, anchors, tmp_path
):
    put(wallet, anchors)
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    path = anchor_file(anchors)
    path.unlink()
    path.symlink_to(victim)
    put(wallet, anchors, 10)
    assert victim.read_bytes() == b"precious"
    assert not path.is_symlink()


def test_accepting_an_older_wallet_goes_on_from_there(wallet, anchors):
    older = keep(wallet, "older.db")
    put(wallet, anchors, 10, 11)
    newer = keep(wallet, "newer.db")
    shutil.copy(older, wallet / "vault.db")
    look = anchors._replace(only_look=True)
    with open_watched(wallet, look) as vault:
        assert vault.rollback.held.generation == 2
        assert vault.rollback.seen.generation == 4
        assert vault.rollback.seen_at is not None
        accept_rollback(vault, anchors)
        assert vault.rollback is None
    put(wallet, anchors, 20)
    assert seen(wallet, anchors) == 3
    # The state that was given up has more changes, and its own history.
    shutil.copy(newer, wallet / "vault.db")
    put(wallet, anchors)


def test_who_only_looks_leaves_the_anchor_alone(wallet, anchors):
    look = anchors._replace(only_look=True)
    with open_watched(wallet, look) as vault:
        vault.put([credential(10)], at=NOW)
    assert not anchors.state.exists()


def test_a_backup_with_the_latest_state_is_named(wallet, anchors):
    older = keep(wallet, "older.db")
    put(wallet, anchors, 10)
    (wallet / "backups").mkdir(mode=0o700)
    for name, source in (
        ("vault-20260301T000000Z-rekey.db", older),
        ("vault-20260302T000000Z-rekey.db", wallet / "vault.db"),
        ("vault-20260303T000000Z-rekey.db", older),
    ):
        shutil.copy(source, wallet / "backups" / name)
    shutil.copy(older, wallet / "vault.db")
    error = is_refused(wallet, anchors)
    assert "restore-backup" in error.next_step
    assert "vault-20260302T000000Z-rekey.db" in error.next_step


def test_nothing_of_the_wallet_stands_in_the_anchor(wallet, anchors):
    put(wallet, anchors, 10)
    content = anchor_file(anchors).read_bytes()
    ((vault_id,),) = select(wallet, "SELECT v FROM meta")
    for secret in (vault_id, b"generation", PASSPHRASE.encode(), b"Badge"):
        assert secret not in content
    assert vault_id.hex() not in str(anchor_file(anchors))


WRITER = """\
import sys
from pathlib import Path
from credwallet.store import Anchors, watched
from tests.store.wallets import opened

folder, state, name, count = sys.argv[1:]
with watched(opened(Path(folder)), Anchors(Path(state))) as vault:
    last = 0
    for number in range(int(count)):
        vault.put_document("kind", name, str(number).encode())
        now = vault.anchor.read().generation
        assert now > last, (now, last)
        last = now
    assert vault.anchor.notes == (), vault.anchor.notes
"""


def test_writers_at_the_same_time_never_lower_it(wallet, anchors):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(wallet), str(anchors.state), name, "25"],
            cwd=ROOT,
        )
        for name in ("one", "two", "three")
    ]
    # Openings meanwhile never take a wallet that is being written for an older one.
    while any(writer.poll() is None for writer in writers):
        with open_watched(wallet, anchors) as vault:
            assert vault.rollback is None
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert seen(wallet, anchors) == 2 + 75
    assert [path.suffix for path in anchor_file(anchors).parent.iterdir()] == [
        ".anchor"
    ]


def test_a_head_that_was_sealed_anew_in_the_same_state_is_another_one(wallet, anchors):
    put(wallet, anchors)
    ((sealed,),) = select(wallet, "SELECT sealed FROM head")
    edit(wallet, ("UPDATE head SET sealed=?", (sealed,)))
    put(wallet, anchors)

"""Does `rekey` seal everything anew, say what becomes of the rest, and go on?"""

import sqlite3
from pathlib import Path

import pytest

from credwallet import store
from credwallet.errors import Locked
from credwallet.store import rekeying
from credwallet.store.slot_changes import Secrets, new_recovery_code
from tests.cli.badges import good
from tests.cli.runner import CHEAP, NOW, PASSPHRASE, Cli


def epochs(cli: Cli) -> set[int]:
    """Return under which keys the rows say that they are sealed."""
    connection = sqlite3.connect(cli.home / "vault.db")
    try:
        return {
            int.from_bytes(sealed[4:6], "big")
            for table in ("rec", "seg", "doc", "head")
            for (sealed,) in connection.execute(f"SELECT sealed FROM {table}")  # noqa: S608 -- own words
        }
    finally:
        connection.close()


def coded(cli: Cli) -> str:
    """Make a wallet with a recovery code; return it."""
    created = store.create(cli.home, PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP)
    created.vault.close()
    return created.recovery_code or ""


def test_everything_is_sealed_anew_and_reads_the_same(filled: Cli):
    before = [filled("list").out, filled("show", "Cleaning Data").out]
    ran = filled("rekey", "--no-input")
    assert ran.code == 0
    assert "the wallet has a new data key; 5 credentials sealed anew" in ran.out
    assert "there is no recovery code" in ran.out
    assert "backups of before" in ran.err
    assert epochs(filled) == {2}
    assert [filled("list").out, filled("show", "Cleaning Data").out] == before
    assert filled("rekey", "--no-input", "--json").data == {
        "epoch": 3,
        "resealed": 5,
        "resumed": False,
        "recovery": "none",
        "keyring": False,
    }


def test_a_copy_of_the_wallet_as_it_was_is_kept(filled: Cli):
    ran = filled("rekey", "--no-input")
    (copy,) = (filled.home / "backups").glob("*-rekey.db")
    assert str(copy) in ran.err
    # Doing it again from the middle takes no further one.
    interrupted(filled)
    filled("rekey", "--no-input")
    assert len(list((filled.home / "backups").iterdir())) == 1


def test_a_recovery_code_is_not_dropped_in_silence(cli: Cli):
    code = coded(cli)
    ran = cli("rekey", "--no-input")
    assert ran.code == 2
    assert "makes the recovery code void" in ran.err
    assert "--recovery-file FILE" in ran.err
    assert epochs(cli) == {1}
    store.open_vault(cli.home, recovery_code=code).close()


def test_on_purpose_it_goes(cli: Cli):
    code = coded(cli)
    ran = cli("rekey", "--no-input", "--no-recovery")
    assert (ran.code, "of before opens nothing" in ran.out) == (0, True)
    with pytest.raises(Locked):
        store.open_vault(cli.home, recovery_code=code)


def test_a_new_code_goes_to_a_private_file_and_opens_the_wallet(cli: Cli):
    code = coded(cli)
    path = cli.folder / "new-code.txt"
    ran = cli("rekey", "--no-input", "--recovery-file", path)
    assert (ran.code, path.stat().st_mode & 0o777) == (0, 0o600)
    new = path.read_text().strip()
    assert new not in ran.out + ran.err
    store.open_vault(cli.home, recovery_code=new).close()
    with pytest.raises(Locked):
        store.open_vault(cli.home, recovery_code=code)


def test_a_file_that_is_there_is_left_alone_and_nothing_is_changed(cli: Cli):
    code = coded(cli)
    path = cli.folder / "new-code.txt"
    path.write_text("precious")
    assert cli("rekey", "--no-input", "--recovery-file", path).code == 2
    assert path.read_text() == "precious"
    store.open_vault(cli.home, recovery_code=code).close()


def test_a_code_that_was_not_set_after_all_is_not_left_lying_about(
    cli: Cli, monkeypatch
):
    code = coded(cli)

    def fails(*_: object, **__: object) -> None:
        raise Locked("as if")

    monkeypatch.setattr(rekeying, "begin", fails)
    path = cli.folder / "new-code.txt"
    assert cli("rekey", "--no-input", "--recovery-file", path).code == 6
    assert not path.exists()
    store.open_vault(cli.home, recovery_code=code).close()


def interrupted(cli: Cli) -> None:
    """Leave the wallet as a rekey leaves it that is stopped after its first step."""
    with store.open_vault(cli.home, passphrase=PASSPHRASE) as vault:
        rekeying.begin(vault, Secrets(PASSPHRASE))


def test_in_the_middle_the_wallet_lists_imports_shares_and_purges(
    filled: Cli, tmp_path: Path
):
    interrupted(filled)
    assert epochs(filled) == {1, 2}
    assert len(filled("list").rows) == 5
    assert filled("show", "Cleaning Data").code == 0
    assert filled("verify", "Cleaning Data").code == 0
    assert filled("import", good(tmp_path)).code == 0
    out = filled.folder / "out"
    shared = filled("share", "Cleaning Data", "--as", "file", "--out", out, "--yes")
    assert shared.code == 0
    assert filled("remove", "Honest Charts").code == 0
    assert filled("purge", "Honest Charts", "--yes").code == 0
    assert (
        filled("passphrase", "change", "--new-passphrase-file", again(filled)).code == 0
    )
    ran = filled("rekey", "--no-input")
    assert ran.code == 0
    assert "going on with a rekey that was interrupted" in ran.err
    assert epochs(filled) == {2}
    assert len(filled("list").rows) == 5


def again(cli: Cli) -> Path:
    path = cli.folder / "again.txt"
    path.write_text(PASSPHRASE)
    path.chmod(0o600)
    return path


def test_doing_it_again_goes_on_and_keeps_the_code_that_was_made(cli: Cli):
    coded(cli)
    path = cli.folder / "new-code.txt"
    with store.open_vault(cli.home, passphrase=PASSPHRASE) as vault:
        code = new_recovery_code()
        rekeying.begin(vault, Secrets(PASSPHRASE, code))
    path.write_text(code)
    ran = cli("rekey", "--no-input", "--recovery-file", path, "--json")
    assert ran.code == 0
    assert (ran.data["resumed"], ran.data["epoch"]) == (True, 2)
    assert ran.data["recovery"] == "unchanged"
    store.open_vault(cli.home, recovery_code=code).close()


def test_a_wrong_passphrase_changes_nothing(filled: Cli):
    path = filled.folder / "wrong.txt"
    path.write_text("not the passphrase")
    path.chmod(0o600)
    ran = filled("rekey", "--no-input", "--passphrase-file", path)
    assert (ran.code, ran.out) == (6, "")
    assert epochs(filled) == {1}


def test_damage_is_said_and_the_old_key_stays(filled: Cli):
    connection = sqlite3.connect(filled.home / "vault.db")
    connection.execute(
        "UPDATE rec SET sealed=zeroblob(200) WHERE rid=(SELECT max(rid) FROM rec)"
    )
    connection.commit()
    connection.close()
    ran = filled("rekey", "--no-input")
    assert ran.code == 10
    assert "Traceback" not in ran.err
    assert len(filled("list").rows) == 5


def test_progress_is_shown_on_a_terminal_only(filled: Cli, monkeypatch):
    monkeypatch.setattr("credwallet.cli.terminal.progress._PATIENCE_S", 0)
    assert "sealing anew" in filled("rekey", "--no-input", terminal=True).err
    assert "sealing anew" not in filled("rekey", "--no-input").err


def test_without_a_wallet_nothing_is_asked(cli: Cli):
    assert cli("rekey", "--no-input").code == 5

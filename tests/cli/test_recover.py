"""Does `recover` lead back into a wallet whose passphrase is lost, and only then?"""

import sqlite3
from pathlib import Path

import pytest

from credwallet import store
from credwallet.errors import Locked
from credwallet.store.recovery import new_code
from tests.cli.runner import CHEAP, NOW, PASSPHRASE, Cli

NEW = "a wholly new passphrase"


@pytest.fixture
def coded(cli: Cli) -> Cli:
    """A wallet with a recovery code, in code.txt."""
    created = store.create(cli.home, PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP)
    created.vault.close()
    secret(cli, created.recovery_code or "", "code.txt")
    secret(cli, NEW, "new.txt")
    return cli


def secret(cli: Cli, text: str, name: str) -> Path:
    path = cli.folder / name
    path.write_text(text + "\n")
    path.chmod(0o600)
    return path


def recover(cli: Cli, *argv: object, code: str = "code.txt"):
    return cli(
        "recover",
        "--recovery-code-file",
        cli.folder / code,
        "--new-passphrase-file",
        cli.folder / "new.txt",
        "--no-input",
        *argv,
    )


def opens(cli: Cli, name: str) -> bool:
    try:
        store.open_vault(
            cli.home, recovery_code=(cli.folder / name).read_text().strip()
        ).close()
    except Locked:
        return False
    return True


def test_the_wallet_has_a_new_passphrase_and_a_new_code(coded: Cli):
    new = coded.folder / "newcode.txt"
    ran = recover(coded, "--recovery-file", new)
    assert ran.code == 0
    assert "the wallet has a new passphrase" in ran.out
    assert "the one that was used opens nothing" in ran.out
    assert new.stat().st_mode & 0o777 == 0o600
    for text in (NEW, new.read_text().strip(), PASSPHRASE):
        assert text not in ran.out + ran.err
    assert opens(coded, "newcode.txt")
    assert not opens(coded, "code.txt")
    assert coded("list").code == 6
    assert coded("list", "--passphrase-file", coded.folder / "new.txt").code == 0


@pytest.mark.parametrize("words", [(), ("--keep-recovery-code",)])
def test_without_a_way_to_hand_over_a_new_code_the_old_one_stays_and_it_is_said(
    coded: Cli, words: tuple[str, ...]
):
    ran = recover(coded, *words)
    assert ran.code == 0
    assert "stays the one that was used" in ran.out
    assert opens(coded, "code.txt")


def test_as_json(coded: Cli):
    assert recover(coded, "--json").data == {
        "recovery": "kept",
        "slotsWereSound": True,
    }


def test_another_wallets_code_and_a_mistyped_one_are_refused(coded: Cli):
    secret(coded, new_code(), "other.txt")
    ran = recover(coded, code="other.txt")
    assert (ran.code, ran.out) == (6, "")
    assert "the recovery code does not open this wallet" in ran.err
    code = (coded.folder / "code.txt").read_text().strip()
    typed = code[:-1] + ("A" if code[-1] != "A" else "B")
    secret(coded, typed, "mistyped.txt")
    ran = recover(coded, code="mistyped.txt")
    assert ran.code == 6
    assert "not a recovery code as it was written down" in ran.err
    assert typed not in ran.err
    assert coded("list").code == 0


def test_a_passphrase_that_is_too_short_changes_nothing(coded: Cli):
    secret(coded, "short", "new.txt")
    ran = recover(coded, "--recovery-file", coded.folder / "newcode.txt")
    assert ran.code == 2
    assert not (coded.folder / "newcode.txt").exists()
    assert opens(coded, "code.txt")
    assert coded("list").code == 0


def test_a_file_that_is_there_is_left_alone_and_nothing_is_changed(coded: Cli):
    secret(coded, "precious", "newcode.txt")
    ran = recover(coded, "--recovery-file", coded.folder / "newcode.txt")
    assert ran.code == 2
    assert (coded.folder / "newcode.txt").read_text() == "precious\n"
    assert coded("list").code == 0


def test_damaged_slots_are_repaired_and_it_is_said(coded: Cli):
    connection = sqlite3.connect(coded.home / "vault.db")
    connection.execute("UPDATE slot SET wrapped=zeroblob(92) WHERE kind=1")
    connection.commit()
    connection.close()
    assert coded("list").code == 6
    ran = recover(coded, "--recovery-file", coded.folder / "newcode.txt")
    assert ran.code == 0
    assert "were not those that were made" in ran.err
    assert coded("list", "--passphrase-file", coded.folder / "new.txt").code == 0
    assert opens(coded, "newcode.txt")


def test_without_a_terminal_it_says_which_option_gives_the_code(coded: Cli):
    ran = coded("recover", "--no-input")
    assert ran.code == 2
    assert "--recovery-code-file FILE" in ran.err


def test_a_wallet_without_a_code_is_not_recovered(empty: Cli):
    secret(empty, new_code(), "code.txt")
    secret(empty, NEW, "new.txt")
    assert recover(empty).code == 6
    assert empty("list").code == 0


def test_without_a_wallet_nothing_is_asked(cli: Cli):
    assert cli("recover", "--no-input").code == 5


def test_a_wrong_code_is_not_answered_with_the_advice_to_use_the_code(coded: Cli):
    secret(coded, new_code(), "wrong.txt")
    ran = recover(coded, code="wrong.txt")
    assert ran.code == 6
    assert "use the passphrase, or: credwallet restore-backup FILE" in ran.err
    assert "use the recovery code" not in ran.err


def test_a_file_that_still_holds_the_lost_passphrase_is_named(coded: Cli):
    ran = recover(coded)
    assert f"{coded.folder / 'passphrase.txt'} (CREDWALLET_PASSPHRASE_FILE)" in ran.err
    assert "gives the old passphrase" in ran.err


def test_a_file_that_holds_the_new_passphrase_is_not_warned_of(coded: Cli):
    ran = recover(coded, "--keep-recovery-code")
    secret(coded, NEW, "passphrase.txt")
    assert "old passphrase" in ran.err
    again = recover(coded, "--keep-recovery-code")
    assert (again.code, "old passphrase" in again.err) == (0, False)

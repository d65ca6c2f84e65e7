"""Does `init` make one private wallet, and say how else it can be opened?"""

import stat
from pathlib import Path

import pytest

from credwallet import store
from tests.cli.runner import DOCUMENTS, SAMPLES, Cli


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_wallet_is_made_private_and_opens(cli: Cli):
    ran = cli("init")
    assert (ran.code, ran.out) == (0, "")
    assert f"made a wallet in {cli.home}" in ran.err
    assert "credwallet import FILE" in ran.err
    assert mode(cli.home) == 0o700
    assert {mode(path) for path in cli.home.iterdir()} == {0o600}
    assert cli("list").code == 0


def test_without_a_terminal_no_recovery_code_is_made_and_that_is_said(cli: Cli):
    ran = cli("init", "--no-input", "--json")
    assert ran.data == {"home": str(cli.home), "recovery": "none"}
    assert "it has no recovery code" in ran.err


def test_the_recovery_code_goes_to_a_private_file_and_opens_the_wallet(cli: Cli):
    path = cli.folder / "recovery.txt"
    ran = cli("init", "--recovery-file", path)
    assert (ran.code, mode(path)) == (0, 0o600)
    code = path.read_text()
    assert code.strip() not in ran.out + ran.err
    store.open_vault(cli.home, recovery_code=code.strip()).close()


def test_a_recovery_file_that_is_there_is_left_alone_and_no_wallet_made(cli: Cli):
    path = cli.folder / "recovery.txt"
    path.write_text("precious")
    ran = cli("init", "--recovery-file", path)
    assert (ran.code, path.read_text()) == (2, "precious")
    assert not cli.home.exists()


def test_a_second_wallet_in_the_same_place_is_refused(empty: Cli):
    before = {path: path.read_bytes() for path in empty.home.iterdir()}
    ran = empty("init")
    assert (ran.code, ran.out) == (2, "")
    assert "there is a wallet in" in ran.err
    assert "--home DIR" in ran.err
    assert {path: path.read_bytes() for path in empty.home.iterdir()} == before


@pytest.mark.parametrize("passphrase", ["7 chars", "żółć"])
def test_a_passphrase_of_fewer_than_8_characters_is_refused(cli: Cli, passphrase: str):
    secret = cli.folder / "short.txt"
    secret.write_text(passphrase)
    ran = cli("init", "--passphrase-file", secret)
    assert ran.code == 2
    assert passphrase not in ran.err
    assert not cli.home.exists()


def test_without_a_passphrase_no_wallet_is_made(cli: Cli):
    ran = cli("init", "--no-input", env={"CREDWALLET_PASSPHRASE_FILE": ""})
    assert ran.code == 6
    assert not cli.home.exists()


def test_the_first_import_and_init_make_the_same_kind_of_wallet(cli: Cli):
    cli("init", "--no-recovery")
    assert cli("init").code == 2
    assert cli("list").code == 0


def test_a_synced_folder_is_refused_with_the_reason_before_anything_is_asked(cli: Cli):
    home = cli.folder / "Dropbox" / "wallet"
    badges = ("import", SAMPLES / "badges", "--documents", DOCUMENTS)
    for argv in (("init",), badges):
        ran = cli(*argv, "--home", home, env={"CREDWALLET_PASSPHRASE_FILE": "/none"})
        assert ran.code == 2
        assert "Dropbox keeps it in step" in ran.err
        assert "--home DIR" in ran.err
    assert not home.exists()


def test_a_synced_folder_is_taken_on_purpose(cli: Cli):
    home = cli.folder / "Dropbox" / "wallet"
    assert cli("init", "--anywhere", "--home", home).code == 0
    assert cli("list", "--home", home).code == 0

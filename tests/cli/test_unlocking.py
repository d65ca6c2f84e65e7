"""Does a closed wallet give nothing away, not even why it stays closed?"""

import sqlite3

from tests.cli.runner import Cli

COMMANDS = (
    ("list",),
    ("show", "Cleaning Data"),
    ("verify", "--all"),
    ("remove", "Cleaning Data"),
    ("tag", "Cleaning Data", "--add", "x"),
    ("export", "--all", "--out", "out"),
    ("issuer", "list"),
    ("identity", "list"),
)


def wrong(cli: Cli) -> dict[str, str]:
    secret = cli.folder / "wrong.txt"
    secret.write_text("not the passphrase at all")
    secret.chmod(0o600)
    return {"CREDWALLET_PASSPHRASE_FILE": str(secret)}


def test_a_wrong_passphrase_opens_nothing(filled: Cli):
    said = set()
    for command in COMMANDS:
        ran = filled(*command, env=wrong(filled))
        assert (ran.code, ran.out) == (6, ""), command
        said.add(ran.err)
    assert len(said) == 1
    assert "not the passphrase at all" not in said.pop()


def test_a_damaged_header_reads_the_same_as_a_wrong_passphrase(filled: Cli):
    by_passphrase = filled("list", env=wrong(filled))
    connection = sqlite3.connect(filled.home / "vault.db")
    (wrapped,) = connection.execute("SELECT wrapped FROM slot").fetchone()
    flipped = bytes([wrapped[0] ^ 1]) + wrapped[1:]
    connection.execute("UPDATE slot SET wrapped=?", (flipped,))
    connection.commit()
    connection.close()
    by_header = filled("list")
    # Only the file differs that the passphrase came from.
    named = by_passphrase.err.replace("wrong.txt", "passphrase.txt")
    assert (by_header.code, by_header.err) == (6, named)


def test_a_damaged_record_is_damage(filled: Cli):
    connection = sqlite3.connect(filled.home / "vault.db")
    connection.execute("UPDATE rec SET sealed=zeroblob(length(sealed))")
    connection.commit()
    connection.close()
    ran = filled("show", "Cleaning Data")
    assert (ran.code, ran.out) == (10, "")
    assert "the wallet is damaged" in ran.err
    assert "credwallet: hint: " in ran.err


def test_no_wallet_is_not_found_and_says_how_to_make_one(cli: Cli):
    for command in COMMANDS:
        ran = cli(*command)
        assert (ran.code, ran.out) == (5, ""), command
        assert f"there is no wallet in {cli.home}" in ran.err
        assert "credwallet init" in ran.err


def test_a_file_in_the_place_of_the_wallet_is_said(cli: Cli):
    cli.home.mkdir()
    (cli.home / "vault.db").write_bytes(b"a holiday photo" * 1000)
    ran = cli("list")
    assert ran.code == 10
    assert "Traceback" not in ran.err

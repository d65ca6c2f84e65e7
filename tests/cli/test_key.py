"""Are the learner's keys made, kept, handed out and forgotten as she says?"""

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from credwallet.cli.holder_keys import can_be_name
from credwallet.cli.output import ExitCode
from credwallet.keys.key_file import read, write
from credwallet.keys.private_key import from_secret
from credwallet.share.presentation import HolderKey
from credwallet.store import open_vault
from tests.cli.runner import PASSPHRASE, Cli, new_wallet
from tests.share.presenting import MAIN, OTHER, WORK, badge, selective

EACH = pytest.mark.parametrize("holder", [MAIN, WORK], ids=lambda holder: holder.name)


def put(cli: Cli, *credentials) -> list[str]:
    """Import badges, and return their handles."""
    files = []
    for number, credential in enumerate(credentials):
        path = cli.folder / f"given-{number}"
        path.write_bytes(credential.raw)
        files.append(path)
    ran = cli("import", *files, "--json")
    assert ran.code == 0, ran.err
    return [report["handle"] for report in ran.data["reports"]]


def given(cli: Cli, holder=MAIN, *, name: str = "main", form: str = "jwk") -> Path:
    """Bring a key into the wallet, and return its file."""
    path = cli.folder / f"{holder.name}.key"
    path.write_bytes(write(holder.key, form))
    assert cli("key", "import", path, "--name", name).code == 0
    return path


def answer(monkeypatch, text: str) -> list[str]:
    asked: list[str] = []

    def terminal_answer(question: str, *, hidden: bool) -> str:
        assert not hidden
        asked.append(question)
        return text

    monkeypatch.setattr(
        "credwallet.cli.terminal.prompt.terminal_answer", terminal_answer
    )
    return asked


@pytest.mark.parametrize(
    ("options", "kind", "beginning"),
    [
        ((), "Ed25519", "did:key:z6Mk"),
        (("--type", "p256"), "P-256", "did:key:zDna"),
    ],
    ids=["ed25519", "p256"],
)
def test_a_key_is_made_and_listed(empty: Cli, options, kind: str, beginning: str):
    ran = empty("key", "create", *options)
    ((name, did, how),) = ran.rows
    assert (ran.code, name, how) == (0, "main", "created")
    assert did.startswith(beginning)
    assert empty("key", "list").rows == [["main", kind, "2026-11-25", did]]
    (listed,) = empty("key", "list", "--json").data["keys"]
    assert listed["did"] == did
    assert listed["verificationMethod"] == f"{did}#{did[8:]}"
    assert listed["addedAt"] == "2026-11-25T12:00:00+00:00"
    assert "d" not in listed["publicKeyJwk"]


def test_a_new_key_is_one_of_the_learners_identities_if_there_are_any(empty: Cli):
    empty("key", "create", "before")
    assert empty("identity", "list").rows == []
    empty("identity", "add", "ada@learner.example")
    ((_, did, _),) = empty("key", "create").rows
    assert empty("identity", "list").rows == [["ada@learner.example"], [did]]


def test_several_keys_are_listed_by_name(empty: Cli):
    for name in ("work", "home", "caf\u00e9"):
        assert empty("key", "create", name).code == 0
    assert [row[0] for row in empty("key", "list").rows] == [
        "caf\u00e9",
        "home",
        "work",
    ]
    assert len({row[3] for row in empty("key", "list").rows}) == 3


def test_on_a_narrow_terminal_a_did_is_shown_whole(empty: Cli):
    ((_, did, _),) = empty("key", "create").rows
    ran = empty("key", "list", terminal=True, env={"COLUMNS": "40", "NO_COLOR": "1"})
    assert ran.out == f"main  Ed25519  2026-11-25\n  {did}\n"


def test_without_keys_it_is_said_how_to_make_one(empty: Cli):
    ran = empty("key", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "credwallet key create" in ran.err


@EACH
@pytest.mark.parametrize("form", ["jwk", "multibase"])
def test_a_key_goes_out_and_comes_back(empty: Cli, holder, form: str):
    given(empty, holder, form=form)
    out = empty.folder / "out.json"
    ran = empty("key", "export", "main", "--out", out, "--format", form, "--yes")
    assert (ran.code, ran.out) == (0, f"{out}\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert read(out.read_bytes()).secret() == holder.key.secret()
    assert "not encrypted" in ran.err
    again = Cli(empty.folder / "again")
    again.folder.mkdir()
    new_wallet(again.folder)
    assert again("key", "import", out).code == 0
    assert again("key", "list").rows[0][3] == holder.key.did


def test_after_an_import_the_file_is_remembered_to_be_deleted(empty: Cli):
    path = empty.folder / "main.key"
    path.write_bytes(write(MAIN.key, "jwk"))
    ran = empty("key", "import", path)
    assert f"lies in {path}: delete it" in ran.err
    assert path.exists()


def backup(cli: Cli, **holders) -> Path:
    """Write a backup as another wallet does, with a profile for each key."""
    path = cli.folder / "backup.tar"
    files = {"manifest.yml": b'ubc-version: "0.1"\n'}
    for name, holder in holders.items():
        pair = json.loads(write(holder.key, "multibase"))
        pair["privateKeyMultibase"] = pair.pop("secretKeyMultibase")
        pair["type"] = "Ed25519VerificationKey2020"
        files[f"profiles/{name}.json"] = json.dumps(
            {
                "profileName": name,
                "didDocument": {
                    "@context": ["https://www.w3.org/ns/did/v1"],
                    "id": holder.key.did,
                },
                "verificationKey": pair,
                "credentialCids": [],
            }
        ).encode()
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def test_the_keys_of_another_wallet_that_was_imported_are_taken_over(empty: Cli):
    given(empty, OTHER, name="Work")
    another = HolderKey("x", from_secret("Ed25519", bytes(range(5, 37))))
    empty("import", backup(empty, Default=MAIN, School=OTHER, Work=another))
    ran = empty("key", "import", "--profiles")
    assert ran.rows == [
        ["Default", MAIN.key.did, "imported"],
        ["Work-2", another.key.did, "imported"],
    ]
    again = empty("key", "import", "--profiles", "--json")
    assert again.data == {"keys": []}
    assert [row[0] for row in empty("key", "list").rows] == [
        "Default",
        "Work",
        "Work-2",
    ]


def test_without_a_profile_nothing_is_taken_over(empty: Cli):
    ran = empty("key", "import", "--profiles")
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    ran = empty("key", "import", "x", "--profiles")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")


# The question before a key goes out.


def test_a_key_goes_out_after_a_yes_only(empty: Cli, monkeypatch):
    given(empty)
    out = empty.folder / "out.json"
    asked = answer(monkeypatch, "n")
    ran = empty("key", "export", "main", "--out", out)
    assert (ran.code, ran.out, out.exists()) == (ExitCode.ERROR, "", False)
    assert "in your name" in asked[0]
    answer(monkeypatch, "y")
    assert empty("key", "export", "main", "--out", out).code == 0
    assert out.exists()


def test_without_an_answer_nothing_goes_out(empty: Cli):
    given(empty)
    out = empty.folder / "out.json"
    ran = empty("key", "export", "main", "--out", out, "--no-input")
    assert (ran.code, out.exists()) == (ExitCode.USAGE, False)
    assert "--yes" in ran.err


@pytest.mark.parametrize("options", [("--out", "-"), ()], ids=["dash", "nothing"])
@pytest.mark.parametrize("place", ["terminal", "pipe"])
def test_a_key_goes_into_a_file_only(empty: Cli, options, place: str):
    given(empty)
    terminal = place == "terminal"
    ran = empty("key", "export", "main", *options, "--yes", terminal=terminal)
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")


def test_no_file_is_overwritten_unless_forced(empty: Cli):
    given(empty)
    out = empty.folder / "precious"
    out.write_text("precious")
    out.chmod(0o644)
    assert empty("key", "export", "main", "--out", out, "--yes").code == 2
    assert out.read_text() == "precious"
    ran = empty("key", "export", "main", "--out", out, "--yes", "--force")
    assert ran.code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


# Removing.


def test_what_can_no_longer_be_proven_is_said_before_a_key_goes(
    empty: Cli, monkeypatch
):
    given(empty)
    handles = put(empty, badge(1), badge(2, holder=OTHER), selective(), selective(WORK))
    asked = answer(monkeypatch, "n")
    ran = empty("key", "remove", "main", "--json")
    assert ran.code == ExitCode.ERROR
    assert ran.data == {
        "key": "main",
        "needing": [handles[0], handles[2]],
        "is": "kept",
    }
    assert "2 badges" in asked[0]
    assert all(handle in asked[0] for handle in (handles[0], handles[2]))
    assert len(empty("key", "list").rows) == 1
    answer(monkeypatch, "yes")
    assert empty("key", "remove", "main").rows == [["main", "removed"]]
    assert empty("key", "list").rows == []


def test_a_key_that_nothing_needs_goes_with_a_warning_all_the_same(
    empty: Cli, monkeypatch
):
    given(empty)
    asked = answer(monkeypatch, "n")
    empty("key", "remove", MAIN.key.did)
    assert "one elsewhere may be" in asked[0]
    assert empty("key", "remove", MAIN.key.did, "--yes").code == 0


def test_a_script_is_told_what_is_lost(empty: Cli):
    given(empty)
    (handle,) = put(empty, badge())
    ran = empty("key", "remove", "main", "--yes")
    assert f"1 badge ({handle})" in ran.err


# Bad input.


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * 65, "a\nb", "\u202ecba", "\x1b[31m"], ids=ascii
)
def test_a_name_that_cannot_be_shown_is_refused(empty: Cli, name: str):
    ran = empty("key", "create", name)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err.count("credwallet: error:") == 1
    assert empty("key", "list").rows == []


def test_no_key_takes_the_place_of_another(empty: Cli):
    path = given(empty)
    assert "already" in empty("key", "create", "main").err
    ran = empty("key", "import", path, "--name", "second")
    assert (ran.code, "as main" in ran.err) == (ExitCode.USAGE, True)
    assert [row[0] for row in empty("key", "list").rows] == ["main"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", ExitCode.INVALID, "no private key"),
        (b"hello", ExitCode.INVALID, "no private key"),
        (b'{"kty":', ExitCode.INVALID, ""),
        (b'{"kty":"OKP","crv":"Ed25519","x":"AA"}', ExitCode.INVALID, "private part"),
        (b'{"kty":"RSA","d":"AA"}', ExitCode.UNDETERMINED, "only Ed25519 and P-256"),
        (b"\xff" * 100, ExitCode.INVALID, "no private key"),
        (b" " * 20_000, ExitCode.INVALID, "larger than 16 KiB"),
    ],
    ids=["empty", "text", "cut", "public", "rsa", "binary", "large"],
)
def test_what_is_no_key_is_refused_in_one_line(empty: Cli, content, code, words):
    path = empty.folder / "k"
    path.write_bytes(content)
    ran = empty("key", "import", path)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert ran.err.count("credwallet: error:") == 1
    assert empty("key", "list").rows == []


@pytest.mark.parametrize(
    "argv",
    [
        ("export", "x", "--out", "x.json", "--yes"),
        ("remove", "x", "--yes"),
        ("import", "missing.json"),
    ],
    ids=lambda argv: argv[0],
)
def test_what_is_not_there_is_not_found(empty: Cli, argv):
    ran = empty("key", *argv)
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")


def test_without_a_wallet_none_is_made(cli: Cli):
    ran = cli("key", "create")
    assert ran.code == ExitCode.NOT_FOUND
    assert "credwallet init" in ran.err


# Where a key is, and where it is not.


def test_a_key_is_sealed(empty: Cli):
    given(empty)
    secret = json.loads(write(MAIN.key, "jwk"))["d"].encode()
    for path in empty.home.rglob("*"):
        if path.is_file():
            assert secret not in path.read_bytes()
            assert MAIN.key.secret() not in path.read_bytes()


def test_nothing_but_the_exported_file_shows_a_key(empty: Cli):
    given(empty)
    out = empty.folder / "out.json"
    needles = {
        json.loads(write(MAIN.key, "jwk"))["d"],
        json.loads(write(MAIN.key, "multibase"))["secretKeyMultibase"],
        MAIN.key.secret().hex(),
    }
    for argv in (
        ("key", "list"),
        ("key", "import", empty.folder / "main.key"),
        ("key", "export", "main", "--out", out, "--yes"),
        ("key", "remove", "main", "--yes"),
    ):
        for more in ((), ("--json", "--verbose")):
            ran = empty(*argv, *more)
            assert not any(needle in ran.out + ran.err for needle in needles)


# In an export of the whole wallet.


def test_a_whole_wallet_takes_its_keys_along_and_says_so(empty: Cli):
    given(empty)
    path = empty.folder / "wallet.tar"
    ran = empty("export", "--all", "--format", "credwallet", "--out", path)
    assert "private keys" in ran.err
    again = Cli(empty.folder / "again")
    again.folder.mkdir()
    new_wallet(again.folder)
    assert "keys of yours (1)" in again("import", path, "--restore").err
    assert again("key", "list").rows == empty("key", "list").rows


def test_without_keys_an_export_does_not_warn_of_them(empty: Cli):
    path = empty.folder / "wallet.tar"
    ran = empty("export", "--all", "--format", "credwallet", "--out", path)
    assert "private keys" not in ran.err


def test_a_strangers_keys_do_not_come_in(empty: Cli):
    given(empty)
    path = empty.folder / "wallet.tar"
    empty("export", "--all", "--format", "credwallet", "--out", path)
    again = Cli(empty.folder / "again")
    again.folder.mkdir()
    new_wallet(again.folder)
    assert "left out of the export" in again("import", path).err
    assert again("key", "list").rows == []


def test_a_key_that_was_bent_stays_out(empty: Cli):
    with open_vault(empty.home, passphrase=PASSPHRASE) as vault:
        vault.put_document("key", "bent", b'{"addedAt":"2026-01-01","jwk":{"kty":1}}')
    path = empty.folder / "wallet.tar"
    empty("export", "--all", "--format", "credwallet", "--out", path)
    again = Cli(empty.folder / "again")
    again.folder.mkdir()
    new_wallet(again.folder)
    assert "cannot be read: key bent" in again("import", path, "--restore").err


@pytest.mark.parametrize(
    "name", ["", "did:key:z6Mk", "x" * 65, "two\nlines", "\x1b[2J"]
)
def test_what_cannot_be_the_name_of_a_key_is_not_taken_from_an_export_either(name):
    assert not can_be_name(name)

"""Does `doctor` say what is wrong and what to do, and leave everything as it is?"""

import ast
import os
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from credwallet.cli import doctor_setup
from credwallet.cli.doctor_setup import EXTRAS, SHELLS
from credwallet.cli.terminal.console import cells
from tests.cli.runner import Cli
from tests.contract.code import dotted, modules

needs_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
LOCKED = {"CREDWALLET_PASSPHRASE_FILE": ""}


def database(cli: Cli) -> Path:
    return cli.home / "vault.db"


def spoil(cli: Cli, sql: str) -> None:
    connection = sqlite3.connect(database(cli))
    connection.execute(sql)
    connection.commit()
    connection.close()


def backup(cli: Cli, name: str) -> Path:
    path = cli.home / "backups" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(database(cli), path)
    path.chmod(0o600)
    return path


def areas(cli: Cli, *argv: str, severity: str = "", **kwargs) -> set[str]:
    found = cli("doctor", "--json", *argv, **kwargs).data["findings"]
    return {each["area"] for each in found if each["severity"] == severity}


@pytest.mark.parametrize("argv", [(), ("--deep",)])
def test_a_good_wallet_is_good(filled: Cli, argv):
    ran = filled("doctor", *argv)
    assert (ran.code, ran.err) == (0, "")
    assert {row[0] for row in ran.rows} == {"ok", "warning"}
    for area in ("folder", "permissions", "format", "space", "slots", "rollback"):
        assert any(row[1] == area for row in ran.rows), area


def test_only_deep_finds_what_lies_in_a_body(filled: Cli):
    handle = filled.handle("Honest Charts")
    name = backup(filled, "vault-20261120T120000Z-rekey.db").name
    spoil(filled, "UPDATE rec SET sealed=zeroblob(200)")
    assert filled("doctor").code == 0
    ran = filled("doctor", "--deep", "--json")
    assert (ran.code, ran.data["deep"]) == (10, True)
    (finding,) = (each for each in ran.data["findings"] if each["severity"] == "damage")
    assert finding["what"] == "5 credentials are damaged"
    mine = next(each for each in finding["affected"] if each["handle"] == handle)
    assert mine["name"] == "Honest Charts"
    assert mine["backup"].endswith(name)
    (problem,) = ran.json["problems"]
    assert problem["type"] == "damage"
    assert problem["nextStep"].startswith("credwallet restore-backup ")
    assert problem["nextStep"].endswith(name)


def test_what_broken_pages_leave_readable_is_told_apart(filled: Cli):
    whole = database(filled).read_bytes()
    backup(filled, "vault-20261120T120000Z-rekey.db")
    outcomes = set()
    for start in range(32768, len(whole), 32768):
        spoiled = bytearray(whole)
        spoiled[start + 16 : start + 32768] = os.urandom(32752)
        database(filled).write_bytes(bytes(spoiled))
        ran = filled("doctor", "--deep", "--json", "--no-input")
        assert "Traceback" not in ran.err
        outcomes.add(ran.code)
        grave = [each for each in ran.data["findings"] if each["severity"] == "damage"]
        assert len({each["what"] for each in grave}) == len(grave)
    # Where a slot was hit nobody can tell damage from a wrong passphrase; a page may
    # also be free.
    assert 10 in outcomes
    assert outcomes <= {0, 6, 10}


def test_the_hint_never_names_a_backup_that_is_damaged_too(filled: Cli):
    good = backup(filled, "vault-20261118T120000Z-rekey.db")
    spoil(filled, "DELETE FROM rec")
    backup(filled, "vault-20261119T120000Z-rekey.db")
    backup(filled, "vault-20261120T120000Z-rekey.db").write_bytes(b"junk")
    for argv in (("doctor",), ("list",), ("verify", "--all")):
        ran = filled(*argv)
        assert ran.code == 10
        assert f"credwallet restore-backup {good}" in ran.err


def test_without_a_backup_damage_still_has_a_next_step(filled: Cli):
    spoil(filled, "DELETE FROM seg")
    for argv in (("doctor",), ("list",)):
        ran = filled(*argv)
        assert ran.code == 10
        assert "hint:" in ran.err
        assert "restore-backup" not in ran.err or "FILE" in ran.err


def test_a_wallet_that_was_rolled_back_is_told_with_both_states(filled: Cli):
    filled("list")
    older = shutil.copy(database(filled), filled.folder / "older.db")
    filled("note", "Honest Charts", "--text", "later")
    shutil.copy(older, database(filled))
    ran = filled("doctor", "--json")
    assert ran.code == 10
    held, seen = ran.data["held"]["generation"], ran.data["seen"]["generation"]
    assert (held, seen) == (held, held + 1)
    assert ran.data["seen"]["at"]
    (problem,) = ran.json["problems"]
    assert "credwallet accept-rollback" in problem["nextStep"]
    # Looking is not accepting.
    assert filled("doctor").code == 10
    assert filled("list").code == 10


def test_locked_it_says_what_can_be_said_without_the_key(filled: Cli):
    backup(filled, "vault-20261120T120000Z-rekey.db")
    ran = filled("doctor", "--json", "--no-input", env=LOCKED)
    assert ran.code == 6
    assert "index" not in {each["area"] for each in ran.data["findings"]}
    assert areas(filled, "--no-input", severity="unknown", env=LOCKED) == {"lock"}
    for area in ("permissions", "format", "space", "backups", "slots", "database"):
        assert any(each["area"] == area for each in ran.data["findings"])
    spoil(filled, "CREATE TABLE extra(x)")
    assert filled("doctor", "--no-input", env=LOCKED).code == 10


@needs_posix
def test_wrong_permissions_are_told_and_are_no_failure(filled: Cli):
    database(filled).chmod(0o644)
    filled.home.chmod(0o755)
    ran = filled("doctor")
    assert ran.code == 0
    told = [row for row in ran.rows if row[:2] == ["warning", "permissions"]]
    assert {row[3] for row in told} == {
        f"chmod 700 {filled.home}",
        f"chmod 600 {database(filled)}",
    }


def test_a_wallet_of_another_user_is_told_and_not_opened(filled: Cli, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4242, raising=False)
    ran = filled("doctor", "--json")
    assert ran.code == 11
    assert areas(filled, severity="failure") == {"permissions"}
    assert "index" not in {each["area"] for each in ran.data["findings"]}


def test_strays_and_an_old_backup_are_told(filled: Cli):
    backup(filled, "vault-20250101T120000Z-rekey.db")
    (filled.home / "vault.db.new").write_bytes(b"half")
    assert {"files", "backups"} <= areas(filled, severity="warning")


def test_an_earlier_format_is_not_migrated_by_looking(filled: Cli):
    spoil(filled, "PRAGMA user_version=1")
    before = database(filled).read_bytes()
    ran = filled("doctor", "--json")
    assert ran.code == 0
    assert "format" in areas(filled, severity="warning")
    assert database(filled).read_bytes() == before


def test_without_a_wallet_the_rest_is_looked_at(cli: Cli):
    ran = cli("doctor", "--json")
    assert ran.code == 5
    (problem,) = ran.json["problems"]
    assert problem["type"] == "not-found"
    assert "credwallet init" in problem["nextStep"]
    assert {"versions", "config", "profile", "extras", "wallet"} <= {
        each["area"] for each in ran.data["findings"]
    }


def test_paths_and_versions_are_told(filled: Cli):
    data = filled("doctor", "--json").data
    assert data["home"] == str(filled.home)
    assert data["state"].startswith(str(filled.folder))
    assert set(data["versions"]) == {"credwallet", "python", "sqlite", "system"}
    assert set(data["missingExtras"]) <= set(EXTRAS)
    assert data["config"] == str(config(filled))
    assert data["profile"] == "default"


def test_nothing_is_changed(filled: Cli):
    spoil(filled, "UPDATE rec SET sealed=zeroblob(200)")
    backup(filled, "vault-20250101T120000Z-rekey.db")
    state = filled.folder / ".local" / "state"
    before = {
        path: path.read_bytes()
        for path in filled.home.rglob("*")
        if path.is_file() and path.name != "maint.lock"
    }
    assert filled("doctor", "--deep").code == 10
    after = {
        path: path.read_bytes()
        for path in filled.home.rglob("*")
        if path.is_file() and path.name != "maint.lock"
    }
    assert after == before
    assert not state.exists()


def test_on_a_terminal_it_fits_in_80_columns(filled: Cli):
    spoil(filled, "UPDATE rec SET sealed=zeroblob(200)")
    lines = filled("doctor", "--deep", terminal=True, env={"NO_COLOR": "1"}).out
    words = [line for line in lines.splitlines() if str(filled.folder) not in line]
    assert max(map(cells, words)) <= 80
    assert any(line.startswith("✓ folder") for line in lines.splitlines())
    assert any(line.startswith("✗ records") for line in lines.splitlines())


def test_a_hostile_name_reaches_the_terminal_as_escapes(filled: Cli):
    (filled.home / "\x1b[2Jx").write_bytes(b"")
    out = filled("doctor", terminal=True, env={"NO_COLOR": "1"}).out
    assert "\x1b" not in out
    assert "\\x1b[2Jx" in out


# The set-up, apart from the wallet.

ROOT = Path(__file__).parents[2]


def config(cli: Cli) -> Path:
    return cli.folder / ".config" / "credwallet" / "config.toml"


def write_config(cli: Cli, text: str, mode: int = 0o600) -> None:
    config(cli).parent.mkdir(0o700, parents=True, exist_ok=True)
    config(cli).write_text(text)
    config(cli).chmod(mode)


def told(cli: Cli, area: str, **env: str) -> list[tuple[str, str, str]]:
    found = cli("doctor", "--json", "--no-input", env=env).data["findings"]
    return [
        (each["severity"], each["what"], each["nextStep"])
        for each in found
        if each["area"] == area
    ]


def test_a_broken_config_file_is_a_finding_and_the_wallet_is_looked_at(filled: Cli):
    write_config(filled, "color = 'red'\noffline = 'on'\n")
    ran = filled("doctor", "--json")
    assert ran.code == 2
    assert [each["type"] for each in ran.json["problems"]] == ["config", "config"]
    assert {"folder", "records", "index"} <= {
        each["area"] for each in ran.data["findings"]
    }
    lines = [what for _, what, _ in told(filled, "config")]
    assert "line 1: color" in lines[0]
    assert "line 2: offline" in lines[1]


def test_a_damaged_wallet_is_graver_than_a_broken_config_file(filled: Cli):
    write_config(filled, "color = ")
    spoil(filled, "DELETE FROM rec")
    ran = filled("doctor", "--json")
    assert ran.code == 10
    assert {each["type"] for each in ran.json["problems"]} == {"config", "damage"}


def test_an_unknown_key_is_a_finding_and_not_said_twice(filled: Cli):
    write_config(filled, "colour = 1\n")
    ran = filled("doctor")
    assert (ran.code, ran.err) == (0, "")
    ((severity, what, step),) = told(filled, "config")
    assert (severity, step) == ("warning", "did you mean color?")
    assert "unknown key colour" in what


@needs_posix
def test_a_config_file_that_others_can_read_is_told(filled: Cli):
    write_config(filled, "color = 'never'\n", mode=0o644)
    config(filled).parent.chmod(0o777)
    steps = [step for severity, _, step in told(filled, "config")]
    assert steps == [
        f"chmod 600 {config(filled)}",
        f"chmod 700 {config(filled).parent}",
    ]


def test_no_config_file_and_a_good_one_are_good(filled: Cli):
    assert [each[0] for each in told(filled, "config")] == ["ok"]
    assert [each[0] for each in told(filled, "config", CREDWALLET_CONFIG="")] == ["ok"]
    write_config(filled, "color = 'never'\n")
    assert told(filled, "config") == [("ok", str(config(filled)), "")]


def test_the_profile_in_use_is_told(filled: Cli):
    assert (
        told(filled, "profile")[0][1] == "none, since the environment names the wallet"
    )
    home = {"CREDWALLET_HOME": ""}
    assert told(filled, "profile", **home) == [("ok", "none", "")]
    found = told(filled, "profile", **home, CREDWALLET_PROFILE="work")
    assert found == [("ok", "work, named by the environment", "")]
    ((_, _, _), (severity, what, step)) = told(
        filled, "profile", CREDWALLET_PROFILE="work"
    )
    assert (severity, "CREDWALLET_PROFILE (work)" in what) == ("warning", True)
    assert "unset it" in step


def test_a_table_for_a_profile_without_a_wallet_is_told(filled: Cli):
    write_config(filled, "[profile.wrok]\ncolor = 'never'\n")
    severity, what, step = told(filled, "profile")[1]
    assert (severity, "wrok" in what) == ("warning", True)
    assert "credwallet --profile wrok init" in step


def test_every_extra_is_looked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert set(EXTRAS) == set(project["optional-dependencies"]) - {"dev"}


@pytest.mark.parametrize("missing", [(), ("pdf",), tuple(EXTRAS)])
@pytest.mark.parametrize("by_pipx", [True, False])
def test_a_missing_extra_comes_with_the_command_that_installs_it(
    filled: Cli, monkeypatch, missing, by_pipx
):
    gone = {module for name in missing for module in EXTRAS[name][1]}
    monkeypatch.setattr(
        doctor_setup, "find_spec", lambda name: None if name in gone else object()
    )
    if by_pipx:
        monkeypatch.setattr("sys.prefix", "/home/ada/.local/pipx/venvs/credwallet")
    found = told(filled, "extras")
    assert {severity for severity, _, _ in found} == {"ok"}
    assert len(found) == (len(missing) < len(EXTRAS)) + bool(missing)
    if missing:
        command = "pipx install --force" if by_pipx else "pip install"
        assert f"{command} 'credwallet[{','.join(missing)}]'" in found[-1][2]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_without_the_script_is_told_how_to_get_it(
    filled: Cli, monkeypatch, shell: str
):
    monkeypatch.setattr("sys.prefix", str(filled.folder / "prefix"))
    env = {"SHELL": f"/usr/bin/{shell}", "XDG_DATA_DIRS": str(filled.folder / "data")}
    ((severity, what, step),) = told(filled, "completion", **env)
    assert (severity, shell in what) == ("ok", True)
    assert f"credwallet completion {shell}" in step
    for path in (
        filled.folder / "data" / SHELLS[shell].below,
        filled.folder / ".local" / "share" / SHELLS[shell].below,
    ):
        path.parent.mkdir(parents=True)
        path.write_text("script")
        ((_, what, step),) = told(filled, "completion", **env)
        assert (what, step) == (f"{shell} completes commands of credwallet", "")
        path.unlink()
    own = filled.folder / SHELLS[shell].own
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"source <(credwallet completion {shell})\n")
    assert told(filled, "completion", **env)[0][2] == ""
    own.unlink()
    write_config(filled, "completion = 'off'\n")
    assert told(filled, "completion", **env) == []


def test_a_shell_that_is_not_known_is_left_alone(filled: Cli):
    assert told(filled, "completion", SHELL="/bin/tcsh") == []
    assert told(filled, "completion", SHELL="") == []


# Every finding has a next step: first what the source says, then what comes out.


def steps_in_source() -> list[tuple[str, ast.expr | None]]:
    """Find each place that makes a finding that is not good, and its next step."""
    found = []
    for each in modules():
        if not each.name.startswith(("store/", "cli/doctor")):
            continue
        for node in ast.walk(each.tree):
            name = dotted(node.func) if isinstance(node, ast.Call) else ""
            if name == "Finding" and ast.unparse(node.args[1]) != "Severity.OK":
                step = node.args[3] if len(node.args) > 3 else None
            elif name in ("warning", "_warning"):
                step = node.args[2] if len(node.args) > 2 else None
            else:
                continue
            where = f"{each.name}:{node.lineno}"
            # Those who pass on what they are given are seen where they are called,
            # and `Remark` has no step that is left out.
            if ast.unparse(node).startswith("_warning('config', *remark)"):
                continue
            found.append((where, step))
    return found


def test_no_finding_is_made_without_a_next_step():
    found = steps_in_source()
    assert len(found) > 25
    assert [
        where
        for where, step in found
        if step is None or (isinstance(step, ast.Constant) and not step.value)
    ] == []


def make_folder_of_wallet_file(cli: Cli) -> None:
    database(cli).unlink()
    database(cli).mkdir()


TROUBLES: dict[str, Callable[[Cli], object]] = {
    "no wallet": lambda cli: shutil.rmtree(cli.home),
    "no file": make_folder_of_wallet_file,
    "junk": lambda cli: database(cli).write_bytes(b"junk" * 4096),
    "empty": lambda cli: database(cli).write_bytes(b""),
    "a newer format": lambda cli: spoil(cli, "PRAGMA user_version=99"),
    "an older format": lambda cli: spoil(cli, "PRAGMA user_version=1"),
    "another program's": lambda cli: spoil(cli, "PRAGMA application_id=7"),
    "no records": lambda cli: spoil(cli, "DELETE FROM rec"),
    "spoiled records": lambda cli: spoil(cli, "UPDATE rec SET sealed=zeroblob(200)"),
    "moved records": lambda cli: spoil(cli, "UPDATE rec SET seg=seg+1"),
    "no index": lambda cli: spoil(cli, "DELETE FROM seg"),
    "a spoiled index": lambda cli: spoil(cli, "UPDATE seg SET sealed=zeroblob(200)"),
    "no documents": lambda cli: spoil(cli, "DELETE FROM doc"),
    "spoiled documents": lambda cli: spoil(cli, "UPDATE doc SET sealed=zeroblob(99)"),
    "no head": lambda cli: spoil(cli, "DELETE FROM head"),
    "no slots": lambda cli: spoil(cli, "DELETE FROM slot"),
    "a slot of another kind": lambda cli: spoil(cli, "UPDATE slot SET kind='x'"),
    "spoiled slots": lambda cli: spoil(cli, "UPDATE slot SET wrapped=zeroblob(60)"),
    "a table more": lambda cli: spoil(cli, "CREATE TABLE extra(x)"),
    "no table": lambda cli: spoil(cli, "DROP TABLE rec"),
    "a bad backup": lambda cli: backup(
        cli, "vault-20261120T120000Z-rekey.db"
    ).write_bytes(b"x"),
    "an old backup": lambda cli: backup(cli, "vault-20250101T120000Z-rekey.db"),
    "open to others": lambda cli: database(cli).chmod(0o666),
    "strays": lambda cli: (cli.home / "notes (conflicted copy).txt").write_text("x"),
    "an unfinished file": lambda cli: (cli.home / "vault.db.new").write_bytes(b"x"),
    "a synced folder": lambda cli: (cli.home.parent / ".stfolder").mkdir(),
    "a work tree": lambda cli: (cli.home.parent / ".git").mkdir(),
    "a broken config file": lambda cli: write_config(cli, "color = "),
    "a wrong config file": lambda cli: write_config(cli, "color = 1\nx = 2\n"),
    "an open config file": lambda cli: write_config(cli, "", mode=0o666),
    "a profile without wallet": lambda cli: write_config(cli, "[profile.a]\n"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("opened", [True, False], ids=["opened", "locked"])
def test_every_finding_says_what_to_do(filled: Cli, trouble: str, opened):
    filled("identity", "add", "ada@example.org")
    env = {} if opened else LOCKED
    before = filled("doctor", "--deep", "--json", "--no-input", env=env).data[
        "findings"
    ]
    TROUBLES[trouble](filled)
    ran = filled("doctor", "--deep", "--json", "--no-input", env=env)
    bad = [each for each in ran.data["findings"] if each["severity"] != "ok"]
    # Without the key it cannot be told what lies inside.
    assert not opened or [each for each in bad if each not in before]
    assert [each["what"] for each in bad if not each["nextStep"]] == []
    assert [
        each["title"] for each in ran.json["problems"] if not each["nextStep"]
    ] == []
    assert bool(ran.code) == bool(ran.json["problems"])
    for each in bad:
        for text in (each["what"], each["nextStep"]):
            assert not text.endswith(".")
            assert len(text) < 500

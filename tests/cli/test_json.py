"""Is stdout exactly one document with --json, whatever the command and its end?"""

import json
from pathlib import Path
from typing import Any

import pytest

from credwallet.cli.app import COMMANDS, load
from tests.cli.badges import good, tampered
from tests.cli.runner import DOCUMENTS, SAMPLES, Cli

NAME = "Cleaning Data"
REGISTRY = "https://registry.example/registry.json"
CERTIFICATE = str(SAMPLES / "certificate.toml")
SHARE = ["share", NAME, "--yes"]
RULES = ["--qualification", CERTIFICATE, "--offers", "OFFERS"]
OFFERS = """format = "credwallet-offers/1"
[[offer]]
id = "privacy"
cost = 50
currency = "EUR"
gives = { achievement = "https://harbour.example/achievements/privacy-basics" }
"""
RUNS: dict[str, list[str]] = {
    "init": ["init"],
    "import": ["import", "GOOD"],
    "import, invalid": ["import", "TAMPERED"],
    "import, dry": ["import", "GOOD", "--dry-run"],
    "list": ["list"],
    "list, none": ["list", "--query", "nothing like it"],
    "list, saved": ["list", "--tag", "x", "--save", "mine"],
    "skills": ["skills"],
    "skills, by credential": ["skills", "--by", "credential", "--all"],
    "timeline": ["timeline"],
    "collection add": ["collection", "add", "job", NAME],
    "collection list": ["collection", "list"],
    "collection show": ["collection", "show", "job"],
    "collection remove": ["collection", "remove", "job"],
    "filter list": ["filter", "list"],
    "filter remove": ["filter", "remove", "mine"],
    "show": ["show", NAME],
    "show, raw": ["show", NAME, "--raw"],
    "show, not found": ["show", "zzzz"],
    "verify": ["verify", "--all", "--documents", str(DOCUMENTS)],
    "verify, file": ["verify", "GOOD"],
    "check": ["check", "--documents", str(DOCUMENTS)],
    "check, nothing": ["check", "--fail-if", "none"],
    "refresh": ["refresh", "--all"],
    "issuer list": ["issuer", "list"],
    "issuer trust": ["issuer", "trust", NAME],
    "issuer distrust": ["issuer", "distrust", "did:example:x"],
    "issuer registry add": ["issuer", "registry", "add", REGISTRY, "REGISTRY"],
    "issuer registry list": ["issuer", "registry", "list"],
    "issuer registry refresh": ["issuer", "registry", "refresh"],
    "issuer registry remove": ["issuer", "registry", "remove", REGISTRY],
    "context list": ["context", "list"],
    "context add": ["context", "add", "https://terms.example/v1", "TERMS"],
    "context remove": ["context", "remove", "https://terms.example/v1"],
    "identity list": ["identity", "list"],
    "identity add": ["identity", "add", "ada@example.org"],
    "identity remove": ["identity", "remove", "ada@example.org"],
    "tag": ["tag", NAME, "--add", "x"],
    "note": ["note", NAME, "--text", "x"],
    "remove": ["remove", NAME],
    "restore": ["restore", NAME],
    "purge": ["purge", NAME, "--yes"],
    "export": ["export", "--all", "--out", "OUT"],
    "completion": ["completion", "bash"],
    "help": ["help", "exit-codes"],
    "share": ["share", NAME, "--as", "linkedin", "--yes"],
    "share, presented": [*SHARE, "--as", "vp", "--for", "hr", "--nonce", "n"],
    "share, html": [*SHARE, "--as", "html", "--out", "OUT"],
    "share, log": ["share", "log"],
    "share, page": ["share", "page", "--out", "OUT"],
    "portfolio": ["portfolio", NAME, "--out", "OUT", "--yes"],
    "key create": ["key", "create"],
    "key list": ["key", "list"],
    "key import": ["key", "import", "MISSING"],
    "key export": ["key", "export", "main", "--out", "OUT", "--yes"],
    "key remove": ["key", "remove", "main", "--yes"],
    "stack-progress": ["stack-progress", "--no-wallet"],
    "stack-progress, compared": ["stack-progress", "--compare", *RULES],
    "next": ["next", *RULES],
    "plan": ["plan", *RULES],
    "goal add": ["goal", "add", "harbour/data-practice"],
    "goal list": ["goal", "list"],
    "goal remove": ["goal", "remove", "harbour/data-practice"],
    "offer add": ["offer", "add", "OFFERS"],
    "offer list": ["offer", "list"],
    "offer remove": ["offer", "remove", "privacy"],
    "policy list": ["policy", "list"],
    "policy show": ["policy", "show", "eu-2022"],
    "policy check": ["policy", "check", NAME, "--policy", "eu-2022"],
    "qualification add": ["qualification", "add", CERTIFICATE],
    "qualification list": ["qualification", "list"],
    "qualification show": ["qualification", "show", "harbour/data-practice"],
    "qualification lint": ["qualification", "lint", CERTIFICATE],
    "qualification remove": ["qualification", "remove", "harbour/data-practice"],
    "qualification examples": ["qualification", "examples"],
    "qualification import": ["qualification", "import", "GOOD"],
    "qualification link": ["qualification", "link", NAME, "none", "privacy"],
    "qualification waive": ["qualification", "waive", "none", "privacy"],
    "qualification exceptions": ["qualification", "exceptions"],
    "qualification unlink": ["qualification", "unlink", "none", "privacy"],
    "unlock": ["unlock", "--for", "1m"],
    "lock": ["lock"],
    "passphrase change": ["passphrase", "change", "--no-input"],
    "recover": ["recover", "--no-input"],
    "rekey": ["rekey", "--no-recovery"],
    "keyring enable": ["keyring", "enable"],
    "keyring disable": ["keyring", "disable"],
    "keyring status": ["keyring", "status"],
    "backup": ["backup", "COPY"],
    "restore-backup": ["restore-backup", "COPY", "--yes"],
    "config list": ["config", "list"],
    "config get": ["config", "get", "color"],
    "config set": ["config", "set", "color", "never"],
    "config set, unknown": ["config", "set", "colour", "never"],
    "config unset": ["config", "unset", "color"],
    "config path": ["config", "path"],
    "config profiles": ["config", "profiles"],
    "doctor": ["doctor"],
    "doctor, deep": ["doctor", "--deep"],
    "accept-rollback": ["accept-rollback", "--yes"],
    "demo": ["demo"],
    "an unknown command": ["frobnicate"],
}

GROUPS = ("issuer", "identity", "context", "keyring", "passphrase", "qualification")
GROUPS = (*GROUPS, "goal", "offer", "policy", "key", "collection", "filter", "config")


def test_every_command_stands_in_the_table():
    assert {argv[0] for argv in RUNS.values()} - {"frobnicate"} == set(COMMANDS)
    run = {" ".join(argv) for argv in RUNS.values()}
    for name in GROUPS:
        for path in paths(load(name), name):
            assert any(each.startswith(path) for each in run), path


def paths(command: Any, path: str) -> list[str]:
    """Find every command below a command that does something itself."""
    inner = getattr(command, "commands", {})
    if not inner:
        return [path]
    return [
        each for name, sub in inner.items() for each in paths(sub, f"{path} {name}")
    ]


def written(folder: Path, name: str, document: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(document))
    return str(path)


def named(folder: Path) -> dict[str, str]:
    """Make the files for which the words in capitals stand."""
    offers = folder / "offers.toml"
    offers.write_text(OFFERS)
    return {
        "GOOD": str(good(folder)),
        "TAMPERED": str(tampered(folder)),
        "OUT": str(folder / "out"),
        "COPY": str(folder / "copy.db"),
        "REGISTRY": written(folder, "registry.json", {"registry": {}}),
        "TERMS": written(folder, "terms.json", {"@context": {"oak": "x:oak"}}),
        "OFFERS": str(offers),
    }


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("opened", [True, False], ids=["opened", "locked"])
def test_stdout_is_one_document_of_the_schema(
    filled: Cli, tmp_path: Path, run: str, opened
):
    words = named(tmp_path)
    argv = [words.get(word, word) for word in RUNS[run]]
    env = {} if opened else {"CREDWALLET_PASSPHRASE_FILE": "/there/is/none"}
    ran = filled(*argv, "--json", env=env)
    document = json.loads(ran.out)
    assert set(document) == {"schema", "command", "exitCode", "data", "problems"}
    assert document["schema"] == "credwallet/1"
    assert document["command"] == argv[0]
    assert document["exitCode"] == ran.code
    assert isinstance(document["data"], dict)
    for problem in document["problems"]:
        said = {"type", "title", "detail", "instance", "nextStep"}
        assert set(problem) == said | {"file", "line", "column"}
    assert "error:" not in ran.err
    assert "Traceback" not in ran.err
    if run == "unlock":
        assert filled("lock", "--json").data["wasUnlocked"] == opened


@pytest.mark.parametrize("run", ["list", "show", "verify", "issuer list", "help"])
def test_a_terminal_gets_the_same_document(filled: Cli, run: str):
    piped = filled(*RUNS[run], "--json")
    shown = filled(*RUNS[run], "--json", terminal=True)
    assert shown.out == piped.out

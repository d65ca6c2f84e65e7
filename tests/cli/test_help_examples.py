"""Does every example of every help run as it stands?

Each runs in a copy of a wallet with the demo's badges, in a folder that holds the files
that it names. Handles such as `k7wq` stand for real ones, and every question is
answered with yes.
"""

import contextlib
import re
import shlex
import shutil
import tempfile
from pathlib import Path

import pytest

from credwallet.cli.helping.command_tree import every
from credwallet.cli.helping.help_layout import text_of
from credwallet.cli.session import Session
from tests.cli.badges import signed_badge
from tests.cli.runner import SAMPLES, Cli, Ran

HANDLES = {"k7wq": "Cleaning Data", "m2xe": "Python for Analysis"}
REGISTRY = "https://registry.example/registry.json"
RULES = (SAMPLES / "certificate.toml").read_bytes()
PLAN = b"""format = "credwallet-what-if/1"
[[credential]]
id = "privacy"
achievement = "https://harbour.example/achievements/privacy-basics"
"""
COURSES = b"""id,cost,currency,achievement
privacy,50,EUR,https://harbour.example/achievements/privacy-basics
"""
PATHWAY = b"""{"@graph": [{"@id": "https://u.example/p", "@type": "ceterms:Pathway",
"ceterms:name": {"en": "Data"}, "ceterms:hasPart": ["https://u.example/c"]},
{"@id": "https://u.example/c", "@type": "ceterms:CredentialComponent",
"ceterms:name": {"en": "Cleaning"}, "ceterms:isPartOf": ["https://u.example/p"]}]}
"""
FILES = {
    **dict.fromkeys(("diploma.toml", "a.toml", "b.toml"), RULES),
    **dict.fromkeys(("courses.csv", "a.csv", "b.csv"), COURSES),
    "plan.toml": PLAN,
    "pathway.json": PATHWAY,
    "terms.jsonld": b'{"@context": {"oak": "x:oak"}}',
    "registry.json": b'{"registry": {}}',
    "pass.txt": b"a passphrase of some length\n",
    "new.txt": b"another passphrase of some length\n",
}
# What a wallet holds in which the examples run, beside the badges of the demo.
PREPARED = (
    "tag k7wq --add python --add work",
    "qualification add diploma.toml",
    "qualification link k7wq harbour/data-practice charts",
    "goal add harbour/data-practice",
    "offer add courses.csv",
    "collection add job k7wq m2xe",
    "list --issuer harbour --save harbour",
    "key create",
    "identity add ada@example.org",
    "issuer trust did:web:harbour.example",
    "context add https://issuer.example/terms/v1 terms.jsonld",
    f"issuer registry add {REGISTRY} registry.json",
    "export --all --format lcw --out profiles.tar",
)
# What must have been done just before.
BEFORE = {
    "credwallet restore k7wq": ["remove k7wq"],
    "credwallet purge k7wq --yes": ["remove k7wq"],
    "credwallet key create": ["key remove main"],
    "credwallet key import old.jwk --name old": [
        "key export main --out old.jwk",
        "key remove main",
    ],
    "credwallet key import --profiles": ["import profiles.tar"],
    "credwallet recover --recovery-code-file code.txt --recovery-file new-code.txt": [
        "init --recovery-file code.txt"
    ],
    "credwallet restore-backup /media/stick/wallet.db": [
        "backup /media/stick/wallet.db"
    ],
    "credwallet context add https://issuer.example/terms/v1 terms.jsonld": [
        "context remove https://issuer.example/terms/v1"
    ],
}
# Examples that end otherwise here, or cannot be run, each with the reason.
OTHERWISE = {
    "credwallet import ~/Downloads/badges": (3, "one badge of the demo is changed"),
    "credwallet verify --all --offline": (9, "one badge of the demo is revoked"),
    "credwallet check": (7, "one badge of the demo is revoked"),
    "credwallet check --fail-if expiring=8w,revoked": (7, "the same one"),
    "credwallet check --json --keep-baseline": (7, "the same one"),
    "credwallet verify k7wq --at 2026-01-31": (8, "it was issued after that"),
    "credwallet policy check badge.json --policy nz --policy eu-2022 --require": (
        *(7, "the badge of the tests says little"),
    ),
    "credwallet recover --recovery-code-file code.txt --recovery-file new-code.txt": (
        *(2, "it asks for the new passphrase on the terminal"),
    ),
    "credwallet verify --collection job": (4, "there is no network"),
    "credwallet plan --no-wallet --qualification a.toml --offers b.csv "
    "--by 2027-06 --per-week 6": (7, "the one offer of the test does not suffice"),
    f"credwallet issuer registry add {REGISTRY}": (4, "there is no network"),
    "credwallet issuer registry refresh": (4, "there is no network"),
    "credwallet keyring enable": (4, "no test touches the keyring of a machine"),
}
NOT_HERE = {
    "curl https://issuer.example/badge | credwallet import -": "there is no network",
}
WITHOUT_WALLET = ("credwallet init", "credwallet recover")


def examples() -> list[str]:
    return list(
        dict.fromkeys(
            example for command in every().values() for example in text_of(command)[2]
        )
    )


@pytest.fixture(scope="session")
def prepared(_filled: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(_filled, folder / "wallet")
    for name in ("badge.json", "record.json"):
        (folder / name).write_bytes(signed_badge())
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    for name in (".zfunc", "media/stick", ".config/fish/completions"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(SAMPLES / "badges", folder / "Downloads" / "badges")
    for line in PREPARED:
        ran = run(Cli(folder), f"credwallet {line}")
        assert ran.code == 0, (line, ran)
    return folder


def run(cli: Cli, line: str) -> Ran:
    """Run a line as a shell would: `~`, and `>FILE` at its end."""
    line, _, into = line.partition(" >")
    for short, name in HANDLES.items():
        if short in line:
            line = line.replace(short, cli.handle(name))
    words = [
        word.replace("~", str(cli.folder)).replace("/media", f"{cli.folder}/media")
        for word in shlex.split(line)
    ]
    assert words[0] == "credwallet"
    # A socket's path is short; the agent ends when its socket is gone.
    with contextlib.chdir(cli.folder), tempfile.TemporaryDirectory() as runtime:
        ran = cli(*words[1:], env={"XDG_RUNTIME_DIR": runtime})
        if into:
            name = into.lstrip(">").replace("~", str(cli.folder))
            Path(name).write_bytes(ran.raw)
    return ran


@pytest.mark.parametrize("line", [each for each in examples() if each not in NOT_HERE])
def test_an_example_of_the_help_runs(prepared: Path, cli: Cli, monkeypatch, line: str):
    monkeypatch.setattr(Session, "confirm", lambda *_, **__: True)
    shutil.copytree(prepared, cli.folder, dirs_exist_ok=True)
    if line.startswith(WITHOUT_WALLET):
        shutil.rmtree(cli.home)
    for name in re.findall(r"--out (\S+)", line):
        (cli.folder / name).unlink(missing_ok=True)
    for before in BEFORE.get(line, ()):
        ran = run(cli, f"credwallet {before}")
        # A backup of another wallet tells again that one of its badges is expired.
        assert ran.code in (0, 8), (before, ran)
    ran = run(cli, line)
    code, _reason = OTHERWISE.get(line, (0, ""))
    assert ran.code == code, ran.err


def test_every_command_has_an_example_that_is_of_it():
    for path, command in every().items():
        lines = text_of(command).examples
        assert lines, path
        assert any(f"credwallet {path}" in line for line in lines), path


def test_every_exception_is_still_an_example():
    every_line = set(examples())
    assert {*OTHERWISE, *NOT_HERE, *BEFORE} <= every_line

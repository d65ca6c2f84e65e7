"""Is no secret of a wallet anywhere that it was not asked to be?

Every command runs in a process whose audit hook (PEP 578) looks at each file that is
written, before it is renamed or removed, and at what other programs are started with.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from credwallet import store
from credwallet.cli.agent.protocol import Answer
from credwallet.store.recovery import decode
from tests.cli.agents import process
from tests.cli.runner import CHEAP, DOCUMENTS, NOW, PASSPHRASE, SAMPLES, Cli
from tests.contract.test_offline import RUNS, inputs

ROOT = Path(__file__).parents[2]
FORMS = {"plainly": [], "as JSON, with all notes": ["--json", "--verbose"]}
# Holds the passphrase on purpose.
GIVEN = "passphrase.txt"

CHILD = """\
import json, os, sys, traceback
from pathlib import Path

folder, log = Path(sys.argv[1]), sys.argv[2]
task = json.load(sys.stdin)
needles = {name: bytes.fromhex(text) for name, text in task["needles"].items()}
run, busy, seen = "", False, set()
written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def look(where, data):
    for name, needle in needles.items():
        if needle in data:
            os.write(written, f"{run}: the {name} is in {where}\\n".encode())

def look_into(path):
    try:
        look(path, Path(os.fsdecode(path)).read_bytes())
    except (OSError, TypeError, ValueError):
        pass

def hook(event, arguments):
    global busy
    if busy:
        return
    busy = True
    try:
        if event in ("os.remove", "os.rename"):
            look_into(arguments[0])
        elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
            look("what is started", repr(arguments).encode("utf-8", "surrogateescape"))
        elif event == "os.putenv":
            look("the environment", b" ".join(map(bytes, arguments)))
    finally:
        busy = False

from tests.cli.runner import Cli

sys.addaudithook(hook)
for argv in task["runs"]:
    run = " ".join(argv)
    ran = Cli(folder)(*argv)
    look("stdout", ran.raw)
    look("stderr", ran.err.encode())
    seen.add(argv[0])
run = "at the end"
look("the environment", repr(dict(os.environ)).encode())
for path in folder.rglob("*"):
    if path.is_file() and path.name not in task["given"]:
        look_into(path)
    look("a name", str(path).encode())
os.write(written, f"looked at {len(seen)} commands\\n".encode())
"""


class Secrets(NamedTuple):
    """What nobody else may ever see of a wallet."""

    recovery_code: str
    vault_key: bytes

    def needles(self) -> dict[str, bytes]:
        """Spell each of them in every way that a slip would."""
        code, key = decode(self.recovery_code), self.vault_key
        bare = self.recovery_code.replace("-", "")
        return {
            "passphrase": PASSPHRASE.encode(),
            "passphrase, base64": _base64(PASSPHRASE.encode()),
            "passphrase, hex": PASSPHRASE.encode().hex().encode(),
            "recovery code": self.recovery_code.encode(),
            "recovery code, bare": bare.encode(),
            "recovery code, small": bare.lower().encode(),
            "recovery secret": code,
            "recovery secret, hex": code.hex().encode(),
            "recovery secret, base64": _base64(code),
            "key": key,
            "key, hex": key.hex().encode(),
            "key, HEX": key.hex().upper().encode(),
            "key, base64": _base64(key),
            "key, base64url": base64.urlsafe_b64encode(key)[:40],
            "key, as Python shows it": repr(key)[2:-1].encode(),
        }


def _base64(data: bytes) -> bytes:
    # Without its last quantum, which depends on what follows.
    return base64.b64encode(data)[: len(data) // 3 * 4]


@pytest.fixture
def secrets(cli: Cli) -> Secrets:
    """A wallet with the samples, whose secrets the test knows."""
    made = store.create(cli.home, PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP)
    assert made.recovery_code
    with made.vault as vault:
        key = bytes(vault.vault_key().vault_key)
    cli("import", SAMPLES / "badges", "--documents", DOCUMENTS)
    return Secrets(made.recovery_code, key)


def watched(cli: Cli, secrets: Secrets, runs: list[list[str]]) -> list[str]:
    """Run command lines in a watched process, and return what was found."""
    log = cli.folder.with_name(f"{cli.folder.name}.log")
    temporary = cli.folder / "tmp"
    temporary.mkdir(exist_ok=True)
    needles = {name: needle.hex() for name, needle in secrets.needles().items()}
    subprocess.run(
        [sys.executable, "-c", CHILD, str(cli.folder), str(log)],
        input=json.dumps({"needles": needles, "runs": runs, "given": [GIVEN]}),
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        text=True,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return log.read_text().splitlines()


@pytest.mark.parametrize("form", FORMS)
def test_no_command_lets_a_secret_out(cli: Cli, secrets: Secrets, form: str):
    named = inputs(cli.folder)
    Path(named["FOLDER"]).mkdir()
    runs = [
        [*path.split(), *(named.get(word, word) for word in rest), "--offline"]
        for path, each in RUNS.items()
        for rest in each
    ]
    *found, last = watched(cli, secrets, [[*argv, *FORMS[form]] for argv in runs])
    assert found == []
    assert last == f"looked at {len({argv[0] for argv in runs})} commands"


def test_the_search_would_find_each_of_them(cli: Cli, secrets: Secrets):
    for number, needle in enumerate(secrets.needles().values()):
        (cli.folder / f"leak-{number}").write_bytes(b"before" + needle + b"after")
    found = watched(cli, secrets, [["help"]])
    for name in secrets.needles():
        assert any(f"the {name} is in " in line for line in found), name


BROKEN = """\
import sys
from importlib import import_module
from credwallet.cli import running
where, name, *rest = sys.argv[1:]
def broken(*arguments, **named):
    raise RuntimeError("broken on purpose")
owner = import_module(where)
for part in name.split(".")[:-1]:
    owner = getattr(owner, part)
setattr(owner, name.split(".")[-1], broken)
sys.argv = ["credwallet", *rest]
sys.exit(running.main())
"""


@pytest.mark.parametrize("form", [[], ["--verbose"], ["--json"]], ids=" ".join)
@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("credwallet.store.slots", "_argon2id"),
        ("credwallet.store.slots", "_unwrap"),
        ("credwallet.store.opening", "read_head"),
        ("credwallet.store.vault", "Vault.entries"),
        ("credwallet.cli.terminal.prompt", "_passphrase"),
        ("credwallet.cli.listing.work", "run"),
    ],
)
def test_a_defect_anywhere_shows_no_secret(
    cli: Cli, secrets: Secrets, where: str, name: str, form: list[str]
):
    cli("help")
    ran = subprocess.run(
        [sys.executable, "-c", BROKEN, where, name, "list", *form],
        cwd=ROOT,
        env={
            **os.environ,
            "CREDWALLET_HOME": str(cli.home),
            "CREDWALLET_PASSPHRASE_FILE": str(cli.folder / GIVEN),
            "XDG_STATE_HOME": str(cli.folder / "state"),
        },
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1
    assert (b"Traceback" in ran.stderr) == (form == ["--verbose"])
    leaked = [
        name
        for name, needle in secrets.needles().items()
        if needle in ran.stdout + ran.stderr
    ]
    assert leaked == []


def test_a_passphrase_command_is_started_without_a_secret(cli: Cli, secrets: Secrets):
    program = cli.folder / "say"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"print(open({str(cli.folder / GIVEN)!r}).read(), end='')\n"
        f"seen = open({str(cli.folder / 'seen')!r}, 'wb')\n"
        "for name in ('environ', 'cmdline'):\n"
        "    seen.write(open(f'/proc/{os.getppid()}/{name}', 'rb').read())\n"
        "    seen.write(open(f'/proc/self/{name}', 'rb').read())\n"
    )
    program.chmod(0o700)
    ran = process(cli, "list", "--passphrase-command", f"'{program}' 'two words'")
    assert ran.returncode == 0, ran.stderr
    seen = (cli.folder / "seen").read_bytes()
    assert b"two words" in seen
    assert [name for name, each in secrets.needles().items() if each in seen] == []


def test_a_passphrase_in_the_environment_is_refused(cli: Cli, secrets: Secrets):
    ran = process(cli, "list", CREDWALLET_PASSPHRASE=PASSPHRASE)
    assert (ran.returncode, ran.stdout) == (6, "")
    assert "is not taken" in ran.stderr
    assert PASSPHRASE not in ran.stderr


def test_what_holds_a_secret_does_not_show_it(cli: Cli, secrets: Secrets):
    with store.open_vault(cli.home, passphrase=PASSPHRASE) as vault:
        holders: list[Any] = [
            vault,
            vault.vault_key(),
            Answer(b"x" * 16, 1, bytearray(secrets.vault_key)),
        ]
        for each in holders:
            shown = f"{each!r} {each!s}".encode()
            for name, needle in secrets.needles().items():
                assert needle not in shown, (type(each), name)


CORE = """\
import resource, sys
from credwallet.cli import running
from credwallet.cli.listing import work as listing
run = listing.run
def told(*arguments):
    result = run(*arguments)
    sys.stderr.write(str(resource.getrlimit(resource.RLIMIT_CORE)[0]))
    return result
listing.run = told
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
sys.argv = ["credwallet", *sys.argv[1:]]
sys.exit(running.main())
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_run_that_opens_the_wallet_leaves_no_core_dump(cli: Cli, secrets: Secrets):
    cli("help")
    ran = subprocess.run(
        [sys.executable, "-c", CORE, "list"],
        cwd=ROOT,
        env={
            **os.environ,
            "CREDWALLET_HOME": str(cli.home),
            "CREDWALLET_PASSPHRASE_FILE": str(cli.folder / GIVEN),
            "XDG_STATE_HOME": str(cli.folder / "state"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "0")

"""Does `--offline` open no socket, whatever the command?

Every command runs in a process whose audit hook (PEP 578) sees what Python asks of the
network, in that process and those that it starts by forking. The hook writes it down
and forbids it, so that not even a failing test reaches anybody.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from credwallet.cli.app import COMMANDS, load
from credwallet.cli.importing.workers import WORTHWHILE
from tests.cli.badges import document, good, undetermined
from tests.cli.runner import DOCUMENTS, Cli
from tests.cli.test_json import OFFERS
from tests.samples.make import CONTEXTS, HARBOUR, HARBOUR_KEY, signed
from tests.trust.test_registries import ANCHOR_URL, anchor, token

ROOT = Path(__file__).parents[2]
NAME = "Cleaning Data"
ELSEWHERE = "https://elsewhere.example"
WEB = "did:web:elsewhere.example"
PRESENTED = ("--for", "hr", "--nonce", "n", "--key", "main")
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

# Runs of every command, in an order in which each has something to work on. Words in
# capitals stand for files; see `inputs`.
RUNS: dict[str, list[list[str]]] = {
    "init": [["--home", "NEW", "--no-recovery"]],
    "import": [
        ["BADGE", "LIST", "WEB", "REFRESH", "PICTURE"],
        [f"{ELSEWHERE}/badge.json"],
        ["FOLDER", "--home", "NEW"],
    ],
    "list": [[], ["--query", "data"], ["--query", "data", "--save", "data"]],
    "skills": [[], ["--by", "kind", "--all"]],
    "timeline": [[]],
    "collection add": [["job", NAME]],
    "collection list": [[]],
    "collection show": [["job"]],
    "collection remove": [["job"]],
    "filter list": [[]],
    "filter remove": [["data"]],
    "show": [[NAME], [NAME, "--raw"]],
    "verify": [
        ["--all"],
        ["--all", "--require-known-issuer"],
        ["LIST", "WEB", "REFRESH", "PICTURE"],
        [f"{ELSEWHERE}/badge.json"],
        [NAME, "--documents", str(DOCUMENTS)],
    ],
    "check": [[], ["--fail-if", "none", "--dry-run"]],
    "refresh": [[NAME], ["--all"]],
    "qualification add": [["QUALIFICATION"]],
    "stack-progress": [[], ["--qualification", "QUALIFICATION"]],
    "qualification list": [[]],
    "qualification show": [["harbour/data-practice"]],
    "qualification lint": [["QUALIFICATION"]],
    "qualification examples": [[], ["my/diploma"]],
    "qualification import": [["LIST"]],
    "qualification link": [[NAME, "harbour/data-practice", "privacy"]],
    "qualification waive": [["harbour/data-practice", "charts"]],
    "qualification exceptions": [[]],
    "qualification unlink": [["harbour/data-practice", "charts"]],
    "goal add": [["harbour/data-practice", "--by", "2029"]],
    "goal list": [[]],
    "offer add": [["OFFERS"]],
    "offer list": [[]],
    "next": [[]],
    "plan": [["harbour/data-practice"]],
    "offer remove": [["privacy"]],
    "goal remove": [["harbour/data-practice"]],
    "policy list": [[]],
    "policy show": [["nz"]],
    "policy check": [[NAME, "LIST", "--policy", "eu-2022"]],
    "qualification remove": [["harbour/data-practice"]],
    "issuer trust": [[NAME], [HARBOUR]],
    "issuer list": [[]],
    "issuer distrust": [[HARBOUR]],
    "issuer registry add": [
        [f"{ELSEWHERE}/registry.json", "REGISTRY"],
        [ANCHOR_URL, "ANCHOR", "--kind", "oidf"],
        [f"{ELSEWHERE}/other.json"],
    ],
    "issuer registry list": [[]],
    "issuer registry refresh": [[]],
    "issuer registry remove": [[f"{ELSEWHERE}/registry.json"]],
    "context add": [
        [f"{ELSEWHERE}/terms", "TERMS"],
        [f"{ELSEWHERE}/other-terms"],
    ],
    "context list": [[], ["--all"]],
    "context remove": [[f"{ELSEWHERE}/terms"]],
    "identity add": [["ada@learner.example"]],
    "identity list": [[]],
    "identity remove": [["ada@learner.example"]],
    "tag": [[NAME, "--add", "mine"]],
    "note": [[NAME, "--text", "framed"]],
    "key create": [[], ["work", "--type", "p256"]],
    "key list": [[]],
    "key export": [["main", "--out", "KEY", "--yes"]],
    "share": [
        [NAME, "--as", "vp", *PRESENTED, "--out", "VP", "--yes"],
        [NAME, "--as", "vp-jwt", *PRESENTED, "--out", "VPJWT", "--yes"],
        [NAME, "--as", "html", "--out", "PAGE", "--yes"],
        [NAME, "--as", "pdf", "--out", "PDF", "--yes"],
        [NAME, "--as", "markdown", "--yes"],
        [NAME, "--as", "resume", "--yes"],
        [NAME, "--as", "file", "--out", "OUT", "--yes"],
        [NAME, "--as", "link", "--page", f"{ELSEWHERE}/page", "--yes"],
        [NAME, "--as", "linkedin", "--yes"],
    ],
    "share log": [[], [NAME]],
    "share page": [["--out", "INDEX"]],
    "portfolio": [[NAME, "--out", "FOLIO", "--yes"]],
    "key remove": [["main", "--yes"]],
    "key import": [["KEY"]],
    "export": [
        ["--all", "--out", "EXPORTED"],
        ["--all", "--format", "lcw", "--out", "WALLET"],
    ],
    "remove": [[NAME], ["Bench"]],
    "restore": [[NAME]],
    "purge": [["Bench", "--yes"]],
    "backup": [["COPY"]],
    "restore-backup": [["COPY", "--yes"]],
    "unlock": [[], ["--for", "1m"]],
    "lock": [[], []],
    "passphrase change": [["--new-passphrase-file", "SECRET"]],
    "rekey": [["--recovery-file", "CODE"]],
    "recover": [
        [
            *("--recovery-code-file", "CODE"),
            *("--new-passphrase-file", "SECRET"),
            "--keep-recovery-code",
        ],
    ],
    "keyring enable": [[]],
    "keyring status": [[]],
    "keyring disable": [[]],
    "config set": [["color", "never"], ["color", "auto", "--profile", "work"]],
    "config get": [["color"]],
    "config list": [[]],
    "config unset": [["color"]],
    "config path": [[]],
    "config profiles": [[]],
    "doctor": [[], ["--deep"]],
    "accept-rollback": [["--yes"]],
    "demo": [[]],
    "completion": [["bash"]],
    "help": [[], ["exit-codes"], ["formats"]],
}
# What these runs must come to; every other one ends well. That an address is not
# fetched is 4 (undetermined), that a code holds only an address 3, and one of the
# samples has expired (8).
CODES = {
    "import BADGE LIST WEB REFRESH PICTURE": 3,
    f"import {ELSEWHERE}/badge.json": 4,
    "import FOLDER --home NEW": 4,
    "verify LIST WEB REFRESH PICTURE": 3,
    f"verify {ELSEWHERE}/badge.json": 4,
    # What was found revoked once stays it, also where nobody can be asked.
    "verify --all": 9,
    "verify --all --require-known-issuer": 9,
    "check": 7,
    "refresh --all": 4,
    f"issuer registry add {ELSEWHERE}/other.json": 4,
    "issuer registry refresh": 4,
    f"context add {ELSEWHERE}/other-terms": 4,
    # No test uses the keyring of whoever runs it.
    "keyring enable": 4,
}

CHILD = """\
import json, os, socket, sys
from pathlib import Path

folder, log, runs = sys.argv[1], sys.argv[2], json.load(sys.stdin)
written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def hook(event, arguments):
    # Processes of one import talk over pairs of sockets that have no address, and the
    # agent over one in the file system.
    if not event.startswith("socket."):
        return
    if event == "socket.__new__":
        among_us = arguments[1] == socket.AF_UNIX
    else:
        among_us = getattr(arguments[0], "family", None) == socket.AF_UNIX
    if not among_us:
        os.write(written, f"{event} {arguments}\\n".encode())
        raise OSError("the network is closed")

from credwallet.cli import fast
from credwallet.fetch.https import HttpsFetch
from tests.cli.runner import Cli

sys.addaudithook(hook)
ended = []
for argv in runs:
    os.write(written, f"run {' '.join(argv)}\\n".encode())
    if fast.answer(argv, {"CREDWALLET_HOME": folder + "/wallet"}) is None:
        ran = Cli(Path(folder))(*argv, network=HttpsFetch)
        ended.append([ran.code, ran.err])
    else:
        ended.append([0, ""])
Path(log + ".ended").write_text(json.dumps(ended))
"""


def watched(folder: Path, runs: list[list[str]]) -> tuple[list[Any], list[str]]:
    """Run command lines in a watched process.

    Returns:
        How each ended (exit code, stderr), and what was asked of the network, with the
        command line it was for.

    """
    log = folder / "network.log"
    subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(log)],
        input=json.dumps(runs),
        cwd=ROOT,
        text=True,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    asked, current = [], ""
    for line in log.read_text().splitlines():
        if line.startswith("run "):
            current = line
        else:
            asked.append(f"{current}: {line}")
    return json.loads(Path(f"{log}.ended").read_text()), asked


def leaves(command: Any, path: str) -> list[str]:
    """Find every command below a command that does something itself."""
    inner = getattr(command, "commands", {})
    # `share` does something itself, and has commands beside its arguments.
    own = [path] if not inner or command.params else []
    below = (leaves(sub, f"{path} {name}") for name, sub in inner.items())
    return [*own, *(each for found in below for each in found)]


def inputs(folder: Path) -> dict[str, str]:
    """Make the files of the runs, each of them a reason to ask somebody."""
    service = {"id": f"{ELSEWHERE}/refresh", "type": "1EdTechCredentialRefresh"}
    schema = {"id": f"{ELSEWHERE}/schema", "type": "1EdTechJsonSchemaValidator2019"}
    issuer = {"id": WEB, "type": ["Profile"], "name": "Elsewhere"}
    made = {
        "BADGE": good(folder, 101, name="Bench"),
        "LIST": undetermined(folder, 102),
        "WEB": folder / "web.json",
        "REFRESH": good(
            folder,
            104,
            **{"@context": [*CONTEXTS, EXTENSIONS]},
            refreshService=service,
            credentialSchema=[schema],
        ),
        "PICTURE": folder / "code.png",
        "FOLDER": folder / "many",
        "QUALIFICATION": ROOT / "credwallet/cli/samples/certificate.toml",
        "REGISTRY": folder / "registry.json",
        "ANCHOR": folder / "anchor.jwt",
        "TERMS": folder / "terms.json",
        "OFFERS": folder / "offers.toml",
        "OUT": folder / "out.json",
        "KEY": folder / "main.jwk",
        "VP": folder / "vp.json",
        "VPJWT": folder / "vp.jwt",
        "PAGE": folder / "page.html",
        "PDF": folder / "certificate.pdf",
        "INDEX": folder / "index.html",
        "FOLIO": folder / "portfolio.html",
        "EXPORTED": folder / "exported",
        "WALLET": folder / "wallet.tar",
        "NEW": folder / "new-wallet",
        "COPY": folder / "copy.db",
        "SECRET": folder / "passphrase.txt",
        "CODE": folder / "recovery-code.txt",
    }
    web = signed(document(103, issuer=issuer), HARBOUR_KEY, f"{WEB}#key-1")
    made["WEB"].write_text(json.dumps(web))
    made["PICTURE"].write_bytes(_code(f"{ELSEWHERE}/badge.json"))
    made["REGISTRY"].write_text(json.dumps({"registry": {HARBOUR: {"name": "H"}}}))
    made["ANCHOR"].write_bytes(token(anchor()))
    made["OFFERS"].write_text(OFFERS)
    made["TERMS"].write_text(json.dumps({"@context": {"oak": f"{ELSEWHERE}/oak"}}))
    return {name: str(path) for name, path in made.items()}


def fill(folder: Path) -> None:
    """Make so many badges that several processes share them out."""
    folder.mkdir()
    for number in range(200, 201 + WORTHWHILE):
        undetermined(folder, number)


def _code(text: str) -> bytes:
    import io  # noqa: PLC0415 -- with its only user

    import qrcode  # noqa: PLC0415 -- as above

    buffer = io.BytesIO()
    qrcode.make(text).save(buffer)
    return buffer.getvalue()


def test_the_table_holds_every_command():
    """If this fails, add runs of the new command to `RUNS`."""
    every = [path for name in COMMANDS for path in leaves(load(name), name)]
    assert sorted(RUNS) == sorted(every)
    assert all(RUNS.values())


def test_no_command_asks_the_network_for_anything(filled: Cli):
    named = inputs(filled.folder)
    fill(Path(named["FOLDER"]))
    runs = [
        (f"{path} {' '.join(rest)}".strip(), [*path.split(), *rest])
        for path, each in RUNS.items()
        for rest in each
    ]
    quick = [["--version"], ["--help"], ["_complete", "show", ""]]
    argvs = [[named.get(word, word) for word in argv] for _, argv in runs]
    ended, asked = watched(
        filled.folder, [*([*argv, "--offline"] for argv in argvs), *quick]
    )
    assert asked == []
    for (run, _), (code, err) in zip(runs, ended, strict=False):
        assert (run, code) == (run, CODES.get(run, 0)), err


@pytest.mark.parametrize(
    ("name", "host"), [("LIST", "unreachable.example"), ("WEB", "elsewhere.example")]
)
def test_the_hook_would_have_seen_it(filled: Cli, name: str, host: str):
    path = inputs(filled.folder)[name]
    ((code, _),), (asked,) = watched(filled.folder, [["verify", path]])
    assert code == 4
    assert f"socket.getaddrinfo ('{host}', 443" in asked

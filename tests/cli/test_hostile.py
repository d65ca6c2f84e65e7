"""Can a badge, a file name or an answer of the network upset the terminal?

Every text of these badges tries: escape sequences, hyperlinks and clipboard writes,
turned-around and invisible text, line breaks, rich markup. Whatever a command prints,
none of it may reach the terminal as more than visible characters.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from credwallet.cli.terminal.console import plain
from credwallet.fetch import Document
from tests.cli.badges import document, presentation, sign
from tests.cli.runner import Cli, Ran

ATTACK = (
    "\x1b[2J\x1b]0;owned\x07\x1b]8;;https://evil.example\x1b\\Degree\x1b]8;;\x1b\\"
    "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202egnp\u2066\u200b\u2028\ufeff\U000e0041"
    "\r\n\tfake\tvalid\tline[bold red]x[/][link=https://evil.example]y[/link]"
)
# What our own styles and layout may write around the texts.
STYLES = ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[35m")


def hostile() -> dict[str, Any]:
    written = document(
        666,
        name=f"Name {ATTACK}",
        issuer_name=f"Issuer {ATTACK}",
        about=f"About {ATTACK}",
        skill=f"Skill {ATTACK}",
        tag=f"Tag {ATTACK}",
    )
    subject = written["credentialSubject"]
    subject["achievement"]["criteria"] = {"narrative": f"Criteria {ATTACK}"}
    subject["achievement"]["humanCode"] = f"Code {ATTACK}"
    subject["result"] = [
        {"type": ["Result"], "value": f"Grade {ATTACK}", "status": "Completed"}
    ]
    written["evidence"] = [{"type": ["Evidence"], "narrative": f"Work {ATTACK}"}]
    return written


def hostile_addresses() -> dict[str, Any]:
    """Addresses cannot be signed with such characters, so these are just stated."""
    written = sign(document(667, name="Addresses"))
    written["id"] = f"urn:x:{ATTACK}"
    written["credentialSubject"]["id"] = f"did:x:{ATTACK}"
    written["credentialStatus"] = {
        "type": f"Odd{ATTACK}",
        "id": f"https://evil.example/{ATTACK}",
    }
    written["proof"]["verificationMethod"] += ATTACK
    written["proof"]["cryptosuite"] = f"suite{ATTACK}"
    written["validFrom"] = f"2026{ATTACK}"
    written["type"].append(f"Type{ATTACK}")
    written["@context"].append(f"https://evil.example/{ATTACK}")
    written[f"member{ATTACK}"] = ATTACK
    return written


def assert_harmless(ran: Ran) -> None:
    text = f"{ran.out}\n{ran.err}".replace("\t", "")
    for style in STYLES:
        text = text.replace(style, "")
    for line in text.split("\n"):
        assert line == plain(line), line
    assert "Traceback" not in ran.err


@pytest.fixture
def attacked(empty: Cli) -> Cli:
    """A wallet that holds the hostile badge, kept since its signature is good."""
    raw = json.dumps(sign(hostile()), ensure_ascii=False).encode()
    ran = empty("import", "-", stdin=raw)
    assert ran.rows[0][1:3] == ["valid", "new"], ran
    return empty


def handle(cli: Cli) -> str:
    (row,) = cli("list", "--json").data["credentials"]
    return str(row["handle"])


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["list", "--query", ATTACK],
        ["list", "--tag", ATTACK],
        ["list", "--expiring", ATTACK],
        ["list", "--verdict", ATTACK],
        ["show", "HANDLE"],
        ["show", ATTACK],
        ["show", "Name"],
        ["verify", "--all"],
        ["verify", "HANDLE"],
        ["verify", ATTACK],
        ["verify", f"./{ATTACK}.json"],
        ["verify", "HANDLE", f"--at={ATTACK}"],
        ["verify", "HANDLE", "--documents", ATTACK],
        ["tag", "HANDLE", "--add", ATTACK],
        ["tag", "HANDLE"],
        ["note", "HANDLE", "--text", ATTACK],
        ["issuer", "trust", "HANDLE"],
        ["issuer", "trust", f"x:{ATTACK}", "--name", ATTACK],
        ["issuer", "distrust", ATTACK],
        ["identity", "add", f"did:{ATTACK}"],
        ["identity", "remove", ATTACK],
        ["remove", "HANDLE"],
        ["purge", "HANDLE", "--yes"],
        ["restore", ATTACK],
        ["export", "HANDLE", "--out", f"{ATTACK}/x.json"],
        ["import", ATTACK],
        ["import", f"https://{ATTACK}"],
        ["help", ATTACK],
        ["completion", ATTACK],
        [ATTACK],
        ["list", f"--{ATTACK}"],
        ["--home", f"/nowhere/{ATTACK}", "list"],
        ["--passphrase-file", ATTACK, "list"],
    ],
)
def test_no_command_prints_a_hostile_text_raw(
    attacked: Cli, tmp_path: Path, monkeypatch, argv: list[str], terminal
):
    monkeypatch.chdir(tmp_path)
    known = handle(attacked)
    ran = attacked(
        *(known if word == "HANDLE" else word for word in argv), terminal=terminal
    )
    assert_harmless(ran)


@pytest.mark.parametrize("terminal", [True, False])
def test_what_the_learner_added_is_printed_no_other_way(attacked: Cli, terminal):
    known = handle(attacked)
    attacked("note", known, "--text", ATTACK)
    attacked("issuer", "trust", f"x:{ATTACK}", "--name", ATTACK)
    for argv in (["note", known], ["issuer", "list"], ["show", known]):
        ran = attacked(*argv, terminal=terminal)
        assert ran.code == 0
        assert "\\x1b[2J" in ran.out
        assert_harmless(ran)


def test_the_name_is_still_told_but_as_visible_characters(attacked: Cli):
    (row,) = attacked("list").rows
    assert row[1] == plain(f"Name {ATTACK}")
    assert row[1].startswith("Name \\x1b[2J\\x1b]0;owned\\x07")
    assert "[bold red]x[/]" in row[1]
    assert attacked("list", "--json").data["credentials"][0]["name"].endswith(ATTACK)


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("command", [["import", "--keep-invalid"], ["verify"]])
def test_hostile_addresses_and_members_are_shown_as_escapes(
    empty: Cli, command: list[str], terminal
):
    raw = json.dumps(hostile_addresses(), ensure_ascii=False).encode()
    ran = empty(*command, "-", stdin=raw, terminal=terminal)
    assert ran.code in (3, 4)
    assert_harmless(ran)
    assert_harmless(empty("list", terminal=terminal))
    for row in empty("list", "--json").data["credentials"]:
        assert_harmless(empty("show", row["handle"], terminal=terminal))


@pytest.mark.parametrize("terminal", [True, False])
def test_each_hostile_member_alone_is_harmless(cli: Cli, terminal):
    attacks = hostile_addresses()
    for name, value in attacks.items():
        written = {**sign(document(668)), name: value}
        raw = json.dumps(written, ensure_ascii=False).encode()
        assert_harmless(cli("verify", "-", stdin=raw, terminal=terminal))


@pytest.mark.parametrize("terminal", [True, False])
def test_hostile_parts_of_a_presentation_are_harmless(empty: Cli, terminal):
    parts = [sign(hostile()), hostile_addresses(), ATTACK, {ATTACK: ATTACK}]
    for command in (["import"], ["verify"]):
        ran = empty(*command, "-", stdin=presentation(*parts), terminal=terminal)
        assert_harmless(ran)


@pytest.mark.parametrize(
    "data",
    [
        ATTACK.encode(),
        json.dumps({ATTACK: ATTACK}).encode(),
        json.dumps([ATTACK]).encode(),
        f'{{"a{ATTACK}":1,"a{ATTACK}":2}}'.encode(),
        b"eyJhbGciOiJub25lIn0." + ATTACK.encode() + b".x",
        b"\x89PNG\r\n\x1a\n" + ATTACK.encode(),
        f"<svg xmlns='http://www.w3.org/2000/svg'><{ATTACK}/></svg>".encode(),
    ],
)
@pytest.mark.parametrize("terminal", [True, False])
def test_what_cannot_be_read_is_refused_in_visible_words(
    cli: Cli, data: bytes, terminal
):
    ran = cli("import", "-", stdin=data, terminal=terminal)
    assert ran.code == 3
    assert_harmless(ran)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_hostile_file_name_is_shown_as_escapes(empty: Cli, tmp_path: Path, terminal):
    folder = tmp_path / "in"
    folder.mkdir()
    name = ATTACK.replace("/", "|")[:80]
    (folder / f"{name}.json").write_bytes(json.dumps(sign(document())).encode())
    (folder / f"junk{name}.json").write_bytes(b"junk")
    ran = empty("import", folder, terminal=terminal)
    assert ran.code == 3
    assert_harmless(ran)
    assert_harmless(empty("show", "Woodwork", terminal=terminal))


@pytest.mark.parametrize("terminal", [True, False])
def test_a_hostile_answer_of_the_network_is_shown_as_escapes(empty: Cli, terminal):
    def fetch(url: str) -> Document:
        return Document(f"{url}{ATTACK}", ATTACK.encode(), ATTACK, "fetched")

    ran = empty("import", "https://a.example", network=lambda: fetch, terminal=terminal)
    assert ran.code == 3
    assert_harmless(ran)
    badge = document(issuer={"id": "did:web:evil.example", "name": "x"})
    raw = json.dumps(sign(badge)).encode()
    ran = empty("verify", "-", stdin=raw, network=lambda: fetch, terminal=terminal)
    assert_harmless(ran)


def test_json_escapes_everything_that_is_not_ascii(attacked: Cli):
    for argv in (["list"], ["show", handle(attacked)], ["verify", "--all"]):
        ran = attacked(*argv, "--json")
        assert ran.raw.replace(b"\n", b"").decode().isprintable()
        assert ran.raw.isascii()

"""Stories in which every member of an answer turns up that the schemas name.

Each runs command lines in a wallet of its own, filled with the samples. Most of what is
there is told by `offline`, which has something for every command to work on; the others
are for what is there only now and then.
"""

import json
import shutil
import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from credwallet.cli.listing.kept_collections import Member, put_collection
from credwallet.keys.key_file import write
from credwallet.store import open_vault
from tests.cli import test_keyring
from tests.cli.badges import document, good, sign
from tests.cli.runner import DOCUMENTS, NOW, PASSPHRASE, SAMPLES
from tests.cli.test_accept_rollback import roll_back
from tests.cli.test_learner_record import RULES as RECORD_RULES
from tests.cli.test_learner_record import transcript
from tests.cli.test_open_badges_2 import imported
from tests.cli.test_refresh import Issuer
from tests.cli.test_registry import listing, serving
from tests.contract import test_offline
from tests.contract.schema_runs import Telling, paths, put, story
from tests.hostile.sd_jwt import good as sd_jwt
from tests.samples.make import HARBOUR
from tests.share import presenting
from tests.share.presenting import MAIN, WORK, selective
from tests.verify.records import KNOTS, association, badge, record, signed
from tests.verify.test_refresh import held, newer

NAME = "Cleaning Data"
CERTIFICATE = SAMPLES / "certificate.toml"


@story
def offline(tell: Telling) -> None:
    """What every command says when it has something to work on."""
    words = test_offline.inputs(tell.cli.folder)
    for path, runs in test_offline.RUNS.items():
        for run in runs:
            # A thousand badges say no more than one, and the demo the same as before.
            if "FOLDER" not in run and path != "demo":
                argv = (*path.split(), *run, "--offline")
                tell(*(words.get(word, word) for word in argv))


@story
def answered_no(tell: Telling) -> None:
    """What is said when the learner says no."""
    tell("key", "create")
    tell("backup", tell.cli.folder / "copy.db", "--deep")
    tell("remove", NAME)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "credwallet.cli.terminal.prompt.terminal_answer", lambda *_, **__: "n"
        )
        tell("key", "export", "main", "--out", tell.cli.folder / "key.jwk")
        tell("key", "remove", "main")
        tell("restore-backup", tell.cli.folder / "copy.db")
        tell("purge", NAME)
        tell("share", "Honest Charts", "--as", "file", "--out", tell.cli.folder)


@story
def locked(tell: Telling) -> None:
    """What is said of a wallet without its passphrase."""
    env = {"CREDWALLET_PASSPHRASE_FILE": "/there/is/none"}
    tell("backup", tell.cli.folder / "copy.db", env={"CREDWALLET_PASSPHRASE_FILE": ""})
    tell("doctor", env=env)


@story
def rolled_back(tell: Telling) -> None:
    """An older wallet in the place of a newer one."""
    tell("accept-rollback", "--yes")
    roll_back(tell.cli)
    tell("list")
    tell("doctor")
    tell("accept-rollback", "--yes")


@story
def keyrings(tell: Telling) -> None:
    """A keyring of the system that opens the wallet."""
    with pytest.MonkeyPatch.context() as patch:
        test_keyring.install(patch, test_keyring.backend_of(test_keyring.SAFE))
        for word in ("status", "enable", "status", "disable"):
            tell("keyring", word)


@story
def keys(tell: Telling) -> None:
    """Keys of two kinds, and badges that need them."""
    tell("key", "create", "other", "--type", "p256")
    tell("key", "export", "other", "--out", tell.cli.folder / "o.key", "--yes")
    for number, holder in enumerate((MAIN, WORK)):
        path = put(tell, f"{number}.key", write(holder.key, "jwk"))
        tell("key", "import", path, "--name", holder.name)
    tell("import", put(tell, "mine.json", presenting.badge(801, holder=MAIN).raw))
    tell("key", "list")
    handle = tell.cli.handle("Woodwork")
    presented = ("--for", "hr", "--nonce", "n", "--yes")
    out = tell.cli.folder / "vp.json"
    tell("share", handle, "--as", "vp", *presented, "--out", out)
    tell("key", "remove", MAIN.name, "--yes")


@story
def selected(tell: Telling) -> None:
    """A credential of which parts can leave."""
    tell("import", put(tell, "parts.txt", selective(MAIN).raw), "--keep-invalid")
    tell("import", put(tell, "claims.txt", sd_jwt()[0]), "--keep-invalid")
    for row in tell("list")["credentials"]:
        tell("show", row["handle"])


@story
def registries(tell: Telling) -> None:
    """Issuers that a registry lists, with the network and without."""
    url, later = "https://registry.example/registry.json", NOW + timedelta(days=2)
    net = serving({url: listing()})
    tell("issuer", "registry", "add", url, network=net)
    tell("issuer", "registry", "refresh", network=net, now=later)
    tell("verify", "--all", "--documents", DOCUMENTS, network=net, now=later)
    tell("list")
    tell("issuer", "registry", "refresh")
    tell("issuer", "registry", "remove", url)
    tell("context", "list", "--all")


@story
def renewed(tell: Telling) -> None:
    """A newer copy that the issuer gives out."""
    # One of the samples has the usual id.
    ids = ("urn:uuid:one", "urn:uuid:other")
    for number, each in enumerate(ids):
        tell("import", put(tell, f"{number}.json", json.dumps(held(id=each))))
    handles = {row["id"]: row["handle"] for row in tell("list")["credentials"]}
    one, other = (handles[each] for each in ids)
    tell("refresh", one, "--dry-run", network=Issuer(newer(id=ids[0])))
    tell("verify", one, "--refresh", network=Issuer(newer(id=ids[0])))
    tell("refresh", other, network=Issuer(newer(id=ids[1])))
    tell("refresh", "--all", network=Issuer({"no": "credential"}))
    tell("import", tell.cli.folder / "0.json")


@story
def records(tell: Telling) -> None:
    """A learner record, with parts that count."""
    tell("import", put(tell, "record.json", transcript()))
    tell("stack-progress", "--qualification", put(tell, "r.toml", RECORD_RULES))
    nameless = [association("precedes", f"{KNOTS}/8", f"{KNOTS}/9")]
    bare = record(signed(badge(3)), subject={"association": nameless}, id="urn:x:bare")
    tell("import", put(tell, "bare.json", json.dumps(bare)), "--keep-invalid")
    for row in tell("list")["credentials"]:
        tell("show", row["handle"], "--raw")
        tell("show", f"{row['handle']}/1")
    out = tell.cli.folder / "draft.toml"
    tell("qualification", "import", tell.cli.folder / "record.json", "--out", out)
    tell("qualification", "import", tell.cli.folder / "record.json", "--add")


@story
def older_standards(tell: Telling) -> None:
    """Open Badges 2.0, and pictures."""
    imported(tell.cli, json.dumps({**_assertion()}))
    documents = tell.cli.folder / "documents.json"
    tell("import", tell.cli.folder / "badge.json", "--documents", documents)
    tell("verify", tell.cli.folder / "badge.json", "--documents", documents)
    tell("verify", "Knots")
    tell("show", "Knots")
    tell("policy", "check", "Knots", "--policy", "eu-2022", "--documents", documents)


def _assertion() -> dict[str, Any]:
    from tests.verify.assertions import assertion  # noqa: PLC0415 -- with its only user

    return dict(assertion())


@story
def odd_badges(tell: Telling) -> None:
    """Badges that say little, or more than most."""
    bare, full = document(700), document(701, name="Full")
    bare.pop("name", None)
    bare["credentialSubject"] = {"achievement": {"tag": ["knots"]}}
    for name in ("id", "issuer", "validFrom"):
        bare.pop(name, None)
    full["credentialSubject"]["result"] = [{"type": ["Result"], "value": "A"}]
    full["credentialSubject"]["achievement"] |= {
        "fieldOfStudy": "Rope work",
        "humanCode": "R-1",
    }
    tell("check")
    full["evidence"] = [{"type": ["Evidence"], "narrative": "Tied six knots."}]
    for name, each in (("bare", bare), ("full", sign(full))):
        file = put(tell, f"{name}.json", json.dumps(each))
        tell("import", file, "--keep-invalid")
    (handle,) = (
        row["handle"] for row in tell("list")["credentials"] if row["name"] is None
    )
    anyway = ("--anyway", "--yes", "--out", tell.cli.folder / "handed.json")
    tell("share", handle, "--as", "file", *anyway)
    tell("share", "log")
    tell("collection", "add", "job", handle)
    for word in ("skills", "timeline", "check", "check", "refresh"):
        more = ("--all",) if word in ("skills", "refresh") else ()
        tell(word, *more)
    tell("note", "Full", "--text", "for the interview")
    tell("qualification", "add", CERTIFICATE)
    for row in tell("list")["credentials"]:
        tell("show", row["handle"])
    tell("import", put(tell, "junk.json", "[]"), put(tell, "junk.txt", "junk"))
    tell("import", tell.cli.folder / "none.json")
    tell("import", "-", "--documents", put(tell, "map.json", "{"), stdin=b"{}")


@story
def organised(tell: Telling) -> None:
    """Collections, saved filters, and what they hold over time."""
    tell("collection", "add", "job", NAME, "Honest Charts", "Privacy Basics")
    tell("collection", "add", "job", NAME)
    tell("collection", "remove", "job", "Honest Charts")
    tell("remove", NAME)
    tell("collection", "list")
    tell("collection", "show", "job")
    tell("purge", NAME, "--yes")
    tell("collection", "show", "job")
    with open_vault(tell.cli.home, passphrase=PASSPHRASE) as vault:
        gone = [Member("", "", "0" * 64, ""), Member("x:a", "x:b", "1" * 64, "Gone")]
        put_collection(vault, "job", gone)
    tell("collection", "show", "job")
    tell("collection", "remove", "job")
    wish = ("--issuer", "harbour", "--skill", "data", "--tag", "mine")
    more = ("--type", "badge", "--verdict", "valid", "--expiring", "60d")
    last = ("--query", "a", "--collection", "job", "--sort", "until")
    tell("collection", "add", "job", "Honest Charts")
    tell("list", *wish, *more, *last, "--save", "mine")
    tell("filter", "list")
    tell("filter", "remove", "mine")
    tell("note", "Honest Charts", "--text", "")


@story
def watched(tell: Telling) -> None:
    """What is proven, what passed, and what needs attention."""
    ahead = document(702, name="Ahead", validFrom="2027-01-01T00:00:00Z")
    ends = document(703, name="Ends", validUntil="2026-12-24T00:00:00Z")
    ends["credentialSubject"]["achievement"]["alignment"] = [
        {
            "type": ["Alignment"],
            "targetName": each,
            "targetUrl": f"http://data.europa.eu/esco/{kind}/1",
            "targetCode": "1",
        }
        for each, kind in (("Rope", "skill"), ("Sailor", "occupation"))
    ]
    ends["credentialSubject"]["achievement"]["tag"] = ["soft skill", "patience"]
    again = {**ends, "id": "urn:uuid:again", "validUntil": "2028-12-24T00:00:00Z"}
    again["validFrom"] = "2026-11-01T00:00:00Z"
    tell("check")
    for name, each in (("ahead", ahead), ("ends", ends), ("again", again)):
        file = put(tell, f"{name}.json", json.dumps(sign(each)))
        tell("import", file, "--keep-invalid")
    tell("check", "--fail-if", "expiring=60d,unknown-issuer,changed,undetermined")
    tell("verify", "--all", "--documents", DOCUMENTS)
    tell("remove", NAME)
    every = "expired,revoked,suspended,invalid,changed"
    tell("check", "--fail-if", every, "--documents", DOCUMENTS)
    tell("check", "Honest Charts", "--keep-baseline", "--fail-if", "none")
    tell("qualification", "add", CERTIFICATE)
    tell("goal", "add", "harbour/data-practice", "--by", "2029", "--why", "a job")
    for by in ("framework", "kind", "credential"):
        tell("skills", "--by", by, "--all")
    tell("timeline", now=NOW + timedelta(days=60))


@story
def settings(tell: Telling) -> None:
    """The config file, and wallets by name."""
    where = {"CREDWALLET_CONFIG": str(tell.cli.folder / "config.toml")}
    tell("config", "path", env=where)
    tell("config", "set", "color", "never", env=where)
    tell("config", "set", "share.page", "https://page.example/", env=where)
    tell("config", "unset", "color", env=where)
    for word in (("set", "color", "never"), ("unset", "color")):
        tell("config", *word, "--profile", "work", env=NO_HOME | where)
    for word in ("list", "path", "profiles"):
        tell("config", word, env=where)
    tell("config", "list", "--offline", env=where | {"CREDWALLET_PROFILE": "work"})
    tell("config", "get", "share.page", env=where)
    tell("config", "path", env={"CREDWALLET_CONFIG": ""})
    tell("config", "list", env={"CREDWALLET_CONFIG": ""})
    tell("doctor", env={"CREDWALLET_CONFIG": ""})
    tell("config", "get", "colour", env=where)
    for topic in ("exit-codes", "formats", "config", "environment", "list"):
        tell("help", topic)


NO_HOME = {"CREDWALLET_HOME": ""}


@story
def damaged(tell: Telling) -> None:
    """A wallet with damaged credentials, of which a backup holds some."""
    folder = tell.cli.home / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / "vault-20261120T120000Z-rekey.db"
    shutil.copy(tell.cli.home / "vault.db", copy)
    copy.chmod(0o600)
    tell("import", good(tell.cli.folder, 704, name="Newer"))
    connection = sqlite3.connect(tell.cli.home / "vault.db")
    connection.execute("UPDATE rec SET sealed=zeroblob(200)")
    connection.commit()
    connection.close()
    tell("doctor", "--deep")


@story
def wallets(tell: Telling) -> None:
    """The forms in which everything moves."""
    tell("tag", NAME, "--add", "work")
    tell("remove", "Honest Charts")
    for form in ("credwallet", "lcw", "universal-wallet", "jsonl", "zip"):
        tell("export", "--all", "--format", form, "--out", tell.cli.folder / form)
    tell("import", tell.cli.folder / "credwallet", "--restore")


@story
def handed_over(tell: Telling) -> None:
    """Ways to hand over that write little."""
    folder = tell.cli.folder
    tell("share", NAME, "--qr", "png", "--out", folder / "code.png", "--yes")
    page = ("--page", "https://page.example/")
    tell("share", NAME, "--as", "link", *page, "--yes", "--qr", "term")
    tell("share", NAME, "--as", "link", *page, "--out", folder / "l.txt", "--yes")
    tell("share", "log", NAME)
    tell("share", "log", "--clear", "--yes")


@story
def beginnings(tell: Telling) -> None:
    """New wallets, contexts and what names no command."""
    folder = tell.cli.folder
    tell("init", "--home", folder / "a", "--recovery-file", folder / "code.txt")
    tell("init", "--home", folder / "b", "--no-recovery")
    words = put(tell, "vocab.json", json.dumps({"@context": {"@vocab": "x:"}}))
    tell("context", "add", "https://terms.example/v1", words, "--allow-vocab")
    tell("context", "add", "https://terms.example/v1", words, "--allow-vocab")
    tell("context", "list")
    tell("backup", folder / "copy.db")
    tell("restore-backup", folder / "copy.db", "--yes", "--home", folder / "c")
    tell("check", "--home", folder / "b")
    tell("unlock", "--for", "1h", "--idle", "5m")
    tell("lock")
    tell("unlock", "--for", "1h", "--idle", "none")
    tell("lock")
    tell("issuer", "trust", HARBOUR, "--name", "Harbour", "--note", "my college")
    tell("frobnicate")
    tell("show", "zzzz")
    tell("--version")
    tell("--help")
    tell("help")


@story
def mistyped(tell: Telling) -> None:
    """An option that no command has."""
    for path in paths():
        tell(*path.split(), "--frobnicate")

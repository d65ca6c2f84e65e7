"""Can a learner leave us with the whole wallet, and come back with nothing lost?"""

import hashlib
import io
import json
import os
import re
import shutil
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credwallet.canon import strict_json
from credwallet.cli.importing import restoring
from credwallet.cli.importing.restoring import KINDS, STAYS
from credwallet.cli.keeping import FETCHED
from credwallet.share.wallets import FORMS
from credwallet.store import open_vault
from tests.cli.badges import document, good, sign, tampered
from tests.cli.runner import DOCUMENTS, PASSPHRASE, SAMPLES, Cli, new_wallet
from tests.share import lcw
from tests.trust.test_registries import ANCHOR_URL, anchor, token

PLACE = {"source", "handle", "stored", "storedWhy", "restored"}
KEPT = b"2026-11-25T12:00:00+00:00\tapplication/json\n{}"
OFFERS = """format = "credwallet-offers/1"
[[offer]]
id = "privacy-course"
cost = 50
currency = "EUR"
gives = { achievement = "https://harbour.example/achievements/privacy-basics" }
"""
EACH = pytest.mark.parametrize("form", list(FORMS))
TO_LCW = pytest.mark.parametrize(
    ("form", "read"),
    [("lcw", lcw.from_tar), ("universal-wallet", lcw.from_json)],
)


def elsewhere(cli: Cli, name: str = "elsewhere") -> Cli:
    """Make another, empty wallet."""
    folder = cli.folder / name
    folder.mkdir()
    new_wallet(folder)
    return Cli(folder)


def everything(cli: Cli) -> tuple[dict, dict]:
    """All that is in a wallet but the names that only this wallet has."""
    with open_vault(cli.home, passphrase=PASSPHRASE) as vault:
        credentials = {
            stored.raw: (
                stored.summary,
                stored.report,
                stored.received_at,
                stored.source,
            )
            for stored in (vault.read(entry.rid) for entry in vault.entries())
        }
        documents = {
            (kind, name): data
            for kind in KINDS
            for name, data in vault.documents(kind).items()
        }
    return credentials, documents


def raws(cli: Cli) -> set[bytes]:
    return set(everything(cli)[0])


def exported(cli: Cli, form: str, *more: object) -> Path:
    path = cli.folder / f"wallet-{form}{FORMS[form].EXTENSION}"
    ran = cli("export", "--all", "--format", form, "--out", path, "--force", *more)
    assert (ran.code, ran.out) == (0, f"{path}\n")
    return path


@pytest.fixture
def lived_in(filled: Cli) -> Cli:
    """A wallet in which everything was done that can be done."""
    folder = filled.folder
    filled("tag", "Cleaning Data", "--add", "mine", "--add", "caf\u00e9")
    filled("note", "Honest Charts", "--text", "shown in May\nand \u20ac")
    filled("import", tampered(folder), "--keep-invalid")
    filled("identity", "add", "ada@learner.example")
    filled("key", "create")
    filled("issuer", "trust", "Cleaning Data")
    filled("qualification", "add", SAMPLES / "certificate.toml")
    filled("qualification", "waive", "harbour/data-practice", "privacy")
    filled("goal", "add", "harbour/data-practice", "--by", "2027-06-30")
    filled("collection", "add", "job", "Honest Charts", "Cleaning Data")
    filled("list", "--tag", "mine", "--collection", "job", "--save", "at work")
    offers = folder / "offers.toml"
    offers.write_text(OFFERS)
    filled("offer", "add", offers)
    terms = folder / "terms.json"
    terms.write_text('{"@context": {"knot": "https://terms.example/knot"}}')
    filled("context", "add", "https://terms.example/v1", terms)
    registry = folder / "anchor"
    registry.write_bytes(token(anchor()))
    filled("issuer", "registry", "add", ANCHOR_URL, registry, "--kind", "oidf")
    filled("import", lcw_backup(folder, {"work": []}))
    with open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        vault.put_document(FETCHED, "https://terms.example/v2", KEPT)
    filled("verify", "--all", "--documents", DOCUMENTS)
    filled("share", "Honest Charts", "--out", folder / "charts.json", "--yes")
    filled("remove", "Statistics One")
    return filled


def test_every_kind_of_document_was_made(lived_in: Cli):
    assert {kind for kind, _ in everything(lived_in)[1]} == set(KINDS)


def test_no_kind_of_document_is_forgotten():
    """Kinds are named by constants of the command line, each beside its use."""
    named = set()
    for path in Path(restoring.__file__).parents[1].rglob("*.py"):
        named |= set(re.findall(r"put_documents?\(\s*([A-Z]+),", path.read_text()))
    assert len(named) == len(KINDS) + len(STAYS)


def test_the_same_wallet_comes_out_of_our_own_form(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    other = elsewhere(lived_in)
    ran = other("import", path, "--restore", "--documents", DOCUMENTS)
    assert "took over known issuers (1), registries (1)" in ran.err
    assert _settled(everything(other)) == _settled(everything(lived_in))


def _settled(found: tuple[dict, dict]) -> tuple[dict, dict]:
    """Leave out what a report says of the place where the credential was."""
    credentials, documents = found
    return {
        raw: (
            summary,
            {name: value for name, value in report.items() if name not in PLACE},
            received_at,
            source,
        )
        for raw, (summary, report, received_at, source) in credentials.items()
    }, documents


def test_an_export_of_an_export_is_the_same_file(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    other = elsewhere(lived_in)
    other("import", path, "--restore", "--documents", DOCUMENTS)
    again = exported(other, "credwallet")
    one, two = (_members(each) for each in (path, again))
    assert one.keys() == two.keys()
    assert {name: data for name, data in one.items() if "about/" not in name} == {
        name: data for name, data in two.items() if "about/" not in name
    }


def _members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}


@EACH
def test_every_badge_comes_back_byte_for_byte(filled: Cli, form: str):
    path = exported(filled, form)
    other = elsewhere(filled)
    other("import", path, "--documents", DOCUMENTS)
    assert raws(other) == raws(filled)


@EACH
def test_what_comes_back_into_the_same_wallet_is_a_duplicate(filled: Cli, form: str):
    path = exported(filled, form)
    before = everything(filled)[0]
    ran = filled("import", path, "--documents", DOCUMENTS, "--json")
    assert {row["stored"] for row in ran.data["reports"]} == {"duplicate"}
    assert everything(filled)[0].keys() == before.keys()


@EACH
def test_a_whole_wallet_can_be_verified_without_one(filled: Cli, cli: Cli, form: str):
    path = exported(filled, form)
    ran = filled("verify", path, "--documents", DOCUMENTS, "--json")
    assert len(ran.data["reports"]) == len(raws(filled))


@EACH
def test_it_is_for_its_owner_alone_and_that_it_is_plain_is_said(filled: Cli, form: str):
    path = filled.folder / "out"
    os.umask(0)
    try:
        ran = filled("export", "--all", "--format", form, "--out", path)
    finally:
        os.umask(0o022)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "is not encrypted" in ran.err
    quiet = filled("export", "--all", "--format", form, "--out", path, "--force", "-q")
    assert quiet.err == ""


@EACH
def test_nothing_is_overwritten_unless_it_is_forced(filled: Cli, form: str):
    path = filled.folder / "out"
    path.write_bytes(b"precious")
    path.chmod(0o644)
    ran = filled("export", "--all", "--format", form, "--out", path)
    assert (ran.code, path.read_bytes()) == (2, b"precious")
    assert "--force" in ran.err
    assert (
        filled("export", "--all", "--format", form, "--out", path, "--force").code == 0
    )
    assert path.read_bytes() != b"precious"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(filled.folder.glob("*.part")) + list(filled.folder.glob(".*.part"))


def test_a_link_is_replaced_and_not_followed(filled: Cli):
    target = filled.folder / "precious"
    target.write_bytes(b"precious")
    path = filled.folder / "out"
    path.symlink_to(target)
    assert filled("export", "--all", "--format", "lcw", "--out", path).code == 2
    filled("export", "--all", "--format", "lcw", "--out", path, "--force")
    assert (target.read_bytes(), path.is_symlink()) == (b"precious", False)


@EACH
@pytest.mark.parametrize("out", [[], ["--out", "-"]])
def test_it_goes_through_a_pipe_and_never_to_a_terminal(filled: Cli, form: str, out):
    ran = filled("export", "--all", "--format", form, *out)
    assert ran.code == 0
    other = elsewhere(filled)
    other("import", "-", "--documents", DOCUMENTS, stdin=ran.raw)
    assert raws(other) == raws(filled)
    assert filled("export", "--all", "--format", form, *out, terminal=True).code == 2
    assert filled("export", "--all", "--format", form, *out, "--json").code == 2


def test_some_credentials_can_go_alone(filled: Cli):
    path = filled.folder / "two.tar"
    filled("export", "Honest Charts", "Cleaning Data", "--format", "lcw", "--out", path)
    other = elsewhere(filled)
    other("import", path, "--documents", DOCUMENTS)
    assert len(raws(other)) == 2


def test_a_zip_archive_may_be_larger_than_a_credential(filled: Cli):
    path = filled.folder / "large.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(good(filled.folder, 7), "a.json")
        archive.writestr("b.txt", b"x" * (9 << 20))
        archive.writestr("notes.bin", b"x" * (9 << 20))
    ran = filled("import", path, "--json")
    assert "new" in {row["stored"] for row in ran.data["reports"]}
    path.write_bytes(b"PK\x03\x04" + bytes(64 << 20))
    assert "larger than 64 MiB" in filled("import", path).err


def test_an_unknown_form_is_refused_with_those_that_there_are(filled: Cli):
    ran = filled("export", "--all", "--format", "docx", "--out", "x")
    assert ran.code == 2
    assert "choose from credwallet, lcw, universal-wallet, jsonl, zip" in ran.err


def test_what_a_form_cannot_carry_is_named(lived_in: Cli):
    charts, data = lived_in.handle("Honest Charts"), lived_in.handle("Cleaning Data")
    trash, token = (
        lived_in.handle("Statistics One"),
        lived_in.handle("Python for Analysis"),
    )
    said = {}
    for form in FORMS:
        path = lived_in.folder / form
        ran = lived_in(
            "export", "--all", "--format", form, "--out", path, "--json"
        ).data
        assert (ran["format"], ran["path"]) == (form, str(path))
        said[form] = [(one["handle"], one["what"]) for one in ran["leftOut"]]
    assert said["credwallet"] == []
    for form in ("lcw", "universal-wallet", "zip"):
        assert (charts, "its note") in said[form]
        assert (data, "its tags") in said[form]
        assert (trash, "it is in the trash") in said[form]
        assert any("known issuers (1)" in what for _, what in said[form])
    assert any(h == token and "no JSON" in what for h, what in said["lcw"])
    assert any(h == charts and "picture" in what for h, what in said["lcw"])
    ran = lived_in("export", "--all", "--format", "lcw", "--out", "-")
    assert f"not in lcw: {charts}: its note" in ran.err


@TO_LCW
def test_the_learner_credential_wallet_finds_a_profile_and_the_credentials(
    filled: Cli, form: str, read
):
    (profile,) = read(exported(filled, form).read_bytes())
    names = {one.get("name") for one in profile.credentials}
    assert {"Cleaning Data", "Honest Charts", "Privacy Basics"} <= names
    assert (profile.name, profile.did[:8]) == ("Default", "did:key:")
    assert profile.key["controller"] == profile.did
    assert profile.key["privateKeyMultibase"].startswith("z")


def lcw_backup(folder: Path, profiles: dict[str, list[int]]) -> Path:
    """Write a backup as that wallet does: indented JSON, names by content."""
    path = folder / "backup.tar"
    files: dict[str, bytes] = {"manifest.yml": b'ubc-version: "0.1"\n'}
    for name, numbers in profiles.items():
        badges = [sign(document(number)) for number in numbers]
        did = f"did:key:z6Mk{name}"
        key = {"id": f"{did}#k", "type": "Ed25519VerificationKey2020"}
        cids = [lcw.content_id(badge) for badge in badges]
        files[f"profiles/{name}.json"] = json.dumps(
            {
                "profileName": name.title(),
                "didDocument": {
                    "@context": ["https://www.w3.org/ns/did/v1"],
                    "id": did,
                },
                "verificationKey": {**key, "privateKeyMultibase": f"z{name}"},
                "credentialCids": cids,
            },
            indent=2,
        ).encode()
        for cid, badge in zip(cids, badges, strict=True):
            files[f"credentials/{cid}.json"] = json.dumps(badge, indent=2).encode()
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@TO_LCW
def test_their_backup_goes_back_with_its_profiles_and_keys(empty: Cli, form: str, read):
    path = lcw_backup(empty.folder, {"work": [1, 2], "school": [2, 3]})
    ran = empty("import", path)
    assert (ran.code, len(ran.rows)) == (0, 3)
    assert "kept 2 profiles" in ran.err
    empty("import", good(empty.folder, 4))
    theirs = {profile.name: profile for profile in lcw.from_tar(path.read_bytes())}
    ours = {
        profile.name: profile for profile in read(exported(empty, form).read_bytes())
    }
    assert ours.keys() == theirs.keys() == {"Work", "School"}
    for name, profile in theirs.items():
        assert (ours[name].did, ours[name].key) == (profile.did, profile.key)
        held = [one for one in ours[name].credentials if one not in profile.credentials]
        assert all(one in ours[name].credentials for one in profile.credentials)
        assert all(one["id"].endswith("4") for one in held)
    held = [one["id"] for each in ours.values() for one in each.credentials]
    assert len(held) == 5


def test_their_older_array_comes_in_as_well(empty: Cli):
    path = lcw_backup(empty.folder, {"work": [1, 2], "school": [3]})
    empty("import", path)
    array = exported(empty, "universal-wallet")
    assert array.read_bytes().startswith(b"[")
    other = elsewhere(empty)
    assert "kept 2 profiles" in other("import", array).err
    assert raws(other) == raws(empty)


def test_a_locked_wallet_is_explained(cli: Cli):
    for number, wallet in enumerate(
        (
            {"status": "LOCKED", "contents": [{"protected": "e30"}]},
            {"type": ["VerifiableCredential", "EncryptedWallet"], "issuer": "did:x"},
            [{"type": "UniversalWallet2020", "status": "LOCKED", "contents": []}],
        )
    ):
        path = cli.folder / f"{number}.json"
        path.write_text(json.dumps(wallet))
        ran = cli("verify", path)
        assert ran.code == 3
        assert "is locked" in ran.err


def test_a_file_that_is_packed_as_a_whole_is_explained(cli: Cli):
    path = cli.folder / "wallet.tar.gz"
    path.write_bytes(b"\x1f\x8b\x08" + bytes(20))
    assert "gunzip" in cli("verify", path).err


def test_of_a_strangers_export_nobody_is_trusted(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    other = elsewhere(lived_in)
    ran = other("import", path, "--documents", DOCUMENTS)
    assert "left out of the export: known issuers (1)" in ran.err
    assert "--restore" in ran.err
    assert everything(other)[1] == {}
    # What was kept although invalid is not either.
    assert ran.code == 3
    tags = {raw: row[0].tags for raw, row in everything(other)[0].items()}
    assert set(map(tuple, tags.values())) == {()}
    assert "left out of the export: the tags, the notes" in ran.err
    assert all(not row[0].note for row in everything(other)[0].values())
    assert other("list", "--trash").rows == []


def test_what_was_left_out_of_an_export_is_said_at_the_end(lived_in: Cli):
    ran = elsewhere(lived_in)(
        "import", exported(lived_in, "credwallet"), "--documents", DOCUMENTS
    )
    *_, totals, documents, words, own, see = ran.err.splitlines()
    assert "5 new, 1 refused" in totals
    assert "left out of the export: known issuers (1)" in documents
    assert "the tags, the notes and the trash" in words
    assert own.endswith("hint: if the export is your own: --restore")
    assert "credwallet list" in see


def test_a_reason_that_holds_for_many_is_one_line(filled: Cli):
    handles = [row[0] for row in filled("list").rows]
    for handle in handles:
        filled("tag", handle, "--add", "mine")
    out = filled.folder / "all.jsonl"
    ran = filled("export", "--all", "--format", "jsonl", "--out", out)
    assert ran.err.count("its tags") == 1
    assert f"{len(handles)} credentials: " in ran.err
    data = filled(
        "export", "--all", "--format", "jsonl", "--json", "--out", out, "--force"
    ).data
    assert [one["handle"] for one in data["leftOut"] if one["handle"]] == handles


def test_a_verdict_that_an_export_claims_counts_for_nothing(filled: Cli):
    path = exported(filled, "credwallet")
    members = _members(path)
    forged = tampered(filled.folder).read_bytes()
    about = json.loads(members["about/00001.json"])
    about["sha256"] = about["summary"]["sha256"] = hashlib.sha256(forged).hexdigest()
    members["about/00001.json"] = json.dumps(about).encode()
    name = next(name for name in members if name.startswith("credentials/00001"))
    members[name] = forged
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    other = elsewhere(filled)
    assert other("import", path, "--documents", DOCUMENTS).code == 3
    assert forged not in raws(other)
    third = elsewhere(filled, "third")
    third("import", path, "--documents", DOCUMENTS, "--restore")
    assert everything(third)[0][forged][0].verdict == "invalid"


def test_words_of_the_learner_stay_where_there_are_some(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    lived_in("note", "Honest Charts", "--text", "newer")
    lived_in("tag", "Honest Charts", "--add", "newer")
    lived_in("remove", "Cleaning Data")
    lived_in("restore", "Statistics One")
    lived_in("import", path, "--documents", DOCUMENTS, "--restore")
    rows = {row[0].name: row[0] for row in everything(lived_in)[0].values()}
    assert rows["Honest Charts"].note == "newer"
    assert "newer" in rows["Honest Charts"].tags
    # What is in use here stays so, whatever the export says; and an import restores.
    assert rows["Statistics One"].trashed_at == ""
    assert rows["Cleaning Data"].trashed_at == ""


def test_trash_stays_trash(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    lived_in("import", path, "--documents", DOCUMENTS, "--restore")
    rows = {row[0].name: row[0] for row in everything(lived_in)[0].values()}
    assert rows["Statistics One"].trashed_at


def test_an_export_that_breaks_off_is_noticed(filled: Cli):
    path = exported(filled, "credwallet")
    members = _members(path)
    del members["end.json"]
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    ran = elsewhere(filled)("import", path, "--documents", DOCUMENTS)
    assert "breaks off" in ran.err
    assert ran.code == 3


@pytest.mark.parametrize("more", [["--atomic"], []])
def test_restoring_is_asked_for_an_export_alone_and_all_of_it(filled: Cli, more):
    path = exported(filled, "credwallet") if more else good(filled.folder)
    assert filled("import", path, "--restore", *more).code == 2


def test_a_dry_run_changes_nothing(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    other = elsewhere(lived_in)
    other("import", path, "--restore", "--dry-run", "--documents", DOCUMENTS)
    assert everything(other) == ({}, {})
    other("import", lcw_backup(other.folder, {"work": [1]}), "--dry-run")
    assert everything(other) == ({}, {})


def test_other_peoples_software_opens_what_it_can(lived_in: Cli):
    packed = exported(lived_in, "zip")
    live = [row for row in everything(lived_in)[0].items() if not row[1][0].trashed_at]
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert {archive.read(name) for name in archive.namelist()} == {
            raw for raw, _ in live
        }
    own = _members(exported(lived_in, "credwallet"))
    assert set(own.values()) >= raws(lived_in)
    lines = exported(lived_in, "jsonl").read_bytes().splitlines()
    names = {strict_json.loads(line)["name"] for line in lines}
    assert names == {row[0].name for _, row in live}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    form=st.sampled_from(list(FORMS)),
    badges=st.lists(
        st.tuples(
            st.integers(1, 5),
            TEXTS,
            st.sampled_from(["", "\n", "\r\n\t"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_whatever_badges_there_are_come_back(tmp_path: Path, form: str, badges):
    shutil.rmtree(tmp_path, ignore_errors=True)
    tmp_path.mkdir()
    new_wallet(tmp_path)
    cli = Cli(tmp_path)
    for number, (badge, name, around, indented) in enumerate(badges):
        signed = sign(document(badge, name=name or "x"))
        text = json.dumps(signed, indent=3 if indented else None, ensure_ascii=False)
        path = tmp_path / f"{number}.json"
        path.write_bytes((around + text + around).encode())
        cli("import", path)
    other = elsewhere(cli)
    other("import", exported(cli, form))
    assert raws(other) == raws(cli)


def test_a_strangers_export_changes_nothing_about_a_badge_that_is_held(lived_in: Cli):
    path = exported(lived_in, "credwallet")
    other = elsewhere(lived_in)
    other("import", SAMPLES / "badges", "--documents", DOCUMENTS)
    before = everything(other)[0]
    assert other("import", path, "--documents", DOCUMENTS).code == 3
    after = everything(other)[0]
    assert {raw: (row.tags, row.note) for raw, (row, *_) in after.items()} == {
        raw: (row.tags, row.note) for raw, (row, *_) in before.items()
    }
    assert other("list", "--trash").rows == []


def test_keys_of_another_wallet_are_named_in_the_warning(filled: Cli):
    filled("import", lcw_backup(filled.folder, {"work": []}))
    warned = "warning: it holds your private keys, too"
    path = filled.folder / "all.tar"
    ran = filled("export", "--all", "--format", "credwallet", "--out", path)
    assert warned in ran.err


@TO_LCW
def test_a_wallet_without_profiles_does_not_speak_of_private_keys(
    filled: Cli, form: str, read
):
    path = filled.folder / "mine.bin"
    ran = filled("export", "--all", "--format", form, "--out", path)
    assert "private keys" not in ran.err
    assert "it holds a new profile with a new key" in ran.err
    assert len(read(path.read_bytes())) == 1
    ran = elsewhere(filled)("import", path)
    assert "kept 1 profile with its keys, for when it goes back" in ran.err


def test_profiles_that_came_in_are_warned_of_on_the_way_out(empty: Cli):
    empty("import", lcw_backup(empty.folder, {"work": [1]}))
    out = empty.folder / "out.tar"
    ran = empty("export", "--all", "--format", "lcw", "--out", out)
    assert "the private keys of its profiles" in ran.err


def test_an_unusual_ending_is_told_in_words(filled: Cli):
    out = filled.folder / "mine.json"
    ran = filled("export", "--all", "--format", "credwallet", "--out", out)
    assert f"{out} is in the format credwallet: the usual ending is .tar" in ran.err

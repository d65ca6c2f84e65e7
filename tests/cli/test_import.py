"""Does `import` take every badge in, byte for byte, and say what became of each?"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.cli.importing import work as importing
from credwallet.fetch import Document
from tests.cli.badges import (
    METHOD,
    document,
    good,
    presentation,
    sign,
    signed_badge,
    tampered,
    undetermined,
)
from tests.cli.runner import DOCUMENTS, SAMPLES, Cli
from tests.samples.make import HARBOUR_KEY, signed


def names(cli: Cli) -> list[str]:
    return [row["name"] for row in cli("list", "--json").data["credentials"]]


def test_the_first_import_makes_the_wallet(cli: Cli, tmp_path: Path):
    ran = cli("import", good(tmp_path))
    assert ran.code == 0
    assert cli.home.is_dir()
    assert f"made a wallet in {cli.home}" in ran.err
    assert "it has no recovery code" in ran.err
    assert "credwallet list" in ran.err
    assert names(cli) == ["Woodwork"]


def test_a_file_is_one_line_with_handle_verdict_fate_name_and_source(
    empty: Cli, tmp_path: Path
):
    path = good(tmp_path)
    ((handle, *rest),) = empty("import", path).rows
    assert rest == ["valid", "new", "Woodwork", str(path)]
    assert handle == empty.handle("Woodwork")


def test_on_a_terminal_the_fate_is_said_in_words(empty: Cli, tmp_path: Path):
    path = good(tmp_path)
    assert "valid  stored  Woodwork" in empty(
        "import", path, terminal=True
    ).out.replace("\x1b[0m", "").replace("\x1b[1m", "")
    assert "was here already" in empty("import", path, terminal=True).out


def test_a_folder_is_walked_through_and_hidden_or_other_files_are_left_alone(
    empty: Cli, tmp_path: Path
):
    deep = tmp_path / "badges" / "by year" / "2026"
    deep.mkdir(parents=True)
    good(tmp_path / "badges", 101, name="Upper")
    good(deep, 102, name="Deep")
    (deep / ".hidden.json").write_bytes(signed_badge(103))
    (deep / "photo.jpg").write_bytes(b"\xff\xd8")
    ran = empty("import", tmp_path / "badges")
    assert ran.code == 0
    assert sorted(row[3] for row in ran.rows) == ["Deep", "Upper"]


def test_a_folder_without_badges_is_not_found(empty: Cli, tmp_path: Path):
    (tmp_path / "holiday").mkdir()
    ran = empty("import", tmp_path / "holiday")
    assert ran.code == 5
    assert "holds no file that could be a badge" in ran.err


def test_a_dash_reads_stdin(empty: Cli):
    ran = empty("import", "-", stdin=signed_badge())
    assert (ran.code, ran.rows[0][1:]) == (0, ["valid", "new", "Woodwork", "-"])


def test_only_one_input_can_be_stdin(empty: Cli):
    ran = empty("import", "-", "-", stdin=signed_badge())
    assert (ran.code, "only one input can be -" in ran.err) == (2, True)


def test_passphrase_and_badge_cannot_both_come_from_stdin(empty: Cli):
    ran = empty("import", "-", "--passphrase-file", "-", stdin=signed_badge())
    assert ran.code == 2
    assert "both the input - and --passphrase-file -" in ran.err
    assert names(empty) == []


def test_stdin_that_is_the_terminal_is_not_waited_for(empty: Cli):
    ran = empty("import", "-", stdin_terminal=True)
    assert (ran.code, "stdin is the terminal" in ran.err) == (2, True)


def test_an_https_address_is_fetched_through_the_port(empty: Cli):
    asked = []

    def fetch(url: str) -> Document:
        asked.append(url)
        return Document(url, signed_badge(), "application/json", "fetched")

    ran = empty("import", "https://harbour.example/b", network=lambda: fetch)
    assert (ran.code, asked) == (0, ["https://harbour.example/b"])
    assert ran.rows[0][4] == "https://harbour.example/b"


def test_offline_no_address_is_fetched(empty: Cli):
    def fetch(url: str) -> Document:
        raise AssertionError(url)

    ran = empty(
        "import", "https://harbour.example/b", "--offline", network=lambda: fetch
    )
    assert (ran.code, "was not fetched: offline" in ran.err) == (4, True)


def test_a_presentation_is_taken_apart_and_its_badges_are_stored(empty: Cli):
    parts = [sign(document(101, name="One")), sign(document(102, name="Two"))]
    ran = empty("import", "-", stdin=presentation(*parts))
    assert ran.code == 0
    assert [row[1:4] for row in ran.rows] == [
        ["valid", "new", "One"],
        ["valid", "new", "Two"],
    ]
    assert json.loads(empty("show", "One", "--raw").raw) == parts[0]


def test_a_part_that_is_unreadable_is_said_and_the_rest_is_stored(empty: Cli):
    stdin = presentation(sign(document(101, name="One")), "nonsense")
    ran = empty("import", "-", stdin=stdin)
    assert ran.code == 3
    assert [row[1:4] for row in ran.rows] == [
        ["malformed", "no", "presentation"],
        ["valid", "new", "One"],
    ]
    assert "-: structure: verifiableCredential 1 is no object" in ran.err
    assert names(empty) == ["One"]


def test_an_envelope_without_badges_is_not_passed_over_in_silence(empty: Cli):
    ran = empty("import", "-", stdin=presentation())
    assert (ran.code, names(empty)) == (3, [])
    assert "-: a presentation that holds no credential" in ran.err


def test_the_same_badge_again_is_found_again(empty: Cli, tmp_path: Path):
    path = good(tmp_path)
    (first,) = empty("import", path).rows
    (second,) = empty("import", path).rows
    assert (first[2], second[2]) == ("new", "duplicate")
    assert first[0] == second[0]
    assert names(empty) == ["Woodwork"]


def test_a_newer_copy_takes_the_place_of_the_old_one(empty: Cli, tmp_path: Path):
    empty("import", good(tmp_path), "--tag", "work")
    newer = signed_badge(name="Woodwork II", validFrom="2026-03-01T00:00:00Z")
    ran = empty("import", "-", stdin=newer)
    assert ran.rows[0][2] == "replaced"
    assert names(empty) == ["Woodwork II"]
    assert empty("show", "Woodwork II", "--raw").raw == newer
    (row,) = empty("list", "--json").data["credentials"]
    assert row["tags"] == ["work"]


def test_an_older_copy_changes_nothing(empty: Cli, tmp_path: Path):
    empty("import", good(tmp_path))
    older = signed_badge(name="Old", validFrom="2025-03-01T00:00:00Z")
    report = empty("import", "-", "--json", stdin=older).data["reports"][0]
    assert (report["stored"], report["storedWhy"]) == ("duplicate", "not-newer")
    assert names(empty) == ["Woodwork"]


def test_a_dry_run_reports_and_stores_nothing(empty: Cli, tmp_path: Path):
    ran = empty("import", good(tmp_path), "--dry-run")
    assert (ran.code, ran.rows[0][:3]) == (0, ["-", "valid", "no"])
    assert names(empty) == []


def test_a_dry_run_makes_no_wallet(cli: Cli, tmp_path: Path):
    assert cli("import", good(tmp_path), "--dry-run").code == 0
    assert not cli.home.exists()


def test_an_invalid_badge_is_reported_and_not_stored(empty: Cli, tmp_path: Path):
    ran = empty("import", tampered(tmp_path), good(tmp_path))
    assert ran.code == 3
    assert [row[1:3] for row in ran.rows] == [["invalid", "no"], ["valid", "new"]]
    assert "proof: the eddsa-rdfc-2022 signature does not fit" in ran.err
    assert names(empty) == ["Woodwork"]


def test_an_invalid_badge_is_kept_if_the_learner_says_so(empty: Cli, tmp_path: Path):
    ran = empty("import", tampered(tmp_path), "--keep-invalid")
    assert (ran.code, ran.rows[0][1:3]) == (3, ["invalid", "new"])
    assert names(empty) == ["Master of Everything"]


def test_atomic_stores_nothing_if_one_is_bad(empty: Cli, tmp_path: Path):
    ran = empty("import", "--atomic", good(tmp_path), tampered(tmp_path))
    assert ran.code == 3
    assert [row[2] for row in ran.rows] == ["no", "no"]
    assert "nothing was stored: --atomic" in ran.err
    assert names(empty) == []


def test_atomic_stores_all_if_none_is_bad(empty: Cli, tmp_path: Path):
    ran = empty("import", "--atomic", good(tmp_path, 101), good(tmp_path, 102))
    assert (ran.code, [row[2] for row in ran.rows]) == (0, ["new", "new"])


def test_atomic_takes_a_signed_envelope_of_an_unknown_holder(empty: Cli):
    stdin = json.loads(presentation(sign(document(101, name="One"))))
    stdin["holder"] = "did:web:nobody.example"
    stdin["proof"] = sign(document(102))["proof"]
    stdin["proof"]["verificationMethod"] = "did:web:nobody.example#key-1"
    ran = empty("import", "-", "--atomic", stdin=json.dumps(stdin).encode())
    assert [row[1:4] for row in ran.rows] == [
        ["undetermined", "no", "presentation"],
        ["valid", "new", "One"],
    ]
    assert ran.code == 4


def test_an_unreadable_file_is_one_line_and_the_rest_goes_on(
    empty: Cli, tmp_path: Path
):
    junk = tmp_path / "holiday.png"
    junk.write_bytes(b"\x89PNG\r\n\x1a\n and then something else")
    ran = empty("import", junk, good(tmp_path))
    assert ran.code == 3
    assert [row[3] for row in ran.rows] == ["Woodwork"]
    (line,) = [line for line in ran.err.splitlines() if "error:" in line]
    assert line.startswith(f"credwallet: error: {junk}: ")
    assert line.endswith("not a credential: the picture breaks off at byte 8")
    (problem,) = empty("import", junk, "--json").json["problems"]
    for format_ in ("json-ld", "vc-jwt", "png", "svg"):
        assert f"{format_}: " in problem["detail"]
    assert names(empty) == ["Woodwork"]


def test_an_unreadable_file_has_a_report_with_all_its_checks(empty: Cli):
    (report,) = empty("import", "-", "--json", stdin=b"junk").data["reports"]
    assert (report["verdict"], report["stored"]) == ("malformed", "no")
    outcomes = {check["check"]: check["outcome"] for check in report["checks"]}
    assert outcomes.pop("structure") == "failed"
    assert set(outcomes.values()) == {"skipped"}
    assert report["checks"][0]["problems"][0]["nextStep"]


def test_a_missing_file_does_not_stop_the_others(empty: Cli, tmp_path: Path):
    ran = empty("import", tmp_path / "none.json", good(tmp_path))
    assert (ran.code, ran.rows[0][2]) == (5, "new")
    assert "there is no file" in ran.err


def test_only_unreadable_files_make_no_wallet(cli: Cli):
    assert cli("import", "-", stdin=b"junk").code == 3
    assert not cli.home.exists()


def test_tags_are_put_on_all_of_them(empty: Cli, tmp_path: Path):
    empty("import", good(tmp_path), "--tag", "work", "--tag", "2026")
    (row,) = empty("list", "--json").data["credentials"]
    assert row["tags"] == ["work", "2026"]


@pytest.mark.parametrize("tag", ["", " ", "a\nb", "x" * 65])
def test_a_tag_that_is_none_is_refused_before_anything_is_stored(
    empty: Cli, tmp_path: Path, tag: str
):
    ran = empty("import", good(tmp_path), "--tag", tag)
    assert (ran.code, names(empty)) == (2, [])


def test_what_cannot_be_told_is_stored_as_undetermined(empty: Cli, tmp_path: Path):
    ran = empty("import", undetermined(tmp_path))
    assert (ran.code, ran.rows[0][1:3]) == (4, ["undetermined", "new"])
    assert "status:" in ran.err


def test_documents_settle_what_could_not_be_told(empty: Cli):
    path = SAMPLES / "badges" / "python-for-analysis.jwt"
    assert empty("import", path, "--offline").code == 4
    ran = empty("import", path, "--offline", "--documents", DOCUMENTS, "--json")
    (report,) = ran.data["reports"]
    assert (ran.code, report["verdict"], report["stored"]) == (0, "valid", "duplicate")
    notes = " ".join(check["note"] for check in report["checks"])
    assert "supplied" in notes


def test_a_context_among_the_documents_serves_as_one_and_that_is_said(
    empty: Cli, tmp_path: Path
):
    url = "https://harbour.example/context.json"
    context = {"@context": {"dexterity": "https://harbour.example/terms#dexterity"}}
    raw = json.dumps(context).encode()
    badge = document(dexterity="high")
    badge["@context"].append(url)
    known = Contexts.bundled().with_supplied({url: raw})
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(signed(badge, HARBOUR_KEY, METHOD, contexts=known)))
    (tmp_path / "context.json").write_bytes(raw)
    documents = tmp_path / "map.json"
    documents.write_text(json.dumps({url: "context.json"}))
    without = empty("import", path, "--dry-run")
    assert (without.code, without.rows[0][1]) == (4, "undetermined")
    assert f"context {url} is not known" in without.err
    ran = empty("import", path, "--documents", documents, "--json")
    (report,) = ran.data["reports"]
    assert (ran.code, report["verdict"]) == (0, "valid")
    assert f"contexts that you supplied: {url}" in report["checks"][1]["note"]


@pytest.mark.parametrize("argv", [["import", "-"], ["verify", "-"]])
def test_more_than_10_mib_on_stdin_is_no_badge(empty: Cli, argv: list[str]):
    ran = empty(*argv, stdin=b" " * (10 * 1024 * 1024 + 1))
    assert (ran.code, ran.out) == (3, "")
    assert "stdin holds more than 10 MiB" in ran.err


def test_one_that_says_too_much_does_not_keep_the_others_out(
    empty: Cli, tmp_path: Path
):
    endless = "x" * (9 * 1024 * 1024 // 4)
    first = good(tmp_path, 101, name=endless, issuer_name=endless)
    ran = empty("import", first, good(tmp_path, 102), "--quiet")
    assert ran.code == 3
    assert "good-101.json was not stored" in ran.err
    assert names(empty) == ["Woodwork"]


def test_atomic_takes_one_batch_at_most(empty: Cli, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    two = [good(tmp_path, 101), good(tmp_path, 102)]
    assert empty("import", "--atomic", *two).code == 2
    assert names(empty) == []
    assert empty("import", *two).code == 0
    assert len(names(empty)) == 2


@pytest.mark.parametrize(
    ("content", "code", "what"),
    [
        (b"not json", 2, "map.json"),
        (b"[]", 2, "is no JSON object"),
        (b'{"https://a.example": 3}', 2, "https://a.example names no file"),
        (b'{"https://a.example": "missing.json"}', 5, "missing.json"),
        (b'{"https://a.example": "a\\u0000b"}', 11, "cannot be read"),
    ],
)
def test_a_map_of_documents_that_is_none_is_refused(
    empty: Cli, tmp_path: Path, content: bytes, code: int, what: str
):
    path = tmp_path / "map.json"
    path.write_bytes(content)
    ran = empty("import", good(tmp_path), "--documents", path)
    assert (ran.code, what in ran.err, ran.out) == (code, True, "")
    assert "credwallet: hint: " in ran.err
    assert names(empty) == []


def test_the_gravest_of_several_inputs_decides_the_exit_code(
    empty: Cli, tmp_path: Path
):
    soft = [good(tmp_path), undetermined(tmp_path), tmp_path / "none.json"]
    old = good(tmp_path, 101, until="2026-02-02T00:00:00Z")
    assert empty("import", *soft, "--dry-run").code == 4
    assert empty("import", *soft, old, "--dry-run").code == 8
    assert empty("import", *soft, old, tampered(tmp_path), "--dry-run").code == 3


def test_the_moment_of_receipt_is_that_of_the_clock(empty: Cli, tmp_path: Path):
    then = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
    empty("import", good(tmp_path), now=then)
    data = empty("show", "Woodwork", "--json").data
    assert data["receivedAt"] == "2026-05-06T07:08:09Z"
    assert data["checkedAt"] == "2026-05-06T07:08:09+00:00"


def test_a_file_name_that_is_not_utf_8_is_no_obstacle(empty: Cli, tmp_path: Path):
    folder = tmp_path / "odd"
    folder.mkdir()
    name = str(folder).encode() + b"/caf\xe9.json"
    Path(name.decode("utf-8", "surrogateescape")).write_bytes(signed_badge())
    ran = empty("import", folder, "--json")
    assert ran.code == 0
    assert ran.data["reports"][0]["source"].endswith("caf\\xe9.json")
    assert "caf\\xe9.json" in empty("show", "Woodwork").out
    missing = empty("verify", "./caf\udce9.json", "--json")
    assert (missing.code, missing.data["reports"][0]["source"]) == (
        5,
        "caf\\xe9.json",
    )


def test_a_name_longer_than_any_file_name_is_only_not_found(empty: Cli):
    ran = empty("import", "x" * 5000)
    assert ran.code in (5, 11)
    assert "Traceback" not in ran.err
    assert empty("verify", "x" * 5000).code == 5


def test_quiet_does_not_hide_why_a_badge_is_refused(cli: Cli, tmp_path: Path):
    path = tampered(tmp_path)
    ran = cli("import", path, "--quiet")
    assert ran.code == 3
    assert f"credwallet: error: {path}: proof: " in ran.err
    ran = cli("import", good(tmp_path), "--quiet")
    assert (ran.code, ran.err) == (0, "")


def test_an_import_of_several_ends_with_what_became_of_them(empty: Cli, tmp_path: Path):
    here = good(tmp_path)
    empty("import", here)
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    later = good(tmp_path, 7, name="Later")
    ran = empty("import", here, tampered(tmp_path), broken, later)
    assert ran.err.splitlines()[-2:] == [
        "credwallet: 1 new, 1 there already, 2 refused",
        "credwallet: hint: see them: credwallet list",
    ]
    assert "there already" not in empty("import", here).err
    assert "there already" not in empty("import", here, later, "--quiet").err


def test_a_hint_that_holds_for_several_is_given_once(empty: Cli, tmp_path: Path):
    paths = [tmp_path / name for name in ("a", "b")]
    for path in paths:
        path.mkdir()
        tampered(path)
    ran = empty("import", *paths)
    assert ran.err.count("error:") == 2
    hints = [line for line in ran.err.splitlines() if "hint:" in line]
    assert len(hints) == len(set(hints)) == 1

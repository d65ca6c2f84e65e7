"""Does `export` give every badge back byte for byte, and overwrite nothing?"""

from pathlib import Path

import pytest

from tests.cli.badges import good
from tests.cli.runner import SAMPLES, Cli

STORED = {
    path.name: path.read_bytes()
    for path in (SAMPLES / "badges").iterdir()
    if path.name != "data-ethics.json"
}


def written(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.iterdir()}


def test_everything_comes_out_as_it_went_in(filled: Cli, tmp_path: Path):
    out = tmp_path / "out"
    ran = filled("export", "--all", "--out", out)
    assert ran.code == 0
    assert written(out) == set(STORED.values())
    assert {row[0] for row in ran.rows} == {str(path) for path in out.iterdir()}


def test_what_is_exported_can_be_imported_elsewhere(filled: Cli, tmp_path: Path):
    filled("export", "--all", "--out", tmp_path / "out")
    other = Cli(tmp_path / "other")
    other.folder.mkdir()
    other("import", tmp_path / "out")
    names = [row["name"] for row in other("list", "--json").data["credentials"]]
    assert names == [
        row["name"] for row in filled("list", "--json").data["credentials"]
    ]


@pytest.mark.parametrize("out", [[], ["--out", "-"]])
def test_one_credential_goes_to_stdout(filled: Cli, out: list[str]):
    ran = filled("export", "Honest Charts", *out)
    assert (ran.code, ran.raw, ran.err) == (0, STORED["honest-charts.png"], "")


def test_one_credential_goes_to_the_file_that_was_named(filled: Cli, tmp_path: Path):
    path = tmp_path / "new" / "mine.png"
    ran = filled("export", "Honest Charts", "--out", path, "--json")
    assert path.read_bytes() == STORED["honest-charts.png"]
    assert ran.data["files"] == [
        {
            "handle": filled.handle("Honest Charts"),
            "path": str(path),
            "mediaType": "image/png",
            "bytes": len(STORED["honest-charts.png"]),
        }
    ]


def test_a_file_that_is_there_is_not_overwritten(filled: Cli, tmp_path: Path):
    path = tmp_path / "mine.png"
    path.write_bytes(b"precious")
    ran = filled("export", "Honest Charts", "--out", path)
    assert (ran.code, path.read_bytes()) == (2, b"precious")
    assert "--force" in ran.err


def test_unless_it_is_forced(filled: Cli, tmp_path: Path):
    path = tmp_path / "mine.png"
    path.write_bytes(b"precious" * 1000)
    assert filled("export", "Honest Charts", "--out", path, "--force").code == 0
    assert path.read_bytes() == STORED["honest-charts.png"]


def test_if_one_file_is_there_none_is_written(filled: Cli, tmp_path: Path):
    out = tmp_path / "out"
    filled("export", "Statistics One", "--out", out)
    (there,) = out.iterdir()
    there.write_bytes(b"precious")
    assert filled("export", "--all", "--out", out).code == 2
    assert written(out) == {b"precious"}


def test_a_link_is_not_followed(filled: Cli, tmp_path: Path):
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    link = tmp_path / "mine.png"
    link.symlink_to(target)
    ran = filled("export", "Honest Charts", "--out", link, "--force")
    assert (ran.code, target.read_bytes()) == (11, b"precious")


def test_two_of_the_same_name_become_two_files(filled: Cli, tmp_path: Path):
    filled("import", good(tmp_path, name="Cleaning Data"))
    out = tmp_path / "out"
    assert filled("export", "--all", "--out", out).code == 0
    assert len(list(out.iterdir())) == 6


def test_the_trash_is_not_exported_with_everything(filled: Cli, tmp_path: Path):
    filled("remove", "Honest Charts")
    filled("export", "--all", "--out", tmp_path / "out")
    assert STORED["honest-charts.png"] not in written(tmp_path / "out")


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["--all", "Honest Charts", "--out", "x"],
        ["--all"],
        ["Honest Charts", "Cleaning Data"],
        ["Honest Charts", "--json"],
    ],
)
def test_a_request_that_makes_no_sense_is_refused(filled: Cli, argv: list[str]):
    ran = filled("export", *argv)
    assert ran.code == 2
    assert "credwallet: hint: " in ran.err or "nextStep" in ran.out


def test_a_folder_that_cannot_be_written_is_a_storage_failure(
    filled: Cli, tmp_path: Path
):
    (tmp_path / "file").write_text("no folder")
    ran = filled("export", "Honest Charts", "--out", tmp_path / "file" / "x.png")
    assert (ran.code, "cannot be written" in ran.err) == (11, True)


def test_several_do_not_go_into_what_looks_like_a_file(filled: Cli, tmp_path: Path):
    ran = filled("export", "--all", "--out", tmp_path / "both.json")
    assert (ran.code, ran.out) == (2, "")
    assert f"name a folder: --out {tmp_path / 'both'}" in ran.err
    assert not (tmp_path / "both.json").exists()
    (tmp_path / "both.json").mkdir()
    assert filled("export", "--all", "--out", tmp_path / "both.json").code == 0


def test_a_folder_that_is_made_is_named(filled: Cli, tmp_path: Path):
    out = tmp_path / "new" / "deeper"
    ran = filled("export", "--all", "--out", out)
    assert f"making the folder {tmp_path / 'new'}" in ran.err
    assert "making" not in filled("export", "--all", "--out", out, "--force").err


def test_a_name_that_promises_something_else_is_told(filled: Cli, tmp_path: Path):
    handle = filled.handle("Honest Charts")
    ran = filled("export", handle, "--out", tmp_path / "charts.pdf")
    assert ran.code == 0
    assert "holds a PNG picture, whatever its name says" in ran.err
    ran = filled("export", "--all", "--format", "lcw", "--out", tmp_path / "w.zip")
    assert "the usual ending is .tar" in ran.err
    ran = filled("export", "--all", "--format", "lcw", "--out", tmp_path / "w.tar")
    assert "the usual ending" not in ran.err

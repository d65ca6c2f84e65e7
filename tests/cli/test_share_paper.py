"""Pictures and certificates by the command line: made, refused, and read back."""

from pathlib import Path

import pikepdf
import pytest

from credwallet.cli.output import ExitCode
from credwallet.share import drawing
from tests.cli.badges import good
from tests.cli.runner import Cli
from tests.formats.making import png

PAGE = "https://v.example/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'


@pytest.fixture
def held(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A wallet with one valid badge; runs in its folder."""
    monkeypatch.chdir(cli.folder)
    assert cli("import", good(cli.folder), "--offline").code == 0
    (cli.folder / "old.png").write_bytes(png())
    (cli.folder / "old.svg").write_bytes(SVG)
    return cli


def share(cli: Cli, *wanted: object, **how):
    return cli("share", "Woodwork", *wanted, "--yes", **how)


def verdict(cli: Cli, name: str) -> str:
    ran = cli("verify", name, "--offline", "--json")
    (report,) = ran.data["reports"]
    return str(report["verdict"])


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_credential_is_baked_and_read_back(held, kind):
    ran = share(held, "--bake", f"old.{kind}", "--out", f"new.{kind}", "--json")
    media_type = {"png": "image/png", "svg": "image/svg+xml"}[kind]
    assert ran.data["files"][0]["mediaType"] == media_type
    assert verdict(held, f"new.{kind}") == "valid"
    ran = held("import", f"new.{kind}", "--offline")
    assert ran.code == ExitCode.OK


def test_the_picture_is_listed_before_it_leaves(held):
    ran = share(held, "--bake", "old.png", "--out", "new.png")
    assert "your picture" in ran.err


def test_a_picture_in_a_folder_is_named_after_the_badge(held):
    (held.folder / "out").mkdir()
    share(held, "--bake", "old.png", "--out", "out")
    assert (held.folder / "out" / "woodwork.png").exists()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (("--bake", "missing.png"), "there is no file missing.png"),
        (("--bake", "empty.png"), "empty.png is empty"),
        (("--bake", "photo.jpg"), "a JPEG picture"),
        (("--bake", "broken.png"), "breaks off"),
        (("--bake", "old.png", "--qr", "png"), "is a file"),
        (("--bake", "old.png", "--as", "linkedin"), "is a file"),
        (("--as", "pdf", "--qr", "png"), "does not go into a QR code"),
        (("--as", "pdf", "--font", "missing.ttf"), "there is no font missing.ttf"),
        (("--as", "pdf", "--font", "photo.jpg"), "photo.jpg is no font"),
        (("--as", "pdf", "--page", "ftp://x"), "is not the https address"),
    ],
)
def test_what_makes_no_sense_is_one_line_with_what_to_do(held, wanted, said):
    (held.folder / "empty.png").write_bytes(b"")
    (held.folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (held.folder / "broken.png").write_bytes(png()[:-6])
    before = set(held.folder.rglob("*"))
    ran = share(held, *wanted, "--out", "out.bin", "--quiet")
    assert ran.code != ExitCode.OK
    assert said in ran.err
    assert ran.err.count("error:") == 1
    assert "hint:" in ran.err
    assert set(held.folder.rglob("*")) == before


def test_a_file_that_is_there_is_not_overwritten(held):
    ran = share(held, "--bake", "old.png", "--out", "old.svg")
    assert ran.code == ExitCode.USAGE
    assert (held.folder / "old.svg").read_bytes() == SVG


def test_a_certificate_is_made_and_read_back(held):
    ran = share(held, "--as", "pdf", "--page", PAGE, "--out", "c.pdf", "--json")
    assert ran.data["files"][0]["mediaType"] == "application/pdf"
    with pikepdf.open(held.folder / "c.pdf") as read:
        ((name, attached),) = read.attachments.items()
        raw = (held.folder / "good-100.json").read_bytes()
        assert attached.get_file().read_bytes() == raw
        assert name == "woodwork.json"
    assert verdict(held, "c.pdf") == "valid"
    ran = held("import", "c.pdf", "--offline")
    assert ran.code == ExitCode.OK


def test_a_certificate_that_was_changed_is_invalid(held):
    share(held, "--as", "pdf", "--out", "c.pdf")
    with pikepdf.open(held.folder / "c.pdf") as read:
        attached = read.attachments["woodwork.json"].get_file().read_bytes()
        del read.attachments["woodwork.json"]
        spec = pikepdf.AttachedFileSpec(read, attached.replace(b"chairs", b"houses"))
        read.attachments["woodwork.json"] = spec
        read.save(held.folder / "changed.pdf")
    assert verdict(held, "changed.pdf") == "invalid"


def test_a_certificate_does_not_go_to_the_terminal(held):
    ran = share(held, "--as", "pdf", terminal=True)
    assert ran.code == ExitCode.USAGE
    assert "a PDF does not go to the terminal" in ran.err
    assert "--out woodwork.pdf" in ran.err
    assert share(held, "--as", "pdf").raw.startswith(b"%PDF-")


def test_the_date_of_a_certificate_is_that_of_the_run(held):
    first = share(held, "--as", "pdf").raw
    assert share(held, "--as", "pdf").raw == first
    assert b"D:20261125120000" in first


def test_a_name_in_another_script_is_told_what_font_to_bring(cli, monkeypatch):
    monkeypatch.chdir(cli.folder)
    cli("import", good(cli.folder, name="木工"), "--offline")
    ran = cli("share", "木工", "--as", "pdf", "--out", "c.pdf", "--yes", "--quiet")
    assert ran.code == ExitCode.USAGE
    assert "木 (U+6728" in ran.err
    assert "--font FILE" in ran.err
    assert not Path("c.pdf").exists()


@pytest.mark.parametrize("form", ["png", "svg", "term"])
def test_a_code_that_was_drawn_wrong_is_not_handed_out(held, monkeypatch, form):
    drawn = {name: getattr(drawing, name) for name in ("png", "svg", "terminal")}
    broken = "terminal" if form == "term" else form

    def wrong(made, **how):
        rows = tuple(tuple(not cell for cell in row) for row in made.modules)
        return drawn[broken](made._replace(modules=rows), **how)

    # The check draws as well, so only the first drawing is wrong.
    def once(made, **how):
        monkeypatch.setattr(drawing, broken, drawn[broken])
        return wrong(made, **how)

    monkeypatch.setattr(drawing, broken, once)
    wanted = ("--as", "link", "--page", PAGE, f"--qr={form}")
    ran = share(held, *wanted, "--quiet")
    assert ran.code != ExitCode.OK
    assert ran.raw == b""
    assert "it is not handed out" in ran.err
    assert share(held, *wanted, "--quiet").code == ExitCode.OK

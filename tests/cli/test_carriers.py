"""Are badges read back out of web pages and PDFs that carry them?"""

import io
import zlib
from pathlib import Path

import pytest

from credwallet.errors import Unreadable
from credwallet.formats import html_page, pdf_file
from credwallet.share import link
from credwallet.share.carried import Carried
from tests.cli.badges import signed_badge, tampered
from tests.cli.runner import Cli
from tests.cli.test_zip import packed


def linked(number: int = 7, **changes) -> str:
    """Write a link that carries a badge, as `share --as link` does."""
    text = Carried("j", signed_badge(number, **changes).decode()).text
    return link.encode(Carried("j", text), page="https://page.example/v")


def page(*links: str) -> bytes:
    anchors = "".join(f'<p><a href="{each}">a badge</a>' for each in links)
    return f"<!DOCTYPE html>\n<html lang=en><title>Mine</title>{anchors}".encode()


def stream(content: bytes, entries: str = "", *, length: int | None = None) -> bytes:
    """Write an object of a PDF that holds an attached file."""
    length = len(content) if length is None else length
    head = f"7 0 obj\n<< /Type /EmbeddedFile {entries} /Length {length} >>\nstream\n"
    return head.encode() + content + b"\nendstream\nendobj\n"


def pdf(*objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"".join(objects) + b"trailer << >>\n%%EOF\n"


def flate(content: bytes) -> bytes:
    return stream(zlib.compress(content), "/Filter /FlateDecode")


def at(cli: Cli, name: str, data: bytes) -> Path:
    path = cli.folder / name
    path.write_bytes(data)
    return path


def attached(data: bytes) -> list[bytes | str]:
    return [
        each if isinstance(each, bytes) else each.what
        for each in pdf_file.attachments(data)
    ]


# Web pages.


def test_a_page_with_one_link_of_ours_is_imported_without_network(empty: Cli):
    path = at(empty, "mine.html", page(linked()))
    ran = empty("import", path, "--offline")
    assert (ran.code, ran.rows[0][1:]) == (0, ["valid", "new", "Woodwork", str(path)])


def test_a_page_of_several_credentials_is_taken_apart(cli: Cli):
    two = linked(8, name="Metalwork")
    path = at(cli, "portfolio.html", page(linked(), two, linked()))
    ran = cli("verify", path)
    assert {(row[0], row[1]) for row in ran.rows} == {
        (f"{path}:1", "valid"),
        (f"{path}:2", "valid"),
    }


def test_what_was_changed_in_a_page_is_invalid(cli: Cli):
    text = tampered(cli.folder).read_text()
    changed = link.encode(Carried("j", text), page="https://page.example/v")
    ran = cli("verify", at(cli, "mine.html", page(changed)))
    assert (ran.code, ran.rows[0][1]) == (3, "invalid")


def test_a_page_without_a_credential_is_said_with_what_to_do(cli: Cli):
    ran = cli("verify", at(cli, "login.html", page("https://issuer.example/#top")))
    assert (ran.code, ran.out) == (3, "")
    assert "a web page that carries no credential" in ran.err
    assert "hint: give the page's address" in ran.err


def test_a_link_that_was_cut_does_not_stop_the_others(cli: Cli):
    path = at(cli, "mine.html", page(linked()[:-30], linked(8)))
    ran = cli("verify", path)
    assert (ran.code, ran.rows[0][:2]) == (3, [f"{path}:2", "valid"])
    assert f"{path}:1: the link is damaged or was cut" in ran.err


def test_a_page_of_a_thousand_links_is_one_line(cli: Cli):
    links = [f"https://p.example/#c=j.{number}" for number in range(1000)]
    ran = cli("verify", at(cli, "many.html", page(*links)))
    assert (ran.code, ran.err.count("error:")) == (3, 1)
    assert "more than 100 credentials" in ran.err


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!doctype HTML><p>", True),
        (b"\xef\xbb\xbf\n<html>", True),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        (b"<htmlx>", False),
        (b'{"a": "<html>"}', False),
        (b"", False),
    ],
)
def test_a_page_is_told_by_its_start(data: bytes, *, expected: bool):
    assert html_page.sniff(data) is expected


# PDFs.


def test_a_badge_that_is_attached_to_a_pdf_is_imported(empty: Cli):
    path = at(empty, "certificate.pdf", pdf(flate(signed_badge(7))))
    ran = empty("import", path, "--offline")
    source = f"{path}:attachment 1"
    assert (ran.code, ran.rows[0][1:]) == (0, ["valid", "new", "Woodwork", source])
    assert empty("show", "Woodwork", "--raw").raw == signed_badge(7)


def test_a_pdf_without_attachment_is_said(cli: Cli):
    ran = cli("verify", at(cli, "letter.pdf", pdf(b"1 0 obj\n<< >>\nendobj\n")))
    assert (ran.code, "a PDF without an attached badge" in ran.err) == (3, True)
    locked = pdf(b"1 0 obj\n<< /Encrypt 2 0 R >>\nendobj\n")
    ran = cli("verify", at(cli, "locked.pdf", locked))
    assert (ran.code, "is encrypted" in ran.err) == (3, True)


@pytest.mark.parametrize(
    "entries",
    ["", "/Filter []", "/Subtype /application#2Fjson", "/Subtype /text#2Fplain"],
)
def test_a_stream_is_taken_as_it_stands(entries: str):
    assert attached(pdf(stream(b"{}", entries))) == [b"{}"]


def test_a_stream_without_a_right_length_ends_at_its_last_word():
    assert attached(pdf(stream(b"{1}", length=1))) == [b"{1}"]
    assert attached(pdf(stream(b"{2}", length=10**8))) == [b"{2}"]
    indirect = stream(b"{3}").replace(b"/Length 3", b"/Length 9 0 R")
    assert attached(pdf(indirect)) == [b"{3}"]


def test_files_that_are_certainly_no_badge_are_left_alone():
    invoice = stream(b"<x/>", "/Subtype /application#2Fxml")
    assert attached(pdf(invoice, flate(b"{}"))) == [b"{}"]
    with pytest.raises(Unreadable, match="without an attached badge"):
        attached(pdf(invoice))


def test_an_attachment_in_an_unknown_encoding_is_named():
    chain = stream(b"x", "/Filter [/ASCII85Decode /FlateDecode]")
    other = stream(b"x", "/Filter /LZWDecode")
    assert attached(pdf(chain, other)) == ["it is compressed in an unknown way"] * 2


def test_a_bomb_is_refused():
    bomb = flate(b" " * 11_000_000)
    assert attached(pdf(bomb)) == ["it is larger than 10 MiB, no credential is"]


def test_many_large_credentials_in_one_file_are_not_all_read(cli: Cli):
    large = b'{"a": "' + b"x" * 6_000_000 + b'"}'
    many = pdf(*(flate(large) for _ in range(20)))
    links = [
        link.encode(Carried("j", f'{{"{n}": "{"x" * 6_000_000}"}}'), page="https://a.b")
        for n in range(20)
    ]
    for name, data in (("many.pdf", many), ("many.html", page(*links))):
        ran = cli("verify", at(cli, name, data))
        assert (ran.code, ran.err.count("error:")) == (3, 3)
        assert "holds more than 16 MiB: nothing from here on was read" in ran.err


def test_many_attachments_are_refused():
    with pytest.raises(Unreadable, match="more than 100 attached files"):
        attached(pdf(*(stream(b"{}") for _ in range(101))))
    with pytest.raises(Unreadable, match="more than 100 attached files"):
        attached(b"%PDF-1.7\n" + b"/EmbeddedFile " * 500_000)


def test_a_changed_byte_raises_nothing_but_a_refusal():
    data = pdf(flate(b'{"a": 1}' * 3), stream(b"{}"))
    for place in range(len(data)):
        for changed in (data[:place], data[:place] + b"\xff" + data[place + 1 :]):
            try:
                attached(changed)
            except Unreadable as error:
                assert error.what  # noqa: PT017 -- some are refused, others are not


def test_what_another_program_attaches_is_found():
    fpdf = pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    document = fpdf.FPDF()
    document.add_page()
    document.embed_file(basename="badge.json", bytes=signed_badge(7))
    assert attached(bytes(document.output())) == [signed_badge(7)]


def test_what_a_second_program_attaches_is_found():
    pikepdf = pytest.importorskip("pikepdf", reason="the extra pdf is not installed")
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["badge.json"] = pikepdf.AttachedFileSpec(
        document, signed_badge(7), mime_type="application/vc+ld+json"
    )
    buffer = io.BytesIO()
    modes = pikepdf.ObjectStreamMode
    for mode in (modes.disable, modes.generate):
        buffer = io.BytesIO()
        document.save(buffer, object_stream_mode=mode)
        assert attached(buffer.getvalue()) == [signed_badge(7)]


# Among other files.


def test_in_folders_and_archives_only_those_count_that_carry_a_badge(empty: Cli):
    files = {
        "letter.pdf": pdf(b"1 0 obj\n<< >>\nendobj\n"),
        "login.html": page("https://issuer.example/"),
        "certificate.pdf": pdf(flate(signed_badge(7))),
        "mine.html": page(linked(8)),
    }
    folder = empty.folder / "download"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    expected = {"certificate.pdf:attachment 1", "mine.html"}
    path = at(empty, "all.zip", packed(files.items()))
    for source in (folder, path):
        ran = empty("verify", source)
        assert ran.code == 0
        assert {row[0][len(str(source)) + 1 :] for row in ran.rows} == expected
    assert (empty("verify", folder / "letter.pdf")).code == 3

"""Are the badges of a zip archive read in memory, one by one, and nothing else?"""

import io
import struct
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

import pytest

from credwallet.errors import Unreadable
from credwallet.formats import archive
from tests.cli.badges import good, signed_badge, tampered
from tests.cli.runner import SAMPLES, Cli


def packed(files, *, method=zipfile.ZIP_DEFLATED) -> bytes:
    """Pack (name or ZipInfo, bytes) pairs, in order, doubles and all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as into:
        for name, content in files:
            into.writestr(name, content)
    return buffer.getvalue()


def at(folder: Path, files, **options) -> Path:
    path = folder / "badges.zip"
    path.write_bytes(packed(files, **options))
    return path


def unpacked(data: bytes) -> list[tuple[str, bytes | str]]:
    """Unpack ours: names, with the bytes or the reason why there are none."""
    return [
        (name, content if isinstance(content, bytes) else content.what)
        for name, content in archive.members(data)
    ]


def test_the_badges_of_an_archive_go_into_the_wallet(empty: Cli):
    files = [(f"mine/{path.name}", path.read_bytes()) for path in badges()]
    ran = empty("import", at(empty.folder, files), "--offline", "--json")
    assert {row["source"].rpartition(":")[2] for row in ran.data["reports"]} == {
        name for name, _ in files
    }
    assert len(empty("list").rows) == sum(
        row["stored"] == "new" for row in ran.data["reports"]
    )


def badges() -> list[Path]:
    return sorted((SAMPLES / "badges").iterdir())


def test_an_archive_is_verified_without_a_wallet(cli: Cli):
    path = at(cli.folder, [("a.json", signed_badge(1)), ("b.json", signed_badge(2))])
    ran = cli("verify", path)
    assert ran.code == 0
    assert {row[0] for row in ran.rows} == {f"{path}:a.json", f"{path}:b.json"}


def test_a_bad_badge_inside_is_one_line_and_the_rest_goes_on(empty: Cli):
    bad = tampered(empty.folder).read_bytes()
    path = at(
        empty.folder,
        [("a.json", b"{"), ("b.json", bad), ("c.json", signed_badge(3))],
    )
    ran = empty("import", path)
    assert ran.code == 3
    assert len(empty("list").rows) == 1


def test_an_archive_comes_through_a_pipe_too(cli: Cli):
    ran = cli("verify", "-", stdin=packed([("a.json", signed_badge(1))]))
    assert (ran.code, ran.rows[0][0]) == (0, "-:a.json")


def test_what_an_archive_holds_beside_badges_is_left_alone(cli: Cli):
    path = at(
        cli.folder,
        [
            ("folder/", b""),
            ("readme.md", b"hello"),
            ("__MACOSX/._a.json", b"x"),
            (".hidden.json", b"x"),
            ("a.json", signed_badge(1)),
        ],
    )
    ran = cli("verify", path)
    assert {row[0] for row in ran.rows} == {f"{path}:a.json"}


def test_an_archive_without_badges_is_said(cli: Cli):
    ran = cli("verify", at(cli.folder, [("readme.md", b"hello")]))
    assert (ran.code, ran.out) == (3, "")
    assert "without a file that could be a badge" in ran.err


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_member_comes_out_as_the_library_says(method):
    files = [(f"{n}.json", bytes([n]) * n) for n in range(40)] + [("x", b"")]
    data = packed(files, method=method)
    assert unpacked(data) == files


def test_names_in_other_letters_are_read():
    assert unpacked(packed([("Prüfung 漢.json", b"x")])) == [("Prüfung 漢.json", b"x")]


def test_an_archive_written_to_a_pipe_is_read():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("a.json", b"[1]" * 9)
    assert unpacked(pipe.data) == [("a.json", b"[1]" * 9)]


@pytest.mark.parametrize(
    "name",
    [
        "../evil.json",
        "a/../../evil.json",
        "/etc/evil.json",
        "..\\evil.json",
        "\\\\host\\evil.json",
        "C:\\evil.json",
        "C:evil.json",
    ],
)
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(cli: Cli, name: str):
    path = at(cli.folder, [(name, signed_badge(1))])
    before = set(cli.folder.parent.rglob("*"))
    ran = cli("verify", path)
    assert (ran.code, ran.out) == (3, "")
    assert "leads out of the archive" in ran.err
    after = set(cli.folder.parent.rglob("*"))
    # What the run itself needs.
    assert {each.name for each in after - before} <= {"passphrase.txt", "run"}


def test_a_name_cannot_steer_the_terminal(cli: Cli):
    path = at(cli.folder, [("\x1b]0;owned\x07\u202e.json", signed_badge(1))])
    ran = cli("verify", path)
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out + ran.err
    assert r"\x1b]0;owned\x07\u202e" in ran.out


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_both_refused():
    found = unpacked(packed([("a.json", b"1"), ("a.json", b"2"), ("b.json", b"3")]))
    assert ["several files of that name" in str(what) for _, what in found] == [
        True,
        True,
        False,
    ]


def test_a_link_is_refused():
    info = zipfile.ZipInfo("a.json")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    ((_, what),) = unpacked(packed([(info, b"/etc/passwd")]))
    assert what == "it is a link to another file"


def test_an_archive_inside_is_refused_whatever_it_is_called():
    inner = packed([("a.json", b"{}")])
    found = unpacked(packed([("inner.zip", inner), ("b.json", inner)]))
    assert [what for _, what in found] == ["an archive inside the archive"] * 2


def test_an_encrypted_member_is_refused_with_words():
    data = bytearray(packed([("a.json", b"{}")]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    ((_, error),) = archive.members(bytes(data))
    assert isinstance(error, Unreadable)
    assert (error.what, "password" in error.next_step) == ("it is encrypted", True)


def test_a_bomb_is_refused_before_it_is_unpacked():
    ((_, what),) = unpacked(packed([("a.json", b" " * 9_000_000)]))
    assert "packed more than 100 to 1" in str(what)
    ((_, what),) = unpacked(packed([("a.json", b" " * 11_000_000)]))
    assert "larger than 10 MiB" in str(what)


def test_a_member_that_unpacks_to_more_than_it_says_is_refused():
    data = bytearray(packed([("a.json", bytes(range(256)) * 4)]))
    for place in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = (100).to_bytes(4, "little")
    ((_, what),) = unpacked(bytes(data))
    assert "damaged" in str(what)


def test_sixty_four_mebibytes_in_all_are_the_end():
    noise = b"".join(sha256(n.to_bytes(2)).digest() for n in range(4096))
    content = noise.ljust(8 * 1024 * 1024, b"\0")
    body = deflated(content)
    data = raw([(f"{n}.json", body, content) for n in range(12)])
    found = unpacked(data)
    assert [len(content) == 8 * 1024 * 1024 for _, content in found[:8]] == [True] * 8
    assert len(found) == 9
    assert "more than 64 MiB" in str(found[8][1])


def raw(members, *, local=None, offset=None) -> bytes:
    """Write an archive by hand: (name, packed, content), maybe lying."""
    body, listing = b"", b""
    for name, packed_, content in members:
        crc = zlib.crc32(content)
        sizes = struct.pack("<3I", crc, len(packed_), len(content))
        start = len(body) if offset is None else offset
        inner = (local or name).encode()
        body += (
            b"PK\x03\x04"
            + struct.pack("<5H", 20, 0, 8, 0, 0)
            + sizes
            + struct.pack("<2H", len(inner), 0)
            + inner
            + packed_
        )
        listing += (
            b"PK\x01\x02"
            + struct.pack("<6H", 20, 20, 0, 8, 0, 0)
            + sizes
            + struct.pack("<5H2I", len(name), 0, 0, 0, 0, 0, start)
            + name.encode()
        )
    count = len(members)
    return (
        body
        + listing
        + b"PK\x05\x06"
        + struct.pack("<4H2IH", 0, 0, count, count, len(listing), len(body), 0)
    )


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def test_a_header_that_names_another_file_is_refused():
    ((_, what),) = unpacked(raw([("a.json", deflated(b"x"), b"x")], local="b.json"))
    assert "something else than the archive's list" in str(what)


def test_members_that_share_bytes_are_refused():
    files = [(f"{n}.json", deflated(b"x" * 50), b"x" * 50) for n in range(3)]
    assert {str(what) for _, what in unpacked(raw(files, offset=0))} == {
        "it shares bytes with another file of the archive"
    }


def test_twenty_thousand_entries_are_one_line(cli: Cli):
    path = cli.folder / "many.zip"
    path.write_bytes(raw([(f"{n}.json", b"\x03\0", b"") for n in range(20_000)]))
    ran = cli("verify", path)
    assert (ran.code, ran.err.count("error:")) == (3, 1)
    assert "20,000 files: at most 1,000" in ran.err


@pytest.mark.parametrize("cut", [1, 10, 21, 22, 40, 80, 120])
def test_an_archive_that_breaks_off_is_refused(cut: int):
    data = packed([("a.json", signed_badge(1))])
    with pytest.raises(Unreadable, match="damaged"):
        list(archive.members(data[:-cut]))


def test_something_behind_the_end_is_refused():
    with pytest.raises(Unreadable, match="something follows"):
        list(archive.members(packed([("a.json", b"{}")]) + b"x"))


def test_a_changed_byte_raises_nothing_but_a_refusal():
    data = packed([("a.json", b'{"a": 1}' * 9), ("b.json", b"hello")])
    for place in range(len(data)):
        for value in (0, 0x41, 0xFF):
            changed = data[:place] + bytes([value]) + data[place + 1 :]
            try:
                list(archive.members(changed))
            except Unreadable as error:
                assert error.what  # noqa: PT017 -- most are refused, a few are not


def test_an_archive_with_the_same_file_as_a_folder_says_the_same(cli: Cli):
    path = good(cli.folder)
    archived = at(cli.folder, [(path.name, path.read_bytes())])
    one, two = (
        cli("verify", each, "--json").data["reports"][0] for each in (path, archived)
    )
    assert {**one, "source": ""} == {**two, "source": ""}

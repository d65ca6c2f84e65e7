"""Is a tar archive read as `tarfile` reads it, and is what could do harm refused?"""

import contextlib
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.errors import Unreadable
from credwallet.formats.tar_archive import OTHERS, Limits, members, sniff

FORMATS = [tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]
NAMES = st.text("abcdefgh/._-\u00e9\u20ac", min_size=1, max_size=180).filter(
    lambda name: (
        ".." not in name and not name.startswith(("/", "./")) and name[-1] != "/"
    )
)


def packed(files, *, form=tarfile.PAX_FORMAT, **changes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for key, value in changes.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def read(data: bytes, limits: Limits = OTHERS) -> list[tuple[str, bytes | str]]:
    return [
        (name, content if isinstance(content, bytes) else content.what)
        for name, content in members(io.BytesIO(data), limits)
    ]


@pytest.mark.parametrize("form", FORMATS)
@given(files=st.dictionaries(NAMES, st.binary(max_size=1500), min_size=1, max_size=4))
def test_what_tarfile_writes_is_read_back(form, files):
    try:
        data = packed(files.items(), form=form)
    except ValueError:
        return  # a name that this format cannot spell
    assert sniff(data)
    assert dict(read(data)) == files


def test_folders_are_left_out_and_the_dot_in_front_of_names_too():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        folder = tarfile.TarInfo("./credentials")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        info = tarfile.TarInfo("./credentials/a.json")
        info.size = 2
        archive.addfile(info, io.BytesIO(b"{}"))
    assert read(out.getvalue()) == [("credentials/a.json", b"{}")]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "name", ["../a.json", "a/../../b.json", "/etc/a.json", "C:/a.json", "..\\a.json"]
)
def test_a_name_that_leads_out_is_refused(form, name):
    (found,) = read(packed([(name, b"{}")], form=form))
    assert "leads out" in str(found[1])


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "link"),
        (tarfile.CHRTYPE, "device"),
        (tarfile.BLKTYPE, "device"),
        (tarfile.FIFOTYPE, "pipe"),
        (tarfile.GNUTYPE_SPARSE, "holes"),
        (b"D", "unknown kind"),
    ],
)
def test_what_is_no_file_is_refused_and_the_next_one_read(kind, word):
    bad = packed([("bad", b"")], type=kind, linkname="/etc/passwd")[:512]
    found = read(bad + packed([("good", b"1")]))
    assert word in str(found[0][1])
    assert found[1] == ("good", b"1")


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ({"GNU.sparse.major": "1", "GNU.sparse.name": "x"}, "holes"),
        ({"GNU.sparse.size": "99"}, "holes"),
    ],
)
def test_a_sparse_file_in_extended_headers_is_refused(records, word):
    (found,) = read(packed([("x.json", b"{}")], pax_headers=records))
    assert word in str(found[1])


def test_a_size_in_an_extended_header_is_refused():
    record = b"12 size=999\n"
    header = bytearray(packed([("h", record)], form=tarfile.USTAR_FORMAT)[:1024])
    header[156:157] = b"x"
    (found,) = read(summed(header) + packed([("x.json", b"{}")]))
    assert "size stands elsewhere" in str(found[1])


def summed(header: bytearray) -> bytes:
    """Put the checksum right."""
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    return bytes(header)


@pytest.mark.parametrize("text", [b"x", b"99999 path=a\n", b"5 a\n", b"-1 a=b\n"])
def test_a_broken_extended_header_is_refused(text):
    header = bytearray(packed([("h", text)], form=tarfile.USTAR_FORMAT)[:1024])
    header[156:157] = b"x"
    with pytest.raises(Unreadable, match="extended header"):
        read(summed(header) + packed([("x.json", b"{}")]))


def test_the_second_file_of_a_name_is_refused():
    found = read(packed([("a", b"1"), ("b", b"2"), ("a", b"3")]))
    assert found[:2] == [("a", b"1"), ("b", b"2")]
    assert "several files of that name" in str(found[2][1])


def test_a_file_larger_than_a_credential_is_passed_over():
    found = read(packed([("large", bytes(11 << 20)), ("small", b"1")]))
    assert "larger than 10 MiB" in str(found[0][1])
    assert found[1] == ("small", b"1")


def test_reading_stops_at_the_limits():
    data = packed([("a", bytes(600)), ("b", bytes(600))])
    with pytest.raises(Unreadable, match="more than 1 files"):
        read(data, Limits(1, 10_000))
    with pytest.raises(Unreadable, match="holds more than"):
        read(data, Limits(10, 1000))


def test_every_cut_is_noticed():
    data = packed([("a", b"1" * 700), ("b" * 150, b"2")]).rstrip(b"\0")
    for end in range(0, len(data), 97):
        with pytest.raises(Unreadable, match="breaks off"):
            read(data[:end])


def test_every_changed_byte_of_a_header_is_noticed():
    data = packed([("a", b"1")], form=tarfile.USTAR_FORMAT)
    whole = read(data)
    for position in range(0, 512, 7):
        changed = bytearray(data)
        changed[position] ^= 1
        with pytest.raises(Unreadable):
            read(bytes(changed))
    assert whole == [("a", b"1")]


@given(data=st.binary(max_size=2000), at=st.integers(0, 3000))
def test_whatever_is_put_into_it_ends_well_or_with_a_reason(data, at):
    good = packed([("a", b"1" * 700), ("b" * 150, b"2")])
    with contextlib.suppress(Unreadable):
        assert read(good[:at] + data + good[at + len(data) :]) is not None

"""Zip archives of badges that try to write, to lie or to explode (1d)."""

import io
import zipfile
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.hostile.badges import Group, badge, text
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import proven

GROUP = Group("carriers")
ROW = "zip"


def files() -> Iterator[HostileFile]:
    yield from _names()
    yield from _sizes()
    yield from _lies()


def _good() -> bytes:
    return text(proven(badge()))


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Pack members into an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _file(
    name: str, data: bytes, why: str, expect: Any = "reject", **more: Any
) -> HostileFile:
    return GROUP.file(f"{ROW}/{name}", data, why, expect, suffix=".zip", **more)


def _names() -> Iterator[HostileFile]:
    for name, member in (
        ("slip", "../../../../etc/cron.d/badge.json"),
        ("slip-inside", "badges/../../../badge.json"),
        ("slip-backslash", "..\\..\\badge.json"),
        ("absolute", "/etc/badge.json"),
        ("drive", "C:/badge.json"),
    ):
        yield _file(
            name, packed((member, _good())), "a name that leads out of the folder"
        )
    link = zipfile.ZipInfo("badge.json")
    link.create_system = 3
    link.external_attr = (0o120777) << 16
    yield _file("link", packed((link, b"/etc/passwd")), "a link to another file")
    codes = "\x1b]0;owned\x07\u202egnp.json"
    yield _file(
        "terminal-codes",
        packed((f"{codes}.json", _good())),
        "a name with terminal codes",
        "accept-safely",
    )
    yield _file("twice", _twice(), "two files of one name, and they differ")
    yield _file("empty", packed(), "nothing inside", answers=("malformed",))
    yield _file("nothing-of-interest", packed(("setup.exe", b"MZ")), "no badge inside")
    yield _file(
        "good-and-bad",
        packed(("a.json", _good()), ("b.json", b"{}")),
        "one of two is no badge",
    )


def _twice() -> bytes:
    one = packed(("badge-1.json", _good()), ("badge-2.json", b"{}"))
    return one.replace(b"badge-2.json", b"badge-1.json")


def _sizes() -> Iterator[HostileFile]:
    zeros = bytes(10 * 1024 * 1024)
    bomb = packed(("badge.json", zeros))
    yield _file("bomb", bomb, "10 MiB in 10 KiB", costly=True)
    yield _file(
        "many-bombs",
        packed(*[(f"{n}.json", zeros) for n in range(20)]),
        "200 MiB in 200 KiB",
        costly=True,
    )
    yield _file("nested", packed(("inner.zip", bomb)), "an archive in the archive")
    yield _file(
        "nested-deep",
        packed(("a.zip", packed(("b.zip", packed(("c.zip", bomb)))))),
        "archives in each other",
    )
    yield _file(
        "twenty-thousand",
        packed(*[(f"{n}.json", b"{}") for n in range(20_000)]),
        "20,000 files",
        costly=True,
    )
    yield _file(
        "thousand-and-one",
        packed(*[(f"{n}.json", _good()) for n in range(1001)]),
        "1,001 good badges",
        costly=True,
    )
    # Each is packed less than 100 to 1, and is small enough: only the sum is not.
    thin = _thinned(8 * 1024 * 1024)
    yield _file(
        "ninety-six-mebibytes",
        packed(*[(f"{n}.json", thin) for n in range(12)]),
        "96 MiB in all",
        costly=True,
    )


def _thinned(size: int) -> bytes:
    """Make a good badge with much space in it, which packs to a fiftieth."""
    good = _good()
    chance = Random("thinned")  # noqa: S311 -- always the same
    spaces = (b" \n\t\r"[chance.randrange(4)] for _ in range(size // 64))
    filling = b"".join(bytes((space,)) + b" " * 63 for space in spaces)
    return filling[: size - len(good)] + good


def _lies() -> Iterator[HostileFile]:
    good = packed(("badge.json", _good()))
    central = good.rindex(b"PK\x01\x02")
    end = good.rindex(b"PK\x05\x06")

    def patched(at: int, value: bytes) -> bytes:
        return good[:at] + value + good[at + len(value) :]

    for name, data, why in (
        (
            "names-differ",
            good.replace(b"badge.json", b"other.json", 1),
            "two names for one file",
        ),
        (
            "size-differs",
            patched(central + 24, (7).to_bytes(4, "little")),
            "another size than it has",
        ),
        ("checksum-differs", patched(central + 16, bytes(4)), "another checksum"),
        ("encrypted", patched(central + 8, b"\x01"), "encrypted"),
        ("method-differs", patched(central + 10, b"\x00\x00"), "not packed, it says"),
        (
            "method-unknown",
            patched(central + 10, b"\x63\x00"),
            "packed in an unknown way",
        ),
        (
            "offset-beyond",
            patched(central + 42, b"\xff\xff\xff\x7f"),
            "a file beyond the end",
        ),
        (
            "offset-of-the-list",
            patched(central + 42, central.to_bytes(4, "little")),
            "a file inside the list",
        ),
        ("list-elsewhere", patched(end + 16, bytes(4)), "a list that is elsewhere"),
        (
            "count-too-high",
            patched(end + 8, b"\xff\xff\xff\xff"),
            "65,535 files, it says",
        ),
        ("cut", good[:-10], "cut off"),
        ("bytes-behind", good + b"more", "bytes behind the end"),
        ("bytes-in-front", b"MZ" + good, "bytes in front"),
        ("local-only", good[:central], "no list"),
        ("end-only", good[end:], "an end without an archive"),
        ("overlapping", _overlapping(), "files that share their bytes"),
    ):
        yield _file(name, data, why)


def _overlapping() -> bytes:
    """Let the second file of the list be the first one's bytes."""
    made = packed(("badge-1.json", _good()), ("badge-2.json", _good()))
    second = made.rindex(b"PK\x01\x02")
    return made[: second + 42] + bytes(4) + made[second + 46 :]

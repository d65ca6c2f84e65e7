"""Files of whole wallets that try to write, to lie or to explode (1d)."""

import base64
import io
import json
import tarfile
from collections.abc import Iterator
from typing import Any

from tests.hostile.badges import Group, badge, text
from tests.hostile.hostile_file import HostileFile
from tests.hostile.signing import proven

GROUP = Group("carriers")


def files() -> Iterator[HostileFile]:
    yield from _names()
    yield from _kinds()
    yield from _sizes()
    yield from _wallets()


def _good() -> bytes:
    return text(proven(badge()))


def _info(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.type = kind
    return info


def packed(*members: tuple[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Pack files into an archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members:
            archive.addfile(_info(name, len(data)), io.BytesIO(data))
    return out.getvalue()


def _tar(name: str, data: bytes, why: str, expect: Any = "reject", **more: Any):
    return GROUP.file(f"tar/{name}", data, why, expect, suffix=".tar", **more)


def _names() -> Iterator[HostileFile]:
    for name, member in (
        ("slip", "../../../../etc/cron.d/badge.json"),
        ("slip-inside", "credentials/../../../badge.json"),
        ("slip-long", f"{'a/' * 90}../{'../' * 90}badge.json"),
        ("absolute", "/etc/badge.json"),
        ("drive", "C:/badge.json"),
    ):
        data = packed((member, _good()))
        yield _tar(name, data, "a name that leads out of the folder")
    codes = "\x1b]0;owned\x07\u202egnp.json"
    yield _tar(
        "terminal-codes",
        packed((f"{codes}.json", _good())),
        "a name with terminal codes",
        "accept-safely",
    )
    twice = packed(("badge.json", _good()), ("badge.json", b"{}"))
    yield _tar("twice", twice, "two files of one name, and they differ")
    yield _tar("empty", packed(), "nothing inside")


def _kinds() -> Iterator[HostileFile]:
    for name, kind in (
        ("link", tarfile.SYMTYPE),
        ("hard-link", tarfile.LNKTYPE),
        ("device", tarfile.CHRTYPE),
        ("disk", tarfile.BLKTYPE),
        ("pipe", tarfile.FIFOTYPE),
        ("sparse", tarfile.GNUTYPE_SPARSE),
        ("volume", b"V"),
        ("many-volumes", b"M"),
    ):
        info = _info("badge.json", kind=kind)
        info.linkname = "/etc/passwd"
        data = info.tobuf(tarfile.GNU_FORMAT) + bytes(1024)
        yield _tar(name, data, f"no file but a {name}")
    info = _info("badge.json", len(_good()))
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": str(1 << 40)}
    data = info.tobuf(tarfile.PAX_FORMAT) + _good() + bytes(2048)
    yield _tar("sparse-in-pax", data, "a terabyte of holes")


def _sizes() -> Iterator[HostileFile]:
    large = _info("badge.json", (1 << 33) - 1).tobuf(tarfile.USTAR_FORMAT)
    yield _tar("eight-gibibytes", large + _good(), "8 GiB, it says", costly=True)
    beyond = _info("badge.json", 1 << 40).tobuf(tarfile.GNU_FORMAT)
    yield _tar("a-tebibyte", beyond + _good(), "1 TiB, it says", costly=True)
    minus = bytearray(_info("badge.json", 1 << 40).tobuf(tarfile.GNU_FORMAT))
    minus[124:136] = b"\xff" * 12
    yield _tar("minus-one", _summed(minus) + _good(), "a size below zero", costly=True)
    one = _info("a.json", 2).tobuf(tarfile.USTAR_FORMAT) + b"{}".ljust(512, b"\0")
    many = one * 100_000 + bytes(1024)
    yield _tar("hundred-thousand", many, "100,000 files of one name", costly=True)
    folders = _info("a", kind=tarfile.DIRTYPE).tobuf(tarfile.USTAR_FORMAT) * 100_000
    yield _tar("folders", folders + bytes(1024), "100,000 folders", costly=True)
    header = _info("h", 1 << 20, b"x").tobuf(tarfile.USTAR_FORMAT)
    yield _tar("long-header", header + bytes(2 << 20), "a header of 1 MiB")
    chain = _info("h", 12, b"x").tobuf(tarfile.USTAR_FORMAT)
    chain += b"12 path=abc\n".ljust(512, b"\0")
    yield _tar("headers-only", chain * 20_000, "20,000 headers, no file", costly=True)
    zeros = packed(*[(f"{n}.json", bytes(9 << 20)) for n in range(10)])
    yield _tar("ninety-mebibytes", zeros, "90 MiB in all", costly=True)
    inner = packed(("badge.json", _good()))
    yield _tar("nested", packed(("inner.json", inner)), "an archive in the archive")
    good = packed(("badge.json", _good()))
    yield _tar("cut", good[:600], "cut off")
    changed = bytearray(good)
    changed[0] ^= 1
    yield _tar("header-changed", bytes(changed), "a header was changed")


def _summed(header: bytearray) -> bytes:
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    return bytes(header)


def _wallet(name: str, value: Any, why: str, expect: Any = "reject", **more: Any):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return GROUP.file(f"wallet/{name}", data, why, expect, **more)


def _unlocked(*contents: Any, **members: Any) -> dict[str, Any]:
    kind = {"type": "UniversalWallet2020", "status": "UNLOCKED"}
    return {**kind, "contents": list(contents), **members}


def _wallets() -> Iterator[HostileFile]:
    good = json.loads(_good())
    forged = {**good, "name": "Master of Everything"}
    yield _wallet("forged", _unlocked(forged), "a changed badge in a wallet")
    yield _wallet("locked", _unlocked(status="LOCKED"), "it is locked")
    yield _wallet(
        "no-contents", _unlocked(contents={"a": good}), "contents that are none"
    )
    yield _wallet("empty", _unlocked({"type": "Currency"}), "no credential in it")
    original = {"type": "OriginalFile", "content": "no base64!"}
    yield _wallet("original-none", _unlocked(original), "a file that is none")
    stands_for = {**original, "content": base64.b64encode(text(forged)).decode()}
    yield _wallet("original-forged", _unlocked(good, stands_for), "another file for it")
    around = {"type": "OriginalFile", "of": "x", "before": "{", "after": "}"}
    yield _wallet("around", _unlocked(forged, around), "what is no white space")
    wallets = [_unlocked()] * 101
    yield _wallet("hundred-and-one", wallets, "101 wallets in one file")
    many = _unlocked(*[[]] * 240_000)
    yield _wallet("many-things", many, "240,000 things", costly=True)
    tokens = _unlocked(*["eyJ"] * 100_000)
    yield _wallet("many-tokens", tokens, "100,000 tokens that are none", costly=True)
    line = b'{"line":"credwallet-credential/1"}\n'
    yield _wallet("lines", line * 30_000, "30,000 lines without bytes", costly=True)
    yield _wallet("long-line", line[:-2] + b" " * (11 << 20), "a line of 11 MiB")
    head = ("credwallet.json", b'{"format": "credwallet-export/1"}')
    yield _wallet(
        "no-end", packed(head, ("credentials/1.json", _good())), "it breaks off"
    )
    newer = ("credwallet.json", b'{"format": "credwallet-export/9"}')
    yield _wallet("newer", packed(newer), "a form that is not known")

"""How the inputs of each target are varied: as bytes, and inside their structure.

Bytes alone are refused at the door. So structures are changed and then written, packed
or signed properly again, until they reach what lies behind the door. What is signed
here is signed by Mallory: nothing in Harbour's name may become valid.
"""

import json
import zlib
from collections.abc import Sequence
from random import Random
from typing import Any

from credwallet.errors import CredwalletError
from credwallet.keys.multibase import base64url_decode
from tests.fuzz.mutations import WORDS, bytes_changed, json_changed
from tests.fuzz.seeds import BETWEEN, documents, packed_bits, proofs
from tests.hostile import sd_jwt
from tests.hostile.signing import MALLORY, b64, compact, header_of, jws, proven
from tests.hostile.web_and_pdf import attached, fragment, page, pdf

Seeds = Sequence[bytes]
USTAR = b"ustar"


def as_bytes(chance: Random, seeds: Seeds) -> bytes:
    """Change bytes."""
    return bytes_changed(chance, chance.choice(seeds), seeds)


def as_json(chance: Random, seeds: Seeds) -> bytes:
    """Change bytes, or members of the object."""
    data = chance.choice(seeds)
    if data[:1] not in (b"{", b"[") or chance.random() < 0.4:
        return bytes_changed(chance, data, seeds)
    return compact(json_changed(chance, json.loads(data)))


def as_proof(chance: Random, seeds: Seeds) -> bytes:
    """Change a badge with a proof, or sign a changed one."""
    if chance.random() < 0.6:
        return as_json(chance, seeds)
    document = json_changed(chance, chance.choice(documents()))
    if not isinstance(document, dict):
        return compact(document)
    if "issuer" in document and chance.random() < 0.9:
        document["issuer"] = MALLORY.profile
    suite = "eddsa-rdfc-2022" if chance.random() < 0.1 else "eddsa-jcs-2022"
    try:
        return compact(proven(document, MALLORY, suite))
    except (CredwalletError, KeyError):
        # Some documents have no canonical form at all.
        return compact(document)


def as_token(chance: Random, seeds: Seeds) -> bytes:
    """Change a token, or sign a changed header or payload."""
    way = chance.random()
    if way < 0.3:
        return bytes_changed(chance, chance.choice(seeds), seeds)
    parts = chance.choice(seeds).split(b"~")[0].split(b".")
    if way < 0.5:
        number = chance.randrange(3)
        raw = base64url_decode(parts[number].decode())
        parts[number] = b64(bytes_changed(chance, raw, WORDS)).encode()
        return b".".join(parts)
    payload = json.loads(base64url_decode(parts[1].decode()))
    return _signed_anew(chance, payload).encode()


def _signed_anew(chance: Random, payload: Any) -> str:
    header: Any = header_of(MALLORY)
    if chance.random() < 0.5:
        header = json_changed(chance, {**header, "jwk": MALLORY.key.jwk, "x5c": []})
    else:
        payload = json_changed(chance, payload)
    for member in ("iss", "issuer"):
        if isinstance(payload, dict) and member in payload:
            payload[member] = MALLORY.id
    return jws(compact(header), compact(payload), MALLORY.key)


def as_sd_jwt(chance: Random, seeds: Seeds) -> bytes:
    """Change a token with disclosures, or sign one around changed disclosures."""
    if chance.random() < 0.4:
        return bytes_changed(chance, chance.choice(seeds), seeds)
    shown = json_changed(chance, [["salt", "grade", "A"], ["salt", "tag"]])
    entries = shown if isinstance(shown, list) else [shown]
    parts = [b64(json.dumps(entry).encode()) for entry in entries]
    payload: Any = sd_jwt.claims(
        iss=MALLORY.id, _sd=[sd_jwt.digest(part) for part in parts[:1]]
    )
    payload["tags"] = [{"...": sd_jwt.digest(part)} for part in parts[1:]]
    if chance.random() < 0.6:
        payload = json_changed(chance, payload)
    header = header_of(MALLORY, typ="dc+sd-jwt")
    first = jws(compact(header), compact(payload), MALLORY.key)
    return "".join(f"{part}~" for part in (first, *parts)).encode()


def as_png(chance: Random, seeds: Seeds) -> bytes:
    """Change bytes, or a chunk with its length and checksum put right."""
    data = chance.choice(seeds)
    if chance.random() < 0.4:
        return bytes_changed(chance, data, seeds)
    chunks = list(_chunks(data))
    number = chance.randrange(len(chunks))
    name, content = chunks[number]
    if chance.random() < 0.2:
        name = chance.choice((b"iTXt", b"tEXt", b"zTXt", b"IDAT", chance.randbytes(4)))
    chunks[number] = (name, bytes_changed(chance, content, [b"\0\1", *WORDS]))
    if chance.random() < 0.2:
        chunks.insert(chance.randrange(len(chunks)), chance.choice(chunks))
    return data[:8] + b"".join(
        len(content).to_bytes(4)
        + name
        + content
        + zlib.crc32(name + content).to_bytes(4)
        for name, content in chunks
    )


def as_tar(chance: Random, seeds: Seeds) -> bytes:
    """Change bytes, or the headers of a tar with their checksums put right."""
    data = bytearray(chance.choice(seeds))
    if chance.random() < 0.3:
        return bytes_changed(chance, bytes(data), seeds)
    starts = [
        at for at in range(0, len(data), 512) if data[at + 257 : at + 262] == USTAR
    ]
    for at in chance.sample(starts, min(len(starts), chance.choice((1, 1, 3)))):
        kind = chance.choice(
            (b"0", b"1", b"2", b"3", b"5", b"6", b"x", b"g", b"L", b"S", b"\0")
        )
        if chance.random() < 0.5:
            data[at + 156 : at + 157] = kind
        else:
            field = chance.choice((slice(0, 100), slice(124, 136), slice(345, 500)))
            old = bytes(data[at + field.start : at + field.stop])
            width = field.stop - field.start
            new = bytes_changed(chance, old, WORDS)[:width].ljust(width, b"\0")
            data[at + field.start : at + field.stop] = new
        data[at + 148 : at + 156] = b" " * 8
        data[at + 148 : at + 156] = b"%06o\0 " % sum(data[at : at + 512])
    return bytes(data)


def as_page(chance: Random, seeds: Seeds) -> bytes:
    """Change a web page, or carry changed badges in a good one."""
    if chance.random() < 0.4:
        return as_bytes(chance, seeds)
    count = chance.choice((1, 1, 2, 5))
    return page(*(fragment(as_proof(chance, proofs())) for _ in range(count)))


def as_pdf(chance: Random, seeds: Seeds) -> bytes:
    """Change a PDF, or attach changed badges to a good one."""
    if chance.random() < 0.4:
        return as_bytes(chance, seeds)
    content = as_proof(chance, proofs())
    if chance.random() < 0.5:
        return pdf(attached(zlib.compress(content), entries="/Filter /FlateDecode"))
    return pdf(attached(content, length=chance.choice((None, 0, 7, 10**9))))


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(data):
        until = at + 8 + int.from_bytes(data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : until]))
        at = until + 4
    return found


def as_status(chance: Random, seeds: Seeds) -> bytes:
    """Change the entry, the list, or the bits inside it before they are encoded."""
    data = chance.choice(seeds)
    entry, _, listed = data.partition(BETWEEN)
    way = chance.random()
    if way < 0.2:
        return bytes_changed(chance, data, seeds)
    if way < 0.4:
        return compact(json_changed(chance, json.loads(entry))) + BETWEEN + listed
    if listed[:1] != b"{":
        return entry + BETWEEN + bytes_changed(chance, listed, seeds)
    document = json.loads(listed)
    subject = document.get("credentialSubject", {})
    if way < 0.7 or "encodedList" not in subject:
        return entry + BETWEEN + compact(json_changed(chance, document))
    size = chance.choice((0, 1, 100, 16_383, 16_384, 2_000_000))
    raw = bytes_changed(chance, packed_bits(bytes(size)), WORDS)
    mark = "u" if subject["encodedList"].startswith("u") else ""
    subject["encodedList"] = mark + b64(raw)
    return entry + BETWEEN + compact(document)


_LINES = (
    b"n = 0\n",
    b"credits = 1e99\n",
    b"credits = -0.0\n",
    b'of = ["core"]\n',
    b"[[cap]]\n",
    b"[[share]]\n",
    b"[[gate]]\n",
    b"[[exclusive]]\n",
    b"[[achievement]]\n",
    b"match = { all = [{ any = [] }] }\n",
    b"valid_from = 9999-12-31\n",
    b"x = 0xffffffffffffffffffff\n",
    b"x = inf\n",
    b"a.b.c.d = 1\n",
    b'"" = ""\n',
)


def as_toml(chance: Random, seeds: Seeds) -> bytes:
    """Change bytes, or take away, repeat, move and add whole lines."""
    if chance.random() < 0.4:
        return as_bytes(chance, seeds)
    lines = chance.choice(seeds).splitlines(keepends=True)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines) + 1)
        way = chance.randrange(4)
        if way == 0:
            del lines[at : at + 1]
        elif way == 1:
            lines.insert(at, chance.choice(_LINES))
        elif way == 2:
            lines.insert(at, chance.choice(lines or [b"\n"]))
        elif lines:
            number = at % len(lines)
            name, _, _ = lines[number].partition(b"=")
            _, _, value = chance.choice(lines).partition(b"=")
            lines[number] = name + b"=" + value
    return b"".join(lines)


def as_wallet(chance: Random, seeds: Seeds) -> bytes:
    """Change bytes, most of them where a page or a value begins."""
    data = bytearray(chance.choice(seeds))
    if chance.random() < 0.4:
        return bytes_changed(chance, bytes(data), seeds)
    page = 4096
    for _ in range(chance.choice((1, 1, 2, 8))):
        start = chance.randrange(len(data) // page) * page
        at = start + chance.choice((0, 18, 100, chance.randrange(page))) % page
        data[at] = chance.choice((0, 1, 127, 255, chance.randrange(256)))
    if chance.random() < 0.1:
        one, other = (chance.randrange(len(data) // page) * page for _ in range(2))
        data[one : one + page] = data[other : other + page]
    return bytes(data)

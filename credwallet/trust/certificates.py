"""Which certificates does a trust list hold, that the learner gives?

RFC 7468 (PEM), DER, base64 of DER as text or JSON, or a Trusted List of the European
Union (ETSI TS 119 612, see `trusted_list`). Whether the list itself is genuine is not
asked: the learner chose where to get it.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Unreadable
from credwallet.keys import certificate as certificates

MAX_BYTES = 10 * 1024 * 1024
MAX_CERTIFICATES = 5000

_BLOCK = re.compile(
    rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----"
)
_BEGIN = b"-----BEGIN CERTIFICATE-----"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GIVE = "give certificates as PEM, DER or base64, or an EU trusted list (XML)"


def read_trust_list(data: bytes) -> tuple[bytes, ...]:
    """Read the certificates that a trust list holds.

    Args:
        data: The bytes of a file, at most 10 MiB.

    Returns:
        DER of each certificate, each once, in order, at least one.

    Raises:
        Unreadable: No such list, one without a certificate, or one that holds
            something that is no certificate (in an EU trusted list such entries are
            passed over).

    """
    if len(data) > MAX_BYTES:
        raise refused(f"it is larger than {MAX_BYTES // 1024 // 1024} MiB")
    text = data.removeprefix(_BYTE_ORDER_MARK).strip()
    if not text:
        raise refused("it is empty")
    if text[:1] == b"<":
        from credwallet.trust import trusted_list  # noqa: PLC0415 -- lazily: expat

        found = tuple(filter(_is_certificate, trusted_list.certificates_of(data)))
    else:
        found = tuple(map(_checked, _plain(data, text)))
    if not found:
        raise refused("it holds no certificate")
    return tuple(dict.fromkeys(found))


def refused(what: str) -> Unreadable:
    """Make the error that says why something is no trust list."""
    return Unreadable(f"not a trust list: {what}", type="trust-list", next_step=_GIVE)


def counted(found: Iterable[bytes]) -> Iterator[bytes]:
    """Pass on certificates, and refuse more than are looked at.

    Raises:
        Unreadable: More than 5,000.

    """
    for count, der in enumerate(found, 1):
        if count > MAX_CERTIFICATES:
            raise refused(f"it holds more than {MAX_CERTIFICATES} certificates")
        yield der


def _plain(data: bytes, text: bytes) -> Iterator[bytes]:
    if _BEGIN in text:
        blocks = _BLOCK.findall(text)
        if len(blocks) != text.count(_BEGIN):
            raise refused("a PEM block in it is broken")
        return counted(_decoded(b"".join(block.split())) for block in blocks)
    if text[:1] in (b"[", b"{"):
        return counted(_decoded(entry) for entry in _entries(text))
    if data[:1] == b"\x30" and not _is_base64(text):
        return iter((data,))
    return counted(map(_decoded, _lines(text)))


def _entries(text: bytes) -> Iterator[bytes]:
    listed = strict_json.loads(text)
    if isinstance(listed, dict):
        listed = listed.get("x5c")
    if not isinstance(listed, list):
        raise refused("the JSON is no list of base64 certificates")
    for entry in listed:
        if not isinstance(entry, str):
            raise refused("the JSON is no list of base64 certificates")
        yield entry.encode("ascii", "replace")


def _lines(text: bytes) -> list[bytes]:
    """Return what stands on the lines: a certificate each, or one on all of them."""
    lines = [
        line for raw in text.splitlines() if (line := raw.strip()) and line[:1] != b"#"
    ]
    # Every certificate begins with a SEQUENCE of some hundred bytes: MI in base64.
    whole = len(lines) > 1 and not all(line.startswith(b"MI") for line in lines)
    return [b"".join(lines)] if whole else lines


def _is_base64(text: bytes) -> bool:
    return re.fullmatch(rb"[A-Za-z0-9+/=\s#]+", text[:400]) is not None


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise refused("something in it is not base64 of a certificate") from None


def _checked(der: bytes) -> bytes:
    try:
        certificates.read(der)
    except Invalid as error:
        raise refused(error.what) from None
    return der


def _is_certificate(der: bytes) -> bool:
    try:
        certificates.read(der)
    except Invalid:
        return False
    return True

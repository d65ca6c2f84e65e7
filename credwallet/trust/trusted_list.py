"""Which authorities does a Trusted List of the European Union name?

ETSI TS 119 612 sections 5.5.1 (types of service), 5.5.3 (identity) and 5.5.4 (status):
the certificates of the authorities that are granted now. Its own signature is not
verified. No entity and no external document of the XML is ever looked at.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from credwallet.errors import Unreadable
from credwallet.trust.certificates import counted, refused

_SPACE = "http://uri.etsi.org/02231/v2# "
_ROOT = f"{_SPACE}TrustServiceStatusList"
_SERVICE = f"{_SPACE}ServiceInformation"
_CERTIFICATE = f"{_SPACE}X509Certificate"
_KEPT = {
    f"{_SPACE}ServiceTypeIdentifier": "type",
    f"{_SPACE}ServiceStatus": "status",
    _CERTIFICATE: "certificate",
}
_AUTHORITY = "http://uri.etsi.org/TrstSvc/Svctype/CA/"
_NATIONAL_ROOT = "http://uri.etsi.org/TrstSvc/Svctype/NationalRootCA-QC"
_GRANTED = (
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/recognisedatnationallevel",
)
_MAX_DEPTH = 64
_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1")


def certificates_of(data: bytes) -> tuple[bytes, ...]:
    """Collect the certificates of the authorities that a list names.

    Args:
        data: XML.

    Returns:
        DER, or what is meant to be; in order.

    Raises:
        Unreadable: No such list, an entity declaration, or a list of lists.

    """
    walk = _parsed(data)
    if not walk.services:
        raise refused("it names no services; a list of lists is not followed")
    return tuple(counted(_granted(walk)))


def _granted(walk: "_Walk") -> Iterator[bytes]:
    for service in walk.services:
        kind = "".join(service["type"]).strip()
        status = "".join(service["status"]).strip()
        if status not in _GRANTED:
            continue
        if not (kind.startswith(_AUTHORITY) or kind == _NATIONAL_ROOT):
            continue
        for text in "".join(service["certificate"]).split(_BETWEEN):
            try:
                der = base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                continue
            if der:
                yield der


# Stands between the certificates of one service.
_BETWEEN = "|"


class _Walk:
    """What the parser has seen so far; its methods are the parser's handlers."""

    def __init__(self) -> None:
        self.services: list[dict[str, list[str]]] = []
        self._depth = 0
        self._inside = 0
        self._keeping = ""

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != _ROOT:
            raise refused("the XML is no trusted list")
        if self._depth > _MAX_DEPTH:
            raise refused("the XML is nested too deep")
        if name == _SERVICE:
            self._inside = self._depth
            self.services.append({kept: [] for kept in _KEPT.values()})
        if self._inside:
            self._keeping = _KEPT.get(name, "")

    def end(self, name: str) -> None:
        if name == _CERTIFICATE and self._inside:
            self.services[-1]["certificate"].append(_BETWEEN)
        if self._depth == self._inside:
            self._inside = 0
        self._keeping = ""
        self._depth -= 1

    def characters(self, text: str) -> None:
        if self._inside and self._keeping:
            self.services[-1][self._keeping].append(text)


def _parsed(data: bytes) -> _Walk:
    from xml.parsers import expat  # noqa: PLC0415 -- lazily; entities are refused

    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    parser.ExternalEntityRefHandler = _refuse_document_type
    parser.SkippedEntityHandler = _refuse_document_type
    parser.XmlDeclHandler = _check_encoding
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refused(
            f"broken XML: {expat.ErrorString(error.code)} (line {error.lineno})"
        ) from None
    return walk


def _refuse_document_type(*_: Any) -> int:
    raise Unreadable(
        "the trust list declares a document type or an entity, which is refused for"
        " safety",
        type="trust-list",
        next_step="download the list again, from the site of the authority",
    )


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise refused(f"it is in encoding {encoding[:40]!a}")

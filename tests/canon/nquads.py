"""Reads N-Quads for the W3C suite; credwallet itself never does."""

import re

from credwallet.canon.literals import quote
from credwallet.canon.rdfc import Dataset

_IRI = r"<([^>]*)>"
_BLANK = r"(_:[^\s]+)"
_LITERAL = r'("(?:[^"\\]|\\.)*")(?:@([A-Za-z0-9-]+)|\^\^' + _IRI + ")?"
_QUAD = re.compile(
    rf"\s*(?:{_IRI}|{_BLANK})\s+{_IRI}\s+(?:{_IRI}|{_BLANK}|{_LITERAL})"
    rf"\s*(?:{_IRI}|{_BLANK})?\s*\.\s*"
)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def read(text: str) -> Dataset:
    """Read N-Quads."""
    ground, blank = [], []
    for line in text.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _QUAD.fullmatch(line)
        assert match, line
        found = [None if part is None else _unescape(part) for part in match.groups()]
        subject = f"<{found[0]}>" if found[1] is None else found[1]
        value = _object(*found[3:5], match[6], *found[6:8])
        graph = "" if match[9] is None else f"<{found[8]}>"
        graph = found[9] or graph
        predicate = f" <{found[2]}> "
        if "_" in (subject[0], value[0], graph[:1]):
            blank.append((subject, predicate, value, graph))
        else:
            end = f" {graph}" if graph else ""
            ground.append(f"{subject}{predicate}{value}{end} .\n")
    return Dataset(ground, blank)


def _object(iri, blank, literal, language, datatype) -> str:
    if iri is not None:
        return f"<{iri}>"
    if blank is not None:
        return str(blank)
    quoted = quote(_unescape(literal[1:-1]))
    if language is not None:
        return f"{quoted}@{language}"
    if datatype in (None, "http://www.w3.org/2001/XMLSchema#string"):
        return quoted
    return f"{quoted}^^<{datatype}>"


def _unescape(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        if match[1] or match[2]:
            return chr(int(match[1] or match[2], 16))
        return _ESCAPES.get(match[3], match[3])

    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", plain, text)

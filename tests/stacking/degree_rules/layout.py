"""Reads the layout of the rule files: the part of YAML that they use, and no more.

Mappings by indentation, scalars on one line or folded over several, quotes around a
whole scalar, comments on a line of their own or after two words.
"""

import re

# Keys whose value is always text, whatever its lines look like.
_TEXTS = {"result", "filter", "message", "description"}
_KEY = re.compile(r"( *)([^#:]+?):(?:\s+(.*))?$")
_COMMENT = re.compile(r"(^|\s)#.*$")


def read(text):
    """The nested mapping of a file, every scalar a string."""
    lines = [line.rstrip() for line in text.expandtabs().splitlines()]
    kept = [line for line in lines if line and not line.lstrip().startswith("#")]
    found, left = _mapping(kept, 0)
    assert left == [], left[:1]
    return found


def _mapping(lines, indent):
    found = {}
    while lines:
        key = _KEY.match(lines[0])
        if key is None or len(key.group(1)) != indent:
            break
        name, first = key.group(2), key.group(3) or ""
        lines = lines[1:]
        inner = _deeper(lines, indent)
        plain = name in _TEXTS
        if not plain and not first and inner and _KEY.match(inner[0]):
            value, rest = _mapping(inner, _indent(inner[0]))
            assert rest == [], rest[:1]
        else:
            value = _scalar([first, *inner], keep_hash=plain)
        assert name not in found, name
        found[name] = value
        lines = lines[len(inner) :]
    return found, lines


def _deeper(lines, indent):
    count = 0
    while count < len(lines) and _indent(lines[count]) > indent:
        count += 1
    return lines[:count]


def _indent(line):
    return len(line) - len(line.lstrip())


def _scalar(lines, *, keep_hash):
    if lines[0] in (">", "|"):
        lines = lines[1:]
    if not keep_hash:
        lines = [_COMMENT.sub("", line) for line in lines]
    text = " ".join(filter(None, map(str.strip, lines)))
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        text = text[1:-1]
    return text

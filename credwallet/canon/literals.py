"""How is a JSON value written as an RDF literal, in canonical N-Quads?

JSON-LD 1.1 API section 8.2 (object to RDF), RDF Dataset Canonicalization section 5
(escapes). Where PyLD and jsonld.js differ from the standard in the same way, their way
is taken: issuers sign what these write. Where they differ from each other, nothing is.
"""

import re
from json.encoder import encode_basestring
from typing import Any

from credwallet.canon import jcs
from credwallet.canon.context_terms import undecided
from credwallet.canon.term_entries import RDF, TO_JSON, TYPED, TYPED_DOUBLE, XSD

_JSON_SUFFIX = f"^^<{RDF}JSON>"
_BOOLEAN_SUFFIX = f"^^<{XSD}boolean>"
_INTEGER_SUFFIX = f"^^<{XSD}integer>"
_DOUBLE_SUFFIX = f"^^<{XSD}double>"
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_LARGEST_EXACT = 2**53
_FIRST_DOUBLE = 10**21

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    8: "\\b",
    9: "\\t",
    10: "\\n",
    12: "\\f",
    13: "\\r",
    34: '\\"',
    92: "\\\\",
}


def quote(text: str) -> str:
    """Put a text into quotes, with the escapes of canonical N-Quads."""
    # The C function of `json` writes the same, but for rare control characters.
    quoted = encode_basestring(text)
    if "\\u" in quoted or "\x7f" in quoted:
        return f'"{text.translate(_ESCAPES)}"'
    return quoted


def scalar_literal(value: Any, coercion: int, suffix: str) -> str:
    """Write a string, number or boolean as a literal.

    Args:
        value: A JSON scalar, not null.
        coercion: How its term coerces (see `active_context`).
        suffix: What follows a string of that term.

    Returns:
        The literal.

    Raises:
        Undetermined: Programs write this value differently.

    """
    if coercion == TO_JSON:
        return json_literal(value)
    if isinstance(value, str):
        if coercion == TYPED_DOUBLE:
            return f'"{_double_from_text(value)}"{suffix}'
        return quote(value) + suffix
    if isinstance(value, bool):
        text, own_suffix = "true" if value else "false", _BOOLEAN_SUFFIX
    elif coercion == TYPED_DOUBLE:
        text, own_suffix = _double(value), suffix
    else:
        text, own_suffix = _number(value)
    is_typed = coercion in (TYPED, TYPED_DOUBLE)
    return f'"{text}"{suffix if is_typed else own_suffix}'


def _number(value: float) -> tuple[str, str]:
    if abs(value) < _FIRST_DOUBLE and (isinstance(value, int) or value.is_integer()):
        whole = int(value)
        if abs(whole) > _LARGEST_EXACT and int(float(whole)) != whole:
            raise undecided("a number that JavaScript cannot hold")
        return str(whole), _INTEGER_SUFFIX
    return _double(value), _DOUBLE_SUFFIX


def json_literal(value: Any) -> str:
    """Write any JSON value as an `rdf:JSON` literal."""
    return quote(jcs.canonicalize(value).decode()) + _JSON_SUFFIX


def _double(value: float) -> str:
    """Write the canonical form of `xsd:double` as JSON-LD processors do."""
    try:
        mantissa, exponent = f"{float(value):.15E}".split("E")
    except OverflowError:
        raise undecided("a number beyond every double") from None
    if value == 0 and mantissa.startswith("-"):
        raise undecided("the number minus zero")
    whole, _, fraction = mantissa.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}E{int(exponent)}"


def _double_from_text(text: str) -> str:
    if not re.fullmatch(_DECIMAL, text) or (text[0] == "-" and float(text) == 0):
        raise undecided(f"the double {text[:40]!r}")
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise undecided("a number beyond every double")
    return _double(number)

"""What is the one canonical form of this JSON value? RFC 8785 (JCS).

`json.dumps` at C speed is already canonical unless a number is written differently in
ECMAScript or a name lies outside the basic plane, where UTF-16 order differs from
code point order. Only then is the text built piece by piece here.
"""

import json
import re
import sys
from typing import Any

from credwallet.errors import Invalid

# A number with a fraction or an exponent, or one that may exceed 2**53, in compact
# output. It may also match inside a string, which costs time and nothing else.
_DELICATE_NUMBER = r'(?:":|[,\[]|^)-?(?:[0-9]+[.eE]|[0-9]{16})'
_BEYOND_BASIC_PLANE = "[\U00010000-\U0010ffff]"
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_STRING = json.JSONEncoder(ensure_ascii=False).encode
_LARGEST_EXACT = 2**53
_LARGEST = sys.float_info.max


def canonicalize(value: Any) -> bytes:
    """Serialise a JSON value canonically (RFC 8785 section 3.2).

    Args:
        value: JSON as `strict_json.loads` returns it.

    Returns:
        UTF-8 bytes. Integers beyond 2**53 are written as the double they stand for
        (section 3.2.2.3).

    Raises:
        Invalid: The value is outside I-JSON: NaN, an infinity, a number beyond every
            double, half of a surrogate pair, or no JSON at all.

    """
    try:
        text = _ENCODER.encode(value)
        if re.search(_DELICATE_NUMBER, text) or (
            not text.isascii() and re.search(_BEYOND_BASIC_PLANE, text)
        ):
            text = _write(value)
        return text.encode()
    except UnicodeEncodeError:
        raise _not_i_json("half of a surrogate pair") from None
    except (ValueError, OverflowError):
        raise _not_i_json("a number that no double can hold") from None
    except (TypeError, RecursionError):
        raise _not_i_json("something that is no JSON") from None


def format_number(number: float) -> str:
    """Write a double as ECMAScript does (RFC 8785 section 3.2.2.3).

    Args:
        number: A finite double, or an integer that stands for the nearest one.

    Returns:
        The shortest digits that read back as the same double.

    Raises:
        ValueError: The number is not finite.
        OverflowError: The integer is beyond every double.

    """
    if isinstance(number, int):
        if -_LARGEST_EXACT <= number <= _LARGEST_EXACT:
            return str(number)
        number = float(number)
    if not -_LARGEST <= number <= _LARGEST:
        raise ValueError(number)
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    if fraction == "0":
        fraction = ""
    all_digits = (whole + fraction).lstrip("0")
    # The value is 0.DIGITS times ten to the power of `point`.
    point = int(exponent or 0) + len(whole)
    point -= len(whole + fraction) - len(all_digits)
    return sign + _place_point(all_digits.rstrip("0"), point)


def _place_point(digits: str, point: int) -> str:
    # ECMA-262 Number::toString, steps 6 to 10.
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    power = point - 1
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{'+' if power > 0 else '-'}{abs(power)}"


def _write(value: Any) -> str:
    if isinstance(value, str):
        return _STRING(value)
    if value is None or isinstance(value, bool):
        return _ENCODER.encode(value)
    if isinstance(value, int | float):
        return format_number(value)
    if isinstance(value, dict):
        members = (
            f"{_STRING(name)}:{_write(value[name])}"
            for name in sorted(value, key=_utf16)
        )
        return f"{{{','.join(members)}}}"
    return f"[{','.join(map(_write, value))}]"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be")


def _not_i_json(what: str) -> Invalid:
    return Invalid(
        f"the canonical form of {what} is not defined",
        next_step="ask the issuer for a credential in plain JSON",
        type="not-i-json",
    )

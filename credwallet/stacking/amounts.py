"""Which exact number does a text mean?

Credits, weights, levels and percentages are rationals from end to end: `2.5`, `"5/2"`
and `5` are read as written, never through a float.
"""

import re
from fractions import Fraction

# Eighteen digits are more than any credit, and keep every later sum small.
_NUMBER = re.compile(r"([+-]?\d{1,18})(?:\.(\d{1,18}))?(?:/(\d{1,9}))?", re.ASCII)


class Decimal(str):
    """The text of a TOML float, kept apart from a TOML string."""

    __slots__ = ()


def exact(text: str) -> Fraction | None:
    """Read an exact decimal or fraction.

    Args:
        text: `3`, `2.5` or `7/2`; no exponent, at most 18 digits a part.

    Returns:
        The number, or None if the text is none.

    """
    found = _NUMBER.fullmatch(text.strip().replace("_", ""))
    if found is None:
        return None
    whole, decimals, divisor = found.groups()
    if divisor is not None and (decimals is not None or int(divisor) == 0):
        return None
    if divisor is not None:
        return Fraction(int(whole), int(divisor))
    return Fraction(f"{whole}.{decimals}" if decimals else whole)


def plain(number: Fraction) -> str:
    """Write a number for people: a decimal where that is exact, else a fraction.

    Args:
        number: Any exact number.

    Returns:
        `3`, `2.5` or `7/3`.

    """
    for places in range(7):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if number < 0 else ""
            if places == 0:
                return sign + digits
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return str(number)

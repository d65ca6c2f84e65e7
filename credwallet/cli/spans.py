"""How long is `60d`? Spans of days and weeks, as options take them."""

from datetime import timedelta

from credwallet.errors import Usage

_DAYS = {"d": 1, "w": 7}
# More days than any credential runs.
_DIGITS = 6


def span(text: str, said: str) -> timedelta:
    """Read a span of time.

    Args:
        text: A whole number and a unit, such as `60d` or `8w`.
        said: The option with its value, for the message.

    Raises:
        Usage: If it is none.

    """
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdigit() and unit in _DAYS):
        raise Usage(
            f"{said} is no span of time", next_step="write 60d for days or 8w for weeks"
        )
    return timedelta(days=int(number[:_DIGITS]) * _DAYS[unit])

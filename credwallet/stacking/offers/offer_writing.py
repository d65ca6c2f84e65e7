"""How is one offer written down, so that reading it gives the same offer again?"""

from fractions import Fraction
from typing import Any

from credwallet.model.offer import Offer
from credwallet.stacking.offers.toml_offers import FORMAT

# As many decimals as `amounts.exact` reads.
_MOST_DECIMALS = 18


def write_offer(offer: Offer) -> str:
    """Write an offer as an offers file of its own.

    Args:
        offer: Any offer that was read from a file.

    Returns:
        TOML of the format `credwallet-offers/1`.

    """
    import tomli_w  # noqa: PLC0415 -- lazily: only keeping an offer needs it

    given = offer.gives
    gives = {
        "achievement": given.achievement,
        "issuer": given.issuer,
        "name": given.name,
        "credits": _number(given.credits),
        "credit_unit": given.credit_unit,
        "level": _number(given.level),
        "framework": given.framework,
        "kind": given.kind,
        "grade": _number(given.grade),
        "tag": given.tags,
        "alignment": given.alignments,
        "code": given.codes,
        "same_as": given.same_as,
        "issued": given.issued,
        "expires": given.expires,
    }
    entry = {
        "id": offer.id,
        "title": offer.title,
        "provider": offer.provider,
        "mode": offer.mode,
        "cost": _number(offer.cost),
        "currency": offer.currency,
        "hours": _number(offer.hours),
        "starts": offer.starts,
        "ends": offer.ends,
        "requires": offer.requires,
        "source": offer.source,
        "read_on": offer.read_on,
        "gives": _said(gives),
    }
    return tomli_w.dumps({"format": FORMAT, "offer": [_said(entry)]})


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not said."""
    return {
        name: value for name, value in values.items() if value not in ("", (), None)
    }


def _number(number: Fraction | None) -> str:
    """Spell a number so that it is read exactly: a decimal, or else a fraction."""
    if number is None:
        return ""
    for places in range(1, _MOST_DECIMALS + 1):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{scaled.numerator:0{places + 1}d}"
            whole, decimals = digits[:-places], digits[-places:].rstrip("0")
            return f"{whole}.{decimals}" if decimals else whole
    return str(number)

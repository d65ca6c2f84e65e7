"""What the commands that look ahead are given: offers, money, and dates.

`offer`, `next`, `plan` and `stack-progress --compare` read their options here.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credwallet.cli.session import read_file
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.model.offer import Offer
    from credwallet.model.plan import Money
    from credwallet.store import Vault

# Kind of the small documents in the wallet that hold one offer each.
OFFERS = "offer"
_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?", re.ASCII)


def gather_offers(
    session: "Session", files: Sequence[Path], *, no_wallet: bool
) -> "tuple[Offer, ...]":
    """Read the offers of some files, and those that the wallet keeps.

    Args:
        session: The run.
        files: Offers files; what they say stands above what is kept by the same id.
        no_wallet: Leave the wallet closed.

    Returns:
        Offers, those of the files first; no two of one id.

    Raises:
        Usage: If a file makes no sense, or two of them offer one id.
        NotFound: If a file or the wallet is not there.

    """
    offers = {offer.id: offer for offer in offers_in(files)}
    if not no_wallet:
        for offer in kept_offers(session.vault()):
            offers.setdefault(offer.id, offer)
    return tuple(offers.values())


def offers_in(files: Sequence[Path]) -> "tuple[Offer, ...]":
    """Read the offers of some files.

    Raises:
        Usage: If a file makes no sense, or two of them offer one id.
        NotFound: If a file is not there.

    """
    if not files:
        return ()
    from credwallet.stacking.offers import read_offers  # noqa: PLC0415 -- lazily: tomllib

    offers: dict[str, Offer] = {}
    for path in files:
        for offer in read_offers(read_file(path), str(path)):
            if offer.id in offers:
                raise Usage(
                    f"{path} offers {offer.id}, as a file before it does",
                    next_step="give one of them another id",
                )
            offers[offer.id] = offer
    return tuple(offers.values())


def kept_offers(vault: "Vault") -> "tuple[Offer, ...]":
    """Read the offers that the wallet keeps, in the order of their ids."""
    kept = vault.documents(OFFERS)
    if not kept:
        return ()
    from credwallet.stacking.offers import read_offers  # noqa: PLC0415 -- lazily: tomllib

    return tuple(
        offer for name in sorted(kept) for offer in read_offers(kept[name], name)
    )


def money_of(currency: str | None, rates: Sequence[str]) -> "Money":
    """Read `--currency` and every `--rate`.

    Args:
        currency: Three letters, or None.
        rates: Each as `USD=0.92`: what 1 USD is worth in the currency.

    Raises:
        Usage: If one of them makes no sense.

    """
    from credwallet.model.plan import Money  # noqa: PLC0415 -- lazily: few need it

    found: dict[str, Fraction] = {}
    for text in rates:
        name, _, number = text.partition("=")
        code = _currency(name, "--rate")
        if code in found:
            raise Usage(
                f"there are two rates for {code}", next_step="leave one of them out"
            )
        found[code] = amount_of(number, f"--rate {code}")
    into = _currency(currency, "--currency") if currency is not None else ""
    return Money(into, tuple(found.items()))


def amount_of(text: str, flag: str) -> Fraction:
    """Read an exact number above 0, such as a budget.

    Args:
        text: What the learner wrote.
        flag: What to call it in an error.

    Raises:
        Usage: If it is none.

    """
    from credwallet.stacking.amounts import exact  # noqa: PLC0415 -- lazily: few need it

    number = exact(text)
    if number is None or number <= 0:
        rate = flag.startswith("--rate")
        raise Usage(
            f"{flag} {text or 'nothing'} is no number above 0",
            next_step="write it as USD=0.92"
            if rate
            else "write a number such as 500 or 12.50, and nothing beside it",
        )
    return number


def deadline_of(text: str, flag: str) -> date:
    """Read the last day of a year, of a month, or a day.

    Args:
        text: `2027`, `2027-06` or `2027-06-30`.
        flag: What to call it in an error.

    Raises:
        Usage: If it is no date.

    """
    found = _DATE.fullmatch(text)
    try:
        if found is not None and found["day"]:
            return date.fromisoformat(text)
        if found is not None:
            year, month = int(found["year"]), int(found["month"] or 12)
            return date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        # The 31st of June, or a 13th month.
        pass
    raise Usage(
        f"{flag} {text or 'nothing'} is no date",
        next_step="write it as 2027-06 or 2027-06-30",
    )


def day_ahead(text: str, flag: str, today: date) -> date:
    """Read the last day of a year, of a month, or a day, that is still to come.

    Args:
        text: `2027`, `2027-06` or `2027-06-30`.
        flag: What to call it in an error.
        today: The day in question.

    Raises:
        Usage: If it is no date, or has passed.

    """
    day = deadline_of(text, flag)
    if day < today:
        raise Usage(
            f"{flag} {text} ends before {today}",
            next_step="name a day that is to come",
        )
    return day


def offer_json(offer: "Offer") -> dict[str, Any]:
    """Spell an offer in JSON, without what it gives."""
    return {
        "id": offer.id,
        "title": offer.title or None,
        "provider": offer.provider or None,
        "mode": offer.mode or None,
        "cost": None if offer.cost is None else str(offer.cost),
        "currency": offer.currency or None,
        "hours": None if offer.hours is None else str(offer.hours),
        "starts": offer.starts.isoformat() if offer.starts else None,
        "ends": offer.ends.isoformat() if offer.ends else None,
        "requires": list(offer.requires),
        "source": offer.source or None,
        "readOn": offer.read_on.isoformat() if offer.read_on else None,
    }


def _currency(text: str, flag: str) -> str:
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{3}", code, re.ASCII):
        raise Usage(
            f"{flag} {text or 'nothing'} names no currency",
            next_step="three letters: --currency EUR, --rate USD=0.92",
        )
    return code

"""What does one entry of an offers file offer, and does it make sense?

The keys are those of `docs/planning.md` ("The offers file"), whether a TOML table or a
row of a CSV table holds them.
"""

import re
from collections.abc import Sequence

from credwallet.model.offer import MODES, Offer
from credwallet.model.qualification import Holding
from credwallet.stacking.files.holding_rules import read_holding
from credwallet.stacking.files.toml_table import Table, shown

MOST_OFFERS = 10_000
MAX_BYTES = 4 << 20

OFFER_KEYS = (
    "id",
    "title",
    "provider",
    "mode",
    "cost",
    "currency",
    "hours",
    "starts",
    "ends",
    "requires",
    "source",
    "read_on",
)
GIVES_KEYS = (
    "achievement",
    "issuer",
    "name",
    "credits",
    "credit_unit",
    "level",
    "framework",
    "kind",
    "tag",
    "alignment",
    "code",
    "same_as",
    "grade",
    "expires",
    "issued",
)

_CURRENCY = re.compile("[A-Z]{3}", re.ASCII)


def read_offer(table: Table, gives: Table | None) -> Offer:
    """Read one offer, and note what is wrong with it.

    Args:
        table: The offer; the caller finishes it.
        gives: Where the keys of what it ends with stand; None if it does not say.

    Returns:
        The offer; keys that are wrong are left out of it.

    """
    identity = table.text("id", required=True) or f"{table.name} {table.index + 1}"
    if gives is None:
        if not table.has("gives"):
            table.error(
                "",
                f"offer {shown(identity)} does not say what it gives",
                hint="gives = { achievement = ... }",
            )
        given = Holding(handle=identity, assumed=True)
    else:
        given = read_holding(gives, identity)
        _check_gives(gives, given)
    offer = Offer(
        id=identity,
        gives=given,
        title=table.text("title"),
        provider=table.text("provider"),
        mode=_mode(table),
        cost=table.number("cost", positive=False),
        currency=table.text("currency"),
        hours=table.number("hours", positive=False),
        starts=table.day("starts"),
        ends=table.day("ends"),
        requires=table.texts("requires"),
        source=table.text("source"),
        read_on=table.day("read_on"),
    )
    _check(table, offer)
    return offer


def refuse_doubles(tables: Sequence[Table], offers: Sequence[Offer]) -> None:
    """Note every offer whose id another one before it has.

    Args:
        tables: Where the offers stand.
        offers: The offers, in the same order.

    """
    seen: set[str] = set()
    for table, offer in zip(tables, offers, strict=True):
        if offer.id in seen:
            table.error("id", f"there are two offers of the id {shown(offer.id)}")
        seen.add(offer.id)


def _mode(table: Table) -> str:
    if table.has("mode"):
        return table.word("mode", MODES)
    table.asked.append("mode")
    return ""


def _check(table: Table, offer: Offer) -> None:
    if offer.currency and not _CURRENCY.fullmatch(offer.currency):
        table.error(
            "currency",
            f"{shown(offer.currency)} is no currency",
            hint="three capital letters such as EUR (ISO 4217)",
        )
    if offer.cost is not None and not table.has("currency"):
        table.error(
            "cost",
            f"offer {shown(offer.id)} has a cost and no currency",
            hint="fill in the column currency, such as EUR"
            if table.sheet.rows
            else 'say in what: currency = "EUR"',
        )
    if offer.starts and offer.ends and offer.ends < offer.starts:
        table.error("ends", f"it ends {offer.ends}, before it starts {offer.starts}")


def _check_gives(gives: Table, given: Holding) -> None:
    names = ("achievement", "tag", "alignment", "code", "credits", "kind")
    if not any(gives.has(name) for name in names):
        gives.error(
            "",
            f"what offer {shown(given.handle)} gives could fit nothing",
            hint=f"it needs one of {'the columns ' if gives.sheet.rows else ''}"
            + ", ".join(names),
        )

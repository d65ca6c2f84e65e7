"""Which offers does a file hold?

One module a form, one line a module in `OFFER_FORMS`: the first that knows the file
reads it. Nothing in a file is run or fetched.
"""

from typing import Protocol

from credwallet.errors import Usage
from credwallet.model.offer import Offer
from credwallet.stacking.offers import csv_offers, ctdl_offers, toml_offers
from credwallet.stacking.offers.offer_writing import write_offer

__all__ = ["OFFER_FORMS", "OfferForm", "left_out", "read_offers", "write_offer"]


class OfferForm(Protocol):
    """One way to write offers down."""

    def sniff(self, data: bytes) -> bool:
        """Say whether a file looks like this form."""

    def read(self, data: bytes, source_name: str) -> tuple[Offer, ...]:
        """Read a file of this form.

        Args:
            data: The whole file, which `sniff` took for this form.
            source_name: What the learner called it, for messages.

        Returns:
            In the order of the file; maybe none.

        Raises:
            Usage: If anything in it is wrong; nothing is read by halves.

        """


OFFER_FORMS: tuple[OfferForm, ...] = (
    ctdl_offers,
    csv_offers,
    toml_offers,
)


def read_offers(data: bytes, source_name: str) -> tuple[Offer, ...]:
    """Read offers of any known form.

    Args:
        data: The whole file.
        source_name: What to call it in an error.

    Returns:
        Its offers, in their order; no two have one id.

    Raises:
        Usage: If no form knows the file, or if anything in it is wrong.

    """
    for form in OFFER_FORMS:
        if form.sniff(data):
            return form.read(data, source_name)
    raise Usage(
        f"{source_name} is no list of offers that can be read",
        next_step='it begins with format = "credwallet-offers/1", or is CSV with a '
        "header such as id,achievement,cost,currency",
        file=source_name,
    )


def left_out(data: bytes, source_name: str) -> tuple[str, ...]:
    """Say what of a file did not become part of its offers.

    Args:
        data: A file that `read_offers` reads.
        source_name: What to call it in an error.

    Returns:
        One line each; forms of our own leave nothing out.

    Raises:
        Usage: As `read_offers` does.

    """
    known = ctdl_offers.sniff(data)
    return ctdl_offers.left_out(data, source_name) if known else ()

"""Rows on which we differ from the manifest on purpose, each with its reason."""

from tests.verify.purpose import (
    blockcerts,
    clr_2,
    elm,
    open_badges_2,
    open_badges_3,
    sd_jwt,
    status_lists,
    vc_data_integrity,
    vc_data_model,
    vc_jwt,
)
from tests.verify.purpose.entry import Entry
from tests.verify.purpose.reasons import REASONS

__all__ = ["ON_PURPOSE", "REASONS", "Entry"]

ON_PURPOSE: dict[str, Entry] = {
    name: entry
    for module in (
        blockcerts,
        clr_2,
        elm,
        open_badges_2,
        open_badges_3,
        sd_jwt,
        status_lists,
        vc_data_integrity,
        vc_data_model,
        vc_jwt,
    )
    for name, entry in module.ROWS.items()
}

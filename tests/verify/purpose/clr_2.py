"""Comprehensive Learner Records: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "1edtech.clr20.complex": Entry("invalid", "FOREIGN_KEY"),
    "1edtech.clr20.simple": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.clr20.simple.jwt": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.clr20.simple_old_safesigned": Entry("undetermined", "UNKNOWN_CONTEXT"),
    "1edtech.clr20.simple_v1": Entry("undetermined", "SELF_ASSERTED"),
}

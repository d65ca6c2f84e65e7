"""Status lists as credentials: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "1edtech.ob30.bsl.testlist": Entry("undetermined", "SELF_ASSERTED"),
    "bsl.decode.digitalbazaar-100k-50k-revoked-encodedList": Entry(
        "malformed", "BARE_LIST"
    ),
    "bsl.decode.w3c-rec-example3-encodedList": Entry("malformed", "BARE_LIST"),
    "dcc.statuslist.notYetValid": Entry("not-yet-valid", "NOT_YET_VALID"),
    "ssi.status-list.jws": Entry("invalid", "FOREIGN_KEY"),
    "tsl.vector.1bit": Entry("malformed", "BARE_LIST"),
    "tsl.vector.2bit": Entry("malformed", "BARE_LIST"),
    "tsl.vector.4bit": Entry("malformed", "BARE_LIST"),
    "tsl.vector.8bit": Entry("malformed", "BARE_LIST"),
}

"""Open Badges 0.5 to 2.1: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

_BY_REASON: dict[tuple[str, str], tuple[str, ...]] = {
    ("malformed", "MALFORMED"): (
        "1edtech.ob20.assertion-with-data-image",
        "1edtech.ob20.assertion-with-extension-node-invalid",
    ),
    ("malformed", "NO_ASSERTION"): (
        "1edtech.ob20.rdf.badge-class-invalid-issuer-type",
        "1edtech.ob20.rdf.invalid-class",
        "1edtech.ob20.rdf.invalid-empty-type",
        "1edtech.ob20.rdf.invalid-one-invalid-class",
        "1edtech.ob20.rdf.valid-alignment-object",
        "1edtech.ob20.rdf.valid-badge-class",
        "1edtech.ob20.rdf.valid-badge-class-empty-criteria-type",
        "1edtech.ob20.rdf.valid-cool-class",
        "1edtech.ob20.rdf.valid-issuer-extension",
    ),
    ("not-yet-valid", "NOT_YET_VALID"): ("1edtech.ob20.basic-assertion-in-future",),
    ("undetermined", "NO_ADDRESS"): ("obvc.0_5_1_assertion", "obvc.0_5_assertion"),
}

ROWS: dict[str, Entry] = {
    name: Entry(given, reason)
    for (given, reason), names in _BY_REASON.items()
    for name in names
}

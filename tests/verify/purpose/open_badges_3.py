"""Open Badges 3.0, embedded proofs, JWT and baked: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "1edtech.ob30.complete": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.complete_v1": Entry("expired", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.credential-status-revoked": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.endorsement-valid": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.sd.derivedcredential": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-context-alias": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-context-version": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-did-key-method": Entry("invalid", "FOREIGN_KEY"),
    "1edtech.ob30.simple-did-web-method": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-eddsa-2022": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-err-context": Entry("malformed", "MALFORMED"),
    "1edtech.ob30.simple-err-issued": Entry("not-yet-valid", "NOT_YET_VALID"),
    "1edtech.ob30.simple-err-issuer": Entry("malformed", "MALFORMED"),
    "1edtech.ob30.simple-err-proof-method": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.simple-err-proof-method-unknown-did-method": Entry(
        "undetermined", "UNSUPPORTED"
    ),
    "1edtech.ob30.simple-err-type": Entry("invalid", "UNDEFINED_TYPE"),
    "1edtech.ob30.simple-multiple-proofs": Entry("undetermined", "UNSUPPORTED"),
    "1edtech.ob30.simple.1ob": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple_v1": Entry("undetermined", "SELF_ASSERTED"),
    "dcc.v1.bothSignatureTypes.didKey.mixedRegistry-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.bothSignatureTypes.didWeb.legacy-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.bothSignatureTypes.didWeb.oidf-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.dataIntegrityProof.didKey.mixedRegistry-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.dataIntegrityProof.didWeb.legacy-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.dataIntegrityProof.didWeb.oidf-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.ed25519.didKey.mixedRegistry-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.ed25519.didWeb.legacy-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v1.ed25519.didWeb.oidf-validStatus-noExpiry": Entry(
        "undetermined", "LIST_BY_ANOTHER"
    ),
    "dcc.v2.dataIntegrityProof.didKey.oidf-noStatus-notExpired-notYetValid": Entry(
        "not-yet-valid", "NOT_YET_VALID"
    ),
    "dcc.v2.ed25519.didWeb.badDidWeb": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.velocity.jwt": Entry("undetermined", "UNSUPPORTED"),
    "1edtech.ob30.simple-json.png": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt.png": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt_v1.png": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-json.svg": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt.svg": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt_v1.svg": Entry("undetermined", "SELF_ASSERTED"),
}

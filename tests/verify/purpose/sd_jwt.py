"""SD-JWT VC and VC 2.0 in SD-JWT: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "credo.sdjwtvc.notBeforeInFutureSdJwtVc": Entry("not-yet-valid", "NOT_YET_VALID"),
    "credo.sdjwtvc.simpleSdJwtVcWithStatus": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "credo.sdjwtvc.simpleX509.sdJwtVc": Entry("undetermined", "EXPIRED_CERTIFICATE"),
    "credo.sdjwtvc.simpleX509WithoutIss.sdJwtVc": Entry(
        "undetermined", "EXPIRED_CERTIFICATE"
    ),
    "tsl.jwt": Entry("malformed", "LIST_TOKEN"),
    "w3c.jose.presentation-sdjwt-bad-credential": Entry("malformed", "MALFORMED"),
    "w3c.jose.presentation-sdjwt-bad-media-type": Entry("malformed", "MALFORMED"),
}

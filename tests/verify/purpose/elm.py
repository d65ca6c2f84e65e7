"""European Learning Model credentials: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "edc.edc-mc-signed": Entry("undetermined", "NO_TRUST_LIST"),
    "edc.edc-dc-signed": Entry("undetermined", "NO_TRUST_LIST"),
    "edc.edc-coe-signed": Entry("undetermined", "NO_TRUST_LIST"),
    "eu-elm.Sample-CertOfPart-signed": Entry("undetermined", "NO_TRUST_LIST"),
    "eu-elm.Sample-MC-Annex1-signed": Entry("undetermined", "NO_TRUST_LIST"),
}

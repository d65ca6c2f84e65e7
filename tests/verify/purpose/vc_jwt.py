"""Credentials secured as a JWT: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "credo.jwt-vc-presentation-profile.didIonJwtVcPresentationProfileJwtVc": Entry(
        "malformed", "MALFORMED"
    ),
    "w3c.jose.presentation-jose-bad-credential": Entry("malformed", "MALFORMED"),
    "w3c.jose.presentation-jose-bad-media-type": Entry("malformed", "MALFORMED"),
}

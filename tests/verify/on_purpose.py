"""Rows on which we differ from the manifest on purpose, each with its reason."""

from typing import NamedTuple


class Entry(NamedTuple):
    """What we answer instead, and why (a name of `REASONS`)."""

    given: str
    reason: str


REASONS = {
    "FOREIGN_KEY": (
        "the proof fits, but its key is a did:key that is not the issuer: "
        "anybody could have made it"
    ),
    "GRAVEST_PART": (
        "the envelope is expired, and a credential inside it is not good: the "
        "gravest counts"
    ),
    "INLINE_CONTEXT": "an inline context is not vouched for by anybody",
    "KEY_OUT_OF_REACH": (
        "a document that is not shipped (key or list) cannot be told good or bad"
    ),
    "LIST_BY_ANOTHER": (
        "the status list is by another issuer, under another id and shorter "
        "than the standard's minimum: it cannot clear a credential"
    ),
    "LIST_NOT_GOOD": (
        "the signature fits and the status list is expired, ahead, tampered or "
        "of the wrong type: the status cannot be told"
    ),
    "MALFORMED": (
        "a member that the standard requires is missing or broken: malformed says so"
    ),
    "NOT_A_CREDENTIAL": "a signed JSON-LD document that is no credential is not read",
    "NOT_YET_VALID": "a date ahead has a verdict of its own, not-yet-valid",
    "SELF_ASSERTED": (
        "the proof fits, but only the badge itself names the key: nothing ties "
        "it to the issuer"
    ),
    "UNDEFINED_TYPE": (
        "a type that no context defines is legal in itself, but the signature "
        "does not fit"
    ),
    "UNSUPPORTED": (
        "a proof, algorithm or DID method that this release does not know is "
        "named, not judged"
    ),
}

ON_PURPOSE: dict[str, Entry] = {
    "1edtech.ob30.complete": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.complete_v1": Entry("expired", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.credential-status-revoked": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.endorsement-valid": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.sd.derivedcredential": Entry("undetermined", "UNSUPPORTED"),
    "1edtech.ob30.simple": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-context-alias": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-context-version": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-did-key-method": Entry("invalid", "FOREIGN_KEY"),
    "1edtech.ob30.simple-did-web-method": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-eddsa-2022": Entry("undetermined", "UNSUPPORTED"),
    "1edtech.ob30.simple-err-context": Entry("malformed", "MALFORMED"),
    "1edtech.ob30.simple-err-issued": Entry("not-yet-valid", "NOT_YET_VALID"),
    "1edtech.ob30.simple-err-issuer": Entry("malformed", "MALFORMED"),
    "1edtech.ob30.simple-err-proof-method": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "1edtech.ob30.simple-err-proof-method-unknown-did-method": Entry(
        "undetermined", "UNSUPPORTED"
    ),
    "1edtech.ob30.simple-err-type": Entry("invalid", "UNDEFINED_TYPE"),
    "1edtech.ob30.simple-json.png": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-json.svg": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt.png": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt.svg": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt_v1.png": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-jwt_v1.svg": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple-multiple-proofs": Entry("undetermined", "UNSUPPORTED"),
    "1edtech.ob30.simple.1ob": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.simple_v1": Entry("undetermined", "SELF_ASSERTED"),
    "1edtech.ob30.velocity.jwt": Entry("undetermined", "UNSUPPORTED"),
    "acapy.test_ld_document_bad_signed_ed25519": Entry("malformed", "NOT_A_CREDENTIAL"),
    "acapy.test_ld_document_bad_signed_ed25519_2020": Entry(
        "malformed", "NOT_A_CREDENTIAL"
    ),
    "acapy.test_ld_document_signed_ed25519": Entry("malformed", "NOT_A_CREDENTIAL"),
    "acapy.test_ld_document_signed_ed25519_2020": Entry(
        "malformed", "NOT_A_CREDENTIAL"
    ),
    "acapy.test_vc_document_signed_did_key_ed25519": Entry(
        "undetermined", "UNSUPPORTED"
    ),
    "acapy.test_vc_document_signed_ed25519": Entry("undetermined", "UNSUPPORTED"),
    "acapy.test_vc_document_signed_ed25519_2020": Entry("invalid", "FOREIGN_KEY"),
    "acapy.test_vc_document_signed_secp256r1_2019": Entry(
        "undetermined", "UNSUPPORTED"
    ),
    "credo.jwt-vc-presentation-profile.didIonJwtVcPresentationProfileJwtVc": Entry(
        "malformed", "MALFORMED"
    ),
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
    "dcc.v2.ed25519.didKey.legacy-expiredStatus-noExpiry": Entry(
        "undetermined", "LIST_NOT_GOOD"
    ),
    "dcc.v2.ed25519.didKey.legacy-missingTypeStatus-noExpiry": Entry(
        "undetermined", "LIST_NOT_GOOD"
    ),
    "dcc.v2.ed25519.didKey.legacy-notYetValidStatus-noExpiry": Entry(
        "undetermined", "LIST_NOT_GOOD"
    ),
    "dcc.v2.ed25519.didKey.legacy-tamperedStatus-noExpiry": Entry(
        "undetermined", "LIST_NOT_GOOD"
    ),
    "dcc.v2.ed25519.didWeb.badDidWeb": Entry("undetermined", "KEY_OUT_OF_REACH"),
    "ssi.claims.jwt": Entry("undetermined", "UNSUPPORTED"),
    "ssi.ecdsa_rdfc_2019.p384_verification": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.ecdsa_sd_2023.verification": Entry("undetermined", "UNSUPPORTED"),
    "ssi.ecdsa_sd_2023.verification_2": Entry("undetermined", "UNSUPPORTED"),
    "ssi.ecdsa_sd_2023.verification_3": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc-jws2020-bad-method": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc-jws2020-bad-purpose": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc-jws2020-bad-type": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc-jws2020-bad-type-json": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc-jws2020-inline-context": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc.jwt": Entry("undetermined", "UNSUPPORTED"),
    "w3c.Ed25519Signature2020.signedEdSig": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-jcs-2019-p256.signedJCSECDSAP256": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-jcs-2019-p384.signedJCSECDSAP384": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p256.employ.signedECDSAP256": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p256.signedECDSAP256": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p384.employ.signedECDSAP384": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p384.signedECDSAP384": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-sd-2023.employ.addSignedSDBase": Entry("undetermined", "UNSUPPORTED"),
    "w3c.ecdsa-sd-2023.employ.derivedRevealDocument": Entry(
        "undetermined", "UNSUPPORTED"
    ),
    "w3c.ecdsa-sd-2023.prc.addSignedSDBase": Entry("expired", "UNSUPPORTED"),
    "w3c.ecdsa-sd-2023.prc.derivedRevealDocument": Entry("expired", "UNSUPPORTED"),
    "w3c.eddsa-jcs-2022.signedJCS": Entry("invalid", "FOREIGN_KEY"),
    "w3c.eddsa-rdfc-2022.employ.signedDataInt": Entry("invalid", "FOREIGN_KEY"),
    "w3c.eddsa-rdfc-2022.signedDataInt": Entry("invalid", "FOREIGN_KEY"),
    "w3c.jose.presentation-jose-bad-credential": Entry("malformed", "MALFORMED"),
    "w3c.jose.presentation-jose-bad-media-type": Entry("malformed", "MALFORMED"),
    "w3c.jose.presentation-jose-multiple": Entry("invalid", "GRAVEST_PART"),
    "w3c.proof-set-chain.proofChainTempDoc1": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofChain1": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofChain2": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofSet1": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofSet2": Entry("invalid", "FOREIGN_KEY"),
}

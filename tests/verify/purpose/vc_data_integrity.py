"""W3C and legacy embedded proofs: what we answer otherwise."""

from tests.verify.purpose.entry import Entry

ROWS: dict[str, Entry] = {
    "acapy.test_ld_document_bad_signed_ed25519": Entry("malformed", "NOT_A_CREDENTIAL"),
    "acapy.test_ld_document_bad_signed_ed25519_2020": Entry(
        "malformed", "NOT_A_CREDENTIAL"
    ),
    "acapy.test_ld_document_signed_ed25519": Entry("malformed", "NOT_A_CREDENTIAL"),
    "acapy.test_ld_document_signed_ed25519_2020": Entry(
        "malformed", "NOT_A_CREDENTIAL"
    ),
    "acapy.test_vc_document_signed_ed25519": Entry("invalid", "FOREIGN_KEY"),
    "acapy.test_vc_document_signed_ed25519_2020": Entry("invalid", "FOREIGN_KEY"),
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
    "ssi.ecdsa_rdfc_2019.p384_verification": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.ecdsa_sd_2023.verification": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.ecdsa_sd_2023.verification_2": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.ecdsa_sd_2023.verification_3": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.vc-jws2020-bad-method": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.vc-jws2020-bad-purpose": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.vc-jws2020-bad-type": Entry("undetermined", "INLINE_CONTEXT"),
    "ssi.vc-jws2020-bad-type-json": Entry("undetermined", "UNSUPPORTED"),
    "ssi.vc-jws2020-inline-context": Entry("undetermined", "INLINE_CONTEXT"),
    "w3c.Ed25519Signature2020.signedEdSig": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-jcs-2019-p256.signedJCSECDSAP256": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-jcs-2019-p384.signedJCSECDSAP384": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p256.employ.signedECDSAP256": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p256.signedECDSAP256": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p384.employ.signedECDSAP384": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-rdfc-2019-p384.signedECDSAP384": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-sd-2023.employ.derivedRevealDocument": Entry("invalid", "FOREIGN_KEY"),
    "w3c.ecdsa-sd-2023.prc.derivedRevealDocument": Entry("invalid", "FOREIGN_KEY"),
    "w3c.eddsa-jcs-2022.signedJCS": Entry("invalid", "FOREIGN_KEY"),
    "w3c.eddsa-rdfc-2022.employ.signedDataInt": Entry("invalid", "FOREIGN_KEY"),
    "w3c.eddsa-rdfc-2022.signedDataInt": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.proofChainTempDoc1": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofChain1": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofChain2": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofSet1": Entry("invalid", "FOREIGN_KEY"),
    "w3c.proof-set-chain.signedProofSet2": Entry("invalid", "FOREIGN_KEY"),
}

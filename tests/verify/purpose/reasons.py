"""Why rows are answered otherwise than the manifest expects."""

REASONS = {
    "ANCHOR_NOT_CHECKED": (
        "receipt and document fit; the anchor was not looked up, for no block "
        "explorer's answer is shipped"
    ),
    "BARE_LIST": (
        "a status list without the credential or token around it is no credential; "
        "tests/status decodes it"
    ),
    "EDITED": (
        "the document does not hash to the target of its receipt: it was edited after "
        "issuing, and the origin's tests skip that step"
    ),
    "EXPIRED_CERTIFICATE": (
        "the signature fits; the signer's certificate has expired, and nothing but the "
        "token itself says that the signature is older"
    ),
    "FOREIGN_KEY": (
        "the proof fits, but its key is a did:key or did:jwk that is not the issuer: "
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
    "LIST_TOKEN": (
        "a status list token is no credential: it is verified with a credential that "
        "names it, and by tests/status"
    ),
    "LIST_WITHOUT_PURPOSE": (
        "the status list does not say what it lists (statusPurpose), which the "
        "standard requires"
    ),
    "MALFORMED": (
        "a member that the standard requires is missing or broken: malformed says so"
    ),
    "MALFORMED_PROOF": (
        "a proof that breaks a rule of its own makes the credential invalid; the "
        "credential around it is well formed"
    ),
    "NOT_A_CREDENTIAL": "a signed JSON-LD document that is no credential is not read",
    "NOT_READ": "Blockcerts 1.2, a format of 2016, is not read",
    "NOT_YET_VALID": "a date ahead has a verdict of its own, not-yet-valid",
    "NO_ADDRESS": (
        "an assertion of Open Badges 0.5 does not say where its issuer hosts it: "
        "nothing proves it"
    ),
    "NO_ASSERTION": (
        "a badge class or a profile describes a badge and awards none: it is read "
        "with an assertion that names it"
    ),
    "NO_TRUST_LIST": (
        "the seal fits; no trust list is shipped that vouches for its certificate, and "
        "a status list it may name is not shipped either"
    ),
    "SELF_ASSERTED": (
        "the proof fits, but only the badge itself names the key: nothing ties "
        "it to the issuer"
    ),
    "TEST_CHAIN": (
        "receipt and document fit, on a mock or test chain: that anchors nothing, and "
        "is never called valid"
    ),
    "UNDEFINED_TYPE": (
        "a type that no context defines is legal in itself, but the signature "
        "does not fit"
    ),
    "UNKNOWN_CONTEXT": (
        "a draft context that nobody serves any more leaves open what was signed"
    ),
    "UNSUPPORTED": (
        "a proof, algorithm or DID method that this release does not know is "
        "named, not judged"
    ),
}

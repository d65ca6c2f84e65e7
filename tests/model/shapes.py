"""JSON of any shape, and credentials whose members have any shape."""

from typing import Any

from hypothesis import strategies as st

from credwallet.model.credential import Credential

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4)
            | st.sampled_from(["@value", "@language", "en", "id", "type", "name"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
_ANYTHING: st.SearchStrategy[Any] = st.deferred(lambda: JSON | DOCUMENTS)
# Every name that the model reads, so that shapes meet the code that reads them.
_NAMES = [
    *("@context", "@type", "id", "type", "name", "description", "issuer", "holder"),
    *("validFrom", "validUntil", "issuanceDate", "expirationDate", "proof"),
    *("credentialSubject", "credentialStatus", "achievement", "badge", "recipient"),
    *("criteria", "narrative", "otherIdentifier", "identifier", "tag", "tags"),
    *("alignment", "targetName", "targetUrl", "targetCode", "targetFramework"),
    *("result", "resultDescription", "value", "status", "evidence"),
    *("creditsEarned", "creditsAvailable", "previousProof", "verificationMethod"),
    *("humanCode", "fieldOfStudy", "achievementType", "cryptosuite"),
]
DOCUMENTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(_NAMES),
    _ANYTHING | st.lists(_ANYTHING, max_size=2),
    max_size=6,
)


def held(document: dict[str, Any]) -> Credential:
    """Hold a document as if it had been read from JSON."""
    return Credential(
        raw=b"{}", media_type="application/vc", format="json-ld", document=document
    )

"""In the words of which standard does a credential speak?

Open Badges 3.0 (and the credentials in a Comprehensive Learner Record 2.0, which are of
the same kind), Open Badges 2.0, the European Learning Model 3, or bare claims.
"""

from credwallet.model.credential import BLOCKCERTS_2, OPEN_BADGES_2, Credential
from credwallet.model.learning_achievement import is_learning_claim

# By the key that a pack uses for its places.
VOCABULARIES = {
    "open_badges_3": "Open Badges 3.0",
    "open_badges_2": "Open Badges 2.0",
    "elm": "European Learning Model",
    "claims": "SD-JWT claims",
}
# A pack's key for places that any of them may have.
ANY = "any"


def vocabulary_of(credential: Credential) -> str:
    """Name the vocabulary of a credential.

    Args:
        credential: Of any format.

    Returns:
        A key of `VOCABULARIES`. What the VC Data Model carries in other words than
        those of the European Learning Model is read as Open Badges 3.0: where it says
        nothing in these words, nothing is found.

    """
    if credential.format in (OPEN_BADGES_2, BLOCKCERTS_2):
        return "open_badges_2"
    if is_learning_claim(credential.document):
        return "elm"
    if credential.states_claims and "credentialSubject" not in credential.document:
        return "claims"
    return "open_badges_3"

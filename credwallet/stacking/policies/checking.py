"""Which elements of a policy does one credential state?

Only that something stands in a member is seen: never whether it is right, or good, and
never what running text says. What no proof covers must be taken out beforehand.
"""

from typing import Any, NamedTuple

from credwallet.stacking.policies.looking import Found, look
from credwallet.stacking.policies.pack import Element, Field, Pack
from credwallet.stacking.policies.vocabulary import ANY, VOCABULARIES

PRESENT = "present"
MISSING = "missing"
# A mandatory element of which only people can say whether it applies.
IF_APPLICABLE = "absent-if-applicable"
ABSENT = "absent"
NOT_VISIBLE = "not-visible"


class Answer(NamedTuple):
    """What was found of one element.

    `state` is `present`; `missing` (mandatory); `absent-if-applicable` (mandatory where
    it applies); `absent` (optional); or `not-visible`: no credential, or none of this
    vocabulary, has a member for it. `found` says where it stands, `words` where running
    text may say it, `why` why it cannot be seen.
    """

    element: Element
    state: str
    found: tuple[Found, ...]
    words: tuple[str, ...]
    why: str


class Checked(NamedTuple):
    """One credential, held against one policy."""

    pack: Pack
    vocabulary: str
    answers: tuple[Answer, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the mandatory elements that are missing, in the pack's order."""
        return tuple(a.element.id for a in self.answers if a.state == MISSING)


def check(pack: Pack, document: dict[str, Any], vocabulary: str) -> Checked:
    """Hold a credential against a policy.

    Args:
        pack: The policy.
        document: The signed part of the credential; empty if its proof does not hold.
        vocabulary: A key of `VOCABULARIES`, as `vocabulary_of` finds it.

    Returns:
        An answer for each element of the policy, in its order.

    """
    answers = (_answer(entry, document, vocabulary) for entry in pack.elements)
    return Checked(pack, vocabulary, tuple(answers))


def _answer(element: Element, document: dict[str, Any], vocabulary: str) -> Answer:
    if element.not_visible:
        return Answer(element, NOT_VISIBLE, (), (), element.not_visible)
    fields = _fields(element, vocabulary)
    found = look(document, fields)
    if found:
        return Answer(element, PRESENT, found, (), "")
    words = tuple(place.pointer for place in look(document, element.words))
    if not fields:
        why = f"{VOCABULARIES[vocabulary]} has no member for it that the policy knows"
        return Answer(element, NOT_VISIBLE, (), words, why)
    return Answer(element, _absent(element), (), words, "")


def _fields(element: Element, vocabulary: str) -> tuple[Field, ...]:
    return (*element.fields.get(vocabulary, ()), *element.fields.get(ANY, ()))


def _absent(element: Element) -> str:
    if element.need != "mandatory":
        return ABSENT
    return IF_APPLICABLE if element.when else MISSING

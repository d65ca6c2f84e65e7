"""What does a badge say that rules could use?

Open Badges 3.0 section B (`Achievement`): the achievement itself, its kind and tags,
`related` (an achievement that is the same for most purposes, such as another language
edition or an older version) and `creditsAvailable`, which has no unit. A badge never
says what it is a part of: the draft asks for this one achievement, as a beginning.
"""

from typing import Any

from credwallet.model.qualification import Fact
from credwallet.model.record import is_record
from credwallet.stacking.drafts import achievements
from credwallet.stacking.drafts.draft import Branch, Draft, Leaf
from credwallet.stacking.drafts.ledger import Ledger

NAME = "Open Badges 3.0 badge"
NEVER = (
    "what else is asked for, what it is a part of, the unit of its credits, its level, "
    "limits, minimums and waivers"
)


def sniff(document: Any) -> bool:
    """Say whether a document is a badge with an achievement."""
    if not isinstance(document, dict) or is_record(achievements.types(document)):
        return False
    return any(
        achievements.objects(subject.get("achievement"))
        for subject in achievements.objects(document.get("credentialSubject"))
    )


def drafts(document: Any) -> tuple[Draft, ...]:
    """Draft rules that ask for what a badge is about.

    Args:
        document: An `OpenBadgeCredential`.

    Returns:
        One estimate.

    """
    subject = next(
        each
        for each in achievements.objects(document.get("credentialSubject"))
        if achievements.objects(each.get("achievement"))
    )
    each = achievements.described(achievements.objects(subject.get("achievement"))[0])
    ledger = Ledger()
    title = each.name or each.id or "a badge without a name"
    if each.id:
        ledger.carry()
    else:
        ledger.by_hand(f"{title}: it has no address that another badge could name")
    facts = achievements.facts([each], ledger)
    if each.id and each.related:
        ledger.carry(len(each.related))
        ledger.remark(
            f"{len(each.related)} related achievements count as the same, as Open "
            "Badges 3.0 means them"
        )
        facts += tuple(
            Fact(other, same_as=(each.id,))
            for other in each.related
            if other != each.id
        )
    for member in ("result", "creditsEarned"):
        if subject.get(member):
            ledger.leave(
                f"{member}: of this learner, not of the achievement", order=True
            )
    if each.criteria:
        ledger.leave(f"criteria, in words: {each.criteria}", order=True)
    ledger.remark(
        "a badge does not say what it is a part of: add the other requirements",
        guessed=True,
    )
    issuer = achievements.issuer_of(document)
    return (
        Draft(
            id=f"draft/{each.id or title}",
            title=f"What {title} is a part of",
            root=Branch((Leaf(title, (each.id,) if each.id else ()),)),
            ledger=ledger,
            standard=NAME,
            facts=facts,
            awarded_by=(issuer.name,) if issuer.name else (),
            issuer_ids=(issuer.id,) if issuer.id else (),
            source=each.id,
            text=each.description,
        ),
    )

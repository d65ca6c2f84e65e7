"""Which words say how far a qualification is, on a terminal and on a page alike?

Marks never stand alone: each has its word. What is assumed, not verified or not proven
is called so wherever it is named.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from credwallet.stacking.amounts import plain as amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from credwallet.model.qualification import (
        GroupProgress,
        Holding,
        Progress,
        RequirementProgress,
    )
    from credwallet.stacking.timeline import Renewal

# The mark of each state, in Unicode and in ASCII, and its style.
SIGNS = {
    "done": ("\u2713", "+", "green"),
    "waived": ("\u2713", "+", "green"),
    "partly": ("\u25d0", "~", "yellow"),
    "in-progress": ("\u25d0", "~", "yellow"),
    "lapsed": ("!", "!", "yellow"),
    "blocked": ("!", "!", "yellow"),
    "manual": ("?", "?", "yellow"),
    "missing": ("\u2717", "x", "red"),
    "not-needed": ("-", "-", "dim"),
    # Of a whole qualification.
    "held": ("\u2713", "+", "green"),
    "eligible": ("\u2713", "+", "green"),
    "not-started": ("\u25cb", "o", "dim"),
}


class Known(NamedTuple):
    """What is known of credentials and qualifications beside their ids.

    `names` are what their issuers call them; `marks` say why one is not proven;
    `titles` are those of the qualifications by id.
    """

    names: "Mapping[str, str]"
    marks: "Mapping[str, str]"
    titles: "Mapping[str, str]"

    def marked(self, handle: str) -> str:
        """Name a credential by its handle, and say what is not proven about it."""
        mark = self.marks.get(handle)
        return f"{handle} ({mark})" if mark else handle

    def named(self, handle: str) -> str:
        """Name a credential by its handle and its name."""
        return " ".join(filter(None, (self.marked(handle), self.names.get(handle))))


def known(answers: "Sequence[Progress]", holdings: "Iterable[Holding]") -> Known:
    """Collect names, and what is assumed or not verified.

    Args:
        answers: What `progress` answered.
        holdings: What it was given.

    """
    held = tuple(holdings)
    assumed = {holding.handle for holding in held if holding.assumed}
    assumed.update(handle for answer in answers for handle in answer.assumed)
    unverified = {handle for answer in answers for handle in answer.unverified}
    marks = {
        handle: ", ".join(
            word
            for word, members in (("assumed", assumed), ("not verified", unverified))
            if handle in members
        )
        for handle in assumed | unverified
    }
    names = {holding.handle: holding.name for holding in held if holding.name}
    titles = {a.qualification.id: a.qualification.title for a in answers}
    return Known(names, marks, titles)


def percent_words(answer: "Progress") -> str:
    """Say the percentage, and whether it is proven."""
    if not answer.proven:
        low, high = bounds_of(answer)
        return f"at least {low}%, at most {high}%, not proven"
    said = f"{answer.percent}%"
    if answer.under_way is not None:
        said += f" ({answer.under_way.percent}% when what is under way is done)"
    return said


def bounds_of(answer: "Progress") -> tuple[int, int]:
    """Return the percentages between which an unproven answer lies."""
    low, high = (min(99, int(bound * 100)) for bound in answer.bounds)
    return low, high + (answer.bounds[1] == 1)


def state_words(answer: "Progress") -> str:
    """Say the state of a qualification, and what to do where it is `eligible`."""
    awarding = " or ".join(answer.qualification.awarded_by)
    if answer.state == "held":
        return f"held: you have the award itself ({answer.award})"
    if answer.state == "eligible":
        return f"eligible: claim it from {awarding}" if awarding else "eligible"
    return answer.state.replace("-", " ")


def sign_state(answer: "Progress") -> str:
    """Return the key of the mark that stands for a whole qualification."""
    return "partly" if answer.state == "in-progress" else answer.state


def why_words(answer: "Progress", why: str) -> str:
    """Add to a reason what the file says about the cap that it names.

    Args:
        answer: How far a qualification is, with the rules that it was held against.
        why: A reason in words, as the answer states it.

    """
    for cap in answer.qualification.caps:
        if cap.text and why.endswith(f"cap {cap.id} is full"):
            return f"{why} ({cap.text})"
    return why


def rests_on(answer: "Progress", known_: Known) -> str:
    """Say that an answer rests on what is not proven, `""` if it does not.

    That is a credential that counts, the award, or what an exception rests on: the
    learner's own word, or a credential of the awarding body.

    Args:
        answer: How far a qualification is.
        known_: Why a credential is not proven, by its handle.

    """
    handles = {use.credential for use in answer.allocation} | {answer.award}
    handles |= {word.evidence for word in answer.exceptions}
    marks = [mark for handle, mark in known_.marks.items() if handle in handles]
    words = [
        f"what is {word}"
        for word in ("assumed", "not verified")
        if any(word in mark for mark in marks)
        or (word == "assumed" and any(e.assumed for e in answer.exceptions))
    ]
    if any(not word.evidence for word in answer.exceptions):
        words.append("your own word")
    return f"this counts {' and '.join(words)}" if words else ""


def counted(unit: str, *, one: bool) -> str:
    """Return the word for a unit, one of them or several.

    Args:
        unit: In the plural, such as `credits`.
        one: Whether it is one.

    """
    return unit.removesuffix("s") if one else unit


def have_words(entry: "RequirementProgress") -> str:
    """Say how much of a requirement there is."""
    unit = counted(entry.unit, one=entry.need == 1)
    return f"{amount(entry.have)} of {amount(entry.need)} {unit}"


def missing_words(answer: "Progress", *, titles: bool = False) -> list[str]:
    """Say by how much each unfinished requirement falls short.

    Args:
        answer: How far the qualification is.
        titles: Name requirements by their titles instead of their ids.

    """
    named = {r.id: r.title or r.id for r in answer.requirements} if titles else {}
    return [
        f"{named.get(entry.requirement, entry.requirement)}{':' if titles else ''} "
        f"{amount(entry.short_by)} {counted(entry.unit, one=entry.short_by == 1)}"
        for entry in answer.missing
    ]


def lapse_words(
    answer: "Progress", renewals: "Sequence[Renewal]", known_: Known
) -> str:
    """Say when it lapses, with what, and what one renewal keeps; `""` if never.

    Args:
        answer: How far one qualification is.
        renewals: Of all answers together.
        known_: Names and marks.

    """
    renewal = renewal_of(answer, renewals)
    if renewal is None:
        day = answer.earliest_expiry
        if day is None or answer.state not in {"eligible", "held"}:
            return ""
        return f"not with the first of its parts, which expires {day}"
    which = listing([known_.named(name) for name in renewal.credentials], 4)
    it = "it" if len(renewal.credentials) == 1 else "all of them"
    titles = [known_.titles.get(name, name) for name in renewal.qualifications]
    until = f"until {renewal.until}" if renewal.until else "with no other end"
    return (
        f"{renewal.on}, with {which}; renewing {it} keeps {listing(titles, 6)} "
        f"alive {until}"
    )


def renewal_of(answer: "Progress", renewals: "Sequence[Renewal]") -> "Renewal | None":
    """Find what keeps a qualification alive.

    Args:
        answer: How far a qualification is.
        renewals: What has to be renewed, each with the ids of the qualifications.

    Returns:
        The first one that names the qualification, None if none does.

    """
    name = answer.qualification.id
    return next((each for each in renewals if name in each.qualifications), None)


def listing(names: Sequence[str], most: int) -> str:
    """Write names one after the other, at most so many.

    Args:
        names: In order.
        most: How many are written; a single one more is written, too.

    """
    left = len(names) - most
    if left <= 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {left} more"


class Branch(NamedTuple):
    """What stands in one group, or in the root; `spare` is not needed any more."""

    requirements: "tuple[RequirementProgress, ...]"
    groups: "tuple[GroupProgress, ...]"
    spare: tuple[str, ...]


def branches(answer: "Progress") -> dict[str, Branch]:
    """Order requirements and groups by the group they stand in.

    Args:
        answer: How far one qualification is.

    Returns:
        The members of each group by its id, those of the root by `""`. What nothing
        was used for in a finished `n_of` is spare: its title, or else its id.

    """
    ids = ["", *(group.id for group in answer.groups)]
    leaves: dict[str, list[RequirementProgress]] = {name: [] for name in ids}
    groups: dict[str, list[GroupProgress]] = {name: [] for name in ids}
    spare: dict[str, list[str]] = {name: [] for name in ids}
    finished = {g.id for g in answer.groups if g.type == "n_of" and g.fraction == 1}
    for entry in answer.requirements:
        if entry.group in finished and entry.fraction == 0:
            spare[entry.group].append(entry.title or entry.id)
        else:
            leaves[entry.group].append(entry)
    for group in answer.groups:
        if group.group in finished and group.fraction == 0:
            spare[group.group].append(group.title or group.id)
        else:
            groups[group.group].append(group)
    return {
        name: Branch(tuple(leaves[name]), tuple(groups[name]), tuple(spare[name]))
        for name in ids
    }


def spare_ids(answer: "Progress") -> frozenset[str]:
    """Name the requirements that are not needed any more, also deeper in groups.

    Args:
        answer: How far one qualification is.

    """
    finished = {g.id for g in answer.groups if g.type == "n_of" and g.fraction == 1}
    groups = {group.id: group for group in answer.groups}

    def spare(entry: "RequirementProgress | GroupProgress") -> bool:
        if entry.group in finished and entry.fraction == 0:
            return True
        above = groups.get(entry.group)
        return above is not None and spare(above)

    return frozenset(entry.id for entry in answer.requirements if spare(entry))


def group_words(group: "GroupProgress", branch: Branch) -> str:
    """Say what a group asks for, and how far it is.

    Args:
        group: How far a group of requirements is.
        branch: What stands below it in the tree.

    """
    members = sum(map(len, branch))
    which = f"any {group.n} of {members}" if group.type == "n_of" else "all of"
    done = group.fraction == 1
    return f"{which}, done" if done else f"{which}, {int(group.fraction * 100)}%"


def group_state(group: "GroupProgress") -> str:
    """Return the state of a group, as a requirement's is called."""
    if group.fraction == 1:
        return "done"
    return "partly" if group.fraction else "missing"

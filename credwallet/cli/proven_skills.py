"""Which skills do credentials of the wallet speak of, and which of them count today?"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.naming import issuer_words
from credwallet.model.part import summaries_of
from credwallet.model.skill import Said, Skill, folded, joined, said_by
from credwallet.model.summary import Summary, verdict_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from credwallet.store import Entry


class Proof(NamedTuple):
    """A credential, or a part of a learner record, that speaks of skills."""

    handle: str
    name: str
    issuer: str
    verdict: str
    counts: bool


class LeftOut(NamedTuple):
    """An alignment that is with no skill."""

    handle: str
    name: str
    about: str


class Found(NamedTuple):
    """Skills, with the credentials that each rests on; `older` rows say less."""

    proofs: "Sequence[Proof]"
    skills: "Sequence[Skill]"
    left_out: "Sequence[LeftOut]"
    older: int

    def behind(self, skill: Skill) -> list[Proof]:
        """Return the credentials that speak of a skill, those that count first."""
        found = [self.proofs[number] for number in skill.behind]
        return sorted(found, key=lambda proof: not proof.counts)

    def by_credential(self) -> dict[int, list[Skill]]:
        """Return the skills that each credential speaks of, by its number."""
        found: dict[int, list[Skill]] = {}
        for skill in self.skills:
            for number in skill.behind:
                found.setdefault(number, []).append(skill)
        return {number: found[number] for number in sorted(found)}

    def count(self, skill: Skill) -> int:
        """Count the credentials that prove a skill today."""
        return sum(self.proofs[number].counts for number in skill.behind)


def found_in(
    entries: "Sequence[Entry]", *, at: "datetime", counted: "AbstractSet[str]"
) -> Found:
    """Find the skills that credentials speak of.

    Args:
        entries: Rows of the wallet.
        at: The moment that verdicts are asked for.
        counted: The verdicts that prove something.

    Returns:
        What is proven by more credentials first, then by name.

    """
    proofs: list[Proof] = []
    said: list[list[Said]] = []
    left_out: list[LeftOut] = []
    older = 0
    for handle, summary in _rows(entries):
        skills, others = said_by(summary)
        verdict = verdict_at(summary, at)
        proofs.append(
            Proof(
                handle,
                summary.name or summary.id,
                issuer_words(summary.issuer_name, summary.listed_as)
                or summary.issuer_id,
                verdict,
                verdict in counted,
            )
        )
        said.append(skills)
        left_out += [LeftOut(handle, one.name, one.about) for one in others]
        older += bool(summary.skills and not summary.aligned)
    found = Found(proofs, joined(said), left_out, older)
    order = sorted(
        found.skills, key=lambda skill: (-found.count(skill), folded(skill.name))
    )
    return found._replace(skills=order)


def only(found: Found, *, framework: str | None, kind: str | None) -> Found:
    """Leave out the skills of other frameworks and of another kind.

    Args:
        found: Skills with the credentials that prove them.
        framework: Text that must stand in the framework's name, in any case; None for
            all.
        kind: The kind that a skill must be of, None for all.

    """
    skills = [
        skill
        for skill in found.skills
        if (framework is None or folded(framework) in folded(skill.framework))
        and kind in (None, skill.kind)
    ]
    return found._replace(skills=skills)


def _rows(entries: "Sequence[Entry]") -> "Iterator[tuple[str, Summary]]":
    for entry in entries:
        parts = summaries_of(entry.summary)
        if not parts:
            yield entry.handle, entry.summary
        for number, part in enumerate(parts, 1):
            # What the learner says of a record is said of what it holds.
            yield f"{entry.handle}/{number}", part._replace(tags=entry.summary.tags)

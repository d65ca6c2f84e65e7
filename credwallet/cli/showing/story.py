"""What is told about a credential, and in which order?

What it is, who says so and to whom, the verdict and why, since when, what it proves,
what it stacks toward, and what the learner made of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.showing.stacking import Toward, toward_words
from credwallet.cli.showing.verdict import why
from credwallet.model.achievement import Achievement, Alignment, Result

if TYPE_CHECKING:
    from credwallet.cli.showing.part import Shown

Fact = tuple[str, str]
KNOWN, LISTED, UNKNOWN = "known", "listed", "unknown"


class Story(NamedTuple):
    """Everything that is told; each group stands by itself on a terminal."""

    title: str
    what: tuple[Fact, ...]
    who: tuple[Fact, ...]
    verdict: tuple[Fact, ...]
    dates: tuple[Fact, ...]
    proves: tuple[Fact, ...]
    stacks: tuple[Fact, ...]
    own: tuple[Fact, ...]

    @property
    def facts(self) -> Iterator[Fact]:
        """All facts in order; the title is among them."""
        for group in self[1:]:
            yield from group


def story_of(
    shown: "Shown",
    achievement: Achievement,
    *,
    standing: str,
    stacks: Sequence[Toward] = (),
    collections: Sequence[str] = (),
    more: Iterable[Fact] = (),
) -> Story:
    """Put what is known of a credential in order.

    Args:
        shown: The credential, its row with what time made of its verdict.
        achievement: What it says was achieved, the signed part.
        standing: Of its issuer: `known`, `listed` or `unknown`.
        stacks: What it is good for.
        collections: Those of the learner's that hold it.
        more: What else it states: claims, associations.

    Returns:
        The story; facts of which nothing is known are left out.

    """
    summary = shown.entry.summary
    name = summary.listed_as or summary.issuer_name
    period = summary.valid_from[:10] or "not said"
    return Story(
        summary.name or summary.id or "(no name)",
        _said(_what(shown, achievement)),
        _said(
            (
                (
                    "issuer",
                    f"{name} ({summary.issuer_id})" if name else summary.issuer_id,
                ),
                ("standing", standing),
                ("listed in", _listed(shown)),
                ("subject", achievement.subject_id),
            )
        ),
        _said((("verdict", summary.verdict), ("why", why(summary, shown.report)))),
        (("valid", f"{period} to {summary.valid_until[:10] or 'no end'}"),),
        _said((*_proves(shown, achievement), *more)),
        _said(("toward", toward_words(entry)) for entry in stacks),
        _said(
            (
                ("note", summary.note),
                ("tags", ", ".join(summary.tags)),
                *(("collection", each) for each in collections),
                ("id", summary.id),
                (
                    "received",
                    f"{shown.stored.received_at[:10]} from {shown.stored.source}",
                ),
            )
        ),
    )


def _said(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple((label, value) for label, value in facts if value)


def _what(shown: "Shown", achievement: Achievement) -> Iterator[Fact]:
    summary = shown.entry.summary
    yield "handle", shown.entry.handle
    yield "name", summary.name
    yield "kind", achievement.achievement_type
    yield "credits", f"{achievement.credits} {achievement.credit_unit}".strip()
    yield "level", f"{achievement.framework.upper()} {achievement.level}".strip()
    yield "about", achievement.description
    yield "criteria", achievement.criteria or achievement.criteria_url
    yield "keywords", ", ".join(achievement.keywords)
    yield from _holds(shown)


def _holds(shown: "Shown") -> Iterator[Fact]:
    """Name what a learner record holds by the handles that stacking uses."""
    for number, part in enumerate(shown.entry.summary.parts, 1):
        name = part.get("name") or part.get("id") or ""
        yield "holds", f"{shown.entry.handle}/{number} {name}".strip()


def _listed(shown: "Shown") -> str:
    summary = shown.entry.summary
    own = summary.issuer_name
    same = not own or own == summary.listed_as
    return summary.listed_in + (
        f"; it calls itself {own}" if summary.listed_as and not same else ""
    )


def _proves(shown: "Shown", achievement: Achievement) -> Iterator[Fact]:
    yield "skills", ", ".join(shown.entry.summary.skills)
    for item in achievement.alignments:
        yield "alignment", _alignment(item)
    yield "results", "; ".join(_result(item) for item in achievement.results)
    for piece in achievement.evidence:
        yield "evidence", piece.id or piece.narrative


def _alignment(item: Alignment) -> str:
    """Say in which framework a skill stands; the name alone is told already."""
    where = (item.target_framework, item.target_code, item.target_url)
    if not any(where):
        return ""
    return ", ".join(part for part in (item.target_name, *where) if part)


def _result(item: Result) -> str:
    return " ".join(part for part in (item.name, item.value, item.status) if part)

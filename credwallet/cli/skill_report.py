"""How are the skills that the wallet proves shown?"""

from collections import Counter
from typing import TYPE_CHECKING, Any

from credwallet.cli.output import Result
from credwallet.cli.plural import amount
from credwallet.cli.proven_skills import Found, Proof
from credwallet.cli.terminal.console import cells
from credwallet.model.known_frameworks import HARD, SOFT
from credwallet.model.report import Verdict
from credwallet.model.skill import Skill, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from credwallet.cli.terminal.console import Console

_NO_FRAMEWORK = "no framework said: tags and names"
_KINDS = {
    SOFT: "soft (transferable)",
    HARD: "hard",
    "": "not said to be soft or hard",
}
_NOT_COUNTED = "not counted: nothing valid speaks of these"
# Cells on a terminal.
_INDENT, _GAP, _KIND, _FRAMEWORK, _NARROWEST = 2, 2, 4, 16, 12


def result(found: Found, *, by: str) -> Result:
    """Show skills.

    Args:
        found: The skills.
        by: `framework`, `kind` or `credential`.

    """
    proven = [skill for skill in found.skills if found.count(skill)]
    data = {
        "by": by,
        "skills": [_skill_json(found, skill) for skill in _in_groups(found, by)],
        "credentials": [
            {
                **_short_json(found.proofs[number]),
                "skills": [skill.name for skill in skills],
            }
            for number, skills in found.by_credential().items()
        ],
        "proven": len(proven),
        "leftOut": [one._asdict() for one in found.left_out],
    }
    return Result(data, lambda console: _show(console, found, by))


def _in_groups(found: Found, by: str) -> list[Skill]:
    skills = [skill for _, group in _groups(found, by) for skill in group]
    return list({id(skill): skill for skill in skills}.values())


def _groups(found: Found, by: str) -> list[tuple[str, list[Skill]]]:
    """Group skills, the largest group first; what is not said comes last."""
    groups: dict[str, list[Skill]] = {}
    if by == "credential":
        each = found.by_credential().items()
        return [(_title(found.proofs[number]), skills) for number, skills in each]
    for skill in found.skills:
        name = skill.framework if by == "framework" else skill.kind
        groups.setdefault(name, []).append(skill)
    if by == "kind":
        return [(_KINDS[key], groups[key]) for key in _KINDS if key in groups]
    names = sorted(groups, key=lambda name: (not name, -len(groups[name]), name))
    return [(name or _NO_FRAMEWORK, groups[name]) for name in names]


def _title(proof: Proof) -> str:
    verdict = proof.verdict if proof.counts else f"{proof.verdict}, not counted"
    return f"{proof.handle}  {verdict}  {proof.name}"


def _skill_json(found: Found, skill: Skill) -> dict[str, Any]:
    return {
        "name": skill.name,
        "alsoCalled": list(skill.also),
        "framework": skill.framework or None,
        "url": skill.url or None,
        "code": skill.code or None,
        "kind": skill.kind or None,
        "kindSaidBy": list(skill.whys),
        "count": found.count(skill),
        "credentials": [
            {**_short_json(found.proofs[number]), "saidIn": origin}
            for number, origin in skill.behind.items()
        ],
    }


def _short_json(proof: Proof) -> dict[str, Any]:
    return {
        "handle": proof.handle,
        "name": proof.name or None,
        "issuer": proof.issuer or None,
        "verdict": proof.verdict,
        "counts": proof.counts,
    }


def _show(console: "Console", found: Found, by: str) -> None:
    proven = found._replace(skills=[s for s in found.skills if found.count(s)])
    others = found._replace(skills=[s for s in found.skills if not found.count(s)])
    if console.terminal:
        _show_groups(console, proven, others, by)
    else:
        _show_rows(console, proven, by)
        if others.skills:
            count = amount(len(others.skills), "more skill")
            console.note(f"{count} not counted: what speaks of them is not valid today")
    if not found.skills:
        console.hint("no skill found: see what there is with credwallet list")
    if found.older:
        count = amount(found.older, "credential")
        console.hint(
            f"{count} kept by an older credwallet: credwallet verify --all reads of "
            "which frameworks their skills are"
        )


def _show_rows(console: "Console", proven: Found, by: str) -> None:
    """Print one record a line: the skill, or a credential with one of its skills."""
    label = _labels(proven.skills)
    if by == "credential":
        for number, skills in proven.by_credential().items():
            proof = proven.proofs[number]
            console.rows(
                (proof.handle, proof.verdict, skill.framework, skill.kind, label(skill))
                for skill in skills
                if proof.counts
            )
        return
    for skill in _in_groups(proven, by):
        handles = [proof.handle for proof in proven.behind(skill) if proof.counts]
        count = str(len(handles))
        values = (skill.framework, skill.kind, label(skill), count, " ".join(handles))
        console.row(values)


def _show_groups(console: "Console", proven: Found, others: Found, by: str) -> None:
    every = (*proven.skills, *others.skills)
    if by == "credential":
        # The heading of each says whether it counts.
        groups = _groups(proven._replace(skills=every), by)
        groups.sort(key=lambda group: ", not counted  " in group[0])
    else:
        groups = _groups(proven, by)
        if others.skills:
            groups.append((_NOT_COUNTED, list(others.skills)))
    label = _labels(every)
    widest = max((cells(console.shown(label(skill))) for skill in every), default=0)
    room = max(_NARROWEST, min(widest, console.width * 45 // 100))
    for number, (name, skills) in enumerate(groups):
        if number:
            console.line()
        console.line(console.shown(name, console.width), style="bold")
        for skill in skills:
            start = console.shown(label(skill), room)
            _line(console, proven, skill, by, start + " " * (room - cells(start)))


def _labels(skills: "Sequence[Skill]") -> "Callable[[Skill], str]":
    """Name skills; of two that are called alike each with what tells it apart."""
    alike = Counter((folded(each.name), each.framework) for each in skills)

    def label(skill: Skill) -> str:
        apart = skill.code or skill.url
        if apart and alike[folded(skill.name), skill.framework] > 1:
            return f"{skill.name} ({apart})"
        return skill.name

    return label


def _line(console: "Console", found: Found, skill: Skill, by: str, start: str) -> None:
    """Print a skill: its name, what the heading does not say of it, and by what."""
    width = _KIND if by == "framework" else _FRAMEWORK
    beside = skill.kind if by == "framework" else skill.framework
    left = console.width - _INDENT - cells(start) - width - 2 * _GAP
    if left < _NARROWEST:
        beside, left, width = "", left + width, 0
    beside = console.shown(beside, width)
    last = skill.kind
    if by != "credential":
        last = console.shown(_handles(found.behind(skill), left), left)
    if not beside and not last:
        start = start.rstrip()
    console.pieces(
        [
            (start, ""),
            (beside + " " * (width - cells(beside) if last else 0), "dim"),
            (last, "dim"),
        ],
        indent=_INDENT,
        gap=" " * _GAP,
    )


def _handles(proofs: "Sequence[Proof]", room: int) -> str:
    """Name credentials by their handles, as many as there is room for.

    A verdict stands beside what is not valid.
    """
    said = ""
    for number, proof in enumerate(proofs):
        mark = "" if proof.verdict == Verdict.VALID else f" ({proof.verdict})"
        longer = f"{said}, {proof.handle}{mark}" if said else proof.handle + mark
        left = len(proofs) - number - 1
        more = f" +{left}" if left else ""
        if said and len(longer) + len(more) > room:
            return f"{said} +{left + 1}"
        said = longer
    return said

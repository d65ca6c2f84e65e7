"""How is an answer spelled in JSON?

The shape of `stack-progress`: numbers that must be exact are strings,
dates are ISO 8601, keys are only ever added.
"""

from typing import Any

from credwallet.model.qualification import Lapse, Progress, UnderWay


def to_json(progress: Progress) -> dict[str, Any]:
    """Spell one answer.

    Args:
        progress: The answer for one qualification.

    Returns:
        One entry of `qualifications`.

    """
    allocation: dict[str, list[str]] = {}
    for use in progress.allocation:
        allocation.setdefault(use.credential, []).append(use.requirement)
    return {
        "id": progress.qualification.id,
        "title": progress.qualification.title,
        "state": progress.state,
        "satisfied": progress.satisfied,
        "fraction": str(progress.fraction),
        "percent": progress.percent,
        "requirements": _requirements(progress),
        "done": [r.id for r in progress.requirements if r.state == "done"],
        "waived": [r.id for r in progress.requirements if r.state == "waived"],
        "missing": [
            {
                "requirement": entry.requirement,
                "shortBy": str(entry.short_by),
                "unit": entry.unit,
            }
            for entry in progress.missing
        ],
        "gates": _gates(progress),
        "allocation": allocation,
        "unused": [
            {"credential": entry.credential, "why": entry.why}
            for entry in progress.unused
        ],
        "earliestExpiry": (
            progress.earliest_expiry.isoformat() if progress.earliest_expiry else None
        ),
        "lapse": _lapse(progress.lapse),
        "proven": progress.proven,
        "bounds": [str(bound) for bound in progress.bounds],
        "groups": [
            {"id": group.id, "fraction": str(group.fraction)}
            for group in progress.groups
        ],
        "matchedBy": _uses(progress),
        "underWay": _under_way(progress.under_way),
        "award": progress.award or None,
        "awardedBy": list(progress.qualification.awarded_by),
        "exceptions": [
            {"evidence": word.evidence or None, "assumed": word.assumed}
            for word in progress.exceptions
        ],
        "assumed": list(progress.assumed),
        "unverified": list(progress.unverified),
        "warnings": list(progress.warnings),
        "suggestions": list(progress.suggestions),
    }


def _lapse(lapse: Lapse | None) -> dict[str, Any] | None:
    return lapse and {
        "on": lapse.on.isoformat(),
        "credentials": list(lapse.credentials),
        "until": lapse.until.isoformat() if lapse.until else None,
    }


def _under_way(under_way: UnderWay | None) -> dict[str, Any] | None:
    return under_way and {
        "fraction": str(under_way.fraction),
        "percent": under_way.percent,
        "credentials": list(under_way.credentials),
    }


def _requirements(progress: Progress) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "state": entry.state,
            "have": str(entry.have),
            "need": str(entry.need),
            "unit": entry.unit,
            "fraction": str(entry.fraction),
            "credentials": list(entry.credentials),
            "why": entry.why,
        }
        for entry in progress.requirements
    ]


def _gates(progress: Progress) -> list[dict[str, Any]]:
    return [
        {
            "id": gate.id,
            "met": gate.met,
            "have": str(gate.have),
            "need": str(gate.need),
            "unit": gate.unit,
        }
        for gate in progress.gates
    ]


def _uses(progress: Progress) -> list[dict[str, Any]]:
    return [
        {
            "credential": use.credential,
            "requirement": use.requirement,
            "by": use.matched_by,
            "amount": str(use.amount),
        }
        for use in progress.allocation
    ]

"""What does this credential stack toward, of what the wallet keeps?

It counts for a requirement where it is used when all credentials are counted, each
once. It could count where it would be used if it were the only one.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from credwallet.errors import CredwalletError

if TYPE_CHECKING:
    from credwallet.cli.adding_up.inputs import Inputs
    from credwallet.cli.session import Session
    from credwallet.model.qualification import Progress, Qualification
    from credwallet.store import Vault

# Steps for all qualifications together: a fraction of a second at the very most.
_WORK = 50_000
_LEAST_WORK = 2_500
_SOLVER_SECONDS = 1.0


class Toward(NamedTuple):
    """A requirement that a credential fills (`counts`) or could fill."""

    qualification: str
    title: str
    requirement: str
    counts: bool
    asked: str = ""


def toward(session: "Session", vault: "Vault", handle: str) -> tuple[Toward, ...]:
    """Find the requirements of kept qualifications that a credential is good for.

    Args:
        session: For the day, and to say what cannot be counted.
        vault: The open wallet.
        handle: Of the credential, or of a record with all that it holds.

    Returns:
        One entry a requirement, in the order of the learner's goals; none, and nothing
        of stacking is loaded, if the wallet keeps no qualification.

    """
    from credwallet.cli.adding_up.inputs import (  # noqa: PLC0415 -- lazily: not for --raw
        QUALIFICATIONS,
        day_of,
        gather,
    )

    if not vault.document_names(QUALIFICATIONS):
        return ()
    from credwallet.stacking import progress  # noqa: PLC0415 -- lazily: fractions

    day = day_of(session, None)
    try:
        inputs = gather(session, (), files=(), what_if=(), no_wallet=False)
        mine = [each for each in inputs.holdings if _is_of(each.handle, handle)]
        if not mine:
            return ()
        answers = progress(
            inputs.qualifications,
            **_counted(inputs),
            as_of=day,
            work_limit=max(_LEAST_WORK, _WORK // len(inputs.qualifications)),
            solver_seconds=_SOLVER_SECONDS,
        )
        found: dict[tuple[str, str], Toward] = {}
        for rules, answer in zip(inputs.qualifications, answers, strict=True):
            alone = progress(
                (rules,),
                mine,
                as_of=day,
                known_issuers=inputs.known_issuers,
                assume_unverified=True,
                work_limit=_LEAST_WORK,
                solver_seconds=0,
            )
            for said in (
                *_uses(rules, answer, handle, counts=True),
                *_uses(rules, alone[0], handle, counts=False),
            ):
                found.setdefault((said.qualification, said.requirement), said)
    except CredwalletError as error:
        session.console.note(f"what it stacks toward is not known: {error.what}")
        return ()
    return tuple(found.values())


def _counted(inputs: "Inputs") -> dict[str, Any]:
    return {
        "holdings": inputs.holdings,
        "overrides": inputs.overrides,
        "known_issuers": inputs.known_issuers,
    }


def _uses(
    rules: "Qualification", answer: "Progress", handle: str, *, counts: bool
) -> Iterator[Toward]:
    titles = {entry.id: entry.title or entry.id for entry in answer.requirements}
    for use in answer.allocation:
        if _is_of(use.credential, handle):
            asked = titles.get(use.requirement, use.requirement)
            yield Toward(rules.id, rules.title, use.requirement, counts, asked)


def _is_of(name: str, handle: str) -> bool:
    return name == handle or name.startswith(f"{handle}/")


def toward_json(entry: Toward) -> dict[str, Any]:
    """Spell one requirement that the credential fills or could fill."""
    return {
        "qualification": entry.qualification,
        "title": entry.title,
        "requirement": entry.requirement,
        "counts": entry.counts,
    }


def toward_words(entry: Toward) -> str:
    """Say the same in words."""
    does = "counts" if entry.counts else "could count"
    return f"{entry.qualification}: {does} for {entry.asked} of {entry.title}"

"""One verification under way: what is verified, and what the checks found so far.

VCDM 2.0 section 7.1 (verification), of which every check is a step.
"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet.errors import CredwalletError
from credwallet.model.credential import Credential, Held, Presentation
from credwallet.model.report import Check, Linked, Listed, Outcome, Problem
from credwallet.verify.policy import Policy, Ports

if TYPE_CHECKING:
    from credwallet.formats import Part
    from credwallet.model.report import VerificationReport
    from credwallet.proofs.secured import Patience
    from credwallet.proofs.verified import VerifiedProof
    from credwallet.verify.open_badges_2.graph import Graph


class Allowance:
    """How much of what stands inside of others is looked at, for a whole file.

    Args:
        parts: Credentials in learner records.
        endorsements: Endorsements in credentials.

    """

    def __init__(self, parts: int = 1000, endorsements: int = 100) -> None:
        self._parts = parts
        self._endorsements = endorsements

    def take_parts(self, count: int) -> bool:
        """Tell whether so many more may be looked at, and count them."""
        if count > self._parts:
            return False
        self._parts -= count
        return True

    def take_endorsement(self) -> bool:
        """Tell whether one more may be looked at, and count it."""
        self._endorsements -= 1
        return self._endorsements >= 0


class Vouching(NamedTuple):
    """A learner record that is good: by whom, and by which proofs."""

    issuer: str
    proofs: "tuple[VerifiedProof, ...]"


class Case:
    """Carries the verified proofs from the proof check to those after it.

    Args:
        held: The credential or presentation.
        policy: What the learner asks for.
        ports: Documents and contexts.
        patience: What the whole file may cost, shared with its other parts.

    """

    def __init__(
        self,
        held: Held,
        policy: Policy,
        ports: Ports,
        patience: "Patience",
    ) -> None:
        self.held = held
        self.patience = patience
        self.policy = policy
        self.ports = ports
        self.proofs = held.proofs
        self.verified: tuple[VerifiedProof, ...] = ()
        self.unsigned: tuple[str, ...] = ()
        self.linked: tuple[Linked, ...] = ()
        self.listed: tuple[Listed, ...] = ()
        # What it holds, and why it was not looked at.
        self.parts: tuple[Part, ...] = ()
        self.unread = ""
        # Whether it has no proof of its own, and stands in a record that may have one.
        self.covered = False
        self.vouching: Vouching | None = None
        self.depth = 0
        self.allowance = Allowance()
        self.endorsed: tuple[VerificationReport, ...] = ()
        # What an Open Badges 2.0 assertion names, once it was loaded.
        self.graph: Graph | None = None
        self.newer: VerificationReport | None = None

    @property
    def signer(self) -> str:
        """Who must have signed: the issuer, or the holder of a presentation."""
        if isinstance(self.held, Presentation):
            return self.held.holder
        return self.held.issuer.id

    @property
    def is_credential(self) -> bool:
        """Whether this is a credential, not a presentation."""
        return isinstance(self.held, Credential)


def passed(check_id: str, note: str = "", *problems: Problem) -> Check:
    """Answer yes; problems here are remarks.

    Args:
        check_id: `ID` of the check.
        note: One line to stand behind the answer, `""` for none.
        problems: What the learner should know although the check passed.

    """
    return Check(check_id, Outcome.PASSED, note, problems)


def skipped(check_id: str, note: str) -> Check:
    """Say that the question did not arise, and why.

    Args:
        check_id: `ID` of the check.
        note: Why, one line.

    """
    return Check(check_id, Outcome.SKIPPED, note)


def answer(check_id: str, outcome: Outcome, *found: CredwalletError | Problem) -> Check:
    """Answer with findings; the first one's words are the note.

    The layers that read keys do not know what the learner can do: it is said here.

    Args:
        check_id: `ID` of the check.
        outcome: `FAILED` or `UNKNOWN`.
        found: At least one, the gravest first.

    """
    problems = tuple(
        item if isinstance(item, Problem) else Problem.of(item) for item in found
    )
    told = tuple(
        item if item.next_step else item._replace(next_step=_ASK) for item in problems
    )
    return Check(check_id, outcome, told[0].title, told)


_ASK = "ask the issuer for a new copy"

"""What `stack-progress --compare` works out beside the progress itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from credwallet.cli.adding_up.offer_inputs import gather_offers

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.model.comparison import Comparison
    from credwallet.model.qualification import Progress
    from credwallet.stacking.planning.offer_gains import Question


def compared(
    session: "Session",
    answers: "Sequence[Progress]",
    question: "Question",
    files: Sequence[Path],
    *,
    no_wallet: bool,
) -> "tuple[Comparison, ...]":
    """Put the answers beside each other, with what finishing each one takes.

    Args:
        session: The run.
        answers: The progress of each qualification.
        question: What is held, what is assumed, and the day, as for the answers.
        files: Offers files.
        no_wallet: Leave the wallet closed.

    Raises:
        Usage: If an offers file makes no sense.
        NotFound: If one is not there.

    """
    from credwallet.model.plan import Money  # noqa: PLC0415 -- lazily: few compare
    from credwallet.stacking.planning.comparing import compare  # noqa: PLC0415 -- as above

    offers = gather_offers(session, files, no_wallet=no_wallet)
    return compare(answers, question, offers, money=Money())

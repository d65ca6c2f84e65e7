"""Reading and verifying inputs: what `import` and `verify` have in common."""

from typing import TYPE_CHECKING, NamedTuple

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.cli.kept import CONTEXTS, identities, known_issuers, registries
from credwallet.cli.output import OF_VERDICT, ExitCode, code_of, gravest
from credwallet.cli.session import read_file
from credwallet.errors import CredwalletError, Unreadable, Usage
from credwallet.model.report import Problem, VerificationReport
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from credwallet.cli.importing.expanding import Source
    from credwallet.cli.session import Session
    from credwallet.store import Vault


class Judged(NamedTuple):
    """One input, verified; or the problem that kept it from being read."""

    source: str
    report: VerificationReport | None
    problem: Problem | None
    exit_code: ExitCode


def ports_of(session: "Session", documents: "Mapping[str, bytes]") -> Ports:
    """Build the ports: supplied documents first, then the network if it is open.

    Supplied documents serve as JSON-LD contexts, too, beside those that the wallet
    keeps if it is open.

    Args:
        session: For the network, and for the wallet's contexts if one is open.
        documents: The bytes of documents by their addresses, as the learner gave them.

    """
    vault = session.opened
    # A document is read as a context only where a credential names it as one.
    supplied = {**(vault.documents(CONTEXTS) if vault else {}), **documents}
    contexts = Contexts.bundled()
    if supplied:
        contexts = contexts.with_supplied(supplied)
    return Ports(
        session.fetch(documents),
        contexts,
        supplied=documents,
        weighed=session.keeping.weigh,
    )


def policy_of(
    session: "Session",
    vault: "Vault | None",
    *,
    at: "datetime | None" = None,
    require_known_issuer: bool = False,
    trust_list: "Path | None" = None,
) -> Policy:
    """Build the learner's policy, from the wallet if one is open.

    Args:
        session: For the moment and the settings.
        vault: For known issuers, identities and registries; None if no wallet is to be
            asked.
        at: The moment of the question, with a time zone; now if it is None.
        require_known_issuer: Whether a badge of an unknown issuer fails.
        trust_list: A file of certificates that are to be trusted, None for no such
            file.

    Raises:
        Usage: If `trust_list` is a file that holds no certificates.
        NotFound: If there is no such file.

    """
    return Policy(
        at=at or session.at,
        offline=session.settings.offline,
        known_issuers=known_issuers(vault) if vault is not None else None,
        require_known_issuer=require_known_issuer,
        identities=identities(vault) if vault is not None else (),
        registries=registries(vault) if vault is not None else (),
        trusted_certificates=_trusted(trust_list) if trust_list else (),
    )


def _trusted(trust_list: "Path") -> tuple[bytes, ...]:
    from credwallet.trust.certificates import read_trust_list  # noqa: PLC0415 -- lazily: few give one

    data = read_file(trust_list)
    try:
        return read_trust_list(data)
    except Unreadable as error:
        raise Usage(
            f"{trust_list}: {error.what}",
            next_step=error.next_step,
            type=error.type,
            file=str(trust_list),
        ) from None


def judge(source: "Source", policy: Policy, ports: Ports) -> Judged:
    """Read one input and verify it; bad input becomes its problem.

    Args:
        source: Its name, and its bytes or why there are none.
        policy: What is asked.
        ports: Documents and contexts.

    Returns:
        The report or the problem, one of the two, and the exit code that follows.

    """
    if isinstance(source.data, CredwalletError):
        return _refused(source.name, source.data)
    try:
        held = formats.read(source.data)
    except CredwalletError as error:
        return _refused(source.name, error)
    report = verify(held, policy, ports)
    return Judged(source.name, report, None, OF_VERDICT[report.verdict])


def with_nothing_inside(judged: Judged) -> Judged:
    """Say of an envelope that there was no credential in it."""
    problem = Problem(
        "empty",
        f"{judged.source}: a presentation that holds no credential",
        next_step="ask for the badges themselves",
    )
    code = gravest((judged.exit_code, ExitCode.NOT_FOUND))
    return judged._replace(problem=problem, exit_code=code)


def _refused(name: str, error: CredwalletError) -> Judged:
    problem = Problem.of(error)
    if name not in problem.title:
        problem = problem._replace(title=f"{name}: {problem.title}")
    problem = problem._replace(file=problem.file or name)
    return Judged(name, None, problem, code_of(error))

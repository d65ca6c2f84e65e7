"""Is it valid at this time?

The dates of the credential, and the life of the certificate that sealed it (ETSI EN 319
102-1 section 5.2.6): once it has expired, an older signature is still good, but that it
is older is only the signer's own word (`sigT`) as long as no time stamp is verified.
"""

from collections.abc import Iterator
from datetime import datetime

from credwallet.errors import Invalid
from credwallet.formats import jades as reading
from credwallet.keys import certificate as certificates
from credwallet.keys.certificate import Certificate
from credwallet.keys.x5c import decode
from credwallet.model.moment import SKEW
from credwallet.model.proof import Jws
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs.jades import signing_time
from credwallet.verify import validity
from credwallet.verify.case import Case, answer, passed

ID = validity.ID
QUESTION = validity.QUESTION


def check(case: Case) -> Check:
    """Compare the dates of the credential, the signatures and their certificates."""
    dated = validity.check(case)
    signatures = reading.signatures_of(case.held.raw)
    if dated.outcome is not Outcome.PASSED or len(case.verified) < len(signatures):
        return dated
    notes = [dated.note]
    found: list[Problem] = []
    for place, signature in enumerate(signatures):
        try:
            signed_at = signing_time(signature.jws)
            found.extend(_problems(signature.jws, signed_at, case.policy.at, place))
        except Invalid as error:
            return answer(ID, Outcome.FAILED, error)
        if signed_at is not None:
            notes.append(f"sealed on {signed_at:%Y-%m-%d} by the signer's own word")
    failed = [problem for problem in found if problem.type != _UNPROVEN]
    if failed:
        return answer(ID, Outcome.FAILED, *failed)
    if found:
        return answer(ID, Outcome.UNKNOWN, *found)
    return passed(ID, "; ".join(dict.fromkeys(notes)), *dated.problems)


def _problems(
    jws: Jws, signed_at: datetime | None, at: datetime, place: int
) -> Iterator[Problem]:
    pointer = f"/signatures/{place}"
    leaf = certificates.read(decode(jws.header["x5c"][0]))
    if signed_at is not None and signed_at - at > SKEW:
        yield Problem(
            type="not-yet-valid",
            title=f"it says that it was sealed only on {signed_at:%Y-%m-%d}",
            instance=pointer,
            next_step="if your clock is wrong, set it",
        )
    elif signed_at is not None and signed_at > leaf.not_after:
        yield Problem(
            type="expired-certificate",
            title=f"it was sealed on {signed_at:%Y-%m-%d}, after {_expiry(leaf)}",
            instance=pointer,
        )
    elif at > leaf.not_after:
        word = (
            f"is the signer's own word ({signed_at:%Y-%m-%d})"
            if signed_at is not None
            else "is not said"
        )
        yield Problem(
            type=_UNPROVEN,
            title=f"{_expiry(leaf)}; that the seal is older {word}",
            instance=pointer,
            next_step="verify its time stamp at the issuer or with the Europass viewer",
        )


def _expiry(leaf: Certificate) -> str:
    return f"the certificate of the seal expired on {leaf.not_after:%Y-%m-%d}"


_UNPROVEN = "signing-time-unproven"

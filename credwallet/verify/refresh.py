"""Is there a newer copy?

VCDM 2.0 section 5.4, Open Badges 3.0 section 9.1 and 1EdTech Verifiable Credential
Refresh Service 1.0 (`1EdTechCredentialRefresh`). Asking tells the issuer that the badge
is looked at, so it is asked only when the learner wants it, once, and for the
credential itself alone.
"""

from typing import Any
from urllib.parse import unquote

from credwallet import formats
from credwallet.errors import Invalid, Undetermined, Unreadable
from credwallet.keys.wording import shown
from credwallet.model.credential import Credential
from credwallet.model.moment import moment_of
from credwallet.model.report import Check, Outcome, Problem, Verdict
from credwallet.verify.case import Case, answer, passed, skipped

ID = "refresh"
QUESTION = "Is there a newer copy?"

_TYPE = "1EdTechCredentialRefresh"


def check(case: Case) -> Check:
    """Ask the issuer's refresh service once, if the learner wants that."""
    held = case.held
    services = held.document.get("refreshService")
    if not services or not isinstance(held, Credential):
        return skipped(ID, "its issuer offers none")
    address = _address(services)
    if not address:
        return skipped(ID, "its issuer offers newer copies in a way we do not know")
    if not case.policy.refresh or case.depth:
        inside = "not asked of what stands inside of something else"
        asking = "its issuer offers newer copies; not asked: --refresh asks the issuer"
        return skipped(ID, inside if case.policy.refresh else asking)
    return _asked(case, held, address)


def _asked(case: Case, held: Credential, address: str) -> Check:
    try:
        newer = _ask(case, held, address)
    except (Undetermined, Unreadable) as error:
        if error.instance is None:
            error.instance = "/refreshService"
        return answer(ID, Outcome.UNKNOWN, error)
    except Invalid as error:
        return answer(ID, Outcome.FAILED, error)
    if newer is None:
        return passed(ID, "there is no newer copy")
    return _judge(case, newer)


def _address(services: Any) -> str:
    for service in services if isinstance(services, list) else [services]:
        if not isinstance(service, dict):
            continue
        kinds = service.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        address = service.get("id")
        if _TYPE in kinds and isinstance(address, str):
            return address
    return ""


def _ask(case: Case, held: Credential, address: str) -> Credential | None:
    """Fetch the copy that the service has; None if it is no newer one.

    Raises:
        Undetermined: It cannot be had, or nothing says that it is the same credential.
        Unreadable: What was answered is no credential.
        Invalid: It is another credential.

    """
    if not address.lower().startswith("https://"):
        raise Undetermined(
            f"the refresh service {shown(address)} has no https address",
            next_step="ask the issuer whether there is a newer copy",
            type="address",
        )
    if not held.id:
        raise Undetermined(
            "the badge has no id by which a newer copy could be told",
            next_step="ask the issuer whether there is a newer copy",
        )
    answered = case.ports.fetch(address)
    if answered.age_s:
        # What it said in an earlier run is no answer to whether there is a newer one.
        raise Undetermined(
            f"{shown(address)} could not be asked ({answered.told})",
            next_step="try again later",
            type="unreachable",
        )
    found = formats.read(answered.body)
    if not isinstance(found, Credential) or _identity(found) != _identity(held):
        raise Invalid(
            f"what {shown(address)} answered is another credential",
            instance="/refreshService",
            type="another-credential",
            next_step="keep the copy that you have; tell the issuer",
        )
    if found.raw == held.raw:
        return None
    then, now = moment_of(held.valid_from), moment_of(found.valid_from)
    return found if now is not None and (then is None or now > then) else None


def _identity(credential: Credential) -> tuple[str, str]:
    """Tell what makes two credentials the same one (Open Badges 3.0 section 7.4)."""
    return (
        unquote(credential.issuer.id.strip()),
        unquote(credential.id.strip()),
    )


def _judge(case: Case, newer: Credential) -> Check:
    from credwallet.verify import verify_newer  # noqa: PLC0415 -- it lists this module

    report = verify_newer(newer, case)
    since = shown(newer.valid_from)
    if report.verdict is not Verdict.VALID:
        problem = Problem(
            type="newer-copy",
            title=f"the issuer offers a newer copy (of {since}), which is"
            f" {report.verdict}",
            instance="/refreshService",
            next_step="ask the issuer; the copy that you have stays",
        )
        return answer(ID, Outcome.UNKNOWN, problem)
    case.newer = report
    note = f"a newer copy is there, of {since}"
    problem = Problem(
        type="newer-copy",
        title=note,
        instance="/refreshService",
        next_step="keep it: credwallet refresh ID",
    )
    return passed(ID, note, problem)

"""Is it a well-formed credential of its standard?

SD-JWT VC section 3.2 (`typ`, `vct`, registered claims); a VC 2.0 document is judged as
any other. A token without its type, or without `vct`, may be anything: that is unknown.
"""

from collections.abc import Iterator
from typing import Any

from credwallet.formats import sd_jwt as reading
from credwallet.model.report import Check, Outcome, Problem
from credwallet.proofs.sd_jwt import UNTYPED
from credwallet.verify import structure
from credwallet.verify.case import Case, answer, passed

ID = structure.ID
QUESTION = structure.QUESTION

_TEXTS = ("iss", "sub", "jti", "vct", "vct#integrity")
_OBJECTS = ("cnf", "status")


def check(case: Case) -> Check:
    """Name every claim that breaks a rule, or judge the VC 2.0 document."""
    sd_jwt = case.held.sd_jwt
    if sd_jwt is None or not sd_jwt.states_claims:
        found = structure.check(case)
    else:
        found = _claims(case.held.document)
    if found.outcome is Outcome.PASSED and sd_jwt is not None and sd_jwt.withheld:
        values = (
            "1 value is" if sd_jwt.withheld == 1 else f"{sd_jwt.withheld} values are"
        )
        found = found._replace(note=f"{found.note}; {values} held back, or decoys")
    jws = case.held.jws
    if found.outcome is Outcome.PASSED and jws and reading.type_of(jws) in UNTYPED:
        return answer(ID, Outcome.UNKNOWN, _NO_TYPE)
    return found


def _claims(document: dict[str, Any]) -> Check:
    broken = tuple(_broken(document))
    if broken:
        return answer(ID, Outcome.FAILED, *broken)
    if "vct" not in document:
        return answer(ID, Outcome.UNKNOWN, _NO_VCT)
    return passed(ID, "SD-JWT VC")


def _broken(document: dict[str, Any]) -> Iterator[Problem]:
    for name in _TEXTS:
        value = document.get(name, "-")
        if not isinstance(value, str) or not value:
            yield _wrong(name, "is no text")
    for name in _OBJECTS:
        if not isinstance(document.get(name, {}), dict):
            yield _wrong(name, "is no object")


def _wrong(name: str, what: str) -> Problem:
    return Problem(
        type="malformed",
        title=f"{name} {what}",
        instance=f"/{name}",
        next_step="ask the issuer for a corrected copy",
    )


_NO_TYPE = Problem(
    type="no-type",
    title="the token does not say of which type it is (typ)",
    next_step="ask the issuer for a copy that names its type",
)
_NO_VCT = Problem(
    type="no-type",
    title="a token with disclosures that does not say what it certifies (vct)",
    instance="/vct",
    next_step="ask the issuer for a credential: this may be a token for something else",
)

"""Open Badges 2 of any shape: every document may be anything, and is answered."""

import json

from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.report import report_json
from credwallet.errors import Unreadable
from credwallet.model.report import Verdict
from credwallet.model.summary import summary_of
from tests.model.shapes import JSON
from tests.verify import assertions as ob2
from tests.verify.assertions import (
    ASSERTION,
    assertion,
    badge_class,
    profile,
    verify,
    world,
)

MADE = {
    "assertion": assertion(),
    "badge": badge_class(),
    "issuer": profile(publicKey=ob2.KEY, revocationList=ob2.LIST),
    "key": ob2.key(),
    "listing": ob2.revoked("urn:uuid:other"),
}


@given(
    which=st.sampled_from(sorted(MADE)),
    data=st.data(),
    form=st.sampled_from(["hosted", "signed"]),
)
def test_no_shape_of_any_document_is_a_defect(which: str, data, form: str) -> None:
    document = dict(MADE[which])
    names = [*document, "verification", "verify", "uid", "endorsement", "extensions:x"]
    document[data.draw(st.sampled_from(names))] = data.draw(JSON)
    served = world(**MADE | {which: document})
    held = document if which == "assertion" else assertion()
    if form == "signed":
        stated = {"verification": ob2.CREATOR} | held
        badge = ob2.token(stated, {"alg": "RS256"})
    else:
        badge = json.dumps(held)
    try:
        found = verify(badge, served, identities=("ada@example.org",))
    except Unreadable:
        return

    summary_of(found)
    report_json(found, source="x")


@given(document=st.one_of(JSON, st.fixed_dictionaries({"id": st.just(ASSERTION)})))
def test_what_is_no_document_of_a_badge_proves_nothing(document) -> None:
    body = json.dumps(document).encode()
    described = isinstance(document, dict) and bool(document.keys() & {"name", "type"})

    for name in ("assertion", *(("badge", "issuer") if not described else ())):
        assert verify(assertion(), world(**{name: body})).verdict is not Verdict.VALID

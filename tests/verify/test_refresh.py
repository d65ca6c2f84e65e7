"""Is the issuer asked for a newer copy once, and only if the learner wants it?"""

import json
from typing import Any

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Document, Supplied
from credwallet.model.report import Check, Outcome, Verdict, VerificationReport
from tests.samples import make
from tests.verify.badges import METHOD, harbour, northlight, report, unsigned
from tests.verify.records import record, signed

ADDRESS = "https://harbour.example/refresh/1"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTEXTS = [*make.CONTEXTS, EXTENSIONS]
SERVICE = {"id": ADDRESS, "type": "1EdTechCredentialRefresh"}


class Counting:
    """A network with one page, which notes what it is asked for."""

    def __init__(self, body: bytes | None) -> None:
        self.asked: list[str] = []
        self._pages = Supplied({ADDRESS: body} if body is not None else {}, self)

    def page(self, url: str, /) -> Document:
        self.asked.append(url)
        return self._pages(url)

    def __call__(self, url: str, /) -> Document:
        raise Undetermined(f"{url} cannot be had", type="unreachable")


def held(**members: Any) -> dict[str, Any]:
    return harbour(**{"context": CONTEXTS, "refreshService": SERVICE, **members})


def newer(**members: Any) -> dict[str, Any]:
    return held(**{"validFrom": "2026-10-01T00:00:00Z", **members})


def asked(
    document: dict[str, Any], answer: Any, *, refresh: bool = True
) -> tuple[VerificationReport, list[str]]:
    body = answer if isinstance(answer, bytes | None) else json.dumps(answer).encode()
    network = Counting(body)
    found = report(document, otherwise=network.page, refresh=refresh)
    return found, network.asked


def answered(answer: Any) -> Check:
    found, _ = asked(held(), answer)
    # The copy that is held is what it was.
    assert found.verdict is Verdict.VALID
    return found.check("refresh")


def test_a_newer_copy_is_found_verified_and_handed_on():
    found, requests = asked(held(), newer())
    assert requests == [ADDRESS]
    assert (
        found.check("refresh").note == "a newer copy is there, of 2026-10-01T00:00:00Z"
    )
    assert found.newer is not None
    assert found.newer.verdict is Verdict.VALID
    assert json.loads(found.newer.subject.raw) == newer()
    assert [each.url for each in found.consulted] == [ADDRESS]


def test_nobody_is_asked_without_the_learners_wish():
    found, requests = asked(held(), newer(), refresh=False)
    assert requests == []
    check = found.check("refresh")
    assert check.outcome is Outcome.SKIPPED
    assert "--refresh" in check.note
    assert found.newer is None


def test_without_a_service_there_is_nobody_to_ask():
    found, requests = asked(harbour(), newer())
    assert (found.check("refresh").outcome, requests) == (Outcome.SKIPPED, [])


def test_the_same_copy_is_no_newer_one():
    assert answered(held()).note == "there is no newer copy"


def test_an_older_copy_is_no_newer_one():
    older = held(validFrom="2020-01-01T00:00:00Z")
    assert answered(older).note == "there is no newer copy"


def test_an_expired_badge_can_have_a_newer_copy():
    old = held(validUntil="2026-03-01T00:00:00Z")
    found, _ = asked(old, newer())
    assert found.verdict is Verdict.EXPIRED
    assert found.newer is not None


def test_a_chain_of_newer_copies_is_not_followed():
    found, requests = asked(held(), newer())
    assert requests == [ADDRESS]
    assert found.newer is not None
    assert found.newer.check("refresh").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (None, Outcome.UNKNOWN),
        (b"junk", Outcome.UNKNOWN),
        ({**newer(), "name": "changed after signing"}, Outcome.UNKNOWN),
        (newer(validUntil="2026-10-02T00:00:00Z"), Outcome.UNKNOWN),
        (newer(id="urn:uuid:another"), Outcome.FAILED),
        (northlight(validFrom="2026-10-01T00:00:00Z"), Outcome.FAILED),
        (record(signed(harbour())), Outcome.FAILED),
    ],
)
def test_what_is_no_good_copy_is_not_handed_on(answer: Any, outcome: Outcome):
    found, _ = asked(held(), answer)
    assert found.check("refresh").outcome is outcome
    assert found.newer is None
    assert found.verdict is Verdict.VALID


@pytest.mark.parametrize(
    "address", ["http://harbour.example/1", "file:///etc/passwd", "ftp://x.example/1"]
)
def test_only_https_is_asked(address: str):
    found, requests = asked(held(refreshService={**SERVICE, "id": address}), newer())
    assert (found.check("refresh").outcome, requests) == (Outcome.UNKNOWN, [])


def test_a_badge_without_an_id_cannot_be_told_from_another():
    found, requests = asked(held(id=None), newer(id=None))
    assert (found.check("refresh").outcome, requests) == (Outcome.UNKNOWN, [])


def test_a_broken_badge_asks_nobody():
    found, requests = asked({**held(), "name": "changed"}, newer())
    assert (found.verdict, requests) == (Verdict.INVALID, [])


def test_what_stands_inside_of_a_record_asks_nobody():
    found, requests = asked(record(held()), newer())
    assert requests == []
    assert found.contains[0].check("refresh").outcome is Outcome.SKIPPED


def test_another_kind_of_service_is_not_asked():
    other = {"id": ADDRESS, "type": "MediatedRefresh2021"}
    token = make.jwt(unsigned(refreshService=other), make.HARBOUR_KEY, METHOD)
    network = Counting(json.dumps(newer()).encode())
    found = report(token, otherwise=network.page, refresh=True)
    assert (found.verdict, network.asked) == (Verdict.VALID, [])
    assert "do not know" in found.check("refresh").note

"""Open Badges 2 as a whole: hosted and signed, and what breaks each."""

import json
from typing import Any

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Document
from credwallet.model.report import Outcome, Verdict
from credwallet.model.summary import summary_of
from tests.formats.making import itxt, png
from tests.verify import assertions as ob2
from tests.verify.assertions import (
    ASSERTION,
    BADGE,
    HOST,
    ISSUER,
    assertion,
    badge_class,
    profile,
    types,
    verify,
    world,
)


class Host:
    """A `Fetch` that counts, and answers as hosts do."""

    def __init__(self, documents: dict[str, bytes], **failures: str) -> None:
        self._documents = documents
        self._failures = failures
        self.asked: list[str] = []

    def __call__(self, url: str, /) -> Document:
        self.asked.append(url)
        if url.startswith("http://"):
            raise Undetermined("not fetched: no https", type="refused-address")
        if url not in self._documents:
            kind = self._failures.get("missing", "not-found")
            raise Undetermined(f"{url} was not fetched", type=kind)
        return Document(url, self._documents[url], "application/json", "fetched")


def test_a_hosted_badge_is_valid_if_its_issuer_hosts_the_same() -> None:
    found = verify(assertion())

    assert found.verdict is Verdict.VALID
    assert found.check("proof").note == f"the same as at {ASSERTION} (supplied)"
    assert [item.url for item in found.linked] == [ASSERTION, BADGE, ISSUER]


def test_a_baked_badge_is_verified_like_the_assertion_in_it() -> None:
    text = json.dumps(assertion()).encode()
    picture = png(itxt(text, keyword=b"openbadges"))

    found = ob2.report(picture, documents=world())

    assert found.verdict is Verdict.VALID


def test_each_document_is_asked_for_once() -> None:
    host = Host(world())

    verify(assertion(), {}, otherwise=host)

    assert sorted(host.asked) == sorted([ASSERTION, BADGE, ISSUER])


def test_offline_nothing_is_known_about_a_hosted_badge() -> None:
    found = verify(assertion(), {})

    assert found.verdict is Verdict.UNDETERMINED
    outcomes = {found.check(name).outcome for name in ("proof", "issuer", "status")}
    assert outcomes == {Outcome.UNKNOWN}


@pytest.mark.parametrize("missing", ["badge", "issuer"])
def test_without_badge_class_or_issuer_nothing_is_known(missing: str) -> None:
    found = verify(assertion(), world(**{missing: None}))

    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recipient", {"type": "email", "identity": "eve@example.org"}),
        ("issuedOn", "2020-01-01T00:00:00Z"),
        ("expires", "2099-01-01T00:00:00Z"),
        ("badge", f"{HOST}/badges/other.json"),
    ],
)
def test_a_copy_that_states_another_award_is_invalid(name: str, value: Any) -> None:
    found = verify(assertion(**{name: value}))

    assert found.verdict is Verdict.INVALID
    assert found.check("proof").problems[0].instance == f"/{name}"


def test_a_copy_from_which_the_end_was_taken_away_is_invalid() -> None:
    ends = assertion(expires="2025-01-01T00:00:00Z")

    assert verify(assertion(), world(assertion=ends)).verdict is Verdict.INVALID


def test_what_only_the_copy_states_is_never_shown_as_the_issuers() -> None:
    badge = assertion(narrative="With distinction.")

    found = verify(badge)

    assert found.verdict is Verdict.UNDETERMINED
    assert found.unsigned == ("/narrative",)


def test_what_only_the_hosted_copy_states_is_remarked() -> None:
    hosted = assertion(narrative="With care.", issuedOn="2024-03-01T01:00:00+01:00")

    found = verify(assertion(), world(assertion=hosted))

    assert found.verdict is Verdict.VALID
    assert "differs in narrative" in found.check("proof").note


def test_true_and_one_are_not_the_same() -> None:
    hosted = assertion(recipient={**assertion()["recipient"], "hashed": 0})

    assert verify(assertion(), world(assertion=hosted)).verdict is Verdict.INVALID


def test_an_embedded_badge_class_does_not_speak_for_the_hosted_one() -> None:
    embedded = badge_class(name="Doctor of Knots")

    found = verify(assertion(badge=embedded))

    assert found.verdict is Verdict.UNDETERMINED
    assert found.unsigned == ("/badge/name",)
    assert summary_of(found).name == "Knots"


def test_an_embedded_issuer_does_not_speak_for_the_hosted_one() -> None:
    inner = profile(name="Royal Academy")

    found = verify(assertion(badge=badge_class(issuer=inner)))

    assert "/badge/issuer/name" in found.unsigned
    assert summary_of(found).issuer_name == "Harbour College"


def test_an_embedded_badge_class_that_the_issuer_hosts_so_is_good() -> None:
    badge = assertion(badge=badge_class())

    assert verify(badge, world(assertion=badge)).verdict is Verdict.VALID


def test_a_summary_has_what_badge_class_and_issuer_say() -> None:
    found = summary_of(verify(assertion()))

    assert (found.name, found.issuer_id) == ("Knots", ISSUER)
    assert (found.issuer_name, found.skills) == ("Harbour College", ("Rope",))
    assert (found.keywords, found.subject_id) == (("sea",), "ada@example.org")


def test_a_badge_whose_address_answers_gone_is_revoked() -> None:
    host = Host(world(assertion=None), missing="gone")

    found = verify(assertion(), {}, otherwise=host)

    assert found.verdict is Verdict.REVOKED
    assert "its issuer" in found.check("status").note


@pytest.mark.parametrize("kind", ["not-found", "unreachable"])
def test_a_host_that_has_it_not_or_is_silent_revokes_nothing(kind: str) -> None:
    host = Host(world(assertion=None), missing=kind)

    assert verify(assertion(), {}, otherwise=host).verdict is Verdict.UNDETERMINED


def test_a_hosted_badge_that_says_revoked_is_revoked_and_says_why() -> None:
    hosted = {"id": ASSERTION, "revoked": True, "revocationReason": "Not tied."}

    found = verify(assertion(), world(assertion=hosted))

    assert found.verdict is Verdict.REVOKED
    assert found.check("status").note == "revoked by its issuer: Not tied."


def test_what_stands_at_the_address_must_be_this_assertion() -> None:
    other = assertion(id=f"{HOST}/assertions/2.json")

    found = verify(assertion(), world(assertion=other))

    assert found.verdict is Verdict.INVALID
    assert types(found, "proof") == {"another-document"}


def test_an_address_that_holds_no_json_tells_nothing() -> None:
    found = verify(assertion(), world(assertion=b"<html>Log in</html>"))

    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("name", ["badge", "issuer"])
def test_a_loop_of_names_is_no_issuer(name: str) -> None:
    changes: dict[str, Any] = (
        {"badge": badge_class(issuer=BADGE)}
        if name == "issuer"
        else {"assertion": assertion(badge=ASSERTION)}
    )
    badge = changes.get("assertion", assertion())

    found = verify(badge, world(**changes))

    assert found.verdict is Verdict.INVALID
    assert types(found, "issuer") == {"another-document"}


def test_a_badge_class_that_has_moved_counts_from_where_it_says() -> None:
    old = f"{HOST}/old.json"
    badge = assertion(badge=old)

    found = verify(
        badge,
        world(assertion=badge)
        | world(**{old: badge_class()})
        | {ASSERTION: json.dumps(badge).encode()},
    )

    assert found.verdict is Verdict.VALID
    assert "another-address" in types(found, "issuer")
    assert summary_of(found).name == "Knots"


def test_a_badge_class_cannot_borrow_the_name_of_another() -> None:
    lure = "https://evil.example/b.json"
    badge = assertion(badge=lure)
    borrowed = badge_class(name="Doctor", issuer="https://evil.example/i.json")

    served = world(assertion=badge, **{lure: borrowed})
    found = verify(badge, served)

    # What stands at the address that it names is read instead.
    assert summary_of(found).name == "Knots"
    assert summary_of(found).issuer_id == ISSUER


def test_a_moved_document_that_does_not_agree_is_invalid() -> None:
    lure = "https://evil.example/b.json"
    badge = assertion(badge=lure)
    served = world(
        assertion=badge,
        badge=badge_class(id=f"{HOST}/third.json"),
        **{lure: badge_class()},
    )

    assert verify(badge, served).verdict is Verdict.INVALID


def test_an_http_address_is_asked_by_https_and_remarked() -> None:
    old = ASSERTION.replace("https", "http")
    badge = assertion(id=old)
    host = Host(world(assertion=badge))

    found = verify(badge, {}, otherwise=host)

    assert found.verdict is Verdict.VALID
    assert "plain-http" in types(found, "proof")


def test_a_badge_that_expires_before_it_was_issued_is_invalid() -> None:
    badge = assertion(expires="2023-01-01")

    found = verify(badge, world(assertion=badge))

    assert found.verdict is Verdict.INVALID


def test_an_expired_badge_is_expired_and_one_ahead_not_yet_valid() -> None:
    late = assertion(expires="2025-01-01")
    early = assertion(issuedOn="2030-01-01")

    assert verify(late, world(assertion=late)).verdict is Verdict.EXPIRED
    assert verify(early, world(assertion=early)).verdict is Verdict.NOT_YET_VALID


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"@context": "https://w3id.org/openbadges/v9"}, "/@context"),
        ({"type": "Badge"}, "/type"),
        ({"id": "urn:uuid:1"}, "/id"),
        ({"recipient": "ada@example.org"}, "/recipient"),
        ({"recipient": {"type": "email"}}, "/recipient/identity"),
        ({"badge": "knots"}, "/badge"),
        ({"verification": {"type": "trusted"}}, "/verification/type"),
        ({"issuedOn": None}, "/issuedOn"),
        ({"issuedOn": "yesterday"}, "/issuedOn"),
        ({"image": "data:image/png;base64,AA=="}, "/image"),
        ({"extensions:x": {"type": ["Extension"]}}, "/extensions:x"),
    ],
)
def test_what_the_standard_requires_is_named(changes: Any, pointer: str) -> None:
    found = verify(assertion(**changes))

    assert found.verdict is Verdict.MALFORMED
    assert pointer in {item.instance for item in found.check("structure").problems}


def test_an_issuer_known_to_the_learner_is_said() -> None:
    found = verify(assertion(), known_issuers={}, require_known_issuer=True)

    assert found.verdict is Verdict.UNDETERMINED
    assert types(found, "issuer") == {"unknown-issuer"}


def test_endorsements_are_looked_at_and_never_fatal() -> None:
    address = "https://guild.example/endorsement.json"
    endorsement = {
        "type": "Endorsement",
        "id": address,
        "claim": {"id": BADGE},
        "issuer": "https://guild.example/i.json",
        "verification": {"type": "hosted"},
    }
    guild = profile(id="https://guild.example/i.json")
    served = {
        "badge": badge_class(endorsement=[address]),
        "https://guild.example/i.json": guild,
    }

    good = verify(assertion(), world(**served, **{address: endorsement}))
    other = verify(
        assertion(), world(**served, **{address: endorsement | {"claim": ISSUER}})
    )

    assert good.check("endorsements").note == "1 endorsement, all good"
    assert other.check("endorsements").outcome is Outcome.FAILED
    assert other.verdict is Verdict.VALID


def test_an_address_that_became_https_since_is_the_same() -> None:
    old = assertion(id=ASSERTION.replace("https", "http"))
    host = Host(world())

    found = verify(old, {}, otherwise=host)

    assert found.verdict is Verdict.VALID


def test_a_badge_that_names_too_many_documents_is_not_followed_for_ever() -> None:
    names = [f"https://guild.example/{number}.json" for number in range(200)]
    host = Host(world(badge=badge_class(endorsement=names)))

    found = verify(assertion(), {}, otherwise=host)

    assert len(host.asked) < 20
    assert found.verdict is Verdict.VALID


def test_an_old_copy_of_the_hosted_badge_clears_nothing() -> None:
    class Old(Host):
        def __call__(self, url: str, /) -> Document:
            return super().__call__(url)._replace(origin="cached", age_s=8 * 86_400)

    found = verify(assertion(), {}, otherwise=Old(world()))

    assert found.check("status").outcome is Outcome.UNKNOWN
    assert "8 days old" in found.check("status").note

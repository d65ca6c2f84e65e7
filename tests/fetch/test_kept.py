"""Do documents of earlier runs stand in where nobody is heard, and only there?"""

from datetime import UTC, datetime, timedelta

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Cached, Document, Kept, KeptDocument, Offline, Supplied
from tests.fetch.world import URL

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class Shelf(dict):
    """A `Keeping` in memory."""

    def put(self, url, document):
        self[url] = document


def answering(body: bytes):
    return lambda url: Document(url, body, "text/plain", "fetched")


def failing(kind: str):
    def fetch(url):
        raise Undetermined(f"{url} was not fetched", next_step="wait", type=kind)

    return fetch


def kept(fetch, shelf, *, at=NOW, is_older=lambda _new, _kept: False):
    return Kept(fetch, shelf, at=at, is_older=is_older)


def shelf(body: bytes = b"old", *, days: float = 3) -> Shelf:
    return Shelf({URL: KeptDocument(body, "text/plain", NOW - timedelta(days=days))})


def test_what_was_fetched_is_kept_with_its_moment():
    on = Shelf()
    document = kept(answering(b"new"), on)(f"{URL}#key-1")
    assert (document.origin, document.age_s, document.told) == ("fetched", 0, "fetched")
    assert on == {URL: KeptDocument(b"new", "text/plain", NOW)}


@pytest.mark.parametrize(
    "fetch",
    [
        Offline(),
        failing("unreachable"),
        failing("refused-address"),
        failing("bad-answer"),
        failing("too-large"),
    ],
)
def test_a_copy_answers_where_nobody_is_heard_and_its_age_is_said(fetch):
    document = kept(fetch, shelf())(f"{URL}#key-1")
    assert document == Document(
        f"{URL}#key-1", b"old", "text/plain", "cached", 3 * 86_400
    )
    assert document.told == "cached, from 3 days ago"


@pytest.mark.parametrize("kind", ["not-found", "gone", "address"])
def test_an_answer_that_was_heard_is_not_replaced_by_a_copy(kind):
    with pytest.raises(Undetermined):
        kept(failing(kind), shelf())(URL)


def test_without_a_copy_the_failure_stays_as_it_was():
    with pytest.raises(Undetermined) as caught:
        kept(Offline(), Shelf())(URL)
    assert caught.value.type == "offline"


def test_an_older_answer_never_replaces_a_newer_copy():
    on = shelf(b"2026")
    document = kept(answering(b"2025"), on, is_older=lambda new, old: new < old)(URL)
    assert (document.body, document.origin) == (b"2026", "cached")
    assert on[URL].body == b"2026"


def test_what_was_supplied_is_not_kept():
    on = Shelf()
    assert kept(Supplied({URL: b"given"}, Offline()), on)(URL).origin == "supplied"
    assert on == {}


def test_a_copy_keeps_its_age_when_it_is_asked_for_again():
    fetch = Cached(kept(Offline(), shelf()))
    assert [fetch(URL).age_s, fetch(URL).age_s] == [3 * 86_400] * 2


def test_a_clock_that_was_set_back_makes_no_copy_fresh():
    document = kept(Offline(), shelf(days=-30))(URL)
    assert document.told == "cached, from 30 days ago"


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(days=1999), "1,999 days"),
    ],
)
def test_an_age_is_told_in_one_unit(age: timedelta, told: str):
    document = kept(Offline(), shelf(days=age / timedelta(days=1)))(URL)
    assert document.told == f"cached, from {told} ago"

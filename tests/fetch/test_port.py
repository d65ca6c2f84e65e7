"""The forms of the port that open no connection themselves."""

import pytest

from credwallet.errors import Undetermined
from credwallet.fetch import Cached, Document, Offline, Patient, Supplied
from credwallet.fetch.https import HttpsFetch
from tests.fetch.world import URL, World, answer


def test_offline_refuses_everything():
    with pytest.raises(Undetermined) as caught:
        Offline()(URL)
    assert caught.value.type == "offline"


def test_supplied_documents_answer_with_and_without_a_fragment():
    fetch = Supplied({URL: b"here"}, Offline())
    assert fetch(URL).origin == "supplied"
    assert fetch(URL + "#key").body == b"here"
    with pytest.raises(Undetermined):
        fetch("https://other.example/")


def test_an_address_is_asked_once_whatever_its_fragment():
    world = World(answer(b"once"))
    fetch = Cached(HttpsFetch(resolve=world.resolve, connect=world.connect))
    assert fetch(URL).origin == "fetched"
    again = fetch(URL + "#key-2")
    assert again == Document(URL + "#key-2", b"once", "", "cached")
    assert len(world.connected) == 1


def test_a_failure_is_remembered_in_the_same_words():
    world = World(answer(status="404 Not Found"))
    fetch = Cached(HttpsFetch(resolve=world.resolve, connect=world.connect))
    failures = []
    for _ in range(2):
        with pytest.raises(Undetermined) as caught:
            fetch(URL)
        failures.append(caught.value)
    first, second = failures
    assert first is not second
    assert (first.what, first.next_step, first.type) == (
        second.what,
        second.next_step,
        second.type,
    )
    assert len(world.connected) == 1


def test_a_supplied_document_stays_supplied_when_it_is_remembered():
    fetch = Cached(Supplied({URL: b"here"}, Offline()))
    assert [fetch(URL).origin, fetch(URL).origin] == ["supplied", "supplied"]


def test_after_a_few_silent_hosts_nobody_new_is_asked_but_supplied_ones_are():
    asked = []

    def silent(url):
        asked.append(url)
        raise Undetermined("no answer", next_step="wait", type="unreachable")

    fetch = Supplied({URL: b"here"}, Patient(silent))
    for number in range(10):
        for page in ("a", "b"):
            with pytest.raises(Undetermined):
                fetch(f"https://host{number}.example/{page}")
    assert asked == [f"https://host{number}.example/a" for number in range(3)]
    assert fetch(URL).body == b"here"


def test_an_address_that_is_not_asked_says_why_in_plain_words():
    def silent(url):
        raise Undetermined("no answer", next_step="wait", type="unreachable")

    fetch = Patient(silent)
    said = []
    for number in (0, 0, 1, 2, 3):
        with pytest.raises(Undetermined) as caught:
            fetch(f"https://host{number}.example/a")
        said.append((caught.value.what, caught.value.next_step))
    assert said[1][0].endswith(
        "was not fetched: its host could not be reached just now"
    )
    assert said[4][0].endswith("several other hosts could not be reached")
    assert (
        said[1][1] == said[4][1] == "run the same again later: then each is asked anew"
    )


def test_a_refusal_of_one_address_says_nothing_about_its_host():
    def refusing(url):
        raise Undetermined("not found", next_step="ask", type="bad-answer")

    fetch = Patient(refusing)
    for page in ("a", "b"):
        with pytest.raises(Undetermined, match="not found"):
            fetch(f"https://host.example/{page}")

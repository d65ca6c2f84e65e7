"""What happens on the way to a document, and when the answer is odd."""

import socket
import ssl
import threading

import pytest

from credwallet import __version__
from credwallet.errors import Undetermined
from credwallet.fetch import Document
from credwallet.fetch.https import HttpsFetch
from tests.fetch.world import PUBLIC, URL, FakeStream, World, answer, redirect


def test_a_document_is_fetched_from_the_address_that_was_checked():
    world = World(answer(b'{"a":1}', "Content-Type: application/json; charset=utf-8"))
    document = world.fetch(URL + "#key-1")
    assert document == Document(
        URL + "#key-1", b'{"a":1}', "application/json", "fetched"
    )
    assert world.connected == [(PUBLIC, "issuer.example.org", 443)]
    (stream,) = world.streams
    head = stream.sent.decode().split("\r\n")
    assert head[0] == "GET /did.json HTTP/1.1"
    assert "Host: issuer.example.org" in head
    assert "Accept-Encoding: identity" in head
    assert f"User-Agent: credwallet/{__version__}" in head
    assert stream.closed


def test_another_port_is_asked_and_named():
    world = World(answer())
    world.fetch("https://issuer.example.org:8443?list=1")
    assert world.connected == [(PUBLIC, "issuer.example.org", 8443)]
    assert b"GET /?list=1 HTTP/1.1\r\nHost: issuer.example.org:8443\r\n" in (
        world.streams[0].sent
    )


def test_an_answer_in_chunks_and_small_pieces_is_put_together():
    raw = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    world = World(FakeStream(raw, step=1))
    assert world.fetch().body == b"abcde"


def test_an_answer_without_a_length_ends_with_the_connection():
    assert World(b"HTTP/1.0 200 OK\r\n\r\nabc").fetch().body == b"abc"


def test_one_private_address_among_public_ones_refuses_the_name():
    world = World(answer(), names=(PUBLIC, "10.0.0.1"))
    assert world.refusal().type == "refused-address"
    assert world.connected == []


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind():
    world = World(answer())
    changing = iter([(PUBLIC,), ("127.0.0.1",)])
    world.resolve = lambda _host, _port: next(changing)
    world.fetch()
    assert world.connected == [(PUBLIC, "issuer.example.org", 443)]


def test_the_next_address_is_tried_when_one_does_not_answer():
    world = World(
        ConnectionRefusedError(111, "Connection refused"),
        answer(),
        names=("2606:2800::1", PUBLIC),
    )
    assert world.fetch().body == b"{}"
    assert [address for address, _, _ in world.connected] == ["2606:2800::1", PUBLIC]


def test_a_redirect_is_followed_also_a_relative_one():
    world = World(redirect("/b/list"), redirect("https://other.example/c"), answer())
    document = world.fetch()
    assert document.url == URL
    assert [host for _, host, _ in world.connected] == [
        "issuer.example.org",
        "issuer.example.org",
        "other.example",
    ]
    assert world.streams[1].sent.startswith(b"GET /b/list ")


@pytest.mark.parametrize(
    "location",
    [
        "http://issuer.example.org/",
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "//localhost/",
        "https://[::1]/",
        "https://user@issuer.example.org/",
        "file:///etc/passwd",
        "https://issuer.example.org/\u00e4",
    ],
)
def test_a_redirect_to_a_refused_address_is_refused(location):
    world = World(redirect(location), answer())
    assert world.refusal().type == "refused-address"
    assert len(world.connected) == 1


def test_a_redirect_to_a_name_that_resolves_inside_is_refused():
    world = World(redirect("https://inside.example/"), answer())
    changing = iter([(PUBLIC,), ("192.168.0.1",)])
    world.resolve = lambda _host, _port: next(changing)
    assert world.refusal().type == "refused-address"
    assert len(world.connected) == 1


def test_a_fourth_redirect_is_too_many():
    world = World(*[redirect("/again")] * 10)
    assert "more than 3 redirects" in world.refusal().what
    assert len(world.connected) == 4


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (answer(status="404 Not Found"), "not-found"),
        (answer(status="410 Gone"), "gone"),
        (answer(status="204 No Content"), "bad-answer"),
        (answer(status="500 Oops"), "bad-answer"),
        (answer(b"", status="302 Found"), "bad-answer"),
        (redirect("https://[broken"), "bad-answer"),
        (answer(b"x", "Content-Encoding: gzip"), "bad-answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "bad-answer"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
            "bad-answer",
        ),
        (b"SSH-2.0-x\r\n", "bad-answer"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200, "bad-answer"),
        (b"HTTP/1.1 " + b"2" * 100_000, "bad-answer"),
        (b"", "unreachable"),
        (answer(b"x" * 101), "too-large"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "too-large"),
        (b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 101, "too-large"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"FFFFFF\r\n" + b"x" * 4096,
            "too-large",
        ),
        (ConnectionResetError(104, "Connection reset by peer"), "unreachable"),
        (TimeoutError(), "unreachable"),
        (ssl.SSLError(1, "[SSL] wrong version\nnumber"), "unreachable"),
    ],
)
def test_an_odd_answer_is_told_in_one_line(raw, kind):
    assert World(raw).refusal(max_bytes=100).type == kind


def test_a_body_of_exactly_the_limit_is_accepted():
    assert World(answer(b"x" * 100)).fetch(max_bytes=100).body == b"x" * 100


def test_a_server_that_drips_is_left_at_the_deadline():
    world = World()

    def tick():
        world.now += 1

    world.answers = [FakeStream(answer(b"x" * 1000), step=1, on_read=tick)]
    refusal = world.refusal(deadline_s=10)
    assert refusal.type == "unreachable"
    assert "within 10 s" in refusal.what
    assert world.now <= 11


def test_redirects_share_one_deadline():
    world = World()

    def tick():
        world.now += 4

    world.answers = [FakeStream(redirect("/a"), on_read=tick) for _ in range(4)]
    assert "within 10 s" in world.refusal(deadline_s=10).what


def test_a_look_up_that_hangs_is_left_at_the_deadline():
    hang = threading.Event()

    def resolve(_host, _port):
        hang.wait(5)
        return (PUBLIC,)

    with pytest.raises(Undetermined) as caught:
        HttpsFetch(deadline_s=0.05, resolve=resolve)(URL)
    hang.set()
    assert caught.value.type == "unreachable"


@pytest.mark.parametrize(
    "failure", [socket.gaierror(-2, "Name or service not known"), UnicodeError("idna")]
)
def test_a_name_without_an_address_is_unreachable(failure):
    def resolve(_host, _port):
        raise failure

    with pytest.raises(Undetermined) as caught:
        HttpsFetch(resolve=resolve)(URL)
    assert caught.value.type == "unreachable"


def test_a_name_with_no_addresses_at_all_is_unreachable():
    assert World(names=()).refusal().type == "unreachable"

"""What is given to a server goes there, once, or it is said that it did not."""

import json

import pytest

from credwallet import __version__
from credwallet.errors import Undetermined
from credwallet.fetch.port import NO_ANSWER
from credwallet.fetch.posting import MAX_SENT, HttpsPost
from tests.fetch.world import PUBLIC, FakeStream, World, answer, redirect

URL = "https://keeper.example.org/api/credentials"
MADE = answer(b'{"url":1}', "Content-Type: application/json", status="201 Created")


def post(world: World, url=URL, body=b'{"vp":{}}', **limits):
    return HttpsPost(
        resolve=world.resolve,
        connect=world.connect,
        clock=lambda: world.now,
        **limits,
    )(url, body)


def refusal(world: World, url=URL, body=b"{}", **limits) -> Undetermined:
    with pytest.raises(Undetermined) as caught:
        post(world, url, body, **limits)
    assert all(stream.closed for stream in world.streams)
    assert "\n" not in caught.value.what
    assert caught.value.next_step
    return caught.value


def test_the_body_goes_out_as_it_is_and_the_answer_comes_back():
    world = World(MADE)
    body = json.dumps({"vp": "Zażółć"}, ensure_ascii=False).encode()
    document = post(world, body=body)
    assert (document.body, document.media_type) == (b'{"url":1}', "application/json")
    assert world.connected == [(PUBLIC, "keeper.example.org", 443)]
    (stream,) = world.streams
    head, _, sent = stream.sent.partition(b"\r\n\r\n")
    lines = head.decode("ascii").split("\r\n")
    assert lines[0] == "POST /api/credentials HTTP/1.1"
    assert "Host: keeper.example.org" in lines
    assert "Content-Type: application/json" in lines
    assert f"Content-Length: {len(body)}" in lines
    assert f"User-Agent: credwallet/{__version__}" in lines
    assert sent == body
    assert stream.closed


@pytest.mark.parametrize("status", ["200 OK", "201 Created"])
def test_a_server_that_has_it_says_so(status):
    assert post(World(answer(b"{}", status=status))).body == b"{}"


@pytest.mark.parametrize(
    "url",
    [
        "http://keeper.example.org/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://keeper/",
        "https://user@keeper.example.org/",
        "https://keeper.example.org/a b",
        "https://keeper.example.org/\r\nX: y",
        "file:///etc/passwd",
    ],
)
def test_only_public_https_addresses_are_connected_to(url):
    world = World(MADE)
    assert refusal(world, url).type == "refused-address"
    assert world.connected == []


def test_a_name_that_leads_inside_is_refused():
    world = World(MADE, names=(PUBLIC, "192.168.0.1"))
    assert refusal(world).type == "refused-address"
    assert world.connected == []


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_it_is_never_sent_elsewhere(status):
    elsewhere = answer(b"", "Location: https://other.example/", status=status)
    world = World(elsewhere, MADE)
    failure = refusal(world)
    assert failure.type == "bad-answer"
    assert [host for _, host, _ in world.connected] == ["keeper.example.org"]


def test_a_relative_redirect_is_not_followed_either():
    world = World(redirect("/again"), MADE)
    assert "answered 302" in refusal(world).what
    assert len(world.connected) == 1


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "404 None", "500 Oops"])
def test_a_server_that_says_no_has_nothing(status):
    failure = refusal(World(answer(b'{"error":"x"}', status=status)))
    assert failure.type == "bad-answer"
    assert "was not given to keeper.example.org" in failure.what


def test_nobody_there_has_nothing():
    world = World(ConnectionRefusedError(111, "Connection refused"))
    assert refusal(world).type == "unreachable"
    assert refusal(World(names=())).type == "unreachable"


def test_the_next_address_is_tried_only_before_anything_was_sent():
    world = World(ConnectionRefusedError(), MADE, names=("2606:2800::1", PUBLIC))
    assert post(world).body
    world = World(b"", MADE, names=("2606:2800::1", PUBLIC))
    assert refusal(world).type == NO_ANSWER
    assert len(world.connected) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nabc",
        b"HTTP/1.1 201 Created\r\n" + b"A: b\r\n" * 200,
        answer(b"x" * 101, status="201 Created"),
        b"HTTP/1.0 201 Created\r\n\r\n" + b"x" * 101,
        b"HTTP/1.1 201 C\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
    ],
    ids=["nothing", "no-http", "cut", "many-headers", "large", "endless", "chunk"],
)
def test_after_an_odd_answer_nobody_knows_and_that_is_said(raw):
    failure = refusal(World(raw), max_bytes=100)
    assert failure.type == NO_ANSWER
    assert "may have kept it" in failure.what
    assert "keeper.example.org" in failure.next_step


def test_a_server_that_drips_is_left_at_the_deadline():
    world = World()

    def tick():
        world.now += 1

    world.answers = [FakeStream(answer(b"x" * 1000), step=1, on_read=tick)]
    assert refusal(world, deadline_s=10).type == NO_ANSWER
    assert world.now <= 11


def test_what_is_too_large_is_not_even_looked_up():
    world = World(MADE)
    assert refusal(world, body=b"x" * (MAX_SENT + 1)).type == "too-large"
    assert world.looked_up == []

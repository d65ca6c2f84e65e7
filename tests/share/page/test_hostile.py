"""The page before credentials that were made to break or to deceive it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from credwallet.share import link
from credwallet.share.carried import Carried
from credwallet.share.page import empty_page
from tests.cli import badges
from tests.receivers import require
from tests.share.page import making
from tests.share.page.browser import Browser, running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require("chromium")
    with running() as started:
        started.set_clock(1795521600000)
        yield started


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_bytes(empty_page())
    return path.as_uri()


@pytest.fixture
def judge(browser: Browser, empty: str, tmp_path: Path) -> Any:
    """Give the page a file, and its verdict back; nothing may leave or go wrong."""

    def judged(data: bytes | str | Any) -> str:
        if not isinstance(data, bytes | str):
            data = json.dumps(data)
        path = tmp_path / "hostile.json"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        browser.requests.clear()
        browser.complaints.clear()
        browser.open(empty)
        said = browser.choose(path)
        assert all(url.startswith("file:") for url in browser.requests)
        assert browser.complaints == []
        return said

    return judged


MARKUP = "</script><script>window.broken=1</script><img src=x onerror=window.broken=1>"


def test_markup_in_every_text_stays_text(browser: Browser, judge: Any) -> None:
    written = badges.document(name=MARKUP, issuer_name=MARKUP, about=MARKUP)
    written["credentialSubject"]["achievement"]["tag"] = [MARKUP]
    assert judge(badges.sign(written)) == "valid"
    assert browser.run("window.broken") is None
    assert browser.run("document.querySelectorAll('main script, main img').length") == 0
    assert MARKUP in browser.text("h2")


def test_what_turns_or_hides_text_is_shown_as_an_escape(
    browser: Browser, judge: Any
) -> None:
    name = "Wood\u202ekrow\u2066\u200b\x07 \u3164\U000e0041 a" + "\u0301" * 50
    written = badges.document(name=name, issuer_name="\u202dHarvard\x1b[2J")
    assert judge(badges.sign(written)) == "valid"
    shown = browser.text()
    for escape in (r"\u202e", r"\u2066", r"\u200b", r"\x07", r"\u3164", r"\U000e0041"):
        assert escape in browser.text("h2")
    assert r"\u202dHarvard\x1b[2J" in shown
    assert "\u0301" * 4 not in shown
    assert not [letter for letter in shown if letter in "\u202e\u202d\u2066\u200b\x07"]


def test_ten_thousand_members_are_bounded(browser: Browser, judge: Any) -> None:
    written = badges.document()
    written["credentialSubject"]["achievement"]["tag"] = [
        f"tag {number}" for number in range(10_000)
    ]
    written = {**written, **{f"member{number}": number for number in range(10_000)}}
    assert judge(making.data_integrity("eddsa-jcs-2022", making.ED, written)) == (
        "invalid"  # the issuer is another one: the signature itself fits
    )
    assert browser.run("document.querySelectorAll('*').length") < 3000


def test_a_huge_text_is_cut(browser: Browser, judge: Any) -> None:
    text = making.jwt(making.ED, about="x" * 3_000_000)
    assert judge(text) == "valid"
    assert len(browser.text()) < 60_000


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b"[" * 200_000,
        b'{"a":1,"a":2}',
        b"\xff\xfe{",
        b"\x00\x01\x02",
        b"",
        b"eyJ.eyJ.x",
        b"eyJhbGciOiJub25lIn0.e30.",
        b"%PDF-1.7 nothing",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        b"<html>nothing</html>",
        b"<html>#c=j.AAAA</html>",
        b'{"type":"VerifiableCredential","__proto__":{"a":1}}',
        b"x" * (10 * 1024 * 1024 + 1),
    ],
    ids=lambda data: f"{len(data)}-{data[:12].hex()}",
)
def test_what_is_no_credential_is_malformed(judge: Any, data: bytes) -> None:
    assert judge(data) == "malformed"


def test_a_link_that_unpacks_to_much_is_given_up(browser: Browser, empty: str) -> None:
    bomb = link.encode(Carried("j", "0" * 60_000_000), page="")
    assert browser.open(empty + bomb) == "malformed"
    assert "more than 10 MiB" in browser.text()


@pytest.mark.parametrize("name", ["__proto__", "constructor", "hasOwnProperty"])
def test_names_that_objects_have_are_members_like_others(
    browser: Browser, judge: Any, name: str
) -> None:
    written = making.document(making.ED)
    header = {"typ": "JWT", "kid": making.ED.method}
    token = making.jws(header, {**written, name: {"polluted": "1"}}, making.ED)
    assert judge(token) == "valid"
    assert browser.run("({}).polluted") is None


def test_no_member_of_a_prototype_stands_for_one_that_is_missing(judge: Any) -> None:
    written = badges.document()
    del written["type"]
    more = ', "__proto__": {"type": ["VerifiableCredential"]}}'
    assert judge(json.dumps(written)[:-1] + more) == "malformed"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "constructor", "ES256K", 1])
def test_an_algorithm_that_is_not_the_keys_never_passes(
    judge: Any, algorithm: Any
) -> None:
    header = {"alg": algorithm, "typ": "JWT", "kid": making.ED.method}
    token = making.jws(header, making.document(making.ED), making.ED)
    assert judge(token) in ("invalid", "undetermined")


def test_a_proof_by_somebody_else_is_not_the_issuers(judge: Any) -> None:
    other = making.ed25519_signer("somebody else")
    written = making.document(making.ED)
    assert judge(making.data_integrity("eddsa-rdfc-2022", other, written)) == "invalid"


def test_one_bad_proof_of_two_spoils_it(judge: Any) -> None:
    made = making.data_integrity("eddsa-rdfc-2022", making.ED)
    bad = {**made["proof"], "created": "2026-02-02T09:00:00Z"}
    assert judge({**made, "proof": [made["proof"], bad]}) == "invalid"


def test_a_member_that_no_context_defines_is_named_and_not_shown(
    browser: Browser, judge: Any
) -> None:
    made = badges.sign(badges.document())
    made["credentialSubject"]["achievement"]["masterOfAll"] = "forged words"
    assert judge(made) == "undetermined"
    assert "/credentialSubject/achievement/masterOfAll" in browser.text()
    values = browser.run(
        "[...document.querySelectorAll('dd')].map((value) => value.textContent)"
    )
    assert values
    assert not [value for value in values if "forged" in value]


def test_disclosures_that_were_added_or_doubled_are_refused(judge: Any) -> None:
    made = making.sd_jwt(making.ED, hidden=0)
    first = made.split("~")[1]
    extra = making.base64url(json.dumps(["s", "title", "Professor"]).encode())
    assert judge(made) == "valid"
    assert judge(f"{made}{first}~") == "invalid"
    assert judge(f"{made}{extra}~") == "invalid"


def test_a_key_binding_by_another_key_is_refused(judge: Any) -> None:
    holder, other = making.ed25519_signer("holder"), making.ed25519_signer("other")
    made = making.sd_jwt(making.ED, holder=holder)
    forged = making.sd_jwt(making.ED, holder=other).rpartition("~")[2]
    assert judge(made) == "valid"
    assert judge(made.rpartition("~")[0] + "~" + forged) == "invalid"

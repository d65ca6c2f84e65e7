"""The page in a real browser: every kind of credential, and nothing leaves it."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from credwallet import formats
from credwallet.formats import png
from credwallet.share import link, pdf
from credwallet.share.carried import Carried, carried
from credwallet.share.handover import Request
from credwallet.share.page import empty_page, page
from tests.cli import badges
from tests.receivers import require
from tests.samples.make import picture
from tests.share.page import making
from tests.share.page.browser import Browser, running

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
GOOD = making.good()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require("chromium")
    with running() as started:
        started.set_clock(int(AT.timestamp() * 1000))
        yield started


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_bytes(empty_page())
    return path.as_uri()


def fragment(text: str) -> str:
    kind = "j" if text.startswith("{") else "s" if "~" in text else "t"
    return link.encode(Carried(kind, text), page="")


@pytest.mark.parametrize("name", GOOD)
def test_it_verifies_every_kind_behind_a_link(
    browser: Browser, empty: str, name: str
) -> None:
    assert browser.open(empty + fragment(GOOD[name])) == "valid"


@pytest.mark.parametrize("name", GOOD)
def test_it_refuses_every_kind_that_was_changed(
    browser: Browser, empty: str, name: str
) -> None:
    assert browser.open(empty + fragment(making.changed(GOOD[name]))) == "invalid"


@pytest.mark.parametrize("name", GOOD)
def test_it_verifies_every_kind_in_a_page_of_its_own(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "badge.html"
    path.write_bytes(page([carried(formats.read(GOOD[name].encode()))]))
    assert browser.open(path.as_uri()) == "valid"


@pytest.mark.parametrize("name", GOOD)
def test_it_verifies_every_kind_in_a_file(
    browser: Browser, empty: str, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "badge.txt"
    path.write_text(GOOD[name])
    browser.open(empty)
    assert browser.choose(path) == "valid"


def test_it_says_what_the_status_is_not(browser: Browser, empty: str) -> None:
    text = badges.signed_badge(credentialStatus=badges.STATUS).decode()
    assert browser.open(empty + fragment(text)) == "undetermined"
    assert "status not checked" in browser.text()
    assert "this page did not ask it" in browser.text()


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"until": "2026-03-01T00:00:00Z"}, "expired"),
        ({"validFrom": "2099-01-01T00:00:00Z"}, "not-yet-valid"),
        ({"validFrom": "yesterday"}, "malformed"),
        ({"credentialSubject": []}, "malformed"),
    ],
    ids=["expired", "not-yet-valid", "no-date", "no-subject"],
)
def test_it_finds_the_same_words_as_the_command_line(
    browser: Browser, empty: str, changes: dict[str, str], verdict: str
) -> None:
    until = {key: changes.pop(key) for key in ("until",) if key in changes}
    written = {**badges.document(**until), **changes}
    try:
        text = json.dumps(badges.sign(written))
    except AssertionError:
        text = json.dumps({**badges.sign(badges.document()), **changes})
    assert browser.open(empty + fragment(text)) == verdict


def test_a_key_at_an_address_is_not_looked_up(browser: Browser, empty: str) -> None:
    signer = making.ED._replace(
        did="did:web:harbour.example", method="did:web:harbour.example#key-1"
    )
    text = making.text(making.data_integrity("eddsa-rdfc-2022", signer))
    assert browser.open(empty + fragment(text)) == "undetermined"
    assert "was not looked up: this page makes no request" in browser.text()


def test_a_key_that_only_the_badge_names_ties_nothing(
    browser: Browser, empty: str
) -> None:
    x = making.base64url(making.ED.public.key.public_bytes_raw())
    header = {"typ": "JWT", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": x}}
    issuer = "https://harbour.example/issuer"
    written = making.document(making.ED, issuer={"id": issuer, "type": ["Profile"]})
    token = making.jws(header, {**written, "iss": issuer}, making.ED)
    assert browser.open(empty + fragment(token)) == "undetermined"
    assert "nothing ties this key to the issuer" in browser.text()


def test_a_proof_of_another_kind_is_never_good(browser: Browser, empty: str) -> None:
    written = making.data_integrity("eddsa-rdfc-2022", making.ED)
    proof = {**written["proof"], "cryptosuite": "better-than-ever-2030"}
    both = [written["proof"], proof]
    text = making.text({**written, "proof": both})
    assert browser.open(empty + fragment(text)) == "undetermined"
    assert "better-than-ever-2030 are not supported" in browser.text()


def test_a_cut_link_is_told(browser: Browser, empty: str) -> None:
    whole = fragment(GOOD["eddsa-rdfc-2022"])
    assert browser.open(empty + whole[:-40]) == "malformed"
    assert "damaged or was cut" in browser.text().lower()


def test_it_reads_baked_pictures_and_pages(
    browser: Browser, empty: str, tmp_path: Path
) -> None:
    text = GOOD["eddsa-rdfc-2022"]
    baked = tmp_path / "badge.png"
    baked.write_bytes(png.bake(picture(), png.KEYWORD, text))
    drawn = tmp_path / "badge.svg"
    drawn.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ob='
        '"https://purl.imsglobal.org/ob/v3p0"><ob:credential><![CDATA['
        f"{text}]]></ob:credential></svg>"
    )
    paged = tmp_path / "badge.html"
    paged.write_bytes(page([Carried("j", text), Carried("t", GOOD["jwt-EdDSA"])]))
    browser.open(empty)
    assert browser.choose(baked) == "valid"
    assert browser.choose(drawn) == "valid"
    assert browser.choose(paged) == "valid"
    assert browser.run("document.querySelectorAll('article').length") == 2
    assert browser.choose(baked, drawn, paged) == "valid"
    assert browser.run("document.querySelectorAll('article').length") == 4


def test_it_reads_what_is_pasted(browser: Browser, empty: str) -> None:
    browser.open(empty)
    said = json.dumps(GOOD["jwt-RS256"])
    browser.run(
        f"document.querySelector('#text').value = {said};"
        "document.querySelector('#check').click(); 0"
    )
    assert browser.verdict() == "valid"


def test_several_on_a_page_are_listed_with_the_gravest_verdict(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "all.html"
    text = badges.signed_badge(7, credentialStatus=badges.STATUS, name="Sailing")
    contents = [Carried("j", GOOD["eddsa-rdfc-2022"]), Carried("j", text.decode())]
    path.write_bytes(page(contents, title="Ada", note="Two of my badges."))
    assert browser.open(path.as_uri()) == "undetermined"
    assert "1 valid, 1 not fully checked" in browser.text("#verdict")
    assert "Sailing" in browser.text("nav")
    assert browser.text("h1") == "Ada"


def test_nothing_is_asked_for_and_nothing_is_complained_about(
    browser: Browser, empty: str
) -> None:
    image = {"id": "https://tracker.example/p.png", "type": "Image"}
    written = badges.document()
    written["credentialSubject"]["achievement"]["image"] = image
    text = json.dumps(badges.sign(written))
    browser.requests.clear()
    browser.complaints.clear()
    browser.open(empty + fragment(text))
    asked = [url for url in browser.requests if not url.startswith("file:")]
    assert asked == []
    assert browser.complaints == []
    assert "not loaded: that would tell its host" in browser.text()


def test_a_host_of_the_page_sees_only_that_the_page_was_fetched(
    browser: Browser,
) -> None:
    seen = []

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(empty_page())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v/"
        assert browser.open(url + fragment(GOOD["sd-jwt"])) == "valid"
    finally:
        server.shutdown()
        server.server_close()
    assert seen == ["/v/"]


def test_the_policy_stops_what_is_put_into_the_page(
    browser: Browser, empty: str
) -> None:
    browser.open(empty)
    blocked = browser.run(
        "new Promise((done) => {"
        "  const script = document.createElement('script');"
        "  script.textContent = 'window.broken = true';"
        "  document.body.append(script);"
        "  fetch('https://tracker.example/').then(() => done('sent'),"
        "    () => done(window.broken ? 'run' : 'stopped'));"
        "})"
    )
    assert blocked == "stopped"


@pytest.mark.parametrize("name", ["eddsa-rdfc-2022", "jwt-ES256"])
def test_it_reads_what_is_attached_to_our_certificate(
    browser: Browser, empty: str, tmp_path: Path, name: str
) -> None:
    require("fpdf", "pikepdf")
    import pikepdf  # noqa: PLC0415 -- an extra

    made = pdf.hand_over(
        (formats.read(GOOD[name].encode()),), Request(at=AT.isoformat())
    )
    ours, others = tmp_path / "ours.pdf", tmp_path / "others.pdf"
    ours.write_bytes(made.files[0].content)
    with pikepdf.open(ours) as opened:
        opened.save(others, compress_streams=True, linearize=True)
    browser.open(empty)
    assert browser.choose(ours) == "valid"
    assert browser.choose(others) == "valid"


def test_every_control_can_be_reached_by_keyboard_and_has_a_name(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "badge.html"
    path.write_bytes(page([Carried("j", GOOD["eddsa-rdfc-2022"])]))
    browser.open(path.as_uri())
    reached = []
    for _ in range(12):
        for kind in ("rawKeyDown", "keyUp"):
            browser.call(
                "Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9
            )
        reached.append(browser.run("document.activeElement.tagName"))
    assert reached[0] == "A"
    assert reached.count("SUMMARY") >= 3
    assert "INPUT" in reached
    tree = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles: dict[str, list[str]] = {}
    for node in tree:
        role = node.get("role", {}).get("value", "")
        roles.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    assert len(roles["main"]) == len(roles["banner"]) == len(roles["contentinfo"]) == 1
    assert "Woodwork" in roles["heading"]
    assert any(name.startswith("Valid.") for name in map(str, said(browser)))
    for role in ("button", "link", "textbox", "region", "article"):
        assert all(roles.get(role, ["-"])), (role, roles[role])


def said(browser: Browser) -> list[str]:
    """Return what a screen reader is told by itself."""
    return [str(browser.run("document.querySelector('[role=status]').textContent"))]

"""Does `share` present to one receiver what was asked for, with the right key?"""

import json
from datetime import timedelta

import pytest

from credwallet import formats
from credwallet.cli.output import ExitCode
from credwallet.keys.key_file import write
from tests.cli.runner import NOW, Cli
from tests.cli.test_key import answer, given, put
from tests.hostile.sd_jwt import claims, digest, disclosure, token
from tests.share.presenting import (
    MAIN,
    OTHER,
    WORK,
    badge,
    older_badge,
    read,
    selective,
)

TO = ("--for", "https://employer.example", "--nonce", "n-1")
WAYS = ("vp", "vp-jwt", "sd-jwt")
EACH = pytest.mark.parametrize("way", WAYS)
ABOUT = {"vp": badge, "vp-jwt": badge, "sd-jwt": selective}


@pytest.fixture
def mine(empty: Cli) -> Cli:
    """A wallet with a key of the learner's."""
    given(empty)
    return empty


def share(cli: Cli, handle: str, way: str, *more: object, **run):
    return cli("share", handle, "--as", way, *TO, *more, **run)


@EACH
def test_a_presentation_goes_to_stdout(mine: Cli, way: str):
    (handle,) = put(mine, ABOUT[way]())
    ran = share(mine, handle, way, "--yes")
    assert ran.code == 0
    held = formats.read(ran.raw)
    assert b"n-1" in ran.raw if way == "vp" else held.jws is not None


@EACH
def test_it_can_be_verified_here(mine: Cli, way: str):
    (handle,) = put(mine, ABOUT[way]())
    path = mine.folder / "presentation.out"
    ran = share(mine, handle, way, "--yes", "--out", path)
    assert (ran.code, ran.out) == (0, f"{path}\n")
    ran = mine("verify", path, "--json")
    assert ran.code == 0
    assert {report["verdict"] for report in ran.data["reports"]} == {"valid"}


@EACH
def test_it_ends_after_as_long_as_was_said(mine: Cli, way: str):
    (handle,) = put(mine, ABOUT[way]())
    path = mine.folder / "presentation.out"
    share(mine, handle, way, "--yes", "--out", path, "--expires", "10m")
    later = NOW + timedelta(hours=1)
    code = mine("verify", path, now=later).code
    # Whether a key binding has ended is for the receiver: its `exp` is no rule.
    assert code == (ExitCode.OK if way == "sd-jwt" else ExitCode.EXPIRED)


def test_what_leaves_is_listed_before_the_question(mine: Cli, monkeypatch):
    (handle,) = put(mine, badge())
    asked = answer(monkeypatch, "n")
    ran = share(mine, handle, "vp")
    assert (ran.code, ran.raw) == (ExitCode.ERROR, b"")
    assert asked == ["Hand it over? [y/N] "]
    for part in (
        f"holder: {MAIN.key.did}",
        "presented to: https://employer.example",
        "nonce: n-1",
        "is proven",
    ):
        assert part in " ".join(ran.err.split())


def test_what_stays_hidden_is_listed_too(mine: Cli, monkeypatch):
    (handle,) = put(mine, selective())
    answer(monkeypatch, "n")
    said = " ".join(share(mine, handle, "sd-jwt", "--reveal", "given_name").err.split())
    assert "stays hidden: address, skills[0], skills[1], /birth~1date" in said
    assert "given_name: Ada" in said
    assert "Hamngatan" not in said


def test_json_tells_what_left_and_what_to_know(mine: Cli):
    (handle,) = put(mine, selective())
    out = mine.folder / "x.sdjwt"
    ran = share(
        *(mine, handle, "sd-jwt", "--reveal", "given_name,skills[1]"),
        *("--reveal", "address.city", "--out", out, "--yes", "--json"),
    )
    data = ran.data
    assert (data["as"], data["files"][0]["mediaType"]) == (
        "sd-jwt",
        "application/dc+sd-jwt",
    )
    said = {item["path"]: item["value"] for item in data["discloses"]}
    assert said["/given_name"] == "Ada"
    assert said["/skills/0"] == "Splices"
    assert said["/address/city"] == "Lund"
    assert "stays hidden: skills[0], /birth~1date, address.street" in data["notes"]
    held = formats.read(out.read_bytes())
    assert held.document["skills"] == ["Splices"]


@pytest.mark.parametrize("way", ["vp", "vp-jwt"])
def test_several_badges_go_into_one_presentation(mine: Cli, way: str):
    handles = put(mine, badge(1), older_badge(), selective())
    out = mine.folder / "all.out"
    ran = mine("share", *handles, "--as", way, *TO, "--out", out, "--yes", "--json")
    assert ran.code == 0
    assert len(ran.data["files"]) == 1
    assert len(formats.read(out.read_bytes()).credentials) == 3


def test_the_key_that_the_badge_is_about_signs(mine: Cli):
    given(mine, OTHER, name="other")
    (one, two) = put(mine, badge(1), badge(2, holder=OTHER))
    for handle, did in ((one, MAIN.key.did), (two, OTHER.key.did)):
        assert json.loads(share(mine, handle, "vp", "--yes").raw)["holder"] == did
    ran = share(mine, one, "vp", "--yes", "--key", "other")
    assert json.loads(ran.raw)["holder"] == OTHER.key.did
    assert "not about your key other" in " ".join(ran.err.split())
    ran = mine("share", one, two, "--as", "vp", *TO, "--yes")
    assert ran.code == ExitCode.USAGE
    assert "several keys could sign: main, other" in ran.err


def test_a_small_presentation_fits_a_qr_code(mine: Cli):
    (handle,) = put(mine, older_badge())
    ran = share(mine, handle, "vp", "--yes", "--qr", "png")
    assert ran.raw.startswith(b"\x89PNG")


def test_a_key_on_p_256_signs_as_well(empty: Cli):
    given(empty, WORK)
    (one, two) = put(empty, badge(1, holder=WORK), selective(WORK))
    proof = json.loads(share(empty, one, "vp", "--yes").raw)["proof"]
    assert proof["cryptosuite"] == "ecdsa-rdfc-2019"
    held = formats.read(share(empty, two, "sd-jwt", "--yes").raw)
    assert held.sd_jwt.key_binding.header["alg"] == "ES256"


def test_what_was_presented_and_to_whom_is_noted_down(mine: Cli):
    (handle,) = put(mine, badge())
    share(mine, handle, "vp", "--yes")
    ran = mine("share", "log")
    assert "https://employer.example" in ran.out
    assert "vp" in ran.out


def test_a_comma_in_a_name_is_written_with_a_backslash(mine: Cli):
    parts = [disclosure("s", "a,b", 1), disclosure("s", "c", 2)]
    payload = claims(
        cnf=selective().document["cnf"], _sd=[digest(part) for part in parts]
    )
    (handle,) = put(mine, read(token(payload, parts).encode()))
    assert "--reveal a names nothing" in (
        share(mine, handle, "sd-jwt", "--yes", "--reveal", "a,b").err
    )
    ran = share(mine, handle, "sd-jwt", "--yes", "--reveal", "c, /a\\,b")
    held = formats.read(ran.raw)
    assert (held.document["a,b"], held.document["c"]) == (1, 2)


# Bad input.


@EACH
@pytest.mark.parametrize(
    ("given_to", "words"),
    [
        ((), "--for and --nonce are missing"),
        (("--for", "x"), "--nonce is missing"),
        (("--nonce", "x"), "--for is missing"),
        (("--for", " ", "--nonce", "x"), "--for is missing"),
        (("--for", "x", "--nonce", ""), "--nonce is missing"),
        (("--for", "a\nb", "--nonce", "x"), "cannot be printed"),
        (("--for", "x", "--nonce", "\u202e"), "cannot be printed"),
        (("--for", "x", "--nonce", "n" * 3000), "longer than 2,000"),
    ],
    ids=["neither", "for", "nonce", "blank", "empty", "line", "bidi", "long"],
)
def test_the_receivers_words_are_needed(mine: Cli, way: str, given_to, words: str):
    (handle,) = put(mine, ABOUT[way]())
    ran = mine("share", handle, "--as", way, *given_to, "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert words in ran.err
    assert ran.err.count("credwallet: error:") == 1
    assert "credwallet: hint:" in ran.err


@EACH
@pytest.mark.parametrize(
    "span", ["soon", "10", "0m", "-5m", "10s", "2y", "9999w", "10 m", "\u0661m", "1.5h"]
)
def test_a_span_that_is_none_is_refused(mine: Cli, way: str, span: str):
    (handle,) = put(mine, ABOUT[way]())
    ran = share(mine, handle, way, "--yes", f"--expires={span}")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "10m, 8h, 7d or 2w" in ran.err


@pytest.mark.parametrize("way", ["vp", "vp-jwt"])
def test_without_a_key_it_is_said_how_to_make_one(empty: Cli, way: str):
    (handle,) = put(empty, badge())
    ran = share(empty, handle, way, "--yes")
    assert (ran.code, ran.raw) == (ExitCode.NOT_FOUND, b"")
    assert "credwallet key create" in ran.err


def test_a_key_of_another_name_is_not_found(mine: Cli):
    (handle,) = put(mine, badge())
    ran = share(mine, handle, "vp", "--yes", "--key", "x")
    assert (ran.code, ran.raw) == (ExitCode.NOT_FOUND, b"")


def test_without_cnf_or_its_key_nothing_is_presented(mine: Cli):
    (free, theirs) = put(mine, selective(None), selective(OTHER))
    ran = share(mine, free, "sd-jwt", "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "bound this credential to no key" in ran.err
    ran = share(mine, theirs, "sd-jwt", "--yes")
    assert (ran.code, ran.raw) == (ExitCode.NOT_FOUND, b"")
    assert "credwallet key import" in ran.err
    path = mine.folder / "other.key"
    path.write_bytes(write(OTHER.key, "multibase"))
    mine("key", "import", path, "--name", "other")
    assert share(mine, theirs, "sd-jwt", "--yes").code == 0


def test_an_unknown_claim_is_told_with_the_nearest(mine: Cli):
    (handle,) = put(mine, selective())
    ran = share(mine, handle, "sd-jwt", "--yes", "--reveal", "givenname")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "did you mean given_name?" in ran.err


def test_what_cannot_be_split_is_not(mine: Cli):
    (handle,) = put(mine, badge())
    ran = share(mine, handle, "sd-jwt", "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "all or nothing" in ran.err


@pytest.mark.parametrize(
    ("options", "flag"),
    [
        (("--as", "file", "--nonce", "x"), "--nonce"),
        (("--as", "link", "--reveal", "x"), "--reveal"),
        (("--expires", "10m"), "--expires"),
        (("--as", "linkedin", "--key", "main"), "--key"),
        (("--as", "sd-jwt", *TO, "--key", "main"), "--key"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_an_option_of_another_way_is_not_passed_over(mine: Cli, options, flag: str):
    (handle,) = put(mine, selective())
    ran = mine("share", handle, *options, "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert f"{flag} says nothing about" in ran.err


def test_no_output_shows_the_key(mine: Cli):
    handles = put(mine, badge(), selective())
    needles = {
        json.loads(write(MAIN.key, "jwk"))["d"],
        json.loads(write(MAIN.key, "multibase"))["secretKeyMultibase"],
        MAIN.key.secret().hex(),
    }
    out = mine.folder / "out.txt"
    for way in WAYS:
        handle = handles[way == "sd-jwt"]
        for more in ((), ("--json", "--verbose", "--out", out, "--force")):
            ran = share(mine, handle, way, "--yes", *more)
            assert ran.code == 0, ran.err
            assert not any(needle in ran.out + ran.err for needle in needles)
    for path in (path for path in mine.folder.rglob("*") if path.is_file()):
        if path.suffix != ".key":
            assert not any(needle.encode() in path.read_bytes() for needle in needles)

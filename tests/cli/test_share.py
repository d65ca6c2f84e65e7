"""`share` says what leaves, asks, and makes exactly what was asked for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from credwallet import formats, store
from credwallet.cli.output import ExitCode
from credwallet.cli.sharing.beside import with_form
from credwallet.model.summary import Summary
from credwallet.share import WAYS, link
from tests.cli.runner import NOW, PASSPHRASE, Cli
from tests.share import reading
from tests.share.badges import credential, jwt

CHEAP = store.KdfCosts(memory=19 * 1024, passes=1, lanes=1)
PAGE = "https://v.example/"
NAME = "Zażółć gęślą jaźń"
STEM = "zazolc-gesla-jazn"
FILE = "zazolc-gesla-jazn-100-more.json"
FILLER = "".join(f"{number:x}" for number in range(3000))


def summary(verdict: str, **changes: str) -> Summary:
    texts = dict.fromkeys(Summary._fields[: -len(Summary._field_defaults)], "")
    lists = ("types", "achievements", "alignments", "skills", "keywords")
    return Summary(
        **{
            **texts,
            **dict.fromkeys(lists, ()),
            "name": NAME,
            "verdict": verdict,
            "checked_at": "2026-11-20T10:00:00+00:00",
            **changes,
        }
    )


@pytest.fixture
def put(cli: Cli):
    """Put a credential into the wallet, made on the first call; gives its handle."""

    def put(badge=None, *, verdict="valid", unsigned=(), **changes) -> str:
        home = cli.folder / "wallet"
        if store.exists(home):
            vault = store.open_vault(home, passphrase=PASSPHRASE)
        else:
            vault = store.create(
                home, PASSPHRASE, recovery=False, at=NOW, kdf=CHEAP
            ).vault
        with vault:
            new = store.NewCredential(
                raw=(badge or credential()).raw,
                summary=summary(verdict, **changes),
                report={"unsigned": list(unsigned)},
                source="test",
            )
            return vault.put([new], at=NOW)[0].handle

    return put


@pytest.fixture
def here(tmp_path: Path, monkeypatch) -> Path:
    """Run in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def answer(monkeypatch, text: str) -> list[str]:
    """Answer every question with a text; gives the questions."""
    asked: list[str] = []

    def terminal_answer(question: str, *, hidden: bool) -> str:
        assert not hidden
        asked.append(question)
        return text

    monkeypatch.setattr(
        "credwallet.cli.terminal.prompt.terminal_answer", terminal_answer
    )
    return asked


# The question.


def test_without_an_answer_nothing_is_handed_over(cli, put):
    ran = cli("share", put(), "--no-input")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "--yes" in ran.err


def test_a_no_is_no(cli, put, here, monkeypatch):
    asked = answer(monkeypatch, "n")
    ran = cli("share", put(), "--out", "badge.json")
    assert (ran.code, ran.raw, list(here.iterdir())) == (ExitCode.ERROR, b"", [])
    assert asked == ["Hand it over? [y/N] "]
    ran = cli("share", put(), "--as", "link", "--page", PAGE, "--json")
    assert ran.code == ExitCode.ERROR
    assert ran.data["link"] is None
    assert ran.data["discloses"] == []


def test_a_yes_is_yes(cli, put, monkeypatch):
    answer(monkeypatch, "y")
    assert cli("share", put()).raw == credential().raw


def test_what_leaves_is_listed_on_stderr_before_the_question(cli, put, monkeypatch):
    answer(monkeypatch, "n")
    ran = cli("share", put(), "--quiet")
    for part in ("did:key:z6MkHolder", "names you", "94567", "not who sends it"):
        assert part in ran.err
    assert "z3FXQsignature" not in ran.err
    assert "type: VerifiableCredential, OpenBadgeCredential" in ran.err


def test_with_yes_the_list_is_still_there_unless_quiet(cli, put):
    handle = put()
    assert "did:key:z6MkHolder" in cli("share", handle, "--yes").err
    assert cli("share", handle, "--yes", "--quiet").err == ""


def test_hostile_text_reaches_no_terminal(cli, put, here):
    hostile = "\x1b]52;c;AAAA\x07\u202eevil\n"
    badge = credential({"name": hostile, hostile: {hostile: hostile}})
    ran = cli("share", put(badge, name=hostile), "--yes", "--out", "x.json")
    assert "\\x1b]52" in ran.err
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.err)


# Files.


@pytest.mark.parametrize("badge", [credential(), jwt()])
def test_a_file_goes_to_stdout_byte_for_byte(cli, put, badge):
    ran = cli("share", put(badge), "--yes")
    assert (ran.code, ran.raw) == (ExitCode.OK, badge.raw)


def test_a_file_goes_to_out_and_its_path_is_printed(cli, put, here):
    ran = cli("share", put(), "--out", "badge.json", "--yes")
    assert (ran.code, ran.out) == (ExitCode.OK, "badge.json\n")
    assert (here / "badge.json").read_bytes() == credential().raw


def test_nothing_is_overwritten_unless_forced(cli, put, here):
    handle = put()
    (here / "badge.json").write_text("precious")
    ran = cli("share", handle, "--out", "badge.json", "--yes")
    assert ran.code == ExitCode.USAGE
    assert "--force" in ran.err
    assert (here / "badge.json").read_text() == "precious"
    assert cli("share", handle, "--out", "badge.json", "--yes", "--force").code == 0
    assert (here / "badge.json").read_bytes() == credential().raw


def test_a_link_is_not_followed_when_writing(cli, put, here):
    (here / "badge.json").symlink_to(here / "elsewhere.json")
    ran = cli("share", put(), "--out", "badge.json", "--yes", "--force")
    assert ran.code == ExitCode.STORAGE
    assert not (here / "elsewhere.json").exists()


def test_several_go_into_a_folder_under_safe_names(cli, put, here):
    handles = [put(), put(jwt()), put(credential({"id": "urn:uuid:2"}))]
    ran = cli("share", *handles, "--out", "out", "--yes", "--json")
    names = [FILE, FILE.replace("json", "jwt"), FILE.replace(".json", "-2.json")]
    assert [item["path"] for item in ran.data["files"]] == [
        str(Path("out") / name) for name in names
    ]
    assert sorted(path.name for path in (here / "out").iterdir()) == sorted(names)
    assert {item["handle"] for item in ran.data["discloses"]} == set(handles)


def test_several_do_not_go_to_stdout(cli, put):
    ran = cli("share", put(), put(jwt()), "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "--out" in ran.err


def test_json_goes_to_a_terminal_and_a_picture_does_not(cli, put, vectors):
    assert cli("share", put(), "--yes", terminal=True).raw == credential().raw
    path = vectors / "1edtech-public-validator/ob30/simple-json.png"
    badge = formats.read(path.read_bytes())
    handle = put(badge)
    ran = cli("share", handle, "--yes", terminal=True)
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "--out" in ran.err
    assert cli("share", handle, "--yes").raw == badge.raw


def test_json_output_names_the_file(cli, put, here):
    ran = cli("share", put(), "--out", "badge.json", "--yes", "--json")
    data = ran.data
    assert ran.err == ""
    assert data["as"] == "file"
    assert data["files"] == [
        {
            "path": "badge.json",
            "mediaType": formats.read(credential().raw).media_type,
            "bytes": len(credential().raw),
        }
    ]
    assert (data["link"], data["links"], data["qr"]) == (None, [], None)
    subject = next(
        item for item in data["discloses"] if item["path"] == "/credentialSubject/id"
    )
    assert subject["value"] == "did:key:z6MkHolder"
    assert (subject["linkable"], subject["part"]) == (True, "credential")
    assert "names you" in subject["why"]


def test_a_file_does_not_go_inside_json(cli, put):
    ran = cli("share", put(), "--yes", "--json")
    assert ran.code == ExitCode.USAGE
    assert ran.json["problems"][0]["nextStep"]


# Links.


def test_a_link_is_printed_and_carries_the_credential(cli, put):
    ran = cli("share", put(), "--as", "link", "--page", PAGE, "--yes")
    assert ran.out.startswith(f"{PAGE}#c=j.")
    assert formats.read(link.decode(ran.out.strip())).document == credential().document


def test_the_page_may_stand_in_the_environment(cli, put):
    ran = cli("share", put(), "--as", "link", "--yes", env={"CREDWALLET_PAGE": PAGE})
    assert ran.out.startswith(f"{PAGE}#c=j.")


def test_without_a_page_it_is_explained(cli, put):
    ran = cli("share", put(), "--as", "link", "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "--page https://" in ran.err
    assert "not uploaded" in ran.err


def test_linkedin_gets_an_address_only_on_request(cli, put):
    handle = put()
    ran = cli("share", handle, "--as", "linkedin", "--yes", "--json")
    assert ran.data["link"].startswith("https://www.linkedin.com/profile/add?")
    assert "certUrl" not in ran.data["link"]
    assert len(ran.data["discloses"]) == 4
    wanted = ("--url", "https://x.example/1", "--number", "7")
    ran = cli("share", handle, "--as", "linkedin", *wanted, "--yes", "--json")
    assert ran.data["link"].endswith("&certUrl=https%3A%2F%2Fx.example%2F1&certId=7")
    assert len(ran.data["discloses"]) == 6


@pytest.mark.parametrize(
    "wanted",
    [
        ("--as", "file", "--url", "https://x.example/1"),
        ("--as", "link", "--page", PAGE, "--number", "7"),
        ("--as", "resume", "--number", "7"),
    ],
)
def test_what_a_way_would_pass_over_is_refused(cli, put, wanted):
    ran = cli("share", put(), *wanted, "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "leave it out; it is for linkedin" in ran.err


def test_what_no_proof_covers_is_not_quoted(cli, put):
    handle = put(unsigned=["/credentialSubject/achievement/name"])
    ran = cli("share", handle, "--as", "linkedin", "--yes")
    assert "&name=Certificate&" in ran.out


def test_several_links_are_listed(cli, put):
    handles = [put(), put(jwt())]
    ran = cli("share", *handles, "--as", "link", "--page", PAGE, "--yes", "--json")
    assert ran.data["link"] is None
    assert len(ran.data["links"]) == 2


def test_a_link_may_go_into_a_file(cli, put, here):
    out = ("--out", "link.txt")
    cli("share", put(), "--as", "link", "--page", PAGE, *out, "--yes")
    assert (here / "link.txt").read_text().startswith(f"{PAGE}#c=j.")


# QR codes.


def test_a_lonely_qr_may_stand_anywhere():
    assert with_form(["k7wq", "--qr"]) == ["k7wq", "--qr=auto"]
    assert with_form(["--qr", "k7wq"]) == ["--qr=auto", "k7wq"]
    assert with_form(["--qr", "--yes"]) == ["--qr=auto", "--yes"]
    assert with_form(["--qr", "svg", "k7wq"]) == ["--qr", "svg", "k7wq"]
    assert with_form(["--qr=term"]) == ["--qr=term"]


def test_a_small_badge_gets_a_qr_code_without_any_page(cli, put):
    ran = cli("share", "--qr", put(), "--yes")
    text, version, level = reading.read(reading.from_png(ran.raw))
    assert formats.read(text.encode()).document == credential().document
    assert (version <= 30, level) == (True, "L")
    assert "holds the credential itself" in ran.err


def test_with_a_page_the_qr_code_is_a_link(cli, put):
    ran = cli("share", put(), "--qr", "--page", PAGE, "--yes")
    text, _, _ = reading.read(reading.from_png(ran.raw))
    assert text.startswith(f"{PAGE}#c=j.")


def test_the_linkedin_form_fits_a_qr_code(cli, put):
    ran = cli("share", put(), "--as", "linkedin", "--qr", "png", "--yes")
    text, _, _ = reading.read(reading.from_png(ran.raw))
    assert text.startswith("https://www.linkedin.com/profile/add?")


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_picture_goes_to_out_as_json_says(cli, put, here, form):
    wanted = ("--as", "link", "--page", PAGE, "--qr", form, "--out", f"code.{form}")
    ran = cli("share", put(), *wanted, "--yes", "--json")
    data = (here / f"code.{form}").read_bytes()
    read = reading.from_png(data) if form == "png" else reading.from_svg(data.decode())
    text, version, level = reading.read(read)
    assert text == ran.data["link"]
    assert ran.data["qr"] == {
        "version": version,
        "level": level,
        "path": f"code.{form}",
    }
    assert ran.data["files"] == [
        {
            "path": f"code.{form}",
            "mediaType": {"png": "image/png", "svg": "image/svg+xml"}[form],
            "bytes": len(data),
        }
    ]


def test_the_name_of_out_says_which_picture(cli, put, here):
    cli("share", put(), "--qr", "--out", "code.svg", "--yes")
    assert (here / "code.svg").read_text().startswith("<svg ")


def test_a_terminal_shows_the_code_if_it_fits(cli, put):
    size = {"COLUMNS": "200", "LINES": "90"}
    ran = cli("share", put(), "--qr", "--yes", terminal=True, env=size)
    text, _, _ = reading.read(reading.from_terminal(ran.out))
    assert formats.read(text.encode()).document == credential().document


SMALL = {"COLUMNS": "80", "LINES": "24"}


def test_a_code_alone_becomes_a_picture_where_the_terminal_is_small(cli, put, here):
    ran = cli("share", put(), "--qr", "--yes", terminal=True, env=SMALL)
    assert ran.out == f"{STEM}-qr.png\n"
    assert "this one has 80 x 24: it is written to" in " ".join(ran.err.split())
    reading.read(reading.from_png((here / f"{STEM}-qr.png").read_bytes()))
    again = cli("share", put(), "--qr", "--yes", terminal=True, env=SMALL)
    assert again.code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("encoding", "why"), [("utf-8", "this one has 80 x 24"), ("ascii", "needs UTF-8")]
)
def test_a_code_that_a_terminal_cannot_show_leaves_no_file(
    cli, put, here, encoding, why
):
    words = ("share", put(), "--qr", "term")
    ran = cli(*words, terminal=True, env=SMALL, encoding=encoding)
    assert (ran.code, ran.out, list(here.iterdir())) == (ExitCode.USAGE, "", [])
    assert why in " ".join(ran.err.split())
    assert "--qr png --out FILE" in ran.err
    assert "What leaves" not in ran.err


ONCE_MORE = "What of it can be linked, once more:"


@pytest.mark.parametrize("lines", [24, 200])
def test_what_has_scrolled_away_is_said_again_before_the_question(
    cli, put, here, monkeypatch, lines
):
    answer(monkeypatch, "n")
    again = lines < 100
    size = {"COLUMNS": "80", "LINES": f"{lines}"}
    words = ("share", put(), "--out", "badge.json")
    ran = cli(*words, terminal=True, env=size)
    assert list(here.iterdir()) == []
    listed, _, repeated = ran.err.partition(ONCE_MORE)
    assert (ONCE_MORE in ran.err) == again
    assert ("! id: one of a kind" in repeated) == again
    assert "! one of a kind" in listed
    assert ONCE_MORE not in cli(*words, "--yes", terminal=True, env=size).err


def test_a_pipe_has_no_lines_that_scroll_away(cli, put, here, monkeypatch):
    answer(monkeypatch, "n")
    assert ONCE_MORE not in cli("share", put(), "--out", "badge.json").err
    assert list(here.iterdir()) == []


def test_a_code_for_a_terminal_may_go_through_a_pipe(cli, put):
    ran = cli("share", put(), "--qr", "term", "--yes")
    reading.read(reading.from_terminal(ran.out))


def test_json_never_holds_a_picture(cli, put, here):
    for form in ("term", "png", "auto"):
        ran = cli("share", put(), f"--qr={form}", "--yes", "--json", "--force")
        assert ran.data["qr"]["path"] == f"{STEM}-qr.png"


def test_print_gets_more_error_correction_if_it_fits(cli, put, here):
    handle = put()
    short = ("--as", "linkedin", "--qr", "svg", "--out", "short.svg")
    ran = cli("share", handle, *short, "--yes", "--json")
    assert ran.data["qr"]["level"] == "M"
    long = ("--as", "file", "--qr", "svg", "--out", "long.svg")
    ran = cli("share", handle, *long, "--yes", "--json")
    assert ran.data["qr"]["level"] == "L"


def test_a_badge_too_large_for_a_code_is_told_what_helps(cli, put):
    ran = cli("share", put(credential({"name": FILLER})), "--qr", "--yes")
    assert (ran.code, ran.raw) == (ExitCode.USAGE, b"")
    assert "too large" in ran.err
    assert "--page https://" in ran.err


def test_a_dense_code_is_made_only_on_request_and_warned_about(cli, put):
    handle = put(credential({"name": FILLER[:900]}))
    ran = cli("share", handle, "--qr", "png", "--yes")
    assert ran.code == ExitCode.USAGE
    ran = cli("share", handle, "--qr", "png", "--dense", "--yes")
    text, version, _ = reading.read(reading.from_png(ran.raw))
    assert version > 30
    assert FILLER[:900] in text
    assert f"dense (version {version}" in ran.err


def test_one_code_carries_one_credential(cli, put):
    ran = cli("share", put(), put(jwt()), "--qr", "--yes")
    assert ran.code == ExitCode.USAGE
    assert "one at a time" in ran.err


# What should not be shared.


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("invalid", ExitCode.INVALID),
        ("malformed", ExitCode.INVALID),
        ("revoked", ExitCode.REVOKED),
        ("suspended", ExitCode.REVOKED),
        ("expired", ExitCode.EXPIRED),
        ("not-yet-valid", ExitCode.EXPIRED),
    ],
)
def test_what_a_receiver_would_refuse_goes_only_anyway(cli, put, verdict, code):
    handle = put(verdict=verdict)
    ran = cli("share", handle, "--yes")
    assert (ran.code, ran.raw) == (code, b"")
    assert f"is {verdict} (checked 2026-11-20)" in ran.err
    assert "--anyway" in ran.err
    ran = cli("share", handle, "--yes", "--anyway")
    assert (ran.code, ran.raw) == (ExitCode.OK, credential().raw)
    assert f"is {verdict} (checked 2026-11-20): shared anyway" in ran.err


def test_what_has_expired_since_its_check_counts_as_expired(cli, put):
    handle = put(valid_until="2026-11-25T11:00:00Z")
    assert cli("share", handle, "--yes").code == ExitCode.EXPIRED
    before = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert cli("share", handle, "--yes", now=before).code == ExitCode.OK


def test_what_could_not_be_checked_is_shared_with_a_note(cli, put):
    ran = cli("share", put(verdict="undetermined"), "--yes")
    assert (ran.code, ran.raw) == (ExitCode.OK, credential().raw)
    assert "could not be checked in full" in ran.err


def test_what_is_in_the_trash_is_not_shared(cli, put):
    handle = put()
    assert cli("remove", handle).code == ExitCode.OK
    ran = cli("share", handle, "--yes")
    assert ran.code == ExitCode.NOT_FOUND
    assert f"credwallet restore {handle}" in ran.err


def test_unknown_names_are_named(cli, put):
    ran = cli("share", put(), "--as", "fax", "--yes")
    assert ran.code == ExitCode.USAGE
    assert "file, link, html" in ran.err
    assert cli("share", put(), "--qr=gif", "--yes").code == ExitCode.USAGE
    assert cli("share", "nothing like it", "--yes").code == ExitCode.NOT_FOUND


def test_no_way_touches_the_network(cli, put, here):
    class Closed:
        def __init__(self) -> None:
            raise AssertionError("the network was asked for")

    handle = put()
    for wanted in (
        ("--out", "f.json"),
        ("--as", "link", "--page", PAGE),
        ("--as", "linkedin"),
        ("--as", "resume"),
        ("--as", "markdown"),
        ("--as", "html", "--out", "h.html"),
        ("--as", "verifierplus", "--url", "https://issuer.example/1"),
        ("--qr", "png", "--out", "q.png"),
    ):
        assert cli("share", handle, *wanted, "--yes", network=Closed).code == 0


def test_the_help_shows_every_way(cli):
    ran = cli("share", "--help")
    assert ran.code == ExitCode.OK
    shown = ran.out
    for part in ("--qr", "[png|svg|term]", "--anyway", "share log"):
        assert part in shown
    for name, way in WAYS.items():
        assert f"{name} " in shown
        assert way.SUMMARY in shown


def test_nothing_to_share_is_a_question_not_asked(filled):
    ran = filled("share")
    assert ran.code == 2
    assert "defect" not in ran.err
    assert filled("share", "--json").code == 2


def test_several_do_not_go_into_what_looks_like_a_file(filled, here):
    ran = filled(
        *("share", "Honest Charts", "Cleaning Data", "--as", "file"),
        *("--out", "both.pdf", "--yes"),
    )
    assert (ran.code, ran.out) == (2, "")
    assert "name a folder: --out both" in ran.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("--as html --out x.pdf", "a web page"),
        ("--qr png --out x.svg", "a PNG picture"),
        ("--as markdown --out x.html", "Markdown"),
        ("--as resume --out x.png", "JSON"),
    ],
)
def test_a_name_that_promises_something_else_is_told(cli, put, here, asked, word):
    ran = cli("share", put(), *asked.split(), "--yes")
    name = asked.split()[-1]
    assert (ran.code, (here / name).exists()) == (0, True)
    assert f"{name} holds {word}, whatever its name says" in ran.err


def test_a_folder_that_is_made_is_named(cli, put, here):
    handle = put()
    ran = cli("share", handle, "--out", "new/deeper/badge.json", "--yes")
    assert ran.code == 0
    assert "making the folder new" in ran.err


def test_a_word_after_qr_that_is_no_form_is_told_the_forms(cli, put):
    handle = put()
    ran = cli("share", handle, "--qr", "gif", "--yes")
    assert ran.code == 5
    assert "a QR code is png, svg or term" in ran.err


@pytest.mark.parametrize(
    "argv",
    [("--as", "fax"), ("--as", "pdf", "--bake", "picture.png")],
)
def test_what_the_words_get_wrong_is_said_before_the_wallet_is_looked_for(
    cli: Cli, argv: tuple[str, ...]
):
    assert cli("share", "k7wq", *argv).code == 2
    assert cli("share", "k7wq", "--as", "file").code == 5

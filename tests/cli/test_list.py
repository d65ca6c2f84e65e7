"""Does `list` show what is held, filtered and sorted as asked, and nothing more?"""

import json
from datetime import UTC, datetime

import pytest

from credwallet.cli.terminal.console import cells
from tests.cli.badges import signed_badge
from tests.cli.runner import Cli

ALL = [
    "Cleaning Data",
    "Honest Charts",
    "Privacy Basics",
    "Python for Analysis",
    "Statistics One",
]


def listed(cli: Cli, *argv: object, **how) -> list[str]:
    ran = cli("list", *argv, "--json", **how)
    assert ran.code == 0, ran
    return [row["name"] for row in ran.data["credentials"]]


def test_a_pipe_gets_one_whole_line_a_credential_with_tabs(filled: Cli):
    ran = filled("list")
    assert [row[1] for row in ran.rows] == ALL
    assert all(len(row) == 6 for row in ran.rows)
    assert ran.rows[2][1:] == [
        "Privacy Basics",
        "Harbour College",
        "2026-02-01",
        "2026-06-30",
        "expired",
    ]
    assert ran.err == ""


def test_nothing_is_cut_in_a_pipe(empty: Cli):
    name = "Very " * 100 + "long"
    empty("import", "-", stdin=signed_badge(name=name))
    assert empty("list", env={"COLUMNS": "20"}).rows[0][1] == name


def test_a_terminal_gets_a_header_and_columns_within_its_width(filled: Cli):
    filled("import", "-", stdin=signed_badge(name="数据" * 60))
    ran = filled("list", terminal=True, env={"COLUMNS": "80", "NO_COLOR": "1"})
    lines = ran.out.splitlines()
    assert lines[0].split() == [
        "HANDLE",
        "NAME",
        "ISSUER",
        "UNTIL",
        "VERDICT",
    ]
    assert len(lines) == 7
    assert all(cells(line) <= 80 for line in lines)
    assert "\u2026" in ran.out


NAMES = (
    "数据清洗与数据分析的微证书" * 4,
    "مهارة تحليل البيانات",
    "הסמכה בניתוח נתונים (שלב 2)",
    "\U0001f469\u200d\U0001f52c Lab Safety \U0001f1e9\U0001f1ea \u2764\ufe0f",
    "e\u0301tude " * 20,
    "दक्षता प्रमाणपत्र",
    "x" * 300,
    "\x1b[2J\u202e\u2069\u2068 hostile",
)


@pytest.fixture
def scripts(empty: Cli) -> Cli:
    """A wallet of names in many scripts, one of a very long word, one hostile."""
    for number, name in enumerate(NAMES, 300):
        assert empty("import", "-", stdin=signed_badge(number, name=name)).code == 0
    return empty


@pytest.mark.parametrize("width", [30, 44, 60, 80, 120, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_is_wider_than_the_terminal(scripts: Cli, width: int, encoding: str):
    scripts("tag", NAMES[1], "--add", "work")
    ran = scripts(
        "list",
        terminal=True,
        encoding=encoding,
        env={"COLUMNS": str(width), "NO_COLOR": "1"},
    )
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert len(lines) == len(NAMES) + 1
    assert max(map(cells, lines)) <= width
    assert "\x1b" not in ran.out
    ends = {cells(line[: line.rindex("valid")]) for line in lines[1:]}
    if width < 200:
        assert ends == {lines[0].index("VERDICT")}


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (40, "HANDLE NAME VERDICT"),
        (50, "HANDLE NAME UNTIL VERDICT"),
        (80, "HANDLE NAME ISSUER UNTIL VERDICT"),
        (120, "HANDLE NAME ISSUER FROM UNTIL VERDICT"),
        (200, "HANDLE NAME ISSUER FROM UNTIL VERDICT CREDITS TAGS SKILLS"),
    ],
)
def test_a_wider_terminal_shows_more(filled: Cli, width: int, columns: str):
    filled("tag", "Cleaning Data", "--add", "work")
    ran = filled("list", terminal=True, env={"COLUMNS": str(width), "NO_COLOR": "1"})
    assert ran.out.splitlines()[0].split() == columns.split()


def test_a_column_in_which_nothing_stands_takes_no_room(filled: Cli):
    ran = filled("list", terminal=True, env={"COLUMNS": "200"})
    assert "TAGS" not in ran.out


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_long_names_that_differ_at_their_end_are_told_apart(empty: Cli, width: str):
    start = "Foundations of Data Literacy and Responsible Management of Information: "
    for number, level in enumerate(("Level 1", "Level 2", "Level 3 (resit)"), 400):
        empty("import", "-", stdin=signed_badge(number, name=start * 2 + level))
    ran = empty("list", terminal=True, env={"COLUMNS": width, "NO_COLOR": "1"})
    shown = ran.out.splitlines()[1:]
    names = [line[6:].split("  Harbour")[0].split("  valid")[0] for line in shown]
    assert len(set(names)) == 3
    assert any("Level 1" in name for name in names)


def test_text_from_right_to_left_stays_in_its_column(scripts: Cli):
    ran = scripts("list", terminal=True, env={"COLUMNS": "120", "NO_COLOR": "1"})
    rows = [line for line in ran.out.splitlines() if "\u2068" in line]
    assert len(rows) == 2
    for row in rows:
        before, inside = row.split("\u2068")
        assert before.isascii()
        assert inside.split("\u2069")[1].startswith("  ")
    assert "\\u2069\\u2068 hostile" in ran.out
    for dumb in ({"TERM": "dumb"}, {"TERM": "linux"}):
        assert "\u2068" not in scripts("list", terminal=True, env=dumb).out
    assert "\u2068" not in scripts("list").out


def test_a_credential_without_a_name_is_not_an_empty_cell(empty: Cli):
    written = json.loads(signed_badge(410))
    for member in ("name", "id", "proof"):
        del written[member]
    del written["credentialSubject"]["achievement"]["name"]
    data = json.dumps(written).encode()
    empty("import", "-", "--keep-invalid", stdin=data)
    ran = empty("list", terminal=True)
    assert "(no name, OpenBadgeCredential)" in ran.out
    assert empty("list").rows[0][1] == ""


def test_colour_is_for_terminals_that_did_not_refuse_it(filled: Cli):
    assert "\x1b[" in filled("list", terminal=True).out
    for quiet in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in filled("list", terminal=True, env=quiet).out
    assert "\x1b" not in filled("list", "--no-color", terminal=True).out
    assert "\x1b" not in filled("list").out


def test_an_empty_wallet_lists_nothing_and_hints_on_stderr(empty: Cli):
    ran = empty("list")
    assert (ran.code, ran.out) == (0, "")
    assert "credwallet import FILE" in ran.err
    assert empty("list", "--quiet").err == ""
    assert empty("list", "--json").data == {"credentials": []}


def test_json_has_the_members_of_the_contract(filled: Cli):
    rows = filled("list", "--json").data["credentials"]
    assert rows[2] == {
        "handle": filled.handle("Privacy Basics"),
        "id": "urn:uuid:00000000-0000-4000-8000-000000000004",
        "name": "Privacy Basics",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": rows[0]["issuer"]["id"],
            "name": "Harbour College",
            "listed": [],
        },
        "validFrom": "2026-02-01T00:00:00Z",
        "validUntil": "2026-06-30T00:00:00Z",
        "verdict": "expired",
        "checkedAt": "2026-11-25T12:00:00+00:00",
        "tags": [],
        "skills": ["Privacy"],
        "credits": "2",
    }


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["--issuer", "northlight"], [ALL[1], ALL[3], ALL[4]]),
        (["--issuer", "did:key:"], [ALL[0], ALL[2]]),
        (["--issuer", "nobody"], []),
        (["--skill", "pYTHON"], [ALL[3]]),
        (["--type", "microcred"], ALL),
        (["--type", "OpenBadge"], ALL),
        (["--type", "Diploma"], []),
        (["--verdict", "valid"], [ALL[0], ALL[1], ALL[3]]),
        (["--verdict", "revoked"], [ALL[4]]),
        (["--query", "chart"], [ALL[1]]),
        (["--query", "harbour"], [ALL[0], ALL[2]]),
        (["--query", "000000000005"], [ALL[4]]),
        (["--issuer", "northlight", "--verdict", "valid"], [ALL[1], ALL[3]]),
    ],
)
def test_a_filter_lets_through_what_fits(filled: Cli, argv, expected):
    assert listed(filled, *argv) == expected


def test_the_tag_filter_wants_the_whole_tag(filled: Cli):
    filled("tag", "Honest Charts", "--add", "python")
    assert listed(filled, "--tag", "python") == ["Honest Charts"]
    assert listed(filled, "--tag", "pyth") == []
    assert listed(filled, "--query", "pyth") == ["Honest Charts", "Python for Analysis"]


@pytest.mark.parametrize(
    ("now", "span", "expected"),
    [
        (datetime(2026, 5, 2, tzinfo=UTC), "60d", ["Privacy Basics"]),
        (datetime(2026, 5, 1, tzinfo=UTC), "60d", ["Privacy Basics"]),
        (datetime(2026, 4, 30, 23, tzinfo=UTC), "60d", []),
        (datetime(2026, 6, 16, tzinfo=UTC), "2w", ["Privacy Basics"]),
        (datetime(2026, 6, 15, tzinfo=UTC), "2w", []),
        (datetime(2026, 7, 1, tzinfo=UTC), "60d", []),
        (datetime(2026, 5, 1, tzinfo=UTC), "9" * 5000 + "w", ["Privacy Basics"]),
    ],
)
def test_expiring_counts_days_from_now_and_leaves_out_what_is_over(
    filled: Cli, now: datetime, span: str, expected: list[str]
):
    assert listed(filled, "--expiring", span, now=now) == expected


@pytest.mark.parametrize("span", ["", "60", "d", "-1d", "60 d", "2m", "٣d", "1.5w"])
def test_a_span_that_is_none_is_refused(filled: Cli, span: str):
    ran = filled("list", f"--expiring={span}")
    assert (ran.code, ran.out) == (2, "")
    assert "write 60d for days or 8w for weeks" in ran.err


def test_a_verdict_that_does_not_exist_is_refused(filled: Cli):
    ran = filled("list", "--verdict", "splendid")
    assert (ran.code, ran.out) == (2, "")
    assert "undetermined" in ran.err


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ALL),
        ("issuer", [ALL[0], ALL[2], ALL[1], ALL[3], ALL[4]]),
        ("until", [ALL[2], ALL[0], ALL[1], ALL[3], ALL[4]]),
        ("verdict", [ALL[2], ALL[4], ALL[0], ALL[1], ALL[3]]),
    ],
)
def test_the_list_is_sorted_as_asked_and_then_by_name(
    filled: Cli, sort: str, expected: list[str]
):
    assert listed(filled, "--sort", sort) == expected


def test_sorting_by_date_puts_the_oldest_first(filled: Cli):
    filled("import", "-", stdin=signed_badge(validFrom="2020-01-01T00:00:00Z"))
    assert listed(filled, "--sort", "from")[0] == "Woodwork"


def test_the_list_ages_without_being_verified_again(filled: Cli):
    before = datetime(2026, 3, 1, tzinfo=UTC)
    filled("verify", "Privacy Basics", now=before)
    assert listed(filled, "--verdict", "valid", now=before)[2] == "Privacy Basics"
    assert "Privacy Basics" not in listed(filled, "--verdict", "valid")
    assert "Privacy Basics" in listed(filled, "--verdict", "expired")


def test_the_trash_is_listed_apart(filled: Cli):
    filled("remove", "Honest Charts")
    assert "Honest Charts" not in listed(filled)
    assert listed(filled, "--trash") == ["Honest Charts"]


def test_an_empty_trash_says_so(filled: Cli):
    ran = filled("list", "--trash")
    assert (ran.code, ran.out) == (0, "")
    assert "the trash is empty" in ran.err


def test_of_several_tags_a_credential_must_have_all(filled: Cli):
    filled("tag", ALL[0], "--add", "a", "--add", "b")
    filled("tag", ALL[1], "--add", "a")
    assert listed(filled, "--tag", "a") == ALL[:2]
    assert listed(filled, "--tag", "a", "--tag", "b") == ALL[:1]


def test_a_filter_that_nothing_fits_does_not_ask_for_an_import(filled: Cli):
    ran = filled("list", "--query", "nothing like it")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "credwallet: hint: nothing fits: see all with credwallet list\n"

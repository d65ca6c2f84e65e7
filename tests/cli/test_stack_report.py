"""Is the answer easy to read on every terminal, and the ladder below it?"""

from dataclasses import replace
from fractions import Fraction

import pytest

from credwallet.cli.adding_up.report import show_progress, view_of
from credwallet.cli.terminal.console import Console, cells, plain
from tests.cli.chain import AWARD, CREDENTIALS, DEGREE, HEAD, chain
from tests.cli.runner import Cli, Ran, Terminal
from tests.cli.test_hostile import ATTACK
from tests.stacking.given import ask, held, leaf, rules

WIDTHS = [40, 80, 120, 200]


def shown(cli: Cli, *argv: object, width: int = 80, encoding: str = "utf-8") -> Ran:
    """Run it on a terminal without colour."""
    ran = cli(
        "stack-progress",
        *argv,
        terminal=True,
        encoding=encoding,
        env={"COLUMNS": str(width), "NO_COLOR": "1"},
    )
    assert ran.err == ""
    return ran


def block(ran: Ran, start: str) -> list[str]:
    """Cut out what stands from a line up to the next empty one."""
    lines = ran.out.splitlines()
    after = lines[lines.index(start) :]
    return after[: after.index("")] if "" in after else after


def test_the_page_of_a_certificate_reads_as_a_tree(cli: Cli):
    ran = shown(cli, *chain(cli.folder))
    text = ran.out.splitlines()
    tee, name = "  \u251c\u2500", "Honest Charts"
    assert text[:12] == [
        "Certificate in Data",
        "certificate",
        "\u2588" * 24 + " 100%",
        "eligible: claim it from Harbour College",
        "this counts what is assumed",
        "",
        f"{tee} \u2713 Core credits      8 of 8 credits  sql (assumed) SQL in Practice",
        "  \u2514\u2500 \u2713 elective  any 1 of 2, done",
        f"   {tee} \u2713 Honest Charts  1 of 1 credential  charts (assumed) {name}",
        "     \u2514\u2500 - not needed: Statistics One",
        "",
        "What does not count:",
    ]


def test_ascii_terminals_get_lines_and_marks_of_their_own(cli: Cli):
    ran = shown(cli, *chain(cli.folder), encoding="ascii")
    core = "  |- + Core credits      8 of 8 credits  sql (assumed) SQL in Practice"
    assert ran.out.isascii()
    assert "\\u" not in ran.out
    assert block(ran, core)[1:] == [
        "  `- + elective  any 1 of 2, done",
        "     |- + Honest Charts  1 of 1 credential  charts (assumed) Honest Charts",
        "     `- - not needed: Statistics One",
    ]
    assert "#" * 24 + " 100%" in ran.out


def test_every_state_has_its_words(cli: Cli):
    out = shown(cli, *chain(cli.folder)).out
    for words in (
        "blocked",
        "apel2: cap apel-c is full (at most six by experience)",
        "manual",
        "cannot be checked from credentials",
        "partly",
        "2 more credits needed",
        "gate not met",
        "earned at the college itself: 0 of at least 6 credits",
        "0% (50% when what is under way is done)",
        "in progress",
        "thesis: not done yet (result: InProgress)",
    ):
        assert words in out


def test_lapsed_names_the_credential_and_the_day(cli: Cli):
    more = (
        '[[credential]]\nid = "stat"\nachievement = "x:statistics"\n'
        "expires = 2026-01-15\n"
    )
    argv = chain(cli.folder, more=more)
    (cli.folder / "held.toml").write_text(
        CREDENTIALS.replace("x:charts", "x:none") + more
    )
    lines = shown(cli, *argv).out.splitlines()
    place = next(n for n, line in enumerate(lines) if "Statistics One" in line)
    assert lines[place].endswith("lapsed")
    assert lines[place + 1].strip("\u2502 ") == "stat: expired 2026-01-15"


WAIVER = """[[override]]
qualification = "diploma"
type = "waive"
requirement = "project"
"""


def test_waived_says_by_whom(cli: Cli):
    out = shown(cli, *chain(cli.folder, more=WAIVER), "--assume").out
    assert "waived by your own word" in out
    assert "this counts what is assumed and your own word" in out


def test_a_waiver_that_rests_on_an_assumed_credential_is_called_assumed(cli: Cli):
    argv = chain(cli.folder)
    rules_ = (cli.folder / "d.toml").read_text()
    (cli.folder / "d.toml").write_text(
        rules_.replace("credit_unit", 'issuer_ids = ["x:college"]\ncredit_unit', 1)
    )
    (cli.folder / "held.toml").write_text(
        'format = "credwallet-what-if/1"\n[[credential]]\nid = "letter"\n'
        f'issuer = "x:college"\n{WAIVER}authority = "issuer"\nevidence = "letter"\n'
    )
    lines = block(shown(cli, *argv), "Diploma in Data")
    assert "this counts what is assumed" in lines
    assert "waived by x:college (letter)" in shown(cli, *argv).out


def test_held_names_the_award_and_that_it_is_assumed(cli: Cli):
    ran = shown(cli, *chain(cli.folder, more=AWARD))
    lines = block(ran, "Certificate in Data")
    assert "held: you have the award itself (award)" in lines
    assert "this counts what is assumed" in lines


def test_what_is_not_proven_is_an_interval_and_no_percentage():
    answer = replace(
        ask(rules(leaf())), proven=False, bounds=(Fraction(61, 100), Fraction(2, 3))
    )
    out = printed(answer)
    assert "at least 61%, at most 66%, not proven" in out
    # What is certain is full, what may be is half full.
    assert "\u2588" * 14 + "\u2592" + "\u2591" * 9 + " at least" in out


def printed(answer, **options):
    """The page of one answer on a terminal."""
    out = Terminal(terminal=True)
    console = Console(out, out, terminal=True, **options)
    show_progress(console, view_of([answer], (), why=False))
    return out.content().decode()


def test_what_may_come_is_paler_on_the_bar():
    held_ = held("c", result_status="Enrolled")
    out = printed(ask(rules(leaf() + leaf("b", "achievement = ['y']")), held_))
    assert "\u2592" * 12 + "\u2591" * 12 + " 0% (50% when what is under way" in out


def test_a_lapse_says_with_what_and_what_one_renewal_keeps(cli: Cli):
    ran = shown(cli, *chain(cli.folder), width=200)
    lines = ran.out.splitlines()
    assert lines[lines.index("Lapses:") + 1] == (
        "  2027-03-01, with sql (assumed) SQL in Practice; renewing it keeps "
        "Certificate in Data alive with no other end"
    )
    rows = cli("stack-progress", *chain(cli.folder)).rows
    assert ["certificate", "lapses", "2027-03-01", "sql", "certificate"] in [
        row[:5] for row in rows
    ]
    data = cli("stack-progress", *chain(cli.folder), "--json").data
    assert data["renewals"] == [
        {
            "on": "2027-03-01",
            "credentials": ["sql"],
            "qualifications": ["certificate"],
            "until": None,
        }
    ]


@pytest.mark.parametrize("how", ["latest", "never"])
def test_what_does_not_lapse_with_its_first_part_is_not_said_to(cli: Cli, how: str):
    argv = chain(cli.folder)
    file = cli.folder / "c.toml"
    file.write_text(
        file.read_text().replace("credit_unit", f'expires_with = "{how}"\ncredit_unit')
    )
    out = shown(cli, *argv).out
    assert "not with the first of its parts, which expires 2027-03-01" in out
    assert "alive" not in out
    rows = cli("stack-progress", *argv).rows
    assert ["certificate", "first-expiry", "2027-03-01"] in rows


def test_the_ladder_stands_below_the_pages_in_a_few_lines(cli: Cli):
    ran = shown(cli, *chain(cli.folder))
    assert block(ran, "What builds on what, from the lowest rung up:")[1:] == [
        "  \u2713 Certificate in Data  eligible: claim it",
        "  \u2502  \u2191 claim its award first: Diploma in Data (entry) asks for it",
        "  \u25d0 Diploma in Data  in progress, 43%",
        "  \u2502  \u2191 Degree in Data (half) asks for its award",
        "  \u25cb Degree in Data  not started, 0% (50% when what is under way is done)",
    ]


def test_ladder_alone_says_what_carries_upward(cli: Cli):
    ran = shown(cli, *chain(cli.folder), "--ladder", width=100)
    assert ran.out.splitlines()[1:5] == [
        "  \u2713 Certificate in Data  eligible: claim it",
        "  \u2502  \u2191 claim its award first: Diploma in Data (entry) asks for it",
        "  \u2502    used above too: sql (assumed) (8 credits)",
        "  \u2502    would carry upward only through the award: charts (assumed)",
    ]
    ran = shown(cli, *chain(cli.folder, more=AWARD), "--ladder", width=100)
    assert "its award award (assumed) counts in Diploma in Data (entry)" in ran.out


def test_ladder_in_a_pipe_is_one_record_a_line(cli: Cli):
    ran = cli("stack-progress", *chain(cli.folder), "--ladder")
    assert [row[:7] for row in ran.rows] == [
        ["certificate", "rung", "1", "1", "eligible", "100%", "Certificate in Data"],
        ["diploma", "rung", "1", "2", "in-progress", "43%", "Diploma in Data"],
        [
            *("degree", "rung", "1", "3", "not-started"),
            *("0% (50% when what is under way is done)", "Degree in Data"),
        ],
        ["certificate", "step", "diploma", "entry", "eligible", "does-not-count", ""],
        ["certificate", "shared", "diploma", "sql", "more", "8"],
        ["certificate", "through-award", "diploma", "charts", "", ""],
        ["diploma", "step", "degree", "half", "not-yet", "does-not-count", ""],
        ["diploma", "through-award", "degree", "apel1", "", "6"],
        ["diploma", "through-award", "degree", "sql", "", "8"],
    ]


def test_the_ladder_is_in_the_json(cli: Cli):
    ladder = cli("stack-progress", *chain(cli.folder), "--json").data["ladder"]
    assert [rung["qualification"] for rung in ladder["rungs"]] == [
        *("certificate", "diploma", "degree")
    ]
    assert ladder["steps"][0] == {
        "from": "certificate",
        "to": "diploma",
        "requirements": ["entry"],
        "award": "eligible",
        "credential": None,
        "counts": False,
        "credits": None,
        "why": "",
        "shared": [
            {
                "credential": "sql",
                "below": ["core"],
                "above": ["more"],
                "creditsBelow": "8",
                "creditsAbove": "8",
            }
        ],
        "throughAward": [
            {
                "credential": "charts",
                "below": ["charts"],
                "above": [],
                "creditsBelow": None,
                "creditsAbove": None,
            }
        ],
    }


def test_without_a_chain_there_is_no_ladder(cli: Cli):
    (cli.folder / "g.toml").write_text(HEAD + DEGREE)
    argv = ("--no-wallet", "--qualification", cli.folder / "g.toml")
    assert "builds on" not in shown(cli, *argv).out
    ran = cli("stack-progress", *argv, "--ladder", terminal=True)
    assert (ran.code, ran.out) == (0, "")
    assert "none of these asks for the award of another one" in ran.err


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("option", [(), ("--why",), ("--ladder",)], ids=str)
def test_nothing_is_wider_than_the_terminal(
    cli: Cli, width: int, encoding: str, option: tuple[str, ...]
):
    argv = chain(cli.folder)
    for name in ("c", "d", "g"):
        file = cli.folder / f"{name}.toml"
        # Wide characters, an emoji, and a title that no column holds.
        text = file.read_text().replace(
            'in Data"', 'in \u8cc7\u6599\u79d1\u5b78 \U0001f393 and all that follows"'
        )
        file.write_text(text, encoding="utf-8")
    ran = shown(cli, *argv, *option, width=width, encoding=encoding)
    assert max(map(cells, ran.out.splitlines())) <= width


def test_colour_changes_no_word(cli: Cli):
    argv = ("stack-progress", *chain(cli.folder))
    plain_ = cli(*argv, terminal=True, env={"NO_COLOR": "1"}).out
    coloured = cli(*argv, terminal=True).out
    assert "\x1b[32m" in coloured
    for style in ("0", "1", "2", "31", "32", "35"):
        coloured = coloured.replace(f"\x1b[{style}m", "")
    assert coloured == plain_


def test_long_lists_are_cut_and_why_lists_them_whole(cli: Cli):
    leaves = "".join(
        f'[[requirement]]\nid = "r{n}"\ntype = "credential"\n'
        f'match = {{ achievement = ["y:{n}"] }}\n'
        for n in range(40)
    )
    count = (
        '[[requirement]]\nid = "many"\ntype = "count"\nn = 20\n'
        'match = { tag = ["t"] }\n'
    )
    many = "".join(
        f'[[credential]]\nid = "c{n:02}"\nachievement = "x:{n}"\ntag = "t"\n'
        for n in range(40)
    )
    (cli.folder / "long.toml").write_text(
        HEAD + 'id = "long"\ntitle = "Long"\n' + count + leaves
    )
    (cli.folder / "many.toml").write_text('format = "credwallet-what-if/1"\n' + many)
    argv = (
        *("--no-wallet", "--qualification", cli.folder / "long.toml"),
        *("--what-if", cli.folder / "many.toml"),
    )
    short = shown(cli, *argv).out
    assert "28 more are missing (--why lists them)" in short
    assert "and 14 more" in short
    assert "8 more that nearly do (--why lists them)" in short
    assert len(short.splitlines()) < 70
    full = shown(cli, *argv, "--why").out
    assert "--why" not in full
    assert all(f"r{n} " in full for n in range(40))
    assert all(f"c{n:02}" in full for n in range(40))


def test_groups_nest_as_deep_as_a_file_may(cli: Cli):
    groups = "".join(
        f'[[group]]\nid = "g{n}"\ntype = "all_of"\n'
        + (f'in = "g{n - 1}"\n' if n else "")
        for n in range(30)
    )
    leaf = (
        '[[requirement]]\nid = "deep"\nin = "g29"\ntype = "credential"\n'
        'match = { achievement = ["x"] }\n'
    )
    (cli.folder / "deep.toml").write_text(
        HEAD + 'id = "deep"\ntitle = "Deep"\n' + groups + leaf
    )
    argv = ("--no-wallet", "--qualification", cli.folder / "deep.toml")
    ran = shown(cli, *argv)
    assert ran.code == 0
    assert max(map(cells, ran.out.splitlines())) <= 80
    assert "nothing that you hold counts here" in ran.out


@pytest.mark.parametrize("option", [(), ("--why",), ("--ladder",)], ids=str)
@pytest.mark.parametrize("terminal", [True, False])
def test_hostile_text_acts_in_no_view(cli: Cli, terminal, option: tuple[str, ...]):
    argv = hostile_chain(cli)
    ran = cli(
        "stack-progress", *argv, *option, terminal=terminal, env={"NO_COLOR": "1"}
    )
    assert ran.code == 0
    assert "\\x1b[2J" in ran.out
    for line in ran.out.replace("\t", "").split("\n"):
        assert line == plain(line)


def hostile_chain(cli: Cli, attack: str = ATTACK) -> list[object]:
    """Write the chain with an attack in every text of it."""
    argv = chain(cli.folder)
    # As TOML spells any character.
    text = "".join(f"\\U{ord(character):08x}" for character in attack)
    for name in ("c", "d", "g"):
        file = cli.folder / f"{name}.toml"
        lines = file.read_text().splitlines()
        lines = [
            f'{line.removesuffix(chr(34))}{text}"'
            if line.startswith(("title = ", "text = "))
            else line
            for line in lines
        ]
        lines.insert(2, f'text = "{text}"\nversion = "{text}"\nsource = "{text}"')
        file.write_text("\n".join(lines).replace("Harbour College", text))
    file = cli.folder / "held.toml"
    file.write_text(
        file.read_text()
        .replace('name = "', f'name = "{text}')
        .replace('id = "sql"', f'id = "sql{text}"')
    )
    return argv

"""Are goals kept in the order in which they are wanted?"""

from pathlib import Path

import pytest

from tests.cli.runner import SAMPLES, Cli


def rules(name: str, more: str = "") -> str:
    return (
        f'format = "credwallet-qualification/1"\n[qualification]\nid = "{name}"\n'
        f'[[requirement]]\nid = "a"\ntype = "credential"\n'
        f'match = {{ achievement = ["x:{name}"] }}\n{more}'
    )


@pytest.fixture
def wanted(empty: Cli, tmp_path: Path) -> Cli:
    """A wallet that keeps the rules of `a` to `d`."""
    files = []
    for name in "abcd":
        path = tmp_path / f"{name}.toml"
        path.write_text(rules(name))
        files.append(path)
    empty("qualification", "add", *files)
    return empty


def listed(cli: Cli) -> list[str]:
    return [row[0] for row in cli("goal", "list").rows]


def test_a_goal_is_kept_listed_and_removed(wanted: Cli):
    uri = "http://data.europa.eu/esco/occupation/1"
    ran = wanted(
        *("goal", "add", "a", "--priority", 2, "--by", "2029", "--why", "A better job"),
        *("--occupation", uri),
    )
    assert (ran.code, ran.rows) == (0, [["a", "2", "2029-12-31", "added"]])
    ran = wanted("goal", "list")
    assert ran.rows == [["a", "2", "2029-12-31", "A better job", uri]]
    assert wanted("goal", "list", "--json").data == {
        "goals": [
            {
                "qualification": "a",
                "priority": 2,
                "by": "2029-12-31",
                "why": "A better job",
                "occupation": uri,
            }
        ]
    }
    assert wanted("goal", "remove", "a").rows == [["a", "removed"]]
    assert wanted("goal", "list", "--json").data == {"goals": []}


def test_goals_come_by_priority_then_date_then_id(wanted: Cli):
    wanted("goal", "add", "a", "--priority", 2, "--by", "2027")
    wanted("goal", "add", "b")
    wanted("goal", "add", "d", "--by", "2028-02")
    wanted("goal", "add", "c", "--by", "2028-02-29")
    assert listed(wanted) == ["c", "d", "b", "a"]


def test_a_second_goal_for_one_qualification_replaces_the_first(wanted: Cli):
    wanted("goal", "add", "a", "--priority", 3)
    assert wanted("goal", "add", "a").rows == [["a", "1", "", "replaced"]]
    assert len(listed(wanted)) == 1


def test_what_the_wallet_does_not_keep_is_no_goal(wanted: Cli):
    ran = wanted("goal", "add", "elsewhere")
    assert (ran.code, ran.out) == (5, "")
    assert "credwallet qualification add FILE" in ran.err
    ran = wanted("goal", "remove", "a")
    assert (ran.code, ran.out) == (5, "")
    assert "credwallet goal list" in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ("--by", "soon"),
        ("--by", "2027-13"),
        ("--by", "2027-06-31"),
        ("--by", ""),
        ("--by", "\u0662\u0660\u0662\u0667"),
        ("--priority", "0"),
        ("--priority", "first"),
        ("--occupation", "nurse"),
        ("--occupation", "https://x.example/a b"),
        ("--why", "x" * 3000),
    ],
    ids=lambda options: " ".join(options)[:30],
)
def test_nonsense_is_refused_in_one_line(wanted: Cli, options: tuple[str, str]):
    ran = wanted("goal", "add", "a", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("credwallet: error:") == 1
    assert listed(wanted) == []


def test_goals_come_first_in_stack_progress_and_the_rest_by_id(wanted: Cli):
    wanted("goal", "add", "c", "--priority", 2)
    wanted("goal", "add", "d")
    found = wanted("stack-progress", "--json").data["qualifications"]
    assert [entry["id"] for entry in found] == ["d", "c", "a", "b"]
    found = wanted("stack-progress", "a", "d", "--json").data["qualifications"]
    assert [entry["id"] for entry in found] == ["a", "d"]


@pytest.mark.parametrize("day", ["2025", "2026-10", "2026-11-24"])
def test_a_day_that_has_passed_is_no_goal(wanted: Cli, day: str):
    ran = wanted("goal", "add", "a", "--by", day)
    assert (ran.code, ran.out) == (2, "")
    assert f"--by {day} ends before 2026-11-25" in ran.err
    assert listed(wanted) == []


def test_today_is_still_to_come(wanted: Cli):
    assert wanted("goal", "add", "a", "--by", "2026-11-25").code == 0


def test_what_was_kept_is_laid_out_on_a_terminal_and_has_tabs_in_a_pipe(
    filled: Cli, tmp_path: Path
):
    offers = tmp_path / "offers.toml"
    offers.write_text(
        'format = "credwallet-offers/1"\n'
        + "".join(
            f'[[offer]]\nid = "{name}"\ntitle = "{title}"\n'
            f'gives = {{ achievement = "https://harbour.example/{name}" }}\n'
            for name, title in (("privacy", "Privacy Basics"), ("ropes", "Rope Work"))
        )
    )
    handle = filled.handle("Cleaning Data")
    rules_file = SAMPLES / "certificate.toml"
    assert filled("qualification", "add", rules_file).code == 0
    ((kept, title, *_),) = filled("qualification", "list").rows
    for argv, said in (
        (["qualification", "add", rules_file], [kept, title, "replaced"]),
        (["qualification", "examples", "comptia/cios", "--add"], ["added"]),
        (["goal", "add", kept], [kept, "1", "added"]),
        (["goal", "remove", kept], [kept, "removed"]),
        (["offer", "add", offers], ["privacy", "Privacy Basics", "added"]),
        (["offer", "remove", "ropes"], ["ropes", "removed"]),
        (["identity", "add", "ada@example.org"], ["ada@example.org", "yours"]),
        (["identity", "list"], ["ada@example.org"]),
        (["identity", "remove", "ada@example.org"], ["forgotten"]),
        (["tag", handle, "--add", "work"], [handle, "work"]),
        (["note", handle, "--text", "for the\tjob"], [handle, "for the\\x09job"]),
        (["collection", "add", "job", handle], [handle, "added", "Cleaning Data"]),
        (["collection", "remove", "job"], ["job", "removed"]),
        (["issuer", "trust", handle], ["known"]),
        (["key", "create", "work"], ["work", "did:key:", "created"]),
        (["config", "set", "color", "never"], ["color", "never", "set in"]),
        (["config", "unset", "color"], ["color", "unset in"]),
        (["remove", handle], [handle, "Cleaning Data"]),
    ):
        ran = filled(*argv, terminal=True, env={"COLUMNS": "100", "NO_COLOR": "1"})
        assert (ran.code, "\t" in ran.out) == (0, False), argv
        for word in said:
            assert word in ran.out, argv
        assert max(map(len, ran.out.splitlines())) <= 100
    ran = filled("tag", filled("list").rows[0][0], "--add", "work")
    assert ran.out.count("\t") == 1

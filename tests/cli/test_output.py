"""Is the way that results leave a contract that scripts can hold on to?"""

import itertools
import json

import pytest

from credwallet import errors
from credwallet.cli.output import (
    GRAVEST_FIRST,
    MEANING,
    OF_ERROR,
    OF_VERDICT,
    ExitCode,
    code_of,
    envelope,
    gravest,
)
from credwallet.errors import CredwalletError, Invalid
from credwallet.model.report import Problem, Verdict
from tests.cli.runner import Cli

OF_THE_DESIGN = (10, 11, 6, 3, 9, 8, 4, 5, 0)


def test_the_exit_codes_are_those_of_the_design():
    assert {code.name: int(code) for code in ExitCode} == {
        "OK": 0,
        "ERROR": 1,
        "USAGE": 2,
        "INVALID": 3,
        "UNDETERMINED": 4,
        "NOT_FOUND": 5,
        "LOCKED": 6,
        "SHORTFALL": 7,
        "EXPIRED": 8,
        "REVOKED": 9,
        "DAMAGED": 10,
        "STORAGE": 11,
        "INTERRUPTED": 130,
    }


def test_every_exit_code_has_its_meaning():
    assert set(MEANING) == set(ExitCode)


@pytest.mark.parametrize(
    ("graver", "lesser"), list(itertools.combinations(OF_THE_DESIGN, 2))
)
def test_of_two_codes_the_one_the_design_names_first_wins(graver: int, lesser: int):
    codes = [ExitCode(lesser), ExitCode(graver)]
    assert gravest(codes) == gravest(reversed(codes)) == graver


def test_every_code_that_an_input_can_have_has_its_place():
    assert set(GRAVEST_FIRST) == set(ExitCode) - {ExitCode.INTERRUPTED}


def test_no_input_at_all_is_no_failure():
    assert gravest([]) is ExitCode.OK


def test_every_kind_of_error_has_its_exit_code():
    kinds = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, CredwalletError)
    }
    assert kinds - {CredwalletError} == set(OF_ERROR)


def test_an_error_of_no_kind_is_a_plain_error():
    assert code_of(CredwalletError("odd")) is ExitCode.ERROR


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("malformed", 3),
        ("invalid", 3),
        ("revoked", 9),
        ("suspended", 9),
        ("expired", 8),
        ("not-yet-valid", 8),
        ("undetermined", 4),
        ("valid", 0),
    ],
)
def test_every_verdict_has_the_exit_code_of_the_design(verdict: str, code: int):
    assert OF_VERDICT[Verdict(verdict)] == code


def test_every_verdict_is_in_the_table():
    assert set(OF_VERDICT) == set(Verdict)


def test_the_envelope_has_exactly_the_members_of_the_contract():
    problem = Problem.of(Invalid("bad", next_step="mend it", instance="/proof"))
    assert envelope("verify", ExitCode.INVALID, {"reports": []}, [problem]) == {
        "schema": "credwallet/1",
        "command": "verify",
        "exitCode": 3,
        "data": {"reports": []},
        "problems": [
            {
                "type": "invalid",
                "title": "bad",
                "detail": "",
                "instance": "/proof",
                "nextStep": "mend it",
                "file": None,
                "line": None,
                "column": None,
            }
        ],
    }


def test_a_fault_in_a_file_is_told_by_line_and_column():
    error = Invalid("line 3: bad", line=3, column=7).said_of("rules.toml")
    (problem,) = envelope("plan", ExitCode.USAGE, {}, [Problem.of(error)])["problems"]
    assert problem["title"] == "rules.toml: line 3: bad"
    assert [problem[name] for name in ("file", "line", "column")] == [
        "rules.toml",
        3,
        7,
    ]


FAILURES = {
    "no wallet": (["list"], 5),
    "no such command": (["lisst"], 2),
    "no such option": (["list", "--colour", "blue"], 2),
    "no such choice": (["list", "--sort", "colour"], 2),
    "nothing named": (["show"], 2),
    "a group without a command": (["issuer"], 2),
    "a missing value": (["list", "--home"], 2),
    "no command": ([], 2),
    "no such file": (["verify", "missing.json"], 5),
    "not a badge": (["verify", __file__], 3),
    "nothing to verify": (["verify"], 2),
    "no such topic": (["help", "weather"], 2),
    "no such shell": (["completion", "csh"], 2),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_one_json_document_too(cli: Cli, failure: str):
    argv, code = FAILURES[failure]
    ran = cli("--json", *argv)
    assert ran.code == code
    document = json.loads(ran.out)
    assert document["schema"] == "credwallet/1"
    assert document["exitCode"] == code
    assert document["command"] == (argv[0] if argv else "")
    assert all(problem["nextStep"] for problem in document["problems"])
    assert document["problems"]
    assert ran.err == ""


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_says_what_and_what_to_do_on_stderr_only(cli: Cli, failure: str):
    argv, code = FAILURES[failure]
    ran = cli(*argv)
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err
    if failure in ("nothing named", "a group without a command"):
        assert ran.err.startswith("Usage: credwallet ")
    else:
        what, next_step = ran.err.splitlines()
        assert what.startswith("credwallet: error: ")
        assert next_step.startswith("credwallet: hint: ")


def test_json_is_ascii_so_that_no_terminal_can_be_upset_by_it(filled: Cli):
    filled("tag", filled.handle("Cleaning Data"), "--add", "żółć")
    ran = filled("list", "--json")
    assert ran.raw.isascii()
    assert ["żółć"] in [row["tags"] for row in ran.data["credentials"]]
    assert ran.out.count("\n{") == 0


def test_the_word_json_after_two_dashes_is_no_option(filled: Cli):
    ran = filled("show", "--", "--json")
    assert ran.out == ""
    assert ran.err.startswith("credwallet: error: no credential goes by '--json'")


def test_the_value_of_an_option_is_not_taken_for_the_command(cli: Cli):
    ran = cli("--home", cli.home, "list", "--json")
    assert ran.json["command"] == "list"


@pytest.mark.parametrize(
    "argv", [["issuer", "list"], ["list"], ["list", "--tag", "x"]], ids=" ".join
)
def test_an_interrupt_is_one_line_and_one_document(filled: Cli, monkeypatch, argv):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("credwallet.cli.session.Session.vault", interrupted)
    ran = filled(*argv)
    assert (ran.code, ran.out, ran.err.strip()) == (
        130,
        "",
        "credwallet: error: interrupted",
    )
    document = filled(*argv, "--json").json
    assert document["exitCode"] == 130
    assert [each["type"] for each in document["problems"]] == ["interrupted"]

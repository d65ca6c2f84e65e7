"""Does the wallet keep exceptions, and does each count only with whose word it is?"""

import pytest

from tests.cli.runner import Cli

HEAD = """format = "credwallet-qualification/1"
[qualification]
id = "mine"
title = "My Own"
awarded_by = ["Harbour College"]
issuer_ids = ["HARBOUR"]
credit_unit = "ects"
"""
RULES = (
    HEAD
    + """[[requirement]]
id = "charts"
title = "Honest Charts"
type = "credential"
match = { achievement = ["https://elsewhere.example/charts"] }
[[requirement]]
id = "essay"
type = "credential"
match = { achievement = ["https://elsewhere.example/essay"] }
"""
)


@pytest.fixture
def mine(filled: Cli) -> Cli:
    rules = filled.folder / "mine.toml"
    rules.write_text(RULES.replace("HARBOUR", issuer(filled, "Cleaning Data")))
    assert filled("qualification", "add", rules).code == 0
    return filled


def issuer(cli: Cli, name: str) -> str:
    listed = cli("list", "--json").data["credentials"]
    return next(row["issuer"]["id"] for row in listed if row["name"] == name)


def answer(cli: Cli, *flags: str):
    (found,) = cli("stack-progress", "mine", *flags, "--json").data["qualifications"]
    return found


def test_a_likely_name_is_a_question_that_says_how_to_answer_it(mine: Cli):
    handle = mine.handle("Honest Charts")
    command = f"credwallet qualification link {handle} mine charts"
    assert command in answer(mine)["suggestions"][0]
    assert answer(mine)["percent"] == 0


def test_a_link_is_the_learners_own_word_and_counts_only_when_she_says_so(mine: Cli):
    handle = mine.handle("Honest Charts")
    ran = mine("qualification", "link", handle, "mine", "charts")
    own = "your own word: counts with --assume"
    assert ran.rows == [["mine", "charts", handle, own, "kept"]]
    alone = answer(mine)
    assert (alone["percent"], alone["allocation"]) == (0, {})
    assert any("--assume counts it" in line for line in alone["warnings"])
    counted = answer(mine, "--assume")
    assert (counted["percent"], counted["allocation"]) == (50, {handle: ["charts"]})
    assert counted["matchedBy"][0]["by"] == "substitution by your own word"


def test_the_word_of_the_awarding_body_counts_by_itself(mine: Cli):
    handle, evidence = mine.handle("Honest Charts"), mine.handle("Cleaning Data")
    ran = mine(
        "qualification", "link", handle, "mine", "charts", "--evidence", evidence
    )
    assert ran.rows[0][3] == "the awarding body"
    counted = answer(mine)
    assert counted["allocation"] == {handle: ["charts"]}
    by = f"substitution by {issuer(mine, 'Cleaning Data')} ({evidence})"
    assert counted["matchedBy"][0]["by"] == by


def test_evidence_of_somebody_else_is_refused(mine: Cli):
    handle = mine.handle("Honest Charts")
    ran = mine("qualification", "waive", "mine", "essay", "--evidence", handle)
    assert (ran.code, ran.out) == (2, "")
    assert "is not an issuer who awards mine" in ran.err


def test_a_waiver_is_kept_listed_and_taken_back(mine: Cli):
    assert mine("qualification", "waive", "mine", "essay").rows[0][4] == "kept"
    assert mine("qualification", "waive", "mine", "essay").rows[0][4] == "replaced"
    listed = mine("qualification", "exceptions", "--json").data["exceptions"]
    assert [(e["requirement"], e["type"]) for e in listed] == [("essay", "waive")]
    assert answer(mine, "--assume")["waived"] == ["essay"]
    assert mine("qualification", "unlink", "mine", "essay").rows[0][4] == "taken back"
    assert mine("qualification", "exceptions", "--json").data == {"exceptions": []}
    assert mine("qualification", "unlink", "mine", "essay").code == 5


def test_what_the_rules_do_not_ask_for_is_not_found_but_the_nearest_is_named(mine: Cli):
    handle = mine.handle("Honest Charts")
    ran = mine("qualification", "link", handle, "mine", "chart")
    assert ran.code == 5
    assert "did you mean 'charts'?" in ran.err
    assert mine("qualification", "link", handle, "none", "charts").code == 5
    assert mine("qualification", "link", "zzzz", "mine", "charts").code == 5
    assert mine("qualification", "link", f"{handle}/3", "mine", "charts").code == 5


@pytest.mark.parametrize("amount", ["0", "-1", "many", "1e3", "1/0"])
def test_an_amount_that_is_none_is_refused(mine: Cli, amount: str):
    handle = mine.handle("Honest Charts")
    ran = mine("qualification", "link", handle, "mine", "charts", "--credits", amount)
    assert (ran.code, ran.out) == (2, "")


def test_an_exception_outlives_its_requirement_and_its_credential(mine: Cli):
    handle = mine.handle("Honest Charts")
    mine("qualification", "link", handle, "mine", "charts")
    mine("qualification", "waive", "mine", "essay")
    newer = mine.folder / "newer.toml"
    newer.write_text(RULES.replace('"essay"', '"thesis"'))
    mine("qualification", "add", newer)
    mine("remove", handle)
    warnings = answer(mine, "--assume")["warnings"]
    assert any("essay, which is not asked for any more" in line for line in warnings)
    assert any("which you do not hold" in line for line in warnings)


def test_a_credential_that_is_at_work_elsewhere_is_named(mine: Cli):
    handle = mine.handle("Honest Charts")
    assert mine("qualification", "link", handle, "mine", "charts").err == ""
    ran = mine("qualification", "link", handle, "mine", "essay")
    assert (ran.code, ran.rows[0][-1]) == (0, "kept")
    assert f"{handle} counts for charts, too: it can fill one of them only" in ran.err
    # The same link once more is no news.
    assert "essay" not in mine("qualification", "link", handle, "mine", "essay").err

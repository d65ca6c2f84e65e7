"""Does a run derive one key, ask once, and not without somebody to ask?

A key derivation is slow on purpose, so a second one is a defect; so is a question that
was answered already.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from credwallet.cli.demo import STORY
from credwallet.cli.terminal import prompt
from credwallet.store import slots
from tests.cli.runner import PASSPHRASE, Cli
from tests.contract.test_offline import RUNS, inputs

# Derivations of a run that makes a slot besides opening one, or is several runs.
MORE = {
    "passphrase change": 2,
    "recover": 2,
    "rekey": 2,
    "demo": len(STORY),
}
# Questions of a run that sets a passphrase: it is asked for twice.
QUESTIONS = {"init": 2, "import": 2, "passphrase change": 3, "recover": 3}


class Count(NamedTuple):
    """What happened in one run."""

    derived: list[str]
    asked: list[str]


@pytest.fixture
def count(monkeypatch) -> Count:
    """Count derivations and hidden questions; each of these is answered."""
    counted = Count([], [])
    derive = slots._argon2id

    def derived(passphrase: str, **how: object) -> bytearray:
        counted.derived.append("")
        return derive(passphrase, **how)

    def asked(question: str, *, hidden: bool) -> str:
        if hidden:
            counted.asked.append(question)
        return PASSPHRASE

    monkeypatch.setattr(slots, "_argon2id", derived)
    monkeypatch.setattr(prompt, "terminal_answer", asked)
    return counted


def test_every_command_derives_at_most_one_key_and_asks_at_most_once(
    filled: Cli, count: Count
):
    named = inputs(filled.folder)
    Path(named["FOLDER"]).mkdir()
    opened = 0
    for path, each in RUNS.items():
        for rest in each:
            argv = [*path.split(), *(named.get(word, word) for word in rest)]
            count.derived.clear()
            count.asked.clear()
            filled(*argv, "--offline", env={"CREDWALLET_PASSPHRASE_FILE": ""})
            asked, derived = count.asked, len(count.derived)
            assert derived <= MORE.get(path, 1), argv
            assert len(asked) <= QUESTIONS.get(path, 1), (argv, asked)
            assert len(set(asked)) == len(asked), (argv, asked)
            opened += asked == ["Passphrase: "]
    assert opened > len(RUNS) / 2


def test_without_anybody_to_ask_every_command_says_so(filled: Cli):
    named = inputs(filled.folder)
    Path(named["FOLDER"]).mkdir()
    for path, each in RUNS.items():
        for rest in each:
            argv = [*path.split(), *(named.get(word, word) for word in rest)]
            ran = filled(
                *argv, "--offline", "--no-input", env={"CREDWALLET_PASSPHRASE_FILE": ""}
            )
            if ran.code == 6:
                assert ran.err.count("credwallet: error: ") == 1, ran.err
                assert "credwallet: hint: " in ran.err


def test_the_agent_needs_no_derivation(filled: Cli, count: Count):
    assert filled("unlock").code == 0
    count.derived.clear()
    count.asked.clear()
    try:
        assert filled("list", env={"CREDWALLET_PASSPHRASE_FILE": ""}).code == 0
        assert count == Count([], [])
    finally:
        filled("lock")


def test_what_is_named_wins_over_the_agent(filled: Cli, count: Count):
    assert filled("unlock").code == 0
    count.derived.clear()
    try:
        assert filled("list").code == 0
        assert len(count.derived) == 1
    finally:
        filled("lock")

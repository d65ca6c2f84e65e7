"""Whatever is put to a parser ends with a result or with one of our own errors.

`CREDWALLET_FUZZ_INPUTS` is the number of inputs for each target. They are cut into
slices, so that several processes can share them. An input that shows a defect is kept
in `CREDWALLET_FUZZ_FINDINGS`, or in the test's own folder.
"""

import json
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credwallet.errors import Invalid
from tests.fuzz.mutations import bytes_changed, json_changed
from tests.fuzz.oracle import Finding, Oracle
from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS

INPUTS = int(os.environ.get("CREDWALLET_FUZZ_INPUTS", "300"))
SLICES = 4
ENOUGH = 1000
EACH = pytest.mark.parametrize(
    "target", [pytest.param(target, id=target.name) for target in TARGETS]
)
CHARACTERS = st.characters(codec="utf-8")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(CHARACTERS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(CHARACTERS), inner),
    max_leaves=20,
)


@pytest.fixture
def findings(tmp_path: Path) -> Path:
    """Where inputs that show a defect are kept."""
    return Path(os.environ.get("CREDWALLET_FUZZ_FINDINGS") or tmp_path)


@pytest.mark.parametrize("part", range(SLICES))
@EACH
def test_changed_inputs_end_with_a_result_or_an_error_of_ours(target, part, findings):
    tally = run(target, -(-INPUTS // SLICES), f"ci/{part}", findings)

    assert tally.results + tally.refusals == tally.inputs
    # Neither is everything refused at the door, nor anything whatever believed; of a
    # few inputs, which are others in each run, all may be.
    if tally.inputs >= ENOUGH:
        assert tally.results
        assert tally.refusals


@EACH
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.binary(max_size=300) | JSON.map(lambda v: json.dumps(v).encode()))
def test_invented_inputs_end_with_a_result_or_an_error_of_ours(target, data, findings):
    oracle = Oracle(target.name, target.read, findings)
    start = target.seeds()[0]

    oracle.ask(data)
    # What is invented also stands where a good input would go on.
    oracle.ask(start[: len(start) // 2] + data)
    oracle.ask(start + data)


@EACH
def test_good_inputs_are_read(target, findings):
    oracle = Oracle(target.name, target.read, findings)

    assert not all(oracle.ask(seed).refused for seed in target.seeds())


def test_there_is_a_target_for_every_parser_of_what_others_wrote():
    assert len({target.name for target in TARGETS}) == len(TARGETS) == 18


def _no_such_key(_data):
    raise KeyError("id")


def _too_deep(data):
    return _too_deep(data)


def _for_ever(_data):
    while True:
        pass


@pytest.mark.parametrize("read", [_no_such_key, _too_deep, _for_ever])
def test_the_oracle_finds_what_is_no_answer(read, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.fuzz.oracle.SECONDS", 0.2)

    with pytest.raises(Finding) as caught:
        Oracle("made-up", read, tmp_path).ask(b"input")

    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == b"input"
    assert str(kept) in str(caught.value)


def test_the_oracle_counts_our_own_errors_as_answers(tmp_path):
    def refuse(_data):
        raise Invalid("it is no badge")

    assert Oracle("made-up", refuse, tmp_path).ask(b"").refused
    assert not Oracle("made-up", len, tmp_path).ask(b"").refused


def test_the_same_seed_makes_the_same_inputs():
    for target in TARGETS:
        good = target.seeds()
        first, second = (target.vary(Random(7), good) for _ in range(2))  # noqa: S311 -- on purpose
        assert first == second, target.name


def test_changes_leave_what_they_start_from_as_it_is():
    value = {"a": [1, {"b": "c"}]}
    for number in range(200):
        json_changed(Random(number), value)  # noqa: S311 -- on purpose
        bytes_changed(Random(number), b"seed", [b"other"])  # noqa: S311 -- on purpose
    assert value == {"a": [1, {"b": "c"}]}

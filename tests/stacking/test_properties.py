"""What holds for every answer, whatever is asked?"""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.errors import Usage
from credwallet.stacking import lint, load, load_what_if, progress, to_json
from credwallet.stacking.amounts import exact, plain
from tests.stacking import oracle
from tests.stacking.random_cases import AS_OF, random_case

SEEDS = st.integers(10_000, 1_000_000)


def answered(case, holdings=None, **options):
    what_if = load_what_if(oracle.what_if_of(case), "what-if")
    return progress(
        [load(oracle.toml_of(case), "rules")],
        what_if.holdings if holdings is None else holdings,
        as_of=AS_OF,
        overrides=what_if.overrides,
        assume=True,
        **options,
    )[0]


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_order_of_what_is_given_changes_nothing(seed):
    case = random_case(seed)
    holdings = list(load_what_if(oracle.what_if_of(case), "what-if").holdings)
    first = to_json(answered(case, holdings))
    random.Random(seed).shuffle(holdings)  # noqa: S311 -- no secret
    assert to_json(answered(case, holdings)) == first


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_one_more_credential_never_takes_anything_away(seed):
    case = random_case(seed)
    holdings = load_what_if(oracle.what_if_of(case), "what-if").holdings
    fewer = answered(case, holdings[:-1])
    more = answered(case, holdings)
    assert (fewer.satisfied, fewer.fraction) <= (more.satisfied, more.fraction)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_an_answer_agrees_with_itself(seed):
    case = random_case(seed)
    answer = answered(case)
    held = {credential["id"] for credential in case["credential"]}
    used = {use.credential for use in answer.allocation}
    assert used | {entry.credential for entry in answer.unused} == held
    assert not used & {entry.credential for entry in answer.unused}
    assert answer.satisfied == (answer.percent == 100)
    assert answer.percent == 100 or answer.percent == min(
        99, answer.fraction * 100 // 1
    )
    for entry in answer.requirements:
        finished = entry.state in {"done", "waived"}
        assert finished == (entry.fraction == 1)
        assert entry.have == sum(
            (u.amount for u in answer.allocation if u.requirement == entry.id),
            Fraction(0),
        )
    assert all(entry.short_by > 0 for entry in answer.missing)
    if answer.under_way:
        assert answer.under_way.fraction >= answer.fraction


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_rules_or_findings(text):
    found = lint(text)
    assert any(finding.severity == "error" for finding in found)
    assert all(finding.line >= 1 and finding.column >= 1 for finding in found)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.data())
def test_rules_with_one_line_lost_or_doubled_are_rules_or_refused(seed, data):
    lines = oracle.toml_of(random_case(seed)).splitlines()
    index = data.draw(st.integers(0, len(lines) - 1))
    line = lines[index]
    before, after = lines[:index], lines[index + 1 :]
    changed = data.draw(
        st.sampled_from(
            [
                [*before, *after],
                [*before, line, line, *after],
                [*before, line.replace("=", "= ["), *after],
                [line, *after, *before],
            ]
        )
    )
    text = "\n".join(changed)
    if any(finding.severity == "error" for finding in lint(text)):
        with pytest.raises(Usage, match=r"^rules: line \d"):
            load(text, "rules")
    else:
        progress([load(text, "rules")], (), as_of=AS_OF)


@given(st.fractions(-(10**9), 10**9, max_denominator=10**9 - 1))
def test_numbers_are_written_as_they_are_read(number):
    assert exact(plain(number)) == number

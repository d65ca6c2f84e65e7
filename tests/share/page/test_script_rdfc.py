"""RDFC-1.0 in the script of the page: the W3C suite, and graphs made to hurt."""

import random

import pytest

from credwallet.canon import rdfc, strict_json
from credwallet.canon.rdfc import Dataset
from tests.canon.nquads import read
from tests.canon.poison import P, complete, cycle, random_regular, tree
from tests.share.page.scripts import Failure, answers


def asked(quads: Dataset, hash_name: str = "sha256", ask: str = "rdfc"):
    """A question for `canon.mjs`."""
    return {
        "ask": ask,
        "ground": quads.ground,
        "blank": quads.blank,
        "hash": hash_name,
    }


def test_the_w3c_suite_gives_the_expected_results(vectors):
    folder = vectors / "w3c-rdf-canon/tests"
    cases = strict_json.loads((folder / "manifest.jsonld").read_bytes())["entries"]
    questions = [
        asked(
            read((folder / case["action"]).read_text(encoding="utf-8")),
            {"SHA384": "sha384"}.get(case.get("hashAlgorithm"), "sha256"),
            "labels" if case["type"] == "rdfc:RDFC10MapTest" else "rdfc",
        )
        for case in cases
    ]
    for case, answer in zip(cases, answers(questions), strict=True):
        if case["type"] == "rdfc:RDFC10NegativeEvalTest":
            assert answer.type == "too-complex", case["id"]
            continue
        expected = (folder / case["result"]).read_text(encoding="utf-8")
        if case["type"] == "rdfc:RDFC10MapTest":
            made = {label[2:]: name[2:] for label, name in answer.items()}
            assert made == strict_json.loads(expected), case["id"]
        else:
            assert answer == expected, case["id"]
    assert len(cases) > 80


POISON = {
    "k9": complete(9),
    "k24": complete(24),
    "k200": complete(200),
    "cycle": cycle(2000),
    "tree": tree(6, 3),
    "regular": random_regular(60, 3),
    "alike": Dataset([], [(f"_:n{n}", P, '"1"', "") for n in range(8000)]),
    "pairs": Dataset([], [(f"_:n{n // 2}", P, f"_:m{n}", "_:g") for n in range(3000)]),
}


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
@pytest.mark.parametrize("name", POISON)
def test_a_poisonous_graph_is_refused(name, hash_name):
    (answer,) = answers([asked(POISON[name], hash_name)])
    assert isinstance(answer, Failure)
    assert (answer.kind, answer.type) == ("undetermined", "too-complex")
    assert answer.next


def sample(seed: int) -> Dataset:
    """A small graph in which many blank nodes look alike."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    names = [f"_:n{number}" for number in range(6)] + ["<urn:a>"]
    graphs = chance.choice([[""], ["", "<urn:g>"], ["", "_:g"], ["_:g", "_:h", "_:n0"]])
    quads = [
        (
            chance.choice(names),
            chance.choice([P, " <urn:ex:q> "]),
            chance.choice([*names, '"text"', '"\U0001f600"', '"\ufb33"']),
            chance.choice(graphs),
        )
        for _ in range(chance.randrange(12))
    ]
    return Dataset([], [quad for quad in quads if any(t[:1] == "_" for t in quad)])


@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
def test_small_graphs_give_what_the_command_line_gives(hash_name):
    quads = [sample(seed) for seed in range(400)]
    found = answers([asked(each, hash_name) for each in quads])
    for each, answer in zip(quads, found, strict=True):
        assert answer == rdfc.canonicalize(each, hash_name=hash_name), each


def test_both_count_the_work_alike():
    # A little below and above what either of them accepts.
    quads = [cycle(size) for size in range(3, 90, 3)] + [complete(n) for n in (5, 6, 7)]
    found = answers([asked(each) for each in quads])
    refused = 0
    for each, answer in zip(quads, found, strict=True):
        try:
            expected = rdfc.canonicalize(each)
        except rdfc.Undetermined:
            refused += 1
            assert isinstance(answer, Failure)
        else:
            assert answer == expected
    assert 0 < refused < len(quads)


def test_half_of_a_surrogate_pair_is_refused():
    (answer,) = answers([asked(Dataset(['<urn:a> <urn:b> "\ud800" .\n'], []))])
    assert (answer.kind, answer.type) == ("invalid", "not-i-json")

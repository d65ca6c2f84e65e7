"""Does any choice of names show exactly what they stand for, whatever the claims?"""

from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.formats.selection import choices
from credwallet.share.revealing import read_selected, select, spelled
from tests.hostile.sd_jwt import claims, digest, disclosure, token
from tests.share.presenting import read


class Part(NamedTuple):
    """A value, perhaps one that can be held back: `value` holds further parts."""

    selective: bool
    value: Any


# Three dots are the standard's own name.
NAMES = st.text(
    st.sampled_from("ab.[]/~,0 \u00e9\u202e"), min_size=1, max_size=3
).filter(lambda name: name != "...")
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=3))
PARTS = st.recursive(
    st.builds(Part, st.booleans(), LEAVES),
    lambda inner: st.builds(
        Part,
        st.booleans(),
        st.one_of(
            st.dictionaries(NAMES, inner, max_size=3), st.lists(inner, max_size=3)
        ),
    ),
    max_leaves=8,
)
TREES = st.dictionaries(NAMES.map(lambda name: f"c{name}"), PARTS, max_size=4)


def issued(part: Any, made: list[str]) -> Any:
    """Write what an issuer signs; the disclosures are added to `made`."""
    if isinstance(part, dict):
        written: dict[str, Any] = {}
        digests = []
        for name, inner in part.items():
            value = issued(inner.value, made)
            if inner.selective:
                made.append(disclosure(f"salt {len(made)}", name, value))
                digests.append(digest(made[-1]))
            else:
                written[name] = value
        return {**written, "_sd": digests} if digests else written
    if isinstance(part, list):
        return [_element(inner, made) for inner in part]
    return part


def _element(inner: Part, made: list[str]) -> Any:
    value = issued(inner.value, made)
    if not inner.selective:
        return value
    made.append(disclosure(f"salt {len(made)}", value))
    return {"...": digest(made[-1])}


def shown(part: Any, asked: set[tuple], path: tuple = ()) -> Any:
    """Work out what a receiver should read."""
    if isinstance(part, dict):
        return {
            name: shown(inner.value, asked, (*path, name))
            for name, inner in part.items()
            if not inner.selective or _wanted((*path, name), asked)
        }
    if isinstance(part, list):
        return [
            shown(inner.value, asked, (*path, place))
            for place, inner in enumerate(part)
            if not inner.selective or _wanted((*path, place), asked)
        ]
    return part


def _wanted(path: tuple, asked: set[tuple]) -> bool:
    """Tell whether a path is asked for, or leads to one, or lies below one."""
    return any(path[: len(one)] == one or one[: len(path)] == path for one in asked)


@settings(max_examples=150)
@given(TREES, st.data())
def test_what_is_shown_is_what_was_asked_for(tree: dict[str, Part], data):
    made: list[str] = []
    credential = read(token({**claims(), **issued(tree, made)}, made).encode())
    assert credential.problem == ""
    found = choices(credential)
    mine = [path for path in found.paths if path[0] in tree]
    asked = set(data.draw(st.lists(st.sampled_from(mine), max_size=3)) if mine else [])
    selected = select(credential, [spelled(path) for path in asked])
    document = read_selected(selected).document
    assert {k: v for k, v in document.items() if k in tree} == shown(tree, asked)
    hidden = {spelled(each.path) for each in found.choices} - set(selected.hidden)
    assert len(hidden) + len(selected.hidden) == len(made)


@settings(max_examples=100)
@given(TREES)
def test_no_two_values_go_by_one_name(tree: dict[str, Part]):
    made: list[str] = []
    credential = read(token({**claims(), **issued(tree, made)}, made).encode())
    paths = choices(credential).paths
    assert len({spelled(path) for path in paths}) == len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("a",), "a"),
        (("a", "b", 0, "c"), "a.b[0].c"),
        (("a.b",), "/a.b"),
        (("a", 1, 2), "a[1][2]"),
        (("https://x.example/y",), "/https:~1~1x.example~1y"),
        (("a~b", "c d"), "/a~0b/c d"),
    ],
    ids=str,
)
def test_a_path_is_written_as_people_read_it(path: tuple, text: str):
    assert spelled(path) == text

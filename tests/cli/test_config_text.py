"""Is exactly one key of the config file changed, and its layout kept, in any file?"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from credwallet.cli.configuring import text as config_text
from credwallet.cli.configuring.change import changed
from credwallet.cli.configuring.keys import IN_PROFILE, KEYS
from credwallet.cli.configuring.text import MISSING, is_only, value_at
from credwallet.errors import Usage

FILE = Path("config.toml")
W_C = ("profile", "w", "c")
EDITS = [
    ("", ("color",), "never", 'color = "never"\n'),
    ("# mine", ("color",), "never", '# mine\ncolor = "never"\n'),
    ("color = 'auto'  # why\n", ("color",), "never", 'color = "never"  # why\n'),
    ("color='''\na''' # w\nx=1", ("color",), "b", 'color="b" # w\nx=1'),
    ("x = '#'\n\n# t\n[t]\n", ("c",), "d", "x = '#'\nc = \"d\"\n\n# t\n[t]\n"),
    ("# t\n[t]\n", ("c",), "d", 'c = "d"\n\n# t\n[t]\n'),
    (
        "[check]\n# r\nx = 1 # y\n\n[z]\n",
        ("check", "fail-if"),
        "d",
        '[check]\n# r\nx = 1 # y\nfail-if = "d"\n\n[z]\n',
    ),
    ("check = {}\n", ("check", "fail-if"), "d", 'check = { fail-if = "d" }\n'),
    ("check = {a=1}\n", ("check", "a"), True, "check = {a=true}\n"),
    ("check = {a=1}\n", ("check", "b"), True, "check = {a=1, b = true}\n"),
    ("check = {a=1, b=2}\n", ("check", "a"), None, "check = {b=2}\n"),
    ("check = {a=1, b=2}\n", ("check", "b"), None, "check = {a=1}\n"),
    ("check = {a=1}\n", ("check", "a"), None, "check = {}\n"),
    ("a.b = 1\r\nc = 2", ("a", "d"), True, "a.b = 1\r\nc = 2\r\na.d = true\r\n"),
    ("a = 1\r\nb = 2\r\n", ("a",), None, "b = 2\r\n"),
    ("a = 1\r\n", ("b",), True, "a = 1\r\nb = true\r\n"),
    ('"col\\u006fr" = 1\n', ("color",), "x", '"col\\u006fr" = "x"\n'),
    ("", ("profile", "w", "color"), "x", '[profile.w]\ncolor = "x"\n'),
    ("a = 1", W_C, True, "a = 1\n\n[profile.w]\nc = true\n"),
    ("[profile.w]\n", W_C, True, "[profile.w]\nc = true\n"),
    ("profile.w.a = 1\n", W_C, True, "profile.w.a = 1\nprofile.w.c = true\n"),
    ("[profile]\nw = {a=1}\n", W_C, True, "[profile]\nw = {a=1, c = true}\n"),
    ("[[x]]\na=1\n[[x]]\na=2\n", ("x", "a"), True, Usage),
    ("check = 5\n", ("check", "fail-if"), "x", Usage),
    ("[profile.w]\nc=1\n", ("profile",), "x", Usage),
    ("[profile.w]\n", ("profile", "d"), True, "profile.d = true\n\n[profile.w]\n"),
]


@pytest.mark.parametrize(("text", "key", "value", "wanted"), EDITS)
def test_one_key_is_changed_and_the_layout_is_kept(text, key, value, wanted):
    if wanted is Usage:
        with pytest.raises(Usage, match="cannot be changed alone") as caught:
            changed(text, key, value, FILE)
        assert caught.value.next_step
        return
    new = changed(text, key, value, FILE)
    assert new == wanted
    assert value_at(tomllib.loads(new), key) == (MISSING if value is None else value)


words = st.sampled_from(
    ["color", "offline", "check", "fail-if", "profile", "work", "x"]
)
keys = words.map(lambda word: word) | words.map(lambda word: f'"{word}"')
strings = st.sampled_from(
    [
        *('"#"', "'a = 1 # no'", '"""\n[x]\n# "" in\n"""', "'''\ncolor = 1\n'''"),
        *('"\\" = #"', '""""q""""', "''", '""', '"\\u0023é"', "''''x''''"),
    ]
)
LINES = ",\n"
scalars = st.sampled_from(["1", "-0.0", "nan", "true", "1979-05-27 07:32:00", "0x1F"])
values = st.recursive(
    strings | scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda all_: f"[{', '.join(all_)}]"),
        st.lists(inner, max_size=3).map(
            lambda all_: "[ # r ]\n" + ",\n".join(all_) + "\n]"
        ),
        st.lists(st.tuples(keys, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{k} = {v}" for k, v in pairs) + "}"
        ),
    ),
    max_leaves=5,
)
dotted = st.lists(keys, min_size=1, max_size=3).map(".".join)
lines = st.one_of(
    st.sampled_from(["", "  ", "# color = 'auto'", "\t# [profile.work]", "#é = '''"]),
    st.builds(
        lambda indent, key, gap, value, end: f"{indent}{key}{gap}{value}{end}",
        st.sampled_from(["", "  "]),
        dotted,
        st.sampled_from(["=", " = ", "\t=  "]),
        values,
        st.sampled_from(["", " # why = 'x'", "  "]),
    ),
    dotted.map(lambda key: f"[{key}]"),
    dotted.map(lambda key: f" [ {key} ] # here"),
    dotted.map(lambda key: f"[[{key}]]"),
)
files = st.builds(
    lambda all_, newline, end: newline.join("\n".join(all_).split("\n")) + end,
    st.lists(lines, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n"]),
)
paths = st.sampled_from(
    [
        *(tuple(key.split(".")) for key in KEYS),
        *(("profile", "work", *key.split(".")) for key in IN_PROFILE),
    ]
)
new_values = st.booleans() | st.text(min_size=1).filter(
    lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)
)


def read(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


@given(files, paths, new_values)
@example("color.x = 1\n", ("color",), True)
@example("profile.work = {} # x", ("profile", "work", "offline"), True)
def test_any_file_differs_in_one_key_alone_or_is_refused(text, path, value):
    before = read(text)
    assume(before is not None)
    new = tried(text, path, value)
    if new is None:
        # Only where the key is a table, or something on the way to it is none.
        assert is_in_the_way(before, path)
        return
    assert is_only(before, tomllib.loads(new), path, value)
    there = config_text.Layout(text).find(path)
    if there is not None:
        assert new.startswith(text[: there.value])
        assert new.endswith(text[there.end :])
    else:
        same = alike(text, new)
        end = alike(text[same:][::-1], new[same:][::-1])
        assert text[same : len(text) - end].strip() == ""


@given(files, paths)
def test_a_key_is_taken_out_of_any_file_and_nothing_else(text, path):
    before = read(text)
    assume(before is not None)
    new = tried(text, path, None)
    if new is None:
        assert is_in_the_way(before, path)
        return
    assert is_only(before, tomllib.loads(new), path, MISSING)
    there = config_text.Layout(text).find(path)
    if there is None:
        assert new == text
        return
    assert new.startswith(text[: text.rfind("\n", 0, there.start) + 1])
    assert new.endswith(text[there.end :].partition("\n")[2])


def tried(text: str, path: tuple[str, ...], value: Any) -> str | None:
    """Change a file; None if that is refused."""
    try:
        return changed(text, path, value, FILE)
    except Usage:
        return None


def alike(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, pair in enumerate(pairs) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )


def is_in_the_way(values: Any, path: tuple[str, ...]) -> bool:
    """Tell whether a key cannot be changed without changing others."""
    for length in range(1, len(path)):
        found = value_at(values, path[:length])
        if found is not MISSING and not isinstance(found, dict):
            return True
    return isinstance(value_at(values, path), dict | list)


@given(st.text(max_size=60), paths)
def test_no_text_makes_it_fail_in_another_way(text, path):
    assert tried(text, path, "x") != ""


@given(files)
def test_the_layout_names_every_key_that_toml_knows(text):
    values = read(text)
    assume(values is not None)
    layout = config_text.Layout(text)
    for each in layout.statements:
        if not any(header.is_array for header in layout.headers):
            assert value_at(values, each.path) is not MISSING
    for name in values:
        line = layout.line_of((name,))
        assert 1 <= line <= text.count("\n") + 1

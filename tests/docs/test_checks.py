"""Do the checks of the documentation notice what is wrong?"""

import configparser
from pathlib import Path

import pytest

from tests.cli.transcript import Mismatch
from tests.docs.naming import complaint, named
from tests.docs.pages import Block, Link, Page
from tests.docs.trying import TRIES, converse, run_all

WRONG = (AssertionError, ValueError, SyntaxError, configparser.Error)
PAGE = Page(
    "docs/some.md",
    """\
# One page, `two` words

See [the other](other.md#a-part), [here](#one-page-two-words) and `[no](link.md)`,
or [away](https://elsewhere.example/a.md).

    credwallet list     # not in a list

- Point:

      credwallet nothing

<!-- [hidden](hidden.md) -->
```sh no-run
# One page
credwallet lst | credwallet \\
    show k7wq --rw
```

# One page, two words

A word such as `verify --refesh` or `credwallet help`.
""",
)


def block(kind: str, text: str) -> Block:
    return Block(kind, (), tuple(text.splitlines()), 1)


def alone(kind: str, text: str) -> Page:
    return Page("some.md", f"```{kind}\n{text}\n```\n")


def test_links_and_headings_are_found():
    assert PAGE.links == [
        Link("other.md", "a-part", 3),
        Link("", "one-page-two-words", 3),
    ]
    assert PAGE.anchors == {"one-page-two-words", "one-page-two-words-1"}


def test_blocks_are_found():
    kinds = [(each.kind, each.runs, each.line) for each in PAGE.blocks]
    assert kinds == [("sh", False, 13), ("", True, 6)]


def test_commands_are_found_with_their_places():
    assert [(call.line, call.words) for call in named(PAGE)] == [
        (15, "lst"),
        (15, "show k7wq --rw"),
        (6, "list"),
        (21, "verify --refesh"),
        (21, "help"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("lst", "list --tags x", "issuer trst k7wq", "--offlin list"),
        *("collection add|lost", "issuer registry ad", "share k7wq --as html --too"),
        *("config set color never --now", "verify --refesh", "list|shw"),
    ],
)
def test_a_command_that_is_none_is_noticed(words: str):
    assert complaint(words)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "list --tag x --trash",
            "--home DIR list",
            "issuer registry add URL --kind K",
        ),
        *("collection add|list/show", "COMMAND --help", "share k7wq --as html -y"),
        *("share log --clear", "config set color never"),
    ],
)
def test_a_command_that_is_one_is_not_complained_of(words: str):
    assert complaint(words) == ""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sh", "for x in; do"),
        ("json", "{'a': 1}"),
        ("python", "def"),
        ("ini", "a = 1"),
        ("toml", 'format = "credwallet-qualification/1"\n[qualification]\nid = "a"'),
        ("toml", 'format = "credwallet-offers/1"\n[[offer]]\ncolour = "blue"'),
        ("toml", 'format = "credwallet-policy/1"\n[policy]\nid = "a"'),
        ("toml", 'format = "credwallet-what-if/1"\n[[credential]]\ncolour = "red"'),
        ("toml", 'colour = "never"'),
        ("toml", 'color = "never'),
        ("csv", "id,colour\na,blue"),
    ],
)
def test_a_block_that_is_wrong_is_noticed(kind: str, text: str, tmp_path: Path):
    with pytest.raises(WRONG):
        TRIES[kind](block(kind, text), tmp_path)


def test_a_script_that_fails_is_noticed(tmp_path: Path):
    with pytest.raises(AssertionError, match=r"some\.md:1"):
        run_all(
            alone("sh", "credwallet list --verdict expired | grep -q Chess"), tmp_path
        )


def test_a_session_that_is_not_true_is_noticed(tmp_path: Path):
    text = "$ credwallet list\nHANDLE  NAME\n? 0"
    with pytest.raises(Mismatch):
        converse(alone("console", text), tmp_path)

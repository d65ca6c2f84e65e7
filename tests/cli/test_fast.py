"""Does completion offer what may stand there, quickly, and never fail?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli import baked, baking
from credwallet.cli.app import COMMANDS
from credwallet.cli.fast import complete
from credwallet.cli.settings import FLAGS, VALUES
from tests.cli.runner import Cli

HANDLES = ("k7wq", "k7zz", "abcd")


def offered(*words: str) -> list[str]:
    return complete(words, {}, lambda *_: HANDLES)


def test_what_was_baked_is_fresh():
    """If this fails, run: python -m credwallet.cli.baking."""
    assert Path(baked.__file__).read_text(encoding="utf-8") == baking.source()


def test_the_root_help_names_every_command_within_80_columns():
    for name, entry in COMMANDS.items():
        assert f"  {name} " in baked.ROOT_HELP
        assert entry.summary in baked.ROOT_HELP
    assert all(len(line) <= 80 for line in baked.ROOT_HELP.splitlines())
    assert baked.ROOT_HELP.isascii()


def test_first_the_commands_are_offered():
    assert offered() == offered("") == sorted(COMMANDS)
    again = ["recover", "rekey", "remove", "restore", "restore-backup"]
    assert offered("re") == again
    assert offered("zzz") == []


def test_options_are_offered_after_a_dash():
    assert "--expiring" in offered("list", "--")
    assert offered("list", "--exp") == ["--expiring"]
    everywhere = {name for name in (*FLAGS, *VALUES) if name.startswith("--")}
    assert everywhere <= set(offered("list", "--"))
    assert {*everywhere, "--version", "--help"} == set(offered("-"))


def test_a_group_offers_its_commands_and_each_its_options():
    assert offered("issuer", "") == ["list", "trust", "distrust", "registry"]
    assert "remove" in offered("issuer", "registry", "")
    assert "--kind" in offered("issuer", "registry", "add", "--k")
    assert offered("issuer", "t") == ["trust"]
    assert "--name" in offered("issuer", "trust", "--")
    assert "--name" not in offered("issuer", "list", "--")


def test_handles_are_offered_where_one_is_expected():
    assert offered("show", "k7") == ["k7wq", "k7zz"]
    assert offered("show", "") == list(HANDLES)
    assert offered("remove", "abcd", "k7z") == ["k7zz"]
    assert offered("verify", "--offline", "k7w") == ["k7wq"]
    assert offered("list", "k7") == []
    assert offered("import", "k7") == []


def test_after_an_option_that_takes_a_value_the_shell_offers_files():
    assert offered("verify", "--documents", "") == []
    assert offered("--home", "") == []
    assert offered("list", "--tag", "k7") == []


def test_the_value_of_an_option_is_not_taken_for_the_command():
    assert offered("--home", "/wallet", "sho") == ["show"]
    assert offered("--home", "/wallet", "show", "abc") == ["abcd"]
    assert offered("show", "--home=/wallet", "abc") == ["abcd"]


def test_handles_come_from_the_wallet_that_the_words_name():
    asked = []

    def handles(home: str, environ: dict[str, str]) -> tuple[str, ...]:
        asked.append(home)
        return HANDLES

    environ = {"CREDWALLET_HOME": "/from-environment"}
    complete(["show", ""], environ, handles)
    complete(["--home", "/a", "show", ""], environ, handles)
    complete(["show", "--home=/b", ""], environ, handles)
    assert asked == ["/from-environment", "/a", "/b"]


def test_handles_of_a_locked_wallet_are_offered(filled: Cli):
    environ = {"CREDWALLET_HOME": str(filled.home)}
    every = complete(["show", ""], environ)
    assert set(every) == {row[0] for row in filled("list").rows}
    assert complete(["show", every[0][:2]], environ)[:1] != []


@pytest.mark.parametrize("content", [None, b"", b"junk" * 1000])
def test_without_a_good_wallet_nothing_is_offered(tmp_path: Path, content):
    if content is not None:
        (tmp_path / "vault.db").write_bytes(content)
    assert complete(["show", ""], {"CREDWALLET_HOME": str(tmp_path)}) == []


WORDS = st.text(max_size=6) | st.sampled_from(
    [*COMMANDS, *FLAGS, *VALUES, "--tag", "--", "list", "--home=", "="]
)


@given(st.lists(WORDS, max_size=5))
def test_whatever_was_typed_completion_only_offers_what_begins_like_it(
    words: list[str],
):
    found = offered(*words)
    assert all(word.startswith(words[-1] if words else "") for word in found)
    assert all("\n" not in word and ":" not in word for word in found)

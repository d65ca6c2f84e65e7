"""Does `docs/architecture.md` tell of every folder, table and file?"""

import re
from fnmatch import fnmatchcase

from credwallet.cli.app import COMMANDS
from tests.contract.code import ROOT, modules
from tests.docs import tree
from tests.docs.pages import page


def test_every_folder_has_a_line_and_every_line_a_folder():
    told = set(tree.told_folders())
    assert tree.folders() - told == set()
    assert told - tree.folders() <= tree.data_folders()


def test_every_table_stands_in_the_line_of_its_folder():
    there = tree.tables()
    assert tree.told_folders() == {
        folder: there.get(folder, set()) for folder in tree.told_folders()
    }


def test_every_command_stands_in_one_row():
    words = [word for commands, _ in tree.told_files() for word in commands]
    assert sorted(words) == sorted(COMMANDS)


def test_every_file_of_the_command_line_stands_in_one_row():
    rows = tree.told_files()
    found = {
        name: sum(any(fnmatchcase(name, pattern) for pattern in row) for _, row in rows)
        for name in tree.files()
    }
    assert {name: number for name, number in found.items() if number != 1} == {}


def test_every_pattern_of_a_row_stands_for_a_file():
    for _, row in tree.told_files():
        for pattern in row:
            assert any(fnmatchcase(name, pattern) for name in tree.files()), pattern


def test_the_tables_of_the_command_line_are_where_the_page_says():
    texts = {each.name: each.text for each in modules()}
    told = tree.told_tables()
    assert len(told) >= 8
    for name, file in told.items():
        assert re.search(rf"^{name}\b", texts[f"cli/{file}.py"], re.MULTILINE), name


def test_every_file_that_the_page_names_is_there():
    names = re.findall(r"`((?:\w+/)*\w+\.(?:py|txt|html))`", _text())
    missing = [name for name in names if not _is_there(name)]
    assert len(names) > 20
    assert missing == []


def _text() -> str:
    return page("docs/architecture.md").text


def _is_there(name: str) -> bool:
    package = ROOT / "credwallet"
    if "/" in name:
        homes = (package, package / "stacking", ROOT)
        return any((home / name).exists() for home in homes)
    return any(path.name == name for path in package.rglob("*.*")) or name == (
        "completion.txt"
    )

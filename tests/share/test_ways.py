"""The table of ways and the folder say the same."""

from importlib import import_module
from pathlib import Path

from credwallet import share
from credwallet.share import WAYS

# Modules of the folder that the ways are made of.
NO_WAY = {
    "baking",
    "carried",
    "disclosure",
    "drawing",
    "handover",
    "headline",
    "linkable",
    "one_line",
    "presentation",
    "presented",
    "public",
    "qr",
    "read_back",
    "revealing",
    "slug",
    "few_words",
    "standing",
    "thumbnail",
}


def test_every_module_is_a_way_of_the_table_or_a_part_of_one():
    folder = Path(str(share.__file__)).parent
    found = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert found - NO_WAY == {name.replace("-", "_") for name in WAYS}
    for name in NO_WAY:
        assert not hasattr(import_module(f"credwallet.share.{name}"), "hand_over")


def test_every_way_goes_by_its_own_name_and_says_what_it_is():
    for name, way in WAYS.items():
        assert name == way.NAME
        assert way.SUMMARY
        assert not way.SUMMARY.endswith(".")

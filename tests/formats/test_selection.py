"""Can the holder choose every value that the issuer lets her choose, and no other?"""

import itertools

import pytest

from credwallet import formats
from credwallet.formats.selection import choices, presented
from tests.hostile.sd_jwt import claims, digest, disclosure, token
from tests.share.presenting import ADDRESS, PARTS, selective


def test_every_choice_has_its_place_and_what_it_stands_in():
    found = choices(selective())
    assert {each.path: each.inside for each in found.choices} == {
        ("given_name",): (),
        ("address",): (),
        ("skills", 0): (),
        ("skills", 1): (),
        ("birth/date",): (),
        ("address", "city"): (("address",),),
        ("address", "street"): (("address",),),
    }
    assert ("address", "country") in found.paths
    assert ("cnf", "jwk", "x") in found.paths
    assert not any("_sd" in path for path in found.paths)


def test_choices_come_in_the_order_of_their_disclosures():
    texts = [each.text.decode() for each in choices(selective()).choices]
    assert texts == [*PARTS.values(), *ADDRESS]


def test_elements_count_among_those_that_are_disclosed():
    shown = disclosure("s", "shown")
    payload = claims(
        tags=["fixed", {"...": digest("withheld")}, {"...": digest(shown)}, "last"]
    )
    found = choices(formats.read(token(payload, [shown]).encode()))
    assert [each.path for each in found.choices] == [("tags", 1)]
    assert ("tags", 2) in found.paths


def test_arrays_in_arrays_and_objects_in_elements():
    deep = disclosure("s", "name", "x")
    element = disclosure("s", {"_sd": [digest(deep)]})
    payload = claims(rows=[[{"...": digest(element)}]])
    found = choices(formats.read(token(payload, [element, deep]).encode()))
    assert [(each.path, each.inside) for each in found.choices] == [
        (("rows", 0, 0), ()),
        (("rows", 0, 0, "name"), (("rows", 0, 0),)),
    ]


def whole_selections() -> list[tuple[int, ...]]:
    """All selections in which nothing misses what it stands in."""
    found = choices(selective()).choices
    return [
        chosen
        for size in range(len(found) + 1)
        for chosen in itertools.combinations(range(len(found)), size)
        if all(
            any(found[other].path == outer for other in chosen)
            for place in chosen
            for outer in found[place].inside
        )
    ]


@pytest.mark.parametrize("chosen", whole_selections(), ids=str)
def test_every_whole_selection_reads_as_exactly_that(chosen: tuple[int, ...]):
    credential = selective(binding="")
    found = choices(credential).choices
    again = formats.read(presented(credential, [found[place] for place in chosen]))
    assert again.problem == ""
    assert again.sd_jwt.key_binding is None
    shown = {each.text for each in choices(again).choices}
    assert shown == {found[place].text for place in chosen}

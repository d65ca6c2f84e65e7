"""Is the table of sizes in docs/sharing.md what the code makes of real badges?"""

import pytest

from tests.share import sizes


def test_the_section_is_fresh(vectors):
    page = sizes.PAGE.read_text(encoding="utf-8")
    assert sizes.section_of(page) == sizes.section(vectors)


def test_a_link_is_as_short_as_it_was_designed(vectors):
    for badge in sizes.BADGES:
        if badge.path and not badge.instead:
            found = sizes.measured((vectors / badge.path).read_bytes())
            assert abs(found.deflated - badge.deflated) <= 3, badge.number
            assert found.link <= 23 + badge.deflated * 4 / 3 + 4, badge.number


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("", ""),
        ("# A\n\ntext\n", "# A\n\ntext\n"),
        ("# A\n\n## Sizes\n\nold\n", "# A\n"),
        ("# A\n\n## Sizes\n\nold\n\n## B\n\nmore\n", "## B\n\nmore\n"),
    ],
)
def test_the_rest_of_the_page_stays(page, left):
    made = sizes.with_section(page, "## Sizes\n\nnew\n")
    assert left in made
    assert "old" not in made
    assert sizes.section_of(made) == "## Sizes\n\nnew\n"
    assert sizes.with_section(made, "## Sizes\n\nnew\n") == made

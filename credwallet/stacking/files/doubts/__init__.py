"""What in a qualification file makes sense, but is probably not meant?

Each module looks at one part of a file that can be used, and warns. Nothing here is an
error: `rules.load` never asks, only `rules.lint` does.
"""

from credwallet.model.qualification import Qualification
from credwallet.stacking.files.doubts import (
    amounts,
    facts,
    groups,
    head,
    limits,
    matches,
    room,
)
from credwallet.stacking.files.doubts.looking import Look
from credwallet.stacking.files.toml_table import Sheet

DOUBTS = (head, matches, groups, amounts, limits, room, facts)


def doubt(sheet: Sheet, qualification: Qualification) -> None:
    """Note everything that is doubtful in a file without an error.

    Args:
        sheet: The parsed file; the findings are added to it.
        qualification: What it says.

    """
    look = Look(sheet, qualification)
    for part in DOUBTS:
        part.find(look)

"""What may be a tag of the learner's own?"""

from collections.abc import Iterable

from credwallet.errors import Usage

MAX_LENGTH = 64


def check_tags(tags: Iterable[str]) -> None:
    """Make sure that every text can be a tag.

    Raises:
        Usage: If one is empty, too long, or cannot be printed.

    """
    for tag in tags:
        if not tag.strip() or len(tag) > MAX_LENGTH or not tag.isprintable():
            raise Usage(
                f"{tag!r} is no tag", next_step=f"use 1 to {MAX_LENGTH} characters"
            )

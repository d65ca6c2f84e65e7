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
        if not can_be_tag(tag):
            raise Usage(
                f"{tag!r} is no tag", next_step=f"use 1 to {MAX_LENGTH} characters"
            )


def can_be_tag(tag: str) -> bool:
    """Say whether a text can be a tag."""
    return bool(tag.strip()) and len(tag) <= MAX_LENGTH and tag.isprintable()

"""How many things there are, in words."""


def amount(count: int, thing: str) -> str:
    """Say how many things there are.

    Args:
        count: 0 or more.
        thing: The word for one, which takes an s for several.

    """
    return f"{count:,} {thing}{'' if count == 1 else 's'}"

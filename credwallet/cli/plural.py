"""How many things there are, in words."""


def amount(count: int, thing: str) -> str:
    """Say how many things there are."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"

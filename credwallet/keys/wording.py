"""How is text from outside quoted in our own sentences? On one line, and short."""


def shown(text: object) -> str:
    """Quote a value from outside so that it fits in one line of a message.

    Args:
        text: What was received, of any shape.

    Returns:
        At most about 120 characters, without control characters.

    """
    if not isinstance(text, str):
        return f"a value of type {type(text).__name__}"
    cut = text if len(text) <= 120 else text[:117] + "..."
    return cut if cut.isascii() and cut.isprintable() else ascii(cut)

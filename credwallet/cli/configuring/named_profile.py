"""Which words does a command need to reach the same wallet once more?

Hints and next steps name commands. Whoever named a profile on the command line would
land in another wallet if the next command left it out.
"""

import re

from credwallet.cli.baked import COMMANDS

_COMMAND = re.compile(r"(?<![\w./-])credwallet (?=([a-z][a-z-]*))")


def with_profile(text: str, profile: str) -> str:
    """Put a profile into every command of credwallet that a text names.

    Args:
        text: Own words, such as `see: credwallet list`; a command that names a profile
            already stays as it is.
        profile: A name; `""` changes nothing.

    """
    if not profile or "credwallet " not in text:
        return text
    return _COMMAND.sub(
        lambda found: (
            f"{found[0]}--profile {profile} " if found[1] in COMMANDS else found[0]
        ),
        text,
    )

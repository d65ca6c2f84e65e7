"""Made by `python -m credwallet.cli.baking`; do not edit."""

ROOT_HELP = ""
GLOBAL_OPTIONS: tuple[str, ...] = ()
COMMANDS: dict[str, tuple[str, ...]] = {}
TAKES_HANDLES: tuple[str, ...] = ()

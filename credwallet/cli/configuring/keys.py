"""Which settings can be kept in the config file, and what may each of them be?

One table, from which come `config list`, `help`, and what is refused. A setting comes
from the command line, else the environment, else the table of the profile in the file,
else the top of the file, else its default.
"""

from typing import NamedTuple

from credwallet.errors import Usage

# The wallet without a name; a profile of this name cannot be made.
NO_PROFILE = "default"
MAX_NAME = 32
MAX_VALUE = 4096

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# Names of devices, of which Windows makes no folder.
_DEVICES = frozenset(
    (
        *("con", "prn", "aux", "nul"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
    )
)


class Key(NamedTuple):
    """One setting.

    `kind` is `choice` (one of `allowed`), `boolean`, `path`, `address`, `text` or
    `profile`; `field` names it in `Settings`; `flag` and `variable` say what it stands
    behind, `""` for nothing.
    """

    kind: str
    allowed: tuple[str, ...]
    default: str
    field: str
    meaning: str
    flag: str = ""
    variable: str = ""


KEYS: dict[str, Key] = {
    "offline": Key(
        "boolean",
        ("true", "false"),
        "false",
        "offline",
        "whether every command keeps off the network",
        "--offline, --online",
    ),
    "color": Key(
        "choice",
        ("auto", "never", "always"),
        "auto",
        "color",
        "whether output is coloured: auto is on a terminal",
        "--color, --no-color",
        "NO_COLOR, FORCE_COLOR",
    ),
    "images": Key(
        "choice",
        ("auto", "kitty", "iterm2", "sixel", "never"),
        "auto",
        "images",
        "how a badge's picture is drawn in the terminal",
        "show --image, --no-image",
    ),
    "completion": Key(
        "choice",
        ("handles", "names", "off"),
        "handles",
        "completion",
        "what the shell may complete without the passphrase",
    ),
    "passphrase-file": Key(
        "path",
        (),
        "",
        "passphrase_file",
        "the file that holds the passphrase",
        "--passphrase-file",
        "CREDWALLET_PASSPHRASE_FILE",
    ),
    "passphrase-command": Key(
        "text",
        (),
        "",
        "passphrase_command",
        "the command that prints the passphrase",
        "--passphrase-command",
    ),
    "share.page": Key(
        "address",
        (),
        "",
        "share_page",
        "the address of the page that links open",
        "share --page",
        "CREDWALLET_PAGE",
    ),
    "check.fail-if": Key(
        "text",
        (),
        "",
        "fail_if",
        "what makes check exit 7",
        "check --fail-if",
    ),
    # Not `profile`: in TOML that is the table of the profiles.
    "profile.default": Key(
        "profile",
        (),
        NO_PROFILE,
        "profile",
        "the profile that is used if none is named",
        "--profile",
        "CREDWALLET_PROFILE",
    ),
}
# A profile's table cannot name a profile.
IN_PROFILE = tuple(name for name in KEYS if name != "profile.default")
# One of them, wherever it stands, leaves the weaker of the others out.
PASSPHRASE = ("passphrase-file", "passphrase-command")


def near(name: str, names: tuple[str, ...] = tuple(KEYS)) -> str:
    """Suggest the name that may have been meant; `""` if none is like it.

    Args:
        name: What was written.
        names: What there is.

    """
    from credwallet.cli.helping import suggesting  # noqa: PLC0415 -- lazily: only after a typo

    asked = name[:80].casefold().replace("_", "-")
    ends = {each.rpartition(".")[2]: each for each in reversed(names)}
    found = suggesting.near(asked, (*names, *ends))
    return ends.get(found[0], found[0]) if found else ""


def is_profile_name(text: str) -> bool:
    """Tell whether a profile can be called that: it names a folder on any system."""
    return (
        0 < len(text) <= MAX_NAME
        and text[0] in _LETTERS
        and _LETTERS.issuperset(text.replace("-", ""))
        and text not in _DEVICES
    )


def profile_named(text: str, where: str) -> str:
    """Check the name of a profile.

    Args:
        text: What was given.
        where: What gave it, for the message.

    Returns:
        The name; `""` for `default`, the wallet without one.

    Raises:
        Usage: If no profile can be called that.

    """
    if not is_profile_name(text):
        raise Usage(
            f"{where} names no profile: {text[:MAX_NAME]!r}",
            next_step="a name is up to 32 of a to z, 0 to 9 and -, such as work; "
            f"{NO_PROFILE} is the wallet without one",
        )
    return "" if text == NO_PROFILE else text


def checked(name: str, value: object) -> str | bool:
    """Check a value of a key, as the file or the command line gives it.

    Args:
        name: A key of the table.
        value: Text, or for `boolean` also a truth value.

    Returns:
        The value as it is kept in the file.

    Raises:
        Usage: If the key cannot be that; it says what it can be.

    """
    key = KEYS[name]
    if key.kind == "boolean":
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in key.allowed:
            return value == "true"
        raise _wrong(name, value, " or ".join(key.allowed))
    if not isinstance(value, str) or not _is_one_line(value):
        raise _wrong(name, value, "a text of one line, in quotes")
    if key.kind == "choice" and value not in key.allowed:
        raise _wrong(name, value, f"{', '.join(key.allowed[:-1])} or {key.allowed[-1]}")
    if key.kind == "path" and not value.startswith(("/", "~/")) and value[1:3] != ":\\":
        raise _wrong(name, value, "a path from the root, or from ~/")
    if key.kind == "address" and "://" not in value:
        raise _wrong(name, value, "an https address")
    if key.kind == "profile":
        profile_named(value, name)
    return value


def _is_one_line(value: str) -> bool:
    encodable = not any("\ud800" <= letter <= "\udfff" for letter in value)
    return 0 < len(value) <= MAX_VALUE and value.isprintable() and encodable


def _wrong(name: str, value: object, want: str) -> Usage:
    # The command may hold a secret by mistake; the others are short words.
    said = value[:60] if isinstance(value, str) else type(value).__name__
    shown = "" if name in PASSPHRASE else f", not {said!r}"
    return Usage(
        f"{name} must be {want}{shown}",
        next_step=f"credwallet config set {name} VALUE, or credwallet config unset "
        f"{name}",
    )

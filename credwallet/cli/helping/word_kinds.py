"""Which words may stand for each argument and option? For completion, at build time.

A kind is `@tag` and the like (a kind of word of the completion index), choices joined
by `|`, or nothing: then the shell offers files.
"""

from collections.abc import Callable, Iterable
from typing import Any

from credwallet.cli.helping.command_tree import choices
from credwallet.cli.helping.help_layout import name_of

HANDLE = "@handle"
_QUALIFICATION = "@qualification"
_FILTERS = {
    "--tag": "@tag",
    "--collection": "@collection",
    "--filter": "@filter",
    "--goal": _QUALIFICATION,
    "--key": "@key",
    "--evidence": HANDLE,
    "tag --add": "@tag",
    "tag --remove": "@tag",
}
_ARGUMENTS = {
    "ID": HANDLE,
    "ID|FILE": HANDLE,
    "CREDENTIAL": HANDLE,
    "QUALIFICATION": _QUALIFICATION,
    "GOAL": _QUALIFICATION,
    "qualification show ID": _QUALIFICATION,
    "qualification remove ID": _QUALIFICATION,
    "goal remove QUALIFICATION": "@goal",
    "offer remove ID": "@offer",
    "key export NAME": "@key",
    "key remove NAME": "@key",
    "collection add NAME": "@collection",
    "collection remove NAME": "@collection",
    "collection show NAME": "@collection",
    "filter show NAME": "@filter",
    "filter remove NAME": "@filter",
}
"""By the name of the argument, or by that after the path of its command."""


def of_argument(path: str, argument: Any) -> str:
    """Say which words may stand at a position of a command line.

    Args:
        path: The words that call the command.
        argument: One of its arguments.

    """
    name = name_of(argument)
    kind = _named(path, name) or _ARGUMENTS.get(f"{path} {name}")
    return kind or "|".join(choices(argument)) or _ARGUMENTS.get(name, "")


def of_option(path: str, option: Any) -> str:
    """Say which words may follow an option.

    Args:
        path: The words that call the command.
        option: One of its options that take a value.

    """
    for name in option.opts:
        kind = _named(path, name) or _FILTERS.get(f"{path} {name}")
        kind = kind or "|".join(choices(option)) or _FILTERS.get(name, "")
        if kind:
            return kind
    return ""


def _named(path: str, name: str) -> str:
    listed = _TABLES.get(f"{path} {name}")
    return "|".join(listed()) if listed else ""


def _ways() -> Iterable[str]:
    from credwallet.share import WAYS  # noqa: PLC0415 -- lazily: where it is asked

    return WAYS


def _sorts() -> Iterable[str]:
    from credwallet.stacking.planning.next_offers import SORTS  # noqa: PLC0415 -- as above

    return SORTS


def _forms() -> Iterable[str]:
    from credwallet.share.wallets import FORMS  # noqa: PLC0415 -- as above

    return FORMS


def _registries() -> Iterable[str]:
    from credwallet.trust.registries import KINDS  # noqa: PLC0415 -- as above

    return KINDS


def _modes() -> Iterable[str]:
    from credwallet.model.offer import MODES  # noqa: PLC0415 -- as above

    return MODES


def _policies() -> Iterable[str]:
    from credwallet.stacking.policies import PACKS  # noqa: PLC0415 -- as above

    return PACKS


def _examples() -> Iterable[str]:
    from credwallet.stacking.examples import EXAMPLES  # noqa: PLC0415 -- as above

    return EXAMPLES


def _keys() -> Iterable[str]:
    from credwallet.cli.configuring.keys import KEYS  # noqa: PLC0415 -- as above

    return KEYS


def _topics() -> Iterable[str]:
    from credwallet.cli.app import COMMANDS  # noqa: PLC0415 -- as above
    from credwallet.cli.help import TOPICS  # noqa: PLC0415 -- as above

    return dict.fromkeys((*TOPICS, *COMMANDS))


_TABLES: dict[str, Callable[[], Iterable[str]]] = {
    "share --as": _ways,
    "next --sort": _sorts,
    "export --format": _forms,
    "issuer registry add --kind": _registries,
    "plan --minimise": lambda: ("cost", "hours"),
    "next --mode": _modes,
    "plan --mode": _modes,
    "policy check --policy": _policies,
    "policy show POLICY": _policies,
    "qualification examples NAME": _examples,
    "help TOPIC": _topics,
    "config get KEY": _keys,
    "config set KEY": _keys,
    "config unset KEY": _keys,
}
"""Values that a command looks up in a table of its own."""

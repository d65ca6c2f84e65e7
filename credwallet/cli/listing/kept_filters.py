"""Saved filters that the wallet keeps: what does each let through?"""

import json
from typing import TYPE_CHECKING, Any

from credwallet.canon import strict_json
from credwallet.cli.kept import named
from credwallet.cli.listing.filtering import Filter, Sort
from credwallet.cli.listing.kept_collections import check_name
from credwallet.cli.spans import span
from credwallet.errors import Usage
from credwallet.model.report import Verdict

if TYPE_CHECKING:
    from credwallet.store import Vault

FILTERS = "filters"
# Long enough for any identifier.
_LONGEST = 4096
FLAGS = {
    "issuer": "--issuer",
    "skill": "--skill",
    "tags": "--tag",
    "kind": "--type",
    "verdict": "--verdict",
    "expiring": "--expiring",
    "query": "--query",
    "collections": "--collection",
    "sort": "--sort",
}
"""What a filter may hold, and the option of each."""

_LISTS = ("tags", "collections")


def filters(vault: "Vault") -> dict[str, Filter]:
    """Read all saved filters of the wallet, by name."""
    kept = vault.documents(FILTERS)
    return {name: filter_of(name, kept[name]) for name in sorted(kept)}


def saved(vault: "Vault", name: str) -> Filter:
    """Read one saved filter.

    Args:
        vault: The open wallet.
        name: The whole name; letters of other case are another one.

    Raises:
        NotFound: If there is none of that name.

    """
    data = named(
        vault,
        FILTERS,
        name,
        missing=f"there is no filter {name}",
        otherwise="see: credwallet filter list; save one: credwallet list "
        "--tag TAG --save NAME",
    )
    return filter_of(name, data)


def filter_of(name: str, data: bytes) -> Filter:
    """Read a filter as it is kept; its values are judged like those of the options.

    Args:
        name: Of its document.
        data: Its content.

    Raises:
        Usage: If the name can be none, or the span of time is none.
        Unreadable: If it is no JSON.
        ValueError: If a value is none that the option takes, or it holds another key.

    """
    if check_name(name, "filter") != name:
        raise ValueError(name)
    said = strict_json.loads(data)
    if not isinstance(said, dict) or not said or set(said) - set(FLAGS):
        raise ValueError(name)
    values = {key: _value(key, value) for key, value in said.items()}
    if "expiring" in values:
        span(values["expiring"], f"expiring {values['expiring']}")
    return Filter(**values)


def put_filter(vault: "Vault", name: str, wish: Filter) -> None:
    """Keep a filter, in place of one of the same name.

    Args:
        vault: The open wallet.
        name: Checked.
        wish: What it lets through.

    Raises:
        Usage: If it lets everything through, or a text is too long.

    """
    said = filter_json(wish)
    if not said:
        raise Usage(
            "there is nothing to save: no filter is given",
            next_step=f"for example: credwallet list --tag python --save {name}",
        )
    data = json.dumps(said).encode()
    try:
        filter_of(name, data)
    except ValueError:
        raise Usage(
            f"a value is longer than {_LONGEST:,} characters",
            next_step="give a part of it: that is enough to find by",
        ) from None
    vault.put_document(FILTERS, name, data)


def filter_json(wish: Filter) -> dict[str, Any]:
    """Spell a filter: only what it says."""
    return {
        key: list(value) if key in _LISTS else str(value)
        for key in FLAGS
        if (value := getattr(wish, key)) not in (None, ())
    }


def words_of(wish: Filter) -> list[str]:
    """Spell a filter as the options that say the same."""
    words = []
    for key, value in filter_json(wish).items():
        for each in value if isinstance(value, list) else [value]:
            words += [FLAGS[key], each]
    return words


def _value(key: str, value: Any) -> Any:
    if key in _LISTS:
        if not isinstance(value, list) or not value:
            raise ValueError(key)
        return tuple(map(_text, value))
    text = _text(value)
    if key == "verdict":
        return Verdict(text)
    return Sort(text) if key == "sort" else text


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(value)
    return value

"""Which values of an SD-JWT are shown, by the names that the learner gave.

RFC 9901 sections 4.2 and 7.2 (presentation by the holder). Nothing is shown but what
was asked for, with what it stands in; what is below a name that was asked for goes with
it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from credwallet.errors import Unreadable, Usage
from credwallet.formats import sd_jwt as reading
from credwallet.formats.selection import Choice, Path, choices, presented
from credwallet.model.credential import Credential
from credwallet.share.disclosure import Disclosure, added, everything

_DELICATE = frozenset('.[]/, "')
_DIGESTS = frozenset({"_sd", "_sd_alg", "..."})
_MOST_NAMED = 20


class Selected(NamedTuple):
    """A selection of an SD-JWT.

    `text` is the token with the chosen disclosures and without a key binding. `hidden`
    names what stays behind, `always` what was asked for and cannot be held back.
    """

    text: bytes
    hidden: tuple[str, ...]
    always: tuple[str, ...]


def select(credential: Credential, names: Iterable[str]) -> Selected:
    """Choose the disclosures of an SD-JWT that names stand for.

    Args:
        credential: An SD-JWT.
        names: Paths such as `address.city` or `grades[0]`, or JSON Pointers; those
            that stand for nothing here are passed over, see `check_names`.

    Raises:
        Unreadable: If its disclosures break a rule.

    """
    if credential.problem:
        raise Unreadable(
            f"its disclosures cannot be told apart: {credential.problem}",
            next_step="ask the issuer for a new copy",
        )
    found = choices(credential)
    by_name = _by_name(found.paths)
    asked = [by_name[name] for name in dict.fromkeys(names) if name in by_name]
    chosen = [
        choice
        for choice in found.choices
        if any(_on_one_line(choice.path, path) for path in asked)
    ]
    kept = {choice.path for choice in chosen}
    hidden = [each.path for each in found.choices if each.path not in kept]
    return Selected(
        presented(credential, chosen),
        tuple(map(spelled, hidden)),
        tuple(spelled(path) for path in asked if not _is_choice(path, found.choices)),
    )


def check_names(credentials: Sequence[Credential], names: Iterable[str]) -> None:
    """Refuse a name that stands for nothing in any of the credentials.

    Args:
        credentials: SD-JWTs.
        names: As the learner gave them.

    Raises:
        Usage: With the nearest names, or those that can be chosen.

    """
    known: dict[str, Path] = {}
    selectable: list[str] = []
    for credential in credentials:
        if credential.problem:
            continue
        found = choices(credential)
        known |= _by_name(found.paths)
        selectable += [spelled(choice.path) for choice in found.choices]
    unknown = next((name for name in names if name not in known), None)
    if unknown is None:
        return
    import difflib  # noqa: PLC0415 -- lazily: few names are wrong

    near = difflib.get_close_matches(unknown[:80], [*map(spelled, known.values())], n=1)
    listed = ", ".join(dict.fromkeys(selectable[:_MOST_NAMED]))
    step = f"what can be revealed: {listed}" if listed else "there is nothing to choose"
    raise Usage(
        f"--reveal {unknown} names nothing in it",
        next_step=f"did you mean {near[0]}? {step}" if near else step,
    )


def read_selected(selected: Selected) -> Credential:
    """Read a selection as its receiver will.

    Args:
        selected: Made here.

    Raises:
        Unreadable: It is a presentation, or cannot be read any more.

    """
    held = reading.read(selected.text)
    if not isinstance(held, Credential):
        raise Unreadable(
            "it is a presentation, not a credential",
            next_step="share the credentials that are in it",
        )
    return held


def shown(selected: Selected) -> tuple[Disclosure, ...]:
    """List what leaves with a selection; its digests are counted only.

    Args:
        selected: Made here.

    """
    held = read_selected(selected)
    listed = tuple(
        entry
        for entry in everything(held)
        if entry.part != "claims" or not _is_said(entry.path.split("/"), held)
    )
    if held.sd_jwt is None or not held.sd_jwt.withheld:
        return listed
    hashes = added(
        "hashes",
        f"{held.sd_jwt.withheld}, of what stays hidden",
        why="one of a kind: two receivers can tell that they hold the same credential",
    )
    return (*listed, hashes)


def spelled(path: Path) -> str:
    """Write a path for people, as `--reveal` takes it.

    Args:
        path: Member names and places in arrays.

    """
    if any(isinstance(part, str) and _DELICATE & set(part) for part in path):
        return _pointer(path)
    text = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in path
    )
    return text.removeprefix(".")


def _is_said(parts: Sequence[str], held: Credential) -> bool:
    """Tell whether what stands in the token was listed, or is a digest."""
    return not _DIGESTS.isdisjoint(parts) or parts[1] in held.document


def _by_name(paths: Iterable[Path]) -> dict[str, Path]:
    names: dict[str, Path] = {}
    for path in paths:
        names.setdefault(spelled(path), path)
        names.setdefault(_pointer(path), path)
    return names


def _pointer(path: Path) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return "".join(f"/{part}" for part in parts)


def _on_one_line(one: Path, other: Path) -> bool:
    """Tell whether one path leads through the other."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _is_choice(path: Path, found: Sequence[Choice]) -> bool:
    return any(_on_one_line(choice.path, path) for choice in found)

"""Which elements does a policy ask of a credential, and which are there?

A policy pack is a TOML file of this folder and one line in `PACKS`; a learner may write
one too. `docs/policies.md` states the format, and what is checked and what is not.
"""

from credwallet.errors import NotFound
from credwallet.stacking.policies.checking import Answer, Checked, check
from credwallet.stacking.policies.pack import Element, Fact, Field, Limit, Pack
from credwallet.stacking.policies.reading import load_pack
from credwallet.stacking.policies.vocabulary import VOCABULARIES, vocabulary_of

__all__ = [
    "PACKS",
    "VOCABULARIES",
    "Answer",
    "Checked",
    "Element",
    "Fact",
    "Field",
    "Limit",
    "Pack",
    "check",
    "load_pack",
    "pack",
    "pack_text",
    "packs",
    "vocabulary_of",
]

PACKS = ("eu-2022", "nz", "my-apel-c", "my-apel-m")


def packs() -> tuple[Pack, ...]:
    """Read every pack that comes with credwallet, in the order of `PACKS`."""
    return tuple(pack(name) for name in PACKS)


def pack(name: str) -> Pack:
    """Read the pack of that name.

    Args:
        name: One of `PACKS`.

    Raises:
        NotFound: If there is none; it names those that there are.

    """
    return load_pack(pack_text(name), name)


def pack_text(name: str) -> str:
    """Return the file of a pack as it stands.

    Args:
        name: One of `PACKS`.

    Raises:
        NotFound: If there is none; it names those that there are.

    """
    if name not in PACKS:
        raise NotFound(
            f"there is no policy {name}",
            next_step=f"one of {', '.join(PACKS)}, or a file of your own",
        )
    from importlib import resources  # noqa: PLC0415 -- lazily: only packs are read so

    return resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")

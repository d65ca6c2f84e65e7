"""Which qualification files come with credwallet, to start one's own from?

Each is marked as an example, says where its rules were read and when, and carries
identifiers of `example.org` that a learner replaces.
"""

from credwallet.errors import NotFound

__all__ = ["EXAMPLES", "example", "names_of"]

# A name is the file's path here and the id of the qualification in it.
EXAMPLES = (
    "comptia/cios",
    "comptia/csss",
    "comptia/ccap",
    "comptia/cnip",
    "comptia/clnp",
    "comptia/csis",
    "comptia/cscp",
    "comptia/csap",
    "comptia/cnvp",
    "comptia/cnsp",
    "comptia/csae",
    "comptia/csie",
    "my/diploma",
    "micromasters/scm",
    "micromasters/master",
    "hku-space/theme",
)


def names_of(name: str) -> tuple[str, ...]:
    """Find the examples that a name stands for.

    Args:
        name: Of one example, or what comes before the `/` of several.

    Returns:
        Their names, in the order of `EXAMPLES`.

    Raises:
        NotFound: If there is none.

    """
    found = tuple(each for each in EXAMPLES if name in (each, each.partition("/")[0]))
    if not found:
        raise NotFound(
            f"there is no example {name}",
            next_step="see: credwallet qualification examples",
        )
    return found


def example(name: str) -> str:
    """Return the file of an example as it stands.

    Args:
        name: One of `EXAMPLES`.

    Raises:
        NotFound: If there is none.

    """
    if name not in EXAMPLES:
        raise NotFound(
            f"there is no example {name}",
            next_step="see: credwallet qualification examples",
        )
    from importlib import resources  # noqa: PLC0415 -- lazily: only examples need it

    return resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")

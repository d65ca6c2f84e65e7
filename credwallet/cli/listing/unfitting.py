"""Why does no credential fit a filter, and what would?"""

import shlex
from typing import TYPE_CHECKING

from credwallet.cli.helping.suggesting import near
from credwallet.errors import NotFound

if TYPE_CHECKING:
    from credwallet.cli.listing.filtering import Filter
    from credwallet.store import Vault


def nothing_fits(vault: "Vault", wish: "Filter | None") -> NotFound:
    """Say that no credential fits, and what may be the cause.

    Args:
        vault: The open wallet.
        wish: What was asked for; None without a filter.

    """
    about = unknown_tag(vault, wish) if wish is not None else ""
    return NotFound(
        "the wallet holds no such credential",
        next_step=about or "see all with their tags: credwallet list",
    )


def unknown_tag(vault: "Vault", wish: "Filter") -> str:
    """Say which tag of a filter is none of the learner's, `""` if all are.

    What issuers call a tag is a keyword of theirs: only `--query` looks at it.

    Args:
        vault: The open wallet.
        wish: What was asked for.

    """
    if not wish.tags:
        return ""
    summaries = [entry.summary for entry in vault.entries()]
    own = {tag for summary in summaries for tag in summary.tags}
    typed = next((tag for tag in wish.tags if tag not in own), None)
    if typed is None:
        return ""
    none = f"no tag of yours is {typed!r}"
    sought = typed.casefold()
    keywords = {word.casefold() for each in summaries for word in each.keywords}
    found = near(typed, sorted(own))
    if sought in keywords or (not found and any(sought in word for word in keywords)):
        query = shlex.quote(typed)
        return f"{none}; issuers' keywords are not tags: --query {query}"
    if found:
        return f"{none}; did you mean {' or '.join(found)}?"
    return f"{none}; see all with their tags: credwallet list"

"""Which issuers does the learner know? Knowing one is a note, never a condition.

A known issuer is an identifier that the learner pinned, with the learner's own name for
it. The identifier is compared whole: a DID or an address, exactly as written.
"""

from collections.abc import Mapping
from typing import NamedTuple


class KnownIssuer(NamedTuple):
    """An issuer that the learner knows; `since` is an RFC 3339 date."""

    id: str
    name: str
    note: str = ""
    since: str = ""


def to_json(issuer: KnownIssuer) -> dict[str, str]:
    """Spell a known issuer for the wallet and for `--json`."""
    return issuer._asdict()


def from_json(document: Mapping[str, str]) -> KnownIssuer:
    """Read back what `to_json` spelled; unknown members are left out."""
    return KnownIssuer(
        **{name: str(document.get(name, "")) for name in KnownIssuer._fields}
    )

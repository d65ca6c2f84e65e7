"""What `list` and `stack-progress` need to know about one credential, on one row.

A summary is all that the wallet opens to list and to stack; the body stays sealed. Its
members are JSON values only, in a fixed order, so that 512 of them are one array.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Summary(NamedTuple):
    """One credential on one row; texts are `""` where nothing is said.

    `valid_from`, `valid_until` and `checked_at` are as written (RFC 3339). `credits` is
    an exact decimal in a string. `achievements` are all identifiers of the achievement
    (its id first, then `otherIdentifier`), `alignments` all `targetUrl` and
    `targetCode`, `keywords` the issuer's own `tag`s, `tags` the learner's. `verdict` is
    the word of the last report, made at `checked_at`.
    """

    id: str
    name: str
    types: Sequence[str]
    issuer_id: str
    issuer_name: str
    subject_id: str
    valid_from: str
    valid_until: str
    verdict: str
    checked_at: str
    achievements: Sequence[str]
    achievement_type: str
    human_code: str
    alignments: Sequence[str]
    skills: Sequence[str]
    keywords: Sequence[str]
    credits: str
    credit_unit: str
    level: str
    framework: str
    result_status: str
    format: str
    media_type: str
    sha256: str
    tags: Sequence[str] = ()
    note: str = ""
    trashed_at: str = ""

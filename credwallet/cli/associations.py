"""How are the associations of a learner record told, to people and in `--json`?"""

from collections.abc import Mapping, Sequence
from typing import Any

from credwallet.model.credential import Credential
from credwallet.model.record import associations_of, names_in

Fact = tuple[str, str]


def associations_json(record: Credential) -> list[dict[str, Any]]:
    """Spell the associations of a record (Comprehensive Learner Record 2.0).

    Args:
        record: Its signed part.

    Returns:
        One object each with the names of what is associated, where the record gives
        some.

    """
    names = names_in(record.document)
    return [
        {
            "associationType": item.association_type,
            "sourceId": item.source_id,
            "sourceName": names.get(item.source_id) or None,
            "targetId": item.target_id,
            "targetName": names.get(item.target_id) or None,
        }
        for item in associations_of(record.document)
    ]


def association_facts(associations: Sequence[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """Say the same in words, one fact an association."""
    return tuple(("association", _words(item)) for item in associations)


def _words(item: Mapping[str, Any]) -> str:
    source = item["sourceName"] or item["sourceId"]
    return (
        f"{source} {item['associationType']} {item['targetName'] or item['targetId']}"
    )

"""The work of `credwallet show`, free of Typer."""

import json
from typing import TYPE_CHECKING, Any

from credwallet import formats
from credwallet.cli.associations import association_facts, associations_json
from credwallet.cli.listing import row_json, with_names
from credwallet.cli.output import Result
from credwallet.cli.report import linked_of, show_report
from credwallet.model.achievement import Achievement, achievement_of, signed_view
from credwallet.model.credential import Credential
from credwallet.model.open_badges_2 import whole
from credwallet.model.summary import verdict_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from credwallet.cli.console import Console
    from credwallet.cli.session import Session
    from credwallet.store import Entry, Stored


def run(session: "Session", handle: str, *, raw: bool) -> Result:
    """Show one credential of the wallet, or write its bytes.

    Args:
        session: Where the wallet and the clock come from.
        handle: Handle, id or name.
        raw: Write the bytes received instead.

    Raises:
        NotFound: If the wallet has no such credential.

    """
    vault = session.vault()
    (entry,) = with_names(vault, (vault.find(handle),))
    stored = vault.read(entry.rid)
    if raw and not session.settings.json:
        session.write_bytes(stored.raw, stored.summary.media_type)
        return Result({}, lambda _: None)
    held = formats.read(stored.raw)
    if not isinstance(held, Credential):
        raise AssertionError  # noqa: TRY004 -- the wallet stores credentials only
    unsigned = stored.report.get("unsigned", ())
    view = held._replace(document=signed_view(held.document, unsigned))
    achievement = achievement_of(whole(view, linked_of(stored.report)))
    associations = associations_json(view)
    shown = entry._replace(
        summary=entry.summary._replace(verdict=verdict_at(entry.summary, session.at))
    )
    data = {
        **row_json(shown),
        "subject": {"id": achievement.subject_id or None},
        "format": held.format,
        "mediaType": stored.summary.media_type,
        "source": stored.source,
        "receivedAt": stored.received_at,
        "note": entry.summary.note or None,
        **_achievement_json(achievement),
        **({"claims": held.subjects[0]} if held.states_claims else {}),
        **({"associations": associations} if associations else {}),
        "report": {**stored.report, "handle": entry.handle},
    }
    if raw:
        data["raw"] = _base64(stored.raw)
    claims = (*_claims(held), *association_facts(associations))
    return Result(
        data, lambda console: _show(console, shown, stored, achievement, claims)
    )


def _claims(held: Credential) -> "Iterator[tuple[str, str]]":
    """Say what an SD-JWT VC claims about its subject, one fact a claim."""
    if not held.states_claims:
        return
    for name, value in held.subjects[0].items():
        if name != "id":
            text = value if isinstance(value, str) else json.dumps(value)
            yield "claim", f"{name}: {text}"


def _base64(raw: bytes) -> str:
    import base64  # noqa: PLC0415 -- only for --raw --json

    return base64.b64encode(raw).decode()


def _achievement_json(achievement: Achievement) -> dict[str, Any]:
    return {
        "achievement": {
            "id": achievement.id or None,
            "name": achievement.name or None,
            "description": achievement.description or None,
            "criteria": {
                "id": achievement.criteria_url or None,
                "narrative": achievement.criteria or None,
            },
            "achievementType": achievement.achievement_type or None,
            "humanCode": achievement.human_code or None,
            "fieldOfStudy": achievement.field_of_study or None,
            "tag": list(achievement.keywords),
        },
        "alignment": [
            {
                "targetName": item.target_name,
                "targetUrl": item.target_url,
                "targetCode": item.target_code,
                "targetFramework": item.target_framework,
                "targetType": item.target_type,
            }
            for item in achievement.alignments
        ],
        "evidence": [item._asdict() for item in achievement.evidence],
        "results": [item._asdict() for item in achievement.results],
    }


def _show(
    console: "Console",
    entry: "Entry",
    stored: "Stored",
    achievement: Achievement,
    claims: tuple[tuple[str, str], ...],
) -> None:
    facts = (*_facts(entry, stored, achievement), *claims)
    if not console.terminal:
        for label, value in facts:
            console.row([label, value])
    else:
        console.line(entry.summary.name or entry.summary.id, style="bold")
        for label, value in facts:
            console.labelled(label, value)
        console.line()
    if stored.report.get("checks"):
        if console.terminal:
            console.line(f"Checked {entry.summary.checked_at[:16]}:")
        show_report(console, {**stored.report, "handle": entry.handle})


def _facts(
    entry: "Entry", stored: "Stored", achievement: Achievement
) -> "Iterable[tuple[str, str]]":
    summary = entry.summary
    name = summary.listed_as or summary.issuer_name
    own = summary.issuer_name if summary.issuer_name != name else ""
    listed = summary.listed_in + (f"; it calls itself {own}" if own else "")
    period = summary.valid_from[:10] or "not said"
    facts = [
        ("handle", entry.handle),
        ("verdict", summary.verdict),
        ("issuer", f"{name} ({summary.issuer_id})" if name else summary.issuer_id),
        ("listed in", listed),
        ("valid", f"{period} to {summary.valid_until[:10] or 'no end'}"),
        ("about", achievement.description),
        ("criteria", achievement.criteria or achievement.criteria_url),
        ("kind", achievement.achievement_type),
        ("credits", f"{achievement.credits} {achievement.credit_unit}".strip()),
        ("level", f"{achievement.framework.upper()} {achievement.level}".strip()),
        ("skills", ", ".join(summary.skills)),
        ("keywords", ", ".join(achievement.keywords)),
        ("results", "; ".join(_result(item) for item in achievement.results)),
        *(("evidence", item.id or item.narrative) for item in achievement.evidence),
        ("subject", achievement.subject_id),
        ("id", summary.id),
        ("tags", ", ".join(summary.tags)),
        ("note", summary.note),
        ("received", f"{stored.received_at[:10]} from {stored.source}"),
    ]
    return [(label, value) for label, value in facts if value]


def _result(item: "Any") -> str:
    return " ".join(part for part in (item.name, item.value, item.status) if part)

"""The work of `credwallet show`, free of Typer."""

import json
from typing import TYPE_CHECKING, Any

from credwallet.cli.associations import association_facts, associations_json
from credwallet.cli.kept import ISSUERS
from credwallet.cli.listing.filtering import with_names
from credwallet.cli.listing.work import row_json
from credwallet.cli.output import Result
from credwallet.cli.report import linked_of
from credwallet.cli.showing import part as show_part
from credwallet.cli.showing.report import show_piped, show_told
from credwallet.cli.showing.stacking import toward, toward_json
from credwallet.cli.showing.story import KNOWN, LISTED, UNKNOWN, story_of
from credwallet.model.achievement import Achievement, achievement_of, signed_view
from credwallet.model.open_badges_2 import whole
from credwallet.model.summary import verdict_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credwallet.cli.session import Session
    from credwallet.cli.showing.part import Shown
    from credwallet.cli.terminal.console import Console
    from credwallet.model.credential import Credential
    from credwallet.model.summary import Summary
    from credwallet.store import Entry, Vault


def run(
    session: "Session", handle: str, *, raw: bool, image: bool | None = None
) -> Result:
    """Show one credential of the wallet, or write its bytes.

    Args:
        session: Where the wallet and the clock come from.
        handle: Handle, id or name; of what a record holds `q6uh/2`.
        raw: Write the bytes received instead.
        image: Show its picture, do not, or (None) as the settings say.

    Raises:
        NotFound: If the wallet has no such credential.

    """
    vault = session.vault()
    found = show_part.find(vault, handle)
    if raw and not session.settings.json:
        session.write_bytes(found.stored.raw, found.held.media_type)
        return Result({}, lambda _: None)
    shown = found._replace(entry=_today(session, vault, found))
    view = found.held._replace(
        document=signed_view(found.held.document, found.report.get("unsigned", ()))
    )
    told = whole(view, linked_of(found.report))
    achievement = achievement_of(told)
    associations = associations_json(view)
    stacks = toward(session, vault, shown.entry.handle)
    data = {
        **_facts_json(shown, achievement),
        **({"claims": found.held.subjects[0]} if found.held.states_claims else {}),
        **({"associations": associations} if associations else {}),
        "stacksToward": [toward_json(entry) for entry in stacks],
        "report": {**found.report, "handle": shown.entry.handle},
    }
    if raw:
        data["raw"] = _base64(found.stored.raw)
    story = story_of(
        shown,
        achievement,
        standing=_standing(vault, shown.entry.summary),
        stacks=stacks,
        collections=_collections(vault, shown.entry.summary),
        more=(*_claims(found.held), *association_facts(associations)),
    )

    def show(console: "Console") -> None:
        if not console.terminal:
            show_piped(console, story, shown)
            return
        from credwallet.cli.terminal.picture import show_picture  # noqa: PLC0415 -- terminals

        show_picture(session, told, wanted=image)
        show_told(console, story, shown)

    return Result(data, show)


def _today(session: "Session", vault: "Vault", found: "Shown") -> "Entry":
    """Return the row as it is today: time passes, and registries come and go."""
    (entry,) = with_names(vault, (found.entry,))
    verdict = verdict_at(entry.summary, session.at)
    return entry._replace(summary=entry.summary._replace(verdict=verdict))


def _standing(vault: "Vault", summary: "Summary") -> str:
    if summary.issuer_id and summary.issuer_id in vault.document_names(ISSUERS):
        return KNOWN
    return LISTED if summary.listed_in else UNKNOWN


def _collections(vault: "Vault", summary: "Summary") -> tuple[str, ...]:
    """Name the learner's collections that hold a credential."""
    from credwallet.cli.listing import kept_collections  # noqa: PLC0415 -- lazily: not for --raw

    if not vault.document_names(kept_collections.COLLECTIONS):
        return ()
    key = kept_collections.member_of(summary).key
    return tuple(
        name
        for name, members in kept_collections.collections(vault).items()
        if any(member.key == key for member in members)
    )


def _facts_json(shown: "Shown", achievement: Achievement) -> dict[str, Any]:
    return {
        **row_json(shown.entry),
        "subject": {"id": achievement.subject_id or None},
        "format": shown.held.format,
        "mediaType": shown.held.media_type,
        "source": shown.stored.source,
        "receivedAt": shown.stored.received_at,
        "note": shown.entry.summary.note or None,
        **_achievement_json(achievement),
    }


def _claims(held: "Credential") -> "Iterator[tuple[str, str]]":
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

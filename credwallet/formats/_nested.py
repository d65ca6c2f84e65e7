"""What does a credential hold, and which bytes are each part's own?

Comprehensive Learner Record 2.0 (`verifiableCredential` of its subject), Open Badges
3.0 (`endorsement`, `endorsementJwt`). A part is cut from the text around it, so that it
verifies and can be kept as a credential of its own.
"""

import json
from typing import Any, NamedTuple

from credwallet.formats import json_ld, png, sd_jwt, svg, vc_jwt
from credwallet.formats._claims import stated_by
from credwallet.formats._parts import MEMBER, Openers, Path, read_parts
from credwallet.model.credential import Credential, Held, Presentation

__all__ = ["Part", "Path", "parts_of", "read_at", "subject_paths"]

_RECORD = "ClrCredential"
_BAKED = {"png": png.badge_text, "svg": svg.badge_text}
_OPENERS = Openers(json_ld.from_object, vc_jwt.from_jws, sd_jwt.from_token)
_WRITTEN_AS_THEY_STAND = (json_ld.NAME, vc_jwt.NAME)


class Part(NamedTuple):
    """Something that stands in a credential or presentation.

    `pointer` is its JSON Pointer there; a part that cannot be read stands as its
    `Unreadable`.
    """

    pointer: str
    held: Held | Exception


def parts_of(held: Held, depth: int) -> tuple[Part, ...]:
    """Read the credentials that a presentation or a learner record holds.

    Args:
        held: Any credential or presentation; most credentials hold nothing.
        depth: How many presentations and records stand around it.

    Returns:
        The parts in order, their `raw` byte for byte as it stands in `held`.

    Raises:
        Unreadable: There are too many, or they are nested too deeply.

    """
    if isinstance(held, Presentation):
        return tuple(
            Part(f"/{MEMBER}/{index}", part)
            for index, part in enumerate(held.credentials)
        )
    if _RECORD not in held.types:
        return ()
    subjects = held.document.get("credentialSubject")
    found: list[Part] = []
    for path in subject_paths(subjects):
        found += read_at(held, (*path, MEMBER), depth)
    return tuple(found)


def subject_paths(subjects: Any) -> list[Path]:
    """Return the path of each subject that is an object."""
    if isinstance(subjects, dict):
        return [("credentialSubject",)]
    if isinstance(subjects, list):
        return [
            ("credentialSubject", index)
            for index, entry in enumerate(subjects)
            if isinstance(entry, dict)
        ]
    return []


def read_at(held: Credential, path: Path, depth: int) -> list[Part]:
    """Read the credentials that stand at a place in a credential.

    Args:
        held: The credential around them.
        path: Member names and array places that lead there.
        depth: How many presentations and records stand around `held`.

    Returns:
        One part or each of an array; none if nothing is there.

    Raises:
        Unreadable: There are too many, or they are nested too deeply.

    """
    value: Any = held.document
    for name in path:
        known = isinstance(name, int) or (isinstance(value, dict) and name in value)
        value = value[name] if known else None
    if value is None:
        return []
    text, start = _text_of(held)
    parts = read_parts(text, (*start, *path), value, openers=_OPENERS, depth=depth)
    pointer = "".join(f"/{name}" for name in path)
    if isinstance(value, list):
        return [Part(f"{pointer}/{at}", part) for at, part in enumerate(parts)]
    return [Part(pointer, part) for part in parts]


def _text_of(held: Credential) -> tuple[str, Path]:
    """Return the JSON text that a credential was read from, and where it stands."""
    if held.format not in _WRITTEN_AS_THEY_STAND:
        # Put together from disclosures: no text has it as it is.
        return json.dumps(held.document), ()
    if held.jws is not None:
        return held.jws.payload.decode(), stated_by(held.jws).path
    if held.carrier:
        return _BAKED[held.carrier](held.raw).decode(), ()
    return held.raw.decode(), ()

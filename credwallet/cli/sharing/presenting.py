"""To whom, until when and with which key does `share` present something?"""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from credwallet.errors import Usage

if TYPE_CHECKING:
    from datetime import datetime

    from credwallet.cli.session import Session
    from credwallet.model.credential import Credential
    from credwallet.share import Way
    from credwallet.share.presentation import Presenting

FOR_ONE_RECEIVER = ("vp", "vp-jwt", "sd-jwt")
"""The ways that make something which one receiver asked for."""

_SPAN = re.compile(r"([1-9][0-9]{0,3})([mhdw])", re.ASCII)
# A comma in the name of a claim is written with a backslash before it.
_COMMA = re.compile(r"(?<!\\),")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_LONGEST = timedelta(days=366)
_LONGEST_TEXT = 2000


class Asked(NamedTuple):
    """What the learner wrote; `""` and `()` where she wrote nothing."""

    audience: str = ""
    nonce: str = ""
    expires: str = ""
    key: str = ""
    reveal: tuple[str, ...] = ()


def presenting_of(
    session: "Session",
    way: "Way",
    credentials: "tuple[Credential, ...]",
    asked: Asked,
) -> "Presenting | None":
    """Put together what a presentation needs; None where none is made.

    Args:
        session: Of the run.
        way: In which way it is handed over.
        credentials: What is handed over.
        asked: What the learner wrote.

    Raises:
        Usage: If something is missing, makes no sense, or belongs to another way.
        NotFound: If there is no key to sign with.

    """
    if way.NAME not in FOR_ONE_RECEIVER:
        _check_not_asked(way, asked)
        return None
    _check_for(way, asked)
    from credwallet.canon.contexts import Contexts  # noqa: PLC0415 -- lazily: few shares need it
    from credwallet.cli.holder_keys import keys  # noqa: PLC0415 -- lazily: few shares need it
    from credwallet.cli.kept import CONTEXTS  # noqa: PLC0415 -- lazily: few shares need it
    from credwallet.model.occasion import Occasion  # noqa: PLC0415 -- lazily: few shares need it
    from credwallet.share import presentation  # noqa: PLC0415 -- lazily: few shares need it

    vault = session.vault()
    presenting = presentation.Presenting(
        occasion=Occasion(
            _text(asked.audience, "--for"),
            _text(asked.nonce, "--nonce"),
            session.at,
            _end(session.at, asked.expires),
        ),
        keys=tuple(presentation.HolderKey(each.name, each.key) for each in keys(vault)),
        contexts=Contexts.bundled().with_supplied(vault.documents(CONTEXTS)),
        key_name=asked.key,
        reveal=_names(asked.reveal),
    )
    if way.NAME == "sd-jwt":
        return presenting
    # Chosen once for all of them, so that what is listed is what signs.
    chosen = presentation.signing_key(credentials, presenting)
    return presenting._replace(key_name=chosen.name)


def _check_not_asked(way: "Way", asked: Asked) -> None:
    given = {
        "--nonce": asked.nonce,
        "--expires": asked.expires,
        "--key": asked.key,
        "--reveal": asked.reveal,
    }
    for flag, value in given.items():
        if value:
            ways = "sd-jwt" if flag == "--reveal" else "vp, vp-jwt or sd-jwt"
            raise Usage(
                f"{flag} says nothing about --as {way.NAME}",
                next_step=f"leave it out, or share it --as {ways}",
            )


def _check_for(way: "Way", asked: Asked) -> None:
    missing = [
        flag
        for flag, value in (("--for", asked.audience), ("--nonce", asked.nonce))
        if not value.strip()
    ]
    if missing:
        raise Usage(
            f"--as {way.NAME} is for one receiver: {' and '.join(missing)} "
            f"{'are' if len(missing) > 1 else 'is'} missing",
            next_step="both are what the receiver sent you: its name or address, and "
            "a text that it made for this once",
        )
    if way.NAME == "sd-jwt" and asked.key:
        raise Usage(
            "--key says nothing about --as sd-jwt: the issuer chose the key",
            next_step="leave it out",
        )


def _text(text: str, flag: str) -> str:
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise Usage(
            f"{flag} is longer than {_LONGEST_TEXT:,} characters, or has some that "
            "cannot be printed",
            next_step="give it exactly as the receiver sent it",
        )
    return text


def _end(at: "datetime", span: str) -> "datetime | None":
    if not span:
        return None
    found = _SPAN.fullmatch(span.strip())
    length = (
        timedelta(minutes=int(found[1]) * _MINUTES[found[2]]) if found else timedelta()
    )
    if not timedelta() < length <= _LONGEST:
        raise Usage(
            f"--expires {span[:40]} is no span of time up to a year",
            next_step="write it as 10m, 8h, 7d or 2w",
        )
    return at + length


def _names(given: tuple[str, ...]) -> tuple[str, ...]:
    parts = [part.strip() for text in given for part in _COMMA.split(text)]
    return tuple(dict.fromkeys(part.replace("\\,", ",") for part in parts if part))

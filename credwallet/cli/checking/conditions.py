"""Of what does the learner want to be told? The conditions of `check --fail-if`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from credwallet.cli.checking.changes import Difference, differences_words
from credwallet.cli.checking.seen import Seen
from credwallet.cli.helping.suggesting import near
from credwallet.cli.spans import span
from credwallet.errors import Usage
from credwallet.model.report import Verdict

NONE = "none"
DEFAULT = "expiring=60d,revoked,suspended,invalid,changed"
SPAN = "60d"


class Wanted(NamedTuple):
    """A condition as the learner asked for it; `within` is for `expiring` alone."""

    name: str
    spelled: str
    within: timedelta


class Found(NamedTuple):
    """That a condition holds: what to say, and since when (RFC 3339, `""` unknown)."""

    detail: str
    since: str


class Asked(NamedTuple):
    """What a condition may look at.

    `since` is when the verdict was first seen, `issuer_since` since when the issuer has
    been (un)known, `before` when the check before was, each RFC 3339.
    """

    seen: Seen
    within: timedelta
    differences: Sequence[Difference]
    since: str
    issuer_since: str
    before: str


class Condition(NamedTuple):
    """One thing to be told of: its question, what it means, and what to do then."""

    question: Callable[[Asked], Found | None]
    meaning: str
    next_step: str


def _expiring(asked: Asked) -> Found | None:
    seen, until = asked.seen, asked.seen.until
    if until is None or seen.summary.verdict not in _GOOD:
        return None
    left = until - seen.at
    if not timedelta() < left <= asked.within:
        return None
    days = left.days
    when = "today" if days < 1 else "in 1 day" if days == 1 else f"in {days} days"
    since = (until - min(asked.within, _LONGEST)).isoformat(timespec="seconds")
    return Found(f"expires on {seen.summary.valid_until[:10]}, {when}", since)


def _expired(asked: Asked) -> Found | None:
    until = asked.seen.summary.valid_until
    if asked.seen.summary.verdict != Verdict.EXPIRED:
        return None
    return Found(f"expired on {until[:10]}" if until else "expired", until)


def _is(*verdicts: Verdict) -> Callable[[Asked], Found | None]:
    def question(asked: Asked) -> Found | None:
        seen = asked.seen
        if seen.summary.verdict not in verdicts:
            return None
        return Found(_verdict_words(seen), asked.since)

    return question


def _verdict_words(seen: Seen) -> str:
    verdict, why = seen.summary.verdict, seen.why
    words = why if why.startswith(verdict) else f"{verdict}: {why}" if why else verdict
    stamp = f"as of {seen.as_of[:_DAY]}"
    return f"{words} ({stamp})" if seen.is_older and stamp not in words else words


def _unknown_issuer(asked: Asked) -> Found | None:
    if asked.seen.issuer_known:
        return None
    issuer = asked.seen.summary.issuer_name or asked.seen.summary.issuer_id
    return Found(f"unknown issuer {issuer}".rstrip(), asked.issuer_since)


def _changed(asked: Asked) -> Found | None:
    if not asked.differences:
        return None
    return Found(differences_words(asked.differences), asked.before)


_GOOD = (Verdict.VALID, Verdict.UNDETERMINED, Verdict.NOT_YET_VALID)
_DAY = len("2026-11-25")
# No clock goes back further than this.
_LONGEST = timedelta(days=36_525)
_RENEW = "ask the issuer for a new one"

# A condition is one line. `{handle}` stands for the credential's handle.
CONDITIONS: dict[str, Condition] = {
    "expiring": Condition(_expiring, "runs out within so many days or weeks", _RENEW),
    "expired": Condition(_expired, "has run out", _RENEW),
    "revoked": Condition(
        _is(Verdict.REVOKED), "was taken back by its issuer", "ask the issuer why"
    ),
    "suspended": Condition(
        _is(Verdict.SUSPENDED), "is on hold", "ask the issuer until when"
    ),
    "invalid": Condition(
        _is(Verdict.INVALID, Verdict.MALFORMED),
        "is not what its issuer signed, or is malformed",
        "credwallet verify {handle}",
    ),
    "undetermined": Condition(
        _is(Verdict.UNDETERMINED),
        "could not be checked in full",
        "credwallet verify {handle}",
    ),
    "unknown-issuer": Condition(
        _unknown_issuer,
        "is by an issuer that you do not know",
        "if you know it: credwallet issuer trust {handle}",
    ),
    "changed": Condition(
        _changed,
        "has another verdict, issuer, expiry or content than at the last check",
        "credwallet show {handle}",
    ),
}
_RENEWABLE = frozenset({"expiring", "expired"})
_REFRESH = "credwallet refresh {handle}"


def next_step(name: str, seen: Seen) -> str:
    """Say what to do about a condition that holds for a credential.

    Args:
        name: A name of `CONDITIONS`.
        seen: What the check saw of the credential, with its handle.

    Returns:
        One line; for a credential whose issuer gives out newer copies, how to get one.

    """
    renew = name in _RENEWABLE and seen.renewable
    step = _REFRESH if renew else CONDITIONS[name].next_step
    return step.format(handle=seen.handle)


def wanted(texts: Sequence[str], said: str = "--fail-if") -> tuple[Wanted, ...]:
    """Read the conditions that the learner names.

    Args:
        texts: Lists of names, separated by commas, such as `expiring=60d,revoked`, or
            `none`. Of a name that comes twice the last one counts.
        said: The option or setting that they come from, for messages.

    Returns:
        The conditions, in the order of the table.

    Raises:
        Usage: If one is unknown, has a value that it cannot have, or none is named.

    """
    words = [word.strip() for text in texts for word in text.split(",")]
    if words == [NONE]:
        return ()
    if NONE in words:
        raise Usage(
            f"{said} {NONE} leaves no other condition",
            next_step="give one or the other",
        )
    named = dict(_named(word, said) for word in words)
    return tuple(_read(name, named, said) for name in CONDITIONS if name in named)


def _named(word: str, said: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if name not in CONDITIONS:
        raise _unknown(name, said)
    if equals and name != "expiring":
        raise Usage(
            f"{said} {name} takes no value", next_step=f"leave {equals}{value} out"
        )
    if equals and not value:
        raise Usage(
            f"{said} {word} lacks its span of time",
            next_step="write expiring=60d for days or expiring=8w for weeks",
        )
    return name, value


def _read(name: str, named: Mapping[str, str], said: str) -> Wanted:
    if name != "expiring":
        return Wanted(name, name, timedelta())
    spelled = f"{name}={named[name] or SPAN}"
    within = span(named[name] or SPAN, f"{said} {spelled}")
    return Wanted(name, spelled, within)


def _unknown(name: str, said: str) -> Usage:
    found = near(name, [*CONDITIONS, NONE])
    listed = ", ".join(("expiring=60d", *list(CONDITIONS)[1:], NONE))
    mean = f"did you mean {found[0]}? " if found else ""
    what = f"no condition {name}" if name else "an empty condition"
    return Usage(f"{said} names {what}", next_step=f"{mean}there are: {listed}")

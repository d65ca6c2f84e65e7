"""How are rules written as a TOML file that `rules.load` reads back?

Format 1 (`docs/qualification-file.md`): flat `[[requirement]]` and `[[group]]`. Values
are written by `tomli_w`; what cannot be seen is written as an escape, so that no text
of a stranger hides in the file, ends a comment, or looks like what it is not.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from credwallet.model.qualification import Group, Match, Qualification, Requirement
from credwallet.stacking.amounts import plain
from credwallet.stacking.files.rules import FORMAT

_WIDTH = 78
# Letters and marks without any ink, and what chooses between forms of one sign.
_UNSEEN = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0x2800, 0xFFA0, 0xFFFC),
        *(0x1D159, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)),
        *range(0xE0100, 0xE01F0),
    )
)
_Row = dict[str, Any]


def to_toml(qualification: Qualification, comments: Iterable[str] = ()) -> str:
    """Write a qualification file.

    Args:
        qualification: The rules.
        comments: Lines to stand above them, of any text and length.

    Returns:
        The file. Percentages of caps and gates stand as the credits that they are.

    """
    tables: list[tuple[str, _Row]] = [("[qualification]", _head(qualification))]
    tables.extend(("[[requirement]]", row) for row in _requirements(qualification))
    tables.extend(("[[group]]", row) for row in _groups(qualification))
    tables.extend(("[[achievement]]", row) for row in _facts(qualification))
    tables.extend(_limits(qualification))
    text = "".join(f"{line}\n" for line in _comment_lines(comments))
    text += ("\n" if text else "") + f"format = {_value(FORMAT)}\n"
    for header, row in tables:
        text += f"\n{header}\n"
        text += "".join(
            f"{key} = {_value(value)}\n"
            for key, value in row.items()
            if value not in ("", (), None)
        )
    return text


def _head(of: Qualification) -> _Row:
    return {
        "id": of.id,
        "title": of.title,
        "text": of.text,
        "awarded_by": of.awarded_by,
        "issuer_ids": of.issuer_ids,
        "version": of.version,
        "valid_from": of.valid_from,
        "valid_until": of.valid_until,
        "source": of.source,
        "read_on": of.read_on,
        "basis": of.basis if of.basis != "rule" else "",
        "expired": of.expired if of.expired != "ignore" else "",
        "expires_with": of.expires_with if of.expires_with != "earliest" else "",
        "framework": of.framework,
        "level": of.level,
        "credit_unit": of.credit_unit,
        "hours_per_credit": dict(of.hours_per_credit) or None,
        "total_credits": of.total_credits,
        "max_age_years": of.max_age_years,
        "award": of.award,
    }


def _requirements(of: Qualification) -> Iterator[_Row]:
    weights = _stated_weights(of)
    for entry in of.requirements:
        match: Match | None = None if entry.type == "manual" else entry.match
        yield {
            "id": entry.id,
            "title": entry.title,
            "text": entry.text,
            "in": entry.group,
            "type": entry.type,
            "n": int(entry.need) if entry.type == "count" else None,
            "credits": entry.need if entry.type == "credits" else None,
            "weight": weights.get(entry.id),
            "match": match,
        }


def _groups(of: Qualification) -> Iterator[_Row]:
    weights = _stated_weights(of)
    for group in of.groups:
        yield {
            "id": group.id,
            "title": group.title,
            "text": group.text,
            "in": group.group,
            "type": group.type,
            "n": group.n if group.type == "n_of" else None,
            "weight": weights.get(group.id),
        }


def _stated_weights(of: Qualification) -> dict[str, Fraction]:
    """Find the weights that must be said; siblings are said together."""
    kinds = {group.id: group.type for group in of.groups}
    members: dict[str, list[Requirement | Group]] = {}
    parts: list[Requirement | Group] = [*of.requirements, *of.groups]
    for part in parts:
        members.setdefault(part.group, []).append(part)
    stated: dict[str, Fraction] = {}
    for parent, inside in members.items():
        odd = any(part.weight != _default_weight(part, members) for part in inside)
        mixed = len({part.type == "credits" for part in inside}) > 1
        if kinds.get(parent) != "n_of" and (odd or mixed):
            stated.update((part.id, part.weight) for part in inside)
    return stated


def _default_weight(
    part: Requirement | Group, members: dict[str, list[Requirement | Group]]
) -> Fraction:
    if isinstance(part, Requirement):
        return part.need
    if part.type == "n_of":
        return Fraction(part.n)
    return sum((inner.weight for inner in members[part.id]), Fraction(0))


def _facts(of: Qualification) -> Iterator[_Row]:
    for fact in of.facts:
        yield {
            "id": fact.id,
            "credits": fact.credits,
            "credit_unit": fact.credit_unit,
            "level": fact.level,
            "framework": fact.framework,
            "kind": fact.kind,
            "tag": fact.tags,
            "same_as": fact.same_as,
        }


def _limits(of: Qualification) -> Iterator[tuple[str, _Row]]:
    for share in of.shares:
        yield "[[share]]", {"requirements": share.requirements}
    for cap in of.caps:
        row = {"id": cap.id, "text": cap.text, "match": cap.match}
        row |= {"max_count": cap.max_count, "max_credits": cap.max_credits}
        yield "[[cap]]", {**row, "requirements": cap.requirements}
    for gate in of.gates:
        row = {"id": gate.id, "text": gate.text, "match": gate.match}
        row |= {"min_count": gate.min_count, "min_credits": gate.min_credits}
        yield "[[gate]]", {**row, "requirements": gate.requirements}
    for name in of.exclusive:
        yield "[[exclusive]]", {"group": name}


def _match_row(match: Match) -> _Row:
    row: _Row = match._asdict()
    row["any"] = [_match_row(inner) for inner in match.any]
    return {key: value for key, value in row.items() if value not in ("", (), [], None)}


def _value(value: Any) -> str:
    """Write one value on one line."""
    if isinstance(value, Match):
        return _value(_match_row(value))
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        return str(value.numerator) if whole else _value(plain(value))
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_value, value))}]"
    return _scalar(value)


def _scalar(value: str | int | date) -> str:
    import tomli_w  # noqa: PLC0415 -- lazily: only files with rules need it

    text = tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_seen(c) else _escape(c) for c in text)


def _key(key: str) -> str:
    # Of units of credits only: every other key is a word of the format.
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _scalar(key)


def _is_seen(character: str) -> bool:
    return character.isprintable() and ord(character) not in _UNSEEN


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _comment_lines(comments: Iterable[str]) -> Iterator[str]:
    for comment in comments:
        yield from _wrapped(comment)


def _wrapped(comment: str) -> Iterator[str]:
    """Break a comment at spaces; nothing in it can end the line."""
    words = ["".join(map(_shown, word)) for word in comment.split()]
    line = "#"
    for word in words:
        if line != "#" and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = "#  "
        line = f"{line} {word}"
    yield line


def _shown(character: str) -> str:
    return character if _is_seen(character) else "?"

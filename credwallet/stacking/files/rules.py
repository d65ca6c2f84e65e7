"""What does a qualification file say, and does it make sense?

`format = "credwallet-qualification/1"`: `docs/qualification-file.md` states it. One
file holds one qualification. Everything wrong is found in one reading, each with its
line; a file with an error is never used in part.
"""

from collections.abc import Iterable
from fractions import Fraction

from credwallet.errors import Usage
from credwallet.model.qualification import Group, Qualification, Requirement
from credwallet.stacking.files.limit_rules import (
    read_caps,
    read_exclusive,
    read_gates,
    read_shares,
    warn_of_missing_gate,
)
from credwallet.stacking.files.match_rules import achievements_named, read_match
from credwallet.stacking.files.qualification_rules import Head, read_facts, read_head
from credwallet.stacking.files.structure import Node, check_tree, weigh
from credwallet.stacking.files.toml_table import Finding, Sheet, Table

FORMAT = "credwallet-qualification/1"
MAX_REQUIREMENTS = 2000

_TABLES = (
    "format",
    "qualification",
    "requirement",
    "group",
    "share",
    "cap",
    "gate",
    "exclusive",
    "achievement",
)
_TYPES = ("credential", "count", "credits", "manual")


def lint(text: str) -> tuple[Finding, ...]:
    """Find everything in a qualification file that is wrong or doubtful.

    Args:
        text: The whole file.

    Returns:
        Findings by line; none of `severity` `error` if the file can be used.

    """
    from credwallet.stacking.files.doubts import doubt  # noqa: PLC0415 -- lazily: lint only

    try:
        sheet, qualification = _read(text)
    except Usage as error:
        return (_finding_of(error),)
    if qualification is not None:
        doubt(sheet, qualification)
    return tuple(sorted(sheet.findings))


def load(text: str, source_name: str) -> Qualification:
    """Read a qualification file.

    Args:
        text: The whole file.
        source_name: What to call it in an error.

    Returns:
        The qualification.

    Raises:
        Usage: If anything in it is wrong; the first error, with its line.

    """
    sheet, qualification = _read_named(text, source_name)
    refuse(sorted(sheet.findings), source_name)
    if qualification is None:
        raise AssertionError(source_name)
    return qualification


_GUESS = "did you mean"


def refuse(
    findings: Iterable[Finding],
    source_name: str,
    *,
    next_step: str = "credwallet qualification lint FILE names them all",
) -> None:
    """Raise the first error among findings, if there is one.

    Args:
        findings: What reading a file found.
        source_name: What to call it in the error.
        next_step: Where all of it is told; also of an error without a hint of its own.

    Raises:
        Usage: If there is an error; the first one by line, with the number of others.

    """
    errors = sorted(entry for entry in findings if entry.severity == "error")
    if not errors:
        return
    first, *others = errors
    more = f" (and {len(others)} more)" if others else ""
    # A misspelled name is often why other things are missing.
    guessed = next((each for each in others if each.hint.startswith(_GUESS)), None)
    hint = first.hint
    if guessed and not hint.startswith(_GUESS):
        hint = f"line {guessed.line}: {guessed.hint}"
    hints = (hint, next_step if others or not hint else "")
    raise Usage(
        f"{source_name}: line {first.line}: {first.message}{more}",
        next_step="; ".join(each for each in hints if each),
        file=source_name,
        line=first.line,
        column=first.column,
    )


# Where files of our own formats belong, for who gives one to the wrong command.
_BELONGS = {
    "credwallet-qualification/1": "keep it with: credwallet qualification add FILE",
    "credwallet-offers/1": "keep it with: credwallet offer add FILE",
    "credwallet-what-if/1": "that is given to stack-progress with: --what-if FILE",
}


def check_format(sheet: Sheet, expected: str) -> bool:
    """Note a file that is of no or another format.

    Args:
        sheet: The parsed file.
        expected: The value of `format` that it must have.

    Returns:
        False if it says that it is something else, so that the rest means nothing.

    """
    found = sheet.root.get("format")
    if found != expected:
        word = "is missing" if found is None else "is another one"
        other = _BELONGS.get(found, "") if isinstance(found, str) else ""
        sheet.add(
            sheet.places.of("", 0, "format"),
            f"the format {word}" + (f", {found}" if other else ""),
            hint=other or f'the first line must be format = "{expected}"',
        )
    return found is None or found == expected


def _read_named(text: str, source_name: str) -> tuple[Sheet, Qualification | None]:
    try:
        return _read(text)
    except Usage as error:
        raise error.said_of(source_name) from None


def _read(text: str) -> tuple[Sheet, Qualification | None]:
    """Read a file; there is no qualification where there is an error."""
    sheet = Sheet(text)
    if not check_format(sheet, FORMAT):
        return sheet, None
    _hint_override(sheet)
    sheet.unknown_tables(_TABLES)
    qualification = _qualification(sheet)
    if any(entry.severity == "error" for entry in sheet.findings):
        return sheet, None
    return sheet, qualification


def _hint_override(sheet: Sheet) -> None:
    if "override" in sheet.root:
        sheet.add(
            sheet.places.of("override", 0),
            "an override is about one learner and has no place among the rules",
            hint="put it into a what-if file",
        )
        del sheet.root["override"]


def _qualification(sheet: Sheet) -> Qualification | None:
    table = sheet.table("qualification")
    head = read_head(table)
    requirement_tables = sheet.tables("requirement", most=MAX_REQUIREMENTS)
    group_tables = sheet.tables("group", most=MAX_REQUIREMENTS)
    leaves = tuple(_requirement(entry) for entry in requirement_tables)
    groups = tuple(_group(entry) for entry in group_tables)
    if not leaves:
        table.error(
            "",
            "there is no [[requirement]]",
            hint="write one: [[requirement]] with an id and a match",
        )
    nodes = (*(node for node, _ in leaves), *groups)
    weights = weigh(nodes) if check_tree(nodes) else {}
    ids = frozenset(node.id for node, _ in leaves)
    shares = read_shares(sheet, ids)
    caps = read_caps(sheet, ids, head["total_credits"])
    gates = read_gates(sheet, ids, head["total_credits"])
    requirements = tuple(
        entry._replace(weight=weights.get(node.id, Fraction(1)))
        for node, entry in leaves
    )
    facts = read_facts(sheet)
    exclusive = read_exclusive(sheet)
    _warn_of_units(table, requirements, head)
    warn_of_missing_gate(sheet, requirements, shares, gates)
    qualification = Qualification(
        **head,
        requirements=requirements,
        groups=tuple(_group_of(node, weights) for node in groups),
        shares=shares,
        caps=caps,
        gates=gates,
        exclusive=exclusive,
        facts=facts,
    )
    _refuse_own_award(table, qualification)
    return qualification


def _requirement(table: Table) -> tuple[Node, Requirement]:
    identity = _identity(table)
    kind = table.word("type", _TYPES)
    weight = table.number("weight")
    need = Fraction(1)
    if kind == "count":
        need = Fraction(table.integer("n") or _missing(table, "n"))
    elif kind == "credits":
        need = table.number("credits") or _missing(table, "credits")
    _refuse_others(table, kind)
    inline = table.table("match")
    match = read_match(inline) if inline else None
    if match is None and kind != "manual" and not table.has("match"):
        table.error("", f"requirement '{identity}' has no match")
    if match is not None and kind == "manual":
        table.error("match", "a manual requirement has no match")
    parent = table.text("in")
    title, text = table.text("title"), table.text("text")
    table.finish()
    node = Node(identity, kind, parent, need, weight, table)
    entry = Requirement(
        id=identity,
        type=kind,
        need=need,
        match=match or read_match(Table(table.sheet, table.name, table.index, {})),
        weight=weight or need,
        group=parent,
        title=title,
        text=text,
    )
    return node, entry


def _group(table: Table) -> Node:
    identity = _identity(table)
    kind = table.word("type", ("all_of", "n_of"))
    weight = table.number("weight")
    n = table.integer("n")
    if kind == "n_of" and n is None and not table.has("n"):
        _missing(table, "n")
    if kind == "all_of" and n is not None:
        table.error("n", "all_of has no n", hint="n_of has")
    parent = table.text("in")
    table.text("title")
    table.text("text")
    table.finish()
    return Node(identity, kind, parent, Fraction(n or 1), weight, table)


def _group_of(node: Node, weights: dict[str, Fraction]) -> Group:
    return Group(
        id=node.id,
        type=node.type,
        n=int(node.size),
        weight=weights.get(node.id, Fraction(1)),
        group=node.parent,
        title=node.table.text("title"),
        text=node.table.text("text"),
    )


def _identity(table: Table) -> str:
    identity = table.text("id", required=True)
    return identity or f"{table.name} {table.index + 1}"


def _missing(table: Table, key: str) -> Fraction:
    if not table.has(key):
        table.error("", f"type {table.values.get('type')!r} needs {key}")
    return Fraction(1)


def _refuse_others(table: Table, kind: str) -> None:
    """Note an amount that belongs to another type of requirement."""
    for key, owner in (("n", "count"), ("credits", "credits")):
        if table.has(key) and kind != owner:
            table.asked.append(key)
            hint = f'type = "{owner}" has'
            table.error(key, f"a {kind} requirement has no {key}", hint=hint)


def _warn_of_units(
    table: Table, requirements: tuple[Requirement, ...], head: Head
) -> None:
    if head["credit_unit"] or not any(r.type == "credits" for r in requirements):
        return
    table.warning(
        "",
        "there is no credit_unit, so no credits count",
        hint='say credit_unit = "ects" or whatever the credits are',
    )


def _refuse_own_award(table: Table, qualification: Qualification) -> None:
    if qualification.award is None:
        return
    award = achievements_named(qualification.award)
    for entry in qualification.requirements:
        if award & achievements_named(entry.match):
            table.error("award", f"the award is asked for by '{entry.id}': a circle")
            return


def _finding_of(error: Usage) -> Finding:
    what = error.what.partition(": ")[2] or error.what
    return Finding(error.line or 1, error.column or 1, "error", what, error.next_step)

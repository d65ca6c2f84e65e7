"""What does a policy file say, and does it make sense?

`format = "credwallet-policy/1"`: `docs/policies.md` states it. A file holds no code and
no patterns: every name and value is compared as it stands. A file with an error is
never used in part.
"""

from credwallet.errors import Usage
from credwallet.stacking.files.rules import check_format, refuse
from credwallet.stacking.files.toml_table import Finding, Sheet, Table, near, shown
from credwallet.stacking.policies.pack import Element, Fact, Field, Limit, Pack
from credwallet.stacking.policies.vocabulary import ANY, VOCABULARIES

FORMAT = "credwallet-policy/1"

_TABLES = ("format", "policy", "element", "field", "fact", "limit")
_MOST = 500
_DEEPEST = 16
_PLACES = (*VOCABULARIES, ANY)

# Places by element and vocabulary.
_Extra = dict[tuple[str, str], list[Field]]


def load_pack(text: str, source_name: str) -> Pack:
    """Read a policy file.

    Args:
        text: The whole file, at most 1 MiB.
        source_name: What to call it in an error.

    Returns:
        The policy.

    Raises:
        Usage: If anything in it is wrong; the first error, with its line.

    """
    try:
        pack, findings = _read(text)
    except Usage as error:
        raise error.said_of(source_name) from None
    refuse(findings, source_name, next_step="docs/policies.md states the format")
    if pack is None:
        raise AssertionError(source_name)
    return pack


def _read(text: str) -> tuple[Pack | None, tuple[Finding, ...]]:
    sheet = Sheet(text)
    if not check_format(sheet, FORMAT):
        return None, tuple(sheet.findings)
    sheet.unknown_tables(_TABLES)
    table = sheet.table("policy")
    extra, named = _extra(sheet)
    pack = Pack(
        id=table.text("id", required=True),
        title=table.text("title", required=True),
        text=table.text("text"),
        status=table.word("status", ("recommendation", "rule")),
        published_by=table.text("published_by"),
        source=table.text("source", required=True),
        dated=table.day("dated"),
        read_at=table.text("read_at"),
        read_on=table.day("read_on"),
        elements=_elements(sheet, extra),
        facts=_facts(sheet, table),
        limits=_limits(sheet),
    )
    table.finish()
    if pack.read_on is None and not table.has("read_on"):
        table.error("", "the policy does not say when it was read", hint="read_on")
    if not pack.elements:
        table.error("", "there is no [[element]]", hint="a policy asks for something")
    _refuse_strangers(pack.elements, named)
    return pack, tuple(sorted(sheet.findings))


def _elements(sheet: Sheet, extra: _Extra) -> tuple[Element, ...]:
    tables = sheet.tables("element", most=_MOST)
    elements = tuple(_element(table, extra) for table in tables)
    _refuse_doubles(tables, [entry.id for entry in elements])
    return elements


def _element(table: Table, extra: _Extra) -> Element:
    identity = table.text("id", required=True)
    fields = {
        key: (*_paths(table, key), *extra.get((identity, key), ())) for key in _PLACES
    }
    element = Element(
        id=identity,
        title=table.text("title") or identity,
        text=table.text("text"),
        need=table.word("need", ("mandatory", "optional")),
        when=table.text("when"),
        fields={key: places for key, places in fields.items() if places},
        words=_paths(table, "in_words"),
        not_visible=table.text("not_visible"),
    )
    table.finish()
    if element.when and element.need == "optional":
        table.error("when", "only a mandatory element has a condition")
    if element.not_visible and (element.fields or element.words):
        table.error("not_visible", "what cannot be seen has no places either")
    stated = any(map(table.has, (*_PLACES, "not_visible")))
    if not stated and not element.fields:
        hint = f"one of {', '.join(_PLACES)}, or not_visible"
        table.error("", f"element {shown(identity)} says no place", hint=hint)
    return element


def _paths(table: Table, key: str) -> tuple[Field, ...]:
    return tuple(Field(_path(table, key, text)) for text in table.texts(key))


def _path(table: Table, key: str, text: str) -> tuple[str, ...]:
    names = tuple(text.split("."))
    if len(names) > _DEEPEST or not all(_is_name(name) for name in names):
        table.error(
            key,
            f"{shown(text)} is no path",
            hint="member names with dots between, such as issuer.address",
        )
    return names


def _is_name(name: str) -> bool:
    return bool(name) and name.isprintable() and " " not in name


def _extra(sheet: Sheet) -> tuple[_Extra, list[tuple[Table, str]]]:
    """Read the places that ask for a value, `[[field]]`."""
    extra: _Extra = {}
    named = []
    for table in sheet.tables("field", most=_MOST):
        element = table.text("element", required=True)
        vocabulary = table.word("vocabulary", _PLACES)
        path = _path(table, "path", table.text("path", required=True) or "?")
        values, others = table.texts("is"), table.texts("is_not")
        if table.has("is") == table.has("is_not"):
            table.error("", "a field says either is or is_not", hint="and which values")
        member = table.text("member", required=True)
        field = Field(path, member, values or others, excluded=bool(others))
        table.finish()
        extra.setdefault((element, vocabulary), []).append(field)
        named.append((table, element))
    return extra, named


def _facts(sheet: Sheet, policy: Table) -> tuple[Fact, ...]:
    tables = sheet.tables("fact", most=_MOST)
    facts = []
    for table in tables:
        facts.append(
            Fact(
                id=table.text("id", required=True),
                text=table.text("text", required=True),
                source=table.text("source") or policy.text("source"),
                read_on=table.day("read_on") or policy.day("read_on"),
            )
        )
        table.finish()
    _refuse_doubles(tables, [fact.id for fact in facts])
    return tuple(facts)


def _limits(sheet: Sheet) -> tuple[Limit, ...]:
    tables = sheet.tables("limit", most=_MOST)
    limits = []
    for table in tables:
        identity = table.text("id", required=True)
        text = table.text("text")
        limits.append(Limit(identity, text, table.text("toml", required=True)))
        table.finish()
    _refuse_doubles(tables, [limit.id for limit in limits])
    return tuple(limits)


def _refuse_doubles(tables: tuple[Table, ...], ids: list[str]) -> None:
    seen: set[str] = set()
    for table, identity in zip(tables, ids, strict=True):
        if identity in seen:
            table.error("id", f"there are two of the id {shown(identity)}")
        seen.add(identity)


def _refuse_strangers(
    elements: tuple[Element, ...], named: list[tuple[Table, str]]
) -> None:
    ids = [element.id for element in elements]
    for table, name in named:
        if name and name not in ids:
            hint = near(name, ids)
            table.error("element", f"no element {shown(name)}", hint=hint)

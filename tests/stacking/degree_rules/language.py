"""Reads the rule language itself: what a `result` or a `filter` asks for."""

import re
from fractions import Fraction
from typing import NamedTuple

_DIGITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten"),
)
NUMBERS = {word: n for n, word in enumerate(_DIGITS)} | {
    "one-point-five": Fraction(3, 2)
}


class Course(NamedTuple):
    """A course by department and number; a section, year or term may narrow it."""

    department: str
    number: int
    lab: bool = False
    offering: tuple[str, ...] = ()  # section, year, term; `*` for any

    @property
    def narrow(self):
        return any(part != "*" for part in self.offering)


class Both(NamedTuple):
    """`A & B`."""

    items: tuple


class Either(NamedTuple):
    """`A | B`."""

    items: tuple


class Of(NamedTuple):
    """`two of (...)`; `at most` if `most`."""

    n: int
    items: tuple
    most: bool
    word: str


class Where(NamedTuple):
    """`two distinct courses where {...}`."""

    n: int
    test: object
    distinct: bool


class Occurrence(NamedTuple):
    """`two occurrences of THEAT 253`."""

    n: int
    course: Course


class Modifier(NamedTuple):
    """`three courses from children where {...}`; `parts` are named ones or None."""

    n: Fraction
    most: bool
    what: str
    besides: Course | None
    source: str
    parts: tuple[str, ...] | None
    test: object


class Reference(NamedTuple):
    """Another part of the file by its name."""

    name: str


class Compare(NamedTuple):
    """`level = 300`; several values: one of them will do."""

    key: str
    operator: str
    values: tuple


class Earliest(NamedTuple):
    """`year >= min (year) from courses where {...}`: an order in time."""

    text: str


class All(NamedTuple):
    """Conditions that must all hold."""

    items: tuple


class Any(NamedTuple):
    """Conditions of which one must hold."""

    items: tuple


class Part(NamedTuple):
    """A file or a part of it."""

    name: str
    result: object
    filter: object  # a tuple of courses, a condition, or None
    notes: tuple[str, ...]
    by_hand: str
    share: bool
    parts: "dict[str, Part]"


_HEAD = {"name", "slug", "type", "revision", "available through"}
_COURSE = re.compile(
    r"([A-Z]+(?:/[A-Z]+)*)?\s*(\d{3})(L?)((?:\.(?:\*|[A-Z]|\d{1,4}))*)(?![\w])"
)
_WORDS = "|".join([*sorted(NUMBERS, key=len, reverse=True), "all", "any"])
_COUNT = re.compile(rf"(at most\s+)?({_WORDS})\b")


def read_part(name, value):
    """A part out of the mapping that `layout.read` gives."""
    value = {"result": value} if isinstance(value, str) else value
    parts = {
        key: read_part(key, inner)
        for key, inner in value.items()
        if key[0].isupper() or key[0].isdigit()
    }
    known = {*_HEAD, "result", "filter", "message", "description"}
    known |= {"children share courses", "student selected", "contract", *parts}
    assert set(value) <= known, set(value) - known
    notes = tuple(value[key] for key in ("message", "description") if key in value)
    by_hand = ""
    if "student selected" in value or "contract" in value:
        by_hand = "contract" if "contract" in value else "student selected"
    elif not value.get("result") and not value.get("filter"):
        by_hand = "message"
    names = _names(parts)
    chosen = value.get("filter")
    return Part(
        name=name,
        result=_Reader(value["result"], names).whole() if value.get("result") else None,
        filter=_Reader(chosen, names).filter() if chosen else None,
        notes=notes,
        by_hand=by_hand,
        share=value.get("children share courses") == "true",
        parts=parts,
    )


def _names(parts):
    names = {}
    for full in parts:
        title, _, short = full.partition("(")
        names |= {name: full for name in (title.strip(), short.rstrip(")")) if name}
    return names | {full: full for full in parts}


class _Reader:
    """One pass over an expression, from left to right."""

    def __init__(self, text, names):
        self.text = text
        self.at = 0
        self.names = sorted(names.items(), key=lambda pair: -len(pair[0]))
        self.department = ""

    def whole(self):
        found = self.either()
        assert self.rest() == "", self.rest()[:60]
        return found

    def rest(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at :]

    def take(self, pattern):
        found = re.compile(pattern).match(self.rest())
        if found:
            self.at += found.end()
        return found

    def need(self, pattern):
        found = self.take(pattern)
        assert found, (pattern, self.rest()[:60])
        return found

    def several(self, one, sign, kind):
        items = [one()]
        while self.take(sign):
            items.append(one())
        return items[0] if len(items) == 1 else kind(tuple(items))

    def either(self):
        return self.several(self.both, r"\|", Either)

    def both(self):
        return self.several(self.single, r"&", Both)

    def single(self):
        if self.take(r"\("):
            found = self.either()
            self.need(r"\)")
            return found
        return self.course() or self.counted() or self.reference()

    def course(self):
        found = self.take(_COURSE.pattern)
        if found is None:
            return None
        self.department = found.group(1) or self.department
        offering = tuple(found.group(4).split(".")[1:])
        return Course(
            self.department, int(found.group(2)), bool(found.group(3)), offering
        )

    def counted(self):
        found = self.take(_COUNT.pattern)
        if found is None:
            return None
        most, word = bool(found.group(1)), found.group(2)
        if self.take(r"of\b"):
            items = self.list(self.either)
            n = {"all": len(items), "any": 1}.get(word, NUMBERS.get(word))
            return Of(n, items, most, word)
        n = NUMBERS[word]
        if self.take(r"occurrences?\s+of\b"):
            return Occurrence(n, self.course())
        distinct = bool(self.take(r"distinct\b"))
        if self.take(r"courses?\s+where\b"):
            assert not most
            return Where(n, self.test(), distinct)
        what = self.need(r"(course|credit|department|term)s?\b").group(1)
        besides = self.course() if self.take(r"besides\b") else None
        self.need(r"from\b")
        parts = None
        source = "children"
        if plain := self.take(r"(children|filter|courses)\b"):
            source = plain.group(1)
        elif self.rest().startswith("("):
            parts = tuple(entry.name for entry in self.list(self.reference))
        else:
            parts = (self.reference().name,)
        test = self.test() if self.take(r"where\b") else None
        return Modifier(Fraction(n), most, what, besides, source, parts, test)

    def list(self, one):
        self.need(r"\(")
        items = [one()]
        # A comma was forgotten here and there; the language does not mind.
        while not (self.take(r",?\s*\)")):
            self.take(r",")
            items.append(one())
        return tuple(items)

    def reference(self):
        rest = self.rest()
        for name, full in self.names:
            if rest.startswith(name) and not rest[len(name) :][:1].isalnum():
                self.at += len(name)
                return Reference(full)
        raise AssertionError(rest[:60])

    def filter(self):
        self.need(r"only\s+courses\b")
        found = self.test() if self.take(r"where\b") else None
        if found is None:
            self.need(r"from\b")
            found = self.list(self.course)
        assert self.rest() == ""
        return found

    def test(self):
        self.need(r"\{")
        found = self.any_of()
        self.need(r"\}")
        return found

    def any_of(self):
        return self.several(self.all_of, r"\|", Any)

    def all_of(self):
        return self.several(self.one, r"&", All)

    def one(self):
        if self.take(r"\("):
            found = self.any_of()
            self.need(r"\)")
            return found
        key = self.need(r"[a-z]+").group()
        operator = self.need(r"<=|>=|!=|==|=|<|>").group()
        if order := self.take(r"min\s*\(\s*\w+\s*\)\s*from\s+courses\s+where\b"):
            return Earliest(f"{key} {operator} {order.group()} {self.test()}")
        key = {"dept": "department", "num": "number"}.get(key, key)
        if not self.take(r"\("):
            return Compare(key, operator, (self.value(),))
        values = [self.value()]
        while self.take(r"\|"):
            values.append(self.value())
        self.need(r"\)")
        return Compare(key, operator, tuple(values))

    def value(self):
        word = self.need(r"[A-Za-z0-9_-]+").group()
        return int(word) if word.isdigit() else word

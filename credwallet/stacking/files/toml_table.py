"""What does one table of a TOML file hold, and what in it makes no sense?

A `Table` hands out its keys by name and kind. Whatever is wrong becomes a `Finding`
with its place, so that one reading names all mistakes of a file; a key that nobody
asked for is unknown.
"""

import difflib
import re
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from credwallet.errors import Usage
from credwallet.stacking.amounts import Decimal, exact
from credwallet.stacking.files import toml_places

_LONGEST = 4096
# Of two words: below this nobody would take one for the other.
_ALIKE = 0.65
_MOST_VALUES = 4000
_MOST_FINDINGS = 200

Value = TypeVar("Value")


class Finding(NamedTuple):
    """One thing to say about a file; `severity` is `error` or `warning`.

    `line` and `column` count from 1.
    """

    line: int
    column: int
    severity: str
    message: str
    hint: str = ""


class Sheet:
    """A parsed file: its tables, where they stand, and what was found so far."""

    def __init__(
        self,
        text: str,
        *,
        most_bytes: int = toml_places.MAX_BYTES,
        rows: bool = False,
    ) -> None:
        # Of a table in rows and columns, which is spoken of in other words.
        self.rows = rows
        self.findings: list[Finding] = []
        self.places = toml_places.find(text, most_bytes=most_bytes)
        self.root = _parse(text)

    def add(
        self, place: toml_places.Place, message: str, *, hint: str = "", **kind: str
    ) -> None:
        """Note a finding; `severity="warning"` if it is no error.

        Args:
            place: Line and column, each counted from 1.
            message: One line, lower case, no full stop.
            hint: What to write instead, `""` if there is nothing to say.
            kind: `severity`, which is `error` if it is not given.

        """
        if self.full():
            return
        severity = kind.get("severity", "error")
        self.findings.append(Finding(*place, severity, message, hint))

    def full(self) -> bool:
        """Say whether so much is wrong that more of it helps nobody."""
        return len(self.findings) >= _MOST_FINDINGS

    def table(self, name: str) -> "Table":
        """Return the `[name]` of the file, empty if there is none."""
        value = self.root.get(name)
        table = Table(self, name, 0, value if isinstance(value, dict) else {})
        if not isinstance(value, dict):
            word = "is missing" if value is None else "must be one table"
            self.add(table.place(), f"[{name}] {word}")
        return table

    def tables(self, name: str, *, most: int) -> "tuple[Table, ...]":
        """Return every `[[name]]` of the file, at most so many.

        Args:
            name: Of the array of tables, as in the file.
            most: How many are read; one more is an error, and those behind it are left
                out.

        Returns:
            In the order of the file; none if there is no such array.

        """
        value = self.root.get(name, [])
        if not isinstance(value, list) or any(not isinstance(v, dict) for v in value):
            place = self.places.of(name, 0)
            self.add(place, f"[[{name}]] must be an array of tables")
            return ()
        if len(value) > most:
            what = "rows" if self.rows else f"of [[{name}]]"
            self.add(self.places.of(name, most), f"more than {most:,} {what}")
        return tuple(
            Table(self, name, index, entry) for index, entry in enumerate(value[:most])
        )

    def unknown_tables(self, known: Iterable[str]) -> None:
        """Note every top-level key that the format does not have."""
        names = tuple(known)
        for name in self.root:
            if name not in names and not self.full():
                place = self.places.of(name, 0)
                if (name, 0, "") not in self.places.by_key:
                    place = self.places.of("", 0, name)
                self.add(place, f"unknown table {shown(name)}", hint=near(name, names))


class Table:
    """One table, read key by key."""

    def __init__(
        self,
        sheet: Sheet,
        name: str,
        index: int,
        values: dict[str, Any],
        path: str = "",
    ) -> None:
        self.sheet = sheet
        self.name = name
        self.index = index
        self.values = values
        self.path = path
        self.asked: list[str] = []

    def place(self, key: str = "") -> toml_places.Place:
        """Return where a key stands, or the table."""
        path = ".".join(filter(None, (self.path, key)))
        return self.sheet.places.of(self.name, self.index, path)

    def error(self, key: str, message: str, *, hint: str = "") -> None:
        """Note an error at a key, `""` for the table itself.

        Args:
            key: As the file spells it.
            message: One line, lower case, no full stop.
            hint: What to write instead, `""` if there is nothing to say.

        """
        self.sheet.add(self.place(key), message, hint=hint)

    def warning(self, key: str, message: str, *, hint: str = "") -> None:
        """Note a warning at a key, `""` for the table itself.

        Args:
            key: As the file spells it.
            message: One line, lower case, no full stop.
            hint: What to write instead, `""` if there is nothing to say.

        """
        self.sheet.add(self.place(key), message, hint=hint, severity="warning")

    def has(self, key: str) -> bool:
        """Say whether the key is there, of whatever kind."""
        return key in self.values

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a string, `""` if there is none.

        Args:
            key: As the file spells it.
            required: Whether it is an error that there is none.

        Returns:
            Never blank if it is there; `""` for what is no such string, too, which is
            an error.

        """
        value = self._value(key)
        if value is None:
            if required:
                self.error("", f"{self._label()} has no {key}")
            return ""
        if not isinstance(value, str) or isinstance(value, Decimal):
            return self._wrong(key, "a string", "")
        if not value.strip() or len(value) > _LONGEST:
            return self._wrong(key, f"a string of 1 to {_LONGEST} characters", "")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a string or an array of strings as a tuple, without repeats."""
        value = self._value(key)
        if value is None:
            return ()
        many = value if isinstance(value, list) else [value]
        if not many or len(many) > _MOST_VALUES or not all(map(_is_text, many)):
            form = "a string or an array of strings, not empty"
            if self.sheet.rows:
                form = "one value, or several with semicolons between them"
            return self._wrong(key, form, ())
        return tuple(dict.fromkeys(many))

    def integer(self, key: str, *, least: int = 1) -> int | None:
        """Return a whole number of at least `least`, None if there is none.

        Args:
            key: As the file spells it.
            least: The smallest number that is allowed; the largest is 10^9.

        Returns:
            None for what is no such number, too, which is an error.

        """
        value = self._value(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            return self._wrong(key, "a whole number", None)
        if not least <= value <= 10**9:
            return self._wrong(key, f"a whole number of at least {least}", None)
        return value

    def number(self, key: str, *, positive: bool = True) -> Fraction | None:
        """Return an exact number, None if there is none.

        A TOML number, or a string that holds a decimal or a fraction.

        Args:
            key: As the file spells it.
            positive: Whether 0 is an error; less than 0 always is.

        Returns:
            None for what is no such number, too, which is an error.

        """
        value = self._value(key)
        if value is None:
            return None
        ok = isinstance(value, int | str) and not isinstance(value, bool)
        number = exact(str(value)) if ok and abs(_size(value)) <= 40 else None
        if number is None or number < 0 or (positive and number == 0):
            want = "above 0" if positive else "of at least 0"
            return self._wrong(key, f"an exact number {want}", None)
        return number

    def day(self, key: str) -> date | None:
        """Return a date, None if there is none; a date in a string will do."""
        value = self._value(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return self._wrong(key, "a date such as 2026-01-31", None)
        if value is None or isinstance(value, date):
            return value
        return self._wrong(key, "a date such as 2026-01-31", None)

    def word(self, key: str, words: tuple[str, ...], *, default: str = "") -> str:
        """Return one of the words, the default if there is none.

        Args:
            key: As the file spells it.
            words: All that are allowed, at least one.
            default: What counts if there is none; with `""` that is an error.

        """
        value = self._value(key)
        if value is None:
            if not default:
                self.error("", f"{self._label()} has no {key}", hint=_one_of(words))
            return default
        if value not in words or not isinstance(value, str):
            hint = near(value, words) if isinstance(value, str) else ""
            message = f"{key} is no {shown(value)}"
            self.error(key, message, hint=hint or _one_of(words))
            return default or words[0]
        return value

    def table(self, key: str) -> "Table | None":
        """Return an inline table, None if there is none."""
        value = self._value(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            return self._wrong(key, "a table such as { tag = [...] }", None)
        return self._inner(key, value)

    def inner_tables(self, key: str) -> "tuple[Table, ...]":
        """Return an array of inline tables."""
        value = self._value(key)
        if value is None:
            return ()
        few = isinstance(value, list) and 0 < len(value) <= _MOST_VALUES
        if not few or any(not isinstance(entry, dict) for entry in value):
            return self._wrong(key, "an array of tables, not empty", ())
        return tuple(self._inner(key, entry) for entry in value)

    def finish(self) -> None:
        """Note every key that was not asked for."""
        for key in self.values:
            if key not in self.asked and not self.sheet.full():
                hint = near(key, self.asked)
                self.error(
                    key, f"unknown key {shown(key)} in {self._label()}", hint=hint
                )

    def _inner(self, key: str, values: dict[str, Any]) -> "Table":
        path = ".".join(filter(None, (self.path, key)))
        return Table(self.sheet, self.name, self.index, values, path)

    def _value(self, key: str) -> Any:
        self.asked.append(key)
        return self.values.get(key)

    def _wrong(self, key: str, want: str, instead: Value) -> Value:
        self.error(key, f"{key} of {self._label()} must be {want}")
        return instead

    def _label(self) -> str:
        if self.path:
            return self.path.rpartition(".")[2]
        name = self.values.get("id")
        return f"{self.name} {shown(name)}" if isinstance(name, str) else self.name


def shown(value: Any) -> str:
    """Quote something from a file within a message, cut short and on one line."""
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:57] + "..."
        return "'" + "".join(c if c.isprintable() else "?" for c in text) + "'"
    return f"a {type(value).__name__}"


def near(name: str, names: Iterable[str]) -> str:
    """Suggest the nearest of the names, or `""`.

    Args:
        name: What the file says; only its first 80 characters count.
        names: What it could have meant.

    Returns:
        A hint, ready to be shown.

    """
    found = difflib.get_close_matches(name[:80], tuple(names), n=1, cutoff=_ALIKE)
    return f"did you mean {found[0]!r}?" if found else ""


def _parse(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 -- lazily: only files with rules need it

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        what = str(error)[: place.start()] if place else str(error).partition(" (at")[0]
        line = int(place.group(1)) if place else text.count("\n") + 1
        column = int(place.group(2)) if place else None
        at = f"line {line}" + (f", column {column}" if column else "")
        raise Usage(
            f"{at}: {_other_form(text) or what[:1].lower() + what[1:]}",
            next_step='the file must be TOML 1.0, with lines such as title = "..."',
            line=line,
            column=column,
        ) from None
    except (ValueError, RecursionError, OverflowError):
        # A number beyond what Python reads; tomllib says no place.
        raise Usage(
            "line 1: somewhere in it stands a number that is too long",
            next_step="look for a number of thousands of digits",
            line=1,
        ) from None


def _other_form(text: str) -> str:
    """Say what the file is in place of TOML, if its first sign tells."""
    forms = {"{": "it is JSON, and not TOML", "<": "it is a web page, and not TOML"}
    return forms.get(text.lstrip()[:1], "")


def _is_text(value: Any) -> bool:
    plain = isinstance(value, str) and not isinstance(value, Decimal)
    return plain and 0 < len(value) <= _LONGEST


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str) else (value.bit_length() // 3)


def _one_of(words: tuple[str, ...]) -> str:
    return "one of " + ", ".join(words)

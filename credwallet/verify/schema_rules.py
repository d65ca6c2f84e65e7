"""Which rules of a JSON Schema does a document break, at a bounded cost?

JSON Schema 2019-09 and 2020-12 by the library `jsonschema` (the extra `schema`). A
schema comes from a stranger: nothing it refers to is loaded, regular expressions that
could run for ever are not run, and all work is counted.
"""

import importlib.util
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.canon.json_scan import to_pointer
from credwallet.errors import Undetermined, Unreadable

_MAX_BYTES = 256 * 1024
_MAX_NODES = 20_000
# Applications of a keyword to a small value, about 10 microseconds each.
_MAX_WORK = 100_000
_MOST = 5
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
# What is evaluated around the counting, at a cost that multiplies.
_UNBOUNDED = ("unevaluatedProperties", "unevaluatedItems")
_IN_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_MAX_PATTERN = 200


class Violation(NamedTuple):
    """A rule that is broken: where (a JSON Pointer), and which."""

    pointer: str
    what: str


class _TooMuchError(Exception):
    """The work that a schema may cause is used up."""


class _Work:
    """Counts what a schema costs; values are weighed once."""

    def __init__(self, document: Any) -> None:
        self._left = _MAX_WORK
        self._weights: dict[int, int] = {}
        self._weigh(document)

    def _weigh(self, value: Any) -> int:
        if isinstance(value, dict):
            weight = sum(len(name) + self._weigh(item) for name, item in value.items())
        elif isinstance(value, list):
            weight = sum(map(self._weigh, value)) + len(value)
        else:
            weight = len(value) if isinstance(value, str) else 8
        self._weights[id(value)] = weight
        return weight

    def spend(self, value: Any) -> None:
        """Pay for one keyword, which may spell the value in a message."""
        self.pay(1 + self._weights.get(id(value), 0) // 2000)

    def pay(self, amount: int) -> None:
        """Pay.

        Raises:
            _TooMuchError: Nothing is left.

        """
        self._left -= amount
        if self._left < 0:
            raise _TooMuchError


def violations(
    document: Any, data: bytes, dialect: str, *, trusted: bool = False
) -> tuple[Violation, ...]:
    """Find rules of a schema that a document breaks.

    Args:
        document: JSON.
        data: The schema, JSON text.
        dialect: The `$schema` that counts where the schema says none.
        trusted: The schema comes with credwallet: it is sound, and safe to use.

    Returns:
        The first few; none if it fits.

    Raises:
        Undetermined: The extra is not installed, or the schema cannot be used safely.

    """
    if importlib.util.find_spec("jsonschema") is None:
        raise _unusable("it needs an extra", "pip install 'credwallet[schema]'")
    schema = strict_json.loads(data) if trusted else _read(data)
    import jsonschema  # noqa: PLC0415 -- lazily: an extra, and slow
    from referencing.exceptions import (  # noqa: PLC0415 -- lazily: comes with it
        Unresolvable,
    )

    try:
        return tuple(_violations(schema, document, dialect, trusted=trusted))
    except _TooMuchError:
        raise _unusable("it takes too long") from None
    except RecursionError:
        raise _unusable("it refers to itself without end") from None
    except (
        ArithmeticError,
        Unresolvable,
        jsonschema.exceptions.SchemaError,
        jsonschema.exceptions.UnknownType,
    ):
        raise _unusable("it is no sound JSON Schema") from None


def _read(data: bytes) -> Any:
    if len(data) > _MAX_BYTES:
        raise _unusable("it is larger than 256 KiB")
    try:
        schema = strict_json.loads(data)
    except Unreadable as error:
        raise _unusable(f"it is no JSON: {error.what}") from None
    for number, (name, value) in enumerate(_walk(schema)):
        if number >= _MAX_NODES:
            raise _unusable("it is too large")
        if name in _REFERENCES and not str(value).startswith("#"):
            raise _unusable("it refers to other documents")
        if name in _UNBOUNDED:
            raise _unusable(f"it uses {name}")
        if name == "pattern" and isinstance(value, str):
            _check_pattern(value)
        if name == "patternProperties" and isinstance(value, dict):
            for pattern in value:
                _check_pattern(pattern)
    return schema


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield name, item
            yield from _walk(item)
    elif isinstance(value, list):
        for item in value:
            yield "", item
            yield from _walk(item)


def _check_pattern(pattern: str) -> None:
    """Refuse all but simple expressions: few repeats, none of them of a group."""
    plain = _IN_CLASS.sub("x", pattern)
    simple = (
        len(pattern) <= _MAX_PATTERN
        and _repeats(pattern) <= 2
        and plain.count("(") <= 2
        and plain.count("|") <= 20
        and re.search(r"\)[*+?{]|\(\?[^:]", plain) is None
    )
    try:
        re.compile(pattern)
    except (re.error, OverflowError):
        simple = False
    if not simple:
        raise _unusable("it has a regular expression that could take too long")


def _repeats(pattern: str) -> int:
    return len(re.findall(r"[*+{]|(?<!\()\?", _IN_CLASS.sub("x", pattern)))


def _violations(
    schema: Any, document: Any, dialect: str, *, trusted: bool
) -> Iterator[Violation]:
    from jsonschema import validators  # noqa: PLC0415 -- lazily: an extra, and slow
    from jsonschema_specifications import REGISTRY  # noqa: PLC0415 -- comes with it

    named = schema.get("$schema", dialect) if isinstance(schema, dict) else dialect
    known = {str(each["$schema"]).rstrip("#"): each for each in _metaschemas()}
    meta = known.get(str(named).rstrip("#"))
    if meta is None:
        raise _unusable("its $schema is not one that we know")
    base = validators.validator_for(meta)
    work = _Work(document)
    if not trusted:
        sound = _counting(base, _Work(schema))(meta, registry=REGISTRY)
        if next(sound.iter_errors(schema), None) is not None:
            raise _unusable("it is no sound JSON Schema")
    # A registry of its own, without any way to fetch: all references are local.
    validator = _counting(base, work)(schema, registry=REGISTRY)
    for error in islice(validator.iter_errors(document), _MOST):
        path = tuple(str(step) for step in error.absolute_path)
        yield Violation(to_pointer(path), f"{error.validator}: {error.message[:120]}")


def _metaschemas() -> Iterator[dict[str, Any]]:
    from jsonschema import (  # noqa: PLC0415 -- lazily: an extra, and slow
        Draft4Validator,
        Draft6Validator,
        Draft7Validator,
        Draft201909Validator,
        Draft202012Validator,
    )

    for each in (
        Draft202012Validator,
        Draft201909Validator,
        Draft7Validator,
        Draft6Validator,
        Draft4Validator,
    ):
        yield each.META_SCHEMA


def _counting(base: Any, work: _Work) -> Any:
    """Make a validator whose keywords all pay for what they do."""
    from jsonschema import validators  # noqa: PLC0415 -- lazily: an extra, and slow

    # As `Any`: what is known of its types does not name what it takes.
    extend: Any = validators.extend
    rules = base.VALIDATORS.items()
    return extend(base, {name: _paid(name, rule, work) for name, rule in rules})


def _paid(name: str, rule: Callable[..., Any], work: _Work) -> Callable[..., Any]:
    def paid(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:
        work.spend(instance)
        if isinstance(value, list | dict):
            work.pay(len(value) // 10)
        if isinstance(instance, list):
            squared = name == "uniqueItems"
            work.pay(len(instance) ** 2 // 50 if squared else len(instance) // 10)
        if name == "pattern" and isinstance(instance, str):
            work.pay(len(instance) ** (_repeats(value) + 1) // 1000)
        if name in ("patternProperties", "additionalProperties"):
            work.pay(_cost_of_names(instance, schema))
        yield from rule(validator, value, instance, schema) or ()

    return paid


def _cost_of_names(instance: Any, schema: Any) -> int:
    """Weigh the search for every expression, of two repeats, in every name."""
    patterns = schema.get("patternProperties") if isinstance(schema, dict) else None
    if not isinstance(instance, dict) or not isinstance(patterns, dict):
        return 0
    return len(patterns) * sum(1 + len(name) ** 3 // 1000 for name in instance)


def _unusable(why: str, next_step: str = "") -> Undetermined:
    return Undetermined(
        f"schema not checked: {why}", next_step=next_step, type="schema-not-checked"
    )

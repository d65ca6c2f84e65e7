"""Which `type` words does the package give its errors and findings?

Read out of the source: what stands in `type=` at each place where one is made, also by
way of a constant, a choice between two words, or a function that passes it on.
"""

import ast
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from credwallet.cli.output import OF_ERROR
from tests.contract.code import Module, dotted, modules

KINDS = {kind.__name__: kind for kind in OF_ERROR}

# Words that are worked out where they are used: file, expression and the words. `()`
# passes on the word of another error.
COMPUTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("cli/doctor.py", "severity"): ("damage", "failure", "unknown"),
    ("cli/doctor.py", "_NOT_THE_WALLETS[found.area][1]"): ("config", "not-found"),
    ("cli/judging.py", "error.type"): ("trust-list",),
    ("cli/sharing/to_share.py", "str(verdict)"): (
        *("malformed", "invalid", "revoked", "suspended", "expired", "not-yet-valid"),
    ),
    ("cli/checking/standing.py", "str(word)"): ("revoked", "suspended"),
    ("fetch/https.py", "kind"): ("not-found", "gone", "bad-answer", "too-large"),
    ("fetch/posting.py", "kind"): ("too-large", "bad-answer"),
    ("fetch/port.py", "known.type"): (),
    ("model/report.py", "error.type"): (),
    ("status/entry.py", "error.type"): (),
    ("store/restoring.py", "error.type"): (),
    ("verify/open_badges_2/documents.py", "known.type"): (),
    ("verify/open_badges_2/endorsements.py", "kind"): (
        *("endorsement-unknown", "bad-endorsement"),
    ),
    ("verify/sd_jwt/status.py", "found.state"): ("revoked", "suspended"),
    ("verify/status.py", "result.state"): ("revoked", "suspended"),
    ("verify/structure.py", "getattr(part.held, 'type', problem.type)"): (),
}


class Word(NamedTuple):
    """A word, the class that carries it (`Problem` for a finding), and where."""

    word: str
    kind: str
    where: str


def words() -> list[Word]:
    """Return every word at every place, without those that errors have by default."""
    return [word for each in modules() for word in _of_module(each)]


def computed() -> set[tuple[str, str]]:
    """Return the places whose word no reading of the source tells."""
    return {
        (each.name, ast.unparse(value))
        for each in modules()
        for _, _, value in _made(each)
        if not _constants(each, value)
    }


def plainly() -> set[str]:
    """Return the names of kinds that are made without a word of their own."""
    return {
        dotted(node.func).split(".")[-1]
        for each in modules()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call)
        and dotted(node.func).split(".")[-1] in KINDS
        and not {"type", None} & {keyword.arg for keyword in node.keywords}
    }


def _of_module(each: Module) -> Iterator[Word]:
    for line, kind, value in _made(each):
        found = _constants(each, value)
        for word in found or COMPUTED.get((each.name, ast.unparse(value)), ()):
            yield Word(word, kind, f"{each.name}:{line}")


def _made(each: Module) -> Iterator[tuple[int, str, ast.expr]]:
    """Find every `type` that is given: its line, the class, and the expression."""
    for node in ast.walk(each.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func).split(".")[-1]
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        kind = name if name in KINDS else _makers().get(name, "")
        if name == "Problem" or (name, each.layer) == ("cls", "model"):
            value = given.get("type") or (node.args[0] if node.args else None)
            kind = "Problem"
        elif name == "_replace" and each.layer == "verify":
            value, kind = given.get("type"), "Problem"
        else:
            value = given.get("type")
        if kind and value is not None and not _passed_on(value):
            yield node.lineno, kind, value


def _passed_on(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "type"


@cache
def _makers() -> dict[str, str]:
    """Name the functions with a `type` of their own that they give an error."""
    found = {}
    for each in modules():
        for node in ast.walk(each.tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            arguments = [a.arg for a in (*node.args.args, *node.args.kwonlyargs)]
            for inner in ast.walk(node):
                if (
                    "type" in arguments
                    and isinstance(inner, ast.Call)
                    and dotted(inner.func).split(".")[-1] in KINDS
                    and any(
                        k.arg == "type" and _passed_on(k.value) for k in inner.keywords
                    )
                ):
                    found[node.name] = dotted(inner.func).split(".")[-1]
    return found


def defaults() -> set[tuple[str, str]]:
    """Return the words that such functions give when they are given none, by kind."""
    makers = _makers()
    return {
        (default.value, makers[node.name])
        for each in modules()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.FunctionDef) and node.name in makers
        for argument, default in zip(
            node.args.kwonlyargs, node.args.kw_defaults, strict=True
        )
        if argument.arg == "type"
        and isinstance(default, ast.Constant)
        and isinstance(default.value, str)
    }


def _constants(each: Module, value: ast.expr) -> tuple[str, ...]:
    if isinstance(value, ast.Constant):
        return (value.value,) if isinstance(value.value, str) else ()
    if isinstance(value, ast.IfExp):
        found = (_constants(each, value.body), _constants(each, value.orelse))
        return (*found[0], *found[1]) if all(found) else ()
    if isinstance(value, ast.Name):
        return _assigned(each, value.id)
    return ()


def _assigned(each: Module, name: str) -> tuple[str, ...]:
    """Resolve a name that is given a word in its module, or else where it is from."""
    places = [each, *(other for other in modules() if name.isupper())]
    for place in places:
        values = [
            node.value
            for node in ast.walk(place.tree)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
        ]
        found = [
            _constants(place, value)
            for value in values
            if not isinstance(value, ast.Name)
        ]
        if found and all(found):
            return tuple(word for some in found for word in some)
    return ()

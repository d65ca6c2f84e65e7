"""Does every error of ours say what happened and what to do, in the house's form?"""

import ast
import json
import re

import pytest

from credwallet import errors, formats
from credwallet.canon.contexts import Contexts
from credwallet.cli.output import GRAVEST_FIRST, MEANING, OF_ERROR, ExitCode
from credwallet.errors import CredwalletError
from credwallet.fetch import Offline
from credwallet.model.report import Problem
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.cli.badges import document, sign
from tests.cli.runner import NOW
from tests.contract import error_words
from tests.contract.code import ROOT, dotted, modules

KINDS = {kind.__name__ for kind in OF_ERROR}
# Layers that do not know what the learner can do, and who says it in their place.
SAID_ABOVE = {
    "cli/agent/protocol.py": "`client` says how to go on without the agent",
    "formats/": "`read_first` collects every format's reason into one error that says",
    "keys/": "`verify.case.answer` says it for every finding",
}
# The same for a single kind of error in a file.
WITHOUT_NEXT_STEP = {
    ("share/drawing.py", "Usage"): "the command line offers no such sizes",
    ("store/opening.py", "Usage"): "the command line always gives one of the two",
    ("store/slots.py", "Usage"): "the command line offers no other costs",
    ("store/vault.py", "Usage"): "the command line puts them in batches",
}


class Raised:
    """One place where an error of ours is made."""

    def __init__(self, name: str, call: ast.Call) -> None:
        self.file = name
        self.kind = dotted(call.func).split(".")[-1]
        self.where = f"{name}:{call.lineno}"
        self.what = call.args[0] if call.args else None
        self.members = {keyword.arg for keyword in call.keywords}


def raised() -> list[Raised]:
    return [
        Raised(each.name, node)
        for each in modules()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in KINDS
    ]


def test_errors_are_found_at_all():
    assert len(raised()) > 100
    assert {each.kind for each in raised()} == KINDS


def test_every_error_offers_a_next_step():
    silent = sorted(
        f"{each.where} {each.kind}"
        for each in raised()
        if not {"next_step", None} & each.members
        and (each.file, each.kind) not in WITHOUT_NEXT_STEP
        and not each.file.startswith(tuple(SAID_ABOVE))
    )
    assert silent == []


def test_the_layers_above_do_say_it():
    """A badge with a broken key, and a file of no format at all."""
    written = document(issuer={"id": "did:key:zBroken", "type": ["Profile"]})
    written = {**sign(written), "issuer": "did:key:zBroken"}
    written["proof"]["verificationMethod"] = "did:key:zBroken#zBroken"
    for data in (json.dumps(written).encode(), b"junk"):
        try:
            report = verify(
                formats.read(data), Policy(NOW), Ports(Offline(), Contexts.bundled())
            )
            problems = [each for check in report.checks for each in check.problems]
            steps = [problem.next_step for problem in problems]
        except CredwalletError as error:
            steps = [error.next_step]
        assert steps
        assert all(steps)


def test_the_exceptions_from_that_are_still_needed():
    silent = {
        (each.file, each.kind) for each in raised() if "next_step" not in each.members
    }
    assert set(WITHOUT_NEXT_STEP) <= silent


def _literal(node: ast.expr | None) -> str | None:
    """The text of a literal, with X for what is filled in; None if it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "X"
            for part in node.values
        )
    return None


@pytest.mark.parametrize("member", ["what", "next_step"])
def test_the_words_are_one_line_in_lower_case_without_full_stop(member: str):
    wrong = []
    for each in modules():
        for node in ast.walk(each.tree):
            if not (
                isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in KINDS
            ):
                continue
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            text = _literal(
                named.get("next_step")
                if member == "next_step"
                else (node.args[0] if node.args else None)
            )
            if text is None or not text:
                continue
            # X stands for what is filled in, and here for a whole word in front.
            text = text.removeprefix("X").lstrip() or "x"
            first_word = re.split(r"[\s:]", text)[0]
            proper = first_word.upper() == first_word or any(
                letter.isupper() for letter in first_word[1:]
            )
            if (
                "\n" in text
                or (text.endswith(".") and not text.endswith("..."))
                or (text[0].isupper() and not proper and first_word not in _NAMES)
                or "\u2014" in text
            ):
                wrong.append(f"{each.name}:{node.lineno} {text}")
    assert wrong == []


# Names keep their capital letter.
_NAMES = {"Open", "Argon2id", "Ed25519", "Python", "Multikey", "Bitstring", "Typer"}


def test_our_errors_carry_what_they_were_given():
    error = errors.Invalid("bad", next_step="mend it", instance="/a", type="t")
    assert (error.what, error.next_step, error.instance, error.type) == (
        "bad",
        "mend it",
        "/a",
        "t",
    )
    assert (error.detail, error.file, error.line, error.column) == ("", "", None, None)
    assert str(error) == "bad"


@pytest.mark.parametrize("kind", OF_ERROR)
def test_an_error_is_the_same_when_it_is_said_of_a_file(kind: type[CredwalletError]):
    error = kind(
        "bad",
        next_step="mend it",
        instance="/a",
        type="t",
        detail="d",
        line=3,
        column=7,
    ).said_of("my file.toml")
    assert type(error) is kind
    assert Problem.of(error) == Problem(
        *("t", "my file.toml: bad", "d", "/a", "mend it", "my file.toml", 3, 7)
    )


def _texts(tree: ast.Module, node: ast.expr | None) -> list[str]:
    """Every text that an expression can be, as far as its own module tells."""
    text = _literal(node)
    if text is not None:
        return [text]
    if isinstance(node, ast.IfExp):
        return [*_texts(tree, node.body), *_texts(tree, node.orelse)]
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in _texts(tree, value)]
    if isinstance(node, ast.BinOp):
        ends = (_texts(tree, node.left), _texts(tree, node.right))
        return [a + b for a in ends[0] or ["X"] for b in ends[1] or ["X"]]
    # A name in capitals is given its words once; others are worked out.
    if isinstance(node, ast.Name) and node.id.isupper():
        return [
            text
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == node.id for t in each.targets)
            for text in _texts(tree, each.value)
        ]
    return []


def test_no_next_step_is_empty_or_long_wherever_it_is_written():
    seen, wrong = 0, []
    for each in modules():
        for node in ast.walk(each.tree):
            if not isinstance(node, ast.Call):
                continue
            name = dotted(node.func).split(".")[-1]
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            if name not in {*KINDS, "Problem"} or "next_step" not in named:
                continue
            for text in _texts(each.tree, named["next_step"]):
                seen += 1
                stopped = text.endswith(".") and not text.endswith("...")
                if not text.strip() or len(text) > 400 or stopped:
                    wrong.append(f"{each.name}:{node.lineno} {text!r}")
    assert seen > 400
    assert wrong == [], wrong


@pytest.mark.parametrize("kind", OF_ERROR)
def test_an_error_without_a_kind_goes_by_its_class(kind: type[CredwalletError]):
    assert kind("x").type == kind.default_type
    assert re.fullmatch(r"[a-z-]+", kind.default_type)


def test_no_kind_of_error_is_defined_anywhere_else():
    elsewhere = [
        f"{each.name}: {node.name}"
        for each in modules()
        if each.name != "errors.py"
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ClassDef)
        and {dotted(base).split(".")[-1] for base in node.bases}
        & {*KINDS, "CredwalletError"}
    ]
    assert elsewhere == []


DOCUMENT = ROOT / "docs" / "errors.md"
_ROW = re.compile(r"\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \|")


def _documented() -> dict[str, list[str]]:
    """The words of each section of the page, by its heading."""
    found: dict[str, list[str]] = {}
    for section in DOCUMENT.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        rows = [_ROW.fullmatch(line) for line in body.splitlines()]
        found[heading] = [row[1] for row in rows if row]
    return {heading: rows for heading, rows in found.items() if rows}


def _made() -> dict[str, set[str]]:
    """The words that the code makes, by the heading under which they belong."""
    made: dict[str, set[str]] = {}
    for kind, code in OF_ERROR.items():
        made.setdefault(f"Exit code {int(code)}", set()).add(kind.default_type)
    kinds = {kind.__name__: kind for kind in OF_ERROR}
    told = {(word.word, word.kind) for word in error_words.words()}
    for word, kind in told | error_words.defaults():
        if kind != "Problem":
            code = OF_ERROR[kinds[kind]]
            made.setdefault(f"Exit code {int(code)}", set()).add(word)
    return made


def _found() -> set[str]:
    return {word.word for word in error_words.words() if word.kind == "Problem"}


def test_every_word_that_an_error_has_is_documented_under_its_exit_code():
    documented = _documented()
    for heading, words in _made().items():
        missing = words - set(documented[heading])
        assert not missing, (heading, sorted(missing))


def test_every_word_of_a_finding_is_documented():
    documented = {word for words in _documented().values() for word in words}
    assert _found() <= documented, sorted(_found() - documented)


def test_nothing_is_documented_that_no_error_and_no_finding_has():
    made = _made()
    for heading, words in _documented().items():
        known = made.get(heading, set()) | _found()
        assert set(words) <= known, (heading, sorted(set(words) - known))
        assert len(words) == len(set(words)), heading


def test_words_that_are_worked_out_are_looked_at_one_by_one():
    assert error_words.computed() == set(error_words.COMPUTED)
    for (file, _), words in error_words.COMPUTED.items():
        assert all(re.fullmatch("[a-z-]+", word) for word in words), file


def test_the_page_says_what_each_exit_code_means_as_the_program_does():
    text = DOCUMENT.read_text(encoding="utf-8")
    for code, meaning in MEANING.items():
        assert f"| {int(code)} | {meaning} |" in text
    order = ", ".join(str(int(code)) for code in GRAVEST_FIRST)
    assert order in " ".join(text.split())
    headings = {f"Exit code {int(code)}" for code in ExitCode}
    assert {h for h in _documented() if h.startswith("Exit code")} <= headings
    assert _made().keys() <= _documented().keys()

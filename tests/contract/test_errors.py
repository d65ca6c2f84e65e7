"""Does every error of ours say what happened and what to do, in the house's form?"""

import ast
import json
import re

import pytest

from credwallet import errors, formats
from credwallet.canon.contexts import Contexts
from credwallet.cli.output import OF_ERROR
from credwallet.errors import CredwalletError
from credwallet.fetch import Offline
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.cli.badges import document, sign
from tests.cli.runner import NOW
from tests.contract.code import dotted, modules

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
    assert str(error) == "bad"


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

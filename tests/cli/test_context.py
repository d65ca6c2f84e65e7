"""Can the learner add JSON-LD contexts, and is nothing bundled changed by them?"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from credwallet.canon.contexts import Contexts
from credwallet.canon.contexts.examining import Examined, examine
from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Document
from tests.cli.badges import METHOD, document
from tests.cli.runner import Cli
from tests.samples.make import CONTEXTS, HARBOUR_KEY, signed

URL = "https://terms.example/craft/v1"
TERMS = {"@context": {"wood": "https://terms.example/craft#wood"}}
EVERY_WORD = {"@context": {"@vocab": "https://terms.example/craft#"}}


def written(folder: Path, context: Any, name: str = "terms.jsonld") -> Path:
    path = folder / name
    path.write_text(json.dumps(context))
    return path


def badge(folder: Path, context: Any = TERMS) -> Path:
    """Sign a badge that names the context and uses a word of it."""
    contexts = Contexts.bundled().with_supplied({URL: json.dumps(context).encode()})
    unsigned = document(7, **{"@context": [*CONTEXTS, URL], "wood": "oak"})
    made = signed(unsigned, HARBOUR_KEY, METHOD, contexts=contexts)
    path = folder / "badge.json"
    path.write_text(json.dumps(made))
    return path


def notes(cli: Cli, *argv: object) -> dict[str, str]:
    return {row[2]: row[4] for row in cli("verify", *argv).rows}


def examined(context: Any, **known: Any) -> Examined:
    contexts = Contexts.bundled().with_supplied(
        {f"https://known.example/{name}": data for name, data in known.items()}
    )
    return examine(URL, json.dumps({"@context": context}).encode(), contexts)


def test_an_added_context_is_listed_with_its_digest(empty: Cli):
    path = written(empty.folder, TERMS)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    ran = empty("context", "add", URL, path)
    assert (ran.code, ran.rows) == (0, [[URL, "added", digest, "1 term"]])
    count = len(Contexts.bundled().bundled_urls())
    assert empty("context", "list", "--json").data == {
        "contexts": [
            {"url": URL, "is": "added", "sha256": digest, "catchesAll": False}
        ],
        "bundled": count,
    }
    assert len(empty("context", "list", "--all").rows) == count + 1
    assert empty("context", "add", URL, path).rows[0][1] == "replaced"


def test_a_badge_that_names_it_is_verified_from_then_on_and_that_is_said(empty: Cli):
    path = badge(empty.folder)
    assert empty("import", path, "--dry-run").code == 4
    empty("context", "add", URL, written(empty.folder, TERMS))
    assert empty("import", path).code == 0
    supplied = f"with contexts that you supplied: {URL}"
    assert notes(empty, "--all")["proof"].endswith(supplied)
    (row,) = empty("show", "Woodwork", "--json").data["report"]["checks"][1:2]
    assert supplied in row["note"]
    empty("context", "remove", URL)
    assert empty("verify", "--all").code == 4


def test_a_file_is_verified_without_the_wallet_and_so_without_its_contexts(empty: Cli):
    empty("context", "add", URL, written(empty.folder, TERMS))
    ran = empty("verify", badge(empty.folder))
    assert (ran.code, f"context {URL} is not known" in ran.out) == (4, True)


def test_a_catch_all_is_kept_only_on_request_and_reports_say_what_it_does(empty: Cli):
    path = written(empty.folder, EVERY_WORD)
    ran = empty("context", "add", URL, path)
    assert (ran.code, "--allow-vocab" in ran.err) == (2, True)
    assert empty("context", "list").rows == []
    assert empty("context", "add", URL, path, "--allow-vocab").code == 0
    assert "gives a meaning to every word" in empty("context", "list").out
    empty("import", badge(empty.folder, EVERY_WORD))
    assert "(which gives a meaning to every word)" in notes(empty, "--all")["proof"]


def test_a_catch_all_deep_inside_is_one_too():
    inner = {"Craft": {"@id": "https://t.example/C", "@context": {"@vocab": "x:y#"}}}
    assert examined(inner).catches_all
    assert not examined({**inner, "Craft": "https://t.example/C"}).catches_all


@pytest.mark.parametrize(
    "name",
    ["credentialSubject", "issuer", "validUntil", "proof", "credentialStatus", "id"],
)
def test_a_context_that_changes_what_decides_is_refused_and_named(
    empty: Cli, name: str
):
    wrong = {"@context": {"wood": "x:wood", name: "https://evil.example/else"}}
    ran = empty("context", "add", URL, written(empty.folder, wrong))
    assert (ran.code, ran.out) == (3, "")
    assert f"gives another meaning to {name}" in ran.err
    assert empty("context", "list").rows == []


@pytest.mark.parametrize(
    "nested",
    [
        {"Craft": {"@id": "x:C", "@context": {"issuer": "x:else"}}},
        [{"wood": "x:wood"}, {"issuer": "x:else"}],
        {"@protected": True, "issuer": {"@id": "x:else", "@type": "@id"}},
        {"issuer": None},
    ],
)
def test_a_changed_word_is_found_at_any_depth(nested: Any):
    assert examined(nested).redefined == ("issuer",)


def test_other_words_of_bundled_contexts_are_shown_and_not_refused(empty: Cli):
    context = {"@context": {"gender": "x:gender", "wood": "x:wood", "id": "@id"}}
    path = written(empty.folder, context)
    found = empty("context", "add", URL, path, "--json").data["context"]
    assert (found["redefines"], found["differs"]) == ([], ["gender"])
    ran = empty("context", "add", URL, path, terminal=True)
    assert "its own meaning for terms that bundled contexts use" in ran.out


def test_saying_the_same_as_the_bundled_ones_changes_nothing():
    same = {"id": "@id", "type": "@type", "name": "https://schema.org/name"}
    assert (examined(same).redefined, examined(same).differing) == ((), ())


@pytest.mark.parametrize(
    "again",
    [
        ["https://www.w3.org/ns/credentials/v2", {"name": "x:name"}],
        ["https://www.w3.org/ns/credentials/v2", {"VerifiableCredential": "x:V"}],
        ["https://www.w3.org/ns/credentials/v2", None],
    ],
)
def test_a_protected_word_cannot_be_taken_away(again: Any):
    with pytest.raises(Invalid):
        examined(again)


def test_a_context_may_build_on_known_ones_only():
    other = json.dumps({"@context": {"oak": "https://t.example/oak"}}).encode()
    for context in (
        ["https://known.example/other", {"wood": "x:wood"}],
        {"@import": "https://known.example/other", "wood": "x:wood"},
    ):
        assert "wood" in examined(context, other=other).terms
        with pytest.raises(Undetermined, match=r"known\.example/other is not known"):
            examined(context)


def test_an_import_does_not_hide_a_changed_word():
    other = json.dumps({"@context": {"issuer": "x:else"}}).encode()
    found = examined({"@import": "https://known.example/other"}, other=other)
    assert found.redefined == ("issuer",)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"[]",
        b"{}",
        b'{"@context": {"a": 1}}',
        b'{"@context": {"@base": "https://x.example/"}}',
        b'{"@context": "https://terms.example/craft/v1"}',
        b'{"@context": {"@propagate": false, "a": "x:a"}}',
        b'{"@context": {"a": "x:a", "a": "x:b"}}',
        b'{"@context": ' + b"[" * 200 + b"]" * 200 + b"}",
        b" " * 600_000,
    ],
)
def test_what_is_no_context_is_not_kept(empty: Cli, broken: bytes):
    path = empty.folder / "broken.json"
    path.write_bytes(broken)
    ran = empty("context", "add", URL, path)
    assert ran.code in (3, 4)
    assert ran.err.startswith("credwallet: error: ")
    assert empty("context", "list").rows == []


def test_a_bundled_context_cannot_be_replaced(empty: Cli):
    ran = empty("context", "add", CONTEXTS[0], written(empty.folder, TERMS))
    assert (ran.code, "cannot be replaced" in ran.err) == (2, True)


def test_a_bundled_context_stays_even_if_the_wallet_held_another(empty: Cli):
    contexts = Contexts.bundled().with_supplied({CONTEXTS[0]: b'{"@context": {}}'})
    assert not contexts.is_supplied(CONTEXTS[0])


def test_without_a_file_it_is_fetched_from_its_own_address(empty: Cli):
    asked = []

    def fetch(url: str) -> Document:
        asked.append(url)
        return Document(url, json.dumps(TERMS).encode(), "", "fetched")

    assert empty("context", "add", URL, network=lambda: fetch).code == 0
    assert asked == [URL]
    ran = empty("context", "add", f"{URL}b", "--offline", network=lambda: fetch)
    assert (ran.code, asked) == (4, [URL])
    assert f"credwallet context add {URL}b FILE" in ran.err


def test_on_a_terminal_the_digest_is_shown_whole(empty: Cli):
    path = written(empty.folder, TERMS)
    empty("context", "add", URL, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    lines = empty("context", "list", terminal=True).out.splitlines()
    assert lines[1] == f"  SHA-256 {digest}"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "terms", "https://a.example/\n"])
def test_only_an_address_names_a_context(empty: Cli, url: str):
    ran = empty("context", "add", url, written(empty.folder, TERMS))
    assert (ran.code, "is no address" in ran.err) == (2, True)


def test_what_was_not_added_cannot_be_removed(empty: Cli):
    ran = empty("context", "remove", URL)
    assert (ran.code, "credwallet context list" in ran.err) == (5, True)


def test_published_contexts_of_other_fields_can_be_added(vectors: Path):
    for name in (
        "extra-contexts/citizenship-v4rc1.json",
        "extra-contexts/clr-v2p0-context.json",
        "eu-elm/edc-ap-context.jsonld",
    ):
        data = (vectors / name).read_bytes()
        found = examine(URL, data, Contexts.bundled())
        assert (found.redefined, found.catches_all) == ((), False), name

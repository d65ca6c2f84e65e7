"""Proofs over JSON text: what contexts leave open is told, what misleads is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.model.report import Outcome, Verdict, VerificationReport
from credwallet.verify.json_text import stated_twice
from tests.hostile.signing import HARBOUR, header_of, jws, proven, token
from tests.samples import make
from tests.verify.badges import report, unsigned

UNKNOWN = "https://contexts.harbour.example/v1"
ADDRESSES = ("http://contexts.harbour.example/v1", "file:///etc/passwd", "urn:x:c")
JSON_SUITES = ("eddsa-jcs-2022", "vc-jwt")


def badge(*more: Any, **members: Any) -> dict[str, Any]:
    return unsigned(issuer=HARBOUR.profile, context=[*make.CONTEXTS, *more], **members)


def verify(document: dict[str, Any], suite: str) -> VerificationReport:
    if suite == "vc-jwt":
        return report(token(document))
    return report(proven(document, HARBOUR, suite))


def types(found: VerificationReport) -> set[str]:
    return {problem.type for problem in found.check("proof").problems}


@pytest.mark.parametrize("suite", JSON_SUITES)
def test_known_contexts_need_no_remark(suite) -> None:
    found = verify(badge(), suite)

    assert found.verdict is Verdict.VALID
    assert found.check("proof").problems == ()


@pytest.mark.parametrize("suite", JSON_SUITES)
def test_each_context_that_is_not_known_is_named(suite) -> None:
    found = verify(badge(UNKNOWN, f"{UNKNOWN}/more"), suite)
    proof = found.check("proof")

    assert found.verdict is Verdict.VALID
    assert proof.outcome is Outcome.PASSED
    assert [item.type for item in proof.problems] == ["unknown-context"] * 2
    assert [item.instance for item in proof.problems] == ["/@context/2", "/@context/3"]
    assert UNKNOWN in proof.problems[0].title
    assert UNKNOWN in proof.note
    assert all(item.next_step for item in proof.problems)


@pytest.mark.parametrize("suite", JSON_SUITES)
def test_a_hundred_of_them_do_not_fill_the_screen(suite) -> None:
    found = verify(badge(*(f"{UNKNOWN}/{n}" for n in range(100))), suite)

    assert len(found.check("proof").problems) == 20
    assert len(found.check("proof").note) < 1000


@pytest.mark.parametrize("suite", JSON_SUITES)
def test_a_context_of_the_badges_own_is_named(suite) -> None:
    found = verify(badge({"room": "https://harbour.example/terms#room"}), suite)

    assert found.verdict is Verdict.VALID
    assert types(found) == {"unknown-context"}
    assert "written into the credential" in found.check("proof").note


@pytest.mark.parametrize("suite", JSON_SUITES)
@pytest.mark.parametrize("term", ["validUntil", "achievement", "id"])
def test_a_context_of_the_badges_own_that_redefines_a_term_is_refused(
    suite, term
) -> None:
    found = verify(badge({term: "https://harbour.example/terms#other"}), suite)

    assert found.verdict in (Verdict.INVALID, Verdict.MALFORMED)
    if found.verdict is Verdict.INVALID:
        assert "context-redefines" in types(found)


@pytest.mark.parametrize("suite", JSON_SUITES)
@pytest.mark.parametrize(
    "context",
    [
        *ADDRESSES,
        "data:application/ld+json,{}",
        "context.json",
        "",
        7,
        None,
        True,
        ["https://www.w3.org/ns/credentials/v2"],
    ],
)
def test_a_context_that_is_no_https_address_is_refused(suite, context) -> None:
    found = verify(badge(context), suite)

    assert found.verdict in (Verdict.INVALID, Verdict.MALFORMED)
    if found.verdict is Verdict.INVALID:
        assert types(found) == {"context-address"}
    # The structure check knows what no address is.
    assert (found.verdict is Verdict.INVALID) == (context in ADDRESSES)


@pytest.mark.parametrize("suite", [*JSON_SUITES, "eddsa-rdfc-2022"])
@pytest.mark.parametrize(
    "path", [(), ("issuer",), ("credentialSubject", "achievement")], ids=str
)
@pytest.mark.parametrize(
    ("keyword", "value"), [("@id", "urn:x:other"), ("@type", ["Other"])]
)
def test_an_object_that_says_who_it_is_twice_is_refused(
    suite, path, keyword, value
) -> None:
    document = json.loads(json.dumps(badge()))
    if suite == "eddsa-rdfc-2022":
        # Nobody can sign this over RDF: it is changed afterwards.
        document = proven(document, HARBOUR, suite)
    place = document
    for step in path:
        place = place[step]
    place[keyword] = value

    found = report(document) if "proof" in document else verify(document, suite)

    assert found.verdict in (Verdict.INVALID, Verdict.MALFORMED)
    assert found.check("proof").outcome is Outcome.FAILED
    if keyword == "@type" or suite != "eddsa-rdfc-2022":
        assert "disguise" in types(found)
        pointer = "/".join(("", *path, keyword))
        assert pointer in {item.instance for item in found.check("proof").problems}


@pytest.mark.parametrize("written", ['"@id"', '"\\u0040id"', '"@\\u0069d"'])
def test_escapes_do_not_hide_a_keyword(written) -> None:
    text = json.dumps(badge()).replace(
        '"id": "urn', f'{written}: "urn:x:y", "id": "urn'
    )
    head = header_of(HARBOUR)

    found = report(jws(head, text.encode(), HARBOUR.key))

    assert types(found) == {"disguise"}


@pytest.mark.parametrize("suite", JSON_SUITES)
def test_a_bad_signature_is_told_beside_an_unknown_context(suite) -> None:
    if suite == "vc-jwt":
        head, body, _ = token(badge(UNKNOWN)).split(".")
        found = report(f"{head}.{body}.{'A' * 86}")
    else:
        made = proven(badge(UNKNOWN), HARBOUR, suite)
        found = report({**made, "name": "Other"})

    assert found.verdict is Verdict.INVALID
    assert "signature" in types(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "@id", "type", "@type", "a/b", "~"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def _has_twice(value: Any) -> bool:
    if isinstance(value, dict):
        if {"id", "@id"} <= value.keys() or {"type", "@type"} <= value.keys():
            return True
        return any(map(_has_twice, value.values()))
    return isinstance(value, list) and any(map(_has_twice, value))


@given(st.dictionaries(st.sampled_from(["id", "@id", "x"]), JSON))
def test_whatever_is_stated_twice_is_found_wherever_it_stands(document) -> None:
    assert bool(list(stated_twice(document))) == _has_twice(document)

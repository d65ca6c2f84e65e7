"""From the text of a verification method to its key, without any document."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import credwallet.keys
from credwallet.canon import strict_json
from credwallet.errors import Invalid, Undetermined
from credwallet.fetch import Offline
from credwallet.keys import METHODS, from_jwk, resolve
from credwallet.keys.multibase import base64url_encode
from tests.keys.served import NOTHING, did_document, jwk_of, method, multikey_of, serve

KEY = multikey_of()
DID_KEY = f"did:key:{KEY}"


def did_jwk(jwk: str) -> str:
    return f"did:jwk:{base64url_encode(jwk.encode())}"


# Appendix of the did:jwk method, and a JWT of credo-ts.
PUBLISHED_DID_JWK = (
    "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNN"
    "EVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25"
    "TRSJ9"
)


def test_the_table_lists_the_modules_of_the_folder():
    folder = Path(credwallet.keys.__file__).parent
    modules = {path.stem.removeprefix("did_") for path in folder.glob("did_*.py")}
    assert set(METHODS) == modules
    assert all(name == module.NAME for name, module in METHODS.items())


def test_a_did_key_is_its_own_document():
    found = resolve(f"{DID_KEY}#{KEY}", fetch=Offline())
    assert found.id == f"{DID_KEY}#{KEY}"
    assert found.controller == DID_KEY
    assert found.public_key == from_jwk(jwk_of())
    assert "assertionMethod" in found.relationships
    assert "keyAgreement" not in found.relationships
    assert not found.self_asserted


def test_a_bare_did_key_stands_for_its_key():
    assert resolve(DID_KEY, fetch=NOTHING) == resolve(f"{DID_KEY}#{KEY}", fetch=NOTHING)


def test_the_fragment_of_another_key_is_refused():
    with pytest.raises(Invalid, match="lists no verification method"):
        resolve(f"{DID_KEY}#{multikey_of(2)}", fetch=NOTHING)


@pytest.mark.parametrize(
    "identifier",
    [
        f"did:key:1.1:{KEY}",
        "did:key:u7QE",
        "did:key:z",
        f"did:key:{KEY[:-1]}",
        f"did:key:{KEY}%00",
        f"did:key:{KEY}x0",
        "did:key:",
        "did:key",
        "did::x",
        "did:",
    ],
)
def test_what_is_no_did_key_is_refused(identifier):
    with pytest.raises(Invalid):
        resolve(identifier, fetch=NOTHING)


def test_a_published_did_jwk_is_read():
    found = resolve(f"{PUBLISHED_DID_JWK}#0", fetch=NOTHING)
    assert found.public_key.kind == "P-256"
    assert found.controller == PUBLISHED_DID_JWK
    assert found == resolve(PUBLISHED_DID_JWK, fetch=NOTHING)


def test_a_did_jwk_has_no_other_key_than_0():
    with pytest.raises(Invalid):
        resolve(f"{PUBLISHED_DID_JWK}#1", fetch=NOTHING)


@pytest.mark.parametrize(
    "identifier",
    [
        "did:jwk:e30",
        "did:jwk:W10",
        "did:jwk:AAAA",
        PUBLISHED_DID_JWK + "A",
        did_jwk('{"kty":"OKP","kty":"OKP"}'),
        did_jwk('{"kty":"oct","k":"AAAA"}'),
        did_jwk("[" * 200),
    ],
)
def test_what_is_no_did_jwk_is_refused(identifier):
    with pytest.raises(Invalid):
        resolve(f"{identifier}#0", fetch=NOTHING)


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        KEY,
        "key-1",
        "../../etc/passwd",
        "//issuer.example/x",
        f"xxx:{KEY}",
        "file:///etc/passwd#key",
        "javascript:alert(1)",
        "https://issuer.example/x\r\nHost: other",
        "https://issuer.example/ x",
        "https://issuer.exämple/x",
        "did:web:a\n",
        "did:web:a\x00",
        "x" * 20_000,
        "https://issuer.example/" + "x" * 20_000,
        None,
        7,
        ["did:key:z6Mk"],
        {"id": DID_KEY},
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_identifier_of_a_key_is_refused(identifier):
    with pytest.raises(Invalid):
        resolve(identifier, fetch=NOTHING)


def test_an_unknown_did_method_is_undetermined():
    with pytest.raises(Undetermined) as caught:
        resolve("did:example:z6Mkr#key", fetch=NOTHING)
    assert caught.value.type == "unknown-did-method"


def test_an_unknown_did_method_is_read_from_a_supplied_document():
    did = "did:example:foo"
    fetch = serve({did: did_document(did, method(did))})
    assert resolve(f"{did}#key-1", fetch=fetch).public_key == from_jwk(jwk_of())


@pytest.mark.parametrize("extra", ["?versionId=1", "/path", ";service=x"])
def test_a_did_url_with_a_path_or_query_is_undetermined(extra):
    with pytest.raises(Undetermined):
        resolve(f"{DID_KEY}{extra}#{KEY}", fetch=NOTHING)


def test_a_urn_can_only_carry_its_key():
    found = resolve(
        f"urn:uuid:319b0e91-9fb2-4f41-aff8-810f24aff284#{KEY}", fetch=NOTHING
    )
    assert found.self_asserted
    with pytest.raises(Undetermined):
        resolve("urn:uuid:319b0e91-9fb2-4f41-aff8-810f24aff284#key-1", fetch=NOTHING)


@given(
    st.sampled_from(
        ["", "did:", "did:key:", "did:jwk:", "did:web:", "https://", "urn:"]
    ),
    st.text(max_size=30) | st.from_regex(r"[a-z0-9.:%#/?@]{0,30}", fullmatch=True),
)
def test_nothing_else_than_our_own_errors_comes_out(start, rest):
    what = ""
    try:
        resolve(start + rest, fetch=NOTHING)
    except (Invalid, Undetermined) as error:
        what = error.what
    assert "\n" not in what
    assert len(what) < 600


def test_every_verification_method_of_the_vectors_gets_an_answer(vectors):
    """All key texts in the third-party badges, offline: a key or a reason."""
    rows = strict_json.loads((vectors / "manifest.json").read_bytes())
    kinds = {"ob3-di", "vc-di", "clr2", "status-list"}
    texts: set[str] = set()
    for row in rows:
        if row["kind"] in kinds:
            texts |= _methods((vectors / row["file"]).read_bytes())
    answers = {"key": 0, "self-asserted": 0, "Invalid": 0, "Undetermined": 0}
    for text in texts:
        try:
            found = resolve(text, fetch=NOTHING)
            answers["self-asserted" if found.self_asserted else "key"] += 1
        except (Invalid, Undetermined) as error:
            answers[type(error).__name__] += 1
    assert answers["key"] >= 20
    assert answers["self-asserted"] >= 10
    assert answers["Invalid"] == 2  # without a scheme, and with the scheme xxx


def _methods(data: bytes) -> set[str]:
    try:
        value = strict_json.loads(data)
    except Exception:  # noqa: BLE001 -- many vectors are no JSON, on purpose
        return set()
    found: set[str] = set()

    def walk(node):
        if isinstance(node, dict):
            text = node.get("verificationMethod")
            if isinstance(text, str):
                found.add(text)
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(value)
    return found

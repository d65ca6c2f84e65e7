import pytest

from credwallet.errors import Invalid, Undetermined
from credwallet.keys import from_jwk, resolve
from credwallet.keys.did_web import address
from credwallet.keys.identifiers import parse_did_url
from tests.keys.served import NOTHING, did_document, jwk_of, method, multikey_of, serve

DID = "did:web:issuer.example"
URL = "https://issuer.example/.well-known/did.json"


def refuse_all(url, /):
    raise AssertionError(f"{url} must not be asked for")


# did:web method section 2.5.2, examples.
@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        (
            "did:web:w3c-ccg.github.io:user:alice",
            "https://w3c-ccg.github.io/user/alice/did.json",
        ),
        (
            "did:web:example.com%3A3000:user:alice",
            "https://example.com:3000/user/alice/did.json",
        ),
        ("did:web:Example.COM", "https://example.com/.well-known/did.json"),
    ],
)
def test_a_did_web_becomes_an_address(did, url):
    assert address(parse_did_url(did)) == url


@pytest.mark.parametrize(
    "did",
    [
        "did:web:127.0.0.1",
        "did:web:127.1",
        "did:web:2130706433",
        "did:web:0x7f000001",
        "did:web:0x7f.1",
        "did:web:0177.0.0.1",
        "did:web:%5B%3A%3A1%5D",
        "did:web:10.0.0.1%3A8080",
        "did:web:user%40issuer.example",
        "did:web:issuer.example%2Fpath",
        "did:web:issuer.example%3A0",
        "did:web:issuer.example%3A65536",
        "did:web:issuer.example%3A80%3A80",
        "did:web:issuer.example%00",
        "did:web:issuer.example%0D%0AHost",
        "did:web:issuer..example",
        "did:web:.issuer.example",
        "did:web:-issuer.example",
        "did:web:issuer_x.example",
        "did:web:issuer.example:..:x",
        "did:web:issuer.example:.",
        "did:web:issuer.example:%2e%2e:x",
        "did:web:issuer.example:a%2Fb",
        "did:web:issuer.example:a%5Cb",
        "did:web:issuer.example:a%00",
        "did:web:issuer.example:a%0d%0a",
        "did:web:issuer.example:a%3Fb",
        "did:web:issuer.example:a%23b",
        "did:web:issuer.example::x",
        "did:web:issuer.example:x:",
        "did:web:" + "a." * 130 + "example",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused_before_it_is_asked(did):
    with pytest.raises(Invalid):
        resolve(f"{did}#key-1", fetch=refuse_all)


def test_the_method_is_taken_from_the_document():
    found = resolve(f"{DID}#key-1", fetch=serve({URL: did_document(DID, method(DID))}))
    assert found.controller == DID
    assert found.public_key == from_jwk(jwk_of())
    assert found.relationships == {"assertionMethod"}
    assert not found.self_asserted
    assert "supplied" in found.source


@pytest.mark.parametrize("folder", ["legacy", "oidf"])
def test_the_documents_of_the_dcc_are_read(vectors, folder):
    """One embeds its method in assertionMethod only, one lists it twice, equal."""
    did = f"did:web:digitalcredentials.github.io:vc-test-fixtures:dids:{folder}"
    body = (vectors / f"dcc-vc-test-fixtures/dids/{folder}/did.json").read_bytes()
    url = (
        f"https://digitalcredentials.github.io/vc-test-fixtures/dids/{folder}/did.json"
    )
    key = "z6MkjXe1vZvPRqFuc9nRBtZ3e1Y9XKDFSbjFAfzLfW2bD6cZ"
    found = resolve(f"{did}#{key}", fetch=serve({url: body}))
    assert found.relationships == {"assertionMethod"}
    assert found.public_key == resolve(f"did:key:{key}", fetch=NOTHING).public_key


def test_relative_ids_belong_to_the_document():
    value = {
        "id": DID,
        "verificationMethod": [{**method(DID), "id": "#key-1"}],
        "assertionMethod": ["#key-1"],
        "authentication": [f"{DID}#key-1"],
    }
    found = resolve(f"{DID}#key-1", fetch=serve({URL: value}))
    assert found.id == f"{DID}#key-1"
    assert found.relationships == {"assertionMethod", "authentication"}


def test_a_key_for_authentication_only_says_so():
    value = {
        "id": DID,
        "verificationMethod": [method(DID)],
        "authentication": [f"{DID}#key-1"],
    }
    found = resolve(f"{DID}#key-1", fetch=serve({URL: value}))
    assert found.relationships == {"authentication"}


def test_revoked_and_expires_are_kept():
    entry = method(DID, revoked="2024-01-01T00:00:00Z", expires="2025-01-01T00:00:00Z")
    found = resolve(f"{DID}#key-1", fetch=serve({URL: did_document(DID, entry)}))
    assert (found.revoked, found.expires) == (
        "2024-01-01T00:00:00Z",
        "2025-01-01T00:00:00Z",
    )


def another(**more):
    return {**method(DID), **more}


@pytest.mark.parametrize(
    "value",
    [
        did_document("did:web:other.example", method(DID)),
        {**did_document(DID, method(DID)), "id": None},
        {**did_document(DID, method(DID)), "id": [DID]},
        did_document(DID, another(controller="did:web:harbour.example")),
        did_document(DID, another(controller=None)),
        did_document(DID, another(controller=[DID])),
        did_document(DID, method(DID), method(DID, seed=2)),
        {
            "id": DID,
            "verificationMethod": [method(DID)],
            "assertionMethod": [method(DID, seed=2)],
        },
        did_document(DID, method(DID, name="key-2")),
        did_document(DID),
        did_document(DID, another(publicKeyJwk=jwk_of())),
        did_document(DID, another(publicKeyMultibase=7)),
        did_document(DID, another(publicKeyMultibase="z6Mk")),
        did_document(DID, another(type="JsonWebKey")),
        did_document(DID, another(revoked=True)),
        {"id": DID, "verificationMethod": [{"type": "Multikey"}]},
        {"id": DID, "verificationMethod": 7},
    ],
    ids=[
        "of another DID",
        "without an id",
        "id is an array",
        "another controller",
        "no controller",
        "controller is an array",
        "two methods with one id",
        "two methods with one id, one embedded",
        "without the method",
        "without any method",
        "two keys in one method",
        "key is a number",
        "key is cut off",
        "type and member disagree",
        "revoked is no time",
        "method without an id",
        "methods are a number",
    ],
)
def test_a_document_that_was_had_and_is_bad_is_invalid(value):
    with pytest.raises(Invalid):
        resolve(f"{DID}#key-1", fetch=serve({URL: value}))


@pytest.mark.parametrize(
    "body",
    [b"", b"<!doctype html><p>Not found", b"[]", b"\xff\xfe", b"{" * 100_000, b'"x"'],
    ids=["empty", "HTML", "array", "not UTF-8", "deep", "text"],
)
def test_what_is_no_document_is_undetermined(body):
    with pytest.raises(Undetermined):
        resolve(f"{DID}#key-1", fetch=serve({URL: body}))


def test_a_document_that_cannot_be_had_is_undetermined():
    with pytest.raises(Undetermined):
        resolve(f"{DID}#key-1", fetch=NOTHING)


def test_an_unknown_type_of_method_is_undetermined():
    value = did_document(DID, another(type="Bls12381G2Key2020"))
    with pytest.raises(Undetermined):
        resolve(f"{DID}#key-1", fetch=serve({URL: value}))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("Multikey", {"publicKeyMultibase": multikey_of()}),
        ("Ed25519VerificationKey2020", {"publicKeyMultibase": multikey_of()}),
        ("JsonWebKey", {"publicKeyJwk": jwk_of()}),
        ("JsonWebKey2020", {"publicKeyJwk": jwk_of()}),
    ],
)
def test_the_types_of_method_in_use_are_read(kind, key):
    entry = {"id": f"{DID}#key-1", "type": kind, "controller": DID, **key}
    found = resolve(f"{DID}#key-1", fetch=serve({URL: did_document(DID, entry)}))
    assert found.type == kind
    assert found.public_key == from_jwk(jwk_of())


def test_the_base58_key_of_2018_is_read(vectors):
    path = vectors / "spruceid-ssi/crates/dids/core/tests/vectors/did-example-foo.json"
    fetch = serve({"did:example:foo": path.read_bytes()})
    assert resolve("did:example:foo#key1", fetch=fetch).public_key.kind == "RSA"
    assert resolve("did:example:foo#key2", fetch=fetch).public_key.kind == "Ed25519"


def test_an_ed25519_method_with_another_key_is_refused():
    p256 = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"
    entry = another(type="Ed25519VerificationKey2020", publicKeyMultibase=p256)
    with pytest.raises(Invalid, match="P-256"):
        resolve(f"{DID}#key-1", fetch=serve({URL: did_document(DID, entry)}))


def test_a_bare_did_web_needs_exactly_one_key_for_assertions():
    one = serve({URL: did_document(DID, method(DID))})
    assert resolve(DID, fetch=one).id == f"{DID}#key-1"
    two = serve({URL: did_document(DID, method(DID), method(DID, "key-2", 2))})
    with pytest.raises(Invalid, match="lists 2"):
        resolve(DID, fetch=two)


@pytest.mark.parametrize("value", [True, "true", 1, None, {}])
def test_a_did_that_was_deactivated_is_refused(value):
    own = did_document(DID, method(DID), deactivated=value)
    beside = {"didDocument": own, "didDocumentMetadata": {"deactivated": value}}
    for answer in (own, beside, {**own, **beside}):
        with pytest.raises(Invalid, match="deactivated") as caught:
            resolve(f"{DID}#key-1", fetch=serve({URL: answer}))
        assert caught.value.type == "deactivated"


def test_a_did_that_says_that_it_is_active_is_taken():
    value = did_document(DID, method(DID), deactivated=False, didDocumentMetadata=[])
    assert resolve(f"{DID}#key-1", fetch=serve({URL: value})).controller == DID

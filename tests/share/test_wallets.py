"""Is a whole wallet written in the shapes that other programs read?"""

import io
import json
import tarfile

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

from credwallet import formats
from credwallet.errors import Invalid
from credwallet.fetch import Offline
from credwallet.formats import wallets
from credwallet.keys import new_did_key, resolve
from credwallet.keys.multibase import decode
from credwallet.share.wallets import FORMS, Leaving, LeftOut, Outgoing
from credwallet.share.wallets._tar import member
from tests.cli.badges import document, sign
from tests.formats.making import ASSERTION, itxt, png
from tests.hostile import sd_jwt
from tests.hostile.badges import badge, text
from tests.hostile.signing import proven, token
from tests.share import lcw
from tests.store.wallets import summary

INDENTED = json.dumps(sign(document(1)), indent=4).encode() + b"\n"
KINDS = {
    "json": INDENTED,
    "compact": text(proven(badge())),
    "jwt": token(badge()).encode(),
    "jwt-with-newline": token(badge()).encode() + b"\n",
    "sd-jwt": next(iter(sd_jwt.good())).encode(),
    "png": png(itxt(text(proven(badge())))),
    "png-with-jwt": png(itxt(token(badge()).encode())),
    "older-badge": json.dumps(ASSERTION).encode(),
}
EACH = pytest.mark.parametrize("form", list(FORMS))


def leaving(*raws: bytes):
    for number, raw in enumerate(raws):
        held = formats.read(raw)
        about = summary(number, media_type=held.media_type, sha256="0" * 64)
        yield Leaving(f"h{number}", held, about, {}, "2026-01-01T00:00:00Z", "a.json")


def written(form: str, *raws: bytes, documents=()) -> tuple[bytes, list[LeftOut]]:
    pieces = list(FORMS[form].pieces(Outgoing(leaving(*raws), tuple(documents), 0)))
    return (
        b"".join(piece for piece in pieces if isinstance(piece, bytes)),
        [piece for piece in pieces if isinstance(piece, LeftOut)],
    )


def read_back(data: bytes) -> list[wallets.Item]:
    kind = wallets.find(data)
    assert kind is not None
    return list(kind.items(io.BytesIO(data)))


def raws_of(data: bytes) -> list[bytes | Exception]:
    return [item.content for item in read_back(data) if isinstance(item, wallets.Entry)]


@pytest.mark.parametrize("form", ["lcw", "universal-wallet", "jsonl"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_of_credential_comes_back_as_it_was(form: str, kind: str):
    data, _ = written(form, KINDS[kind])
    assert raws_of(data) == [KINDS[kind]]


@pytest.mark.parametrize("form", ["lcw", "universal-wallet", "jsonl"])
def test_all_kinds_together_come_back_as_they_were(form: str):
    """Some of them say the same in another carrier or spelling."""
    again = json.dumps(json.loads(INDENTED), indent=2).encode()
    given = [*KINDS.values(), again, b" " + KINDS["compact"]]
    for order in (given, given[::-1]):
        data, _ = written(form, *order)
        assert sorted(raws_of(data)) == sorted(given)


@pytest.mark.parametrize(
    ("form", "read"),
    [("lcw", lcw.from_tar), ("universal-wallet", lcw.from_json)],
)
def test_the_learner_credential_wallet_gets_the_json_in_its_own_spelling(form, read):
    data, _ = written(form, INDENTED, KINDS["png"])
    (profile,) = read(data)
    assert json.loads(INDENTED) in profile.credentials
    assert len(profile.credentials) == 2
    assert INDENTED.strip() in data


def test_files_of_the_backup_are_named_as_that_wallet_names_them():
    data, _ = written("lcw", INDENTED)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        names = archive.getnames()
        manifest = archive.extractfile(names[0]).read().decode()
    assert names == [
        "manifest.yml",
        "profiles/default.json",
        f"credentials/{lcw.content_id(json.loads(INDENTED))}.json",
    ]
    assert all(f"- {name}\n" in manifest for name in names[1:])


def test_a_universal_wallet_says_what_it_is():
    value = json.loads(written("universal-wallet", INDENTED)[0])
    assert value["type"] == "UniversalWallet2020"
    assert value["status"] == "UNLOCKED"
    assert value["@context"][-1] == "https://w3id.org/wallet/v1"


def test_a_token_stands_in_an_envelope():
    value = json.loads(written("universal-wallet", KINDS["jwt"])[0])
    item = value["contents"][0]
    assert item["type"] == "EnvelopedVerifiableCredential"
    assert item["id"] == f"data:application/vc+jwt,{KINDS['jwt'].decode()}"


def published() -> dict:
    """A wallet in the shape of the specification's own examples."""
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "http://example.gov/wallet/3732",
        "type": "UniversalWallet2020",
        "status": "UNLOCKED",
        "vaultEndpoint": "https://edv.example",
        "contents": [
            {
                "@context": ["https://w3id.org/wallet/v1"],
                "type": "Currency",
                "value": 1,
            },
            json.loads(INDENTED),
            {"type": "Mnemonic", "value": "twelve words"},
        ],
    }


def test_what_a_wallet_held_besides_goes_out_again():
    first = json.dumps(published(), indent=2).encode()
    documents = [one for one in read_back(first) if isinstance(one, wallets.Document)]
    raw = next(one for one in raws_of(first))
    again = json.loads(written("universal-wallet", raw, documents=documents)[0])
    for name in ("@context", "id", "type", "status", "vaultEndpoint"):
        assert again[name] == published()[name]
    assert all(item in again["contents"] for item in published()["contents"])
    assert len(again["contents"]) == 3


def test_what_the_learner_credential_wallet_has_no_place_for_is_said():
    first = json.dumps(published()).encode()
    documents = [one for one in read_back(first) if isinstance(one, wallets.Document)]
    data, left_out = written("lcw", INDENTED, documents=documents)
    assert any("no DID with a key" in one.what for one in left_out)
    assert len(lcw.from_tar(data)) == 1


def test_a_wallet_without_a_type_is_known_by_its_status():
    value = {"status": "UNLOCKED", "contents": [json.loads(INDENTED)]}
    (raw,) = raws_of(json.dumps(value).encode())
    assert json.loads(raw) == json.loads(INDENTED)


@pytest.mark.parametrize("value", [[], {}, {"status": "UNLOCKED"}, [{"contents": []}]])
def test_other_json_is_no_wallet(value):
    assert wallets.find(json.dumps(value).encode()) is None


def test_a_badge_that_speaks_of_wallets_is_none():
    badge_text = json.dumps(sign(document(1, about='An "UNLOCKED" door'))).encode()
    assert wallets.find(badge_text) is None


def test_profiles_of_the_same_name_are_two_files():
    documents = []
    for name in ("Work", "work"):
        did = {"@context": "https://www.w3.org/ns/did/v1", "id": f"did:key:{name}"}
        key = {"type": "Ed25519VerificationKey2020", "id": name}
        named = {"type": "ProfileMetadata", "data": {"profileName": name}}
        wallet = {"type": "UniversalWallet2020", "status": "UNLOCKED"}
        data = json.dumps({**wallet, "contents": [did, key, named]}).encode()
        documents += [
            one for one in read_back(data) if isinstance(one, wallets.Document)
        ]
    profiles = lcw.from_tar(written("lcw", INDENTED, documents=documents)[0])
    assert {profile.name for profile in profiles} == {"Work", "work"}


@EACH
def test_an_empty_wallet_can_leave_too(form: str):
    data, _ = written(form)
    assert form == "jsonl" or data


def test_the_new_did_is_that_of_its_keys():
    made = new_did_key.make()
    method = resolve(made.signing_key["id"], fetch=Offline())
    private = decode(made.signing_key["privateKeyMultibase"])
    assert private[:2] == b"\x80\x26"
    signer = ed25519.Ed25519PrivateKey.from_private_bytes(private[2:34])
    assert private[34:] == signer.public_key().public_bytes_raw()
    method.public_key.verify(signer.sign(b"x"), b"x")
    with pytest.raises(Invalid):
        method.public_key.verify(signer.sign(b"y"), b"x")
    assert made.document["id"] == made.signing_key["controller"]
    assert "private" not in json.dumps(made.document)


def test_its_agreement_key_is_the_same_point_on_the_other_curve():
    """RFC 7748 section 4.1: u = (1 + y) / (1 - y)."""
    made = new_did_key.make()
    prime = 2**255 - 19
    public = decode(made.signing_key["publicKeyMultibase"])[2:]
    y = int.from_bytes(public, "little") & (2**255 - 1)
    u = (1 + y) * pow(1 - y, -1, prime) % prime
    agreement = decode(made.agreement_key["publicKeyMultibase"])
    assert agreement == b"\xec\x01" + u.to_bytes(32, "little")
    scalar = decode(made.agreement_key["privateKeyMultibase"])[2:]
    key = x25519.X25519PrivateKey.from_private_bytes(scalar)
    assert key.public_key().public_bytes_raw() == agreement[2:]


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 5000])
def test_the_members_of_our_archives_are_those_that_tarfile_reads(size: int):
    data = member("a/b.json", bytes(size), at=1_700_000_000) + bytes(1024)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        (found,) = archive.getmembers()
        assert archive.extractfile(found).read() == bytes(size)
    assert (found.name, found.mode, found.mtime) == ("a/b.json", 0o600, 1_700_000_000)

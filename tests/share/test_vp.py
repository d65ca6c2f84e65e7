"""Is a presentation with a proof for one receiver, by one key, of these credentials?"""

import json

import pytest

from credwallet import formats
from credwallet.errors import NotFound, Unreadable, Usage
from credwallet.keys.multibase import base64url_decode, base64url_encode
from credwallet.model.credential import BLOCKCERTS_2
from credwallet.share import WAYS
from tests.cli.badges import document
from tests.samples.make import HARBOUR_KEY, jwt
from tests.share import badges
from tests.share.presenting import (
    AT,
    AUDIENCE,
    MAIN,
    NONCE,
    OTHER,
    V1,
    WORK,
    asked,
    badge,
    handed,
    judged,
    made,
    older_badge,
    read,
    selective,
)

DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
V2 = "https://www.w3.org/ns/credentials/v2"
BOTH = pytest.mark.parametrize("way", ["vp", "vp-jwt"])


def token() -> bytes:
    written = document(7)
    written["credentialSubject"]["id"] = MAIN.key.did
    method = f"{written['issuer']['id']}#{written['issuer']['id'][8:]}"
    return jwt(written, HARBOUR_KEY, method).encode()


def test_it_is_a_presentation_of_2_0_with_the_receivers_words_in_its_proof():
    document = json.loads(made("vp", badge()))
    assert document["@context"] == [V2]
    assert document["type"] == ["VerifiablePresentation"]
    assert document["holder"] == MAIN.key.did
    proof = document["proof"]
    assert (proof["challenge"], proof["domain"]) == (NONCE, AUDIENCE)
    assert proof["proofPurpose"] == "authentication"
    assert proof["verificationMethod"] == MAIN.key.method
    assert "expires" not in proof


@BOTH
def test_our_own_verifier_takes_it_and_all_that_is_in_it(way: str):
    credentials = (badge(1), older_badge(), read(token()), selective())
    report = judged(made(way, *credentials))
    assert report.verdict == "valid"
    assert [each.verdict for each in report.contains] == ["valid"] * 4
    assert report.subject.holder == MAIN.key.did


@BOTH
def test_each_credential_stands_in_it_as_it_was_received(way: str):
    tricky = badge(name='Caf\u00e9 \u2028 \\ " </script> \U0001f393')
    credentials = (tricky, read(token()))
    held = formats.read(made(way, *credentials))
    assert held.credentials[0].document == tricky.document
    assert held.credentials[1].raw == token()
    assert json.loads(held.credentials[0].raw) == json.loads(tricky.raw)


@BOTH
def test_numbers_keep_their_spelling(way: str):
    text = badge().raw.replace(b'"creditsAvailable": 1', b'"creditsAvailable": 1.0')
    assert text.count(b'"creditsAvailable": 1.0') == 1
    held = formats.read(made(way, read(text)))
    assert b'"creditsAvailable":1.0' in held.credentials[0].raw
    assert judged(held.raw).verdict == "valid"


def test_around_nothing_but_1_1_it_is_one_of_1_1():
    document = json.loads(made("vp", older_badge()))
    assert document["@context"] == [V1, DATA_INTEGRITY]
    assert json.loads(made("vp", older_badge(), badge()))["@context"] == [V2]
    held = formats.read(made("vp-jwt", older_badge()))
    assert held.document["@context"] == [V2]


@BOTH
@pytest.mark.parametrize("minutes", [0, 10])
def test_it_ends_when_it_was_to_end(way: str, minutes: int):
    data = made(way, badge(), request=asked(minutes=minutes))
    after = AT.replace(hour=13)
    assert judged(data).verdict == "valid"
    assert judged(data, at=after).verdict == ("expired" if minutes else "valid")


CHANGES = {
    "employer.example": "somebody.example",
    "kD8s-2": "kD8s-3",
    "VerifiablePresentation": "verifiablePresentation",
    "Woodwork": "Medicine",
    MAIN.key.did: OTHER.key.did,
}


@BOTH
@pytest.mark.parametrize("old", CHANGES)
def test_what_was_changed_is_refused(way: str, old: str):
    data = made(way, badge())
    if way == "vp":
        changed = data.replace(old.encode(), CHANGES[old].encode())
    else:
        first, payload, last = data.decode().split(".")
        words = base64url_decode(payload).decode().replace(old, CHANGES[old])
        changed = f"{first}.{base64url_encode(words.encode())}.{last}".encode()
    assert changed != data
    try:
        verdict = judged(changed).verdict
    except Unreadable:
        verdict = "unreadable"
    assert verdict in ("invalid", "malformed", "unreadable")


def test_a_credential_that_was_put_in_later_is_refused():
    written = json.loads(made("vp", badge(1)))
    written["verifiableCredential"].append(json.loads(badge(2).raw))
    assert judged(json.dumps(written).encode()).verdict == "invalid"


# Which key.


def test_the_key_that_the_badge_is_about_signs():
    keys = (OTHER, WORK, MAIN)
    for holder in keys:
        held = formats.read(made("vp", badge(holder=holder), request=asked(keys=keys)))
        assert held.holder == holder.key.did
        assert judged(held.raw).verdict == "valid"


def test_the_key_that_was_named_signs_by_its_name_or_did():
    for key in ("other", OTHER.key.did):
        request = asked(keys=(MAIN, OTHER), key=key)
        assert formats.read(made("vp", badge(), request=request)).holder == (
            OTHER.key.did
        )


def test_without_a_hint_several_keys_are_too_many():
    request = asked(keys=(MAIN, OTHER))
    with pytest.raises(Usage, match="several keys could sign: main, other") as caught:
        made("vp", badge(holder=None), request=request)
    assert "--key" in caught.value.next_step


def test_without_a_key_it_is_said_how_to_get_one():
    with pytest.raises(NotFound, match="no key") as caught:
        made("vp", badge(), request=asked(keys=()))
    assert "credwallet key create" in caught.value.next_step
    with pytest.raises(NotFound, match="no key called x"):
        made("vp", badge(), request=asked(key="x"))


# What it proves.


@BOTH
def test_that_it_is_yours_is_said_to_be_proven_only_if_it_is(way: str):
    (first, *_) = handed(way, badge()).notes
    assert "that you hold it is proven" in first
    (first, *_) = handed(way, badge(holder=OTHER)).notes
    assert f"about {OTHER.key.did}, not about your key main" in first
    assert "not proven" in first
    (first, *_) = handed(way, badge(holder=None)).notes
    assert "names no DID" in first


def test_a_token_inside_is_not_read_by_everybody():
    assert any("--as vp-jwt" in note for note in handed("vp", read(token())).notes)
    assert not any("--as vp-jwt" in note for note in handed("vp", badge()).notes)


@BOTH
def test_what_leaves_names_the_key_and_the_receiver(way: str):
    listed = WAYS[way].discloses(badge(), asked())
    said = {entry.label: entry for entry in listed if entry.part == "carrier"}
    assert said["holder"].value == MAIN.key.did
    assert "your key" in said["holder"].linkable
    assert said["presented to"].value == AUDIENCE
    assert said["nonce"].value == NONCE
    assert "/credentialSubject/achievement/name" in {entry.path for entry in listed}


@BOTH
def test_of_an_sd_jwt_inside_only_what_was_asked_for_is_shown(way: str):
    request = asked("given_name")
    (held,) = formats.read(made(way, selective(), request=request)).credentials
    assert held.document["given_name"] == "Ada"
    assert "address" not in held.document
    assert held.sd_jwt.key_binding is not None
    paths = {entry.path for entry in WAYS[way].discloses(selective(), request)}
    assert "/given_name" in paths
    assert not any("address" in path for path in paths)


@BOTH
def test_an_sd_jwt_bound_to_no_key_of_ours_stands_without_a_binding(way: str):
    given = handed(way, selective(OTHER), request=asked())
    (held,) = formats.read(given.files[0].content).credentials
    assert held.sd_jwt.key_binding is None
    assert any("no key binding of its own" in note for note in given.notes)


# What cannot be.


def test_a_term_without_a_meaning_is_not_passed_over_in_silence():
    text = badge().raw.replace(b'"name": "Woodwork"', b'"nom": "Woodwork"', 1)
    with pytest.raises(Usage, match="nom") as caught:
        made("vp", read(text))
    assert "--as vp-jwt" in caught.value.next_step
    assert b"nom" in formats.read(made("vp-jwt", read(text))).jws.payload


@BOTH
def test_without_a_receiver_there_is_no_presentation(way: str):
    with pytest.raises(Usage, match="one receiver") as caught:
        made(way, badge(), request=asked()._replace(presenting=None))
    assert "--for" in caught.value.next_step


@BOTH
def test_what_is_no_verifiable_credential_stands_in_none(way: str):
    with pytest.raises(Usage, match="stands in no presentation"):
        made(way, badges.credential(format=BLOCKCERTS_2))
    bare = {"proof": []}
    with pytest.raises(Usage, match="without a proof"):
        made(way, badges.credential(bare))


@BOTH
def test_the_file_has_a_safe_name_and_the_type_of_its_standard(way: str):
    suffix, media_type = {
        "vp": ("json", "application/vp"),
        "vp-jwt": ("jwt", "application/vp+jwt"),
    }[way]
    (file,) = handed(way, badge(name="../../etc/passwd")).files
    assert file.name == f"etc-passwd-presentation.{suffix}"
    assert file.media_type == media_type
    assert formats.read(file.scan.encode()).holder == MAIN.key.did
    (file,) = handed(way, badge(1), badge(2)).files
    assert file.name == f"presentation.{suffix}"

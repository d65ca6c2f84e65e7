"""Does an SD-JWT show what was asked for, to one receiver, and nothing else?"""

import pytest

from credwallet import formats
from credwallet.errors import NotFound, Unreadable, Usage
from credwallet.keys.multibase import base64url_decode
from credwallet.proofs.key_binding import verify_key_binding
from credwallet.share import WAYS
from credwallet.share.sd_jwt import key_bound_to
from tests.hostile.badges import badge as plain_badge
from tests.hostile.sd_jwt import bound, digest, disclosure, token
from tests.hostile.signing import key
from tests.keys.served import NOTHING
from tests.share.presenting import (
    AT,
    AUDIENCE,
    MAIN,
    NONCE,
    OTHER,
    PARTS,
    WORK,
    asked,
    badge,
    handed,
    judged,
    made,
    read,
    selective,
)

ALWAYS = {"iss", "vct", "iat", "cnf", "name", "skills"}
HIDDEN = ("SE", "Lund", "Hamngatan 1", "Knots", "Splices", "2001-02-03")
WAY = WAYS["sd-jwt"]


def claims(*reveal: str) -> dict:
    held = formats.read(made("sd-jwt", selective(), request=asked(*reveal)))
    return {k: v for k, v in held.document.items() if k not in ALWAYS - {"skills"}}


@pytest.mark.parametrize(
    ("reveal", "shown"),
    [
        ((), {}),
        (("given_name",), {"given_name": "Ada"}),
        (("skills[1]",), {"skills": ["Splices"]}),
        (("/skills/0",), {"skills": ["Knots"]}),
        (("skills",), {"skills": ["Knots", "Splices"]}),
        (("address.city",), {"address": {"country": "SE", "city": "Lund"}}),
        (("address.country",), {"address": {"country": "SE"}}),
        (
            ("address",),
            {"address": {"country": "SE", "city": "Lund", "street": "Hamngatan 1"}},
        ),
        (("/birth~1date",), {"birth/date": "2001-02-03"}),
        (("name", "given_name"), {"given_name": "Ada"}),
    ],
    ids=str,
)
def test_what_was_asked_for_is_shown_and_nothing_else(
    reveal: tuple[str, ...], shown: dict
):
    assert claims(*reveal) == {"skills": [], **shown}


def test_nothing_hidden_is_in_the_bytes():
    data = made("sd-jwt", selective(), request=asked("given_name"))
    decoded = b"".join(
        base64url_decode(part)
        for text in data.decode().split("~")
        for part in text.split(".")
    ).decode(errors="replace")
    assert '"Ada"' in decoded
    for value in HIDDEN:
        assert f'"{value}"' not in decoded


@pytest.mark.parametrize("holder", [MAIN, WORK], ids=lambda holder: holder.name)
def test_the_key_of_cnf_binds_it_to_the_receiver(holder):
    request = asked("given_name", keys=(OTHER, MAIN, WORK), minutes=10)
    data = made("sd-jwt", selective(holder), request=request)
    found = verify_key_binding(formats.read(data), fetch=NOTHING, at=AT)
    assert found == (AUDIENCE, NONCE, AT)
    assert judged(data).verdict == "valid"


def test_a_cnf_that_names_a_did_will_do():
    for kid in (MAIN.key.did, MAIN.key.method):
        credential = selective(cnf={"kid": kid})
        assert judged(made("sd-jwt", credential)).verdict == "valid"


def test_a_binding_that_it_came_with_is_left_behind():
    theirs = selective()
    whole = bound(theirs.raw.decode(), key("holder"))
    data = made("sd-jwt", read(whole.encode()), request=asked("given_name"))
    assert whole.rpartition("~")[2].encode() not in data
    assert judged(data).verdict == "valid"


def test_another_selection_needs_another_binding():
    data = made("sd-jwt", selective(), request=asked("given_name", "skills[0]"))
    less = data.replace(PARTS["one"].encode() + b"~", b"")
    assert less != data
    assert judged(less).verdict == "invalid"


def test_a_credential_of_data_model_2_0_works_as_well():
    inner = plain_badge()
    hidden = disclosure("s", "email", "a@b.example")
    inner["credentialSubject"]["_sd"] = [digest(hidden)]
    confirmation = selective().document["cnf"]
    credential = read(token({**inner, "cnf": confirmation}, [hidden]).encode())
    shown = formats.read(
        made("sd-jwt", credential, request=asked("credentialSubject.email"))
    )
    assert shown.document["credentialSubject"]["email"] == "a@b.example"
    (file,) = handed("sd-jwt", credential).files
    assert file.media_type == "application/vc+sd-jwt"
    assert b"~ey" in file.content
    assert hidden.encode() not in file.content


# What is said.


def test_what_stays_hidden_is_listed():
    (first, second, *_) = handed(
        "sd-jwt", selective(), request=asked("address.city", "name")
    ).notes
    assert first == (
        "stays hidden: given_name, skills[0], skills[1], /birth~1date, address.street"
    )
    assert second == "is always shown: name"


def test_what_leaves_is_listed_and_what_stays_is_not():
    listed = WAY.discloses(selective(), asked("address.city"))
    paths = {entry.path for entry in listed}
    assert {"/address/city", "/address/country", "/vct", "/cnf/jwk/x"} <= paths
    assert not {"/given_name", "/address/street", "/skills/0"} & paths
    assert not any("_sd" in path or "..." in path for path in paths)
    said = {entry.label: entry.value for entry in listed if entry.part == "carrier"}
    assert said["presented to"] == AUDIENCE
    (bound_to,) = (entry for entry in listed if entry.path == "/cnf/jwk/x")
    assert "your key" in bound_to.linkable
    # given_name, birth/date, two skills, the street, and a decoy.
    assert said["hashes"].startswith("6,")


# What cannot be.


@pytest.mark.parametrize(
    ("name", "words", "step"),
    [
        ("given_nam", "--reveal given_nam names nothing", "did you mean given_name?"),
        ("address.town", "address.town", "what can be revealed: given_name, address,"),
        ("skills[2]", "skills[2]", "skills[0]"),
        ("skills[-1]", "skills[-1]", "skills[0]"),
        ("_sd", "_sd", "what can be revealed"),
        ("/", "--reveal /", "what can be revealed"),
        ("x" * 5000, "names nothing", "what can be revealed"),
    ],
    ids=lambda text: text[:20],
)
def test_an_unknown_claim_is_refused_with_the_nearest(name: str, words: str, step: str):
    with pytest.raises(Usage) as caught:
        made("sd-jwt", selective(), request=asked("given_name", name))
    assert words in caught.value.what
    assert step in caught.value.next_step


def test_with_nothing_to_choose_that_is_said():
    confirmation = selective().document["cnf"]
    with pytest.raises(Usage) as caught:
        made(
            "sd-jwt",
            read(token({**plain_badge(), "cnf": confirmation}).encode()),
            request=asked("x"),
        )
    assert "there is nothing to choose" in caught.value.next_step


def test_without_cnf_there_is_no_presentation():
    with pytest.raises(Usage, match="bound this credential to no key") as caught:
        made("sd-jwt", selective(None))
    assert "--as file" in caught.value.next_step


@pytest.mark.parametrize(
    "cnf",
    [
        {"jwk": selective(OTHER).document["cnf"]["jwk"]},
        {"jwk": selective(WORK).document["cnf"]["jwk"]},
        {"jwk": {"kty": "oct", "k": "AA"}},
        {"jwk": 7},
        {"kid": 7},
        {"kid": OTHER.key.did},
        {},
    ],
    ids=["other", "p-256", "oct", "number", "kid number", "kid", "nothing"],
)
def test_without_the_key_of_cnf_there_is_none_either(cnf: dict):
    with pytest.raises(NotFound, match="not in the wallet") as caught:
        made("sd-jwt", selective(cnf=cnf))
    assert "credwallet key import" in caught.value.next_step


def test_what_cannot_be_split_is_not():
    with pytest.raises(Usage, match="only an SD-JWT") as caught:
        made("sd-jwt", badge())
    assert "--as vp" in caught.value.next_step


def test_disclosures_that_break_a_rule_are_not_presented():
    credential = selective()
    forged = credential.raw + disclosure("s", "rank", "captain").encode() + b"~"
    with pytest.raises(Unreadable, match="disclosures"):
        made("sd-jwt", read(forged))


def test_several_are_presented_each_by_itself():
    made_files = handed(
        "sd-jwt", selective(), selective(WORK), request=asked(keys=(MAIN, WORK))
    ).files
    assert [file.name for file in made_files] == [
        "knots-1.sdjwt",
        "knots-2.sdjwt",
    ]
    assert [judged(file.content).verdict for file in made_files] == ["valid"] * 2


def test_which_key_it_is_bound_to_can_be_asked():
    assert key_bound_to(selective(WORK), (MAIN, WORK)) == "work"
    assert key_bound_to(selective(OTHER), (MAIN, WORK)) == ""
    assert key_bound_to(selective(None), (MAIN,)) == ""
    assert key_bound_to(badge(), (MAIN,)) == ""

"""Which members tie copies, credentials or people together, and why.

Open Badges 3.0 (identifiers, evidence, images), Bitstring Status List 1.0 section 5
(correlation), RFC 7519 (`jti`, `sub`), RFC 7800 (`cnf`), RFC 9901 (`_sd`: digests with
a salt of their own). The words are for the learner.
"""

from typing import Any

_SUBJECT = "names you: it ties together all credentials that carry it"
_COPY = "one of a kind: two receivers can tell that they hold the same credential"
_STATUS = "one of a kind, and checking it tells the issuer's host that somebody asked"
_HASH = "a hash of an e-mail address or a name can be guessed by trying"
_IDENTITY = "says who you are in the world outside"
_EVIDENCE = "leads to your work, and its host sees who opens it"
_PICTURE = "a page that loads this picture tells its host that somebody looks"
_INSIDE = "carries claims of its own, which leave with it"
_NESTED = "one of a kind if it was made for you alone"
_KEY = "your key: it ties together all credentials that are bound to it"

_IDENTITY_MEMBERS = frozenset(
    {
        "identityHash",
        "identity",
        "email",
        "phone",
        "telephone",
        "dateOfBirth",
        "birthDate",
        "address",
        "studentId",
        "sourcedId",
        "familyName",
        "givenName",
        "additionalName",
        "patronymicName",
        # As OpenID Connect Core 1.0 section 5.1 and the claims of SD-JWT VCs spell it.
        "given_name",
        "family_name",
        "middle_name",
        "nickname",
        "preferred_username",
        "birthdate",
        "birth_date",
        "place_of_birth",
        "phone_number",
        "picture",
        "personal_administrative_number",
        "student_id",
    }
)
_PICTURES = frozenset({"image", "logo", "photo"})
_PLAIN_IDENTITIES = (
    ("credentialSubject", "identifier"),
    ("credentialSubject", "name"),
    ("credentialSubject", "image"),
)
_ONE_OF_A_KIND = ("urn:", "did:")


def why(path: tuple[str, ...], value: Any) -> str:
    """Say what a member of a credential, or of the claims or header of a JWT, links.

    Args:
        path: Names and indexes from the root to the member.
        value: Its text, number, flag or null.

    Returns:
        One line without full stop, `""` if it links nothing that we know of.

    """
    names = tuple(name for name in path if not name.isdecimal())
    if not names or value is None or isinstance(value, bool):
        return ""
    if names[0] == "vc":
        names = names[1:] or names
    text = str(value)
    return (
        _of_the_whole(names)
        or _of_the_person(names, text)
        or _of_an_address(names, text)
    )


def _of_the_whole(names: tuple[str, ...]) -> str:
    if names in (("id",), ("jti",), ("uid",)) or names[-1] in ("_sd", "..."):
        return _COPY
    if names[0] == "cnf":
        return _KEY
    if names[:2] == ("status", "status_list"):
        return _STATUS
    if names[0] == "credentialStatus" and names[-1] != "type":
        return _STATUS
    if names[0] == "refreshService" and names[-1] == "id":
        return _STATUS
    return ""


def _of_the_person(names: tuple[str, ...], text: str) -> str:
    last = names[-1]
    if names in (("sub",), ("credentialSubject", "id"), ("holder",), ("holder", "id")):
        return _SUBJECT
    about_subject = names[0] in ("credentialSubject", "recipient")
    if not about_subject or {"achievement", "source"} & set(names):
        return ""
    if last in ("identityHash", "identity"):
        return _HASH if _hashed(text) else _IDENTITY
    if last in _IDENTITY_MEMBERS or names in _PLAIN_IDENTITIES:
        return _IDENTITY
    return ""


def _of_an_address(names: tuple[str, ...], text: str) -> str:
    if text.startswith(("data:application/", "eyJ")):
        return _INSIDE
    if text.startswith(("http://", "https://")):
        if "evidence" in names:
            return _EVIDENCE
        return _PICTURE if _PICTURES & set(names) else ""
    inside_subject = names[0] in ("credentialSubject", "evidence")
    if inside_subject and names[-1] == "id" and text.startswith(_ONE_OF_A_KIND):
        return "" if "achievement" in names else _NESTED
    return ""


def _hashed(text: str) -> bool:
    return "$" in text

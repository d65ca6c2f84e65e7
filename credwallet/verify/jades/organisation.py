"""Does a certificate name the organisation that a credential names as its issuer?

ETSI EN 319 412-1 section 5.1.4: `organizationIdentifier` is the kind of register (three
letters), the country (two), a hyphen and the number, such as `VATES-A00000000`. The
European Learning Model writes it into `eIDASIdentifier`, often as the number alone.
"""

import re
import unicodedata
from enum import Enum, auto
from typing import Any

from credwallet.keys.x5c import Certified
from credwallet.model.credential import words

# Attributes of the subject, as RFC 4514 writes them: organizationIdentifier.
_IDENTIFIER = re.compile(r"(?:^|[,+])2\.5\.4\.97=((?:\\.|[^\\,+])+)")
_HOST = re.compile(r"https://([A-Za-z0-9.-]+)(?:[/?#]|$)")
_FULL = re.compile(r"([A-Z]{3}[A-Z]{2})-(.+)")
_MEMBERS = ("eIDASIdentifier", "registration", "vatIdentifier", "taxIdentifier")
_MOST = 40


class Likeness(Enum):
    """How the owner of a certificate compares with the issuer of a credential.

    `SAME` by name (and not another by number), `SAME_NUMBER` by number only, `UNLIKE`
    by neither, `OTHER` if the numbers of the same register differ.
    """

    SAME = auto()
    SAME_NUMBER = auto()
    UNLIKE = auto()
    OTHER = auto()


def likeness(document: dict[str, Any], signer: Certified) -> Likeness:
    """Compare the issuer of a credential with the owner of a certificate.

    Args:
        document: The credential as JSON; its issuer may be text or an object.
        signer: Who sealed it.

    Returns:
        How alike they are; names are compared without case, accents and punctuation.

    """
    issuer = document.get("issuer")
    if not isinstance(issuer, dict):
        return Likeness.SAME if _is_named(issuer, signer) else Likeness.UNLIKE
    own = _own_number(signer)
    stated = _numbers(issuer)
    agrees = _agree(own, stated)
    if not agrees and _contradict(own, stated):
        return Likeness.OTHER
    named = _plain(signer.organization)
    if named and named == _plain(_shown_name(issuer)):
        return Likeness.SAME
    if _is_named(issuer.get("id"), signer):
        return Likeness.SAME
    return Likeness.SAME_NUMBER if agrees else Likeness.UNLIKE


def _agree(own: str, stated: list[str]) -> bool:
    full = _FULL.fullmatch(own)
    forms = {_plain(own), _plain(full[2]) if full else ""} - {""}
    return any(_plain(text) in forms for text in stated)


def _contradict(own: str, stated: list[str]) -> bool:
    register = own.partition("-")[0] if _FULL.fullmatch(own) else None
    return any(
        full[1] == register for text in stated if (full := _FULL.fullmatch(text))
    )


def _is_named(identifier: Any, signer: Certified) -> bool:
    if not isinstance(identifier, str) or not identifier:
        return False
    names = {name.casefold() for name in signer.names}
    if identifier in signer.names:
        return True
    host = _HOST.match(identifier)
    return host is not None and host[1].casefold() in names


def _own_number(signer: Certified) -> str:
    found = _IDENTIFIER.search(signer.subject)
    return found[1].replace("\\", "") if found else ""


def _numbers(issuer: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for member in _MEMBERS:
        value = issuer.get(member)
        for entry in (value if isinstance(value, list) else [value])[:_MOST]:
            notation = entry.get("notation") if isinstance(entry, dict) else None
            if isinstance(notation, str):
                found.append(notation)
    return found


def _shown_name(issuer: dict[str, Any]) -> str:
    # One that agrees among many others would let a stranger in.
    return words(issuer.get("name")) or words(issuer.get("legalName"))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())

"""Credentials and presentations as they were received.

`raw` is the truth: the bytes that came in, never re-serialised. `document` is what
those bytes say, and every other member is read from it on demand, so that there is no
second copy that could disagree. Reading never judges: a member of the wrong shape reads
as absent here, and the structure check of `verify` names it.

VC Data Model 1.1 and 2.0 (`issuanceDate` and `validFrom` are one member here, as are
`expirationDate` and `validUntil`), Open Badges 3.0.
"""

from typing import Any, NamedTuple

from credwallet.model import claims
from credwallet.model.proof import Jws, Proof, SdJwt, proofs_of

JsonObject = dict[str, Any]


# Assertions of Open Badges 2.0 with an embedded badge class and a Merkle receipt.
BLOCKCERTS_2 = "blockcerts-2"
# Assertions of Open Badges 0.5 to 2.1; what they name stands elsewhere.
OPEN_BADGES_2 = "open-badges-2"
_ASSERTIONS = (BLOCKCERTS_2, OPEN_BADGES_2)


class Profile(NamedTuple):
    """Who issued something (Open Badges 3.0 `Profile`); `""` where nothing is said."""

    id: str
    name: str


class Credential(NamedTuple):
    """One credential.

    Args:
        raw: The bytes as received, with their carrier (a PNG stays a PNG).
        media_type: Of `raw`, e.g. `application/vc+ld+json`, `application/vc+jwt`,
            `image/png`.
        format: `NAME` of the format that secured it: `json-ld`, `vc-jwt`, `sd-jwt` or
            `open-badges-2`.
        carrier: `""`, `png` or `svg`: what the credential was baked into.
        document: The credential as a JSON object. For a VC-JWT it is the credential
            that its claims state; see `jws` for what was signed. For an SD-JWT VC it is
            the claims themselves, with what was disclosed.
        jws: The JWS that secures it, or None.
        problem: Why the claims of a JWS contradict each other, or `""`.
        sd_jwt: Disclosures and key binding of an SD-JWT, or None.

    """

    raw: bytes
    media_type: str
    format: str
    document: JsonObject
    carrier: str = ""
    jws: Jws | None = None
    problem: str = ""
    sd_jwt: SdJwt | None = None

    @property
    def states_claims(self) -> bool:
        """Whether it is an SD-JWT VC: claims, not a VC Data Model document."""
        return self.sd_jwt is not None and self.sd_jwt.states_claims

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Embedded Data Integrity proofs, in order."""
        return () if self.states_claims else proofs_of(self.document)

    @property
    def id(self) -> str:
        """The credential's own identifier, `""` if it has none."""
        return _text(self.document.get("jti" if self.states_claims else "id"))

    @property
    def name(self) -> str:
        """What it is called, `""` if it does not say; for an SD-JWT VC from its type.

        The claim `name` of an SD-JWT VC is the name of a person.
        """
        if self.states_claims:
            return claims.name_of_type(_text(self.document.get("vct")))
        return words(self.document.get("name"))

    @property
    def types(self) -> tuple[str, ...]:
        """Values of `type`, in order; the `vct` of an SD-JWT VC."""
        if self.states_claims:
            return _texts(self.document.get("vct"))
        return _texts(self.document.get("type", self.document.get("@type")))

    @property
    def contexts(self) -> tuple[Any, ...]:
        """Entries of `@context`, in order; inline ones are objects."""
        return _many(self.document.get("@context"))

    @property
    def issuer(self) -> Profile:
        """Who issued it, as the credential itself says."""
        issuer = self.document.get("iss" if self.states_claims else "issuer")
        if self.format in _ASSERTIONS:
            badge = self.document.get("badge")
            issuer = badge.get("issuer") if isinstance(badge, dict) else None
        if isinstance(issuer, dict):
            # An organisation of the European Learning Model has a legal name.
            name = words(issuer.get("name")) or words(issuer.get("legalName"))
            return Profile(_text(issuer.get("id")), name)
        return Profile(_text(issuer), "")

    @property
    def valid_from(self) -> str:
        """`validFrom` (2.0) or `issuanceDate` (1.1) as written, `""` if absent.

        For an SD-JWT VC `nbf` or else `iat`, as RFC 3339.
        """
        if self.states_claims:
            return claims.moment(self.document, "nbf", "iat")
        if self.format in _ASSERTIONS:
            return _text(self.document.get("issuedOn"))
        return _text(self.document.get("validFrom", self.document.get("issuanceDate")))

    @property
    def valid_until(self) -> str:
        """`validUntil` (2.0) or `expirationDate` (1.1) as written, `""` if absent.

        For an SD-JWT VC `exp`, as RFC 3339.
        """
        if self.states_claims:
            return claims.moment(self.document, "exp")
        if self.format in _ASSERTIONS:
            return _text(self.document.get("expires"))
        return _text(
            self.document.get("validUntil", self.document.get("expirationDate"))
        )

    @property
    def subjects(self) -> tuple[JsonObject, ...]:
        """Objects of `credentialSubject`, in order; the claims of an SD-JWT VC."""
        if self.states_claims:
            return (claims.subject(self.document),)
        return tuple(
            entry
            for entry in _many(self.document.get("credentialSubject"))
            if isinstance(entry, dict)
        )

    @property
    def status_entries(self) -> tuple[Any, ...]:
        """Entries of `credentialStatus`, in order, of whatever shape."""
        if self.states_claims:
            return ()
        return _many(self.document.get("credentialStatus"))


class Presentation(NamedTuple):
    """A verifiable presentation: an envelope around credentials.

    Args:
        raw: The bytes as received.
        media_type: Of `raw`.
        format: `json-ld`, `vc-jwt` or `sd-jwt`.
        document: The presentation as a JSON object.
        credentials: What it holds; the `raw` of each is its own part of the envelope,
            byte for byte. A part that could not be read stands as its `Unreadable`.
        jws: The JWS that secures the envelope, or None.
        problem: Why the claims of a JWS contradict each other, or `""`.
        sd_jwt: Disclosures and key binding of an SD-JWT, or None.

    """

    raw: bytes
    media_type: str
    format: str
    document: JsonObject
    credentials: "tuple[Credential | Presentation | Exception, ...]"
    jws: Jws | None = None
    problem: str = ""
    sd_jwt: SdJwt | None = None

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Embedded Data Integrity proofs, in order."""
        return proofs_of(self.document)

    @property
    def id(self) -> str:
        """The presentation's own identifier, `""` if it has none."""
        return _text(self.document.get("id"))

    @property
    def types(self) -> tuple[str, ...]:
        """Values of `type`, in order."""
        return _texts(self.document.get("type", self.document.get("@type")))

    @property
    def holder(self) -> str:
        """Who presents, `""` if not said."""
        holder = self.document.get("holder")
        return _text(holder.get("id") if isinstance(holder, dict) else holder)


Held = Credential | Presentation


def words(value: Any) -> str:
    """Read a language-tolerant text: a string, a value object or a language map.

    Args:
        value: JSON of any shape (VCDM 2.0 section 11.1).

    Returns:
        The text; for a language map or an array the English or else the first text;
        `""` if there is none.

    """
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "@value" in value:
        return _text(value["@value"])
    if isinstance(value, dict):
        said = [(name, entry) for name, entry in value.items() if name[:1] != "@"]
    elif isinstance(value, list):
        said = [(_language(entry), entry) for entry in value]
    else:
        return ""
    said.sort(key=lambda pair: pair[0] != "en" and not pair[0].startswith("en-"))
    return next((text for _, entry in said if (text := _one(entry))), "")


def _language(entry: Any) -> str:
    return _text(entry.get("@language")) if isinstance(entry, dict) else ""


def _one(entry: Any) -> str:
    """Read one text of a language map or an array; deeper nesting is no text."""
    if isinstance(entry, list):
        return next((text for text in map(_value, entry) if text), "")
    return _value(entry)


def _value(entry: Any) -> str:
    return _text(entry.get("@value") if isinstance(entry, dict) else entry)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _many(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(entry for entry in _many(value) if isinstance(entry, str))

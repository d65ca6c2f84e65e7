"""Credentials and presentations as they were received.

`raw` is the truth: the bytes that came in, never re-serialised. `document` is what
those bytes say, and every other member is read from it on demand, so that there is no
second copy that could disagree. Reading never judges: a member of the wrong shape reads
as absent here, and the structure check of `verify` names it.

VC Data Model 1.1 and 2.0 (`issuanceDate` and `validFrom` are one member here, as are
`expirationDate` and `validUntil`), Open Badges 3.0.
"""

from typing import Any, NamedTuple

from credwallet.model.proof import Jws, Proof, proofs_of

JsonObject = dict[str, Any]


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
        format: `NAME` of the format that secured it: `json-ld`, `vc-jwt` or
            `open-badges-2`.
        carrier: `""`, `png` or `svg`: what the credential was baked into.
        document: The credential as a JSON object. For a VC-JWT it is the credential
            that its claims state; see `jws` for what was signed.
        jws: The JWS that secures it, or None.
        problem: Why the claims of a JWS contradict each other, or `""`.

    """

    raw: bytes
    media_type: str
    format: str
    document: JsonObject
    carrier: str = ""
    jws: Jws | None = None
    problem: str = ""

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Embedded Data Integrity proofs, in order."""
        return proofs_of(self.document)

    @property
    def id(self) -> str:
        """The credential's own identifier, `""` if it has none."""
        return _text(self.document.get("id"))

    @property
    def types(self) -> tuple[str, ...]:
        """Values of `type`, in order."""
        return _texts(self.document.get("type", self.document.get("@type")))

    @property
    def contexts(self) -> tuple[Any, ...]:
        """Entries of `@context`, in order; inline ones are objects."""
        return _many(self.document.get("@context"))

    @property
    def issuer(self) -> Profile:
        """Who issued it, as the credential itself says."""
        issuer = self.document.get("issuer")
        if isinstance(issuer, dict):
            return Profile(_text(issuer.get("id")), words(issuer.get("name")))
        return Profile(_text(issuer), "")

    @property
    def valid_from(self) -> str:
        """`validFrom` (2.0) or `issuanceDate` (1.1) as written, `""` if absent."""
        return _text(self.document.get("validFrom", self.document.get("issuanceDate")))

    @property
    def valid_until(self) -> str:
        """`validUntil` (2.0) or `expirationDate` (1.1) as written, `""` if absent."""
        return _text(
            self.document.get("validUntil", self.document.get("expirationDate"))
        )

    @property
    def subjects(self) -> tuple[JsonObject, ...]:
        """Objects of `credentialSubject`, in order."""
        return tuple(
            entry
            for entry in _many(self.document.get("credentialSubject"))
            if isinstance(entry, dict)
        )

    @property
    def status_entries(self) -> tuple[Any, ...]:
        """Entries of `credentialStatus`, in order, of whatever shape."""
        return _many(self.document.get("credentialStatus"))


class Presentation(NamedTuple):
    """A verifiable presentation: an envelope around credentials.

    Args:
        raw: The bytes as received.
        media_type: Of `raw`.
        format: `json-ld` or `vc-jwt`.
        document: The presentation as a JSON object.
        credentials: What it holds; the `raw` of each is its own part of the envelope,
            byte for byte. A part that could not be read stands as its `Unreadable`.
        jws: The JWS that secures the envelope, or None.
        problem: Why the claims of a JWS contradict each other, or `""`.

    """

    raw: bytes
    media_type: str
    format: str
    document: JsonObject
    credentials: "tuple[Credential | Presentation | Exception, ...]"
    jws: Jws | None = None
    problem: str = ""

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

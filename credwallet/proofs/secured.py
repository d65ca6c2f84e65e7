"""A document with embedded proofs, as the cryptosuites see it.

Holds what several proofs of one document share, so that a proof set canonicalises the
document once, and gives each proof of a chain the document that it was made over.
VC Data Integrity 1.0 sections 4.3 (proof sets and chains), 4.4 and 4.5.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from credwallet.canon import jcs, jsonld, rdfc
from credwallet.canon.contexts import Contexts
from credwallet.canon.jsonld import Undefined
from credwallet.errors import Invalid, Undetermined
from credwallet.model.proof import Proof, proofs_of
from credwallet.proofs import options

JsonObject = dict[str, Any]
HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


class HashData(NamedTuple):
    """The bytes that a proof signs, and what they leave out of the document.

    `hash_name` is the hash of the signature, `""` for the suite's own. `note` says what
    else there is to know about the proof, or is `""`.
    """

    data: bytes
    undefined: tuple[Undefined, ...] = ()
    supplied: tuple[str, ...] = ()
    hash_name: str = ""
    note: str = ""


class Statements(NamedTuple):
    """The statements of a document, with the canonical label of each blank node."""

    quads: rdfc.Dataset
    labels: Mapping[str, str]
    undefined: tuple[Undefined, ...]
    supplied: tuple[str, ...]


class Patience:
    """How often one file may ask for a canonical form that is too costly to make.

    Each such graph is given up after a while; a file of hundreds of them would still
    take minutes, so after a few the rest is not begun.
    """

    def __init__(self, times: int = 5) -> None:
        self._left = times

    def canonicalize(self, quads: rdfc.Dataset, hash_name: str) -> str:
        """Canonicalise, or refuse what follows too many refusals.

        Args:
            quads: The statements, blank nodes by the labels of this document.
            hash_name: `sha256` or `sha384`, the hash that gives the blank nodes their
                order.

        Returns:
            Canonical N-Quads, one statement a line.

        Raises:
            Undetermined: If the graph is too complex, or too many were.

        """
        self._begin(quads)
        try:
            return rdfc.canonicalize(quads, hash_name=hash_name)
        except Undetermined:
            self._left -= 1
            raise

    def label(self, quads: rdfc.Dataset) -> Mapping[str, str]:
        """Issue canonical labels by SHA-256, or refuse; see `canonicalize`.

        Raises:
            Undetermined: As `canonicalize`.

        """
        self._begin(quads)
        try:
            return rdfc.canonical_labels(quads)
        except Undetermined:
            self._left -= 1
            raise

    def _begin(self, quads: rdfc.Dataset) -> None:
        if self._left <= 0 and quads.blank:
            raise Undetermined(
                "too many parts of this file are too complex to check",
                type="too-complex",
                next_step="check its credentials one by one",
            )


class _Canonical(NamedTuple):
    text: bytes
    undefined: tuple[Undefined, ...]
    supplied: tuple[str, ...]


class Secured:
    """One secured document and the contexts that it may use.

    Args:
        document: The JSON object with its `proof`.
        contexts: The known JSON-LD contexts.
        patience: Shared by all documents of one file.

    """

    def __init__(
        self,
        document: JsonObject,
        contexts: Contexts,
        patience: "Patience | None" = None,
    ) -> None:
        self._patience = patience or Patience()
        self._document = document
        self._contexts = contexts
        self._unsecured = {k: v for k, v in document.items() if k != "proof"}
        self._canonical: dict[str, _Canonical] = {}

    def rdfc_hash_data(
        self, proof: Proof, hash_name: str, value: str = "proofValue"
    ) -> HashData:
        """Hash proof options and document as RDF (vc-di-eddsa section 3.2.4).

        The options get the `@context` of the document.

        Args:
            proof: One of the document's proofs.
            hash_name: `sha256` or `sha384`.
            value: The member of the proof that holds the signature.

        Raises:
            Invalid: If the proof's `@context` does not open the document's.

        """
        document = self._document_for(proof, hash_name)
        configuration = self._configuration(proof, hash_name, value)
        hashed = HASHES[hash_name]
        return HashData(
            hashed(configuration.text).digest() + hashed(document.text).digest(),
            document.undefined + configuration.undefined,
            tuple(dict.fromkeys(document.supplied + configuration.supplied)),
        )

    def jcs_hash_data(self, proof: Proof, hash_name: str) -> HashData:
        """Hash proof options and document as JSON text (vc-di-eddsa section 3.3.4).

        Args:
            proof: One of the document's proofs.
            hash_name: A name of `HASHES`: `sha256` or `sha384`.

        Raises:
            Invalid: If the proof's `@context` does not open the document's.

        """
        unsecured = self._over(proof)
        context = proof.document.get("@context")
        added: tuple[Undefined, ...] = ()
        if context is not None:
            # What stands behind the proof's own entries was added after signing.
            behind = options.check_context(proof, unsecured)
            added = tuple(
                Undefined(f"/@context/{index}", str(entry)[:80], "context")
                for index, entry in enumerate(behind, len(options.entries(context)))
            )
            unsecured = {**unsecured, "@context": context}
        hashed = HASHES[hash_name]
        return HashData(
            hashed(jcs.canonicalize(options.covered(proof))).digest()
            + hashed(jcs.canonicalize(unsecured)).digest(),
            added,
        )

    def options_hash(self, proof: Proof) -> HashData:
        """Hash proof options alone, as RDF by SHA-256; see `rdfc_hash_data`."""
        found = self._configuration(proof, "sha256", "proofValue")
        digest = hashlib.sha256(found.text).digest()
        return HashData(digest, found.undefined, found.supplied)

    def statements(self, proof: Proof) -> Statements:
        """Return the statements that a proof may be over, one by one.

        Raises:
            Undetermined: If they cannot be told, or are too complex.

        """
        expansion = jsonld.to_rdf(self._over(proof), self._contexts)
        labels = self._patience.label(expansion.quads)
        return Statements(
            expansion.quads, labels, expansion.undefined, expansion.supplied
        )

    @property
    def document(self) -> JsonObject:
        """The document with its proofs, as it was received."""
        return self._document

    def believing(self) -> "Secured":
        """Take the contexts that the document brings itself at their word.

        Only for telling whether the document was changed: nobody vouches for them.
        """
        from credwallet.proofs.merkle import (  # noqa: PLC0415 -- lazily: for receipts
            own_contexts,
        )

        document, supplied = own_contexts.named(self._document)
        contexts = self._contexts.with_supplied(supplied)
        return Secured(document, contexts, self._patience)

    def document_hash(self, previous: Sequence[JsonObject]) -> HashData:
        """Hash the document as RDF by SHA-256, with some of its proofs or none.

        Args:
            previous: The proofs that stay in the document.

        """
        if previous:
            proof = [*previous] if len(previous) > 1 else previous[0]
            document = {**self._unsecured, "proof": proof}
            canonical = self._canonicalize(document, "sha256", "")
        elif "sha256" in self._canonical:
            canonical = self._canonical["sha256"]
        else:
            canonical = self._canonicalize(self._unsecured, "sha256", "")
            self._canonical["sha256"] = canonical
        return HashData(
            hashlib.sha256(canonical.text).digest(),
            canonical.undefined,
            canonical.supplied,
        )

    def _document_for(self, proof: Proof, hash_name: str) -> _Canonical:
        if proof.previous_proof:
            return self._canonicalize(self._over(proof), hash_name, "")
        canonical = self._canonical.get(hash_name)
        if canonical is None:
            canonical = self._canonicalize(self._unsecured, hash_name, "")
            self._canonical[hash_name] = canonical
        return canonical

    def _configuration(self, proof: Proof, hash_name: str, value: str) -> _Canonical:
        """Canonicalise the proof options, which get the document's `@context`."""
        covered = options.covered(proof, value)
        if "@context" in covered:
            options.check_context(proof, self._document)
        if "@context" in self._document:
            covered["@context"] = self._document["@context"]
        template = options.template_for(covered, self._contexts, hash_name)
        if template is None:
            return self._canonicalize(covered, hash_name, proof.pointer)
        text = template.before + proof.created.encode() + template.after
        return _Canonical(text, template.undefined, template.supplied)

    def _over(self, proof: Proof) -> JsonObject:
        """Return the document that a proof was made over.

        Raises:
            Invalid: If a previous proof that it names is not there.

        """
        if not proof.previous_proof:
            return self._unsecured
        by_id = {other.id: other for other in proofs_of(self._document) if other.id}
        missing = [name for name in proof.previous_proof if name not in by_id]
        if missing:
            raise Invalid(
                f"the proof builds on {missing[0]}, which is not there",
                instance=f"{proof.pointer}/previousProof",
                next_step="a proof was taken out of the badge: ask for a fresh copy",
            )
        previous = [by_id[name].document for name in proof.previous_proof]
        return {
            **self._unsecured,
            "proof": previous if len(previous) > 1 else previous[0],
        }

    def _canonicalize(
        self, document: JsonObject, hash_name: str, pointer: str
    ) -> _Canonical:
        expansion = jsonld.to_rdf(document, self._contexts)
        text = self._patience.canonicalize(expansion.quads, hash_name)
        undefined = expansion.undefined
        if pointer and undefined:
            undefined = tuple(
                item._replace(pointer=pointer + item.pointer) for item in undefined
            )
        return _Canonical(text.encode(), undefined, expansion.supplied)

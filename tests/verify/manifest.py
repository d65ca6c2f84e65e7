"""The index of third-party vectors, and how its rows are put to `verify`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.errors import Unreadable
from credwallet.fetch import Offline, Supplied
from credwallet.model.report import Outcome, Verdict, VerificationReport
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.verify import out_of_band
from tests.verify.templates import whole

# The day on which the expectations of the manifest were written down.
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

# rdf-canon, jcs and crypto have tests of their own.
KINDS = (
    "ob3-di",
    "ob3-jwt",
    "ob3-baked-png",
    "ob3-baked-svg",
    "clr2",
    "ob2-hosted",
    "ob2-signed",
    "ob2-baked-png",
    "ob2-baked-svg",
    "ob2-object",
    "ob1-hosted",
    "vc-di",
    "vc-jwt",
    "vc-data-model",
    "status-list",
    "sd-jwt-vc",
    "elm-edc",
    "blockcerts-v3",
    "blockcerts-v2",
    "blockcerts-v1",
)


class Row(NamedTuple):
    """One row: `expect` and `reason` are the manifest's."""

    id: str
    kind: str
    file: Path
    expect: str
    reason: str
    self_asserted: bool
    documents: dict[str, Path]


def rows(folder: Path, *kinds: str) -> Iterator[Row]:
    """Read the rows of these kinds."""
    for entry in json.loads((folder / "manifest.json").read_bytes()):
        if entry["kind"] in kinds:
            yield Row(
                entry["id"],
                entry["kind"],
                folder / entry["file"],
                entry["expect"],
                entry["reason"],
                bool(entry.get("self_asserted_key")),
                {url: folder / name for url, name in _documents(entry).items()},
            )


def _documents(entry: dict[str, Any]) -> dict[str, str]:
    return entry.get("offline_documents") or {}


def contexts(folder: Path) -> Contexts:
    """Supply the test-only contexts, as a learner would with --documents."""
    extra = folder / "extra-contexts"
    listing = json.loads((extra / "map.json").read_bytes())
    return Contexts.bundled().with_supplied(
        {url: (extra / name).read_bytes() for url, name in listing.items()}
    )


def report_on(row: Row, known: Contexts) -> VerificationReport | None:
    """Verify a row with its documents served; None if nothing can read it."""
    documents = {
        url: path.read_bytes() for url, path in row.documents.items() if path.exists()
    }
    data = row.file.read_bytes()
    documents |= out_of_band.sibling_methods(row.documents)
    documents |= _whole_documents(documents)
    documents |= out_of_band.metadata(documents, data)
    if row.kind in _STRUCTURE_ONLY:
        data = whole(data, row.id)
    wrapped = _unwrapped(data)
    if wrapped is not None:
        data, inner = wrapped
        documents |= inner
    ports = Ports(Supplied(documents, Offline()), known)
    try:
        held = formats.read(data)
    except Unreadable:
        return None
    trusted = out_of_band.certificates(row.documents)
    return verify(held, Policy(at=AT, trusted_certificates=trusted), ports)


def _whole_documents(documents: dict[str, bytes]) -> dict[str, bytes]:
    """Put verification methods that are shipped alone into their issuer's document."""
    methods: dict[str, list[Any]] = {}
    for url, body in documents.items():
        issuer, fragment, _ = url.partition("#")
        if fragment:
            methods.setdefault(issuer, []).append({"id": url, **json.loads(body)})
    return {
        issuer: json.dumps(
            {
                "id": issuer,
                "verificationMethod": listed,
                "assertionMethod": [method["id"] for method in listed],
            }
        ).encode()
        for issuer, listed in methods.items()
    }


def _unwrapped(data: bytes) -> tuple[bytes, dict[str, bytes]] | None:
    """Take a credential out of a test harness's own wrapper, with its key documents."""
    if b'"verificationMethods"' not in data:
        return None
    wrapper = json.loads(data)
    documents = {}
    for method in wrapper["verificationMethods"].values():
        controller = method["controller"]
        documents[method["id"]] = json.dumps(method).encode()
        documents[controller] = json.dumps(
            {
                "id": controller,
                "verificationMethod": [method],
                "assertionMethod": [method["id"]],
            }
        ).encode()
    return json.dumps(wrapper["input"]).encode(), documents


def answer(row: Row, report: VerificationReport | None) -> str:
    """Say in one word what came out."""
    if report is None:
        return str(Verdict.MALFORMED)
    if row.kind in _STRUCTURE_ONLY:
        return str(Verdict.MALFORMED if _is_broken(report) else Verdict.VALID)
    return str(report.verdict)


def _is_broken(report: VerificationReport) -> bool:
    broken = report.check("structure").outcome is Outcome.FAILED
    return broken or any(map(_is_broken, report.contains))


# Unsigned documents: the suite asks only whether they are well formed.
_STRUCTURE_ONLY = ("vc-data-model",)

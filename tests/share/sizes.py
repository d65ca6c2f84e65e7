"""Measures real badges as links: `python -m tests.share.sizes VECTORS`.

Writes the section "Sizes" of docs/sharing.md; a test compares it with a run. The
numbers beside ours were measured when the link was designed (2026-11-24), with other
software: Python's zlib, and QR capacities of ISO/IEC 18004 table 7.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from credwallet import formats
from credwallet.errors import Usage
from credwallet.model.credential import Credential
from credwallet.share import link, qr
from credwallet.share.carried import carried

PAGE = Path(__file__).parents[2] / "docs" / "sharing.md"
HEAD = "## Sizes"
WEB_PAGE = "https://v.example/"

DCC = "dcc-vc-test-fixtures/verifiableCredentials"
NO_STATUS = f"{DCC}/v2/dataIntegrityProof/didKey"


class Badge(NamedTuple):
    """A real badge: its file among the vectors, and what was measured at design time.

    `path` is `""` where the vectors lack it, `instead` says what is measured in its
    place if that is a sibling. `deflated` are bytes, `versions` those at level L and M.
    """

    number: str
    name: str
    path: str
    deflated: int
    versions: str
    instead: str = ""


BADGES = (
    Badge(
        "01",
        "example of the standard, eddsa-rdfc-2022",
        f"{NO_STATUS}/legacyRegistry-noStatus-noExpiry-basicOBv3.json",
        678,
        "21/25",
    ),
    Badge(
        "02",
        "the same, Ed25519Signature2020",
        f"{DCC}/v2/ed25519/didKey/legacy-noStatus-noExpiry.json",
        681,
        "21/25",
    ),
    Badge(
        "03",
        "with a status list",
        f"{NO_STATUS}/oidf-revokedStatus-noExpiry.json",
        851,
        "24/28",
        "its revoked sibling",
    ),
    Badge(
        "04",
        "issued by a did:web, with a status list",
        f"{DCC}/v2/dataIntegrityProof/didweb/legacy-revokedStatus-noExpiry.json",
        842,
        "24/28",
        "its revoked sibling",
    ),
    Badge(
        "05",
        "with two proofs",
        f"{DCC}/v2/bothSignatureTypes/didkey/oidf-revokedStatus-noExpiry.json",
        959,
        "26/30",
        "its revoked sibling",
    ),
    Badge(
        "06",
        "with alignments",
        f"{NO_STATUS}/legacyRegistry-noStatus-noExpiry-alignments.json",
        842,
        "24/28",
    ),
    Badge(
        "07",
        "with a long issuer",
        f"{NO_STATUS}/oidf-noStatus-notExpired-complexIssuer.json",
        1276,
        "30/34",
    ),
    Badge("08", "fixture of a verifier's web site", "", 801, "23/27"),
    Badge(
        "09",
        "of a third party, with an endorsement",
        "dcc-verifier-core/safeModeBreaker.json",
        1829,
        "37/-",
    ),
    Badge(
        "10",
        "the standard's example of everything",
        "1edtech-public-validator/ob30/complete.json",
        2428,
        "-/-",
        "a later edition",
    ),
    Badge(
        "11",
        "VC Data Model 1.1, Ed25519Signature2020",
        f"{DCC}/v1/ed25519/didKey/noRegistry-noStatus-noExpiry.json",
        900,
        "25/29",
        "of another issuer",
    ),
)


class Measured(NamedTuple):
    """Sizes of one badge: JSON bytes, deflated bytes, characters of the link."""

    json: int
    deflated: int
    link: int
    versions: str


def measured(raw: bytes) -> Measured:
    """Measure a badge.

    Args:
        raw: As received.

    """
    held = formats.read(raw)
    assert isinstance(held, Credential)
    text = carried(held)
    address = link.encode(text, page=WEB_PAGE)
    data = address.partition("#c=j.")[2]
    return Measured(
        json=len(text.text.encode()),
        deflated=len(data) * 3 // 4,
        link=len(address),
        versions=f"{_version(address, 'L')}/{_version(address, 'M')}",
    )


def section(vectors: Path) -> str:
    """Write the section, with its heading, ending with one newline.

    Args:
        vectors: Folder of the third-party vectors.

    """
    return "\n".join((*_text(), *_rows(vectors), *_below())) + "\n"


def with_section(page: str, text: str) -> str:
    """Put the section into a page, in place of the one that is there.

    Args:
        page: Markdown, `""` for none.
        text: As `section` writes it.

    """
    before, found, rest = page.partition(f"{HEAD}\n")
    if not found:
        return f"{page.rstrip()}\n\n{text}".lstrip() if page.strip() else text
    after = rest.find("\n## ")
    return before + text + (rest[after:] if after >= 0 else "")


def section_of(page: str) -> str:
    """Cut the section out of a page, `""` if there is none."""
    _, found, rest = page.partition(f"{HEAD}\n")
    after = rest.find("\n## ")
    return found + (rest if after < 0 else rest[:after])


def _version(address: str, level: qr.ErrorLevel) -> str:
    try:
        return str(qr.symbol(address, error=level, dense=True).version)
    except Usage:
        return "-"


def _text() -> Iterator[str]:
    yield HEAD
    yield ""
    yield f"Real badges by `--as link`, with the page `{WEB_PAGE}`. Ordinary phones"
    yield f"read a QR code up to version {qr.WANTED_VERSION}; above it there is a"
    yield f"warning, above {qr.LAST_VERSION} a refusal. Versions are at error level L"
    yield "and M; `-` fits no QR code. `design` is what was measured when the link was"
    yield "designed, 2026-11-24, with four characters less in each link."
    yield "`python -m tests.share.sizes VECTORS` writes this section; a test compares"
    yield "it with a run."
    yield ""
    yield "| badge | JSON | deflated | design | link | version L/M | design | file |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"


def _rows(vectors: Path) -> Iterator[str]:
    for badge in BADGES:
        start = f"| {badge.number} {badge.name} |"
        if not badge.path:
            yield (
                f"{start} not measured | not measured | {badge.deflated} | "
                f"not measured | not measured | {badge.versions} | none: the test "
                "vectors lack this badge, so only the design's figures are known |"
            )
            continue
        found = measured((vectors / badge.path).read_bytes())
        cells = (
            *(found.json, found.deflated, badge.deflated, found.link),
            *(found.versions, badge.versions, badge.instead or "the same"),
        )
        yield f"{start} {' | '.join(map(str, cells))} |"


def _below() -> Iterator[str]:
    yield ""
    yield "Where another file stands for the measured one, it is the nearest of its"
    yield "kind: the same members with other values."


if __name__ == "__main__":
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(
        with_section(old, section(Path(sys.argv[1]).resolve())), encoding="utf-8"
    )

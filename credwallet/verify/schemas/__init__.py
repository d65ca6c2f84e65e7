"""Which JSON Schemas come with credwallet, and what is known of them?

A schema is never fetched. Where each comes from stands in `SOURCES.md`. A publisher may
replace what stands at an address: what a bundled one says is a remark, no verdict.
"""

from pathlib import Path
from typing import NamedTuple

_FOLDER = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"


class Bundled(NamedTuple):
    """A schema as its publisher had it on a day (`YYYY-MM-DD`)."""

    file: str
    captured: str
    sha256: str


BUNDLED = {
    f"{_FOLDER}ob_v3p0_achievementcredential_schema.json": Bundled(
        "ob_v3p0_achievementcredential_schema.json",
        "2026-07-04",
        "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea",
    )
}


def text_of(schema: Bundled) -> bytes:
    """Read a schema.

    Args:
        schema: One of `BUNDLED`.

    Returns:
        JSON text.

    """
    return (Path(__file__).parent / "documents" / schema.file).read_bytes()

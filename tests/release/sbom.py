"""What is in a wheel of ours that others wrote, and what is installed beside it?

`python -m tests.release.sbom` rewrites `docs/credwallet.cdx.json`, which every wheel
carries in its metadata (PEP 770). CycloneDX 1.6; a test proves it fresh, and valid by
the schema.
"""

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from credwallet import __version__
from credwallet.canon.contexts import compile as contexts

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "credwallet.cdx.json"
FONT = ROOT / "credwallet" / "share" / "certificate" / "fonts" / "DejaVuSans.ttf"
OURS = f"pkg:pypi/credwallet@{__version__}"
# Where the tables of SOURCES.md say a licence of the SPDX list; others keep their name.
SPDX = {"MIT", "Apache-2.0", "BSD-3-Clause", "Bitstream-Vera"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def sbom() -> str:
    """Write the bill of materials: files of others, then packages that are required."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    parts = [*documents(), font()]
    required = [package(each, "required") for each in project["dependencies"]]
    extras = {
        name: [package(each, "optional") for each in listed]
        for name, listed in project["optional-dependencies"].items()
        if name != "dev"
    }
    optional = {each["bom-ref"]: each for listed in extras.values() for each in listed}
    packages = {each["bom-ref"]: each for each in required} | optional
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": OURS,
                "name": "credwallet",
                "version": __version__,
                "description": project["description"],
                "purl": OURS,
                "licenses": [{"expression": project["license"]}],
                "components": parts,
            }
        },
        "components": [packages[ref] for ref in sorted(packages)],
        "dependencies": [{"ref": OURS, "dependsOn": sorted(packages)}],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def documents() -> list[dict[str, Any]]:
    """List the JSON-LD contexts of other publishers, which lie in the wheel whole."""
    text = (contexts.FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines()]
    found: dict[str, dict[str, Any]] = {}
    for url, file, source, licence, _, digest in (
        row for row in rows if row[0].startswith("http")
    ):
        part = found.setdefault(
            file,
            {
                "type": "data",
                "bom-ref": f"context:{file}",
                "name": file,
                "description": f"JSON-LD context, from {source}",
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "licenses": [{"license": _licence(licence)}],
                "externalReferences": [],
            },
        )
        part["externalReferences"].append({"type": "distribution", "url": url})
    return [found[file] for file in sorted(found)]


def font() -> dict[str, Any]:
    """Describe the font of certificates."""
    return {
        "type": "file",
        "bom-ref": f"font:{FONT.name}",
        "name": FONT.name,
        "description": "Font of the certificates (DejaVu Sans)",
        "hashes": [
            {"alg": "SHA-256", "content": hashlib.sha256(FONT.read_bytes()).hexdigest()}
        ],
        "licenses": [{"license": {"id": "Bitstream-Vera"}}],
        "externalReferences": [
            {"type": "website", "url": "https://dejavu-fonts.github.io/"}
        ],
    }


def package(requirement: str, scope: str) -> dict[str, Any]:
    """Describe a package that an installation fetches.

    Args:
        requirement: As in `pyproject.toml`, such as `rich>=13.7`.
        scope: CycloneDX's word: `required`, or `optional` for an extra.

    """
    name = _NAME.match(requirement)
    assert name, requirement
    known = name.group().lower()
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{known}",
        "name": known,
        "description": f"installed beside it: {requirement}",
        "scope": scope,
        "purl": f"pkg:pypi/{known}",
    }


def _licence(named: str) -> dict[str, str]:
    first = named.split(" (", maxsplit=1)[0]
    return {"id": first} if first in SPDX else {"name": named}


if __name__ == "__main__":
    FILE.write_text(sbom(), encoding="utf-8")

"""Rewrite the compiled tables: `python -m credwallet.canon.contexts.compile`.

For whoever adds a context document; the command line of credwallet does not know it. A
test fails while the tables that are kept differ from what this makes.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from credwallet.canon.context_compiler import Layer, compile_context
from credwallet.canon.context_terms import Names

FOLDER = Path(__file__).parent


class Source(NamedTuple):
    """One row of SOURCES.md."""

    url: str
    file: str
    sha256: str


def sources() -> tuple[Source, ...]:
    """Read the table of SOURCES.md."""
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    rows = (line.strip("| ").split(" | ") for line in text.splitlines())
    return tuple(
        Source(row[0], row[1], row[-1]) for row in rows if row[0].startswith("http")
    )


def tables() -> dict[str, str]:
    """Compile every document.

    Returns:
        The text of each file in the folder `tables`, by its name.

    Raises:
        CredwalletError: A document breaks a rule.

    """
    documents = _Documents({source.url: source.file for source in sources()})
    made = {"index.json": _write(dict(sorted(documents.index().items())))}
    for source in sources():
        digest = hashlib.sha256((FOLDER / "documents" / source.file).read_bytes())
        layers = documents.compile_url(source.url, Names({}, None), 0)
        made[f"{Path(source.file).stem}.json"] = _write(
            {"sha256": digest.hexdigest(), "layers": layers}
        )
    return made


class _Documents:
    def __init__(self, files: dict[str, str]) -> None:
        self._files = files

    def index(self) -> dict[str, str]:
        return {url: Path(file).stem for url, file in self._files.items()}

    def compile_url(self, url: str, names: Names, depth: int) -> list[Layer]:
        return compile_context(self.context_of(url), names, library=self, depth=depth)

    def context_of(self, url: str) -> Any:
        text = (FOLDER / "documents" / self._files[url]).read_text(encoding="utf-8")
        # Not `strict_json`: one published document has a member twice, of which every
        # JSON-LD program takes the last.
        return json.JSONDecoder().decode(text)["@context"]


def _write(value: Any) -> str:
    text = json.dumps(value, indent=0, separators=(",", ":"), ensure_ascii=False)
    return text + "\n"


def main() -> None:
    """Write all tables and remove those that are no longer made."""
    folder = FOLDER / "tables"
    folder.mkdir(exist_ok=True)
    made = tables()
    for path in folder.glob("*.json"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(made)} tables written\n")


if __name__ == "__main__":
    main()

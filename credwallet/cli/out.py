"""Is what `--out` names what will be written there, and what is made on the way?"""

from pathlib import Path
from typing import TYPE_CHECKING

from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.terminal.console import Console

# Ends of names that tell people what a file is, by what it holds.
_ENDS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/svg+xml": (".svg",),
    "text/html": (".html", ".htm"),
    "text/markdown": (".md", ".markdown", ".txt"),
    "text/plain": (".txt", ".url", ".md"),
    "json": (".json", ".jsonld"),
    "token": (".jwt", ".jws", ".sd-jwt", ".txt"),
}
_WORDS = {
    "application/pdf": "a PDF",
    "image/png": "a PNG picture",
    "image/svg+xml": "an SVG picture",
    "text/html": "a web page",
    "text/markdown": "Markdown",
    "text/plain": "plain text",
    "json": "JSON",
    "token": "a token",
}
_MISLEADING = frozenset(
    end
    for ends in (*_ENDS.values(), (".zip", ".tar", ".gif", ".jpg", ".jpeg", ".csv"))
    for end in ends
)


def check_folder(out: Path, count: int) -> None:
    """Refuse to take what looks like the name of a file for that of a folder.

    Args:
        out: What `--out` names.
        count: How many files are to go there, more than one.

    Raises:
        Usage: If it has an ending and is no folder that is there.

    """
    if out.suffix and not out.is_dir():
        raise Usage(
            f"{out} looks like one file, and there are {count}",
            next_step=f"name a folder: --out {out.with_suffix('')}",
        )


def note_folder(console: "Console", path: Path) -> None:
    """Say which folder is made for a file, if one has to be.

    Args:
        console: Where to say it.
        path: Where the file is to go.

    """
    from credwallet.cli.unlocking.private_file import (  # noqa: PLC0415 -- lazily: for --help
        new_folder,
    )

    folder = new_folder(path)
    if folder is not None:
        console.note(f"making the folder {folder}")


def note_name(console: "Console", path: Path, media_type: str) -> None:
    """Say that a name promises something else than the file holds.

    Args:
        console: Where to say it.
        path: Where the file is to go.
        media_type: What it holds.

    """
    kind = _kind(media_type)
    end = path.suffix.lower()
    if kind and end in _MISLEADING and end not in _ENDS[kind]:
        fitting = _ENDS[kind][0]
        console.note(
            f"{path} holds {_WORDS[kind]}, whatever its name says: "
            f"the usual ending is {fitting}"
        )


def _kind(media_type: str) -> str:
    if media_type in _ENDS:
        return media_type
    if media_type.endswith("json"):
        return "json"
    return "token" if media_type.endswith(("jwt", "jose", "jws")) else ""

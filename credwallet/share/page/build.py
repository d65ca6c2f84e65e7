"""Makes `page.html`: one file of the scripts, the style and the tables of this folder.

`python -m credwallet.share.page.build` writes it; a test proves it fresh. The scripts
are joined in the order in which they need each other, each in a scope of its own, and
packed; a few lines of their own unpack them. The policy in the page (CSP level 3,
section 2.3.1) lets the browser run exactly these two programs, by their SHA-256, and
nothing else, and lets nothing leave.
"""

import base64
import hashlib
import re
import zlib
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from credwallet.share.page import tables

MAIN = "main.js"
MAX_BYTES = 120 * 1024
_IMPORT = re.compile(
    r"^import\s+(?:\{(?P<names>[^}]*)\}|\*\s+as\s+(?P<space>\w+))\s+"
    r"from\s+\"\./(?P<module>\w+\.js)\";\n",
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export (?P<kind>(?:async )?function\*?|const|class) (?P<name>\w+)", re.MULTILINE
)
_COMMENT = re.compile(
    r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL
)
_FOREIGN = re.compile(r"^(?:import|export)\b")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_SPACE = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)

LOADER = (
    '(async()=>{const packed=document.getElementById("program").textContent;'
    "const bytes=Uint8Array.from(atob(packed),(c)=>c.charCodeAt(0));"
    'const stream=new Blob([bytes]).stream().pipeThrough(new DecompressionStream("defl'
    'ate-raw"));const script=document.createElement("script");'
    "script.textContent=await new Response(stream).text();"
    "document.body.append(script)})()"
)


class _Module(NamedTuple):
    name: str
    text: str
    needs: tuple[str, ...]


def build() -> bytes:
    """Make the page without any credential in it.

    Returns:
        HTML, UTF-8; below 120 kB.

    Raises:
        ValueError: If a script needs itself, or is written in a way that cannot be
            joined.

    """
    folder = resources.files(__package__)
    style = _squeezed((folder / "page.css").read_text("utf-8"))
    script = program()
    policy = (
        f"default-src 'none'; script-src {_hashed(LOADER)} {_hashed(script)}; "
        f"style-src {_hashed(style)}; img-src data:; form-action 'none'; "
        "base-uri 'none'"
    )
    page = (folder / "frame.html").read_text("utf-8")
    for place, text in (
        ("{policy}", policy),
        ("{style}", style),
        ("{loader}", LOADER),
        ("{tables}", tables.packed()),
        ("{program}", _packed(script)),
    ):
        page = page.replace(place, text, 1)
    return page.encode("utf-8")


def program() -> str:
    """Join the scripts of the page into one, in the order in which they need others.

    Returns:
        A classic script, without comments.

    Raises:
        ValueError: As `build`.

    """
    joined: dict[str, str] = {}
    _join(MAIN, joined, ())
    return '"use strict";(()=>{\n' + "".join(joined.values()) + "})();\n"


def unpacked(page: bytes) -> str:
    """Take the program out of a page again, to compare it or to read it.

    Args:
        page: As `build` makes it.

    """
    packed = page.partition(b'id="program">')[2].partition(b"<")[0]
    return zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS).decode("utf-8")


def _join(name: str, joined: dict[str, str], around: tuple[str, ...]) -> None:
    if name in joined:
        return
    if name in around:
        raise ValueError(f"scripts need each other: {' -> '.join((*around, name))}")
    module = _read(name)
    for needed in module.needs:
        _join(needed, joined, (*around, name))
    joined[name] = module.text


def _read(name: str) -> _Module:
    text = (resources.files(__package__) / "script" / name).read_text("utf-8")
    exported = [match["name"] for match in _EXPORT.finditer(text)]
    needs: list[str] = []

    def taken(match: re.Match[str]) -> str:
        needs.append(match["module"])
        source = _scope(match["module"])
        if match["space"]:
            return f"const {match['space']} = {source};\n"
        names = match["names"].replace(" as ", ": ")
        return f"const {{{' '.join(names.split())}}} = {source};\n"

    text = _EXPORT.sub(r"\g<kind> \g<name>", _IMPORT.sub(taken, text))
    text = _squeezed(text)
    odd = next((line for line in text.split("\n") if _is_odd(line)), None)
    if odd is not None:
        raise ValueError(f"{name} cannot be joined: {odd}")
    given = ", ".join(exported)
    body = f"const {_scope(name)} = (() => {{\n{text}return {{{given}}};\n}})();\n"
    return _Module(name, body, tuple(needs))


def _is_odd(line: str) -> bool:
    """Tell an import or export of another form, or a text that goes on below."""
    return bool(_FOREIGN.match(line) or _QUOTED.sub("", line).count("`") % 2)


def _scope(name: str) -> str:
    return f"of_{name.removesuffix('.js')}"


def _squeezed(text: str) -> str:
    """Leave out comments on lines of their own, indents and empty lines."""
    return _SPACE.sub("", _COMMENT.sub("", text)).lstrip("\n")


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _packed(text: str) -> str:
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    packed = machine.compress(text.encode("utf-8")) + machine.flush()
    return base64.b64encode(packed).decode("ascii")


if __name__ == "__main__":
    page = build()
    if len(page) > MAX_BYTES:
        raise SystemExit(f"{len(page)} bytes are more than {MAX_BYTES}")
    Path(str(resources.files(__package__) / "page.html")).write_bytes(page)

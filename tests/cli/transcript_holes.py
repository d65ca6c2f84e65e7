"""Do printed lines match written ones, in which some places may hold anything?"""

import re
from collections.abc import Iterator, Sequence

KINDS = {
    "date": r"\d{4}-\d\d-\d\d",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)",
    "did": r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9]",
    "code": r"[0-9A-Z]{4,}(?:-[0-9A-Z]+){3,}",
    "number": r"\d+(?:[.,]\d+)*",
    "handle": r"[a-z2-7]{4,26}",
    "word": r"\S+",
    "any": r".*",
}
_HOLE = re.compile(rf"<({'|'.join(KINDS)})(?::([^<>]+))?>")
# A shorter text may stand somewhere by chance.
_TELLING = 8
_ANY_LINES = {"...": r"(?:(?!!(?: |\n)|\? ).*\n)*?", "! ...": r"(?:!.*\n)*?"}


class Holes:
    """What the holes with names were found to hold."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    def filled(self, text: str) -> str:
        """Put in what is held."""
        return _HOLE.sub(lambda hole: self._held.get(hole[0], hole[0]), text)

    def general(self, text: str) -> str:
        """Put the names of the holes for what they hold."""
        for hole, value in self._held.items():
            if len(value) >= _TELLING:
                text = text.replace(value, hole)
        return text

    def match(self, written: Sequence[str], printed: Sequence[str]) -> bool:
        """Compare lines; if they match, remember what holes with new names hold."""
        new: dict[str, str] = {}
        pattern = "".join(self._patterns(written, new))
        found = re.fullmatch(pattern, "".join(f"{line}\n" for line in printed))
        if found:
            self._held |= {hole: found[group] for hole, group in new.items()}
        return found is not None

    def notice(self, written: Sequence[str], printed: Sequence[str]) -> None:
        """Remember what holes hold in those lines that match by themselves."""
        for line in written:
            any(self.match([line], [shown]) for shown in printed)

    def _patterns(self, written: Sequence[str], new: dict[str, str]) -> Iterator[str]:
        for line in written:
            if line in _ANY_LINES:
                yield _ANY_LINES[line]
                continue
            at = 0
            for found in _HOLE.finditer(line):
                yield re.escape(line[at : found.start()])
                yield self._pattern(found, new)
                at = found.end()
            yield re.escape(line[at:]) + r"\n"

    def _pattern(self, found: re.Match[str], new: dict[str, str]) -> str:
        hole, kind, name = found[0], KINDS[found[1]], found[2]
        if hole in self._held:
            return re.escape(self._held[hole])
        if name is None:
            return f"(?:{kind})"
        if hole in new:
            return f"(?P={new[hole]})"
        new[hole] = f"h{len(new)}"
        return f"(?P<{new[hole]}>{kind})"

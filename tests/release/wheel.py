"""Does a built wheel hold what it must? `python -m tests.release.wheel FILE.whl`."""

import sys
import tomllib
import zipfile
from pathlib import Path

from tests.release.sbom import FILE, ROOT

_PACKAGE = ROOT / "credwallet"
# Sources of what is made, which a browser or the program never reads by themselves.
_LEFT_OUT = {"__pycache__"}


def missing(wheel: Path) -> list[str]:
    """Name what the wheel lacks: files of the package, of completions, and the SBOM."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        wrong = [] if archive.testzip() is None else ["an archive that is whole"]
    stem = "-".join(wheel.name.split("-")[:2])
    wanted = {f"{stem}.dist-info/sboms/{FILE.name}", f"{stem}.dist-info/RECORD"}
    wanted |= {
        f"credwallet/{path.relative_to(_PACKAGE).as_posix()}"
        for path in _PACKAGE.rglob("*")
        if path.is_file() and not _LEFT_OUT & set(path.parts)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    wanted |= {f"{stem}.data/data/{target}" for target in shared.values()}
    return sorted(wanted - names) + wrong


if __name__ == "__main__":
    lacking = missing(Path(sys.argv[1]))
    sys.exit(f"the wheel lacks {', '.join(lacking)}" if lacking else 0)

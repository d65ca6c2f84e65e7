"""Is what a release says of itself true, and said in one place?"""

import json
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from credwallet import __version__
from tests.release import sbom

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SHARED = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]


def test_the_version_stands_in_one_place():
    assert "version" not in PROJECT["project"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "credwallet/__init__.py"
    said = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "credwallet").rglob("*.py")
        if path.name != "__init__.py" and said.search(path.read_text())
    ]
    assert elsewhere == []


def test_the_newest_heading_of_the_changelog_is_this_version_or_what_follows_it():
    text = (ROOT / "CHANGELOG.md").read_text()
    first = re.search(r"^## \[?([^\]\s]+)", text, re.MULTILINE)
    assert first is not None
    assert first.group(1) in ("Unreleased", __version__)


def test_the_bill_of_materials_is_what_would_be_made_now():
    assert sbom.FILE.read_text() == sbom.sbom()


def test_the_bill_of_materials_is_sound_cyclonedx():
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(sbom.FILE.read_text()) is None
    assert validator.validate_str(sbom.sbom().replace("CycloneDX", "x")) is not None


def test_the_bill_of_materials_names_every_foreign_file_and_every_dependency():
    document = json.loads(sbom.FILE.read_text())
    parts = {each["name"] for each in document["metadata"]["component"]["components"]}
    folder = ROOT / "credwallet" / "canon" / "contexts" / "documents"
    assert parts == {each.name for each in folder.iterdir()} | {sbom.FONT.name}
    listed = {each["name"]: each["scope"] for each in document["components"]}
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.split(r"[^A-Za-z0-9_-]", requirement)[0].lower()
        assert listed[name] == "required"
    assert listed["keyring"] == "optional"
    assert "pytest" not in listed


def test_the_wheel_is_told_to_carry_the_bill_of_materials():
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["sbom-files"] == [str(sbom.FILE.relative_to(ROOT))]


@pytest.mark.parametrize("source", SHARED)
def test_what_a_wheel_brings_beside_the_package_is_there(source: str):
    assert (ROOT / source).is_file()


def test_every_made_file_of_completions_comes_with_the_wheel():
    made = {f"completions/{each.name}" for each in (ROOT / "completions").iterdir()}
    assert made == set(SHARED)


def test_a_wheel_that_lies_about_is_not_taken_for_the_source(tmp_path: Path):
    # What `.ci/release` reads out of a wheel, tried on one that lacks everything.
    from tests.release.wheel import missing  # noqa: PLC0415 -- beside its one user

    empty = tmp_path / f"credwallet-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("credwallet/__init__.py", "")
    assert any("sboms" in each for each in missing(empty))
    assert any("man1" in each for each in missing(empty))

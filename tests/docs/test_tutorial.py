"""Does the tutorial of qualification files tell how to get its files?"""

import shutil
import subprocess
from pathlib import Path

import pytest

from credwallet.stacking import load
from tests.contract.code import ROOT
from tests.docs.pages import page

PAGE = "docs/qualification-file.md"


def test_the_files_of_the_tutorial_come_out_of_its_page(tmp_path: Path):
    if not shutil.which("awk"):
        pytest.skip("awk is not installed here")
    block = next(each for each in page(PAGE).blocks if "awk" in each.text)
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / PAGE, tmp_path / PAGE)
    subprocess.run(["sh", "-eu", "-c", block.text], cwd=tmp_path, check=True)
    rules = load((tmp_path / "diploma.toml").read_text(encoding="utf-8"), "diploma")
    assert rules.id == "harbour/data-diploma"
    assert load((tmp_path / "base.toml").read_text(encoding="utf-8"), "base")
    # The second one of that name, with a weight, has taken the place of the first.
    assert "weight = 1" in (tmp_path / "credits.toml").read_text(encoding="utf-8")
